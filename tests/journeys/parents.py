"""What the parents of the demo city answer when they register a birth."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.demo_city import RESIDENTS, DaysAgo, DemoResident
from app.forms.identifiers import credit_code_check, id_check_character, luhn_holds

CARD = next(
    card for card in (f"622202120700123456{digit}" for digit in range(10)) if luhn_holds(card)
)
EMPLOYER = "91331000MA2AAAAA0" + credit_code_check("91331000MA2AAAAA0")
FATHER_ID = "33100219920202003" + id_check_character("33100219920202003")


def parent(name: str) -> DemoResident:
    """The demo resident of that name."""
    return next(resident for resident in RESIDENTS if resident.name == name)


def days_since_birth(resident: DemoResident) -> int:
    """How many days ago the child was born, by the hospital's record; 8 where there is none."""
    times = resident.records.get("birth-record", {}).get("birth_time", [])
    return next((time.days for time in times if isinstance(time, DaysAgo)), 8)


def answers(name: str) -> dict[str, str]:
    """Every answer a parent may be asked for, by input name."""
    resident = parent(name)
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    born = today - timedelta(days=days_since_birth(resident))
    children = str(resident.records.get("birth-record", {}).get("number_of_children", "1"))
    day = {"year": str(born.year), "month": str(born.month), "day": str(born.day)}
    home = {"county": "331002", "township": "331002001", "detail": "东山社区 2 幢"}
    account = {"holder": name, "bank": "中国工商银行台州分行", "number": CARD}
    return {
        **{f"born_on-{part}": value for part, value in day.items()},
        **{f"birth_time-{part}": value for part, value in day.items()},
        "birth_time-hour": "3",
        "birth_time-minute": "20",
        **{
            f"{question}-{part}": value
            for question in ("mother_register", "father_register", "child_address")
            for part, value in home.items()
        },
        **{
            f"{question}-{part}": value
            for question in ("mother_account", "subsidy_account")
            for part, value in account.items()
        },
        "for_whom": "mother",
        "birth_place": "zhejiang",
        "certificate_issued": "no",
        "number_of_children": children,
        "special": "none",
        "parents": "married",
        "household": "family",
        "mother_insurance": "employee",
        "wanted": "subsidy,place",
        "mother_name": name,
        "mother_document-type": "resident-id",
        "mother_document-number": resident.id_number,
        "mother_ethnicity": "01",
        "mother_mobile": "13800000001",
        "father_name": "林浩然",
        "father_document-type": "resident-id",
        "father_document-number": FATHER_ID,
        "father_ethnicity": "01",
        "father_mobile": "13800000002",
        "marriage_number": "J331002-2020-000001",
        "institution": "台州演示医院",
        "birth_order": "1",
        "child_name": f"{name[0]}小满",
        "sex": "2",
        "weeks": "39",
        "weight": "3200",
        "length": "50",
        "follows": "mother",
        "household_head": name,
        "household_number": "100200300",
        "relation_to_head": "child",
        "child_ethnicity": "01",
        "native_place": "台州市",
        "insurance_year": str(born.year),
        "hardship": "none",
        "card_bank": "icbc",
        "employer": "台州演示有限公司",
        "employer_code": EMPLOYER,
        "difficult_birth": "no",
        "claimant": "mother",
        "care": "full-day",
        "from_month": "12",
        "concern": "none",
        "collection": "electronic",
    }
