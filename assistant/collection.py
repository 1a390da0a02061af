"""The documents of a library as a list to look through, and counted for pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from index.records import DocumentSummary as DocumentSummary
from ingest.numbers import fold


class Order(StrEnum):
    """How a list of documents is sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    NUMBER = "number"
    KIND = "kind"
    PLACE = "place"
    LOADED = "loaded"
    PASSAGES = "passages"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which documents are wanted. Empty fields do not restrict; ``year`` 0 is any.

    Attributes:
        text: words that all stand in title, number, issuer, place or file name; diacritics do not matter.
    """

    text: str = ""
    kind: str = ""
    place: str = ""
    year: int = 0
    order: Order = Order.NEWEST


def listed(documents: Iterable[DocumentSummary], wish: Wish) -> list[DocumentSummary]:
    """The documents that ``wish`` asks for, in its order; those without the sorted value last."""
    words = fold(wish.text).split()

    def holds(entry: DocumentSummary) -> bool:
        if wish.kind and entry.kind.value != wish.kind:
            return False
        if wish.place and entry.province != wish.place:
            return False
        if wish.year and (entry.issued_on is None or entry.issued_on.year != wish.year):
            return False
        parts = (entry.title, entry.number, entry.issuer, entry.province, *entry.names)
        text = fold(" ".join(filter(None, parts))) if words else ""
        return all(word in text for word in words)

    found = sorted((entry for entry in documents if holds(entry)), key=lambda entry: fold(entry.title))
    value, falling = _ORDERS[wish.order]
    having = [entry for entry in found if value(entry) is not None]
    lacking = [entry for entry in found if value(entry) is None]
    return sorted(having, key=value, reverse=falling) + lacking


_ORDERS: dict[Order, tuple[Callable[[DocumentSummary], Any], bool]] = {
    Order.NEWEST: (lambda entry: entry.issued_on, True),
    Order.OLDEST: (lambda entry: entry.issued_on, False),
    Order.TITLE: (lambda entry: fold(entry.title), False),
    Order.NUMBER: (lambda entry: fold(entry.number) if entry.number else None, False),
    Order.KIND: (lambda entry: fold(entry.kind.value), False),
    Order.PLACE: (lambda entry: fold(entry.province) if entry.province else None, False),
    Order.LOADED: (lambda entry: entry.ingested_at, True),
    Order.PASSAGES: (lambda entry: entry.passages, True),
}


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage that saved answers cite: how many of them do, and its text."""

    passage_id: str
    document_id: str
    title: str
    text: str
    times: int


@dataclass(frozen=True, slots=True)
class Pictures:
    """Documents counted; ``None`` stands for those that give no year or place.

    Attributes:
        years: ascending, the ones without a year last; ``kinds``, ``places``: the most frequent first.
    """

    documents: int
    passages: int
    years: tuple[tuple[int | None, int], ...]
    kinds: tuple[tuple[str, int], ...]
    places: tuple[tuple[str | None, int], ...]
    cited: tuple[CitedPassage, ...] = ()


def pictures(documents: Sequence[DocumentSummary], cited: Iterable[CitedPassage] = ()) -> Pictures:
    """Count the documents of a library."""
    years = Counter(entry.issued_on.year if entry.issued_on else None for entry in documents)
    return Pictures(
        documents=len(documents),
        passages=sum(entry.passages for entry in documents),
        years=tuple(sorted(years.items(), key=lambda entry: (entry[0] is None, entry[0] or 0))),
        kinds=tuple(Counter(entry.kind.value for entry in documents).most_common()),
        places=tuple(Counter(entry.province for entry in documents).most_common()),
        cited=tuple(cited),
    )
