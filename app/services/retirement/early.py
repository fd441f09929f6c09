"""R3 and R4: retiring before the age, after special work or the loss of the ability to work."""

from datetime import date
from typing import Literal

from app.forms.conditions import Condition, Is
from app.forms.questions import YES_NO, Date, Month, Page, Question, Repeated, Text
from app.services.retirement.application import (
    COMMON_PAPERS,
    COMMON_REFUSALS,
    COMMON_SUPPLEMENTS,
    EARLY_RULE,
    Approval,
    RetirementApplication,
    approved,
)
from app.vocabulary.authorities import HUMAN_RESOURCES
from app.vocabulary.common_rules import EXCLUDED_TIME
from app.vocabulary.declaring import ask, check, choose, page
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
from app.vocabulary.public_service import (
    ExcludedTime,
    Limit,
    Message,
    Output,
    PublicService,
    StandInRefusal,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.telling import must
from app.wording import Words
from app.workflow.retirement_age import DECISION

JOB = Repeated("special_job", "special_jobs", Words("第{n}段特殊工种经历", "Special job {n}"))
SPECIAL = Is("kind", "special")


def special_pages(applies: Condition) -> tuple[Page, ...]:
    """How many jobs of special hazard, each of them, and whether they were made public."""
    return (
        page("special", "特殊工种", "Special hazardous work", applies=applies).asks(
            choose("special_jobs", "干过几段特殊工种？", "How many such jobs?").one_of(
                *((str(n), f"{n}段", str(n)) for n in range(1, 5))
            ),
            ask(
                "special_published",
                "单位公示过这些经历吗？",
                "Did the employer make them public?",
                YES_NO,
            ).hinted("核准前要先在单位公示", "Public notice comes before approval"),
        ),
        page("special-job", "特殊工种经历", "The job", applies=applies, each=JOB).asks(
            ask("job_employer", "工作单位", "Employer", Text(longest=60)),
            ask("job_trade", "工种名称", "Trade", Text(longest=40)).hinted(
                "按国家特殊工种名录填写", "As in the national list"
            ),
            ask("job_from", "从哪个月开始？", "From which month?", Month(past_months=720)),
            ask("job_to", "到哪个月为止？", "Until which month?", Month(past_months=720)),
            check("job_to", lambda given: given.date("job_from") <= given.date("job_to")).says(
                "结束月份不能早于开始月份。", "The end cannot lie before the start."
            ),
        ),
    )


MADE_PUBLIC = must("made-public", EARLY_RULE, Is("special_published", "yes")).otherwise(
    "特殊工种经历还没有公示。",
    "The special jobs were not made public.",
    "请单位先公示。",
    "The employer makes them public first.",
)


class SpecialJob(Message):
    """One job of special hazard."""

    job_employer: str = told("单位", "Employer")
    job_trade: str = told("工种", "Trade")
    job_from: date = told("起", "From")
    job_to: date = told("止", "Until")


class BySpecialWork(RetirementApplication):
    """R3: the jobs of special hazard."""

    jobs: list[SpecialJob] = told("特殊工种经历", "Special jobs", min_length=1)
    special_published: bool = told("已公示", "Made public")


def special_approved(request: BySpecialWork, ticket: Ticket) -> Approval | StandInRefusal:
    """Approved after public notice; which trades and years count is for the authority to say."""
    if not request.special_published:
        return StandInRefusal("特殊工种经历还没有公示。", "国发〔1978〕104号")
    return approved(request.county, ticket.today, ticket)


WITH_NOTICE = Limit(None, "含公示时间，比到龄退休长；待主管部门确认")
NOTICE_PROOF = paper(
    "special-work-notice",
    "特殊工种公示情况说明",
    "Record of the public notice",
    "提前退休要先在单位公示。",
    "Early retirement is made public at the employer's first.",
)
SPECIAL_RECORD = paper(
    "special-work-record",
    "特殊工种岗位记录",
    "Record of the special post",
    "证明在特殊工种岗位工作的时间。",
    "Shows the time in the post.",
)

APPROVE_SPECIAL_WORK = PublicService(
    id="approve-special-work-retirement",
    title=Words("特殊工种提前退休核准", "Early retirement after special work"),
    summary=Words(
        "核对特殊工种经历和公示情况，核准提前退休。",
        "Checks the hazardous jobs and their public notice, then approves.",
    ),
    authority=HUMAN_RESOURCES,
    request=BySpecialWork,
    produces=Output("early-right", Words("提前退休核准", "Early retirement approved"), Approval),
    path="/special-work-retirements",
    call=post_to("/special-work-retirements", Approval),
    stand_in=special_approved,
    excluded=ExcludedTime(
        Words("公示特殊工种经历的时间不计入办理时限", "The days of the public notice do not count"),
        EXCLUDED_TIME,
    ),
    promised=WITH_NOTICE,
    statutory=NOT_FOUND,
    rules=(EARLY_RULE, DECISION),
    channel="desk",
    evidence=(*COMMON_PAPERS, NOTICE_PROOF, SPECIAL_RECORD),
    supplement_reasons=(
        *COMMON_SUPPLEMENTS,
        reason(
            "not-made-public",
            "请补充公示情况说明。",
            "Please add the record of the public notice.",
            EARLY_RULE,
            NOTICE_PROOF,
        ),
    ),
    refusal_reasons=(
        reason(
            "special-years-not-on-record",
            "特殊工种年限没有记录，或不足规定年限。",
            "The special years are not on record, or too few.",
            EARLY_RULE,
        ),
        *COMMON_REFUSALS,
    ),
    checklist=points(
        ("工种在名录内，年限达到规定", "Trade listed, years reached"),
        ("公示期满没有异议", "No objection to the notice"),
    ),
)

ABILITY = Is("kind", "ability", "injury")


ASSESS_FIRST = Words(
    "请先向劳动能力鉴定委员会申请鉴定，有了结论再来；可拨打12333咨询。",
    "Please apply to the assessment committee and come back with its finding; or call 12333.",
)


def assessed_question() -> Question:
    """Whether there is a finding already: without one nothing can be approved."""
    return choose(
        "assessed",
        "劳动能力鉴定结论出来了吗？",
        "Is there a finding on the ability?",
        applies=ABILITY,
    ).one_of(
        ("yes", "出来了", "Yes"),
        ("no", "还没有鉴定，或还在鉴定", "Not assessed, or still under way"),
    )


def ability_page(applies: Condition) -> Page:
    """The finding on the loss of the ability to work."""
    return page("ability", "劳动能力鉴定", "Assessment", applies=applies, sensitive=True).asks(
        ask("assessment_number", "鉴定结论编号", "Number of the finding", Text(longest=40)),
        ask("assessed_on", "鉴定日期", "Day of the finding", Date(past_days=36500)),
    )


class ByLostAbility(RetirementApplication):
    """R4: the finding of the assessment committee."""

    assessment_number: str = told("鉴定结论编号", "Number of the finding", sensitive=True)
    assessed_on: date = told("鉴定日期", "Day of the finding", sensitive=True)


class AbilityApproval(Approval):
    """Approved as retirement, or as leaving work (退职) where its conditions are not reached."""

    approved_as: Literal["退休", "退职"] = told("核准为", "Approved as 退休 or 退职")


def ability_approved(request: ByLostAbility, ticket: Ticket) -> AbilityApproval | StandInRefusal:
    """Approved on a finding that lies before the day of approval."""
    if request.assessed_on > ticket.today:
        return StandInRefusal("鉴定结论的日期有误。", "国发〔1978〕104号")
    made = approved(request.county, ticket.today, ticket)
    return AbilityApproval(**made.model_dump(), approved_as="退休")


FINDING = paper(
    "ability-assessment",
    "劳动能力鉴定结论",
    "Finding on the ability to work",
    "确认完全丧失劳动能力，或工伤一至四级。",
    "Shows the full loss of ability, or a work injury of grade 1 to 4.",
)
# A guide of another place is no promise of Taizhou: 30 working days, and 30 days of public notice.
ASSESSED = Limit(None, "待主管部门确认（外地示例：30个工作日，另公示30日）")

APPROVE_LOST_ABILITY = PublicService(
    id="approve-lost-ability-retirement",
    title=Words(
        "因病或非因工致残完全丧失劳动能力提前退休（退职）核准",
        "Early retirement after loss of ability",
    ),
    summary=Words(
        "凭劳动能力鉴定结论核准提前退休或退职。",
        "Approves early retirement on the finding of the assessment.",
    ),
    authority=HUMAN_RESOURCES,
    request=ByLostAbility,
    produces=Output(
        "ability-right", Words("提前退休核准", "Early retirement approved"), AbilityApproval
    ),
    path="/lost-ability-retirements",
    call=post_to("/lost-ability-retirements", AbilityApproval),
    stand_in=ability_approved,
    excluded=ExcludedTime(
        Words("劳动能力鉴定和公示的时间不计入办理时限", "Assessment and notice do not count"),
        EXCLUDED_TIME,
    ),
    promised=ASSESSED,
    statutory=NOT_FOUND,
    rules=(EARLY_RULE,),
    channel="desk",
    evidence=(*COMMON_PAPERS, FINDING),
    supplement_reasons=(
        *COMMON_SUPPLEMENTS,
        reason(
            "finding-unclear",
            "鉴定结论不完整，请重新上传。",
            "The finding is incomplete: please send it again.",
            EARLY_RULE,
            FINDING,
        ),
    ),
    refusal_reasons=(
        reason(
            "ability-not-lost",
            "鉴定结论不是完全丧失劳动能力，也不是一至四级工伤。",
            "The finding is neither full loss nor an injury of grade 1 to 4.",
            EARLY_RULE,
        ),
        *COMMON_REFUSALS,
    ),
    checklist=points(
        ("鉴定结论有效", "The finding is valid"),
        ("退休条件够不上的，按退职核准", "Approved as leaving where retirement is not reached"),
    ),
)
