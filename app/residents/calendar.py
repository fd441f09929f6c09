"""The day by which everything should be done, as an iCalendar entry (RFC 5545)."""

from datetime import datetime, timedelta

from app.cases.case_store import Progress

DONE_BY = "预计办结"


def calendar_entry(case: Progress, title: str, base_url: str, now: datetime) -> str:
    """One all-day entry; the case's number and address, no names."""
    day = case.promised_on or now.date()
    address = f"{base_url}/cases/{case.number}"
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//One-Thing portal//EN",
        "BEGIN:VEVENT",
        f"UID:{case.number}@one-thing",
        f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(title)} {case.number} {DONE_BY}",
        f"DESCRIPTION:{_escaped(address)}",
        f"URL:{address}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "\r\n".join(_folded(line) for line in lines) + "\r\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """At most 75 octets a line, never through the middle of a character."""
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > 74:  # noqa: PLR2004 - RFC 5545, 3.1
            parts.append(part)
            part = " "
        part += sign
    return "\r\n".join([*parts, part])
