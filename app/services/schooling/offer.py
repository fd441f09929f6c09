"""What the services of school entry have in common, so that each is declared in a few lines."""

from collections.abc import Callable
from typing import Any

from app.vocabulary.offering import NOT_FOUND
from app.vocabulary.public_service import (
    CompetentAuthority,
    F,
    Message,
    Output,
    PublicService,
    R,
    StandInRefusal,
    Ticket,
    post_to,
    told,
)
from app.wording import Words

COUNTY = r"^\d{6}$"


class ForChild(Message):
    """A request about one child, in one county, for one stage and year of entry."""

    child_name: str = told("儿童姓名", "Child's name", sensitive=True, min_length=2)
    child_document: str = told("儿童证件号码", "Child's document", sensitive=True, min_length=5)
    county: str = told("就读县（市、区）代码", "County of study", pattern=COUNTY)
    stage: str = told("学段", "Stage")
    year: int = told("入学年度", "Year of entry", ge=2000, le=2100)


class ForFamily(Message):
    """A request about a guardian of the children, in one county and for one year of entry."""

    guardian_name: str = told("监护人姓名", "Guardian's name", sensitive=True, min_length=2)
    guardian_document: str = told("监护人证件号码", "Document", sensitive=True, min_length=5)
    county: str = told("就读县（市、区）代码", "County of study", pattern=COUNTY)
    year: int = told("入学年度", "Year of entry", ge=2000, le=2100)


def offer(
    name: str,
    title: Words,
    summary: Words,
    authority: CompetentAuthority,
    request: type[R],
    gives: Words,
    result: type[F],
    stand_in: Callable[[R, Ticket], F | StandInRefusal],
    **more: Any,
) -> PublicService[R, F]:
    """A service at the path of its id, with the common wire shape and limits that were not found.

    `more` are PublicService's other fields: rules, evidence, reasons, checklist, channel.
    """
    path = f"/{name}"
    return PublicService(
        id=name,
        title=title,
        summary=summary,
        authority=authority,
        request=request,
        produces=Output(f"{name}-result", gives, result),
        path=path,
        call=post_to(path, result),
        stand_in=stand_in,
        promised=NOT_FOUND,
        statutory=NOT_FOUND,
        **more,
    )


def number_of(prefix: str, county: str, ticket: Ticket) -> str:
    """A made-up number as a department of the sandbox gives it."""
    return f"{prefix}{county}{ticket.number % 10**8:08d}"
