"""What is tried: an item with the place it comes from, before it is proved and chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.study.asking import Asked
from assistant.study.facts import FactKind
from assistant.study.gather import Line
from assistant.study.types import QuizItem
from assistant.types import Citation


@dataclass(frozen=True, slots=True)
class Attempt:
    """An item that is not yet proved.

    Attributes:
        lines: that it asks about.
        worth: how good a question it makes, higher is better.
        sort: what it asks for; a quiz has some of each.
    """

    item: QuizItem
    lines: tuple[Line, ...]
    worth: float
    sort: str


#: What a trainer asks for first: rules and names before bare figures.
_WORTH = {
    FactKind.COUNT: 0.0,
    FactKind.AREA: -0.1,
    FactKind.PERCENT: -0.02,
    FactKind.SHARE: 0.05,
    FactKind.MONEY: 0.0,
    FactKind.DURATION: 0.04,
    FactKind.FREQUENCY: 0.05,
    FactKind.DATE: 0.02,
    FactKind.PERIOD: 0.0,
    FactKind.MONTH: 0.0,
    FactKind.NUMBER: 0.0,
    FactKind.BODY: 0.03,
    FactKind.PERSON: 0.02,
    FactKind.SUBJECT: 0.03,
    FactKind.ROLE: 0.06,
    FactKind.REPLACED: 0.03,
}


def attempt_of(asked: Asked, item: QuizItem) -> Attempt:
    """An attempt that asks for one fact."""
    return Attempt(item, (asked.line,), worth_of(asked), asked.fact.kind.value)


def worth_of(asked: Asked) -> float:
    """How good a question a fact makes: near to the topic, and of a kind that trainers ask for."""
    return asked.line.score + _WORTH[asked.fact.kind]


def citations_of(asked: Asked) -> tuple[Citation, ...]:
    """The line that proves an answer, and the subject where that stands in another part of its sentence."""
    cited = [asked.line.cite()]
    if asked.clause.subject is not None:
        start, _ = asked.line.sentence
        cited.append(asked.line.cite(start, asked.clause.subject[1]))
    return tuple(cited)


def numbered(items: list[QuizItem]) -> tuple[QuizItem, ...]:
    """The items with ids and with markers that are equal for equal spans, in the order of reading."""
    markers: dict[tuple[str, int, int], int] = {}

    def marked(citation: Citation) -> Citation:
        span = (citation.document_id, citation.start, citation.end)
        return replace(citation, marker=markers.setdefault(span, len(markers) + 1))

    return tuple(
        replace(
            item,
            id=item.id or f"q{number}",
            citations=tuple(map(marked, item.citations)),
            pairs=tuple(replace(pair, citation=marked(pair.citation)) for pair in item.pairs),
            steps=tuple(replace(step, citation=marked(step.citation)) for step in item.steps),
        )
        for number, item in enumerate(items, start=1)
    )
