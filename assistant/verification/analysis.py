"""What a text says that can be checked, item by item, and the words each item stands among."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.types import DifferenceKind
from assistant.verification.directions import Direction, find_directions
from assistant.verification.figures import Figure, find_figures
from assistant.verification.moments import Moment, find_moments
from assistant.verification.names import Name, NameKind, find_names
from assistant.verification.references import Reference, find_documents, find_labels
from assistant.verification.times import find_times
from assistant.verification.tokens import Ruler, Token, tokens

Value = Figure | Moment | Reference | Name | Direction


class Sort(StrEnum):
    """What an item is; only items of one sort can take each other's place."""

    FIGURE = "figure"
    MOMENT = "moment"
    DOCUMENT = "document"
    LABEL = "label"
    PERSON = "person"
    PLACE = "place"
    BODY = "body"
    OFFICE = "office"
    NAME = "name"
    DIRECTION = "direction"


KINDS: dict[Sort, DifferenceKind] = {
    Sort.FIGURE: DifferenceKind.NUMBER,
    Sort.MOMENT: DifferenceKind.DATE,
    Sort.DOCUMENT: DifferenceKind.DOCUMENT_NUMBER,
    Sort.LABEL: DifferenceKind.NUMBER,
    Sort.PERSON: DifferenceKind.NAME,
    Sort.PLACE: DifferenceKind.PLACE,
    Sort.BODY: DifferenceKind.NAME,
    Sort.OFFICE: DifferenceKind.NAME,
    Sort.NAME: DifferenceKind.NAME,
    Sort.DIRECTION: DifferenceKind.DIRECTION,
}
_OF_NAMES = {
    NameKind.PERSON: Sort.PERSON,
    NameKind.PLACE: Sort.PLACE,
    NameKind.BODY: Sort.BODY,
    NameKind.OFFICE: Sort.OFFICE,
    NameKind.OTHER: Sort.NAME,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing said at ``text[start:end]``, which stands from ``x`` to ``x_end`` on the text's ruler.

    Attributes:
        key: what makes it a landmark for the other items; "" where it makes none.
    """

    sort: Sort
    start: int
    end: int
    x: float
    x_end: float
    value: Value
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The items and content words of a text, in order."""

    text: str
    english: bool
    items: tuple[Item, ...]
    tokens: tuple[Token, ...]
    ruler: Ruler


@lru_cache(maxsize=4096)
def analysed(text: str, *, english: bool, folded: bool = False) -> Analysis:
    """The analysis of ``text``; the same passages come back with every sentence, so the latest are kept.

    Args:
        folded: words are compared without marks.
    """
    words, ruler = tokens(text, english=english, folded=folded)
    documents = find_documents(text)
    spans = [(reference.start, reference.end) for reference in documents]
    masked = _masked(text, spans)
    moments = find_moments(masked)
    spans += [(moment.start, moment.end) for moment in moments]
    labels = find_labels(_masked(text, spans))
    spans += [(label.start, label.end) for label in labels]
    spans += [(time.start, time.end) for time in find_times(text)]
    figures = find_figures(text, spans, english=english)
    names = find_names(text, english=english)
    items: list[Item] = []

    def add(sort: Sort, start: int, end: int, value: Value, key: str = "") -> None:
        items.append(
            Item(
                sort, start, end, ruler.at(start), ruler.at(max(start, end - 1)), value, text[start:end], key
            )
        )

    for reference in documents:
        add(Sort.DOCUMENT, reference.start, reference.end, reference, f"#{reference.number}")
    for moment in moments:
        value = moment.value
        add(Sort.MOMENT, moment.start, moment.end, value, f"@{value.year}" if value.year else "")
    for label in labels:
        add(Sort.LABEL, label.start, label.end, label, f"&{label.name}{label.number}")
    for figure in figures:
        add(
            Sort.FIGURE,
            figure.start,
            figure.end,
            figure,
            "" if figure.weak else f"={float(figure.values[0]):g}",
        )
    for name in names:
        add(_OF_NAMES[name.kind], name.start, name.end, name)
    for direction in find_directions(text, english=english):
        if not any(start <= direction.start < end for start, end in spans):
            add(Sort.DIRECTION, direction.start, direction.end, direction)
    return Analysis(text, english, tuple(sorted(items, key=lambda item: item.start)), words, ruler)


def _masked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "#" * (end - start) + text[end:]
    return text
