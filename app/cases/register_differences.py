"""What shared registers told beside what was answered: who decides sees both."""

from dataclasses import replace

from app.cases.drafts import RegisterView
from app.cases.form_state import shared_value
from app.forms.answers import Answer, Answers
from app.forms.questions import Page
from app.vocabulary.case_file import CaseFile
from app.vocabulary.life_event import LifeEvent


def as_registered(event: LifeEvent, case: CaseFile) -> CaseFile | None:
    """The same case with each answer that a register also told replaced by what it told.

    Only what was answered is replaced, so that the same is asked as before. None where nothing
    differs. What the resident called wrong is not among the facts of a submitted case.
    """
    views = {
        register: RegisterView(register, "found", facts=dict(facts))
        for register, facts in case.facts.items()
    }
    answers = case.answers
    for page in event.pages:
        answers = _with_told(page, answers, views)
    if answers.values == case.answers.values:
        return None
    return replace(case, answers=answers)


def _with_told(page: Page, answers: Answers, views: dict[str, RegisterView]) -> Answers:
    if page.each is None:
        return answers.with_values(_told(page, answers, views, None))
    for item in range(page.each.how_many(answers)):
        own = answers.item(page.each.id, item)
        answers = answers.with_item(page.each.id, item, _told(page, own, views, item))
    return answers


def _told(
    page: Page, own: Answers, views: dict[str, RegisterView], item: int | None
) -> dict[str, Answer]:
    told = {
        question.id: shared_value(question, views, item, own.today)
        for question in page.questions
        if own.has(question.id)
    }
    return {name: value for name, value in told.items() if value is not None}
