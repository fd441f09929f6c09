"""Adapting the home of an older person who is frail or poor: handrails, baths, floors, lights."""

from datetime import date

from app.forms.conditions import Condition
from app.forms.questions import Page
from app.services.elderly.granting import Elder
from app.vocabulary.authorities import CIVIL_AFFAIRS
from app.vocabulary.common_papers import OWN_PAPERS, RELIEF_PROOF
from app.vocabulary.declaring import choose, page
from app.vocabulary.offering import NOT_FOUND, points, reason
from app.vocabulary.public_service import Output, PublicService, Result, Ticket, post_to, told
from app.vocabulary.requirement import Rule
from app.wording import Words

ADAPTATION_RULE = Rule(
    "taizhou-public-service-plan-elderly",
    Words("台州市公共服务体系建设“十四五”规划", "Taizhou's plan of public services"),
    "台政办发〔2021〕52号第四部分第七节：家庭适老化改造",
    "A",
    date(2021, 12, 10),
)


class AdaptationWish(Elder):
    """What is to be adapted, and where."""

    adapting: list[str] = told("改造内容", "Works", min_length=1)
    relief: str = told("救助身份", "Relief status", sensitive=True)
    address: str = told("住址", "Address", sensitive=True)


class AdaptationRecord(Result):
    """The wish is on the list; somebody comes to see the home."""

    need_number: str = told("登记编号", "Number", min_length=6)
    registered_on: date = told("登记日期", "Registered on")


def adaptation_recorded(request: AdaptationWish, ticket: Ticket) -> AdaptationRecord:
    """Every wish is put on the list."""
    number = f"SL{request.county}{ticket.number % 10**8:08d}"
    return AdaptationRecord(need_number=number, registered_on=ticket.today)


ADAPT_HOME = PublicService(
    id="adapt-elderly-home",
    title=Words("家庭适老化改造", "Adapting an older person's home"),
    summary=Words(
        "扶手、坐便器、防滑地面、感应灯等，上门看过后定方案；补助对象和标准待确认。",
        "Handrails, toilets, floors, lights, planned after a visit; who is helped and how much "
        "is to be confirmed.",
    ),
    authority=CIVIL_AFFAIRS,
    request=AdaptationWish,
    produces=Output("adaptation-record", Words("需求登记", "Need on the list"), AdaptationRecord),
    path="/home-adaptations",
    call=post_to("/home-adaptations", AdaptationRecord),
    stand_in=adaptation_recorded,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(ADAPTATION_RULE,),
    evidence=(*OWN_PAPERS, RELIEF_PROOF),
    refusal_reasons=(
        reason(
            "not-covered",
            "不在当年的改造范围内。",
            "Not covered by this year's works.",
            ADAPTATION_RULE,
        ),
    ),
    checklist=points(("已上门查看", "Somebody has seen the home")),
)


def adaptation_page(applies: Condition) -> Page:
    """What is to be adapted."""
    return page("adapting", "适老化改造", "Adapting the home", applies=applies).asks(
        choose("adapting", "家里想改什么？", "What is to be adapted?").some_of(
            ("handrail", "扶手和坡道", "Handrails and ramps"),
            ("bathroom", "坐便器和洗浴", "Toilet and bath"),
            ("floor", "防滑地面", "Floors that do not slip"),
            ("light", "感应灯、报警器", "Lights and alarms"),
            ("unsure", "不清楚，请上门看", "Not known, please visit"),
        )
    )
