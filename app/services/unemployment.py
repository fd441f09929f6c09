"""Human resources: benefit in unemployment, from registering to its end."""

from datetime import date
from typing import Literal

from app.vocabulary.about_people import AboutPerson
from app.vocabulary.authorities import HUMAN_RESOURCES
from app.vocabulary.offering import NOT_FOUND, points, reason
from app.vocabulary.public_service import (
    Output,
    PublicService,
    Result,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import Rule
from app.wording import Words

UNEMPLOYMENT_REGULATION = Rule(
    "unemployment-insurance-regulation",
    Words("失业保险条例", "Regulations on unemployment insurance"),
    "第十四条、第十五条",
    "B",
    date(1999, 1, 22),
)


class BenefitEnd(AboutPerson):
    """Why the benefit ends: work was taken up, or a pension is drawn."""

    end_reason: Literal["work", "pension"] = told("停发原因", "Why it ends")
    from_day: date = told("停发起始日", "From")


class BenefitEnded(Result):
    """The benefit has ended; unused months are kept."""

    end_number: str = told("停发编号", "Number of the end", min_length=6)
    ended_on: date = told("停发日期", "Ended on")


def benefit_ended(request: BenefitEnd, ticket: Ticket) -> BenefitEnded:
    """Ended from the day named."""
    number = f"SYT{request.county}{ticket.number % 10**8:08d}"
    return BenefitEnded(end_number=number, ended_on=request.from_day)


END_UNEMPLOYMENT_BENEFIT = PublicService(
    id="end-unemployment-benefit",
    title=Words("失业保险金停发", "End of unemployment benefit"),
    summary=Words(
        "重新就业或开始领养老金的，失业保险金停发，不用另外申报。",
        "With a new job or a pension the benefit ends; nothing else is to be filed.",
    ),
    authority=HUMAN_RESOURCES,
    request=BenefitEnd,
    produces=Output("benefit-ended", Words("停发登记", "Ended"), BenefitEnded),
    path="/benefit-ends",
    call=post_to("/benefit-ends", BenefitEnded),
    stand_in=benefit_ended,
    promised=NOT_FOUND,
    statutory=NOT_FOUND,
    rules=(UNEMPLOYMENT_REGULATION,),
    refusal_reasons=(
        reason(
            "no-benefit",
            "没有查到正在领取的失业保险金。",
            "No benefit is being drawn.",
            UNEMPLOYMENT_REGULATION,
        ),
    ),
    checklist=points(
        ("停发日期核对无误", "The day is right"),
    ),
)
