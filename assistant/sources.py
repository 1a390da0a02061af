"""What a source viewer shows: the text around a place, the span there, the page, the original file.

A place is two offsets into the stored text. Nothing is ever searched for.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from assistant import originals
from assistant.errors import NoSuchPlace, OriginalChanged, OriginalMissing
from assistant.originals import Original, OriginalState
from assistant.page_pictures import PagePictures
from assistant.source_blocks import TextBlock, blocks_of, whole_pages, window
from assistant.types import Notice
from assistant.validity import Validity
from index.library import Library
from ingest.page_boxes import Box, boxes_of
from ingest.page_view import DRAWN_SUFFIXES
from ingest.types import Document, Page

#: Characters sent at first on each side of a place, and with each request for more. A document of
#: ordinary length comes whole.
AROUND = 100_000
#: Documents whose blocks are kept in memory.
_KEPT = 8
_CHECK_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Characters ``start`` to ``end`` of a document's text.

    Attributes:
        check: ``check_of`` the words that stood there when the place was noted; empty trusts the offsets.
    """

    document_id: str
    start: int
    end: int
    check: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """A document as the viewer shows it around a place.

    Attributes:
        blocks: of the text, those near the place; ``first`` is the index of the first of them among
            all ``total`` blocks.
        span: start and end of what is to be marked, ``None`` where the document has changed since the
            place was noted.
        pages: page number → the page, for paged documents.
        drawn: whether pictures of its pages can be asked for.
        notices: what later documents did to this one.
        original: the file it was read from, ``None`` where the catalogue lists none.
    """

    document: Document
    blocks: tuple[TextBlock, ...]
    first: int
    total: int
    span: tuple[int, int] | None
    pages: Mapping[int, Page] = field(default_factory=dict)
    drawn: bool = False
    notices: tuple[Notice, ...] = ()
    original: Original | None = None

    @property
    def before(self) -> bool:
        """Whether there is text before the blocks."""
        return self.first > 0

    @property
    def after(self) -> bool:
        """Whether there is text after the blocks."""
        return self.first + len(self.blocks) < self.total


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """Where a span stands on a page: boxes in points on a page of ``width`` by ``height``."""

    page: int
    width: float
    height: float
    boxes: tuple[Box, ...]


def check_of(quote: str) -> str:
    """A few characters that tell whether a place still holds the words it held."""
    return hashlib.sha256(quote.encode("utf-8")).hexdigest()[:_CHECK_LENGTH]


def view_of(
    document: Document, blocks: tuple[TextBlock, ...], place: Place, *, around: int = AROUND
) -> SourceView:
    """The part of ``blocks`` near a place.

    Raises:
        NoSuchPlace: the offsets are none of the document's text.
    """
    span = checked(document, place)
    shown = window(blocks, place.start, around, around)
    return SourceView(
        document=document,
        blocks=blocks[shown.start : shown.stop],
        first=shown.start,
        total=len(blocks),
        span=span,
        pages={page.number: page for page in document.pages},
    )


def checked(document: Document, place: Place) -> tuple[int, int] | None:
    """The span of a place, or ``None`` if other words stand there now.

    Raises:
        NoSuchPlace: the offsets are none of the document's text, and were not noted with a check.
    """
    fits = 0 <= place.start < place.end <= len(document.text)
    if place.check:
        return (place.start, place.end) if fits and _holds(document, place) else None
    if not fits:
        raise NoSuchPlace(f"{place.document_id!r} has no characters {place.start} to {place.end}.")
    return place.start, place.end


def _holds(document: Document, place: Place) -> bool:
    return check_of(document.text[place.start : place.end]) == place.check


class Sources:
    """Documents of a library to look at. Safe to use from several threads."""

    def __init__(self, library: Library, validity: Validity) -> None:
        self._library = library
        self._validity = validity
        self._pictures = PagePictures(library.directory / "cache" / "pages")
        self._blocks: OrderedDict[str, tuple[TextBlock, ...]] = OrderedDict()
        self._lock = Lock()

    def view(self, place: Place) -> SourceView:
        """What to show at ``place``.

        Raises:
            UnknownDocument: there is no such document (any more).
            NoSuchPlace: the offsets are none of its text.
        """
        document = self._library.document(place.document_id)
        found = view_of(document, self._blocks_of(document), place)
        original = originals.original_of(self._library, place.document_id)
        return SourceView(
            document=document,
            blocks=found.blocks,
            first=found.first,
            total=found.total,
            span=found.span,
            pages=found.pages,
            drawn=original is not None and bool(found.pages) and _can_be_drawn(original),
            notices=self._validity.notices(place.document_id),
            original=original,
        )

    def more(self, place: Place, index: int, *, down: bool) -> SourceView:
        """The blocks before (or, ``down``, from) block ``index``, with the span that is marked in them.

        Raises: as ``view``.
        """
        document = self._library.document(place.document_id)
        blocks = self._blocks_of(document)
        index = max(0, min(index, len(blocks)))
        step = 1 if down else -1
        stop, room = index, AROUND
        while 0 <= (at := stop if down else stop - 1) < len(blocks) and room > 0:
            room -= len(blocks[at].text)
            stop += step
        shown = whole_pages(blocks, range(min(index, stop), max(index, stop)))
        shown = range(index, shown.stop) if down else range(shown.start, index)
        original = originals.original_of(self._library, place.document_id)
        return SourceView(
            document=document,
            blocks=blocks[shown.start : shown.stop],
            first=shown.start,
            total=len(blocks),
            span=checked(document, place),
            pages={page.number: page for page in document.pages},
            drawn=original is not None and bool(document.pages) and _can_be_drawn(original),
            original=original,
        )

    def picture(self, document_id: str, number: int) -> Path:
        """The file with the PNG of a page of the original.

        Raises:
            UnknownDocument: there is no such document.
            OriginalMissing, OriginalChanged: there is no file to draw that is still the one read.
            FileError: it cannot be drawn.
        """
        return self._pictures.picture(self._to_draw(document_id).file, number)

    def boxes(self, place: Place) -> tuple[PageBoxes, ...]:
        """Where the span of ``place`` stands on each page that it is on; seconds for a scan.

        Raises: as ``picture`` and ``view``.
        """
        document = self._library.document(place.document_id)
        span = checked(document, place)
        if span is None:
            return ()
        original = self._to_draw(place.document_id)
        found = []
        for page in document.pages:
            start, end = max(span[0], page.start), min(span[1], page.end)
            if start >= end:
                continue
            view = self._pictures.view(original.file, page.number, recognised=page.recognised)
            boxes = boxes_of(
                document.text[page.start : page.end], start - page.start, end - page.start, view.lines
            )
            found.append(PageBoxes(page.number, view.width, view.height, boxes))
        return tuple(found)

    def open_original(self, document_id: str) -> tuple[Original, BinaryIO, int]:
        """See ``originals.opened``."""
        return originals.opened(self._library, document_id)

    def _to_draw(self, document_id: str) -> Original:
        original = originals.original_of(self._library, document_id)
        if original is None or original.state is OriginalState.MISSING or not _has_pages(original):
            raise OriginalMissing(f"There is no file to draw of {document_id!r}.")
        if original.state is OriginalState.CHANGED:
            raise OriginalChanged(f"{original.path} has changed since it was read. Load it again.")
        return original

    def _blocks_of(self, document: Document) -> tuple[TextBlock, ...]:
        key = f"{document.sha256} {len(document.pages)}"
        with self._lock:
            if key in self._blocks:
                self._blocks.move_to_end(key)
                return self._blocks[key]
        blocks = blocks_of(document)
        with self._lock:
            self._blocks[key] = blocks
            while len(self._blocks) > _KEPT:
                self._blocks.popitem(last=False)
        return blocks


def _has_pages(original: Original) -> bool:
    return original.path.suffix.lower() in DRAWN_SUFFIXES


def _can_be_drawn(original: Original) -> bool:
    return original.state is OriginalState.SAME and _has_pages(original)
