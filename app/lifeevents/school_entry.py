"""School entry: signing up, checks beside each other, places for all at once, and what follows."""

from dataclasses import replace

from app.forms import questions as kinds
from app.forms.conditions import Holds, Is
from app.services import household_move
from app.services.disability import DISABILITY_REGISTER
from app.services.insurance_record import SOCIAL_INSURANCE_RECORD
from app.services.relief_register import RELIEF_REGISTER
from app.services.schooling import (
    after,
    basis,
    checks,
    choosing,
    claims,
    pages,
    placing,
    registers,
    rounds,
    special,
    verifying,
    wishes,
)
from app.services.schooling import guiding as shared
from app.vocabulary import common_questions as common
from app.vocabulary import common_rules as rules
from app.vocabulary import common_words as words
from app.vocabulary.authorities import EDUCATION
from app.vocabulary.declaring import ask, choose
from app.vocabulary.joining import look_up, plan, step
from app.vocabulary.life_event import LifeEvent
from app.vocabulary.requests import Sources, allotted, answer, of_first, produced, when
from app.vocabulary.telling import keywords, must, note
from app.wording import Words

CHILD, SEVERAL, NOT_HELPER = shared.CHILD, shared.SEVERAL, shared.NOT_HELPER
PRIMARY, JUNIOR = Is("stage", basis.PRIMARY), Is("stage", basis.JUNIOR)
WORK_ROUTE = Is("register_status", "elsewhere", "none")
PERMIT = WORK_ROUTE & Is("work_route", "permit")
APPLY_PERMIT = WORK_ROUTE & Is("work_route", "apply-permit")
INSURANCE = WORK_ROUTE & Is("work_route", "insurance")
BUSINESS = WORK_ROUTE & Is("work_route", "business")
POINTS_COUNTY = shared.is_in(*choosing.POINTS_COUNTIES)
POINTS_ROUTE = WORK_ROUTE & POINTS_COUNTY
APPROVED, APPLIED = Is("points_state", "approved"), Is("points_state", "apply")
POINTS = POINTS_ROUTE & (APPROVED | APPLIED)
DIVORCED, APART, BY_COURT = verifying.DIVORCED, verifying.NOT_ONE_REGISTER, verifying.BY_COURT
DISABLED, DELAY = Is("special", "disabled"), Is("special", "delay")
DISABLED_CHILD = DISABLED & (~SEVERAL | Is("child_disabled", "yes"))
DELAYED_CHILD = DELAY & (~SEVERAL | Is("child_delayed", "yes"))
PREFERENCE, PRIVATE = Is("special", "preference"), Is("special", "private")
SIBLING, AID = Is("special", "sibling"), Is("special", "aid")
INSURE, HELP = Is("special", "insurance"), Is("special", "help")
MISSING_MONTHS = Holds(frozenset({"insured_from"}), choosing.months_are_missing)
OF_AGE = ~shared.UNDER_AGE

GUIDANCE = (
    *shared.county_and_children(
        shared.stage_question(
            (basis.PRIMARY, "小学一年级", "Grade 1"), (basis.JUNIOR, "初中七年级", "Grade 7")
        ),
        15,
    ),
    replace(
        common.county_question(
            "former_county", "孩子在哪里读的小学？", "Where was the primary school?"
        ),
        applies=JUNIOR,
    ),
    *shared.register_and_home(),
    choose("work_route", "父母一方有下面的条件吗？", "What has a parent got?", applies=WORK_ROUTE)
    .some_of(
        ("permit", "有浙江省居住证", "A Zhejiang residence permit"),
        ("apply-permit", "还没有居住证，想一起申领", "No permit yet; apply for one as well"),
        ("insurance", "在台州参加社会保险", "Social insurance in Taizhou"),
        ("business", "有营业执照或劳动合同", "A business licence or labour contract"),
        ("none", "都没有", "None of these"),
    )
    .hinted("可以选多项，符合一项即可", "Choose all that apply; one is enough"),
    ask(
        "insured_from",
        "从哪个月起连续参保？",
        "Insured without a gap since",
        kinds.Month(past_months=480),
        applies=INSURANCE,
    ),
    choose("points_state", "积分怎么办？", "What about points?", applies=POINTS_ROUTE).one_of(
        ("approved", "已经核定", "Approved already"),
        ("apply", "一起申请", "Apply for them as well"),
        ("none", "不用积分", "Without points"),
    ),
    choose("guardianship", "监护关系怎么证明？", "How is the guardianship shown?").one_of(
        ("on-register", "孩子和父母在一个户口上", "Child and parents are on one register"),
        ("not-on-register", "不在一个户口上", "They are not on one register"),
        ("court", "由法院、公证等指定监护人", "A court or notary named the guardian"),
    ),
    choose("parents", "孩子的父母现在是？", "The child's parents are", sensitive=True).one_of(
        ("married", "已婚", "Married"),
        ("divorced", "离婚", "Divorced"),
        ("single", "未婚、丧偶或其他", "Unmarried, widowed or other"),
    ),
    choose("special", "还有下面的情况吗？", "Does any of these apply?", sensitive=True).any_of(
        ("disabled", "孩子有残疾", "The child is disabled"),
        ("preference", "军人、人才、消防、英烈等优待", "Soldier, talent, fire, hero family"),
        ("private", "想报民办学校", "A private school is wished"),
        ("sibling", "哥哥姐姐在同一所学校", "An older sibling is at the school"),
        ("delay", "身体原因想晚一年入学", "Delay of entry for health"),
        ("insurance", "录取后参加台州居民医保", "Resident medical insurance afterwards"),
        ("aid", "申请学生资助", "Student aid"),
        ("help", "孩子需要保护或帮助", "The child needs protection or help"),
    ),
)

OUTCOMES = (
    *shared.OUTCOMES,
    note(PRIMARY | JUNIOR, words.GO_ON, basis.NO_CERTIFICATE_NEEDED).because(
        "预防接种证不是报名条件；报名早晚不影响结果，按类别和规则统一分配。",
        "No vaccination proof is needed; when you sign up does not matter: places go by rule.",
    ),
    note(INSURANCE & MISSING_MONTHS, words.GO_ON, basis.JIAOJIANG_2025).because(
        "到截止日参保不满12个月，差几个月见下面的类别说明。",
        "Less than 12 months insured at the cut-off; how many are missing stands below.",
    ),
    note(APPLY_PERMIT, words.SOON, basis.RESIDENCE_PERMIT_RULE).because(
        "居住证要居住登记满半年，受理和制证约14个工作日，请尽早。",
        "A permit needs half a year of registered stay and about 14 working days.",
    ),
    note(WORK_ROUTE & Is("work_route", "none"), words.COUNTER, basis.COMPULSORY_EDUCATION).because(
        "现在没有符合的类别，可以到户籍地报名；在这里报名的由工作人员核定。",
        "No category fits yet: the place of register takes the child; here a person will decide.",
    ),
    note(POINTS_ROUTE, words.SOON, basis.POINTS_EXAMPLE).because(
        "这个县（市、区）用积分（演示设置，待主管部门确认），请在报名窗口前申请。",
        "This county uses points (demo setting, to be confirmed): apply before the window.",
    ),
    note(APART | BY_COURT, words.GO_ON).because(
        "监护关系由卫健、民政核对；查不到的要法院文书或公证书。",
        "Health and civil affairs check the guardianship, else a court or notary paper is needed.",
    ),
    note(DIVORCED, words.GO_ON).because(
        "要上传写明抚养权的协议或判决，按抚养一方的户籍报名。",
        "A paper on custody is needed; the register of the parent with custody counts.",
    ),
    note(DISABLED, words.GO_ON, basis.SPECIAL_EDUCATION).because(
        "由专家评估安置，不会因为残疾拒绝。", "Experts find a school; never a reason to refuse."
    ),
    note(PREFERENCE, words.GO_ON, basis.ZHEJIANG_ORDER).because(
        "优待身份认定后排在前面。", "A recognised preference comes first."
    ),
    note(PRIVATE, words.GO_ON, basis.PRIVATE_DRAW).because(
        "民办派中后，不再保留公办学位。", "Who is drawn gives up the public place."
    ),
    note(SIBLING, words.GO_ON, basis.ZHEJIANG_ORDER).because(
        "同一类别里，哥哥姐姐在该校的排在前面。",
        "Within a category, who has an older sibling at the school comes first.",
    ),
    note(DELAY, words.REASONS, basis.COMPULSORY_EDUCATION).because(
        "延缓要有医学证明；批准后今年不分配学位。",
        "A delay needs medical proof; once granted no place is given this year.",
    ),
    note(HELP, words.GO_ON, basis.CHILD_RESCUE_LINE).because(
        "紧急情况请直接拨打儿童救助保护热线12349。",
        "In an emergency call the child rescue line 12349.",
    ),
)

PAGES = (
    common.agent_page(shared.HELPER),
    pages.child_page(),
    pages.household_page(shared.REGISTERED, shared.HERE),
    pages.moved_in_page(shared.REGISTERED),
    pages.residence_page(),
    *pages.guardian_pages(),
    pages.custody_page(DIVORCED),
    *claims.home_pages(shared.TITLED, shared.CERTAIN_TITLE, shared.UNTITLED),
    claims.permit_page(PERMIT),
    claims.insurance_page(INSURANCE),
    claims.work_page(BUSINESS),
    claims.points_page(POINTS_ROUTE & APPROVED, POINTS_ROUTE & APPLIED),
    claims.preference_page(PREFERENCE),
    claims.former_school_page(JUNIOR),
    claims.category_page(basis.PRIMARY, basis.JUNIOR),
    claims.special_page(DISABLED, SEVERAL),
    claims.delay_page(DELAY, SEVERAL),
    wishes.private_page(PRIVATE),
    wishes.arrangement_page(SEVERAL, SIBLING, basis.PRIMARY, basis.JUNIOR),
    pages.health_page(),
    wishes.after_page(AID, HELP),
)


def _of_holder(question: str) -> Sources:
    """Name and document of the guardian whose permit or insurance it is."""
    second = Is(question, "second")
    return {
        f"guardian_{part}": when(second, answer(f"second_{part}"), answer(f"guardian_{part}"))
        for part in ("name", "document")
    }


USUAL: Sources = {
    **shared.USUAL,
    "insurance_county": answer("study_county"),
    "insured_months": produced(checks.CHECK_INSURANCE, "months"),
    "permit_since": produced(checks.CHECK_PERMIT, "since"),
    "work_county": answer("work_place", "county"),
}
APPLICANT: Sources = {
    "home": answer("home_address"),
    "household": answer("guardian_register"),
    "mobile": answer("guardian_mobile"),
    "person_id": answer("guardian_document"),
    "person_name": answer("guardian_name"),
}
FIRST_CHILD: Sources = {
    name: of_first(CHILD, answer(name)) for name in ("child_name", "child_document")
}
DRAWN: Sources = {
    name: allotted(name)
    for name in ("drawn_for", "drawn_for_name", "admitted", "position", "ticket", "reason")
}
PUPIL: Sources = {"school_name": produced(placing.ISSUE_NOTICE, "school_name")}
SIGNED_UP = shared.SIGNED_UP
RELATION = APART | BY_COURT | SIBLING

STEPS = plan(
    USUAL,
    *shared.common_steps(
        checks.CHECK_PERMIT,
        checks.CHECK_INSURANCE,
        verifying.CHECK_WORK,
        verifying.CHECK_MARRIAGE,
        verifying.CHECK_RELATION,
        verifying.RECOGNISE_PREFERENCE,
        special.APPROVE_POINTS,
        special.PLACE_DISABLED_PUPIL,
        unless=(special.DELAY_ENTRY,),
        also=(placing.RECORD_DRAW,),
    ),
    step(household_move.ISSUE_RESIDENCE_PERMIT, APPLICANT, applies=APPLY_PERMIT),
    step(checks.CHECK_PERMIT, _of_holder("permit_holder"), requires=SIGNED_UP, applies=PERMIT),
    step(
        checks.CHECK_INSURANCE, _of_holder("insured_person"), requires=SIGNED_UP, applies=INSURANCE
    ),
    step(verifying.CHECK_WORK, requires=SIGNED_UP, applies=BUSINESS),
    step(verifying.CHECK_MARRIAGE, requires=SIGNED_UP, applies=DIVORCED | APART),
    step(verifying.CHECK_RELATION, requires=SIGNED_UP, applies=RELATION, each=CHILD),
    step(verifying.RECOGNISE_PREFERENCE, requires=SIGNED_UP, applies=PREFERENCE),
    step(
        special.APPROVE_POINTS,
        requires=(checks.CHECK_PERMIT, checks.CHECK_INSURANCE),
        applies=POINTS,
    ),
    step(special.PLACE_DISABLED_PUPIL, requires=SIGNED_UP, applies=DISABLED_CHILD, each=CHILD),
    step(special.DELAY_ENTRY, applies=DELAYED_CHILD, each=CHILD),
    step(
        placing.RECORD_DRAW,
        DRAWN,
        requires=(placing.ALLOCATE_PLACE,),
        uses=SIGNED_UP,
        applies=PRIVATE,
        each=CHILD,
    ),
    *(
        step(service, PUPIL, requires=(placing.ISSUE_NOTICE,), applies=wanted, each=CHILD)
        for service, wanted in (
            (after.CHECK_IMMUNISATION, PRIMARY | JUNIOR),
            (after.ENROL_PUPIL, INSURE),
            (after.CLAIM_STUDENT_AID, AID),
        )
    ),
    step(special.REFER_CHILD_TO_HOTLINE, FIRST_CHILD, applies=HELP),
)

SCHOOL_ENTRY = LifeEvent(
    id="school-entry",
    version="1",
    title=Words("教育入学一件事", "School entry"),
    summary=Words(
        "小学、初中新生报名，户籍房产等并行核验，按类别统一分配；民办派位、学籍、医保、资助一起办。",
        "Sign up for grade 1 or 7; checks run by themselves, places are given by rule to all at "
        "once; private draw, pupil record, insurance and aid with it.",
    ),
    result=Words(
        "收到录取通知书，学籍、医保、资助都安排好。",
        "You get the admission notice; record, insurance and aid are arranged.",
    ),
    stage=shared.EDUCATION_STAGE,
    lead=EDUCATION,
    audience=Words("秋季上小学或初中的孩子和监护人", "Children who begin grade 1 or 7"),
    for_whom=shared.FOR_WHOM,
    guidance=GUIDANCE,
    outcomes=OUTCOMES,
    asks=(
        look_up(registers.PUPIL_REGISTER, NOT_HELPER, stage=answer("stage")),
        look_up(registers.REAL_ESTATE_REGISTER, NOT_HELPER & shared.TITLED),
        look_up(registers.RESIDENCE_PERMIT_REGISTER, NOT_HELPER & PERMIT),
        look_up(SOCIAL_INSURANCE_RECORD, NOT_HELPER & INSURANCE),
        look_up(DISABILITY_REGISTER, NOT_HELPER & DISABLED),
        look_up(RELIEF_REGISTER, NOT_HELPER & AID),
    ),
    pages=PAGES,
    steps=STEPS,
    county="study_county",
    declarations=common.declarations(minors=True, health=True),
    rules=(
        rules.ONE_THING,
        basis.SCHOOL_ONE_THING,
        basis.COMPULSORY_EDUCATION,
        basis.NO_CERTIFICATE_NEEDED,
        basis.JIAOJIANG_2025,
        basis.PERSONAL_DATA,
        rules.NO_REPEAT_ASKING,
    ),
    requirements=(
        must("of-age", basis.COMPULSORY_EDUCATION, OF_AGE, blocks=True).otherwise(
            "到入学当年8月31日不到年龄。",
            "Under age on 31 August of the year of entry.",
            "到年龄的那一年再报名。",
            "Sign up in the year in which the child is of age.",
        ),
    ),
    other_ways=words.OTHER_WAYS,
    keywords=keywords("入学 上学 小学 初中 报名 学区 学位 民办 摇号 派位 积分入学 转学 school"),
    minutes=15,
    reckonings=(choosing.ENTRY_YEAR, choosing.PROPOSED_CATEGORY),
    groups=(CHILD,),
    intake=rounds.intake(*rounds.HOW_DRAWN),
)
