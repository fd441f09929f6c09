"""Situations of a birth: the guidance questions, and what follows from their answers."""

from app.forms import questions as kinds
from app.forms.conditions import Condition, DaysSince, Is
from app.forms.questions import Question, Repeated
from app.services.birth_certificate import CERTIFICATE_RULE
from app.services.household_register import HOUSEHOLD_REGULATION, ZHEJIANG_RULE
from app.services.maternity_insurance import SOCIAL_INSURANCE_LAW
from app.vocabulary.common_questions import choice
from app.vocabulary.common_rules import TAIZHOU_RESIDENT_INSURANCE
from app.vocabulary.life_event import Guidance
from app.vocabulary.requirement import Requirement, Rule
from app.wording import Words

CHILD = Repeated("child", "number_of_children", Words("第{n}个孩子", "Child {n}"))
PARENT = choice(("mother", "母亲", "Mother"), ("father", "父亲", "Father"))

FATHER = Is("parents", "married", "unmarried-mother", "unmarried-father")
A_PARENT_ASKS = Is("for_whom", "mother", "father")
ISSUE_HERE = Is("birth_place", "zhejiang") & Is("certificate_issued", "no")
ISSUED = Is("birth_place", "delta", "elsewhere") | Is("certificate_issued", "yes")
COUNTER_FIRST = Is("parents", "unmarried-father") | Is("special", "foreign")
REGISTER_HERE = Is("household", "family", "collective") & ~COUNTER_FIRST
INSURED = Is("mother_insurance", "employee", "father", "resident")
ALLOWANCE = Is("mother_insurance", "employee")
SUBSIDY = REGISTER_HERE & Is("wanted", "subsidy")
PLACE = Is("wanted", "place")
CONCERN = Is("concern", "hearing", "defect", "hardship", "other")
REFER = CONCERN & Is("referral_consent", "yes")

FOR_WHOM = (
    ("mother", Words("我是孩子的母亲", "I am the mother"), Words("本人登录即可", "Sign in")),
    ("father", Words("我是孩子的父亲", "I am the father"), Words("本人登录即可", "Sign in")),
    (
        "agent",
        Words("我替孩子的父母代办", "I act for the parents"),
        Words("需要父母签名的授权委托书", "You need their signed power of attorney"),
    ),
    (
        "guardian",
        Words("我是孩子的其他监护人", "I am another guardian"),
        Words("请到窗口办理", "Please come to the counter"),
    ),
)

GUIDANCE = (
    Question(
        "birth_place",
        Words("孩子在哪里出生？", "Where was the child born?"),
        choice(
            ("zhejiang", "浙江省内的医院", "In a hospital in Zhejiang"),
            ("delta", "上海、江苏或安徽的医院", "In a hospital in Shanghai, Jiangsu or Anhui"),
            ("elsewhere", "国内其他地方的医院", "In a hospital elsewhere in the mainland"),
            ("home", "家中或其他非医院地点", "At home or outside a hospital"),
            ("abroad", "国外或港澳台", "Abroad, or in Hong Kong, Macao or Taiwan"),
        ),
    ),
    Question(
        "certificate_issued",
        Words("孩子的《出生医学证明》领了吗？", "Do you have the birth certificate yet?"),
        kinds.YES_NO,
        applies=Is("birth_place", "zhejiang"),
    ),
    Question(
        "born_on",
        Words("孩子哪天出生？", "When was the child born?"),
        kinds.Date(),
        Words("例如 2026年3月27日；多胞胎填第一个孩子", "For twins, the first child's day"),
    ),
    Question(
        "number_of_children",
        Words("这次生了几个孩子？", "How many children were born?"),
        choice(("1", "一个", "One"), ("2", "双胞胎", "Twins"), ("3", "三胞胎", "Triplets")),
    ),
    Question(
        "special",
        Words("有下面的特殊情况吗？", "Does one of these apply?"),
        choice(
            ("none", "都没有", "None of them"),
            ("foreign", "父母一方是外国人或港澳台居民", "A parent is not a mainland resident"),
            ("surname", "孩子不随父姓也不随母姓", "The surname is neither parent's"),
            ("deceased", "孩子或母亲已去世", "The child or the mother has died"),
            ("adopted", "孩子是收养或捡拾的", "The child is adopted or was found"),
        ),
    ),
    Question(
        "parents",
        Words("孩子的父母结婚了吗？", "Are the parents married to each other?"),
        choice(
            ("married", "已结婚", "Yes"),
            ("unmarried-mother", "没有，孩子随母亲落户", "No, the child follows the mother"),
            ("unmarried-father", "没有，孩子随父亲落户", "No, the child follows the father"),
            ("father-not-declared", "没有，不申报父亲信息", "No, and no father is declared"),
        ),
    ),
    Question(
        "household",
        Words("孩子准备落在哪种户口？", "Which household will the child join?"),
        choice(
            ("family", "父亲或母亲在台州的家庭户", "A parent's family household in Taizhou"),
            ("collective", "父母都是集体户，落台州的集体户", "Both in collective households"),
            ("outside", "父母户口都不在台州", "Both parents are registered elsewhere"),
            ("soldiers", "父母都是现役军人", "Both parents are soldiers"),
        ),
        Words(
            "一方是家庭户的，随家庭户；一方是军人的，随另一方。",
            "Family household before collective; follow the parent who is not a soldier.",
        ),
    ),
    Question(
        "mother_insurance",
        Words("孩子母亲参加了哪种医保？", "Which medical insurance has the mother?"),
        choice(
            ("employee", "职工医保（含生育保险）", "Employees', with maternity insurance"),
            ("father", "没有，孩子父亲有职工医保", "None, but the father has employees'"),
            ("resident", "城乡居民医保", "Residents'"),
            ("none", "没有参保，或在台州以外参保", "None, or insured outside Taizhou"),
        ),
    ),
    Question(
        "wanted",
        Words("还想一起办什么？", "What else would you like?"),
        kinds.Choices(
            (
                kinds.Option("subsidy", Words("育儿补贴", "Childcare subsidy")),
                kinds.Option("place", Words("入托意向登记", "Wish for a childcare place")),
            )
        ),
        optional=True,
    ),
)

CIVIL_CODE = Rule(
    "civil-code-1015", Words("中华人民共和国民法典", "Civil Code"), "第一千零一十五条", "U"
)

COUNTER = Words(
    "请到就近的政务服务中心窗口；可拨打12345咨询，或预约帮办人员上门。",
    "Please come to a service centre; call 12345 for advice or a home visit.",
)
POLICE = Words(
    "请到落户一方户口所在地的派出所窗口；可拨打12345咨询。",
    "Please come to the police station of that parent's register; call 12345 for advice.",
)
HOSPITAL = Words(
    "请先到出生医院的证明签发窗口领取，再回来办其余事项。",
    "Please get the certificate at the hospital of birth, then come back for the rest.",
)


def stop(when: Condition, zh: str, en: str, todo: Words, rule: Rule | None = None) -> Guidance:
    """The online path ends here."""
    return Guidance(when, "stop", Words(zh, en), todo, rule)


def partly(when: Condition, zh: str, en: str, todo: Words, rule: Rule | None = None) -> Guidance:
    """Some services are done elsewhere, the rest online."""
    return Guidance(when, "partly", Words(zh, en), todo, rule)


def note(when: Condition, zh: str, en: str, todo: Words, rule: Rule | None = None) -> Guidance:
    """Everything online; this is good to know first."""
    return Guidance(when, "note", Words(zh, en), todo, rule)


OUTCOMES = (
    stop(
        Is("for_whom", "guardian"),
        "其他监护人申报要核对监护证明，不能在网上办。",
        "Another guardian's papers are checked at the counter, not online.",
        COUNTER,
    ),
    stop(
        Is("birth_place", "home"),
        "在医院以外出生的，要先核实出生情况才能签发出生医学证明。",
        "A birth outside a hospital is verified before a certificate can be issued.",
        Words(
            "请到出生地卫生健康部门指定的机构；可拨打12345，请帮办人员上门。",
            "Please go to the body named by the local health commission; 12345 arranges a visit.",
        ),
        CERTIFICATE_RULE,
    ),
    stop(
        Is("birth_place", "abroad"),
        "境外出生不签发国内的出生医学证明，户口要在窗口办。",
        "No mainland certificate is issued for a birth abroad; registration is at the counter.",
        POLICE,
    ),
    stop(
        DaysSince("born_on", at_least=366),
        "孩子已满一周岁，首次签发出生医学证明需要亲子鉴定等材料。",
        "After the first birthday a first certificate needs a paternity test and more.",
        COUNTER,
        CERTIFICATE_RULE,
    ),
    stop(
        Is("special", "deceased"),
        "我们很难过。这种情况由专人陪您办理，不用在网上填写。",
        "We are sorry. Somebody will help you in person; there is nothing to fill in here.",
        Words(
            "请拨打12345，帮办人员会上门；也可拨打民政服务热线12349。",
            "Call 12345 and somebody will visit you; or 12349, civil affairs.",
        ),
    ),
    stop(
        Is("special", "adopted"),
        "收养或捡拾的孩子凭收养登记等材料落户，不走这里。",
        "An adopted or found child is registered with other papers, not here.",
        Words("请联系民政部门，电话12349。", "Please contact civil affairs, telephone 12349."),
    ),
    stop(
        Is("special", "surname") & ISSUE_HERE,
        "随父母以外的姓，要在窗口说明情况后签发出生医学证明。",
        "With a surname that is neither parent's, the certificate is issued at the counter.",
        HOSPITAL,
        CERTIFICATE_RULE,
    ),
    stop(
        Is("household", "soldiers"),
        "父母都是现役军人的，在部队驻地或祖父母、外祖父母处落户。",
        "With two soldiers the child is registered at the unit or with grandparents.",
        POLICE,
        ZHEJIANG_RULE,
    ),
    partly(
        Is("special", "foreign"),
        "落户要在派出所窗口办，医保、社保卡、育儿补贴在落户后再办。",
        "Registration is at the police station; insurance, card and subsidy follow it.",
        POLICE,
        ZHEJIANG_RULE,
    ),
    partly(
        Is("parents", "unmarried-father"),
        "非婚生育随父落户需要亲子鉴定，在派出所窗口办；之后再办医保等。",
        "Following an unmarried father needs a paternity test at the police station first.",
        POLICE,
        ZHEJIANG_RULE,
    ),
    partly(
        Is("household", "outside"),
        "落户在父母户口所在地办；在台州参加居民医保要有居住证。",
        "Registration is at the parents' own place; insurance here needs a residence permit.",
        Words(
            "可到就近窗口请求代收代办，或在户口所在地办理。",
            "Ask a counter here to pass it on, or go to the place of register.",
        ),
        ZHEJIANG_RULE,
    ),
    note(
        Is("special", "surname") & ISSUED,
        "派出所会核对姓氏是否符合规定。",
        "The police station will check the surname against the rules.",
        Words("请准备好说明材料。", "Please have your reasons ready."),
        CIVIL_CODE,
    ),
    note(
        Is("parents", "unmarried-mother", "father-not-declared"),
        "随母亲落户，只需在网上确认一份非婚生育声明。",
        "The child follows the mother; you only confirm a statement online.",
        Words("接着往下填即可。", "Simply go on."),
        ZHEJIANG_RULE,
    ),
    note(
        DaysSince("born_on", at_least=32, at_most=90),
        "已超过一个月的申报期限，仍可以办；医保在90天内缴费还能从出生日起算。",
        "The month for registration has passed, you can still do it; "
        "insurance paid within 90 days still counts from birth.",
        Words("请尽快提交。", "Please submit soon."),
        HOUSEHOLD_REGULATION,
    ),
    note(
        DaysSince("born_on", at_least=91, at_most=365),
        "已超过90天，出生医学证明首次签发要写明原因，医保不能从出生日起算。",
        "More than 90 days: a first certificate needs a reason, insurance starts later.",
        Words("请准备一份情况说明。", "Please have an explanation ready."),
        TAIZHOU_RESIDENT_INSURANCE,
    ),
)

REQUIREMENTS = (
    Requirement(
        "under-one-year",
        CERTIFICATE_RULE,
        DaysSince("born_on", at_most=365),
        Words("孩子已满一周岁，要在窗口办。", "The child is over a year old: counter only."),
        Words("请带亲子鉴定等材料到窗口。", "Please come to the counter with the test."),
        blocks=True,
    ),
    Requirement(
        "registered-here",
        ZHEJIANG_RULE,
        REGISTER_HERE,
        Words(
            "孩子不在这里网上落户，医保、社保卡和育儿补贴要等落户后办。",
            "The child is not registered here online; insurance, card and subsidy wait for it.",
        ),
        Words("落户后可以再来申请。", "After registration you can apply for them."),
    ),
    Requirement(
        "mother-insured",
        SOCIAL_INSURANCE_LAW,
        ALLOWANCE,
        Words("生育津贴只发给参加生育保险的女职工。", "The allowance is for insured workers only."),
        Words(
            "如单位已参保，请选“职工医保”。", "If her employer insures her, choose “employees'”."
        ),
    ),
)
