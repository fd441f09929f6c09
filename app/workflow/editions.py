"""What of a life event a draft stands on, as digests that tell what a newer edition changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.forms.asking import whole_form
from app.forms.fingerprints import fingerprint
from app.forms.questions import Page, Question
from app.vocabulary.life_event import LifeEvent
from app.vocabulary.public_service import CompetentAuthority, PublicService, SharedRegister

# As JSON: "pages" has digests by page id ("" is the page itself, then each question), "papers" by
# paper id; "registers" and "steps" are ids.
Marks = Mapping[str, Any]

_DECLARED_ELSEWHERE = (PublicService, SharedRegister, CompetentAuthority)
_NOT_CONTENT = frozenset({"version", "superseded"})
# How a page is put together; its questions have digests of their own.
_NOT_THE_PAGE = frozenset({"questions", "minutes"})
# Nothing that a person who has answered would see otherwise.
_NOT_THE_QUESTION = frozenset({"error", "suggested", "sensitive"})


def digest_of(event: LifeEvent) -> str:
    """The digest of everything that comes with a version: questions, pages, steps, texts.

    Services, registers and authorities count by id: they are declared, and change, elsewhere.
    """
    return fingerprint(event.declared or event, _DECLARED_ELSEWHERE, _NOT_CONTENT)


@dataclass(frozen=True, slots=True)
class Difference:
    """What of a form is otherwise than in the edition that a draft stood on.

    `questions` says of each that is: "new", "changed", or "moved" here from another page.
    """

    pages: frozenset[str]
    questions: Mapping[str, str]

    def touches(self, page: Page, asked: Iterable[Question]) -> bool:
        """Whether this page reads otherwise than before where these of its questions are asked."""
        return page.id in self.pages or any(question.id in self.questions for question in asked)


def marks_of(event: LifeEvent) -> Marks:
    """The digests that a draft of this edition keeps; made once in each process."""
    known = _MADE.get(id(event))
    if known is None or known[0] is not event:
        known = _MADE[id(event)] = event, _marks(event.declared or event)
    return known[1]


# By identity, for comparing whole declarations takes longer than making their marks.
_MADE: dict[int, tuple[LifeEvent, Marks]] = {}


def _marks(event: LifeEvent) -> Marks:
    return {
        "pages": {
            page.id: {
                "": fingerprint(replace(page, questions=()), without=_NOT_THE_PAGE),
                **{
                    question.id: fingerprint(question, without=_NOT_THE_QUESTION)
                    for question in page.questions
                },
            }
            for page in whole_form(event)
        },
        "registers": [ask.register.id for ask in event.asks],
        "papers": {
            paper.id: fingerprint(paper) for step in event.steps for paper in step.service.evidence
        },
        "steps": [step.service.id for step in event.steps],
    }


def difference(before: Marks, event: LifeEvent) -> Difference:
    """What of the form is otherwise than in `before`; everything, where that is empty."""
    earlier: Mapping[str, Mapping[str, str]] = before.get("pages", {})
    digests = {name: digest for page in earlier.values() for name, digest in page.items() if name}
    pages: set[str] = set()
    questions: dict[str, str] = {}
    for page_id, now in marks_of(event)["pages"].items():
        then = earlier.get(page_id, {})
        if then.get("") != now[""]:
            pages.add(page_id)
        for name, digest in now.items():
            if not name or then.get(name) == digest:
                continue
            is_same = digests.get(name) == digest
            questions[name] = "new" if name not in digests else "moved" if is_same else "changed"
    return Difference(frozenset(pages), questions)


def page_mark(event: LifeEvent, page_id: str) -> str:
    """Short and public: from which wording of a page a form was drawn."""
    return fingerprint(marks_of(event)["pages"].get(page_id))


def question_mark(event: LifeEvent, question_id: str) -> str:
    """The same for a question that is asked alone."""
    return fingerprint([page.get(question_id) for page in marks_of(event)["pages"].values()])
