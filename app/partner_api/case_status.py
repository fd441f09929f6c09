"""How a case reads for an app: states and days, nothing that anybody wrote."""

from collections.abc import Sequence
from typing import Literal, cast

from app.cases.case_store import EntryView, Progress, StepView
from app.cases.partner_cases import AppCase
from app.cases.portal import Portal
from app.partner_api.applications import Application
from app.partner_api.form_changes import changed_parts
from app.partner_api.life_events import authority_of
from app.partner_api.schemas import (
    CaseLine,
    CaseStatus,
    InBoth,
    RegisterStatus,
    StepStatus,
    SupplementDue,
    Timeline,
    TimelineEntry,
)
from app.vocabulary.case_states import (
    CASE_WORDS,
    EXCLUDED_CODE,
    EXCLUDED_WORDS,
    STATUS_CODES,
    STEP_WORDS,
    StepState,
)

_UNDER_WAY = frozenset({StepState.READY, StepState.WITH_DEPARTMENT, StepState.AT_DESK})
Actor = Literal["resident", "officer", "department", "app", "portal"]
RegisterState = Literal["consented", "asked", "found", "none", "unavailable", "declined"]


def line_of(case: AppCase) -> CaseLine:
    """A case as the list shows it."""
    return CaseLine(
        number=case.number,
        life_event=case.life_event,
        state=case.state.value,
        state_words=InBoth.of(CASE_WORDS[case.state]),
        version=case.version,
        created_at=case.created_at,
        submitted_at=case.submitted_at,
        promised_on=case.promised_on,
        closed_at=case.closed_at,
    )


def status_of_case(portal: Portal, case: AppCase, progress: Progress) -> CaseStatus:
    """A submitted case with its steps."""
    return CaseStatus(
        **line_of(case).model_dump(),
        url=f"{portal.settings.base_url}/cases/{case.number}",
        definition=progress.definition,
        withdrawal_asked=progress.withdrawal_asked,
        steps=[_step(portal, step) for step in progress.steps],
        supplements=[
            SupplementDue(step=asked.step_key, due_on=asked.due_on)
            for asked in progress.supplements
        ],
        missing=[],
        changes=[],
        registers=[],
    )


def status_of_draft(portal: Portal, case: AppCase, application: Application) -> CaseStatus:
    """A draft with what keeps it from being submitted."""
    return CaseStatus(
        **line_of(case).model_dump(),
        url=f"{portal.settings.base_url}/drafts/{case.number}",
        definition=application.draft.definition,
        withdrawal_asked=False,
        steps=[],
        supplements=[],
        missing=list(application.missing),
        changes=changed_parts(portal.catalogue, application.state),
        registers=[
            RegisterStatus(id=view.register_id, state=cast("RegisterState", view.state))
            for view in application.draft.registers.values()
        ],
    )


def timeline_of(entries: Sequence[EntryView], after: int, limit: int) -> Timeline:
    """The entries after `after`, at most `limit`."""
    later = [entry for entry in entries if entry.seq > after]
    page = later[:limit]
    return Timeline(
        entries=[
            TimelineEntry(
                seq=entry.seq,
                at=entry.at,
                kind=entry.kind,
                step=entry.step_key,
                by=cast("Actor", entry.actor.partition(":")[0]),
                state=entry.detail.get("to"),
            )
            for entry in page
        ],
        next=page[-1].seq if len(later) > limit else None,
    )


def _step(portal: Portal, step: StepView) -> StepStatus:
    service = portal.catalogue.services[step.service_id]
    excluded = service.excluded is not None and step.state in _UNDER_WAY
    words = EXCLUDED_WORDS if excluded else STEP_WORDS[step.state]
    return StepStatus(
        key=step.key,
        service=service.id,
        title=InBoth.of(service.title),
        authority=authority_of(service.authority),
        state=step.state.value,
        state_words=InBoth.of(words),
        status_code=EXCLUDED_CODE if excluded else STATUS_CODES[step.state],
        paused=excluded or step.paused_at is not None,
        reference=step.reference,
        promised_on=step.promised_on,
        statutory_on=step.statutory_on,
        promised_at=step.promised_at,
        ended_at=step.ended_at,
    )
