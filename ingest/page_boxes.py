"""Where a span of a page's stored text stands on the page. Pure functions over positions.

The stored text and the letters of the page come from the same reading, so they are matched letter by
letter over the whole page: spaces, running headers and hyphens at line ends may differ, the order does
not. The span is never looked for by its words, which may stand on the page twice.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Left, top, right, bottom in points, the origin at the top left of the page as it is read.
Box = tuple[float, float, float, float]

#: Letters of one line that stand further apart than this many line heights are boxed on their own.
_GAP = 2.0


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page, or a whole table, with the box it fills.

    Attributes:
        boxes: of its letters (its characters that are no space, nor the "|" between cells), or empty
            where only the line's place is known.
    """

    text: str
    box: Box
    boxes: tuple[Box, ...] = ()
    table: bool = False


def boxes_of(page_text: str, start: int, end: int, lines: Sequence[PageLine]) -> tuple[Box, ...]:
    """The boxes around ``page_text[start:end]``, one for each piece of a line, from top to bottom as read.

    Empty where the page shows none of it.
    """
    own = [(offset, letter) for offset, letter in enumerate(page_text) if not letter.isspace()]
    drawn = [pair for line in lines for pair in _letters(line)]
    wanted = range(
        sum(offset < start for offset, _ in own),
        sum(offset < end for offset, _ in own),
    )
    places = _matched("".join(letter for _, letter in own), "".join(letter for letter, _ in drawn), wanted)
    return tuple(_joined(drawn[place][1] for place in places))


def _letters(line: PageLine) -> Iterator[tuple[str, Box]]:
    text = unicodedata.normalize("NFC", line.text)
    letters = [letter for letter in text if not letter.isspace() and not (line.table and letter == "|")]
    if len(letters) == len(line.boxes):
        yield from zip(letters, line.boxes, strict=True)
    elif line.boxes and letters:
        # A legacy font may draw a letter and its mark one after the other, or two letters as one.
        share = len(line.boxes) / len(letters)
        yield from ((letter, line.boxes[int(index * share)]) for index, letter in enumerate(letters))
    else:
        yield from zip(letters, spread(text, line.box), strict=True)


def spread(text: str, box: Box) -> tuple[Box, ...]:
    """About where the letters of ``text`` stand that fills ``box``, as if all were equally wide."""
    left, top, right, bottom = box
    step = (right - left) / max(1, len(text))
    return tuple(
        (left + index * step, top, left + (index + 1) * step, bottom)
        for index, letter in enumerate(text)
        if not letter.isspace()
    )


def turned_back(box: Box, degrees: float, turned: tuple[float, float], size: tuple[float, float]) -> Box:
    """Where ``box`` of a page of size ``turned`` was before the page of ``size`` was turned.

    Args:
        degrees: by which it was turned about its middle, counter-clockwise.
    """
    angle = math.radians(degrees)
    across, down = (box[0] + box[2] - turned[0]) / 2, (box[1] + box[3] - turned[1]) / 2
    x = across * math.cos(angle) - down * math.sin(angle) + size[0] / 2
    y = across * math.sin(angle) + down * math.cos(angle) + size[1] / 2
    wide, high = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    return x - wide, y - high, x + wide, y + high


def _matched(own: str, drawn: str, wanted: range) -> Iterator[int]:
    """For each place of ``wanted`` in ``own`` the place in ``drawn`` that shows it, where there is one."""
    if own == drawn:
        yield from wanted
        return
    for block in SequenceMatcher(None, own, drawn, autojunk=False).get_matching_blocks():
        shared = range(max(wanted.start, block.a), min(wanted.stop, block.a + block.size))
        yield from (place - block.a + block.b for place in shared)


def _joined(boxes: Iterable[Box]) -> Iterator[Box]:
    """Boxes of letters in a row made one."""
    current: Box | None = None
    for box in boxes:
        if current is not None and _beside(current, box):
            current = (
                min(current[0], box[0]),
                min(current[1], box[1]),
                max(current[2], box[2]),
                max(current[3], box[3]),
            )
            continue
        if current is not None:
            yield current
        current = box
    if current is not None:
        yield current


def _beside(row: Box, box: Box) -> bool:
    height = min(row[3] - row[1], box[3] - box[1])
    level = min(row[3], box[3]) - max(row[1], box[1]) > 0.5 * height
    return level and -height < box[0] - row[2] < _GAP * max(height, 1.0)
