"""Adds officers and partner apps to an installation that has no pages for it."""

from argparse import ArgumentParser
from collections.abc import Sequence

from app.cases.portal import open_portal
from app.catalogue import Catalogue
from app.database import open_database
from app.forms.divisions import county as county_named
from app.identity.registering import SCOPES, keep_app, keep_officer
from app.settings import Settings


class Unknown(Exception):
    """What was asked for cannot be added; the message says why."""


async def officer(settings: Settings, words: Sequence[str]) -> str:
    """Add or change an officer: id, name, authority and, unless city-wide, a county's code."""
    parser = ArgumentParser(prog="python -m app.launch officer")
    parser.add_argument("id", help="what the identity service calls them (sub)")
    parser.add_argument("name")
    parser.add_argument("authority", help="for example public-security")
    parser.add_argument("county", nargs="?", default="", help="six digits; left out: whole city")
    parser.add_argument("--title", default="经办员", help="shown beside the name")
    parser.add_argument("--leave", action="store_true", help="this officer works here no more")
    asked = parser.parse_args(words)
    known = authorities(open_portal(settings).catalogue)
    if asked.authority not in known:
        raise Unknown(f"No authority {asked.authority}. There are: {', '.join(sorted(known))}.")
    if asked.county and county_named(asked.county) is None:
        raise Unknown(f"No county {asked.county}: give its six-digit code, or leave it out.")
    database = open_database(settings, "launch")
    try:
        async with database.transaction() as session:
            await keep_officer(
                session,
                asked.id,
                asked.name,
                asked.authority,
                asked.county,
                asked.title,
                active=not asked.leave,
            )
    finally:
        await database.close()
    return f"{asked.id} {'has left' if asked.leave else 'can sign in at /desk'}."


async def app(settings: Settings, words: Sequence[str]) -> str:
    """Add a partner app, or give it a new key; the key is shown this once."""
    parser = ArgumentParser(prog="python -m app.launch app")
    parser.add_argument("id")
    parser.add_argument("name", help="as residents see it")
    parser.add_argument("scopes", nargs="*", default=SCOPES, help=", ".join(SCOPES))
    asked = parser.parse_args(words)
    if strange := sorted(set(asked.scopes) - set(SCOPES)):
        raise Unknown(f"No scope {', '.join(strange)}. There are: {', '.join(SCOPES)}.")
    database = open_database(settings, "launch")
    try:
        async with database.transaction() as session:
            key = await keep_app(session, asked.id, asked.name, asked.scopes)
    finally:
        await database.close()
    return f"The key of {asked.id}, shown only now: {key}"


def authorities(catalogue: Catalogue) -> frozenset[str]:
    """Ids of the authorities whose services or registers are declared."""
    return frozenset(catalogue.authorities)
