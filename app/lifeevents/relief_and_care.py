"""Relief and care for older people: screening, the relief ladder, allowance, subsidy, voucher."""

from app.forms import questions as kinds
from app.forms.conditions import Is
from app.services import family_income as income
from app.services import person_register as person
from app.services.elderly import adaptation
from app.services.elderly import granting as elderly
from app.services.relief import emergency, granting, referral, township
from app.services.relief_register import CARE_REGISTER, RELIEF_REGISTER
from app.vocabulary import common_questions as common
from app.vocabulary import common_rules as rules
from app.vocabulary import common_words as words
from app.vocabulary.authorities import CIVIL_AFFAIRS
from app.vocabulary.declaring import ask, choose
from app.vocabulary.joining import look_up, plan, step
from app.vocabulary.life_event import LifeEvent
from app.vocabulary.relief_rates import (
    ELDERLY_CARE_RULE,
    MINIMUM_LIVING_RULE,
    OLD_AGE_RULE,
    TEMPORARY_RULE,
    VOUCHER_RULE,
)
from app.vocabulary.requests import Sources, account, answer, first_of, holds, produced, when
from app.vocabulary.telling import keywords, must, note, stop
from app.wording import Words

SELF, HELPER = Is("for_whom", "self"), Is("for_whom", "helper")
MINOR = Is("age", "under-18")
OLD = Is("age", "60-or-more")
LOCAL = Is("register", "here", "away")
ON_RELIEF = Is("relief", "minimum", "near")
MINIMUM = LOCAL & Is("seeking", "minimum") & Is("relief", "none")
DESTITUTE = LOCAL & Is("seeking", "destitute") & ~Is("relief", "destitute")
LADDER = MINIMUM | DESTITUTE
TEMPORARY = Is("seeking", "temporary")
URGENT = TEMPORARY & emergency.URGENT
REFERRAL = Is("seeking", "other")
ALLOWANCE = LOCAL & Is("seeking", "old-age") & Is("over_80", "yes")
CARE = LOCAL & Is("seeking", "elderly-care") & OLD & ~Is("relief", "destitute")
VOUCHER = Is("seeking", "voucher") & OLD & ~Is("relief", "destitute")
ABILITY = CARE | VOUCHER
ASSESS = ABILITY & Is("assessed", "no")
PAID = LADDER | TEMPORARY | ALLOWANCE | CARE
ADAPTING = LOCAL & Is("seeking", "adaptation") & OLD
NOTHING = ~(LADDER | TEMPORARY | REFERRAL | ALLOWANCE | ABILITY | ADAPTING)
GUARDED = MINOR | Is("for_whom", "guardian")

AT_THE_REGISTER = ("minimum", "destitute", "old-age", "elderly-care", "adaptation")

GUIDANCE = (
    choose("age", "需要帮助的人多大年纪？", "How old is the person?").one_of(
        ("60-or-more", "60周岁及以上", "60 or more"),
        ("18-59", "18至59周岁", "18 to 59"),
        ("under-18", "不满18周岁", "Under 18"),
    ),
    ask("over_80", "满80周岁了吗？", "Is the person 80 or more?", kinds.YES_NO, applies=OLD).hinted(
        "本月满80周岁的选“是”", "Yes also for who turns 80 this month"
    ),
    choose("register", "户口和住处在哪里？", "Where is the person registered and living?").one_of(
        ("here", "户口和住处都在台州", "Registered and living in Taizhou"),
        ("away", "户口在台州，住在外地", "Registered in Taizhou, living elsewhere"),
        ("lives-here", "户口在外地，住在台州", "Registered elsewhere, living in Taizhou"),
        ("visiting", "在台州遇到急难", "Met with hardship while in Taizhou"),
    ),
    choose("relief", "现在有下面的身份吗？", "Is one of these given?", sensitive=True).one_of(
        ("none", "都没有", "None of these"),
        ("minimum", "低保家庭", "Minimum living guarantee"),
        ("near", "低保边缘家庭", "Near the minimum"),
        ("destitute", "特困人员", "Extreme hardship"),
    ),
    choose("seeking", "需要哪些帮助？", "Which help is needed?", sensitive=True)
    .some_of(
        ("minimum", "每月收入太低，申请低保或低边", "Income too low: the minimum living"),
        ("destitute", "没有收入也没人赡养抚养，申请特困", "No income, nobody to support"),
        ("temporary", "遇到意外、重病等急难，申请临时救助", "Sudden hardship: temporary relief"),
        ("old-age", "80周岁以上，领高龄津贴", "80 or more: old-age allowance"),
        ("elderly-care", "老人要人照护，领养老服务补贴", "Elderly care subsidy"),
        ("voucher", "失能老人，领养老服务消费券", "Care vouchers"),
        ("adaptation", "老人家里装扶手、防滑等适老化改造", "Adapting an older person's home"),
        ("other", "医疗、教育、住房、就业、受灾救助", "Medical, school, housing, work, disaster"),
    )
    .hinted("可以选多项", "Choose all that apply"),
    choose(
        "relief_need",
        "是哪几种困难？",
        "Which difficulties?",
        applies=Is("seeking", "other"),
        sensitive=True,
    )
    .some_of(*referral.OTHER_KINDS)
    .hinted("乡镇会上门了解，再转给主管部门", "The township comes to see and passes it on"),
    ask(
        "urgent",
        "是不是马上就要帮助？",
        "Is help needed at once?",
        kinds.YES_NO,
        applies=TEMPORARY,
    ),
    ask(
        "assessed",
        "做过老年人能力评估，结果还有效吗？",
        "Was the ability assessed, and is that still valid?",
        kinds.YES_NO,
        applies=ABILITY,
    ).hinted("不清楚的选“否”，会安排上门评估", "If not sure choose no; somebody will come"),
)

OUTCOMES = (
    stop(NOTHING, words.COUNTER).because(
        "按您的回答，没有选到能办的事项；有困难可以先打12349。",
        "From your answers there is nothing to apply for; in need please call 12349.",
    ),
    note(URGENT, words.VISIT, TEMPORARY_RULE).because(
        "紧急情况24小时内先救助，手续后补。现在就可以打12349。",
        "Urgent cases are helped within 24 hours, papers follow. You can call 12349 now.",
    ),
    note(
        Is("register", "lives-here", "visiting") & Is("seeking", *AT_THE_REGISTER),
        words.PASSED_ON,
        MINIMUM_LIVING_RULE,
    ).because(
        "低保、特困、高龄津贴、养老服务补贴和适老化改造在户籍地申请；临时救助可以在这里申请。",
        "Those are applied for where registered; temporary relief can be had here.",
    ),
    note(LOCAL & Is("seeking", "minimum") & ON_RELIEF, words.GO_ON).because(
        "已经是低保或低边家庭，不用再申请。", "The family has that status already."
    ),
    note(Is("relief", "destitute") & Is("seeking", "voucher"), words.GO_ON, VOUCHER_RULE).because(
        "特困人员不发消费券。", "No voucher beside support in extreme hardship."
    ),
    note(Is("seeking", "old-age") & Is("over_80", "no"), words.GO_ON, OLD_AGE_RULE).because(
        "满80周岁的当月可以领高龄津贴。", "The allowance begins in the month of the 80th birthday."
    ),
    note(CARE & ~Is("relief", "minimum"), words.GO_ON, ELDERLY_CARE_RULE).because(
        "非低保家庭的养老服务补贴标准由县里定（待主管部门确认）。",
        "Outside the minimum living guarantee the county sets the rate (to be confirmed).",
    ),
    note(
        ~OLD & Is("seeking", "old-age", "elderly-care", "voucher", "adaptation"), words.GO_ON
    ).because(
        "养老服务补贴、消费券和适老化改造面向60周岁以上，高龄津贴面向80周岁以上。",
        "Care subsidy, voucher and works at home are from 60 on, the allowance from 80.",
    ),
    note(
        Is("relief", "destitute") & Is("seeking", "elderly-care"), words.GO_ON, ELDERLY_CARE_RULE
    ).because(
        "特困人员由特困供养安排照料，不另领养老服务补贴（待主管部门确认）。",
        "Care in extreme hardship is arranged otherwise; no subsidy beside it (to be confirmed).",
    ),
    note(LOCAL & Is("seeking", "minimum", "destitute"), words.GO_ON, MINIMUM_LIVING_RULE).because(
        "一家人户口不在一处的，在多数人或主要成员的户籍地申请；村（社区）可以帮您申请。",
        "Members registered in several places apply where most of them, or the main one, are.",
    ),
    note(MINOR & Is("for_whom", "self"), words.GO_ON).because(
        "未成年人由监护人一起办，请填写监护人信息。",
        "A guardian takes part for a minor; please give the details.",
    ),
)

PAGES = (
    common.agent_page(HELPER),
    person.person_page("需要帮助的人", "The person"),
    person.places_page(Is("register", "away")),
    person.contact_page(),
    person.guardian_page(GUARDED),
    *income.family_pages(LADDER),
    granting.means_page(LADDER, DESTITUTE),
    emergency.emergency_page(TEMPORARY),
    referral.story_page(LADDER | TEMPORARY | REFERRAL),
    *elderly.ability_pages(ABILITY, VOUCHER),
    adaptation.adaptation_page(ADAPTING),
    granting.relief_account_page(PAID),
)

CHECK, VERIFY = income.CHECK_FAMILY_INCOME, township.VERIFY_RELIEF
PUBLISH = township.PUBLISH_RELIEF
INCOME = {name: produced(CHECK, name) for name in ("check_number", "people", "per_head")}
PROPOSAL = {name: produced(VERIFY, name) for name in ("proposal_number", "people", "per_head")}
PUBLISHED = {name: PROPOSAL[name] for name in ("proposal_number", "people")}
NOTICE = {"notice_number": produced(PUBLISH, "notice_number")}
LEVEL = {"level": first_of(produced(elderly.ASSESS_CARE_NEED, "level"), answer("self_care"))}
ASSESSED = (elderly.ASSESS_CARE_NEED,)

USUAL: Sources = {
    **account("benefit_account"),
    "address": first_of(answer("home_address"), answer("other_address"), answer("local_address")),
    "county": answer("local_address", "county"),
    "members": income.MEMBERS,
    "township": answer("local_address", "township"),
    "urgent": holds(Is("urgent", "yes")),
}

STEPS = plan(
    USUAL,
    step(CHECK, applies=LADDER),
    step(VERIFY, INCOME, requires=(CHECK,), applies=LADDER),
    step(PUBLISH, PUBLISHED, requires=(VERIFY,), applies=LADDER),
    *(
        step(grant, PROPOSAL, NOTICE, requires=(VERIFY, PUBLISH), applies=wanted)
        for grant, wanted in (
            (granting.GRANT_MINIMUM_LIVING, MINIMUM),
            (granting.GRANT_DESTITUTE_SUPPORT, DESTITUTE),
        )
    ),
    step(emergency.GIVE_URGENT_RELIEF, applies=URGENT),
    step(emergency.GIVE_TEMPORARY_RELIEF, applies=TEMPORARY & ~emergency.URGENT),
    step(referral.REFER_TO_RELIEF, applies=REFERRAL),
    step(elderly.PAY_OLD_AGE_ALLOWANCE, applies=ALLOWANCE),
    step(elderly.ASSESS_CARE_NEED, applies=ASSESS),
    step(adaptation.ADAPT_HOME, applies=ADAPTING),
    step(elderly.PAY_ELDERLY_CARE, LEVEL, requires=ASSESSED, applies=CARE),
    step(elderly.GIVE_CARE_VOUCHER, LEVEL, requires=ASSESSED, applies=VOUCHER),
)

REQUIREMENTS = (
    must("registered-here", MINIMUM_LIVING_RULE, LOCAL).otherwise(
        "低保、特困、高龄津贴和养老服务补贴由户籍地办理。",
        "Relief, allowance and subsidy are given at the place of register.",
        "遇到急难的，可以在这里申请临时救助。",
        "In sudden hardship temporary relief can be had here.",
    ),
)
ROLE = when(SELF, "self", "guardian")
NOT_HELPER = Is("for_whom", "self", "guardian")

RELIEF_AND_CARE = LifeEvent(
    id="relief-and-care",
    version="1",
    title=Words("救助与养老服务一件事", "Relief and care for older people"),
    summary=Words(
        "低保、特困、临时救助、高龄津贴、养老补贴和消费券，一次问清、一次申请。",
        "Relief, allowance, care subsidy and vouchers: asked once, applied for once.",
    ),
    result=Words(
        "救助和补贴按月发到账户，急难的24小时内先得到帮助。",
        "Relief and subsidies are paid each month; urgent cases are helped within 24 hours.",
    ),
    stage=words.CARE,
    lead=CIVIL_AFFAIRS,
    audience=Words("生活困难的家庭和老年人", "Families in hardship and older people"),
    for_whom=person.FOR_WHOM,
    guidance=GUIDANCE,
    outcomes=OUTCOMES,
    asks=(
        look_up(person.PERSON_REGISTER, NOT_HELPER, asking_as=ROLE),
        look_up(RELIEF_REGISTER, NOT_HELPER & CARE),
        look_up(CARE_REGISTER, NOT_HELPER & ABILITY),
    ),
    pages=PAGES,
    steps=STEPS,
    county="local_address",
    declarations=common.declarations(health=True),
    rules=(
        rules.ONE_THING,
        rules.RELIEF_MEASURES,
        MINIMUM_LIVING_RULE,
        ELDERLY_CARE_RULE,
        rules.NO_REPEAT_ASKING,
    ),
    requirements=REQUIREMENTS,
    other_ways=words.OTHER_WAYS,
    keywords=keywords("低保 特困 临时救助 困难 高龄津贴 养老补贴 消费券 老人 relief elderly"),
    minutes=10,
    groups=(income.MEMBER,),
)
