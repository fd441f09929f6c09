"""Days and moments as short words in both languages, on the clock of the city."""

from datetime import date, datetime

from app.cases.portal import CITY_TIME
from app.forms.moments import day_in_words
from app.wording import Words


def short_day(day: date) -> Words:
    """12月5日, 5 December."""
    full = day_in_words(day)
    return Words(f"{day.month}月{day.day}日", full.en.rsplit(" ", 1)[0])


def short_moment(moment: datetime) -> Words:
    """11月20日 09:12, 20 November 09:12."""
    here = moment.astimezone(CITY_TIME)
    day = short_day(here.date())
    return Words(f"{day.zh} {here:%H:%M}", f"{day.en} {here:%H:%M}")
