"""One page of an original file as a picture, with the places of its lines."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ingest.ocr import recognise_page
from ingest.options import ReadOptions
from ingest.page_boxes import PageLine, spread, turned_back
from ingest.readers import isolated

#: File name endings of originals that have pages to draw.
DRAWN_SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})
#: Longest side of a picture, in pixels: an A4 page at about 150 dots an inch.
LONGEST_SIDE = 1754


@dataclass(frozen=True, slots=True)
class PageView:
    """A page that was drawn: its size in points, and its lines where it has a text layer."""

    width: float
    height: float
    lines: tuple[PageLine, ...]


def draw(path: Path, number: int, picture: Path, *, options: ReadOptions | None = None) -> PageView:
    """Draw page ``number`` (1-based) of ``path`` into the PNG file ``picture``, in a process of its own.

    Raises:
        FileError: the file has no such page, cannot be drawn, or took too long.
    """
    options = options or ReadOptions(timeout_seconds=30.0)
    found = isolated.page(path, number, longest_side=LONGEST_SIDE, picture=picture, options=options)
    lines = tuple(
        PageLine(line["text"], _box(line["box"]), tuple(map(_box, line["boxes"])), line["table"])
        for line in found["lines"]
    )
    return PageView(found["width"], found["height"], lines)


def recognise(path: Path, number: int, size: tuple[float, float], *, options: ReadOptions) -> PageView:
    """The lines of a page that is a picture, by recognising it again; takes seconds.

    Args:
        size: of the page as ``draw`` gave it.

    Raises:
        FileError: it cannot be read, or a program for it is not installed.
    """
    pdf = path.suffix.lower() == ".pdf"
    found = recognise_page(path, number, max(size), options, pdf=pdf)
    layout = found.layout
    # The turned page has room for its corners; what it was before is in the proportions of ``size``.
    angle = math.radians(found.turned)
    grown = size[0] * abs(math.cos(angle)) + size[1] * abs(math.sin(angle))
    scale = layout.width / grown
    before = (size[0] * scale, size[1] * scale)
    lines = []
    for line in layout.lines:
        text = unicodedata.normalize("NFC", line.text)
        box = (line.left, line.top, line.right, line.bottom)
        letters = tuple(
            turned_back(letter, found.turned, (layout.width, layout.height), before)
            for letter in spread(text, box)
        )
        lines.append(PageLine(text, box, letters))
    return PageView(*before, tuple(lines))


def _box(values: list[float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = values
    return left, top, right, bottom
