"""A PDF page's characters, through pdfium, as lines with positions; tables through pdfplumber.

pdfium and pdfplumber recovered the same words of legacy documents, pdfium in a tenth of the time;
pdfplumber alone finds a table's cells, and is asked only on pages that draw ruled lines.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from ingest.readers.encoding import convert_run, holds_unicode_letters, is_capital_font
from ingest.readers.pdf_layout import Layout, Line

# TCVN3 has ư in the place of the soft hyphen, which some PDF writers turned into a minus sign.
_SOFT_HYPHEN_LETTER = re.compile(r"\u2212(?=[^\W\d_])|(?<=[^\W\d_])\u2212")
_RULED_PATHS = 2000
#: Height of a font's box over its size, about, for the fonts documents are set in.
_LEADING = 1.15


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
    spaced: bool  # pdfium, or the file, puts a space before it


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
    box = pdfium_c.FS_RECTF()
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
        if not text or (text.isspace() and text != "\u00ad"):
            spaced = True
            continue
        if text == "\u0002":  # pdfium's mark for a hyphen at a line's end
            text = "-"
        # The loose box is the font's height and the advance, not the ink: lines compare by it.
        pdfium_c.FPDFText_GetLooseCharBox(raw, index, box)
        length = pdfium_c.FPDFText_GetFontInfo(raw, index, buffer, len(buffer), flags)
        font = buffer.raw[: max(0, length - 1)].decode("utf-8", "replace") if length <= len(buffer) else ""
        x0, y0, x1, y1 = turn(box.left, box.bottom, box.right, box.top)
        bold = "bold" in font.lower() or pdfium_c.FPDFText_GetFontWeight(raw, index) >= 600
        found.append(Char(text, font, abs(y1 - y0) / _LEADING, x0, y0, x1, y1, bold, breaks, spaced))
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


def lines_of(page: CharPage, encodings: Mapping[str, str | None], tables: Sequence[Any] = ()) -> Layout:
    """The page's characters as lines, its tables (pdfplumber's) as one ``Line`` each."""
    placed: list[Line] = []
    run: list[Char] = []
    cells = [_Cells(table) for table in tables]

    def flush() -> None:
        if run:
            placed.append(_line(run, encodings))
            run.clear()

    for char in page.chars:
        table = next((item for item in cells if item.holds(char)), None)
        if table is not None:
            flush()
            if not table.chars:
                placed.append(table.placeholder)
            table.chars.append(char)
            continue
        if run and (char.breaks or _apart(run[-1], char)):
            flush()
        run.append(char)
    flush()
    filled = {id(item.placeholder): item.line(encodings) for item in cells}
    lines = (filled.get(id(line), line) for line in placed)
    return Layout(tuple(line for line in lines if line.text.strip()), page.width, page.height)


def _apart(before: Char, after: Char) -> bool:
    """Whether two characters in sequence stand in different lines, or columns of one."""
    if after.top > before.bottom or after.bottom < before.top:
        return True
    return after.left - before.right > 2.5 * max(before.size, 6.0) or after.right < before.left - before.size


def _line(chars: Sequence[Char], encodings: Mapping[str, str | None]) -> Line:
    space = next((index for index, char in enumerate(chars) if index and char.spaced), len(chars))
    sizes = sorted(char.size for char in chars)
    return Line(
        text=text_of(chars, encodings),
        left=min(char.left for char in chars),
        top=min(char.top for char in chars),
        right=max(char.right for char in chars),
        bottom=max(char.bottom for char in chars),
        size=sizes[len(sizes) // 2],
        bold=all(char.bold for char in chars),
        first_word=chars[space - 1].right - chars[0].left,
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

    for index, char in enumerate(chars):
        if encodings.get(char.font) != encodings.get(current) or is_capital_font(char.font) != is_capital_font(
            current
        ):
            flush()
        current = char.font
        run.append(" " + char.text if char.spaced and index else char.text)
    flush()
    whole = "".join(parts)
    return _SOFT_HYPHEN_LETTER.sub("ư", whole) if "tcvn3" in encodings.values() else whole


class _Cells:
    """One table: the boxes of its cells, and the characters found in them."""

    def __init__(self, table: Any) -> None:
        self._rows = [[cell for cell in row.cells if cell is not None] for row in table.rows]
        self._box = table.bbox
        self.chars: list[Char] = []
        left, top, right, bottom = table.bbox
        self.placeholder = Line("table", left, top, right, bottom, table=True)

    def holds(self, char: Char) -> bool:
        return _inside(char, self._box)

    def line(self, encodings: Mapping[str, str | None]) -> Line:
        rows = []
        for row in self._rows:
            cells = [" ".join(self._cell(cell, encodings).split()) for cell in row]
            if any(cells):
                rows.append(" | ".join(cells))
        left, top, right, bottom = self._box
        return Line("\n".join(rows), left, top, right, bottom, table=True)

    def _cell(self, box: Any, encodings: Mapping[str, str | None]) -> str:
        inside = [char for char in self.chars if _inside(char, box)]
        lines: list[list[Char]] = []
        for char in inside:
            if lines and not char.breaks and not _apart(lines[-1][-1], char):
                lines[-1].append(char)
            else:
                lines.append([char])
        return " ".join(text_of(line, encodings) for line in lines)


def _inside(char: Char, box: Any) -> bool:
    left, top, right, bottom = box
    across, down = (char.left + char.right) / 2, (char.top + char.bottom) / 2
    return bool(left <= across <= right and top <= down <= bottom)
