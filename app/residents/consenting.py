"""Consent to the use of data, and checking what departments told."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.cases import drafting
from app.cases.drafts import LoadedDraft, RegisterView
from app.cases.form_state import form_state
from app.cases.portal import ThePortal
from app.database import Transaction
from app.errors import NotFound
from app.identity.people import Session
from app.identity.principals import SignedInResident
from app.residents.at_hand import OpenDraft, unsent
from app.residents.explaining import Reason, reasons
from app.residents.facts import fact_lines, fact_titles
from app.residents.showing import SentForm, is_fragment, see, show, text_of
from app.vocabulary.life_event import Ask
from app.wording import Words
from app.workflow.plan import services_planned
from app.workflow.uses import in_plan, why_looked_up

router = APIRouter(prefix="/drafts/{number}", include_in_schema=False)

YES, NO = "yes", "no"
LONGEST_NOTE = 300
CHOOSE = Words("请选择“同意”或“不同意，我自己填写上传”。", "Choose whether you agree.")
TICK_SENSITIVE = Words(
    "您同意查询敏感信息，请在这里单独勾选；不愿意的，请在上面改选“不同意”。",
    "You agreed to sensitive data: tick here as well, or choose not to agree above.",
)
TICK_CHILD = Words(
    "您同意查询未满14周岁孩子的信息，请在这里单独勾选；不愿意的，请在上面改选“不同意”。",
    "You agreed to data of a child under 14: tick here as well, or choose not to agree above.",
)
SAY_WHAT = Words("请写下哪里不对。", "Say what is wrong.")
TICKS = {"sensitive": TICK_SENSITIVE, "child": TICK_CHILD}


@router.get("/consent")
async def ask_consent(request: Request, visit: SignedInResident, draft: OpenDraft) -> Response:
    """Which registers may be asked, for what, under which rule."""
    asks = drafting.lookups(draft)
    if not asks:
        return see(f"/drafts/{draft.number}")
    return _consent_page(request, visit, draft, _given(draft), _ticked(draft))


@router.post("/consent")
async def give_consent(
    form: SentForm,
    request: Request,
    visit: SignedInResident,
    draft: OpenDraft,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Keep each choice; ask the registers that may be asked."""
    asks = drafting.lookups(draft)
    chosen = {ask.register.id: text_of(form, f"register-{ask.register.id}") for ask in asks}
    ticked = {kind for kind in TICKS if text_of(form, kind) == YES}
    if text_of(form, "_all"):
        chosen = dict.fromkeys(chosen, YES)
        return _consent_page(request, visit, draft, chosen, ticked, is_all_chosen=True)
    wrong = _missing(asks, chosen, ticked)
    if wrong:
        return _consent_page(request, visit, draft, chosen, ticked, wrong)
    agreed = {register: choice == YES for register, choice in chosen.items()}
    needed = _ticks_needed(asks, agreed)
    await drafting.give_consents(session, portal, draft, agreed, sorted(ticked & needed))
    return see(f"/drafts/{draft.number}/{'facts' if any(agreed.values()) else ''}".rstrip("/"))


@router.get("/facts")
async def show_facts(request: Request, visit: SignedInResident, draft: OpenDraft) -> Response:
    """What each register told, or that it is being asked."""
    return _facts_page(request, visit, draft)


@router.get("/facts/{register_id}")
async def show_card(
    request: Request, register_id: str, visit: SignedInResident, draft: OpenDraft
) -> Response:
    """One register's card; it fills itself while the register is being asked."""
    if not is_fragment(request):
        return see(f"/drafts/{draft.number}/facts")
    cards = [card for card in _cards(draft) if card["id"] == register_id]
    if not cards:
        raise NotFound
    words = _facts_words(draft, None)
    return show(request, visit, "_fact_card_alone.html", **{**words, "card": cards[0]})


@router.post("/facts/{register_id}")
async def judge_facts(
    form: SentForm,
    request: Request,
    register_id: str,
    visit: SignedInResident,
    draft: OpenDraft,
    portal: ThePortal,
    session: Transaction,
) -> Response:
    """Right, wrong and what is, or rather filled in by hand."""
    verdict, note = text_of(form, "verdict"), text_of(form, "note").strip()[:LONGEST_NOTE]
    if verdict == "myself":
        await drafting.give_consents(session, portal, draft, {register_id: False})
    elif verdict == "wrong" and not note:
        return _facts_page(request, visit, draft, problem=register_id)
    elif verdict in {"right", "wrong"}:
        note = note if verdict == "wrong" else ""
        await drafting.answer_register_verdict(session, portal, draft, register_id, verdict, note)
    if verdict in {"right", "wrong"} and _all_judged(draft, register_id):
        return see(f"/drafts/{draft.number}")
    return see(f"/drafts/{draft.number}/facts")


@router.post("/facts")
async def all_right(draft: OpenDraft, portal: ThePortal, session: Transaction) -> Response:
    """Everything that was found is right."""
    changed = draft
    for view in draft.registers.values():
        if view.state == "found" and view.verdict is None:
            changed = await drafting.answer_register_verdict(
                session, portal, changed, view.register_id, "right"
            )
    return see(f"/drafts/{draft.number}")


def _all_judged(draft: LoadedDraft, but: str) -> bool:
    return all(
        view.verdict or view.state in {"none", "unavailable", "declined"}
        for view in draft.registers.values()
        if view.register_id != but
    )


def _given(draft: LoadedDraft) -> dict[str, str]:
    return {
        view.register_id: NO if view.state == "declined" else YES
        for view in draft.registers.values()
    }


def _ticked(draft: LoadedDraft) -> set[str]:
    """The separate consents, which were given if a register that needs them was agreed to."""
    agreed = {register: choice == YES for register, choice in _given(draft).items()}
    return _ticks_needed(drafting.lookups(draft), agreed)


def _ticks_needed(asks: tuple[Ask[Any], ...], agreed: dict[str, bool]) -> set[str]:
    """PIPL: sensitive data, and data of children under 14, need a separate consent each."""
    wanted = [ask.register for ask in asks if agreed.get(ask.register.id)]
    needed = {"sensitive"} if any(register.sensitive for register in wanted) else set()
    return needed | ({"child"} if any(register.about_child for register in wanted) else set())


def _missing(
    asks: tuple[Ask[Any], ...], chosen: dict[str, str], ticked: set[str]
) -> dict[str, Words]:
    wrong = {
        f"register-{register}": CHOOSE
        for register, choice in chosen.items()
        if choice not in {YES, NO}
    }
    agreed = {register: choice == YES for register, choice in chosen.items()}
    return wrong | {kind: TICKS[kind] for kind in sorted(_ticks_needed(asks, agreed) - ticked)}


def _consent_page(
    request: Request,
    visit: Session[Any],
    draft: LoadedDraft,
    chosen: dict[str, str],
    ticked: set[str],
    wrong: dict[str, Words] | None = None,
    *,
    is_all_chosen: bool = False,
) -> Response:
    asks = drafting.lookups(draft)
    possible = _ticks_needed(asks, {ask.register.id: True for ask in asks})
    planned = services_planned(draft.life_event, form_state(draft).case)
    return show(
        request,
        visit,
        "consent.html",
        status=422 if wrong else 200,
        draft=draft,
        event=draft.life_event,
        registers=[
            (ask.register, fact_titles(ask.register), _why(draft, planned, ask)) for ask in asks
        ],
        chosen=chosen,
        ticked=ticked,
        possible=possible,
        wrong=wrong or {},
        is_all_chosen=is_all_chosen,
        errors=tuple({"href": f"#{name}", "message": text} for name, text in (wrong or {}).items()),
        unsent=unsent(draft),
    )


def _why(draft: LoadedDraft, planned: frozenset[str], ask: Ask[Any]) -> tuple[Reason, ...]:
    """Which services of this draft are served by what a register tells."""
    return reasons(in_plan(why_looked_up(draft.life_event, ask.register.id), planned))


def _facts_page(
    request: Request, visit: Session[Any], draft: LoadedDraft, problem: str | None = None
) -> Response:
    status = 422 if problem else 200
    return show(request, visit, "facts.html", status=status, **_facts_words(draft, problem))


def _facts_words(draft: LoadedDraft, problem: str | None) -> dict[str, Any]:
    cards = _cards(draft)
    return {
        "draft": draft,
        "event": draft.life_event,
        "cards": cards,
        "problem": problem,
        "problem_words": SAY_WHAT,
        "errors": ({"href": f"#note-{problem}", "message": SAY_WHAT},) if problem else (),
        "is_waiting": any(card["view"].is_pending for card in cards),
        "unjudged": [c for c in cards if c["view"].state == "found" and not c["view"].verdict],
        "unsent": unsent(draft),
    }


def _cards(draft: LoadedDraft) -> list[dict[str, Any]]:
    cards = []
    for ask in drafting.lookups(draft):
        view = draft.registers.get(ask.register.id)
        if view is None:
            continue
        cards.append(_card(draft, ask, view))
    return cards


def _card(draft: LoadedDraft, ask: Ask[Any], view: RegisterView) -> dict[str, Any]:
    return {
        "id": ask.register.id,
        "register": ask.register,
        "view": view,
        "lines": fact_lines(ask.register, view.facts, draft.life_event.questions),
    }
