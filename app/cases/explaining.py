"""Why a grant changed, in words that stay readable when rules and values have moved on."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.vocabulary.benefit import Used
from app.vocabulary.requirement import TO_BE_CONFIRMED, Rule
from app.wording import Words
from app.workflow.reckoning import Rates, Reckoned, Standing

Explanation = dict[str, Any]


def explain(
    cause: str, rules: Sequence[Rule], was: Rates, reckoned: Reckoned | None, after: Standing
) -> Explanation:
    """Cause, rule, and every value with its day and source; `was` are the values before.

    Nothing in it is about a person.
    """
    return {
        "cause": ":".join(cause.split(":")[:2]),
        "rule": _rule(rules[0]) if rules else None,
        "values": [value_of(one, was) for one in reckoned.used] if reckoned else [],
        "promised": reckoned is None or reckoned.promised or after.to_confirm is None,
        "to_confirm": after.to_confirm is not None,
        "ends": after.state == "stopped",
        "from": first_day(was, reckoned),
    }


def first_day(was: Rates, reckoned: Reckoned | None) -> str | None:
    """Since when the newest of the changed values is in force; None where no value changed."""
    rates = reckoned.rates if reckoned else {}
    days = [
        rate["from"]
        for name, rate in rates.items()
        if rate["from"] and rate != was.get(name, {}) and name in was
    ]
    return max(days, default=None)


def _rule(rule: Rule) -> Explanation:
    return {
        "title": _words(rule.title),
        "reference": rule.reference,
        "confirmed": rule.confirmed,
    }


def value_of(used: Used, was: Rates) -> Explanation:
    """A value in words, with what it was before if that was another."""
    amount = used.amount
    known = was.get(used.parameter.id)
    now = str(amount.value) if amount else None
    return {
        "parameter": used.parameter.id,
        "title": _words(used.parameter.title),
        "value": now,
        "was": known["value"] if known and known["value"] != now else None,
        "unit": _words(amount.unit) if amount else None,
        "from": amount.from_day.isoformat() if amount else None,
        "source": amount.source if amount else "",
        "confirmed": used.confirmed,
    }


def _words(words: Words) -> list[str]:
    return [words.zh, words.en]


def words_of(kept: Sequence[str] | None) -> Words:
    """Words as they were kept in an explanation."""
    return Words(*kept) if kept else Words("", "")


def changed_values(explanation: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The values that were others before."""
    return [value for value in explanation.get("values", []) if value["was"] is not None]


def value_words(value: Mapping[str, Any]) -> Words:
    """One value with its day and source; what it was before where it changed."""
    title, unit = words_of(value["title"]), words_of(value["unit"])
    if value["value"] is None:
        return Words(
            f"{title.zh}：{TO_BE_CONFIRMED.zh}", f"{title.en}: {TO_BE_CONFIRMED.en.lower()}"
        )
    was_zh = f"原{value['was']}，现" if value["was"] else ""
    was_en = f"was {value['was']}, now " if value["was"] else ""
    unsure = "" if value["confirmed"] else f"；{TO_BE_CONFIRMED.zh}"
    unsure_en = "" if value["confirmed"] else f"; {TO_BE_CONFIRMED.en.lower()}"
    day, source = value["from"], value["source"]
    return Words(
        f"{title.zh}：{was_zh}{value['value']}{unit.zh}（{day}起；来源：{source}{unsure}）",
        f"{title.en}: {was_en}{value['value']} {unit.en} (from {day}; source: {source}{unsure_en})",
    )
