"""Notices which answers somebody looks at, without changing what they see."""

from collections.abc import Iterator, Mapping

from app.forms.answers import Answer, Answers


class Noticing(Mapping[str, Answer]):
    """A mapping of answers that writes down every question id that is asked for."""

    def __init__(self, values: Mapping[str, Answer]) -> None:
        self._values = values
        self.noticed: set[str] = set()

    def __getitem__(self, question: str) -> Answer:
        self.noticed.add(question)
        return self._values[question]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def watched(answers: Answers) -> tuple[Answers, Noticing]:
    """The same answers, and the notes of what is read from them."""
    noticing = Noticing(answers.values)
    return Answers(noticing, answers.today), noticing
