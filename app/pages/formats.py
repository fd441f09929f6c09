"""Dates, times, amounts and words in the visitor's language, always on the clock of Taizhou."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal
from markupsafe import Markup

from app.pages.viewing import Language
from app.wording import Words

CITY_CLOCK = ZoneInfo("Asia/Shanghai")
LOCALES: dict[Language, str] = {"zh": "zh_CN", "en": "en_GB"}
DATE_PATTERNS: dict[Language, str] = {"zh": "y年M月d日", "en": "d MMMM y"}
DAY_PATTERNS: dict[Language, str] = {"zh": "M月d日", "en": "d MMM"}
KILOBYTE = 1000
MEGABYTE = 1000 * 1000

Sayable = Words | str | None


def say(lang: Language, value: Sayable) -> Markup | str:
    """The value in this language for HTML; where English is missing, the Chinese, marked so."""
    if not isinstance(value, Words):
        return value if value is not None else ""
    if lang == "zh":
        return value.zh
    return value.en or Markup('<span lang="zh-CN">{}</span>').format(value.zh)


def say_plainly(lang: Language, value: Sayable) -> str:
    """The value in this language as bare text, for attributes, titles and options."""
    if not isinstance(value, Words):
        return value if value is not None else ""
    return value.zh if lang == "zh" else value.en or value.zh


@lru_cache(maxsize=4096)
def say_date(lang: Language, value: date | None) -> str:
    """A full date: 2026年11月23日 or 23 November 2026; nothing for None."""
    return _date_text(lang, value, DATE_PATTERNS[lang])


@lru_cache(maxsize=4096)
def say_day(lang: Language, value: date | None) -> str:
    """A date without its year: 11月23日 or 23 Nov; nothing for None."""
    return _date_text(lang, value, DAY_PATTERNS[lang])


@lru_cache(maxsize=4096)
def say_time(lang: Language, value: datetime | None) -> str:
    """Hours and minutes on the city's clock: 09:05."""
    return "" if value is None else format_time(_local(value), "HH:mm", locale=LOCALES[lang])


@lru_cache(maxsize=4096)
def say_moment(lang: Language, value: datetime | None) -> str:
    """Date and time on the city's clock: 2026年11月23日 09:05 or 23 November 2026, 09:05."""
    if value is None:
        return ""
    gap = " " if lang == "zh" else "', '"
    return format_datetime(_local(value), f"{DATE_PATTERNS[lang]}{gap}HH:mm", locale=LOCALES[lang])


@lru_cache(maxsize=4096)
def say_money(lang: Language, value: Decimal | int | None) -> str:
    """An amount in yuan: ¥1,234.50 or CN¥1,234.50; nothing for None."""
    return "" if value is None else format_currency(value, "CNY", locale=LOCALES[lang])


@lru_cache(maxsize=4096)
def say_number(lang: Language, value: Decimal | int | float | None) -> str:
    """A number with its thousands separated; nothing for None."""
    return "" if value is None else format_decimal(value, locale=LOCALES[lang])


def say_size(size_bytes: int) -> str:
    """A file size as phones show it: 820 kB, 14.2 MB."""
    if size_bytes < MEGABYTE:
        return f"{max(1, round(size_bytes / KILOBYTE))} kB"
    return f"{size_bytes / MEGABYTE:.1f} MB"


def filters(lang: Language) -> dict[str, Callable[..., Any]]:
    """The Jinja filters of one language."""
    return {
        "words": partial(say, lang),
        "plain": partial(say_plainly, lang),
        "date": partial(say_date, lang),
        "day": partial(say_day, lang),
        "time": partial(say_time, lang),
        "moment": partial(say_moment, lang),
        "money": partial(say_money, lang),
        "number": partial(say_number, lang),
        "filesize": say_size,
    }


def _date_text(lang: Language, value: date | None, pattern: str) -> str:
    if value is None:
        return ""
    day = _local(value).date() if isinstance(value, datetime) else value
    return format_date(day, pattern, locale=LOCALES[lang])


def _local(value: datetime) -> datetime:
    return value.astimezone(CITY_CLOCK) if value.tzinfo else value
