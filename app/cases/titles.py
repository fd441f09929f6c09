"""Titles of what rows name by id; the id itself where the catalogue does not know it any more."""

from app.cases.portal import Portal
from app.wording import Words


def life_event_title(portal: Portal, life_event: str, definition: str = "") -> Words:
    """The title of a life event, as the edition `definition` of a case has it."""
    event = portal.catalogue.in_words_of(life_event, definition)
    return event.title if event else Words(life_event, life_event)


def service_title(portal: Portal, service_id: str) -> Words:
    """The title of a service."""
    service = portal.catalogue.services.get(service_id)
    return service.title if service else Words(service_id, service_id)


def authority_name(portal: Portal, authority_id: str) -> Words:
    """The name of an authority."""
    authority = portal.catalogue.authorities.get(authority_id)
    return authority.name if authority else Words(authority_id, authority_id)
