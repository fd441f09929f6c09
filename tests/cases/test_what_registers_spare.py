"""What a register told is not asked; where it was declined or holds nothing, it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from app.cases.drafts import LoadedDraft, RegisterView
from app.cases.form_state import form_state, locked_questions
from app.cases.news import News
from app.catalogue import load
from app.forms.answers import Answers
from app.forms.asking import places
from app.forms.questions import Question
from app.forms.reading import pruned
from app.forms.specimen import situations
from app.vocabulary.case_file import Person
from app.vocabulary.case_states import CaseState
from app.vocabulary.life_event import LifeEvent
from app.workflow.eligibility import outcome

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
NOBODY = UUID(int=0)
SOMEBODY = "331002199003070022"
# There are hundreds of situations; some of each kind are enough to meet every register.
EVERY = 6


@dataclass(frozen=True)
class Told:
    """A form of which one register could answer some questions, with these answers left out."""

    event: LifeEvent
    register: str
    facts: Mapping[str, object]
    questions: tuple[Question, ...]
    answers: Answers
    applicant: str

    def draft(self, state: str, verdict: str | None = None) -> LoadedDraft:
        facts = self.facts if state == "found" else {}
        return LoadedDraft(
            case_id=NOBODY,
            number="N",
            resident_id=NOBODY,
            life_event=self.event,
            definition=self.event.version,
            state=CaseState.DRAFT,
            revision=1,
            answers=self.answers,
            pages={},
            evidence={},
            for_whom=self.answers.text("for_whom"),
            updated_at=NOW,
            expires_at=NOW,
            registers={self.register: RegisterView(self.register, state, facts, NOW, verdict)},
            files=(),
            applicant=Person("王小样", self.applicant, "13800000000"),
            marks={},
            news=News(),
        )

    def missing(self, state: str, verdict: str | None = None) -> set[str]:
        """Which of them the form still has to be given."""
        form = form_state(self.draft(state, verdict))
        found = {item.question for page in form.pages for item in page.corrections}
        return found & {one.id for one in self.questions if not form.answers.has(one.id)}


def told() -> list[Told]:
    """For each register of three life events the situation in which it could answer most."""
    found: dict[tuple[str, str], Told] = {}
    for name in ("birth", "retirement", "school-entry"):
        event = load().life_events[name]
        for given in list(situations(event, TODAY))[::EVERY]:
            if outcome(event, given).kind == "stop":
                continue
            asked = [one for place in places(event, given) for one in place.questions]
            for ask in event.asks:
                register = ask.register.id
                some = [
                    one
                    for one in asked
                    if one.shared and one.shared.register == register and given.has(one.id)
                ]
                left = {one.id for one in some}
                if not some or not ask.applies.holds(given):
                    continue
                known = found.get((name, register))
                if known is None or len(known.questions) < len(some):
                    values = {key: one for key, one in given.values.items() if key not in left}
                    facts = {one.shared.fact: given.get(one.id) for one in some if one.shared}
                    own = given.text("person_id") or SOMEBODY
                    found[name, register] = Told(
                        event, register, facts, tuple(some), Answers(values, TODAY), own
                    )
    return list(found.values())


CASES = [pytest.param(one, id=f"{one.event.id}-{one.register}") for one in told()]


@pytest.mark.parametrize("one", CASES)
def test_what_a_register_told_is_not_asked(one: Told) -> None:
    assert one.missing("found", "right") == set()
    fixed = {q.id for q in one.questions if q.shared and not q.shared.confirm}
    assert locked_questions(one.draft("found", "right")) >= fixed


@pytest.mark.parametrize("state", ["declined", "none"])
@pytest.mark.parametrize("one", CASES)
def test_it_is_asked_where_the_register_was_declined_or_holds_nothing(
    one: Told, state: str
) -> None:
    assert locked_questions(one.draft(state)) == frozenset()
    asked = {
        question.id
        for place in places(one.event, pruned(one.event, one.answers))
        for question in place.questions
        if not question.optional
    }
    needed = {question.id for question in one.questions} & asked
    assert needed <= one.missing(state)
    assert needed


@pytest.mark.parametrize("one", CASES)
def test_it_is_asked_where_somebody_said_that_the_register_is_wrong(one: Told) -> None:
    assert locked_questions(one.draft("found", "wrong")) == frozenset()
    assert one.missing("found", "wrong") == one.missing("none")
