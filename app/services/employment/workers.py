"""What requests and results around work have in common, and how their stand-ins answer."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from app.vocabulary.about_people import AboutPerson, PaidToPerson
from app.vocabulary.authorities import HUMAN_RESOURCES
from app.vocabulary.offering import NOT_FOUND
from app.vocabulary.public_service import (
    CompetentAuthority,
    F,
    Output,
    PublicService,
    R,
    Result,
    StandInRefusal,
    Ticket,
    post_to,
    told,
)
from app.vocabulary.requirement import Parameter, Rule
from app.wording import Words
from app.workflow.deadlines import add_months

W = TypeVar("W", bound=AboutPerson)
P = TypeVar("P", bound=PaidToPerson)
YUAN = Words("元", "yuan")


def lasts(first: date, last: date, months: int) -> bool:
    """Whether a contract over both days runs for so many months or longer."""
    return last + timedelta(days=1) >= add_months(first, months)


class Entry(Result):
    """Something was entered in a register."""

    entry_number: str = told("登记编号", "Entry number", min_length=6)
    entered_on: date = told("登记日期", "Entered on")


class Grant(Result):
    """Money was granted; where no confirmed amount was found, the authority says it later."""

    grant_number: str = told("核定编号", "Number of the grant", min_length=6)
    granted_on: date = told("核定日期", "Granted on")
    pay_to: str = told("收款户名", "Paid to")
    amount_yuan: Decimal | None = told("金额（元）", "Amount (yuan)", default=None, ge=0)


def entry(prefix: str, request: AboutPerson, ticket: Ticket) -> Entry:
    """The entry that a stand-in makes."""
    number = f"{prefix}{request.county}{ticket.number % 10**8:08d}"
    return Entry(entry_number=number, entered_on=ticket.today)


def entered(prefix: str) -> Callable[[AboutPerson, Ticket], Entry]:
    """A stand-in that enters whatever is asked."""
    return lambda request, ticket: entry(prefix, request, ticket)


def grant(
    prefix: str, request: PaidToPerson, ticket: Ticket, amount: Decimal | None = None
) -> Grant | StandInRefusal:
    """The grant that a stand-in makes: to the person's own account alone."""
    if request.account_holder != request.person_name:
        return StandInRefusal("收款账户不是本人的，请更换。")
    return Grant(
        grant_number=f"{prefix}{request.county}{ticket.number % 10**8:08d}",
        granted_on=ticket.today,
        pay_to=request.account_holder,
        amount_yuan=amount,
    )


def promised(parameter: Parameter, day: date, county: str) -> Decimal | None:
    """The value in force, only where its source is good enough to be promised."""
    amount = parameter.on(day, county)
    return amount.value if amount is not None and amount.confirmed else None


def offer(
    id_: str,
    title: Words,
    summary: Words,
    request: type[R],
    produces: Output[F],
    stand_in: Callable[[R, Ticket], F | StandInRefusal],
    rules: tuple[Rule, ...],
    authority: CompetentAuthority = HUMAN_RESOURCES,
    **more: Any,
) -> PublicService[R, F]:
    """A service at the path of its id, with no limits found unless `more` says them."""
    limits = {"promised": NOT_FOUND, "statutory": NOT_FOUND}
    return PublicService(
        id=id_,
        title=title,
        summary=summary,
        authority=authority,
        request=request,
        produces=produces,
        path=f"/{id_}",
        call=post_to(f"/{id_}", produces.fields),
        stand_in=stand_in,
        rules=rules,
        **{**limits, **more},
    )
