"""A question as a template shows it: which component, its texts, what is typed, what is wrong."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.forms import questions as kinds
from app.forms.corrections import Correction
from app.forms.fields import FIELDS, input_name
from app.forms.identifiers import DOCUMENT_TYPES
from app.forms.questions import Option, Question
from app.residents.explaining import Reason
from app.wording import Words

FEW_OPTIONS = 7
NUMERIC, DECIMAL, PHONE = "numeric", "decimal", "tel"

DOCUMENT_FIELDS = (
    {
        "id": "type",
        "label": Words("证件类型", "Kind of document"),
        "options": tuple(Option(value, label) for value, label in DOCUMENT_TYPES.items()),
    },
    {"id": "number", "label": Words("证件号码", "Number of the document")},
)
ACCOUNT_FIELDS = (
    {"id": "holder", "label": Words("户名", "Account holder")},
    {
        "id": "bank",
        "label": Words("开户银行（写到支行更好）", "Bank, with its branch if you know it"),
    },
    {"id": "number", "label": Words("银行账号", "Account number"), "inputmode": NUMERIC},
)


@dataclass(frozen=True, slots=True)
class Control:
    """One question ready to be drawn. `kind` names the component; `source` says who filled it in.

    `value` is a text, a list of texts, or a mapping of parts; `known` the words of an answer that
    cannot be changed here; `why` the reasons for asking.
    """

    kind: str
    id: str
    label: Words
    hint: Words | None = None
    value: Any = ""
    error: Words | None = None
    wrong: tuple[str, ...] = ()
    optional: bool = False
    source: Words | None = None
    known: str = ""
    options: tuple[Option, ...] = ()
    parts: tuple[Mapping[str, Any], ...] = ()
    look: Mapping[str, Any] = field(default_factory=dict)
    why: tuple[Reason, ...] = ()


def control(
    question: Question,
    typed: Mapping[str, str | list[str]],
    corrections: Iterable[Correction] = (),
    source: Words | None = None,
    known: str = "",
    why: tuple[Reason, ...] = (),
) -> Control:
    """The question with what is `typed` (by input name) and what must be corrected."""
    wrong = [item for item in corrections if item.question == question.id]
    parts = FIELDS[type(question.kind)].parts
    value: Any
    if parts == ("",):
        value = typed.get(question.id, "")
    else:
        value = {part: typed.get(input_name(question.id, part), "") for part in parts}
    kind, more = _component(question.kind)
    return Control(
        kind="known" if known else kind,
        id=question.id,
        label=question.label,
        hint=question.hint,
        value=[value] if kind == "checks" and isinstance(value, str) else value,
        error=wrong[0].message if wrong else None,
        wrong=tuple(
            item.input.removeprefix(f"{question.id}-")
            for item in wrong
            if item.input != question.id
        ),
        optional=question.optional,
        source=source,
        known=known,
        why=why,
        **more,
    )


def _component(kind: kinds.Kind) -> tuple[str, dict[str, Any]]:
    """The component of a kind of question and how it looks."""
    return _COMPONENTS[type(kind)](kind)


def _line(**look: Any) -> Callable[[Any], tuple[str, dict[str, Any]]]:
    return lambda _kind: ("text", {"look": look})


def _text(kind: kinds.Text) -> tuple[str, dict[str, Any]]:
    return ("textarea", {"look": {"longest": kind.longest}}) if kind.lines > 1 else ("text", {})


def _number(kind: kinds.Number) -> tuple[str, dict[str, Any]]:
    mode = DECIMAL if kind.decimals else NUMERIC
    return "text", {"look": {"width": 10, "inputmode": mode, "suffix": kind.unit}}


def _choice(kind: kinds.Choice) -> tuple[str, dict[str, Any]]:
    long = kind.as_list or len(kind.options) > FEW_OPTIONS
    return "list" if long else "choice", {"options": kind.options}


# Any: each is only ever called with the kind under which it stands.
_COMPONENTS: Mapping[type[kinds.Kind], Callable[[Any], tuple[str, dict[str, Any]]]] = {
    kinds.Text: _text,
    kinds.PersonName: _line(spellcheck=False),
    kinds.ResidentId: _line(width=20, spellcheck=False),
    kinds.CreditCode: _line(width=20, spellcheck=False),
    kinds.BirthCertificateNumber: _line(width=20, spellcheck=False),
    kinds.Mobile: _line(width=20, inputmode=PHONE, autocomplete="tel", spellcheck=False),
    kinds.Number: _number,
    kinds.Choice: _choice,
    kinds.Choices: lambda kind: ("checks", {"options": kind.options}),
    kinds.Address: lambda kind: ("address", {"look": {"elsewhere": kind.elsewhere}}),
    kinds.IdentityDocument: lambda _kind: ("parts", {"parts": DOCUMENT_FIELDS}),
    kinds.BankAccount: lambda _kind: ("parts", {"parts": ACCOUNT_FIELDS}),
    kinds.Date: lambda _kind: ("date", {}),
    kinds.Month: lambda _kind: ("month", {}),
    kinds.DateTime: lambda _kind: ("datetime", {}),
    kinds.Tick: lambda _kind: ("tick", {}),
}


def summary(
    corrections: Iterable[Correction], known: Collection[str] = ()
) -> tuple[dict[str, Any], ...]:
    """What the error summary links to: the first wrong input of each question.

    Questions in `known` are shown without inputs; then the link goes to the answer itself.
    """
    seen: dict[str, dict[str, Any]] = {}
    for item in corrections:
        place = item.question if item.question in known else item.input
        seen.setdefault(item.question, {"href": f"#{place}", "message": item.message})
    return tuple(seen.values())
