"""Choices that depend on the county: categories and schools; and the category that is proposed."""

from datetime import date

from app.forms.answers import Answers
from app.forms.conditions import ALWAYS, All, AnyOf, Condition, Holds, Is
from app.forms.questions import ByRule, Choice, Option, Question
from app.services.schooling.basis import (
    COMPULSORY_EDUCATION,
    FULL_YEAR,
    ZHEJIANG_ORDER,
    cut_off,
    year_of,
)
from app.services.schooling.categories import Classified, classify, table_for, tables
from app.services.schooling.checks import insured_months
from app.services.schooling.schools import PUBLIC, School, catchment_school, schools
from app.services.schooling.standing import POINTS_AS_IF, stated_category
from app.vocabulary.declaring import ask
from app.vocabulary.life_event import Reckoning
from app.vocabulary.requirement import TO_BE_CONFIRMED
from app.wording import Words

POINTS_COUNTIES = tuple(sorted({one.county for one in tables().values() if one.points}))


def category_choice(*stages: str) -> Choice:
    """Every category of these stages; each is offered where a table has it."""
    known: dict[str, tuple[Words, list[tuple[str, str]]]] = {}
    for table in tables().values():
        for category in table.categories if table.stage in stages else ():
            known.setdefault(category.code, (category.name, []))[1].append(
                (table.stage, table.county)
            )
    everywhere = sum(table.stage in stages for table in tables().values())
    return Choice(
        tuple(
            Option(code, name, applies=_within(places) if len(places) < everywhere else ALWAYS)
            for code, (name, places) in known.items()
        )
    )


def school_choice(kind: str, *stages: str) -> Choice:
    """The schools of a kind; each is offered in its county and for its stage."""
    return Choice(
        tuple(
            Option(one.code, one.name, applies=_within([(one.stage, one.county)]))
            for one in schools()
            if one.kind == kind and one.stage in stages
        )
    )


def catchment_of(answers: Answers) -> str:
    """The code of the public school that the address map gives; empty where it gives none."""
    county, stage = answers.text("study_county"), answers.text("stage")
    here = answers.text("register_status") in {"here", "here-late"}
    addresses = ("register_address",) if here else ("home_place", "home_address")
    townships = (answers.parts(address).get("township", "") for address in addresses)
    found = next((one for one in townships if one.startswith(county)), "")
    school = catchment_school(stage, found) if found and county else None
    return school.code if school else ""


def catchment_question(*stages: str) -> Question:
    """The public school of the catchment: shown to be known, with nothing else to choose."""
    looked_at = frozenset({"study_county", "stage", "home_address"})

    def is_the(one: School) -> Condition:
        served = Holds(looked_at, lambda answers: catchment_of(answers) == one.code)
        return All((_within([(one.stage, one.county)]), served))

    options = tuple(
        Option(one.code, one.name, applies=is_the(one))
        for one in schools()
        if one.kind == PUBLIC and one.stage in stages
    )
    return ask(
        "public_school",
        "按地址，学区公办学校是",
        "By the address, the public school is",
        Choice(options),
        applies=Holds(looked_at, lambda answers: bool(catchment_of(answers))),
        suggested=(ByRule(looked_at, catchment_of),),
    ).hinted("由学区地图确定，不能改选", "The map of catchments says so; there is no choice")


def _within(places: list[tuple[str, str]]) -> Condition:
    by_stage: dict[str, list[str]] = {}
    for stage, county in places:
        by_stage.setdefault(stage, []).append(county)
    parts = tuple(
        All((Is("stage", stage), Is("study_county", *counties)))
        for stage, counties in by_stage.items()
    )
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def proposed_code(answers: Answers) -> str:
    """The code of the category that follows from the form; empty where none does."""
    found = stated_category(answers)
    return found.category.code if found and found.category else ""


PROPOSED = ByRule(frozenset({"study_county", "stage", "home_address"}), proposed_code)


def contests(answers: Answers) -> bool:
    """Whether somebody chose another category than the one that follows."""
    return answers.text("category") != proposed_code(answers)


def from_guidance(answers: Answers) -> Classified | None:
    """The category that follows from the first questions, taken at their word."""
    county, stage = answers.text("study_county"), answers.text("stage")
    table = table_for(county, stage)
    if table is None:
        return None
    year = year_of(answers.today)
    full, last = table.symbols(year)["$full"], cut_off(year)
    return classify(table, dict(_guided(answers, county, full, last, year)), year)


def _guided(
    answers: Answers, county: str, full: date, last: date, year: int
) -> list[tuple[str, object]]:
    """Facts as the first questions tell them."""
    register, home = answers.text("register_status"), answers.text("home_status")
    route = answers.several("work_route")
    found: list[tuple[str, object]] = []
    if register in {"here", "here-late"}:
        found += [("register_county", county)]
        found += [("register_since", full if register == "here" else last)]
    if home in {"own", "own-late", "untitled", "shared"}:
        found += [("home_county", county), ("home_owner", "parents"), ("home_use", "dwelling")]
        found += [("home_share", 50 if home == "shared" else 100)]
        found += [("home_since", last if home == "own-late" else full)]
    if "permit" in route:
        found += [("permit_since", full), ("permit_until", last)]
    if "insurance" in route and answers.has("insured_from"):
        months = insured_months(answers.date("insured_from"), None, year)
        found += [("insured_county", county), ("insured_months", months)]
    if "business" in route:
        found += [("work_county", county), ("work_since", last)]
    if answers.text("points_state") in {"approved", "apply"}:
        found += [("points", POINTS_AS_IF)]
    if "preference" in answers.several("special"):
        found += [("preference", True)]
    if answers.has("former_county"):
        found += [("school_county", answers.text("former_county"))]
    return found


def _in_words(found: Classified) -> Words:
    """The category, why, and what would lead to a better one."""
    confirm = TO_BE_CONFIRMED
    better = found.lacking if found.category and found.tried else Words("", "")
    return Words(
        f"{found.why.zh}{better.zh}以核验为准，类别表{confirm.zh}。",
        f"{found.why.en} {better.en} The checks decide; {confirm.en.lower()}.".replace("  ", " "),
    )


def _year(answers: Answers) -> int:
    return year_of(answers.today)


def _year_in_words(year: int) -> Words:
    return Words(
        f"{year}年入学；年龄、户籍、房产、居住证都看{year}年8月31日。",
        f"Entry in {year}; age, register, home and permit are judged on 31 August {year}.",
    )


ENTRY_YEAR = Reckoning(
    "entry-year",
    Words("入学年度", "Year of entry"),
    frozenset({"stage"}),
    _year,
    _year_in_words,
    COMPULSORY_EDUCATION,
)
PROPOSED_CATEGORY = Reckoning(
    "proposed-category",
    Words("按您说的情况，报名类别是", "From what you say the category is"),
    frozenset({"study_county", "stage", "register_status", "home_status"}),
    from_guidance,
    _in_words,
    ZHEJIANG_ORDER,
)


def months_are_missing(answers: Answers) -> bool:
    """Whether the insurance falls short of a full year on the cut-off day."""
    year = year_of(answers.today)
    return insured_months(answers.date("insured_from"), None, year) < FULL_YEAR
