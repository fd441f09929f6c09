"""Tells the person who started the portal where to go and who to be."""

from collections.abc import Iterator
from typing import Final

from app.demo_city import OFFICERS, RESIDENTS
from app.settings import Settings

SHOWN_OFFICERS: Final = 6


def welcome(settings: Settings) -> str:
    """What is printed when everything runs; demo people only in demo mode."""
    lines = [*_addresses(settings), *(_people() if settings.is_demo else ())]
    lines += ["", "Ctrl-C 停止 · Ctrl-C stops everything; make run goes on where it was."]
    return "\n".join(["", *(f"  {line}" for line in lines), ""])


def _addresses(settings: Settings) -> Iterator[str]:
    yield f"一件事 · One thing          {settings.base_url}"
    if settings.is_demo:
        yield f"部门沙箱 · Departments      {settings.sandbox_base_url}"


def _people() -> Iterator[str]:
    yield ""
    yield "以居民身份试用 · Be one of these residents:"
    for resident in RESIDENTS:
        yield f"  {resident.name}  {resident.story.zh} · {resident.story.en}"
    yield ""
    yield "或部门工作人员 · or one of these officers:"
    for officer in OFFICERS[:SHOWN_OFFICERS]:
        yield f"  {officer.name}  {officer.title.zh} · {officer.title.en}"
    yield "  每个部门都有，见登录页 · More, one of every authority, are on the sign-in page"
