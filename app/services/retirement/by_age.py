"""R1: the right to a pension at the statutory age, or in the month that was chosen."""

from datetime import date

from app.forms.conditions import Is
from app.services.retirement.application import (
    AGE_DISPUTED,
    COMMON_PAPERS,
    COMMON_REFUSALS,
    COMMON_SUPPLEMENTS,
    SOCIAL_INSURANCE_LAW,
    Approval,
    RetirementApplication,
    approved,
)
from app.vocabulary.authorities import HUMAN_RESOURCES
from app.vocabulary.offering import NOT_FOUND, paper, points, reason
from app.vocabulary.public_service import (
    Output,
    PublicService,
    StandInRefusal,
    Ticket,
    post_to,
    told,
)
from app.wording import Words
from app.workflow.retirement_age import DECISION, MEASURES, least_months


class ByAge(RetirementApplication):
    """R1: the statutory month and the one that was chosen."""

    statutory_month: date = told("法定退休年月", "Statutory month")
    retires_in: date = told("退休年月", "Month of retirement")
    choice_number: str = told("弹性退休登记号", "Number of the choice", default="")


def right_confirmed(request: ByAge, ticket: Ticket) -> Approval | StandInRefusal:
    """Confirmed where enough is paid for the year of retirement and the employer owes nothing."""
    if request.arrears:
        return StandInRefusal("单位还有欠缴的社会保险费，请先补缴。", "社会保险法")
    if request.months_paid < least_months(request.retires_in):
        return StandInRefusal("累计缴费年限不足，不能按月领取养老金。", "国务院办法第二条")
    return approved(request.county, request.retires_in, ticket)


POST_PROOF = paper(
    "post-proof",
    "岗位证明（聘任文件或劳动合同）",
    "Proof of the post (appointment or contract)",
    "选的年龄和岗位不一致时，用来核对按50还是55周岁。",
    "Decides between 50 and 55 where age and post do not go together.",
    applies=AGE_DISPUTED,
)
OFFICER_PAPERS = paper(
    "former-officer-papers",
    "军队转业干部身份材料",
    "Papers of a former officer",
    "确认企业军转干部身份。",
    "Shows that one is a former officer.",
    applies=Is("kind", "officer"),
)
CONFIRM_PENSION_RIGHT = PublicService(
    id="confirm-pension-right",
    title=Words("达到法定退休年龄领取基本养老金资格确认", "Right to a pension at the age"),
    summary=Words(
        "核对年龄和缴费年限，确认可以按月领养老金。",
        "Checks age and years, and confirms the monthly pension.",
    ),
    authority=HUMAN_RESOURCES,
    request=ByAge,
    produces=Output("pension-right", Words("退休核准", "Retirement approved"), Approval),
    path="/pension-rights",
    call=post_to("/pension-rights", Approval),
    stand_in=right_confirmed,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(DECISION, MEASURES, SOCIAL_INSURANCE_LAW),
    channel="desk",
    evidence=(*COMMON_PAPERS, POST_PROOF, OFFICER_PAPERS),
    supplement_reasons=(
        *COMMON_SUPPLEMENTS,
        reason(
            "post-disputed",
            "岗位和选择的年龄不一致，请补充岗位证明。",
            "Post and age do not go together: please prove the post.",
            MEASURES,
            POST_PROOF,
        ),
    ),
    refusal_reasons=COMMON_REFUSALS,
    checklist=points(
        ("出生年月与身份证、档案一致", "Birthday agrees with card and file"),
        ("岗位与适用年龄相符", "The age goes with the post"),
        ("缴费年限达到当年最低年限", "The least time of the year is paid"),
        ("单位存续、没有欠费，外地关系已转入", "Employer active, nothing owed, accounts merged"),
        ("没有在其他地方领取养老待遇", "No pension is drawn elsewhere"),
    ),
)
