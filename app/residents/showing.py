"""What every residents' route does at its edges: show a template, send on, read a form."""

from collections.abc import AsyncIterator, Mapping
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from app.identity.large_bodies import refuse_unknown_sender
from app.identity.people import Session, SomeBody
from app.pages import page

# A form says from which wording it was drawn (`workflow.editions.page_mark`): the definition may
# have changed since, and then what was sent has not been looked at.
ASKED = "_asked"
MOST_FIELDS = 300
MOST_FILES = 20

Sent = Mapping[str, str | list[str]]


async def read_form(request: Request) -> AsyncIterator[FormData]:
    """The form that was sent, read before any transaction opens; closed at the end.

    Raises SignInNeeded for a large one of nobody.
    """
    await refuse_unknown_sender(request)
    form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS)
    try:
        yield form
    finally:
        await form.close()


SentForm = Annotated[FormData, Depends(read_form)]
"""A form; stands first among a route's parameters, so that a slow phone holds no connection."""


def texts(form: FormData) -> Sent:
    """The texts of a form by input name; several under one name as a list."""
    found: dict[str, str | list[str]] = {}
    for name in form:
        values = [value for value in form.getlist(name) if isinstance(value, str)]
        if values:
            found[name] = values if len(values) > 1 else values[0]
    return found


def text_of(form: FormData, name: str) -> str:
    """One text of a form; empty where it was not sent."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def show(
    request: Request,
    visit: Session[Any],
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **words: Any,
) -> Response:
    """A page (or a fragment: a file that begins with `_`) for this visit."""
    # Any: a template's words are of every kind.
    return page(
        request,
        f"residents/{template}",
        status=status,
        headers=headers,
        session=visit,
        signed_in_as=visit.signed_in_as,
        **words,
    )


def see(address: str) -> Response:
    """Send the browser on with a GET, so that reloading sends nothing twice."""
    return RedirectResponse(address, 303)


def is_fragment(request: Request) -> bool:
    """Whether a script on our own page asks for a part of it."""
    return "hx-request" in request.headers


AnySession = Session[SomeBody]
