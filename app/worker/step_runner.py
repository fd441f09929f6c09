"""One job: claim, call, record, and no transaction open while a department thinks."""

import time
from dataclasses import dataclass
from uuid import UUID

from app.cases.fulfilment import ClaimedStep, claim_step, record
from app.cases.inbox_handling import handle_message
from app.cases.portal import Portal
from app.cases.registers import ClaimedLookUp, claim_look_up, record_look_up
from app.database import Database
from app.integration.department_client import DepartmentClients, Found, NothingHeld
from app.telemetry import correlated, department_answered, log, step_ended
from app.vocabulary.public_service import Delivery, Unavailable

LOG = log(__name__)


@dataclass(frozen=True, slots=True)
class StepRunner:
    """Does the jobs of one worker. Every job may be run twice or late without harm."""

    portal: Portal
    database: Database
    clients: DepartmentClients

    async def run(self, payload: tuple[str, ...]) -> None:
        """Do what the ids of a job say; what they name may be gone or done already."""
        match payload:
            case ("step", step_id):
                await self.step(UUID(step_id))
            case ("register", case_id, register_id):
                await self.look_up(UUID(case_id), register_id)
            case (sender, message_id):
                await self.message(sender, message_id)
            case _:
                LOG.error("job.unknown")

    async def step(self, step_id: UUID) -> None:
        """Call the department of one step, if the step is due."""
        async with self.database.statement() as session:
            claimed = await claim_step(session, self.portal, step_id)
        if claimed is None:
            return
        with correlated(claimed.errand.correlation):
            started = time.perf_counter()
            delivery = await self._deliver(claimed)
            department_answered(claimed.authority_id, time.perf_counter() - started)
            async with self.database.transaction() as session:
                ours = await record(session, self.portal, claimed, delivery)
            outcome = type(delivery).__name__.lower() if ours else "too-late"
            step_ended(claimed.service_id, outcome)
            LOG.info(
                "step.called",
                step=str(claimed.id),
                service=claimed.service_id,
                authority=claimed.authority_id,
                attempt=claimed.attempts,
                outcome=outcome,
            )

    async def _deliver(self, claimed: ClaimedStep) -> Delivery:
        """The department's answer; a request that cannot be built is a matter for a person.

        So is a step of an edition that is gone: what a newer one would send was never submitted. So
        is a step that was claimed more often than it may be tried: whoever claimed it died of
        it each time.
        """
        if claimed.attempts > len(self.portal.settings.retry_seconds) + 1:
            return Unavailable("tried too often without coming to an end", permanent=True)
        if claimed.step is None:
            # While a newer version goes out, its own workers will take the step.
            LOG.warning("edition.missing", service=claimed.service_id)
            why = "the case's edition is not declared here"
            return Unavailable(why, permanent=not claimed.is_ahead)
        service = self.portal.catalogue.services[claimed.service_id]
        try:
            request = claimed.step.request(claimed.case_file)
        except (ValueError, KeyError, TypeError) as error:
            LOG.warning("request.unbuildable", service=service.id, reason=type(error).__name__)
            return Unavailable("the request could not be built from the case", permanent=True)
        return await self.clients.deliver(service, request, claimed.errand)

    async def look_up(self, case_id: UUID, register_id: str) -> None:
        """Ask one shared register for a draft, if that is due."""
        async with self.database.transaction() as session:
            claimed = await claim_look_up(session, self.portal, case_id, register_id)
        if claimed is None:
            return
        with correlated(claimed.errand.correlation):
            answer = await self._ask(claimed)
            async with self.database.transaction() as session:
                await record_look_up(session, self.portal, claimed, answer)
            LOG.info("register.asked", register=register_id, outcome=type(answer).__name__.lower())

    async def _ask(self, claimed: ClaimedLookUp) -> Found | NothingHeld | Unavailable:
        try:
            request = claimed.ask.request(claimed.case_file)
        except (ValueError, KeyError, TypeError) as error:
            reason = type(error).__name__
            LOG.warning("request.unbuildable", register=claimed.ask.register.id, reason=reason)
            return Unavailable("the question could not be built from the draft", permanent=True)
        return await self.clients.look_up(claimed.ask.register, request, claimed.errand)

    async def message(self, sender: str, message_id: str) -> None:
        """Make something of one message in the inbox."""
        async with self.database.transaction() as session:
            outcome = await handle_message(session, self.portal, sender, message_id)
        LOG.info("message.handled", authority=sender, outcome=outcome)
