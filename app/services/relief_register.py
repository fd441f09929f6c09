"""Civil affairs: which relief a person's family gets, and how much care was found to be needed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.vocabulary.authorities import CIVIL_AFFAIRS
from app.vocabulary.common_papers import CARE_REGISTER_ID, RELIEF_REGISTER_ID
from app.vocabulary.common_rules import NO_REPEAT_ASKING
from app.vocabulary.public_service import Message, Result, SharedRegister, told
from app.wording import Words


class ReliefQuery(Message):
    """Whose relief status is asked for."""

    id_number: str = told("查询人身份证号", "ID number of the person asking", sensitive=True)


class ReliefFacts(Result):
    """The status, as a family of the minimum living guarantee or near it, and since when."""

    relief_status: str | None = told("救助身份", "Relief status", default=None, sensitive=True)
    since: date | None = told("认定日期", "Since", default=None)


class CareQuery(Message):
    """Whose assessment is asked for."""

    id_number: str = told("查询人身份证号", "ID number of the person asking", sensitive=True)


class CareFacts(Result):
    """The last assessment of the ability to care for oneself."""

    care_level: str | None = told("自理能力", "Ability", default=None, sensitive=True)
    care_assessed_on: date | None = told("评估日期", "Assessed on", default=None)


def relief_of(_request: ReliefQuery, record: Mapping[str, Any]) -> ReliefFacts | None:
    """The demo person's record, or None where no relief is given."""
    return ReliefFacts.model_validate(record) if record else None


def care_of(_request: CareQuery, record: Mapping[str, Any]) -> CareFacts | None:
    """The demo person's record, or None where nobody was assessed."""
    return CareFacts.model_validate(record) if record else None


RELIEF_REGISTER = SharedRegister(
    id=RELIEF_REGISTER_ID,
    title=Words("社会救助信息", "Register of relief"),
    authority=CIVIL_AFFAIRS,
    request=ReliefQuery,
    facts=ReliefFacts,
    path="/relief/query",
    stand_in=relief_of,
    purpose=Words(
        "核对低保、低边、特困等身份，不用您开证明。",
        "To check the relief status, so that no proof is asked from you.",
    ),
    rule=NO_REPEAT_ASKING,
    sensitive=True,
)
CARE_REGISTER = SharedRegister(
    id=CARE_REGISTER_ID,
    title=Words("自理能力评估信息", "Assessments of self-care ability"),
    authority=CIVIL_AFFAIRS,
    request=CareQuery,
    facts=CareFacts,
    path="/care-assessments/query",
    stand_in=care_of,
    purpose=Words(
        "取得最近一次自理能力评估的结果，不用再评一次。",
        "To take the result of the last assessment instead of a new one.",
    ),
    rule=NO_REPEAT_ASKING,
    sensitive=True,
)
