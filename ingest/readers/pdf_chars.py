"""A PDF page's characters, through pdfium, as lines with positions; tables through pdfplumber.

pdfium and pdfplumber recovered the same words of legacy documents, pdfium in a tenth of the time;
pdfplumber alone finds a table's cells, and is asked only on pages that draw ruled lines.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from ingest.readers.encoding import convert_run, holds_unicode_letters, is_capital_font
from ingest.readers.pdf_layout import Layout, Line

# TCVN3 has ư in the place of the soft hyphen, which some PDF writers turned into a minus sign.
_SOFT_HYPHEN_LETTER = re.compile(r"\u2212(?=[^\W\d_])|(?<=[^\W\d_])\u2212")
_RULED_PATHS = 2000
#: Height of a font's box over its size, about, for the fonts documents are set in.
_LEADING = 1.15
#: A gap of this many font sizes parts cells or columns; a wider space in a justified line is rare.
_CELL_GAP = 2.5
_LATE_LETTERS = 60


@dataclass(slots=True)
class Char:
    """One character: its text, font name and box (origin at the page's top left, points)."""

    text: str
    font: str
    size: float
    left: float
    top: float
    right: float
    bottom: float
    bold: bool
    breaks: bool  # pdfium puts a line break before it
    spaced: bool  # pdfium puts a space before it, judging by the gap


@dataclass(frozen=True, slots=True)
class CharPage:
    chars: tuple[Char, ...]
    width: float
    height: float
    image_share: float
    ruled: bool


def read_chars(page: Any) -> CharPage:
    """The characters of a pypdfium2 page in the order the file draws them."""
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        chars = tuple(_chars(text_page, _turn(page, width, height)))
    finally:
        text_page.close()
    image_share, ruled = _drawn(page, width * height)
    return CharPage(chars, width, height, image_share, ruled)


def _turn(page: Any, width: float, height: float) -> Any:
    """Page coordinates (origin bottom left, before rotation) → as read, origin top left."""
    rotation = page.get_rotation()
    x0, y0, x1, y1 = page.get_mediabox() if page.get_cropbox() is None else page.get_cropbox()

    def turn(left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        left, right, bottom, top = left - x0, right - x0, bottom - y0, top - y0
        if rotation == 90:
            return bottom, left, top, right
        if rotation == 180:
            return width - right, bottom, width - left, top
        if rotation == 270:
            return width - top, height - right, width - bottom, height - left
        return left, height - top, right, height - bottom

    del x1, y1
    return turn


def _chars(text_page: Any, turn: Any) -> list[Char]:
    raw = text_page.raw
    box, matrix = pdfium_c.FS_RECTF(), pdfium_c.FS_MATRIX()
    origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
    buffer = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()
    found: list[Char] = []
    breaks, spaced = True, False
    pending = ""
    for index in range(pdfium_c.FPDFText_CountChars(raw)):
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xDC00:  # first half of a character outside the basic plane
            pending = chr(code)
            continue
        text = chr(code) if code else ""
        if pending:
            text = (pending + text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            pending = ""
        if text in ("\r", "\n"):
            breaks, spaced = True, False
            continue
        if not text or (text.isspace() and pdfium_c.FPDFText_IsGenerated(raw, index)):
            spaced = True
            continue
        text = " " if text.isspace() else text
        if text == "\u0002":  # pdfium's mark for a hyphen at a line's end
            text = "-"
        pdfium_c.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium_c.FPDFText_GetCharOrigin(raw, index, origin_x, origin_y)
        pdfium_c.FPDFText_GetMatrix(raw, index, matrix)
        size = pdfium_c.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
        upright = abs(matrix.d) >= abs(matrix.c)
        length = pdfium_c.FPDFText_GetFontInfo(raw, index, buffer, len(buffer), flags)
        font = buffer.raw[: max(0, length - 1)].decode("utf-8", "replace") if length <= len(buffer) else ""
        if upright and size > 0:
            # From the baseline, not the ink: all letters of a line, of whatever font, stand alike.
            sign = 1 if matrix.d > 0 else -1
            low, high = sorted((origin_y.value - 0.2 * size * sign, origin_y.value + 0.8 * size * sign))
        else:
            low, high = box.bottom, box.top
            size = size or (high - low) / _LEADING
        x0, y0, x1, y1 = turn(box.left, low, box.right, high)
        bold = "bold" in font.lower() or pdfium_c.FPDFText_GetFontWeight(raw, index) >= 600
        found.append(Char(text, font, size, x0, y0, x1, y1, bold, breaks, spaced))
        breaks, spaced = False, False
    return found


def _drawn(page: Any, area: float) -> tuple[float, bool]:
    """Share of the page that its largest picture covers; whether ruled lines form a grid."""
    largest = 0.0
    across = down = paths = 0
    for item in page.get_objects(
        filter=[pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3
    ):
        x0, y0, x1, y1 = item.get_bounds()
        wide, high = abs(x1 - x0), abs(y1 - y0)
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            largest = max(largest, wide * high / (area or 1.0))
            continue
        paths += 1
        across += (wide > 20 and high < 3) or (wide > 20 and high > 8)
        down += (high > 8 and wide < 3) or (wide > 20 and high > 8)
    return largest, across >= 3 and down >= 2 and paths <= _RULED_PATHS


def lines_of(
    page: CharPage, encodings: Mapping[str, str | None], tables: Sequence[Any] = (), *, boxed: bool = False
) -> Layout:
    """The page's characters as lines, its tables (pdfplumber's) as one ``Line`` each.

    Lines follow each other as the file draws them, which for documents is the order of reading.
    ``boxed`` keeps the box of every character, which a long document has no memory for.
    """
    cells = [_Cells(table) for table in tables]
    runs: list[list[Char] | _Cells] = []
    for char in page.chars:
        table = next((item for item in cells if item.holds(char)), None)
        if table is not None:
            if not table.chars:
                runs.append(table)
            table.chars.append(char)
            continue
        last = runs[-1] if runs else None
        if isinstance(last, list) and not char.breaks and not _apart(last[-1], char):
            last.append(char)
        else:
            runs.append([char])
    plain = _rejoined([run for run in runs if isinstance(run, list)])
    lines = [
        run.line(encodings, boxed) if isinstance(run, _Cells) else _line(plain[id(run)], encodings, boxed)
        for run in runs
        if isinstance(run, _Cells) or id(run) in plain
    ]
    return Layout(tuple(line for line in lines if line.text.strip()), page.width, page.height)


def _apart(before: Char, after: Char) -> bool:
    """Whether two characters in sequence stand in different lines, or columns of one."""
    if after.top > before.bottom or after.bottom < before.top:
        return True
    gap = after.left - before.right
    if before.font != after.font and abs(gap) > 0.5 * before.size:
        return True  # perhaps a letter drawn late into a line before; see _rejoined
    return gap > _CELL_GAP * max(before.size, 6.0) or after.right < before.left - before.size


def _rejoined(runs: Sequence[list[Char]]) -> dict[int, list[Char]]:
    """Runs by identity, those that fill the gaps of another one's line put into it.

    Letters that a document's font lacks are drawn from another font, by some programs after the
    rest of the line: "đ ng viên", then "ả".
    """
    kept = {id(run): run for run in runs if any(char.text != " " for char in run)}
    rows: dict[int, list[int]] = defaultdict(list)
    for key, run in kept.items():
        rows[_row(run)].append(key)
    for key in sorted(kept, key=lambda key: len(kept[key])):
        run = kept[key]
        hosts = [
            other
            for offset in (0, -1, 1)
            for other in rows[_row(run) + offset]
            if other != key and other in kept and len(kept[other]) >= len(run) and _fills(run, kept[other])
        ]
        if hosts:
            host = min(hosts, key=lambda other: _distance(run, kept[other]))
            kept[host] = _respaced([*kept[host], *run])
            del kept[key]
    merged: dict[int, list[Char]] = {}
    last: int | None = None
    for key, run in kept.items():
        if last is not None and _follows(merged[last], run):
            merged[last] = [*merged[last], *run]
        else:
            merged[key] = run
            last = key
    return merged


def _row(run: Sequence[Char]) -> int:
    inked = next(char for char in run if char.text != " ")
    return round((inked.top + inked.bottom) / 8)


def _distance(run: Sequence[Char], line: Sequence[Char]) -> float:
    """From the first letter of ``run`` to the nearest one of ``line``, in points."""
    first = next(char for char in run if char.text != " ")
    return min(max(char.left - first.right, first.left - char.right) for char in line)


def _follows(line: Sequence[Char], run: Sequence[Char]) -> bool:
    """Whether ``run`` only was cut off from ``line`` because its font is another one."""
    before, after = line[-1], run[0]
    gap = after.left - before.right
    level = abs(before.bottom - after.bottom) < 0.35 * before.size
    return level and not after.breaks and -0.3 * before.size < gap < _CELL_GAP * before.size


def _fills(run: Sequence[Char], line: Sequence[Char]) -> bool:
    """Whether ``run`` stands in the gaps of ``line`` or right at its ends."""
    inked = [char for char in line if char.text != " "]
    run = [char for char in run if char.text != " "]
    size = inked[0].size
    own_font = Counter(char.font for char in inked).most_common(1)[0][0]
    if len(run) > _LATE_LETTERS or own_font == run[0].font:
        return False
    if abs((run[0].top + run[0].bottom) - (inked[0].top + inked[0].bottom)) / 2 > 0.35 * size:
        return False
    left, right = min(char.left for char in inked), max(char.right for char in inked)
    reach = _CELL_GAP * size
    if min(char.left for char in run) < left - reach or max(char.right for char in run) > right + reach:
        return False
    return not any(other.left < (char.left + char.right) / 2 < other.right for char in run for other in inked)


def _respaced(chars: Sequence[Char]) -> list[Char]:
    """Characters of one line from left to right, spaces judged anew by the gaps."""
    ordered = sorted(chars, key=lambda char: (char.left + char.right) / 2)
    for before, after in pairwise(ordered):
        after.spaced = after.left - before.right > 0.2 * after.size
    return ordered


def _boxes(chars: Sequence[Char]) -> tuple[tuple[float, float, float, float], ...]:
    """Of the letters; a mark set over one is a part of it once the text is composed."""
    return tuple(
        (char.left, char.top, char.right, char.bottom)
        for char in chars
        if char.text != " " and not unicodedata.combining(char.text[0])
    )


def _line(chars: Sequence[Char], encodings: Mapping[str, str | None], boxed: bool) -> Line:
    inked = [char for char in chars if char.text != " "]
    first = next((index for index, char in enumerate(chars) if char.text != " "), 0)
    space = next(
        (index for index in range(first + 1, len(chars)) if chars[index].spaced or chars[index].text == " "),
        len(chars),
    )
    sizes = sorted(char.size for char in inked)
    return Line(
        text=text_of(chars, encodings),
        left=min(char.left for char in inked),
        top=min(char.top for char in inked),
        right=max(char.right for char in inked),
        bottom=max(char.bottom for char in inked),
        size=sizes[len(sizes) // 2],
        bold=all(char.bold for char in inked),
        first_word=chars[space - 1].right - chars[first].left,
        boxes=_boxes(chars) if boxed else (),
    )


def text_of(chars: Sequence[Char], encodings: Mapping[str, str | None]) -> str:
    """The characters as text, each run of a legacy font converted from that font's encoding."""
    parts: list[str] = []
    run: list[str] = []
    current = chars[0].font if chars else ""

    def flush() -> None:
        text = "".join(run)
        encoding = encodings.get(current)
        if encoding is not None and not holds_unicode_letters(text):
            text = convert_run(text, encoding, capitals=is_capital_font(current))
        parts.append(text)
        run.clear()

    def kind(font: str) -> tuple[str | None, bool]:
        return encodings.get(font), is_capital_font(font)

    for index, char in enumerate(chars):
        if kind(char.font) != kind(current):
            flush()
        current = char.font
        run.append(" " + char.text if char.spaced and index else char.text)
    flush()
    whole = "".join(parts)
    return _SOFT_HYPHEN_LETTER.sub("ư", whole) if "tcvn3" in encodings.values() else whole


class _Cells:
    """One table: the boxes of its cells, and the characters found in them."""

    def __init__(self, table: Any) -> None:
        self._rows = [_row_boxes(row, table) for row in table.rows]
        self._box = table.bbox
        self.chars: list[Char] = []

    def holds(self, char: Char) -> bool:
        return _inside(char, self._box)

    def line(self, encodings: Mapping[str, str | None], boxed: bool) -> Line:
        rows = []
        boxes: list[tuple[float, float, float, float]] = []
        for row in self._rows:
            runs = [self._runs(cell) for cell in row]
            cells = [" ".join(" ".join(text_of(run, encodings) for run in cell).split()) for cell in runs]
            if any(cells):
                rows.append(" | ".join(cells))
                if boxed:
                    boxes += (box for cell in runs for run in cell for box in _boxes(run))
        left, top, right, bottom = self._box
        return Line("\n".join(rows), left, top, right, bottom, table=True, boxes=tuple(boxes))

    def _runs(self, box: Any) -> list[list[Char]]:
        """The characters of one cell, a line at a time."""
        runs: list[list[Char]] = []
        for char in self.chars:
            if not _inside(char, box):
                continue
            if runs and not char.breaks and not _apart(runs[-1][-1], char):
                runs[-1].append(char)
            else:
                runs.append([char])
        return list(_rejoined(runs).values())


def _row_boxes(row: Any, table: Any) -> list[Any]:
    """The boxes of one row, those that reach down into it from a merged cell above included."""
    middle = (row.bbox[1] + row.bbox[3]) / 2
    boxes: list[Any] = []
    for index, box in enumerate(row.cells):
        if box is None:
            column = next((other.cells[index] for other in table.rows if other.cells[index]), None)
            centre = (column[0] + column[2]) / 2 if column else -1.0
            box = next(
                (cell for cell in table.cells if cell[0] < centre < cell[2] and cell[1] < middle < cell[3]),
                None,
            )
        if box is not None and box not in boxes:
            boxes.append(box)
    return boxes


def _inside(char: Char, box: Any) -> bool:
    left, top, right, bottom = box
    across, down = (char.left + char.right) / 2, (char.top + char.bottom) / 2
    return bool(left <= across <= right and top <= down <= bottom)
