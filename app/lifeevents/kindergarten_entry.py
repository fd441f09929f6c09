"""Kindergarten entry: school entry with fewer checks and no draw, from the same declarations."""

from app.forms.conditions import Is
from app.services.schooling import basis, choosing, claims, pages, registers, rounds, wishes
from app.services.schooling import guiding as shared
from app.vocabulary import common_questions as common
from app.vocabulary import common_rules as rules
from app.vocabulary import common_words as words
from app.vocabulary.authorities import EDUCATION
from app.vocabulary.joining import look_up, plan
from app.vocabulary.life_event import LifeEvent
from app.vocabulary.requests import answer
from app.vocabulary.telling import keywords, note, stop
from app.wording import Words

JOINS_LATER = Is("stage", "later")
GUIDANCE = (
    *shared.county_and_children(
        shared.stage_question(
            (basis.KINDERGARTEN, "小班（新入园）", "First year of kindergarten"),
            ("later", "中班、大班插班", "Joining a later year"),
        ),
        8,
    ),
    *shared.register_and_home(),
)
OUTCOMES = (
    *shared.OUTCOMES,
    stop(JOINS_LATER, words.COUNTER).because(
        "插班请直接联系幼儿园，有空位即可办理。",
        "To join a later year please ask the kindergarten; it takes children where it has room.",
    ),
    note(Is("stage", basis.KINDERGARTEN), words.GO_ON, basis.NO_CERTIFICATE_NEEDED).because(
        "每年4月至6月报名（以当地公告为准）；报名早晚不影响结果，预防接种证入园时再查验。",
        "From April to June, as the county announces; when you sign up does not matter, and "
        "vaccination is checked when the child comes.",
    ),
)

KINDERGARTEN_ENTRY = LifeEvent(
    id="kindergarten-entry",
    version="1",
    title=Words("入园一件事", "Kindergarten entry"),
    summary=Words(
        "公办幼儿园小班报名，户籍房产自动核验，按类别统一分配。",
        "Sign up for a public kindergarten; places are given by category to all at once.",
    ),
    result=Words("收到入园通知。", "You get the notice of the kindergarten."),
    stage=shared.EDUCATION_STAGE,
    lead=EDUCATION,
    audience=Words("秋季满三周岁的孩子和监护人", "Children who are three in autumn"),
    for_whom=shared.FOR_WHOM,
    guidance=GUIDANCE,
    outcomes=OUTCOMES,
    asks=(
        look_up(registers.PUPIL_REGISTER, shared.NOT_HELPER, stage=answer("stage")),
        look_up(registers.REAL_ESTATE_REGISTER, shared.NOT_HELPER & shared.TITLED),
    ),
    pages=(
        common.agent_page(shared.HELPER),
        pages.child_page(),
        pages.household_page(shared.REGISTERED, shared.HERE),
        pages.moved_in_page(shared.REGISTERED),
        pages.residence_page(),
        *pages.guardian_pages(),
        *claims.home_pages(shared.TITLED, shared.CERTAIN_TITLE, shared.UNTITLED),
        claims.category_page(basis.KINDERGARTEN),
        wishes.arrangement_page(shared.SEVERAL, None, basis.KINDERGARTEN),
        pages.health_page(),
    ),
    steps=plan(shared.USUAL, *shared.common_steps()),
    county="study_county",
    declarations=common.declarations(minors=True),
    rules=(rules.ONE_THING, basis.NO_CERTIFICATE_NEEDED, basis.PERSONAL_DATA),
    other_ways=words.OTHER_WAYS,
    keywords=keywords("入园 幼儿园 上幼儿园 小班 报名 kindergarten preschool"),
    minutes=10,
    reckonings=(choosing.ENTRY_YEAR, choosing.PROPOSED_CATEGORY),
    groups=(shared.CHILD,),
    intake=rounds.intake(drawn=False),
)
