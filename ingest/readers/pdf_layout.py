"""Lines of a PDF page → paragraphs. Pure functions over positions; no PDF library here.

Coordinates are in points, the origin at the top left of the page as it is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

_UNIT = re.compile(
    r"(?:(?:Phần|Chương|Mục|PHẦN|CHƯƠNG|MỤC)\s+(?:thứ\s+)?[\w]+\s*(?:[.:\-–]|$)"
    r"|(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s*(?:[.:]|$)"
    r"|(?:[IVXLC]+|\d{1,2}(?:\.\d{1,2}){0,3})\s*[.)/]\s*[^\W\d]|[IVXLC]+\s*[-–]\s|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s"
    r"|[a-zđ]\s*\)|[-–—+*•●▪◦]\s*\S)"
)
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_PAGE_NUMBER = re.compile(
    r"[\s\-–—.|]*(?:(?:trang|page)\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|trên|of)\s*\d{1,4})?[\s\-–—.|]*",
    re.I,
)
#: Running headers and footers stand within this part of the page's height from its edges.
_MARGIN = 0.13
_COLUMN_ROWS = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one line, or a whole table (``table``), with the box it fills.

    Attributes:
        size: font size in points.
        bold: every letter is bold.
        first_word: width of its first word in points.
        boxes: left, top, right, bottom of each of its characters that is no space, where they were
            asked for.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float = 12.0
    bold: bool = False
    first_word: float = 0.0
    table: bool = False
    boxes: tuple[tuple[float, float, float, float], ...] = ()

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Layout:
    """One page's lines in reading order, and the page's size in points."""

    lines: tuple[Line, ...]
    width: float
    height: float


def layouts_to_texts(pages: Sequence[Layout]) -> list[tuple[str, bool]]:
    """Each page's text, a paragraph a line, and whether it goes on with the last sentence before it."""
    texts: list[tuple[str, bool]] = []
    previous: Layout | None = None
    for page in without_running_lines(pages):
        text = "\n".join(paragraph_text(group) for group in paragraphs(page))
        texts.append((text, previous is not None and _goes_on(previous, page)))
        previous = page
    return texts


def _goes_on(previous: Layout, following: Layout) -> bool:
    prose = [line for line in (*previous.lines, *following.lines) if not line.table]
    if not previous.lines or not following.lines or not prose:
        return False
    column = (min(line.left for line in prose), max(line.right for line in prose))
    last, first = previous.lines[-1], following.lines[0]
    return joins(last, first, column=column, width=following.width, across_pages=True)


def without_running_lines(pages: Sequence[Layout]) -> list[Layout]:
    """``pages`` without page numbers, and without headers and footers that return page after page."""
    edge_lines = [_edges(page) for page in pages]
    seen = Counter(key for lines in edge_lines for key in {_running_key(line) for line in lines})
    # Three pages at least, and a third of them: left and right pages may differ.
    often = max(3, len(pages) / 3)
    cleaned = []
    for page, edges in zip(pages, edge_lines, strict=True):
        repeated = {id(line) for line in edges if seen[_running_key(line)] >= often}
        drop = {id(line) for line in _set_off(page, repeated)}
        drop |= {id(line) for line in edges if _is_page_number(line, page)}
        cleaned.append(replace(page, lines=tuple(line for line in page.lines if id(line) not in drop)))
    return cleaned


def _set_off(page: Layout, repeated: Collection[int]) -> list[Line]:
    """The header and footer: at most three rows of repeated lines, parted from the text by a gap.

    The gap matters: the first line of a page's text may be like that of other pages ("Điều 7.").
    """
    found: list[Line] = []
    for upwards in (False, True):
        rows = _rows(page, upwards=upwards)
        for count in range(1, min(3, len(rows)) + 1):
            outer = [line for row in rows[:count] for line in row]
            if not all(id(line) in repeated for line in outer):
                break
            if (
                count == len(rows)
                or _gap(rows[count - 1], rows[count]) > _row_gap(rows[count:]) + 0.5 * outer[-1].size
            ):
                found += outer
                break
    return found


def _rows(page: Layout, *, upwards: bool) -> list[list[Line]]:
    """Lines at one height together, from the top of the page or from its bottom."""
    rows: list[list[Line]] = []
    for line in sorted(page.lines, key=lambda item: item.middle, reverse=upwards):
        if rows and abs(rows[-1][0].middle - line.middle) < 3:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _gap(row: Sequence[Line], other: Sequence[Line]) -> float:
    top, bottom = min(line.top for line in row), max(line.bottom for line in row)
    return max(min(line.top for line in other) - bottom, top - max(line.bottom for line in other))


def _row_gap(rows: Sequence[Sequence[Line]]) -> float:
    """The gap between rows within a paragraph: the lower quartile of all gaps."""
    gaps = sorted(_gap(row, other) for row, other in pairwise(rows))
    return max(0.0, gaps[len(gaps) // 4]) if gaps else 0.0


def _edges(page: Layout) -> list[Line]:
    top, bottom = page.height * _MARGIN, page.height * (1 - _MARGIN)
    return [line for line in page.lines if not line.table and (line.bottom <= top or line.top >= bottom)]


def _running_key(line: Line) -> tuple[str, int]:
    """Text with its numbers blanked, and the height at which it stands to within a line."""
    return re.sub(r"\d+|\s+", "#", line.text.strip().lower()), round(line.middle / 12)


def _is_page_number(line: Line, page: Layout) -> bool:
    if not _PAGE_NUMBER.fullmatch(line.text) or not line.text.strip():
        return False
    others = [other for other in page.lines if other is not line]
    outermost = all(other.bottom <= line.top + 1 for other in others) or all(
        other.top >= line.bottom - 1 for other in others
    )
    return outermost


def in_columns(page: Layout) -> Layout:
    """Put a page whose lines alternate between two columns of prose into column order.

    A page drawn column by column, and a table, stay as they are.
    """
    lines = [line for line in page.lines if not line.table]
    gutter = _gutter(lines, page.width)
    if gutter is None or len(lines) != len(page.lines):
        return page
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda item: item.middle):
        if line.right <= gutter + 2:
            left.append(line)
        elif line.left >= gutter - 2:
            right.append(line)
        else:  # across both columns: what is above it is read first
            ordered += [*left, *right, line]
            left, right = [], []
    return replace(page, lines=(*ordered, *left, *right))


def _gutter(lines: Sequence[Line], width: float) -> float | None:
    """Where a two-column page of prose is divided, if the lines alternate between the sides."""
    sides: list[tuple[Line, Line]] = []
    for before, after in pairwise(lines):
        if abs(before.middle - after.middle) < 3 and after.left - before.right > 8:
            sides.append((before, after))
    if len(sides) < _COLUMN_ROWS:
        return None
    gutter = median((before.right + after.left) / 2 for before, after in sides)
    fitting = [pair for pair in sides if pair[0].right <= gutter + 4 and pair[1].left >= gutter - 4]
    left_edge = min(before.left for before, _ in fitting) if fitting else 0.0
    right_edge = max(after.right for _, after in fitting) if fitting else width
    filled = median(before.right - before.left for before, _ in fitting or sides) / (gutter - left_edge or 1)
    filled_right = median(after.right - after.left for _, after in fitting or sides) / (
        right_edge - gutter or 1
    )
    prose = filled > 0.7 and filled_right > 0.7  # cells of a table seldom fill their columns
    return gutter if len(fitting) >= _COLUMN_ROWS and prose else None


def paragraphs(page: Layout) -> list[list[Line]]:
    """The page's lines grouped into paragraphs; a heading, a clause or a table stands alone."""
    groups: list[list[Line]] = []
    spacing = _spacing(page)
    for line in page.lines:
        if groups and _continues(groups[-1][-1], line, page, spacing):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(before: Line, after: Line, page: Layout, spacing: float) -> bool:
    column = _column(before, page)
    if after.bottom < before.top and after.left > before.right - before.size:  # the next column
        shift = _column(after, page)[0] - column[0]
        moved = replace(after, left=after.left - shift, right=after.right - shift)
        return joins(before, moved, column=column, width=page.width, across_pages=True)
    return joins(before, after, column=column, width=page.width, spacing=spacing)


def _spacing(page: Layout) -> float:
    """The usual gap between one line and the next on this page, in points."""
    gaps = [
        after.top - before.bottom
        for before, after in pairwise(page.lines)
        if not before.table and not after.table and -before.size < after.top - before.bottom < 2 * before.size
    ]
    return median(gaps) if gaps else 0.0


def _column(line: Line, page: Layout) -> tuple[float, float]:
    """Left and right edge of the text among which ``line`` stands."""
    same = [
        other
        for other in page.lines
        if not other.table and other.left < line.right and other.right > line.left
    ]
    beside = [other for other in same if other.right - other.left < page.width * 0.55] or same
    chosen = same if line.right - line.left > page.width * 0.55 else beside
    return min(other.left for other in chosen), max(other.right for other in chosen)


def joins(
    before: Line,
    after: Line,
    *,
    column: tuple[float, float],
    width: float,
    spacing: float = 0.0,
    across_pages: bool = False,
) -> bool:
    """Whether ``after`` goes on with the sentence or paragraph that ``before`` is in.

    Args:
        column: left and right edge of the text they stand in.
        width: of the page.
        spacing: usual gap between the lines of the page, in points.
        across_pages: they stand on two pages, so that the gap between them says nothing.
    """
    if before.table or after.table or not before.text.strip() or not after.text.strip():
        return False
    left, right = column
    ended = _ENDS_SENTENCE.search(before.text.rstrip()) is not None
    # A line was wrapped if the next line's first word would not have fitted on it.
    full = right - before.right < after.first_word + before.size * 0.6
    indented = after.left - left > after.size * 0.9
    if not across_pages:
        gap = after.top - before.bottom
        runs_on = not ended and after.text[:1].islower()
        if gap > spacing + before.size * (1.0 if runs_on else 0.5) or after.bottom < before.top:
            return False
        if abs(before.middle - after.middle) < before.size * 0.4:
            return False  # side by side: cells
    if abs(before.size - after.size) > 0.15 * before.size and not (full and not ended):
        return False
    if before.text.isupper() != after.text.isupper() and not full:
        return False
    if _centred(before, after) and before.right - before.left < 0.6 * width:
        return not ended and after.text[:1].islower()
    if _UNIT.match(after.text):
        inside = _UNIT.match(before.text) is None or after.left < before.left - before.size * 0.5
        return full and not ended and not indented and inside
    if before.bold and not after.bold and not full:
        return False
    if full and not ended:
        return True
    if ended:
        return full and not indented
    return after.text[:1].islower() and not indented


def _centred(before: Line, after: Line) -> bool:
    """Two lines set around one axis: a heading, a motto, a signature."""
    axis = abs((before.left + before.right) - (after.left + after.right)) / 2
    return axis < 4 and abs(before.left - after.left) > before.size * 0.5


def paragraph_text(lines: Sequence[Line]) -> str:
    """The lines of one paragraph as one line; a word is never broken, a hyphen never lost."""
    text = lines[0].text.strip()
    for line in lines[1:]:
        following = line.text.strip()
        if text.endswith("\u00ad"):
            text = text[:-1] + following
        elif re.search(r"[^\W\d_]-$", text) and following[:1].isalpha():
            text += following
        else:
            text += " " + following
    return text
