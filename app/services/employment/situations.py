"""Who is meant by what: the situations of work, named once and combined."""

from app.forms.answers import Answers
from app.forms.conditions import Holds, Is
from app.workflow.deadlines import add_months
from app.workflow.retirement_age import Track, statutory_month

LEAST_AGE = 16


def track_of(answers: Answers) -> Track:
    """Which statutory age counts: of a woman the later one, for her post is not asked here."""
    return "man" if answers.text("sex") == "1" else "woman-55"


def _is_too_young(answers: Answers) -> bool:
    return add_months(answers.date("born_on"), LEAST_AGE * 12) > answers.today


def _is_too_old(answers: Answers) -> bool:
    return statutory_month(track_of(answers), answers.date("born_on")) <= answers.today


def _may_be_too_old(answers: Answers) -> bool:
    """A woman whose statutory age is reached if she was a worker of the old age 50."""
    woman, born = answers.text("sex") == "2", answers.date("born_on")
    reached = statutory_month("woman-50", born) <= answers.today
    return woman and reached and not _is_too_old(answers)


def _is_of_40_or_50(answers: Answers) -> bool:
    years = 50 if answers.text("sex") == "1" else 40
    return add_months(answers.date("born_on"), years * 12) <= answers.today


_AGE = frozenset({"sex", "born_on"})
TOO_YOUNG = Holds(frozenset({"born_on"}), _is_too_young)
TOO_OLD, MAY_BE_TOO_OLD = Holds(_AGE, _is_too_old), Holds(_AGE, _may_be_too_old)
OF_40_OR_50 = Holds(_AGE, _is_of_40_or_50)

HIRED = Is("for_whom", "employer")
SELF = ~HIRED
FLEXIBLE, GRADUATE = SELF & Is("flow", "flexible"), SELF & Is("flow", "graduate")
UNEMPLOYED, EMPLOYED = SELF & Is("flow", "unemployed"), SELF & Is("flow", "hired")
WITH_EMPLOYEES = FLEXIBLE & Is("work_type", "with-employees")
INSURES = FLEXIBLE & ~Is("work_type", "with-employees")
# Registered and insured before: only what comes on top is applied for.
AGAIN = INSURES & Is("registered_before", "yes")
NEW = INSURES & ~Is("registered_before", "yes")
WORKS = NEW | HIRED
ON_PLATFORM, PART_TIME = Is("work_type", "platform"), Is("work_type", "part-time")
PENSION, MEDICAL = Is("insurances", "pension"), Is("insurances", "medical")
NOT_LOCAL = Is("origin", "zhejiang", "china", "hmt", "foreign")
FROM_ABROAD = Is("origin", "hmt", "foreign")

OVERLAPS = Is("old_cover", "employer", "resident", "elsewhere")
OLD_COVER = OVERLAPS & WORKS
LEFT_A_JOB = NEW & Is("old_cover", "employer")
DRAWS_BENEFIT = WORKS & Is("old_cover", "benefit")
OWN_WILL, LESS_THAN_A_YEAR = Is("left_reason", "own-will"), Is("insured_years", "0")
BENEFIT = UNEMPLOYED & ~OWN_WILL & ~LESS_THAN_A_YEAR

IN_SCHOOL, NO_GRADUATE = Is("graduated", "not-yet"), Is("graduated", "never")
GRADUATED = GRADUATE & ~IN_SCHOOL & ~NO_GRADUATE
RECENT = Is("graduated", "two-years") | Is("degree_within", "two-years")
NEWLY = Is("degree_within", "two-years")
FIVE_YEARS = RECENT | Is("graduated", "five-years") | Is("degree_within", "five-years")
NO_HARDSHIP = Is("student_hardship", "none")
HARD = Is("status", "minimum-living", "disabled", "long-term", "age-40-50", "zero-family")
AT_WORK, WAITING = Is("graduate_work", "insured"), Is("graduate_work", "waiting")
OWN_BUSINESS, NO_WORK = Is("graduate_work", "own"), Is("graduate_work", "none")

WANTS_INSURANCE_SUBSIDY = INSURES & Is("flexible_wants", "subsidy")
INSURANCE_SUBSIDY = WANTS_INSURANCE_SUBSIDY & (NEWLY | HARD)
STATUS = HARD & ((WANTS_INSURANCE_SUBSIDY & ~NEWLY) | UNEMPLOYED)
FUND = INSURES & Is("flexible_wants", "fund")

WANTS_FILE = (
    (GRADUATED & Is("graduate_wants", "file"))
    | (HIRED & Is("hire_wants", "file"))
    | (INSURES & Is("flexible_wants", "file"))
)
FILE = WANTS_FILE & ~Is("file_place", "none")
HOUSEHOLD = GRADUATED & Is("graduate_wants", "household")

# Care, household service and modern farming, where five years count, not two.
NEAR_PEOPLE, SMALL_FIRM = Is("firm", "care", "household", "farming"), Is("firm", "small")
WANTS_JOB_SUBSIDY = GRADUATED & Is("graduate_wants", "job-subsidy")
NEAR_SUBSIDY = NEAR_PEOPLE & FIVE_YEARS
JOB_SUBSIDY = WANTS_JOB_SUBSIDY & AT_WORK & (NEAR_SUBSIDY | (SMALL_FIRM & RECENT))
SEARCH_GRANT = GRADUATE & IN_SCHOOL & ~NO_HARDSHIP
WANTS_TRAINEESHIP = GRADUATED & Is("graduate_wants", "trainee")
LOOKS_FOR_WORK = Is("has_work", "no")
TRAINEE = WANTS_TRAINEESHIP & LOOKS_FOR_WORK & RECENT
# Rent grant or voucher: one of them, for who came first after 25 July 2020 and owns no home here.
WANTS_RENT = GRADUATED & Is("graduate_wants", "rent")
SETTLES = WANTS_RENT & Is("newcomer", "yes") & Is("owns_home", "no") & (AT_WORK | OWN_BUSINESS)
IN_LINHAI = Is("work_county", "331082")
RENT = SETTLES & ~Is("rent_or_voucher", "voucher")
VOUCHER = SETTLES & Is("rent_or_voucher", "voucher")
STARTS_ALONE = GRADUATED & OWN_BUSINESS

DESTINATION = GRADUATED | (INSURANCE_SUBSIDY & NEWLY)
CARD = (SELF & Is("wanted", "card")) | (HIRED & Is("hire_wants", "card"))
SKILL, RENTAL = SELF & Is("wanted", "skill"), SELF & Is("wanted", "rental")
STARTS = (FLEXIBLE | GRADUATE) & Is("wanted", "start-up")
LOAN = (FLEXIBLE | GRADUATE) & Is("wanted", "loan")
PERMIT = SELF & NOT_LOCAL & Is("permit", "yes")
EDUCATION = GRADUATE | (INSURANCE_SUBSIDY & NEWLY)
PAID_BY_MONTH = INSURANCE_SUBSIDY | JOB_SUBSIDY | RENT
PAYEE = PAID_BY_MONTH | SEARCH_GRANT | VOUCHER | SKILL | STARTS | BENEFIT
NOTHING_MORE = ~Is("wanted", "card", "skill", "rental") & ~Is("permit", "yes")
NO_START_UP = ~Is("wanted", "start-up", "loan")
