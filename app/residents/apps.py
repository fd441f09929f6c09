"""My apps: which third-party apps may act for me, under which reference, and how to end it."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from app.cases.partner_consents import (
    PartnerConsent,
    give_partner_consent,
    partner_consents,
    revoke_partner_consent,
)
from app.database import Transaction
from app.errors import NotFound
from app.identity.partner_keys import registered_apps
from app.identity.people import PartnerPrincipal
from app.identity.principals import SignedInResident
from app.residents.showing import see, show
from app.wording import Words

router = APIRouter(include_in_schema=False)
AppId = Annotated[str, Path(max_length=80)]
PAGE: Final = "/me/apps"

# What a key may do in a resident's name, in plain words; scopes that touch nobody are not told.
PERMISSIONS: Final = {
    "cases:write": Words(
        "代您填写申请、上传材料并提交", "Fill in, add papers to and submit applications for you"
    ),
    "cases:read": Words(
        "查看它代您申请的事办到哪一步（看不到您填写的内容）",
        "See how far the applications it made for you are (not what you filled in)",
    ),
}


@dataclass(frozen=True, slots=True)
class OfferedApp:
    """One app as its card shows it; `consent` is None where it may do nothing."""

    id: str
    name: str
    permissions: tuple[Words, ...]
    consent: PartnerConsent | None


@router.get(PAGE)
async def list_apps(request: Request, visit: SignedInResident, session: Transaction) -> Response:
    """Apps that could act for me and those that may."""
    standing = await partner_consents(session, visit.principal.resident_id)
    by_app = {consent.app_id: consent for consent in standing}
    offered = [
        OfferedApp(app.app_id, app.name, permissions, by_app.get(app.app_id))
        for app in await registered_apps(session)
        if (permissions := permissions_of(app))
    ]
    return show(request, visit, "apps.html", apps=offered)


@router.post(PAGE + "/{app_id}")
async def let_act(app_id: AppId, visit: SignedInResident, session: Transaction) -> Response:
    """Let an app act for me."""
    known = {app.app_id for app in await registered_apps(session) if permissions_of(app)}
    if app_id not in known:
        raise NotFound
    await give_partner_consent(session, visit.principal.resident_id, app_id)
    return see(PAGE)


@router.post(PAGE + "/{app_id}/revoke")
async def let_no_longer(app_id: AppId, visit: SignedInResident, session: Transaction) -> Response:
    """Let it act no longer; an app that is not known any more can be revoked as well."""
    await revoke_partner_consent(session, visit.principal.resident_id, app_id)
    return see(PAGE)


def permissions_of(app: PartnerPrincipal) -> tuple[Words, ...]:
    """What the app's key could do for a resident, in plain words."""
    return tuple(words for scope, words in PERMISSIONS.items() if scope in app.scopes)
