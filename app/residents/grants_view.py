"""What was granted and goes on, as its case tells it: how much, since when, why it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.cases.explaining import changed_values, value_words, words_of
from app.cases.grant_views import ChangeView, GrantView
from app.catalogue import Catalogue
from app.residents.when import short_moment
from app.vocabulary.benefit import Benefit
from app.vocabulary.requirement import TO_BE_CONFIRMED
from app.wording import Words

NOT_PAID_OUT = Words("不直接发给个人", "not paid out to the person")
STATES: Mapping[str, Words] = {
    "running": Words("发放中", "Running"),
    "in-question": Words("工作人员正在核对", "Being checked by staff"),
    "stopped": Words("已停发", "Stopped"),
}
LOOKS: Mapping[str, str] = {"running": "green", "in-question": "yellow", "stopped": "grey"}
CHECKED = Words(
    "核对完以前照原来的发放，不用您操作。",
    "Until that is done it goes on as before; nothing for you to do.",
)
MONTHLY = Words("每月例行核对", "The monthly check")
BY_STAFF = Words("工作人员重新核对", "A check by staff")
BY_VALUE = Words("标准变化", "A changed value")


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: when, from what to what, since when, why, by which values and rule."""

    when: Words
    what: Words
    since: Words | None
    because: Words
    values: tuple[Words, ...]
    rule: Words | None


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One grant as the page shows it."""

    title: Words
    state: Words
    look: str
    amount: Words | None
    since: date
    to_confirm: Words | None
    note: Words | None
    changes: tuple[ChangeLine, ...]


def grant_lines(catalogue: Catalogue, grants: Sequence[GrantView]) -> tuple[GrantLine, ...]:
    """Every grant of a case whose benefit is still known."""
    return tuple(
        _line(catalogue, catalogue.benefits[grant.benefit_id], grant)
        for grant in grants
        if grant.benefit_id in catalogue.benefits
    )


def _line(catalogue: Catalogue, benefit: Benefit, grant: GrantView) -> GrantLine:
    return GrantLine(
        title=benefit.title,
        state=STATES[grant.state],
        look=LOOKS[grant.state],
        amount=None if grant.state == "stopped" else _paid(benefit, grant.amount),
        since=grant.since,
        to_confirm=_to_confirm(benefit, grant),
        note=CHECKED if grant.state == "in-question" else None,
        changes=tuple(_change(catalogue, benefit, grant, one) for one in grant.changes),
    )


def _paid(benefit: Benefit, amount: Decimal | None) -> Words:
    return NOT_PAID_OUT if amount is None else _money(benefit, amount)


def _money(benefit: Benefit, amount: Decimal) -> Words:
    """312.30 元/月."""
    return Words(f"{amount:,.2f}{benefit.unit.zh}", f"{amount:,.2f} {benefit.unit.en}")


def _to_confirm(benefit: Benefit, grant: GrantView) -> Words | None:
    """What it would be by a value that nobody has confirmed: told, never promised."""
    if grant.to_confirm is None:
        return None
    would = _money(benefit, grant.to_confirm)
    return Words(
        f"按新的标准参考为{would.zh}，{TO_BE_CONFIRMED.zh}；确认以前照原来的发放。",
        f"By the new value it would be {would.en}: {TO_BE_CONFIRMED.en.lower()}; until then it is "
        "paid as before.",
    )


def _change(
    catalogue: Catalogue, benefit: Benefit, grant: GrantView, change: ChangeView
) -> ChangeLine:
    told = change.explanation
    rule = told.get("rule")
    since = told.get("from")
    return ChangeLine(
        when=short_moment(change.at),
        what=_what(benefit, change),
        since=Words(f"从{since}起", f"from {since}") if since else None,
        because=_because(catalogue, benefit, grant, told),
        values=tuple(value_words(value) for value in told.get("values", [])),
        rule=_rule(rule) if rule else None,
    )


def _what(benefit: Benefit, change: ChangeView) -> Words:
    """From what to what; an amount that is not confirmed says so."""
    told = change.explanation
    if told.get("ends"):
        return Words("停发", "Stopped")
    if change.before == change.after or change.after is None:
        return Words("重新核对，金额不变", "Checked again, the amount stays")
    after = _money(benefit, change.after)
    before = _paid(benefit, change.before)
    unsure = told.get("to_confirm")
    return Words(
        f"{before.zh} → {after.zh}" + (f"（{TO_BE_CONFIRMED.zh}）" if unsure else ""),
        f"{before.en} → {after.en}" + (f" ({TO_BE_CONFIRMED.en.lower()})" if unsure else ""),
    )


def _because(
    catalogue: Catalogue, benefit: Benefit, grant: GrantView, told: Mapping[str, Any]
) -> Words:
    """The value that changed; else the need that is not met any more; else what set it off."""
    changed = changed_values(told)
    if changed:
        titles = [words_of(value["title"]) for value in changed]
        return Words(
            "、".join(title.zh for title in titles) + "变了",
            ", ".join(title.en for title in titles) + ": a new value",
        )
    unmet = {need.id: need.otherwise for need in benefit.needs}
    if told.get("ends") and grant.why in unmet:
        return unmet[grant.why]
    kind, _, name = str(told.get("cause", "")).partition(":")
    service = catalogue.services.get(name)
    if kind == "service" and service is not None:
        return _result_of(service.title)
    return {"month": MONTHLY, "desk": BY_STAFF}.get(kind, BY_VALUE)


def _result_of(title: Words) -> Words:
    return Words(f"“{title.zh}”的结果", f"The result of “{title.en}”")


def _rule(rule: Mapping[str, Any]) -> Words:
    title = words_of(rule["title"])
    unsure = "" if rule["confirmed"] else f"（{TO_BE_CONFIRMED.zh}）"
    unsure_en = "" if rule["confirmed"] else f" ({TO_BE_CONFIRMED.en.lower()})"
    return Words(
        f"{title.zh}，{rule['reference']}{unsure}", f"{title.en}, {rule['reference']}{unsure_en}"
    )
