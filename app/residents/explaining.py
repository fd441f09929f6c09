"""Why something is asked, in words: who needs it, what for, and under which rule."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.vocabulary.requirement import Rule
from app.wording import Words
from app.workflow.uses import Purpose, Use, Uses

_BY_A_SERVICE: Mapping[Purpose, Words] = {
    "request": Words("{who}办理这些事要用：{what}", "{who} needs it for: {what}"),
    "paper": Words("{who}办理这些事要这份材料：{what}", "{who} needs this paper for: {what}"),
    "decision": Words(
        "决定由{who}办理的这些事要不要办、要哪些材料：{what}",
        "It decides whether these services of {who}, or their papers, are needed: {what}",
    ),
    "questions": Words(
        "决定为{who}办理的这些事还要问什么：{what}",
        "It decides what else is asked for these services of {who}: {what}",
    ),
    "declaration": Words(
        "{who}办理这些事要您确认：{what}", "{who} needs your word on it for: {what}"
    ),
}
_FOR_EVERYTHING: Mapping[Purpose, Words] = {
    "look-up": Words("向部门查询要用：{what}", "To look up: {what}"),
    "deadline": Words("计算期限：{what}", "To count the days until this is due: {what}"),
    "reckoning": Words("计算：{what}", "To work out: {what}"),
    "benefit": Words("判断能不能领、领多少：{what}", "To judge these, and how much: {what}"),
    "requirement": Words("核对是否符合规定的条件", "To check what the rules require"),
    "outcome": Words(
        "判断能不能在网上办、办之前要知道什么",
        "To say whether this can be done online and what to know first",
    ),
    "county": Words("决定由哪个县（市、区）办理", "It decides which county handles it"),
    "whom": Words("决定由谁申报、要不要委托", "It decides who applies, and whether for others"),
    "declaration": Words("办理全部事项都要您确认", "Your word on it is needed for everything"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for asking, as it reads, with the rules it follows."""

    words: Words
    rules: tuple[Rule, ...]
    serves_the_whole: bool


def reasons(uses: Uses) -> tuple[Reason, ...]:
    """Why something is asked: a line for each authority and purpose, then what serves the whole."""
    sent = {use.service.id for use in uses if use.service and use.purpose == "request"}
    lines: dict[tuple[str, Purpose], list[Use]] = {}
    for use in uses:
        if use.service is None:
            lines.setdefault(("", use.purpose), []).append(use)
        elif use.purpose == "request" or use.service.id not in sent:
            lines.setdefault((use.service.authority.id, use.purpose), []).append(use)
    found = [_line(purpose, together) for (_, purpose), together in lines.items()]
    return tuple(sorted(found, key=lambda reason: reason.serves_the_whole))


def _line(purpose: Purpose, uses: list[Use]) -> Reason:
    """Uses of one purpose, by services of one authority or by none, in one sentence."""
    service = uses[0].service
    who = service.authority.name if service else Words("", "")
    names = [use.service.title if use.service else use.title for use in uses]
    what = Words(
        "、".join(name.zh for name in names if name), "; ".join(name.en for name in names if name)
    )
    said = (_BY_A_SERVICE if service else _FOR_EVERYTHING)[purpose]
    words = Words(
        said.zh.format(who=who.zh, what=what.zh), said.en.format(who=who.en, what=what.en)
    )
    rules = {rule.id: rule for use in uses for rule in use.rules}
    return Reason(words, tuple(rules.values()), service is None)
