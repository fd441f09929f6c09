"""R2: years paid elsewhere, and years of service before contributions began."""

from datetime import date
from typing import Literal

from app.forms.answers import Answers
from app.forms.conditions import AnyOf, Condition, Is
from app.forms.questions import Month, Page, Question, Repeated, Text
from app.services.retirement.application import PERSONNEL_FILE, SOCIAL_INSURANCE_LAW
from app.vocabulary.about_people import AboutPerson
from app.vocabulary.authorities import HUMAN_RESOURCES
from app.vocabulary.declaring import ask, check, choose, number, page
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
from app.vocabulary.public_service import (
    Limit,
    Message,
    Output,
    PublicService,
    Result,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import Rule
from app.wording import Words

TRANSFER_RULE = Rule(
    "pension-transfer-2009",
    Words(
        "城镇企业职工基本养老保险关系转移接续暂行办法",
        "Interim measures on transferring pension accounts",
    ),
    "国办发〔2009〕66号",
    "U",
    date(2010, 1, 1),
)

ASK_12333 = Words(
    "想改在台州领，请先拨打12333问清楚。", "To draw it in Taizhou instead please call 12333 first."
)
PLACE = Repeated("place", "places", Words("第{n}个外地参保地", "Place {n}"))
PERIOD = Repeated("period", "periods", Words("第{n}段工龄", "Period {n}"))
UP_TO_FOUR = tuple((str(n), f"{n}个", str(n)) for n in range(1, 5))


RESIDENT = Is("years_enough", "no") & Is("if_short", "resident")


def years_questions() -> tuple[Question, ...]:
    """Whether the years are enough, and which of them lie elsewhere or before.

    Who takes the residents' pension is asked no more than whether one is drawn already.
    """
    return (
        choose("years_enough", "养老保险缴够年限了吗？", "Have you paid long enough?")
        .one_of(
            ("yes", "够了", "Yes"),
            ("no", "不够", "No"),
            ("unknown", "不清楚，请帮我核", "I do not know; please check"),
        )
        .hinted(
            "2029年底前满15年；2030年起每年多6个月，2039年起满20年",
            "15 years until 2029, then 6 months more a year, 20 years from 2039 on",
        ),
        ask(
            "paid_about",
            "大概一共缴了多少年？",
            "About how many years are paid?",
            number(0, 20, "年", "years"),
            applies=Is("years_enough", "no"),
        ).hinted(
            "用来算还差多少；各地合计，含视同缴费",
            "To tell what is missing; in all places together",
        ),
        choose(
            "if_short",
            "年限不够，打算怎么办？",
            "Years are missing: what now?",
            applies=Is("years_enough", "no"),
        ).one_of(
            ("pay", "补缴后退休（能否补由社保核定）", "Pay them, then retire, if that is allowed"),
            ("resident", "改领城乡居民养老金", "Take the residents' pension"),
            ("later", "继续按月缴，缴满再办", "Go on paying and come back"),
        ),
        choose(
            "elsewhere", "在台州以外缴过职工养老吗？", "Was it paid outside Taizhou too?"
        ).one_of(
            ("no", "没有", "No"),
            ("merged", "有，已经转到台州", "Yes, and it is merged here"),
            ("open", "有，还没有转", "Yes, and not merged yet"),
            ("drawn", "有，已经在那里领养老金", "Yes, and a pension is drawn there"),
        ),
        choose(
            "background", "有下面的经历吗？", "Does any of these apply?", applies=~RESIDENT
        ).any_of(
            ("service", "参加养老保险以前有工龄", "Work before contributions began"),
            ("army", "参过军", "Service in the army"),
            ("land", "被征地农民保障", "Land-lost farmers' scheme"),
        ),
        choose(
            "medical_enough",
            "职工医保缴够年限了吗？",
            "Enough years of medical insurance?",
            applies=~RESIDENT,
        )
        .one_of(
            ("yes", "够了", "Yes"),
            ("no", "不够，要补缴", "No, I will pay them"),
            ("unknown", "不清楚，请帮我核", "I do not know; please check"),
        )
        .hinted("台州的年限待医保部门确认", "Taizhou's figure is to be confirmed"),
    )


def tables_page(elsewhere: Condition, deemed: Condition) -> Page:
    """How many lines the tables of places and of periods have."""
    return page(
        "tables",
        "外地和早年的年限",
        "Years elsewhere or before",
        applies=AnyOf((elsewhere, deemed)),
    ).asks(
        choose(
            "places", "在几个外地缴过养老保险？", "In how many other places?", applies=elsewhere
        ).one_of(*UP_TO_FOUR),
        choose(
            "periods", "参加养老保险前有几段工龄？", "How many periods before?", applies=deemed
        ).one_of(*UP_TO_FOUR),
    )


def place_page(elsewhere: Condition) -> Page:
    """One place outside Taizhou where contributions were paid."""
    return page("place", "外地参保情况", "A place elsewhere", applies=elsewhere, each=PLACE).asks(
        ask("place_name", "在哪个省、市参保？", "Province and city", Text(longest=40)),
        ask("place_from", "从哪个月开始缴？", "From which month?", Month(past_months=720)),
        ask("place_to", "缴到哪个月？", "Until which month?", Month(past_months=720)),
        ask(
            "place_months", "养老一共缴了几个月？", "Months paid", number(1, 600, "个月", "months")
        ),
        ask(
            "place_medical",
            "那里的职工医保缴了几个月？",
            "Months of medical insurance paid there",
            number(0, 600, "个月", "months"),
        ).hinted("没有缴过的填0", "0 for none"),
        check("place_to", lambda given: given.date("place_from") <= given.date("place_to")).says(
            "结束月份不能早于开始月份。", "The end cannot lie before the start."
        ),
    )


def _before_paying(answers: Answers) -> bool:
    """Deemed time lies before the first contribution; service in the army may lie after it."""
    in_army = answers.text("period_basis") == "army"
    return in_army or answers.date("period_to") < answers.date("paid_from")


def period_page(deemed: Condition) -> Page:
    """One period of service that counts though nothing was paid then."""
    return page("period", "视同缴费的工龄", "Deemed service", applies=deemed, each=PERIOD).asks(
        choose("period_basis", "这一段是什么？", "What was it?").one_of(
            ("work", "国有、集体单位工作", "Work in a state or collective unit"),
            ("army", "参军", "Service in the army"),
            ("countryside", "上山下乡", "Sent to the countryside"),
            ("other", "其他", "Something else"),
        ),
        ask("period_from", "从哪个月开始？", "From which month?", Month(past_months=840)),
        ask("period_to", "到哪个月为止？", "Until which month?", Month(past_months=840)),
        check("period_to", lambda given: given.date("period_from") <= given.date("period_to")).says(
            "结束月份不能早于开始月份。", "The end cannot lie before the start."
        ),
        check("period_to", _before_paying).says(
            "与已经缴费的月份重叠了，请核对。", "This overlaps with months that were paid."
        ),
    )


class OtherPlace(Message):
    """One place where contributions were paid."""

    place_name: str = told("参保地", "Place")
    place_from: date = told("起", "From")
    place_to: date = told("止", "Until")
    place_months: int = told("养老月数", "Months of pension", ge=1)
    place_medical: int = told("医保月数", "Months of medical insurance", default=0, ge=0)


class Transfer(AboutPerson):
    """Which accounts elsewhere are to be merged into the one in Taizhou."""

    places: list[OtherPlace] = told("外地参保情况", "Places elsewhere", min_length=1)
    phone: str = told("联系电话", "Phone", sensitive=True)


class TransferEntry(Result):
    """The accounts are merged."""

    transfer_number: str = told("转移接续编号", "Transfer number", min_length=6)
    merged_on: date = told("转入日期", "Merged on")
    months: int = told("转入月数", "Months merged", ge=0)


def accounts_merged(request: Transfer, ticket: Ticket) -> TransferEntry:
    """All that was named is merged."""
    return TransferEntry(
        transfer_number=f"ZY{request.county}{ticket.number % 10**8:08d}",
        merged_on=ticket.today,
        months=sum(place.place_months for place in request.places),
    )


TRANSFER_PENSION_ACCOUNT = PublicService(
    id="transfer-pension-account",
    title=Words("养老保险关系转移接续", "Transfer of pension accounts"),
    summary=Words(
        "先把外地的养老保险关系转到台州，再办退休。",
        "Accounts elsewhere are merged in Taizhou first.",
    ),
    authority=HUMAN_RESOURCES,
    request=Transfer,
    produces=Output("pension-transfer", Words("转移接续完成", "Accounts merged"), TransferEntry),
    path="/pension-transfers",
    call=post_to("/pension-transfers", TransferEntry),
    stand_in=accounts_merged,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(TRANSFER_RULE,),
    supplement_reasons=(
        reason(
            "place-unclear",
            "没有找到您填的参保地，请写明省、市、县。",
            "The place was not found: please name province, city and county.",
            TRANSFER_RULE,
        ),
    ),
    refusal_reasons=(
        reason(
            "no-account-there",
            "您填的参保地没有您的参保记录。",
            "There is no account of yours at that place.",
            TRANSFER_RULE,
        ),
    ),
    checklist=points(
        ("两地缴费没有重叠", "No month is paid twice"),
    ),
    answers="later",
)


class DeemedPeriod(Message):
    """One period of deemed service."""

    period_basis: Literal["work", "army", "countryside", "other"] = told("依据", "Basis")
    period_from: date = told("起", "From")
    period_to: date = told("止", "Until")


class DeemedService(AboutPerson):
    """R2: the periods before contributions began."""

    periods: list[DeemedPeriod] = told("视同缴费经历", "Periods", min_length=1)
    paid_from: date = told("首次缴费年月", "First month paid")
    approval_number: str = told("退休核准编号", "Approval number", default="")


class DeemedYears(Result):
    """What counts; nothing recognised is a result too, so that the pension can be computed."""

    finding_number: str = told("认定编号", "Finding number", min_length=6)
    found_on: date = told("认定日期", "Found on")
    months: int = told("视同缴费月数（没有的填0）", "Deemed months (0 for none)", ge=0, le=720)


def deemed_found(request: DeemedService, ticket: Ticket) -> DeemedYears:
    """Every month named, the first and the last with it; one that stands twice counts once."""
    months: set[int] = set()
    for one in request.periods:
        first, last = (day.year * 12 + day.month for day in (one.period_from, one.period_to))
        months.update(range(first, last + 1))
    number = f"ST{request.county}{ticket.number % 10**8:08d}"
    return DeemedYears(finding_number=number, found_on=ticket.today, months=min(len(months), 720))


WITH_APPROVAL = Limit(None, "与退休核准一并办理，时限待主管部门确认")
ARMY_PAPERS = paper(
    "army-papers",
    "入伍、退伍材料",
    "Papers of entry and discharge",
    "核对军龄。",
    "Shows the time in the army.",
    applies=Is("background", "army"),
    optional=True,
)

RECOGNISE_DEEMED_YEARS = PublicService(
    id="recognise-deemed-years",
    title=Words("基本养老保险视同缴费年限认定", "Deemed contribution years"),
    summary=Words(
        "认定参加养老保险以前的工龄、军龄，计入缴费年限。",
        "Counts work and army time from before contributions began.",
    ),
    authority=HUMAN_RESOURCES,
    request=DeemedService,
    produces=Output("deemed-years", Words("视同缴费年限", "Deemed years"), DeemedYears),
    path="/deemed-years",
    call=post_to("/deemed-years", DeemedYears),
    stand_in=deemed_found,
    promised=WITH_APPROVAL,
    statutory=NOT_FOUND,
    rules=(SOCIAL_INSURANCE_LAW,),
    channel="desk",
    evidence=(PERSONNEL_FILE, ARMY_PAPERS),
    supplement_reasons=(
        reason(
            "service-papers",
            "档案缺少招工或参军材料，请补充。",
            "The file lacks papers of entry into work or the army: please add them.",
            SOCIAL_INSURANCE_LAW,
            PERSONNEL_FILE,
        ),
    ),
    checklist=points(
        ("档案原件有依据", "The original file shows it"),
        ("与实际缴费不重叠", "No overlap with paid months"),
        ("没有可认定的，月数填0", "Nothing to recognise: enter 0"),
    ),
)
