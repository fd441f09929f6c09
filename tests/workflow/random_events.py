"""Random small life events for property tests: whatever can be declared, some of it at once."""

from hypothesis import strategies as st

from app.forms.conditions import ALWAYS, AnyOf, Is
from app.forms.questions import YES_NO, Address, Page, PersonName, SharedFrom
from app.vocabulary.life_event import Ask, LifeEvent
from app.vocabulary.public_service import Message, told
from app.vocabulary.requests import answer, fact, filled, first_of, produced, when
from app.wording import Words
from tests.workflow.declared import (
    REGISTER,
    Step,
    ask_question,
    make_event,
    make_paper,
    make_service,
)

YES_NO_QUESTIONS = ("yes_1", "yes_2", "yes_3", "yes_4")
TEXT_QUESTIONS = tuple(f"text_{number}" for number in range(1, 9))
FIELDS = ("name", "second", "third")
MANY = 5


class ThreeSent(Message):
    """What every random service is sent; only the name must be there."""

    name: str = told("姓名", "Name")
    second: str = told("第二项", "Second", default="")
    third: str = told("第三项", "Third", default="")


def conditions(questions):
    """A condition on some of these questions, or none."""
    if not questions:
        return st.just(ALWAYS)
    one = st.builds(Is, st.sampled_from(questions), st.sampled_from(("yes", "no")))
    ways = [
        st.just(ALWAYS),
        one,
        st.builds(lambda condition: ~condition, one),
        st.builds(lambda a, b: AnyOf((a, b)), one, one),
    ]
    # Of different questions, for the start refuses what contradicts itself.
    if len(questions) > 1:
        ways.append(_of_different(one, 2).map(lambda parts: parts[0] & parts[1]))
    if len(questions) > 2:
        ways.append(_of_different(one, 3).map(lambda parts: parts[0] & (parts[1] | ~parts[2])))
    return st.one_of(ways)


def _of_different(one, number):
    return st.lists(one, min_size=number, max_size=number, unique_by=lambda part: part.question)


@st.composite
def papers(draw, earlier, questions):
    """A paper that a register or an earlier service may spare, in some situation."""
    return make_paper(
        f"paper-{draw(st.integers(1, 3))}",
        applies=draw(conditions(questions)),
        register=draw(st.sampled_from((None, "people-register"))),
        output=draw(st.sampled_from((None, *[one.id for one in earlier]))),
    )


@st.composite
def sources(draw, before, questions, texts):
    """Where a field comes from: an answer, one of two, a sibling's output, a register's fact."""
    asked = st.builds(answer, st.sampled_from(texts))
    ways = [
        asked,
        st.builds(when, conditions(questions), asked, asked),
        st.builds(when, conditions(questions), asked, st.just("无")),
        st.builds(first_of, asked, asked),
        st.builds(lambda one: first_of(one, fact(REGISTER, "number")), asked),
    ]
    if before:
        made = st.builds(produced, st.sampled_from(before), st.just("number"))
        ways += [made, st.builds(first_of, made, asked), st.builds(first_of, asked, made)]
    return draw(st.one_of(ways))


@st.composite
def random_events(draw) -> LifeEvent:
    """A sound life event of one to five services."""
    guiding = YES_NO_QUESTIONS[: draw(st.integers(1, 3))]
    page_questions = [*TEXT_QUESTIONS, YES_NO_QUESTIONS[3]]
    questions = [*guiding, YES_NO_QUESTIONS[3]]
    steps, services = [], []
    for number in range(draw(st.integers(1, MANY))):
        before = draw(st.lists(st.sampled_from(services), unique_by=id)) if services else []
        fields = {field: draw(sources(before, questions, TEXT_QUESTIONS)) for field in FIELDS}
        found = {one.id: one for one in draw(st.lists(papers(services, questions), max_size=2))}
        service = make_service(f"service-{number}", *found.values(), request=ThreeSent)
        hard = draw(st.booleans())
        steps.append(
            Step(
                service,
                filled(ThreeSent, **fields),
                requires=tuple(before) if hard else (),
                uses=() if hard else tuple(before),
                applies=draw(conditions(questions)),
            )
        )
        services.append(service)
    order = draw(st.permutations(page_questions))
    pages = [Page("place", Words("地方", "Place"), (ask_question("home", Address()),))]
    for number, start in enumerate(range(0, len(order), 3)):
        pages.append(
            Page(
                f"page-{number}",
                Words("一页", "A page"),
                tuple(
                    ask_question(
                        name,
                        PersonName() if name.startswith("text") else YES_NO,
                        optional=draw(st.booleans()),
                        applies=draw(conditions(guiding)),
                        shared=draw(
                            st.sampled_from((None, SharedFrom("people-register", "number", False)))
                        )
                        if name.startswith("text")
                        else None,
                    )
                    for name in order[start : start + 3]
                ),
            )
        )
    asked = filled(REGISTER.request, name=answer("text_1"))
    return make_event(
        *steps,
        guidance=tuple(ask_question(name, YES_NO) for name in guiding),
        outcomes=(),
        requirements=(),
        deadlines=(),
        groups=(),
        pages=tuple(pages),
        asks=(Ask(REGISTER, asked, draw(conditions(guiding))),),
    )


@st.composite
def random_answers(draw, event: LifeEvent):
    """An answer to every question of a random event, asked or not, or none to an optional one."""
    found = {}
    for question in event.questions:
        if question.optional and draw(st.booleans()):
            continue
        if question.kind == YES_NO:
            found[question.id] = draw(st.sampled_from(("yes", "no")))
        elif question.id.startswith("text"):
            found[question.id] = f"答案{question.id[-1]}"
    return found
