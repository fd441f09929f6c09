"""Disability aid: certificate, assessment, the two subsidies and every service that follows."""

from dataclasses import replace

from app.forms import questions as kinds
from app.forms.conditions import Is
from app.services import family_income as income
from app.services import person_register as person
from app.services.disability import (
    assessment,
    card,
    certificate,
    guiding,
    register,
    review,
    subsidies,
    subsidy_checks,
    support,
)
from app.services.disability import needs as help_at_hand
from app.services.relief import referral as relief
from app.services.relief_register import CARE_REGISTER, RELIEF_REGISTER
from app.vocabulary import common_questions as common
from app.vocabulary import common_rules as rules
from app.vocabulary import common_words as words
from app.vocabulary.authorities import DISABLED_PERSONS_FEDERATION
from app.vocabulary.benefit_rates import LIVING_RULE, NURSING_RULE
from app.vocabulary.declaring import ask, choose
from app.vocabulary.joining import look_up, plan, step
from app.vocabulary.life_event import LifeEvent
from app.vocabulary.requests import Sources, account, answer, first_of, holds, produced, when
from app.vocabulary.telling import keywords, must, note, partly, stop
from app.wording import Words

SELF, HELPER = Is("for_whom", "self"), Is("for_whom", "helper")
NEW, CHANGE, MOVE, CANCEL = register.NEW, register.CHANGE, register.MOVE, register.CANCEL
MINOR, ADULT, WORKING_AGE = register.MINOR, Is("age", "18-59", "60-or-more"), Is("age", "18-59")
GUARDED = register.NEEDS_GUARDIAN | Is("for_whom", "guardian")
KEEP = Is("certificate_item", "keep")
HERE = Is("register", "here", "away")
CROSS_AREA = Is("register", "lives-here")
BENEFITS = HERE & ~CANCEL
SEVERE = Is("grade", "1", "2") | register.ASSESSED  # a new grade is not known yet
INJURY_PAY = Is("other_benefits", "injury")
KEPT_OTHERWISE = Is("relief", "destitute", "orphan") | INJURY_PAY
INCOME_COUNTS = Is("relief", "none")
OWN_INCOME = Is("income_level", "own")
POOR = Is("relief", "minimum", "near") | Is("income_level", "family") | (OWN_INCOME & WORKING_AGE)
WANTS_LIVING, WANTS_NURSING = Is("wanted", "living"), Is("wanted", "nursing")

LIVING = BENEFITS & WANTS_LIVING & POOR & ~KEPT_OTHERWISE
NURSING = BENEFITS & WANTS_NURSING & (SEVERE | register.MIND) & ~INJURY_PAY
CHECKED = LIVING & INCOME_COUNTS
WORK = BENEFITS & Is("wanted", "work") & WORKING_AGE
ENROLLED, INSURED = Is("enrolled", "both", "pension"), Is("enrolled", "both", "medical")
PENSION = BENEFITS & Is("wanted", "pension") & SEVERE & ENROLLED
MEDICAL = BENEFITS & Is("wanted", "medical") & INSURED
REHABILITATION = BENEFITS & Is("child_wanted", "rehabilitation") & MINOR
SCHOOL = BENEFITS & Is("child_wanted", "school") & MINOR
DEVICE, WORKS = BENEFITS & help_at_hand.DEVICE, BENEFITS & help_at_hand.WORKS
PLACE, SMALL = BENEFITS & help_at_hand.PLACE, BENEFITS & help_at_hand.SMALL
RELIEF = BENEFITS & Is("wanted", "relief")
REPORT = BENEFITS & Is("wanted", "report")
RECEIVES = Is("receiving", *(value for value, _, _ in review.RECEIVING))
REVIEW = HERE & RECEIVES & (CHANGE | MOVE | CANCEL | REPORT)
AFTER = DEVICE | WORKS | PLACE | SMALL | RELIEF | REHABILITATION | SCHOOL
NOTHING = KEEP & ~(LIVING | NURSING | WORK | PENSION | MEDICAL | AFTER | REVIEW)

GUIDANCE = (
    choose("age", "有残疾的人多大年纪？", "How old is the person?").one_of(*person.AGE_OPTIONS),
    choose("classes", "是哪种残疾？", "Which kind of disability?", sensitive=True)
    .some_of(*register.CLASSES)
    .hinted("可以选多种", "Choose all that apply"),
    choose("register", "户口和住处在哪里？", "Where is the person registered and living?").one_of(
        ("here", "户口和住处都在台州", "Registered and living in Taizhou"),
        ("away", "户口在台州，住在外地", "Registered in Taizhou, living elsewhere"),
        ("lives-here", "户口在外地，住在台州", "Registered elsewhere, living in Taizhou"),
        ("neither", "都不在台州", "Neither"),
    ),
    choose("certificate", "有残疾人证吗？", "Is there a disability certificate?").one_of(
        ("valid", "有，在有效期内", "Yes, and it is valid"),
        ("none", "没有", "No"),
        ("expired", "有，已到期或快到期", "Yes, expired or about to"),
        ("lost", "丢了或坏了", "Lost or damaged"),
        ("cancelled", "注销不到一年", "Cancelled less than a year ago"),
    ),
    choose(
        "certificate_item",
        "残疾人证要办什么？",
        "What is to be done with it?",
        applies=Is("certificate", "valid") & HERE,
    ).one_of(
        ("keep", "证不用办，办补贴和服务", "Nothing; benefits and services"),
        ("change", "残疾情况变了，重新评定", "The disability changed: a new assessment"),
        ("move", "户口迁到这里了，证要转来", "The register moved here: move it too"),
        ("cancel", "注销", "Cancel it"),
    ),
    choose(
        "cross_item",
        "残疾人证要代办什么？",
        "What is to be passed on about it?",
        applies=Is("certificate", "valid") & CROSS_AREA,
    ).one_of(
        ("change", "残疾情况变了，重新评定", "The disability changed: a new assessment"),
        ("move", "户口迁了，证要转到新户籍地", "The register moved: move the certificate too"),
        ("cancel", "注销", "Cancel it"),
    ),
    ask(
        "can_come",
        "能到医院评定吗？",
        "Can the person come to the hospital?",
        kinds.YES_NO,
        applies=register.ASSESSED,
    ),
    guiding.grade_question(),
    *guiding.wish_questions(BENEFITS, BENEFITS & MINOR),
    guiding.insured_question(BENEFITS),
    *guiding.money_questions(WANTS_LIVING, WANTS_LIVING | WANTS_NURSING),
    choose("care_place", "在哪里照护？", "Where is care given?", applies=WANTS_NURSING).one_of(
        ("home", "在家", "At home"),
        ("institution", "住在托养机构", "In an institution"),
    ),
    choose(
        "receiving",
        "现在在享受哪些待遇？",
        "Which benefits are paid now?",
        applies=HERE & (CHANGE | MOVE | CANCEL | REPORT),
    ).any_of(*review.RECEIVING),
)

OUTCOMES = (
    stop(Is("register", "neither"), words.PASSED_ON).because(
        "户口和住处都不在台州，请到户籍地或居住地办理。",
        "Registered and living elsewhere: please apply there.",
    ),
    stop(Is("certificate", "cancelled"), words.COUNTER, register.CERTIFICATE_MEASURES).because(
        "残疾人证注销不满一年，原则上不重新受理；情况特殊的请到窗口说明。",
        "Within a year of cancelling a new one is refused as a rule; tell the counter why.",
    ),
    stop(NOTHING, words.COUNTER).because(
        "按您的回答，没有选到能办的事项。", "From your answers there is nothing to apply for."
    ),
    partly(CROSS_AREA, words.PASSED_ON, register.CERTIFICATE_MEASURES).because(
        "残疾人证可以在台州申请和评定，由户籍地审核发证；补贴在户籍地申请。",
        "Assessed here, issued by the county of register; benefits are applied for there.",
    ),
    note(register.NEEDS_GUARDIAN & SELF, words.GO_ON, register.CERTIFICATE_MEASURES).because(
        "未成年人和智力、精神残疾人要由监护人一起办，请填写监护人信息。",
        "A guardian must take part here; please give the guardian's details.",
    ),
    note(MINOR & register.ASSESSED, words.GO_ON, register.CERTIFICATE_MEASURES).because(
        "未成年人的评定结果不公示。", "Findings about minors are not published."
    ),
    note(register.ASSESSED & Is("can_come", "no"), words.GO_ON).because(
        "会安排医生上门评定。", "Doctors will come to the home."
    ),
    note(CHANGE | MOVE | CANCEL, words.GO_ON).because(
        "证件变了，正在领的补贴会重新核定或停发。",
        "Benefits that are paid now will be reckoned again or stopped.",
    ),
    note(WANTS_LIVING & KEPT_OTHERWISE, words.GO_ON, LIVING_RULE).because(
        "享受特困、孤儿保障或工伤护理费的，不能同时领生活补贴（待主管部门确认）。",
        "With those benefits the living subsidy is not paid as well (to be confirmed).",
    ),
    note(INCOME_COUNTS & Is("income_level", "above"), words.GO_ON, LIVING_RULE).because(
        "收入超过低保标准的1.5倍，不发生活补贴。",
        "Above 1.5 times the minimum living line no living subsidy is paid.",
    ),
    note(INCOME_COUNTS & OWN_INCOME & ~WORKING_AGE, words.GO_ON, LIVING_RULE).because(
        "只看本人收入的办法，只适用于18至59周岁；其他人看家庭人均收入。",
        "The own income alone counts from 18 to 59 only; else the family's per head.",
    ),
    note(Is("wanted", "work") & ~WORKING_AGE, words.GO_ON).because(
        "就业帮扶面向18至59周岁（劳动年龄）的残疾人。",
        "Help into work is for working age, 18 to 59.",
    ),
    note(Is("wanted", "pension") & ~SEVERE, words.GO_ON, register.ZHEJIANG_ONE_THING).because(
        "养老保险费代缴只面向一、二级残疾人（待主管部门确认）。",
        "The pension contribution is paid for grades 1 and 2 only (to be confirmed).",
    ),
    note(
        (Is("wanted", "pension") & ~ENROLLED) | (Is("wanted", "medical") & ~INSURED),
        words.GO_ON,
        register.ZHEJIANG_ONE_THING,
    ).because(
        "没有参保的，要先参加城乡居民养老保险或医保，再来申请代缴、资助。",
        "Who is not enrolled joins the residents' insurance first, then applies.",
    ),
    note(WANTS_NURSING & INJURY_PAY, words.GO_ON, NURSING_RULE).because(
        "享受工伤护理费的，不能同时领护理补贴（待主管部门确认）。",
        "With nursing pay for a work injury it is not paid as well (to be confirmed).",
    ),
    note(WANTS_NURSING & Is("other_benefits", "elderly"), words.GO_ON).because(
        "护理补贴和养老服务补贴按高的发（待主管部门确认）。",
        "Of nursing and elderly care subsidy the higher one is paid (to be confirmed).",
    ),
    note(WANTS_NURSING & Is("grade", "3", "4") & ~register.MIND, words.GO_ON, NURSING_RULE).because(
        "三、四级只有智力、精神残疾能领护理补贴。",
        "Grades 3 and 4 get it only for intellectual or mental disability.",
    ),
)

PAGES = (
    common.agent_page(HELPER),
    person.person_page("有残疾的人", "The person", register.ASSESSED),
    person.places_page(Is("register", "away", "lives-here"), CROSS_AREA),
    person.contact_page(),
    person.guardian_page(GUARDED),
    certificate.statistics_page(),
    certificate.disability_page(),
    certificate.held_page(),
    card.move_page(),
    assessment.appointment_page(),
    certificate.notice_page(),
    *income.family_pages(CHECKED),
    *subsidies.nursing_pages(NURSING),
    support.work_page(WORK),
    support.insurance_page(PENSION | MEDICAL, PENSION),
    help_at_hand.needs_page(DEVICE | WORKS | PLACE, REHABILITATION),
    help_at_hand.small_page(SMALL, SCHOOL),
    relief.referral_page(RELIEF),
    review.change_page(REPORT),
    subsidies.account_page(LIVING | NURSING, GUARDED),
    replace(common.delivery_page(), applies=register.PRINTED),
)

ISSUE, CHANGED = (
    certificate.ISSUE_DISABILITY_CERTIFICATE,
    certificate.CHANGE_DISABILITY_CERTIFICATE,
)
FOUND, CHECK = assessment.ASSESS_DISABILITY, income.CHECK_FAMILY_INCOME
BOOKED, PUBLISHED = assessment.BOOK_ASSESSMENT, assessment.PUBLISH_ASSESSMENT
TOWNSHIP_CHECK = subsidy_checks.CHECK_SUBSIDY_CLAIM
REVIEW_CLAIM = subsidy_checks.REVIEW_SUBSIDY_CLAIM
REVIEWED = {"review_number": produced(REVIEW_CLAIM, "review_number")}
CERTIFIED = (ISSUE, CHANGED, card.RENEW_CERTIFICATE)


def _latest(field: str, otherwise: str) -> Sources:
    """What a new certificate says, else what was answered about the one that is held."""
    made = (produced(service, field) for service in CERTIFIED)
    return {field: first_of(*made, answer(otherwise))}


NUMBER = _latest("certificate_number", "certificate_number")
GRADE, SORTS = _latest("grade", "grade"), _latest("classes", "classes")
CLAIM = {**NUMBER, **_latest("valid_until", "valid_until"), **account("benefit_account")}
FINDING = {name: produced(FOUND, name) for name in ("classes", "grade", "assessment_number")}
POST = when(Is("collection", "post"), answer("post_address"), "")
SLOT = {name: produced(BOOKED, name) for name in ("appointment_number", "appointed_at")}
INCOME = {name: produced(CHECK, name) for name in ("per_head", "check_number")}
CAUSE = when(CHANGE, "grade", when(MOVE, "move", when(CANCEL, "cancel", answer("changed"))))

# Of who is registered elsewhere the address in Taizhou is only the home.
REGISTERED_AT = when(CROSS_AREA, answer("other_address"), answer("local_address"))

USUAL: Sources = {
    "address": first_of(answer("home_address"), answer("local_address")),
    "county": answer("local_address", "county"),
    "cross_area": holds(CROSS_AREA),
    "ethnicity": answer("person_ethnicity"),
    "expires_on": answer("valid_until"),
    "home_visit": holds(Is("can_come", "no")),
    "members": income.MEMBERS,
    "post_to": POST,
    "township": answer("local_address", "township"),
    "working_age": holds(WORKING_AGE),
}

STEPS = plan(
    USUAL,
    step(BOOKED, applies=register.ASSESSED),
    step(FOUND, SLOT, requires=(BOOKED,), applies=register.ASSESSED),
    step(PUBLISHED, FINDING, requires=(FOUND,), applies=register.PUBLISHED),
    step(ISSUE, FINDING, requires=(FOUND, PUBLISHED), applies=NEW),
    step(CHANGED, FINDING, requires=(FOUND, PUBLISHED), applies=CHANGE),
    step(card.RENEW_CERTIFICATE, applies=register.RENEW),
    step(card.REPLACE_CERTIFICATE, applies=register.REPLACE),
    step(card.MOVE_CERTIFICATE, applies=MOVE, address=REGISTERED_AT),
    step(card.CANCEL_CERTIFICATE, applies=CANCEL),
    step(CHECK, applies=CHECKED),
    step(TOWNSHIP_CHECK, CLAIM, requires=(*CERTIFIED, CHECK), applies=LIVING | NURSING),
    step(
        REVIEW_CLAIM,
        CLAIM,
        requires=(*CERTIFIED, TOWNSHIP_CHECK),
        applies=LIVING | NURSING,
        opinion_number=produced(TOWNSHIP_CHECK, "opinion_number"),
    ),
    step(
        subsidies.CLAIM_LIVING_SUBSIDY,
        CLAIM,
        INCOME,
        REVIEWED,
        requires=(*CERTIFIED, CHECK, REVIEW_CLAIM),
        applies=LIVING,
    ),
    step(
        subsidies.CLAIM_NURSING_SUBSIDY,
        CLAIM,
        GRADE,
        SORTS,
        REVIEWED,
        requires=(*CERTIFIED, REVIEW_CLAIM),
        applies=NURSING,
    ),
    step(support.HELP_INTO_WORK, NUMBER, requires=CERTIFIED, applies=WORK),
    step(support.PAY_PENSION_CONTRIBUTION, NUMBER, GRADE, requires=CERTIFIED, applies=PENSION),
    step(support.PAY_MEDICAL_AID, NUMBER, GRADE, requires=CERTIFIED, applies=MEDICAL),
    step(help_at_hand.CLAIM_REHABILITATION, applies=REHABILITATION),
    *(
        step(service, NUMBER, SORTS, requires=CERTIFIED, applies=wanted)
        for service, wanted in (
            (help_at_hand.CLAIM_DEVICE, DEVICE),
            (help_at_hand.REQUEST_HOME_WORKS, WORKS),
            (help_at_hand.REQUEST_CARE_PLACE, PLACE),
            (help_at_hand.CLAIM_SMALL_BENEFITS, SMALL),
            (help_at_hand.REFER_TO_SCHOOL, SCHOOL),
        )
    ),
    step(relief.REFER_TO_RELIEF, applies=RELIEF),
    step(
        review.REVIEW_BENEFITS,
        requires=(CHANGED, card.MOVE_CERTIFICATE, card.CANCEL_CERTIFICATE),
        applies=REVIEW,
        cause=CAUSE,
        changed_on=first_of(answer("changed_on"), answer("moved_on")),
        grade=first_of(produced(CHANGED, "grade"), answer("grade")),
    ),
)

REQUIREMENTS = (
    must("poor-enough", LIVING_RULE, POOR).otherwise(
        "生活补贴发给低保、低边家庭，或收入低于低保标准1.5倍的残疾人。",
        "The living subsidy is for families on relief or below 1.5 times the line.",
        "收入减少后可以再来申请。",
        "If the income falls you can apply again.",
    ),
    must("severe-enough", NURSING_RULE, Is("grade", "1", "2") | register.MIND).otherwise(
        "护理补贴发给一、二级，以及三、四级的智力、精神残疾人。",
        "The nursing subsidy is for grades 1 and 2, and 3 and 4 of mind.",
        "残疾加重的，可以先申请变更等级。",
        "If it became worse, ask for a new assessment first.",
    ),
    must("local-register", register.CERTIFICATE_MEASURES, HERE).otherwise(
        "补贴和服务由户籍地办理。",
        "Benefits and services are given at the place of register.",
        "户口迁来后可以在这里申请。",
        "After moving the register you can apply here.",
    ),
)
ROLE = when(SELF, "self", "guardian")
NOT_HELPER = Is("for_whom", "self", "guardian")

DISABILITY_AID = LifeEvent(
    id="disability-aid",
    version="1",
    title=Words("残疾人服务一件事", "Help for disabled people"),
    summary=Words(
        "残疾人证、评定、两项补贴、辅具、康复、托养和保险资助，一张表办。",
        "Certificate, assessment, two subsidies, devices, care and insurance in one form.",
    ),
    result=Words(
        "领到残疾人证，补贴按月发到账户，需要的服务有人联系您。",
        "You get the certificate, subsidies are paid each month, somebody calls about services.",
    ),
    stage=words.CARE,
    lead=DISABLED_PERSONS_FEDERATION,
    audience=Words("残疾人和他们的监护人", "Disabled people and their guardians"),
    for_whom=person.FOR_WHOM,
    guidance=GUIDANCE,
    outcomes=OUTCOMES,
    asks=(
        look_up(person.PERSON_REGISTER, NOT_HELPER, asking_as=ROLE),
        look_up(register.DISABILITY_REGISTER, NOT_HELPER & register.HOLDS),
        look_up(RELIEF_REGISTER, NOT_HELPER & LIVING),
        look_up(CARE_REGISTER, NOT_HELPER & NURSING),
    ),
    pages=PAGES,
    steps=STEPS,
    county="local_address",
    declarations=common.declarations(health=True),
    rules=(
        rules.ONE_THING,
        register.ZHEJIANG_ONE_THING,
        register.CERTIFICATE_MEASURES,
        register.DISABILITY_STANDARD,
        rules.NO_REPEAT_ASKING,
    ),
    requirements=REQUIREMENTS,
    other_ways=words.OTHER_WAYS,
    keywords=keywords("残疾 残疾人证 残联 评定 护理补贴 生活补贴 轮椅 康复 托养 disability"),
    minutes=12,
    groups=(income.MEMBER,),
)
