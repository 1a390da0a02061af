"""The documents that questions are about, under any of their names, and places in them by their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.evaluate.facts import Span
from assistant.evaluate.response import Place
from ingest.types import Document

if TYPE_CHECKING:
    from index.library import Library


class Corpus:
    """The documents by every name a facts file, or a system, may mean them by.

    Args:
        ids: name → id.
        load: id → document.
    """

    def __init__(self, ids: Mapping[str, str], load: Callable[[str], Document]) -> None:
        self._ids = dict(ids)
        self._load = lru_cache(maxsize=256)(load)

    @classmethod
    def of_library(cls, library: Library) -> Corpus:
        """The documents of a library."""
        known = {name: entry.id for entry in library.documents() for name in (entry.id, *entry.names)}
        return cls(known, library.document)

    @classmethod
    def of_documents(cls, documents: Iterable[Document]) -> Corpus:
        """Documents held in memory."""
        by_id = {document.id: document for document in documents}
        known = {name: entry.id for entry in by_id.values() for name in (entry.id, *entry.names)}
        return cls(known, by_id.__getitem__)

    def __contains__(self, name: str) -> bool:
        return name in self._ids

    def find(self, name: str) -> Document | None:
        """The document of that name, or ``None``."""
        return self._load(self._ids[name]) if name in self._ids else None

    def id_of(self, name: str) -> str:
        """The id of the document of that name; the name itself where there is none."""
        return self._ids.get(name, name)

    def span(self, place: Place) -> tuple[int, int] | None:
        """Where a place stands in its document: as it says, else where its text stands first."""
        if place.start is not None and place.end is not None:
            return place.start, place.end
        document = self.find(place.document)
        return None if document is None else locate(document.text, place.text)

    def place_of(self, span: Span) -> tuple[int, int] | None:
        """Where a span of a facts file stands; ``None`` where the document does not have it."""
        document = self.find(span.document)
        if document is None:
            return None
        if span.start is not None and span.end is not None:
            return (span.start, span.end) if span.end <= len(document.text) else None
        return locate(document.text, span.quote or "")

    def exact(self, place: Place) -> bool:
        """Whether its text is, character for character, the span of the stored text that it names."""
        document = self.find(place.document)
        if document is None or not place.text:
            return False
        if place.start is None or place.end is None:
            return place.text in document.text
        return document.text[place.start : place.end] == place.text


def locate(text: str, wanted: str) -> tuple[int, int] | None:
    """Where ``wanted`` stands first in ``text``; white space may differ."""
    words = wanted.split()
    if not words:
        return None
    at = text.find(wanted)
    if at >= 0:
        return at, at + len(wanted)
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    return found.span() if found else None
