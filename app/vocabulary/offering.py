"""Short words for declaring what a department's service asks for and answers: papers, reasons."""

from typing import Any

from app.vocabulary.public_service import Limit, Reason
from app.vocabulary.requirement import EvidenceType, Rule
from app.wording import Words

NOT_FOUND = Limit(None, "待主管部门确认")


def paper(name: str, zh: str, en: str, why_zh: str, why_en: str, **more: Any) -> EvidenceType:
    """A kind of paper: its title and why it is needed; `more` are EvidenceType's other fields."""
    return EvidenceType(name, Words(zh, en), Words(why_zh, why_en), **more)


def reason(name: str, zh: str, en: str, rule: Rule, evidence: EvidenceType | None = None) -> Reason:
    """A typical reason to ask for more or to refuse; `evidence` is the paper it is about."""
    return Reason(name, Words(zh, en), rule, evidence.id if evidence else None)


def points(*lines: tuple[str, str]) -> tuple[Words, ...]:
    """An officer's checklist from (Chinese, English)."""
    return tuple(Words(zh, en) for zh, en in lines)
