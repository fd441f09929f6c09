"""Says before the portal opens which superseded editions cases run under, and which are missing."""

from collections.abc import Mapping

from app.cases.editions_in_use import editions_in_use
from app.catalogue import Catalogue, load
from app.database import open_database
from app.settings import Settings


async def note(settings: Settings) -> str:
    """What whoever starts or brings a new version up to date has to know; empty if nothing."""
    database = open_database(settings, "editions")
    try:
        async with database.transaction() as session:
            return sentences(load(), await editions_in_use(session))
    finally:
        await database.close()


def sentences(catalogue: Catalogue, in_use: Mapping[tuple[str, str], int]) -> str:
    """One sentence for what is needed, one for what is missing."""
    superseded, missing = [], []
    for (event_id, version), cases in in_use.items():
        told = f"{event_id} {version} ({cases})"
        event = catalogue.edition(event_id, version)
        if event is None:
            missing.append(told)
        elif event.superseded:
            superseded.append(told)
    found = []
    if superseded:
        found.append(
            f"Cases still run under superseded editions, keep them: {_listed(superseded)}."
        )
    if missing:
        found.append(
            f"Cases run under editions that app/lifeevents does not declare: {_listed(missing)}. "
            "Their next steps go to staff; declare the editions again, as superseded, and they go "
            "on by themselves."
        )
    return "\n".join(found)


def _listed(told: list[str]) -> str:
    return ", ".join(told)
