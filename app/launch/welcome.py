"""Tells the person who started the portal where to go and who to be."""

from app.settings import Settings


def welcome(settings: Settings) -> str:
    """What is printed when everything runs."""
    lines = [f"一件事 · The portal is open: {settings.base_url}"]
    if settings.is_demo:
        lines += [f"沙箱 · The departments' sandbox: {settings.sandbox_base_url}"]
    lines += ["Ctrl-C 停止 · stops everything; make run starts it again where it was."]
    width = max(len(line) for line in lines)
    rule = "─" * width
    return "\n".join(["", rule, *lines, rule, ""])
