"""What an officer sent about one task: points to mend, reason and rule, checks."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData

from app.cases.outputs import OutputCorrection, OutputNotRight, read_output
from app.caseworkers.posts import text_of
from app.caseworkers.task_words import FREE_POINTS
from app.errors import Invalid
from app.forms.tidying import tidied
from app.vocabulary.public_service import PublicService, SupplementPoint
from app.wording import Words

Service = PublicService[Any, Any]
OUTPUT = "out-"


def plain(form: FormData, name: str) -> str:
    """A typed text, tidied. Raises Invalid for characters that cannot be kept."""
    text = tidied(text_of(form, name), lines=True)
    if isinstance(text, Words):
        raise Invalid(text)
    return text


def points(form: FormData, service: Service) -> tuple[SupplementPoint, ...]:
    """The points to ask for: the ticked phrases as they were edited, then the officer's own."""
    found = []
    ticked = {value for value in form.getlist("point") if isinstance(value, str)}
    for reason in service.supplement_reasons:
        text = plain(form, f"text-{reason.id}")
        if reason.id in ticked:
            found.append(SupplementPoint(text or reason.text.zh, reason.evidence))
    kinds = {kind.id for kind in service.evidence}
    for number in range(1, FREE_POINTS + 1):
        text = plain(form, f"own-{number}")
        kind = text_of(form, f"own-evidence-{number}")
        if text:
            found.append(SupplementPoint(text, kind if kind in kinds else None))
    return tuple(found)


def refusal(form: FormData, service: Service) -> tuple[str, str]:
    """Reason and rule: as typed, else those of the chosen phrase."""
    reason, rule = plain(form, "reason"), plain(form, "rule")
    for phrase in service.refusal_reasons:
        if phrase.id == text_of(form, "phrase"):
            ground = f"{phrase.rule.title.zh}{phrase.rule.reference}" if phrase.rule else ""
            return reason or phrase.text.zh, rule or ground
    return reason, rule


def corrections(form: FormData, service: Service) -> tuple[OutputCorrection, ...]:
    """Everything that has to be mended before this can be granted, at once."""
    ticked = {value for value in form.getlist("check") if isinstance(value, str)}
    is_checked = all(str(number) in ticked for number in range(len(service.checklist)))
    unchecked = () if is_checked else (OutputCorrection("check", CHECK_ALL),)
    try:
        read_output(service.produces.fields, output_values(form))
    except OutputNotRight as wrong:
        return (*unchecked, *wrong.corrections)
    return unchecked


def output_values(form: FormData) -> Mapping[str, str]:
    """What was typed as the result, by field; its inputs are called out-<field>."""
    return {
        name.removeprefix(OUTPUT): text_of(form, name) for name in form if name.startswith(OUTPUT)
    }


def values(form: FormData) -> Mapping[str, str]:
    """Everything typed, by input name, to be shown again."""
    return {name: text_of(form, name) for name in form}


def ticked(form: FormData) -> list[str]:
    """Everything ticked, as "name:value", to be shown again."""
    return [
        f"{name}:{value}"
        for name in ("check", "point")
        for value in form.getlist(name)
        if isinstance(value, str)
    ]


CHECK_ALL = Words(
    "请逐项核对并打勾；有一项不符，就不能准予办理。",
    "Check and tick every point; with one open it cannot be granted.",
)
