"""Applies for a resident through an app: read the answers, keep a draft, submit when complete."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.applying import submit
from app.cases.draft_moving import current_draft
from app.cases.drafting import give_consents, set_evidence, start_draft
from app.cases.drafts import LoadedDraft, load_draft
from app.cases.form_state import FormState, form_state
from app.cases.partner_consents import resident_behind
from app.cases.portal import Portal
from app.errors import Conflict, Invalid, NotComplete, PortalError
from app.forms.answers import Answers
from app.forms.corrections import Correction
from app.forms.reading import read_document
from app.identity.principals import PartnerPrincipal
from app.partner_api.form_changes import FormChanged, changed_parts
from app.partner_api.problems import Fault
from app.partner_api.schemas import NewCase
from app.vocabulary.life_event import LifeEvent
from app.wording import Words
from app.workflow.eligibility import blocking, outcome

MOST_FAULTS = 200


class Faulty(Invalid):
    """What was sent needs changing; `faults` say where."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            Words(
                f"发来的内容有 {len(faults)} 处需要修改。",
                f"{len(faults)} things that were sent have to be changed.",
            ),
            Words("请按 errors 逐项修改后再发。", "Mend what errors lists and send it again."),
        )
        self.faults = tuple(faults[:MOST_FAULTS])


class Unfinished(NotComplete):
    """The application cannot be submitted yet; `faults` say what is missing."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            Words(
                f"还缺 {len(faults)} 项，不能提交。",
                f"{len(faults)} things are missing, so it cannot be submitted.",
            ),
            Words(
                "请补上后再提交；也可以用 submit: false 存为草稿，由居民在网站上补全。",
                "Add them and submit again, or send submit: false to keep a draft that the "
                "resident can finish on the portal.",
            ),
        )
        self.faults = tuple(faults[:MOST_FAULTS])


class RegistersAsked(Conflict):
    """A register has yet to answer, and what it says belongs to the application."""

    code = "registers-not-answered"
    retry_after_seconds = 5
    todo = Words(
        "请稍后再提交；GET /api/v1/cases/{number} 可以看到查询状态。",
        "Submit a little later; GET /api/v1/cases/{number} shows how the look-ups stand.",
    )

    def __init__(self) -> None:
        super().__init__(Words("部门共享数据还在查询。", "Shared registers have not answered yet."))


@dataclass(frozen=True, slots=True)
class Application:
    """A draft of an app with everything that follows from it."""

    draft: LoadedDraft
    state: FormState

    @property
    def missing(self) -> tuple[Fault, ...]:
        """What keeps it from being submitted, besides registers that have yet to answer."""
        corrections = [
            *self.state.situation,
            *(found for page in self.state.pages for found in page.corrections),
            *self.state.declarations,
        ]
        papers = [
            Fault(
                pointer=f"/evidence/{paper.id}",
                detail=_PAPER.filled(title=paper.evidence.title.zh).zh,
                detail_en=_PAPER.filled(title=paper.evidence.title.en).en,
            )
            for paper in self.state.open_papers
            if paper.supply != "awaited"
        ]
        return (*(fault_of(found) for found in corrections), *papers)


async def apply(
    session: AsyncSession, portal: Portal, app: PartnerPrincipal, new: NewCase
) -> Application:
    """Keep what an app sent as a draft of the resident behind its reference.

    Raises Faulty where something has to be changed first; then nothing is kept.
    """
    event = portal.catalogue.life_events.get(new.life_event)
    if event is None:
        raise Faulty([_fault("/life_event", _NO_EVENT)])
    resident = await resident_behind(session, new.resident_reference, app.app_id)
    if resident is None:
        raise Faulty([_fault("/resident_reference", _NO_CONSENT)])
    values = _read(portal, event, new)
    number = await start_draft(
        session,
        portal,
        resident,
        event.id,
        values.values,
        _for_whom(values),
        channel="api",
        partner_app=app.app_id,
    )
    draft = await load_draft(session, portal, number, resident)
    draft = await _ask_registers(session, portal, app, draft, new.registers)
    return await _give_evidence(session, portal, Application(draft, form_state(draft)), new)


async def send(
    session: AsyncSession, portal: Portal, app: PartnerPrincipal, application: Application
) -> str:
    """Submit what was kept. Out: the case number.

    Raises FormChanged where a newer edition changed something that nobody can have seen,
    Unfinished, RegistersAsked, Conflict where the law or the guidance says no.
    """
    state = application.state
    changes = changed_parts(portal.catalogue, state)
    if state.has_unseen or (application.draft.has_just_moved and changes):
        raise FormChanged(changes)
    _refuse_what_cannot_be(application.draft.life_event, state.answers)
    if missing := application.missing:
        raise Unfinished(missing)
    if state.awaited or not state.is_ready:
        raise RegistersAsked
    return await submit(
        session,
        portal,
        application.draft,
        state.case,
        application.draft.revision,
        channel="api",
        partner_app=app.app_id,
        actor=app.actor,
    )


async def kept_application(
    session: AsyncSession, portal: Portal, number: str, resident_id: UUID
) -> Application:
    """A draft that an app made before. Raises NotFound."""
    draft = await current_draft(session, portal, number, resident_id)
    return Application(draft, form_state(draft))


def fault_of(correction: Correction, below: str = "/answers") -> Fault:
    """A correction of the form as the interface tells it."""
    pointer = correction.pointer or _pointer(correction)
    return _fault(below + pointer, correction.message)


def _read(portal: Portal, event: LifeEvent, new: NewCase) -> Answers:
    nothing = Answers({}, portal.today())
    reading = read_document(event, new.answers, nothing)
    if reading.corrections:
        raise Faulty([fault_of(correction) for correction in reading.corrections])
    return Answers(reading.values, portal.today())


async def _ask_registers(
    session: AsyncSession,
    portal: Portal,
    app: PartnerPrincipal,
    draft: LoadedDraft,
    registers: Sequence[str],
) -> LoadedDraft:
    if not registers:
        return draft
    askable = {
        ask.register.id: ask.register
        for ask in draft.life_event.asks
        if ask.applies.holds(draft.answers)
    }
    faults = [
        _fault(f"/registers/{place}", _NO_REGISTER)
        for place, register in enumerate(registers)
        if register not in askable
    ]
    if faults:
        raise Faulty(faults)
    agreed = dict.fromkeys(registers, True)
    ticks = [
        tick
        for tick, is_needed in (
            ("sensitive", any(askable[register].sensitive for register in agreed)),
            ("child", any(askable[register].about_child for register in agreed)),
        )
        if is_needed
    ]
    return await give_consents(session, portal, draft, agreed, ticks, channel=app.actor)


async def _give_evidence(
    session: AsyncSession, portal: Portal, application: Application, new: NewCase
) -> Application:
    papers = {paper.id: paper for paper in application.state.papers}
    faults, draft = [], application.draft
    for paper_id, given in new.evidence.items():
        paper = papers.get(paper_id)
        if paper is None or paper.supply != "upload":
            faults.append(_fault(f"/evidence/{paper_id}", _PAPER_NOT_NEEDED))
        elif given.how == "deferred" and paper.defer_until is not None:
            how = {"how": "deferred", "files": [], "due": paper.defer_until.isoformat()}
            draft = await set_evidence(session, portal, draft, paper_id, how)
        elif given.how == "commitment" and paper.commitment:
            how = {"how": "commitment", "files": []}
            draft = await set_evidence(session, portal, draft, paper_id, how)
        else:
            faults.append(_fault(f"/evidence/{paper_id}/how", _NOT_THIS_WAY))
    if faults:
        raise Faulty(faults)
    return Application(draft, form_state(draft)) if new.evidence else application


def _refuse_what_cannot_be(event: LifeEvent, answers: Answers) -> None:
    led_to = outcome(event, answers)
    for guidance in led_to.told:
        if guidance.outcome == "stop":
            raise _NotOnline(guidance.what, guidance.todo)
    for requirement in blocking(event, answers):
        raise _NotEligible(requirement.reason, requirement.change)


class _NotOnline(PortalError):
    """By the guidance answers this cannot be done online."""

    status = 409
    code = "not-online"


class _NotEligible(PortalError):
    """The law says no."""

    status = 409
    code = "not-eligible"


def _for_whom(answers: Answers) -> str:
    chosen = answers.values.get("for_whom")
    return chosen if isinstance(chosen, str) else ""


def _pointer(correction: Correction) -> str:
    if correction.group is None:
        return f"/{correction.question}"
    item = "" if correction.item is None else f"/{correction.item}"
    return f"/{correction.group}{item}/{correction.question}"


def _fault(pointer: str, words: Words) -> Fault:
    return Fault(pointer=pointer, detail=words.zh, detail_en=words.en)


_PAPER = Words("请提供“{title}”。", "Give the paper “{title}”.")
_NO_EVENT = Words("没有这件事，请核对编号。", "There is no such life event; check the id.")
_NO_CONSENT = Words(
    "没有这个授权，或居民已经撤回。请居民在“我的应用”里重新授权。",
    "No consent stands under this reference; ask the resident to give it on “My apps”.",
)
_NO_REGISTER = Words(
    "这件事不查询这个登记库，请去掉。", "This register is not asked here; leave it out."
)
_PAPER_NOT_NEEDED = Words(
    "按现有答案不需要这份材料，请去掉。", "With these answers this paper is not needed."
)
_NOT_THIS_WAY = Words(
    "这份材料不能这样提供，请由居民在网站上传。",
    "This paper cannot be given like this; the resident uploads it on the portal.",
)
