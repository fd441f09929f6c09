"""Whether somebody may retire by now, from full years of age: no birthday is asked for."""

from datetime import date, timedelta

from app.vocabulary.benefit import Facts, Truth, needs
from app.workflow import retirement_age as ages
from app.workflow.deadlines import add_months


def _birthdays(known: Facts) -> tuple[date, date] | None:
    """The first and the last day on which somebody of this age may be born."""
    age = known.number("age_years")
    if age is None:
        return None
    today = known.answers.today
    last = add_months(today, -int(age) * ages.MONTHS_A_YEAR)
    return add_months(last, -ages.MONTHS_A_YEAR) + timedelta(days=1), last


def is_of_age(known: Facts) -> Truth:
    """Past the statutory month whatever the birthday; between it and the first month of choice
    it hangs on the birthday and on the choice.
    """
    if "retires_as" in known.open:
        return None
    born, track = _birthdays(known), track_told(known)
    if born is None or track is None:
        return False
    if ages.statutory_month(track, born[1]) <= known.answers.today:
        return True
    return None if ages.earliest_month(track, born[0]) <= known.answers.today else False


def track_told(known: Facts) -> ages.Track | None:
    """Whose old retirement age, where it was told and no pension is drawn yet."""
    said = known.answers.text("retires_as")
    return next((track for track in ages.TRACKS if track == said), None)


OF_AGE = needs("of-age", ages.MEASURES, is_of_age).says(
    "到了法定退休年龄，或者可以弹性提前",
    "The statutory age is reached, or an earlier month can be chosen",
    "没有到退休年龄，或已经在领养老金；哪个月可以退，在“职工退休一件事”里会算给您看。",
    "Not of age, or a pension is drawn already; the life event “Retirement” tells the month.",
)
