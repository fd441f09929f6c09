"""Birth of a child: one form that reaches eight departments, for each child of the birth."""

from app.forms.conditions import Is
from app.lifeevents.birth import requests
from app.lifeevents.birth.pages import PAGES
from app.lifeevents.birth.situations import (
    A_PARENT_ASKS,
    ALLOWANCE,
    CHILD,
    FOR_WHOM,
    GUIDANCE,
    INSURED,
    ISSUE_HERE,
    OUTCOMES,
    PLACE,
    REFER,
    REGISTER_HERE,
    REQUIREMENTS,
    SUBSIDY,
)
from app.services.birth_certificate import (
    BIRTH_RECORDS,
    CERTIFICATE_RULE,
    ISSUE_BIRTH_CERTIFICATE,
    REGISTER_FERTILITY,
)
from app.services.child_health import (
    ISSUE_IMMUNISATION_CERTIFICATE,
    REGISTER_PARENTING_GUIDANCE,
    VACCINE_LAW,
)
from app.services.childcare import CLAIM_CHILDCARE_SUBSIDY, REQUEST_CHILDCARE_PLACE
from app.services.civil_affairs import MARRIAGE_REGISTER, REFER_CHILD_AT_RISK
from app.services.household_register import (
    FAMILY_REGISTER,
    HOUSEHOLD_REGULATION,
    REGISTER_NEWBORN,
    ZHEJIANG_RULE,
)
from app.services.maternity_insurance import (
    MATERNITY_INSURANCE,
    PAY_MATERNITY_ALLOWANCE,
    REIMBURSE_MATERNITY_EXPENSES,
)
from app.services.medical_insurance import ENROL_MEDICAL_INSURANCE
from app.services.social_security import ISSUE_SOCIAL_SECURITY_CARD
from app.services.tax_payment import PAY_MEDICAL_CONTRIBUTION
from app.vocabulary.authorities import HEALTH_COMMISSION
from app.vocabulary.common_questions import declarations
from app.vocabulary.common_rules import NO_REPEAT_ASKING, TAIZHOU_RESIDENT_INSURANCE
from app.vocabulary.life_event import AbsoluteDeadline, Ask, LifeEvent, Stage, Step
from app.vocabulary.requirement import Rule
from app.wording import Words

ONE_THING = Rule(
    "one-thing-opinion",
    Words(
        "国务院关于进一步优化政务服务提升行政效能推动“高效办成一件事”的指导意见",
        "State Council opinion on doing “one thing” efficiently",
    ),
    "国发〔2024〕3号",
    "A",
)

STEPS = (
    Step(REGISTER_FERTILITY, requests.fertility),
    Step(ISSUE_BIRTH_CERTIFICATE, requests.certificate, applies=ISSUE_HERE, each=CHILD),
    Step(ISSUE_IMMUNISATION_CERTIFICATE, requests.immunisation, each=CHILD),
    Step(
        REGISTER_NEWBORN,
        requests.registration,
        requires=(ISSUE_BIRTH_CERTIFICATE,),
        applies=REGISTER_HERE,
        each=CHILD,
    ),
    Step(
        ENROL_MEDICAL_INSURANCE,
        requests.enrolment,
        requires=(REGISTER_NEWBORN,),
        applies=REGISTER_HERE,
        each=CHILD,
    ),
    Step(
        PAY_MEDICAL_CONTRIBUTION,
        requests.contribution,
        requires=(ENROL_MEDICAL_INSURANCE,),
        applies=REGISTER_HERE,
        each=CHILD,
    ),
    Step(
        ISSUE_SOCIAL_SECURITY_CARD,
        requests.card,
        requires=(REGISTER_NEWBORN,),
        applies=REGISTER_HERE,
        each=CHILD,
    ),
    Step(
        REIMBURSE_MATERNITY_EXPENSES,
        requests.expenses,
        requires=(ISSUE_BIRTH_CERTIFICATE,),
        uses=(REGISTER_FERTILITY,),
        applies=INSURED,
    ),
    Step(
        PAY_MATERNITY_ALLOWANCE,
        requests.allowance,
        requires=(ISSUE_BIRTH_CERTIFICATE,),
        uses=(REGISTER_FERTILITY,),
        applies=ALLOWANCE,
    ),
    Step(
        CLAIM_CHILDCARE_SUBSIDY,
        requests.subsidy,
        requires=(REGISTER_NEWBORN,),
        applies=SUBSIDY,
        each=CHILD,
    ),
    Step(
        REGISTER_PARENTING_GUIDANCE,
        requests.guidance,
        requires=(ISSUE_BIRTH_CERTIFICATE,),
        each=CHILD,
    ),
    Step(
        REQUEST_CHILDCARE_PLACE,
        requests.childcare_place,
        requires=(ISSUE_BIRTH_CERTIFICATE,),
        applies=PLACE,
        each=CHILD,
    ),
    Step(
        REFER_CHILD_AT_RISK,
        requests.referral,
        requires=(ISSUE_BIRTH_CERTIFICATE,),
        applies=REFER,
        each=CHILD,
    ),
)

DEADLINES = (
    AbsoluteDeadline(
        "immunisation",
        Words("办理预防接种证", "Immunisation certificate"),
        (ISSUE_IMMUNISATION_CERTIFICATE,),
        "born_on",
        VACCINE_LAW,
        Words(
            "超过一个月仍可补办，接种单位不能拒绝，但可能错过首批疫苗。",
            "It can still be made later and may not be refused, but first doses may be missed.",
        ),
        months=1,
    ),
    AbsoluteDeadline(
        "household",
        Words("申报出生登记（落户）", "Household registration"),
        (REGISTER_NEWBORN,),
        "born_on",
        HOUSEHOLD_REGULATION,
        Words(
            "超过一个月仍可以申报，但要尽快；没有户口就不能参保、办社保卡。",
            "You can still declare later, but soon: insurance and card need it.",
        ),
        months=1,
    ),
    AbsoluteDeadline(
        "insurance",
        Words("参保并缴费", "Enrol and pay the medical insurance"),
        (ENROL_MEDICAL_INSURANCE, PAY_MEDICAL_CONTRIBUTION),
        "born_on",
        TAIZHOU_RESIDENT_INSURANCE,
        Words(
            "90天内参保缴费，从出生日起报销；超过90天，保障从缴费以后才开始（待医保部门确认）。",
            "Within 90 days cover counts from birth; later it starts only after the payment "
            "(to be confirmed by the authority).",
        ),
        days=90,
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
    stage=Stage("family", Words("婚育", "Marriage and children"), 1),
    lead=HEALTH_COMMISSION,
    audience=Words("一周岁以内孩子的父母", "Parents of a child under one year"),
    for_whom=FOR_WHOM,
    guidance=GUIDANCE,
    outcomes=OUTCOMES,
    asks=(
        Ask(FAMILY_REGISTER, requests.family_query, A_PARENT_ASKS),
        Ask(BIRTH_RECORDS, requests.birth_record_query, A_PARENT_ASKS),
        Ask(MARRIAGE_REGISTER, requests.marriage_query, A_PARENT_ASKS & Is("parents", "married")),
        Ask(MATERNITY_INSURANCE, requests.insurance_query, A_PARENT_ASKS & INSURED),
    ),
    pages=PAGES,
    steps=STEPS,
    county="child_address",
    declarations=declarations(minors=True),
    rules=(
        ONE_THING,
        NO_REPEAT_ASKING,
        HOUSEHOLD_REGULATION,
        ZHEJIANG_RULE,
        CERTIFICATE_RULE,
        VACCINE_LAW,
    ),
    requirements=REQUIREMENTS,
    deadlines=DEADLINES,
    other_ways=(
        Words("到任一政务服务中心或乡镇（街道）便民服务中心窗口办理", "At any service centre"),
        Words("拨打12345咨询", "By phone: 12345"),
        Words(
            "行动不便的，可拨打12345预约帮办人员上门",
            "Cannot come? Call 12345 and somebody comes to your home",
        ),
    ),
    keywords=(
        "出生",
        "新生儿",
        "上户口",
        "落户",
        "出生证",
        "生孩子",
        "育儿补贴",
        "生育津贴",
        "birth",
    ),
    minutes=12,
    groups=(CHILD,),
)
