"""Changes a draft: every save is one guarded update, so that nobody overwrites what they never saw.

Reading a draft is in `cases.drafts`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.drafts import KEPT_FOR, LoadedDraft, RegisterView, load_draft, sealed_draft
from app.cases.forgetting import delete_unsent
from app.cases.ids import new_case_number, new_id
from app.cases.job_queue import Job, enqueue
from app.cases.news import News
from app.cases.portal import Portal
from app.errors import Conflict, NotFound, StaleForm
from app.forms.answers import Answer, Answers
from app.vocabulary.life_event import Ask
from app.wording import Words
from app.workflow.editions import marks_of

__all__ = [
    "LoadedDraft",
    "RegisterView",
    "answer_register_verdict",
    "delete_draft",
    "give_consents",
    "load_draft",
    "lookups",
    "save_page",
    "set_evidence",
    "start_draft",
]

CHANGED_MEANWHILE = Words(
    "这份申请刚刚在别处改过，这次没有保存。",
    "This application was changed somewhere else, so this was not saved.",
)
NO_DRAFT_ANY_MORE = Words(
    "这份申请已经提交，不能再修改草稿。",
    "This application was submitted; its draft cannot be changed.",
)


async def start_draft(
    session: AsyncSession,
    portal: Portal,
    resident_id: UUID,
    life_event_id: str,
    answers: Mapping[str, Answer],
    for_whom: str,
    channel: str = "web",
    partner_app: str | None = None,
) -> str:
    """Open a draft with what was answered before; gives its number. One statement.

    Raises NotFound where there is no such life event.
    """
    event = portal.catalogue.life_events.get(life_event_id)
    if event is None:
        raise NotFound
    case_id, number = new_id(), new_case_number()
    now = portal.now()
    await session.execute(
        _START,
        {
            "case_id": case_id,
            "number": number,
            "life_event": event.id,
            "definition": event.version,
            "resident_id": resident_id,
            "channel": channel,
            "partner_app": partner_app,
            "sealed_answers": sealed_draft(portal, case_id, answers),
            "for_whom": for_whom,
            "marks": orjson.dumps(marks_of(event)).decode(),
            "now": now,
            "expires_at": now + KEPT_FOR,
        },
    )
    return number


async def save_page(
    session: AsyncSession,
    portal: Portal,
    draft: LoadedDraft,
    revision: int,
    page_key: str,
    answers: Answers,
    state: str,
    seen: str = "",
) -> LoadedDraft:
    """Keep all `answers` after one page was sent; `state` of the page: "done" or "started".

    `seen` is a question before the form that was looked at again. `revision` is the one that
    whoever changed the answers had read. Raises StaleForm where the draft has been saved since,
    Conflict where it was submitted. One statement.
    """
    pages = {**draft.pages, page_key: state} if page_key else dict(draft.pages)
    guidance = tuple(name for name in draft.news.guidance if name != seen)
    news = replace(draft.news, guidance=guidance)
    return await _save(session, portal, draft, revision, answers=answers, pages=pages, news=news)


async def set_evidence(
    session: AsyncSession,
    portal: Portal,
    draft: LoadedDraft,
    evidence_key: str,
    how: Mapping[str, Any] | None,
) -> LoadedDraft:
    """Say how a piece of evidence is given (`{"how": "deferred", "due": "2026-12-01"}`), or forget.

    Raises StaleForm and Conflict as `save_page`.
    """
    evidence = {key: value for key, value in draft.evidence.items() if key != evidence_key}
    if how is not None:
        evidence[evidence_key] = how
    return await _save(session, portal, draft, draft.revision, evidence=evidence)


async def give_consents(
    session: AsyncSession,
    portal: Portal,
    draft: LoadedDraft,
    agreed: Mapping[str, bool],
    ticked: Sequence[str] = (),
    channel: str = "web",
) -> LoadedDraft:
    """Record for each register (by id) whether it may be asked, and ask those that may.

    `ticked` are the separate consents: "sensitive", "child". A register that has been asked
    already is not asked again; one that is declined now loses what it told. Raises NotFound for a
    register that this draft does not ask, StaleForm and Conflict as `save_page`.
    """
    asks = {ask.register.id: ask for ask in lookups(draft)}
    rows, jobs = [], []
    if not agreed.keys() <= asks.keys():
        raise NotFound
    for register_id, yes in agreed.items():
        register = asks[register_id].register
        before = draft.registers.get(register_id)
        if before and yes and before.state != "declined":
            continue
        state = "consented" if yes else "declined"
        rows.append(
            {
                "register_id": register_id,
                "authority_id": register.authority.id,
                "state": state,
                "consent": str(new_id()),
            }
        )
        if yes:
            jobs.append(Job.register(draft.case_id, register_id, register.authority.id))
    saved = await _save(session, portal, draft, draft.revision)
    await session.execute(
        _CONSENT,
        {
            "case_id": draft.case_id,
            "resident_id": draft.resident_id,
            "text_version": draft.life_event.version,
            "channel": channel,
            "now": portal.now(),
            "rows": orjson.dumps(rows).decode(),
            "ticks": orjson.dumps(
                [{"kind": kind, "id": str(new_id())} for kind in ticked]
            ).decode(),
        },
    )
    await enqueue(session, jobs)
    states = {row["register_id"]: RegisterView(row["register_id"], row["state"]) for row in rows}
    return replace(saved, registers={**saved.registers, **states})


async def answer_register_verdict(
    session: AsyncSession,
    portal: Portal,
    draft: LoadedDraft,
    register_id: str,
    verdict: str,
    note: str = "",
) -> LoadedDraft:
    """Keep what the resident says of a register's facts: "right", or "wrong" and what is.

    It never stops them. Raises NotFound where the register has told nothing.
    """
    view = draft.registers.get(register_id)
    if view is None or view.state != "found":
        raise NotFound
    saved = await _save(session, portal, draft, draft.revision)
    await session.execute(
        _VERDICT,
        {
            "case_id": draft.case_id,
            "register_id": register_id,
            "verdict": verdict,
            "note": portal.cipher.seal(note, f"facts:{draft.case_id}") if note else None,
        },
    )
    changed = replace(view, verdict=verdict, note=note)
    return replace(saved, registers={**saved.registers, register_id: changed})


async def delete_draft(session: AsyncSession, draft: LoadedDraft) -> list[str]:
    """Delete an unsent draft with all that belongs to it; gives the blobs of its papers.

    Raises Conflict where it was submitted meanwhile.
    """
    blobs = list(
        await session.scalars(
            text("SELECT blob FROM evidence_files WHERE case_id = :id"), {"id": draft.case_id}
        )
    )
    if not await delete_unsent(session, draft.case_id):
        raise Conflict(NO_DRAFT_ANY_MORE)
    return blobs


def lookups(draft: LoadedDraft) -> tuple[Ask[Any], ...]:
    """The registers that could answer for this draft, given what was answered."""
    return tuple(ask for ask in draft.life_event.asks if ask.applies.holds(draft.answers))


async def _save(
    session: AsyncSession,
    portal: Portal,
    draft: LoadedDraft,
    revision: int,
    answers: Answers | None = None,
    pages: Mapping[str, str] | None = None,
    evidence: Mapping[str, Mapping[str, Any]] | None = None,
    news: News | None = None,
) -> LoadedDraft:
    """Write what is given over the revision that was read; what is None stays."""
    if not draft.is_open:
        raise Conflict(NO_DRAFT_ANY_MORE)
    now = portal.now()
    saved = replace(
        draft,
        revision=revision + 1,
        answers=draft.answers if answers is None else answers,
        pages=draft.pages if pages is None else pages,
        evidence=draft.evidence if evidence is None else evidence,
        news=draft.news if news is None else news,
        updated_at=now,
        expires_at=now + KEPT_FOR,
    )
    written = await session.execute(
        _SAVE,
        {
            "case_id": draft.case_id,
            "revision": revision,
            "sealed_answers": (
                None if answers is None else sealed_draft(portal, draft.case_id, answers.values)
            ),
            "pages": orjson.dumps(saved.pages).decode(),
            "evidence": orjson.dumps(saved.evidence).decode(),
            "news": orjson.dumps(saved.news.as_kept()).decode(),
            "now": now,
            "expires_at": saved.expires_at,
        },
    )
    if revision != draft.revision or written.first() is None:
        raise StaleForm(CHANGED_MEANWHILE)
    return saved


_START = text("""
    WITH opened AS (
        INSERT INTO cases (id, number, life_event, definition, resident_id, state, channel,
                           partner_app, created_at)
        VALUES (:case_id, :number, :life_event, :definition, :resident_id, 'draft', :channel,
                :partner_app, :now)
        RETURNING id
    )
    INSERT INTO drafts (case_id, sealed_answers, for_whom, marks, updated_at, expires_at)
    SELECT id, :sealed_answers, :for_whom, CAST(:marks AS jsonb), :now, :expires_at FROM opened
""")

_SAVE = text("""
    UPDATE drafts SET
        revision = revision + 1, sealed_answers = coalesce(:sealed_answers, sealed_answers),
        pages = CAST(:pages AS jsonb), evidence = CAST(:evidence AS jsonb),
        news = CAST(:news AS jsonb),
        updated_at = :now, expires_at = :expires_at
    FROM cases
    WHERE case_id = :case_id AND revision = :revision
      AND cases.id = case_id AND cases.state = 'draft'
    RETURNING revision
""")

_CONSENT = text("""
    WITH given_now AS (
        SELECT CAST(:case_id AS uuid) AS case_id, CAST(:resident_id AS uuid) AS resident_id,
               CAST(:text_version AS text) AS text_version, CAST(:channel AS text) AS channel,
               CAST(:now AS timestamptz) AS at
    ), wanted AS (
        SELECT * FROM given_now, jsonb_to_recordset(CAST(:rows AS jsonb)) AS row(
            register_id text, authority_id text, state text, consent uuid)
    ), noted AS (
        INSERT INTO register_answers (case_id, register_id, authority_id, state, due_at)
        SELECT case_id, register_id, authority_id, state,
               CASE WHEN state = 'consented' THEN at END
        FROM wanted
        ON CONFLICT (case_id, register_id) DO UPDATE SET
            state = excluded.state, due_at = excluded.due_at, attempts = 0,
            fence = register_answers.fence + 1, sealed_facts = NULL, answered_at = NULL,
            verdict = NULL, sealed_note = NULL
    ), revoked AS (
        UPDATE consents SET revoked_at = wanted.at
        FROM wanted
        WHERE consents.case_id = wanted.case_id AND kind = 'register'
          AND subject = wanted.register_id
          AND revoked_at IS NULL
    ), given AS (
        INSERT INTO consents (id, resident_id, case_id, kind, subject, text_version, channel,
                              given_at)
        SELECT consent, resident_id, case_id, 'register', register_id, text_version, channel, at
        FROM wanted WHERE state = 'consented'
    )
    INSERT INTO consents (id, resident_id, case_id, kind, subject, text_version, channel, given_at)
    SELECT row.id, resident_id, case_id, row.kind, '', text_version, channel, at
    FROM given_now, jsonb_to_recordset(CAST(:ticks AS jsonb)) AS row(kind text, id uuid)
    WHERE NOT EXISTS (SELECT 1 FROM consents held WHERE held.case_id = given_now.case_id
                      AND held.kind = row.kind AND held.revoked_at IS NULL)
""")

_VERDICT = text("""
    UPDATE register_answers SET verdict = :verdict, sealed_note = :note
    WHERE case_id = :case_id AND register_id = :register_id AND state = 'found'
""")
