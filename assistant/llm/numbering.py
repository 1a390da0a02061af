"""Markers of an answer: the exact places that a statement rests on, numbered as they come up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.citations import cite
from assistant.types import Citation
from ingest.sentences import sentences
from ingest.types import Document, Passage

#: (document id, offset) → the passage that holds it.
PassageAt = Callable[[str, int], Passage | None]


@dataclass(frozen=True, slots=True)
class Place:
    """``document.text[start:end]``, read in ``passage``."""

    document: Document
    passage: Passage
    start: int
    end: int


class Numbering:
    """Gives equal places equal markers, 1, 2, … in the order in which they come up."""

    def __init__(self, passage_at: PassageAt | None = None) -> None:
        self._passage_at = passage_at
        self._numbers: dict[tuple[str, int, int], int] = {}

    def citations(self, places: Iterable[Place]) -> tuple[Citation, ...]:
        """A citation of each place, each once, by marker."""
        found: dict[int, Citation] = {}
        for place in places:
            key = (place.document.id, place.start, place.end)
            marker = self._numbers.setdefault(key, len(self._numbers) + 1)
            found[marker] = cite(
                place.document,
                self._passage(place),
                place.start,
                place.end,
                marker=marker,
                sentence=_sentence(place),
            )
        return tuple(found[marker] for marker in sorted(found))

    def _passage(self, place: Place) -> Passage:
        """The passage in which the place begins, which need not be the one that was read."""
        if place.passage.start <= place.start < place.passage.end or self._passage_at is None:
            return place.passage
        return self._passage_at(place.document.id, place.start) or place.passage


def _sentence(place: Place) -> tuple[int, int]:
    """From the start of the sentence in which the place begins to the end of that in which it ends."""
    text = place.document.text
    line_start = text.rfind("\n", 0, place.start) + 1
    line_end = text.find("\n", place.end - 1 if place.end > place.start else place.end)
    spans = sentences(text, line_start, line_end if line_end >= 0 else None)
    touched = [(start, end) for start, end in spans if start < place.end and place.start < end]
    return (touched[0][0], touched[-1][1]) if touched else (place.start, place.end)


def marked(text: str, citations: Iterable[Citation]) -> str:
    """``text`` with its markers behind it: "… . [1][2]"."""
    markers = "".join(f"[{citation.marker}]" for citation in citations)
    return f"{text} {markers}" if markers else text
