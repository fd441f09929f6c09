"""What a running grant is on a day: its facts kept once, its benefit reckoned again and again."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast

from app.forms.answers import Answer, Answers
from app.forms.identifiers import age_from, birthday_of
from app.forms.questions import Choices
from app.vocabulary.benefit import Used
from app.vocabulary.granting import FactFrom, Grant
from app.vocabulary.public_service import Message, Result
from app.vocabulary.requirement import Parameter
from app.workflow.entitlement import NOTHING_PROPOSED, Entitlement, Verdict, entitlement

GrantState = Literal["running", "in-question", "stopped"]
# Why a person has to look: a fact or a value is open; the decision was another than reckoned.
NOT_KNOWN, OTHERWISE, UNREADABLE = "not-known", "decided-otherwise", "unreadable"
NO_LONGER = "no-longer"
# The same benefit was granted to the same person once more.
AGAIN = "granted-again"
# A result that may end it, or change its facts, could not be read.
RESULT_UNREAD = "result-unread"
# A person has looked, and it goes on as decided while the values behind it stay.
KEPT = "kept"

Rates = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Held:
    """The facts of one grant: as they were told, and days of birth from which ages follow."""

    told: Mapping[str, Answer]
    born: Mapping[str, str]

    def on(self, day: date) -> Answers:
        """The facts on a day."""
        ages = {name: age_from(date.fromisoformat(born), day) for name, born in self.born.items()}
        return Answers({**self.told, **ages}, day)

    def with_news(self, news: "Held") -> "Held":
        """These facts with newer ones on top."""
        return Held({**self.told, **news.told}, {**self.born, **news.born})

    def without(self, names: Collection[str]) -> "Held":
        """These facts without some that no longer hold."""
        return Held(
            {name: value for name, value in self.told.items() if name not in names},
            {name: value for name, value in self.born.items() if name not in names},
        )

    def as_json(self) -> dict[str, Any]:
        """As it is sealed."""
        return {"told": dict(self.told), "born": dict(self.born)}


def held_from_json(kept: Mapping[str, Any]) -> Held:
    """The facts as they were sealed."""
    return Held(kept["told"], kept["born"])


def read_facts(
    grant: Grant, facts: Mapping[str, FactFrom], request: Message, output: Result
) -> Held:
    """What request and output say of the benefit's questions; what they leave open stays open."""
    several = {
        question.id for question in grant.benefit.questions if isinstance(question.kind, Choices)
    }
    told: dict[str, Answer] = {}
    born: dict[str, str] = {}
    for name, source in facts.items():
        if source.said is not None:
            told[name] = source.said
            continue
        value = getattr(request if source.of == "request" else output, source.name)
        if source.ages:
            born[name] = birthday_of(value).isoformat()
            continue
        answer = _answer(source, value, name in several)
        if answer is not None and answer != "":
            told[name] = answer
    return Held(told, born)


def _answer(source: FactFrom, value: Any, several: bool) -> Answer | None:
    """A field's value as the question is answered."""
    if isinstance(value, (list, tuple)):
        if several:
            return [source.means.get(one, one) for one in value if one in (source.means or {one})]
        return next((answer for one, answer in source.means.items() if one in value), None)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return source.means.get(value, value)
    return cast("Answer | None", value)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What the rules make of a grant's facts on a day, and the values that they were made with."""

    verdict: Verdict
    amount: Decimal | None
    promised: bool
    rates: Rates
    broken: str | None
    used: tuple[Used, ...]


def reckon(
    grant: Grant, held: Held, day: date, proposed: Mapping[str, Parameter] = NOTHING_PROPOSED
) -> Reckoned:
    """The grant's benefit on `day`; needs that its decision settled are not judged again."""
    benefit = grant.benefit
    if grant.decided:
        left = tuple(need for need in benefit.needs if need.id not in grant.decided)
        benefit = replace(benefit, needs=left)
    found = entitlement(benefit, held.on(day), proposed, with_change=False)
    return Reckoned(
        verdict=found.verdict,
        amount=found.money.value if found.money else None,
        promised=all(used.confirmed for used in found.used),
        rates=rates_of(found.used),
        broken=_broken(found),
        used=found.used,
    )


def _broken(found: Entitlement) -> str | None:
    """The need that is not met any more."""
    return next((reason.need.id for reason in found.missing), None)


def rates_of(used: Iterable[Used]) -> Rates:
    """The values by parameter in a form that is kept and compared."""
    return {
        one.parameter.id: {
            "value": str(one.amount.value) if one.amount else None,
            "from": one.amount.from_day.isoformat() if one.amount else None,
            "sure": one.confirmed,
        }
        for one in used
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a grant stands. `to_confirm` is what it would be by a value that nobody confirmed."""

    state: GrantState
    amount: Decimal | None
    to_confirm: Decimal | None = None
    why: str = ""


def first_standing(grant: Grant, decided: Decimal | None, reckoned: Reckoned) -> Standing:
    """A new grant: what was decided counts, and where the rules say otherwise somebody looks."""
    if reckoned.verdict == "maybe" or _is_open(grant, reckoned):
        return Standing("in-question", decided, why=NOT_KNOWN)
    least = grant.benefit.bound == "at-least"
    agrees = reckoned.amount is None or (
        decided is not None
        and (decided >= reckoned.amount if least else decided == reckoned.amount)
    )
    if reckoned.verdict == "no" or (grant.amount is not None and not agrees):
        return Standing("in-question", decided, why=OTHERWISE)
    return Standing("running", decided)


def next_standing(
    grant: Grant, now: Standing, reckoned: Reckoned, was: Rates | None = None
) -> Standing:
    """A running grant after the rules were asked again.

    A new amount is granted only by confirmed values; otherwise it is kept beside the old one. What
    was decided otherwise than reckoned, granted twice, or touched by what could not be read stays
    with the person who has to look; what a person kept goes on while the values are those that it
    `was` reckoned with.
    """
    if now.why == KEPT:
        return now if reckoned.rates == was else replace(now, state="in-question", why=OTHERWISE)
    if now.why in {OTHERWISE, AGAIN, RESULT_UNREAD}:
        return replace(now, state="in-question")
    if reckoned.verdict == "no":
        return Standing("stopped", None, why=reckoned.broken or NO_LONGER)
    if reckoned.verdict == "maybe" or _is_open(grant, reckoned):
        return replace(now, state="in-question", why=NOT_KNOWN)
    return _with_amount(grant, now, reckoned)


def _with_amount(grant: Grant, now: Standing, reckoned: Reckoned) -> Standing:
    """It goes on, with what the rules make of it."""
    amount = reckoned.amount
    if amount is None or grant.amount is None:
        return Standing("running", now.amount)
    if grant.benefit.bound == "at-least" and now.amount is not None:
        amount = max(amount, now.amount)
    if amount == now.amount or reckoned.promised:
        return Standing("running", amount)
    return Standing("running", now.amount, to_confirm=amount)


def _is_open(grant: Grant, reckoned: Reckoned) -> bool:
    """Whether an amount was granted and the rules name none."""
    pays = grant.amount is not None and grant.benefit.reckon is not None
    return reckoned.verdict == "yes" and pays and reckoned.amount is None
