"""Words shown to people, always in Chinese and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One text in plain words, Chinese first.

    Both are shown as they stand: no markup, no personal data.
    """

    zh: str
    en: str

    def filled(self, **values: object) -> "Words":
        """The same text with its `{name}` places filled in."""
        return Words(self.zh.format(**values), self.en.format(**values))

    def in_language(self, language: str) -> str:
        """The text in `language` ("zh" or "en"); Chinese where there is no English."""
        return (self.en or self.zh) if language == "en" else self.zh
