"""Signing in as a demo person; only in demo mode, and only from this machine."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request

from app.cases.portal import Portal
from app.demo_city import RESIDENTS, DemoOfficer
from app.errors import NotFound
from app.identity.sign_in import PLACES, Identified, Pending, SignInFailed
from app.settings import is_loopback
from app.vocabulary.case_file import Person
from app.wording import Words


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """The provider of demo mode: its page is a list of people, and nobody needs a password."""

    officers: tuple[DemoOfficer, ...] = ()

    async def address(self, pending: Pending) -> str:
        """Our own page with the list."""
        return f"{PLACES[pending.kind]}?{urlencode({'next': pending.next_path})}"

    async def identify(self, sent: Mapping[str, str], pending: Pending) -> Identified:
        """The demo person chosen as `who`. Raises SignInFailed for anybody else."""
        who = sent.get("who", "")
        if pending.kind == "officer" and any(officer.id == who for officer in self.officers):
            return Identified(officer_id=who)
        if pending.kind == "resident":
            for resident in RESIDENTS:
                if resident.id == who:
                    person = Person(resident.name, resident.id_number, resident.mobile)
                    return Identified(person=person)
        raise SignInFailed(
            Words("请从名单里选一位演示人物。", "Choose one of the demo people in the list.")
        )


def demo_only(request: Request, portal: Portal) -> None:
    """Raises NotFound outside demo mode and for anybody who is not on this machine.

    The name in the address must be ours as well: another site may make its own name lead to this
    machine (DNS rebinding), and its page would then be of the same origin as ours.
    """
    from_here = request.client is None or is_loopback(request.client.host)
    called = request.url.hostname or ""
    by_our_name = is_loopback(called) or called == urlsplit(portal.settings.base_url).hostname
    is_demo_here = portal.settings.is_demo and is_loopback(portal.settings.host)
    if not (is_demo_here and from_here and by_our_name):
        raise NotFound
