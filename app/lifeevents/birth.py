"""Birth of a child: one form that reaches eight departments, for each child of the birth."""

from datetime import timedelta

from app.forms import questions as kinds
from app.forms.answers import Answers
from app.forms.conditions import DaysSince, Is
from app.services import birth_certificate as certificate
from app.services import child_health, childcare, civil_affairs
from app.services import household_register as household
from app.services import maternity_insurance as maternity
from app.services import medical_insurance as insurance
from app.services import social_security as card
from app.services import tax_payment as tax
from app.vocabulary import common_questions as common
from app.vocabulary import common_rules as rules
from app.vocabulary import common_words as words
from app.vocabulary.authorities import HEALTH_COMMISSION
from app.vocabulary.declaring import ask, check, choice, choose, held, page
from app.vocabulary.joining import look_up, plan, step
from app.vocabulary.life_event import LifeEvent
from app.vocabulary.requests import account, answer, first_of, holds, of_first, produced, when
from app.vocabulary.telling import due, keywords, must, note, partly, stop
from app.wording import Words

CHILD = kinds.Repeated("child", "number_of_children", Words("第{n}个孩子", "Child {n}"))
CERTIFICATE_RULE, ZHEJIANG_RULE = certificate.CERTIFICATE_RULE, household.ZHEJIANG_RULE

A_PARENT_ASKS = Is("for_whom", "mother", "father")
MARRIED = Is("parents", "married")
FOLLOWS_MOTHER = Is("parents", "unmarried-mother", "father-not-declared")
FATHER = Is("parents", "married", "unmarried-mother", "unmarried-father")
ISSUE_HERE = Is("birth_place", "zhejiang") & Is("certificate_issued", "no")
ISSUED = Is("birth_place", "delta", "elsewhere") | Is("certificate_issued", "yes")
COUNTER_FIRST = Is("parents", "unmarried-father") | Is("special", "foreign")
REGISTER_HERE = Is("household", "family", "collective") & ~COUNTER_FIRST
INSURED = Is("mother_insurance", "employee", "father", "resident")
ALLOWANCE = Is("mother_insurance", "employee")
SUBSIDY = REGISTER_HERE & Is("wanted", "subsidy")
PLACE = Is("wanted", "place")
REFER = civil_affairs.CONSENTED
UNDER_ONE_YEAR = DaysSince("born_on", at_most=365)
MONTH_HAS_PASSED = DaysSince("born_on", at_least=32, at_most=90)
NINETY_DAYS_HAVE_PASSED = DaysSince("born_on", at_least=91, at_most=365)

FOR_WHOM = (
    ("mother", Words("我是孩子的母亲", "I am the mother"), words.SIGN_IN),
    ("father", Words("我是孩子的父亲", "I am the father"), words.SIGN_IN),
    (
        "agent",
        Words("我替孩子的父母代办", "I act for the parents"),
        Words("需要父母签名的授权委托书", "You need their signed power of attorney"),
    ),
    ("guardian", Words("我是孩子的其他监护人", "I am another guardian"), words.COUNTER_ONLY),
)

GUIDANCE = (
    choose("birth_place", "孩子在哪里出生？", "Where was the child born?").one_of(
        ("zhejiang", "浙江省内的医院", "In a hospital in Zhejiang"),
        ("delta", "上海、江苏或安徽的医院", "In a hospital in Shanghai, Jiangsu or Anhui"),
        ("elsewhere", "国内其他地方的医院", "In a hospital elsewhere in the mainland"),
        ("home", "家中或其他非医院地点", "At home or outside a hospital"),
        ("abroad", "国外或港澳台", "Abroad, or in Hong Kong, Macao or Taiwan"),
    ),
    ask(
        "certificate_issued",
        "孩子的《出生医学证明》领了吗？",
        "Do you have the birth certificate yet?",
        kinds.YES_NO,
        applies=Is("birth_place", "zhejiang"),
    ),
    ask("born_on", "孩子哪天出生？", "When was the child born?", kinds.Date()).hinted(
        "例如 2026年3月27日；多胞胎填第一个孩子", "For twins, the first child's day"
    ),
    choose("number_of_children", "这次生了几个孩子？", "How many children were born?").one_of(
        ("1", "一个", "One"), ("2", "双胞胎", "Twins"), ("3", "三胞胎", "Triplets")
    ),
    choose("special", "有下面的特殊情况吗？", "Does one of these apply?").one_of(
        ("none", "都没有", "None of them"),
        ("foreign", "父母一方是外国人或港澳台居民", "A parent is not a mainland resident"),
        ("surname", "孩子不随父姓也不随母姓", "The surname is neither parent's"),
        ("deceased", "孩子或母亲已去世", "The child or the mother has died"),
        ("adopted", "孩子是收养或捡拾的", "The child is adopted or was found"),
    ),
    choose("parents", "孩子的父母结婚了吗？", "Are the parents married to each other?").one_of(
        ("married", "已结婚", "Yes"),
        ("unmarried-mother", "没有，孩子随母亲落户", "No, the child follows the mother"),
        ("unmarried-father", "没有，孩子随父亲落户", "No, the child follows the father"),
        ("father-not-declared", "没有，不申报父亲信息", "No, and no father is declared"),
    ),
    choose("household", "孩子准备落在哪种户口？", "Which household will the child join?")
    .one_of(
        ("family", "父亲或母亲在台州的家庭户", "A parent's family household in Taizhou"),
        ("collective", "父母都是集体户，落台州的集体户", "Both in collective households"),
        ("outside", "父母户口都不在台州", "Both parents are registered elsewhere"),
        ("soldiers", "父母都是现役军人", "Both parents are soldiers"),
    )
    .hinted(
        "一方是家庭户的，随家庭户；一方是军人的，随另一方。",
        "Family household before collective; follow the parent who is not a soldier.",
    ),
    choose(
        "mother_insurance", "孩子母亲参加了哪种医保？", "Which medical insurance has the mother?"
    ).one_of(
        ("employee", "职工医保（含生育保险）", "Employees', with maternity insurance"),
        ("father", "没有，孩子父亲有职工医保", "None, but the father has employees'"),
        ("resident", "城乡居民医保", "Residents'"),
        ("none", "没有参保，或在台州以外参保", "None, or insured outside Taizhou"),
    ),
    choose("wanted", "还想一起办什么？", "What else would you like?").any_of(
        ("subsidy", "育儿补贴", "Childcare subsidy"),
        ("place", "入托意向登记", "Wish for a childcare place"),
    ),
)

OUTCOMES = (
    stop(Is("for_whom", "guardian"), words.COUNTER).because(
        "其他监护人申报要核对监护证明，不能在网上办。",
        "Another guardian's papers are checked at the counter, not online.",
    ),
    stop(Is("birth_place", "home"), certificate.NAMED_BODY, CERTIFICATE_RULE).because(
        "在医院以外出生的，要先核实出生情况才能签发出生医学证明。",
        "A birth outside a hospital is verified before a certificate can be issued.",
    ),
    stop(Is("birth_place", "abroad"), household.POLICE_STATION).because(
        "境外出生不签发国内的出生医学证明，户口要在窗口办。",
        "No mainland certificate is issued for a birth abroad; registration is at the counter.",
    ),
    stop(DaysSince("born_on", at_least=366), words.COUNTER, CERTIFICATE_RULE).because(
        "孩子已满一周岁，首次签发出生医学证明需要亲子鉴定等材料。",
        "After the first birthday a first certificate needs a paternity test and more.",
    ),
    stop(Is("special", "deceased"), words.VISIT).because(
        "我们很难过。这种情况由专人陪您办理，不用在网上填写。",
        "We are sorry. Somebody will help you in person; there is nothing to fill in here.",
    ),
    stop(Is("special", "adopted"), civil_affairs.ADOPTION).because(
        "收养或捡拾的孩子凭收养登记等材料落户，不走这里。",
        "An adopted or found child is registered with other papers, not here.",
    ),
    stop(Is("special", "surname") & ISSUE_HERE, certificate.HOSPITAL, CERTIFICATE_RULE).because(
        "随父母以外的姓，要在窗口说明情况后签发出生医学证明。",
        "With a surname that is neither parent's, the certificate is issued at the counter.",
    ),
    stop(Is("household", "soldiers"), household.POLICE_STATION, ZHEJIANG_RULE).because(
        "父母都是现役军人的，在部队驻地或祖父母、外祖父母处落户。",
        "With two soldiers the child is registered at the unit or with grandparents.",
    ),
    partly(Is("special", "foreign"), household.POLICE_STATION, ZHEJIANG_RULE).because(
        "落户要在派出所窗口办，医保、社保卡、育儿补贴在落户后再办。",
        "Registration is at the police station; insurance, card and subsidy follow it.",
    ),
    partly(Is("parents", "unmarried-father"), household.POLICE_STATION, ZHEJIANG_RULE).because(
        "非婚生育随父落户需要亲子鉴定，在派出所窗口办；之后再办医保等。",
        "Following an unmarried father needs a paternity test at the police station first.",
    ),
    partly(Is("household", "outside"), words.PASSED_ON, ZHEJIANG_RULE).because(
        "落户在父母户口所在地办；在台州参加居民医保要有居住证。",
        "Registration is at the parents' own place; insurance here needs a residence permit.",
    ),
    note(Is("special", "surname") & ISSUED, words.REASONS, rules.CIVIL_CODE_NAMES).because(
        "派出所会核对姓氏是否符合规定。",
        "The police station will check the surname against the rules.",
    ),
    note(FOLLOWS_MOTHER, words.GO_ON, ZHEJIANG_RULE).because(
        "随母亲落户，只需在网上确认一份非婚生育声明。",
        "The child follows the mother; you only confirm a statement online.",
    ),
    note(MONTH_HAS_PASSED, words.SOON, household.HOUSEHOLD_REGULATION).because(
        "已超过一个月的申报期限，仍可以办；医保在90天内缴费还能从出生日起算。",
        "The month for registration has passed, you can still do it; "
        "insurance paid within 90 days still counts from birth.",
    ),
    note(NINETY_DAYS_HAVE_PASSED, words.EXPLANATION, rules.TAIZHOU_RESIDENT_INSURANCE).because(
        "已超过90天，出生医学证明首次签发要写明原因，医保不能从出生日起算。",
        "More than 90 days: a first certificate needs a reason, insurance starts later.",
    ),
)


def same_day(answers: Answers) -> bool:
    """Twins may be born on both sides of midnight."""
    return abs(answers.date("birth_time") - answers.date("born_on")) <= timedelta(days=1)


def takes_a_surname(answers: Answers) -> bool:
    """Asked of a certificate that is to be issued; on an issued one the name is settled."""
    names = (answers.text(f"{person}_name") for person in ("child", "mother", "father"))
    return ISSUED.holds(answers) or certificate.has_a_parents_surname(*names)


RECORDED = held(certificate.BIRTH_RECORDS, locked=True)
SEX = choice(("1", "男", "Male"), ("2", "女", "Female"))

PAGES = (
    common.agent_page(Is("for_whom", "agent")),
    *common.person_pages("mother", Words("母亲", "Mother"), household.FAMILY_REGISTER.id),
    *common.person_pages("father", Words("父亲", "Father"), household.FAMILY_REGISTER.id, FATHER),
    civil_affairs.marriage_page(MARRIED),
    certificate.birth_page(ISSUE_HERE),
    page("child", "孩子的信息", "The child", each=CHILD, sensitive=True).asks(
        ask("child_name", "孩子姓名", "Child's name", kinds.PersonName()),
        ask("sex", "性别", "Sex", SEX, shared=RECORDED),
        ask("birth_time", "出生时间", "Time of birth", kinds.DateTime(), shared=RECORDED),
        ask(
            "certificate_number",
            "《出生医学证明》编号",
            "Number of the birth certificate",
            kinds.BirthCertificateNumber(),
            applies=ISSUED,
        ).hinted("证书右上角，一个字母加九位数字", "One letter and nine digits, top right"),
        check("birth_time", same_day).says(
            "与前面填的出生日期不符，请核对。",
            "This is not the day of birth given before; please check.",
        ),
        check("child_name", takes_a_surname).says(
            "孩子的姓要随父亲或母亲；随其他姓的请到窗口办理。",
            "The surname must be a parent's; for another please come to the counter.",
        ),
    ),
    certificate.at_birth_page(ISSUE_HERE, CHILD),
    household.child_address_page(),
    household.household_page(REGISTER_HERE, MARRIED),
    household.origin_page(REGISTER_HERE, CHILD),
    page("insurance", "医保和社保卡", "Insurance and card", applies=REGISTER_HERE).asks(
        insurance.YEAR_OF_COVER, tax.HARDSHIP, card.CARD_BANK, insurance.NEWBORNS_YEAR
    ),
    maternity.maternity_page(INSURED, ALLOWANCE),
    childcare.subsidy_page(SUBSIDY, FATHER, CHILD),
    childcare.place_page(PLACE),
    civil_affairs.support_page(CHILD),
    common.delivery_page(),
)

BY_FATHER = Is("for_whom", "father")  # else by the mother, or by an agent for her
CLAIMED_BY_FATHER = Is("claimant", "father")
FATHERS_INSURANCE = Is("mother_insurance", "father")
BORN = {"born_on": answer("birth_time")}
CLAIM = {**BORN, **account("subsidy_account")}
HOME = first_of(answer("mother_home"), answer("mother_register"))
POST = when(Is("collection", "post"), answer("post_address"), "")
NUMBER = first_of(
    produced(certificate.ISSUE_BIRTH_CERTIFICATE, "certificate_number"),
    answer("certificate_number"),
)

# What departments call what the form asks under another name, or what a sibling service produces.
USUAL = {
    **account("mother_account"),
    "address": answer("child_address"),
    "bank": answer("card_bank"),
    "birth_certificate_number": of_first(CHILD, NUMBER),
    "born_at": answer("birth_time"),
    "certificate_number": NUMBER,
    "children": answer("number_of_children"),
    "citizen_id": produced(household.REGISTER_NEWBORN, "citizen_id"),
    "claimant_document": common.of_one(CLAIMED_BY_FATHER, "father", "mother", "document"),
    "claimant_name": common.of_one(CLAIMED_BY_FATHER, "father", "mother", "name"),
    "county": answer("child_address", "county"),
    "ethnicity": answer("child_ethnicity"),
    "father_address": first_of(answer("father_home"), answer("father_register")),
    "follows": when(Is("follows", "father"), "father", "mother"),
    "from_month_of_age": answer("from_month"),
    "guardian_document": common.of_one(BY_FATHER, "father", "mother", "document"),
    "guardian_mobile": common.of_one(BY_FATHER, "father", "mother", "mobile"),
    "guardian_name": common.of_one(BY_FATHER, "father", "mother", "name"),
    "household_kind": when(Is("household", "collective"), "collective", "family"),
    "insured": when(ALLOWANCE, "mother", answer("mother_insurance")),
    "insured_name": common.of_one(FATHERS_INSURANCE, "father", "mother", "name"),
    "insured_number": produced(insurance.ENROL_MEDICAL_INSURANCE, "insured_number"),
    "length_cm": answer("length"),
    "married": holds(MARRIED),
    "post_to": first_of(POST, HOME),
    "relation": when(CLAIMED_BY_FATHER, "father", "mother"),
    "township": answer("child_address", "township"),
    "weight_g": answer("weight"),
    "year": answer("insurance_year"),
}

CERTIFIED = (certificate.ISSUE_BIRTH_CERTIFICATE,)
REGISTERED = (household.REGISTER_NEWBORN,)
ENROLLED = (insurance.ENROL_MEDICAL_INSURANCE,)
FERTILITY = (certificate.REGISTER_FERTILITY,)

STEPS = plan(
    USUAL,
    step(certificate.REGISTER_FERTILITY, address=HOME),
    step(certificate.ISSUE_BIRTH_CERTIFICATE, applies=ISSUE_HERE, each=CHILD, post_to=POST),
    step(child_health.ISSUE_IMMUNISATION_CERTIFICATE, each=CHILD),
    step(household.REGISTER_NEWBORN, requires=CERTIFIED, applies=REGISTER_HERE, each=CHILD),
    step(insurance.ENROL_MEDICAL_INSURANCE, requires=REGISTERED, applies=REGISTER_HERE, each=CHILD),
    step(tax.PAY_MEDICAL_CONTRIBUTION, requires=ENROLLED, applies=REGISTER_HERE, each=CHILD),
    step(card.ISSUE_SOCIAL_SECURITY_CARD, requires=REGISTERED, applies=REGISTER_HERE, each=CHILD),
    step(
        maternity.REIMBURSE_MATERNITY_EXPENSES, requires=CERTIFIED, uses=FERTILITY, applies=INSURED
    ),
    step(maternity.PAY_MATERNITY_ALLOWANCE, requires=CERTIFIED, uses=FERTILITY, applies=ALLOWANCE),
    step(
        childcare.CLAIM_CHILDCARE_SUBSIDY, CLAIM, requires=REGISTERED, applies=SUBSIDY, each=CHILD
    ),
    step(child_health.REGISTER_PARENTING_GUIDANCE, requires=CERTIFIED, each=CHILD),
    step(childcare.REQUEST_CHILDCARE_PLACE, BORN, requires=CERTIFIED, applies=PLACE, each=CHILD),
    step(civil_affairs.REFER_CHILD_AT_RISK, BORN, requires=CERTIFIED, applies=REFER, each=CHILD),
)

REQUIREMENTS = (
    must("under-one-year", CERTIFICATE_RULE, UNDER_ONE_YEAR, blocks=True).otherwise(
        "孩子已满一周岁，要在窗口办。",
        "The child is over a year old: counter only.",
        "请带亲子鉴定等材料到窗口。",
        "Please come to the counter with the test.",
    ),
    must("registered-here", ZHEJIANG_RULE, REGISTER_HERE).otherwise(
        "孩子不在这里网上落户，医保、社保卡和育儿补贴要等落户后办。",
        "The child is not registered here online; insurance, card and subsidy wait for it.",
        "落户后可以再来申请。",
        "After registration you can apply for them.",
    ),
    must("mother-insured", maternity.SOCIAL_INSURANCE_LAW, ALLOWANCE).otherwise(
        "生育津贴只发给参加生育保险的女职工。",
        "The allowance is for insured workers only.",
        "如单位已参保，请选“职工医保”。",
        "If her employer insures her, choose “employees'”.",
    ),
)

DEADLINES = (
    due("immunisation", child_health.VACCINE_LAW, "born_on", months=1).told(
        "办理预防接种证",
        "Immunisation certificate",
        "超过一个月仍可补办，接种单位不能拒绝，但可能错过首批疫苗。",
        "It can still be made later and may not be refused, but first doses may be missed.",
        child_health.ISSUE_IMMUNISATION_CERTIFICATE,
    ),
    due("household", household.HOUSEHOLD_REGULATION, "born_on", months=1).told(
        "申报出生登记（落户）",
        "Household registration",
        "超过一个月仍可以申报，但要尽快；没有户口就不能参保、办社保卡。",
        "You can still declare later, but soon: insurance and card need it.",
        household.REGISTER_NEWBORN,
    ),
    due("insurance", rules.TAIZHOU_RESIDENT_INSURANCE, "born_on", days=90).told(
        "参保并缴费",
        "Enrol and pay the medical insurance",
        "90天内参保缴费，从出生日起报销；超过90天，保障从缴费以后才开始（待医保部门确认）。",
        "Within 90 days cover counts from birth; later it starts only after the payment "
        "(to be confirmed by the authority).",
        insurance.ENROL_MEDICAL_INSURANCE,
        tax.PAY_MEDICAL_CONTRIBUTION,
    ),
)

BIRTH = LifeEvent(
    id="birth",
    version="1",
    title=Words("新生儿出生一件事", "Birth of a child"),
    summary=Words(
        "一张表办齐出生证、户口、医保、社保卡、生育待遇和育儿补贴。",
        "One form for certificate, household, insurance, card, maternity benefits and subsidy.",
    ),
    result=Words(
        "孩子有了出生医学证明、户口和身份证号，参加医保，补贴和津贴发到账户。",
        "The child has a certificate, a registered household, an ID number and insurance; "
        "benefits are paid to your account.",
    ),
    stage=words.FAMILY,
    lead=HEALTH_COMMISSION,
    audience=Words("一周岁以内孩子的父母", "Parents of a child under one year"),
    for_whom=FOR_WHOM,
    guidance=GUIDANCE,
    outcomes=OUTCOMES,
    asks=(
        look_up(
            household.FAMILY_REGISTER, A_PARENT_ASKS, applicant=when(BY_FATHER, "father", "mother")
        ),
        look_up(certificate.BIRTH_RECORDS, A_PARENT_ASKS),
        look_up(civil_affairs.MARRIAGE_REGISTER, A_PARENT_ASKS & MARRIED),
        look_up(maternity.MATERNITY_INSURANCE, A_PARENT_ASKS & INSURED),
    ),
    pages=PAGES,
    steps=STEPS,
    county="child_address",
    declarations=common.declarations(minors=True),
    rules=(
        rules.ONE_THING,
        rules.NO_REPEAT_ASKING,
        household.HOUSEHOLD_REGULATION,
        ZHEJIANG_RULE,
        CERTIFICATE_RULE,
        child_health.VACCINE_LAW,
    ),
    requirements=REQUIREMENTS,
    deadlines=DEADLINES,
    other_ways=words.OTHER_WAYS,
    keywords=keywords("出生 新生儿 上户口 落户 出生证 生孩子 育儿补贴 生育津贴 birth"),
    minutes=12,
    groups=(CHILD,),
)
