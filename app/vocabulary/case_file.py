"""Everything known about a case at one moment, as the pure rules see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from app.forms.answers import Answers
from app.vocabulary.public_service import F, PublicService, Result

S = TypeVar("S", bound=Result)

# The key under which what a round gives stands among the outputs; no service can have this id.
ROUND = "@round"


@dataclass(frozen=True, slots=True)
class Person:
    """The person a case belongs to; ID number as 18 characters."""

    name: str
    id_number: str
    mobile: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case: who, what was answered, what registers hold, what departments have produced.

    `facts` is by register id; `outputs` by step key (`service-id` or `service-id:1` for the first
    item). `subject` is the item (from 0) that a repeated step is about.
    """

    number: str
    applicant: Person
    answers: Answers
    today: date
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    outputs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    subject: int | None = None
    group: str | None = None

    def about(self, group: str, index: int) -> "CaseFile":
        """The same case seen for one item: its answers on top, its outputs first."""
        return replace(self, answers=self.answers.item(group, index), subject=index, group=group)

    def output(self, service: PublicService[Any, F]) -> F | None:
        """What `service` produced for this item (else for the case), or None if not yet."""
        keys = (
            [service.id]
            if self.subject is None
            else [step_key(service.id, self.subject), service.id]
        )
        for key in keys:
            if key in self.outputs:
                return service.produces.fields.model_validate(self.outputs[key])
        return None

    @property
    def allotted(self) -> Mapping[str, Any]:
        """What the round of an intake gives to this item; empty before the round is allotted."""
        return self.outputs.get(step_key(ROUND, self.subject), {})

    def fact(self, register: str, name: str) -> Any:
        """One fact that a register holds, or None."""
        return self.facts.get(register, {}).get(name)


def step_key(service_id: str, subject: int | None) -> str:
    """The key of a step within its case; items are counted from 1 in it."""
    return service_id if subject is None else f"{service_id}:{subject + 1}"
