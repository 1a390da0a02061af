"""The paragraphs and tables of a .docx as lines of text.

Not through viparse or python-docx's paragraphs: both look a style up for each run, which took half of
a long document's whole ingestion (4 ms a paragraph; this takes 0.05).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

_NOTES = ("/footnotes.xml", "/endnotes.xml")
#: The rules drawn above notes, which the parts of notes hold as notes of their own.
_RULES = ("separator", "continuationSeparator", "continuationNotice")
_TEXT = qn("w:t")
_REMOVED = (qn("w:del"), qn("w:moveFrom"))
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def notes_of(document: Any) -> list[Any]:
    """The paragraphs of foot- and endnotes, which are kept outside the text."""
    paragraphs = []
    for part in document.part.package.iter_parts():
        if str(part.partname).endswith(_NOTES):
            root = part.element if hasattr(part, "element") else parse_xml(part.blob)
            for note in root:
                if note.get(qn("w:type")) not in _RULES:
                    paragraphs += list(note.iter(qn("w:p")))
    return paragraphs


def lines_of(document: Any, notes: Sequence[Any]) -> Iterator[str]:
    """Paragraphs one a line, headings and tables set off by blank lines, notes at the end."""
    headings = _heading_styles(document)
    for block in _blocks(document.element.body):
        if block.tag == qn("w:tbl"):
            yield ""
            yield from _table_lines(_rows(block))
            yield ""
            continue
        style = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and style.get(qn("w:val")) in headings:
            yield ""
        yield _text(block)
    for note in notes:
        yield _text(note)


def _heading_styles(document: Any) -> set[str]:
    found = set()
    for style in document.styles.element.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None and str(name.get(qn("w:val"))).lower().startswith(("heading", "title")):
            found.add(style.get(qn("w:styleId")))
    return found


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those inside content controls and tracked insertions too."""
    for child in parent:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag == qn("w:sdt"):
            content = child.find(qn("w:sdtContent"))
            if content is not None:
                yield from _blocks(content)
        elif child.tag in (qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")):
            yield from _blocks(child)


def _text(paragraph: Any) -> str:
    """What a reader sees of a paragraph: without what tracked changes removed."""
    parts: list[str] = []
    for element in paragraph.iter(_TEXT, *_SIGNS):
        parent = element.getparent()
        if element.tag != _TEXT and parent.tag != qn("w:r"):
            continue  # a tab stop among the paragraph's properties
        if not _is_removed(parent, paragraph):
            parts.append(element.text or "" if element.tag == _TEXT else _SIGNS[element.tag])
    return "".join(parts)


def _is_removed(element: Any, top: Any) -> bool:
    while element is not None and element is not top:
        if element.tag in _REMOVED:
            return True
        element = element.getparent()
    return False


def _rows(table: Any) -> list[list[str]]:
    """The cells' texts; a cell merged downwards is repeated in each of its rows."""
    rows: list[list[str]] = []
    above: dict[int, str] = {}
    for row in table.iter(qn("w:tr")):
        cells: list[str] = []
        column = 0
        for cell in row.iter(qn("w:tc")):
            span, merged = _merges(cell)
            text = "\n".join(_text(paragraph) for paragraph in cell.iter(qn("w:p")))
            if merged and not text.strip():
                text = above.get(column, "")
            above[column] = text
            cells.append(text)
            column += span
        rows.append(cells)
    return rows


def _merges(cell: Any) -> tuple[int, bool]:
    """Columns a cell spans, and whether it goes on with the cell above it."""
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return 1, False
    span, down = properties.find(qn("w:gridSpan")), properties.find(qn("w:vMerge"))
    width = span.get(qn("w:val"), "1") if span is not None else "1"
    goes_on = down is not None and down.get(qn("w:val"), "continue") == "continue"
    return (int(width) if width.isdigit() else 1), goes_on


def _table_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table as lines: "a | b | c" for each row.

    A table that only sets texts side by side (letterhead, signatures: one row, or cells of
    several paragraphs in two columns) is read cell by cell instead.
    """
    columns = max((len(row) for row in rows), default=0)
    several = any("\n" in cell.strip() for row in rows for cell in row)
    if columns <= 1 or len(rows) == 1 or (columns == 2 and len(rows) <= 3 and several):
        for row in rows:
            for cell in row:
                yield from (line for line in cell.split("\n") if line.strip())
        return
    for row in rows:
        cells = [" ".join(cell.split()) for cell in row]
        if any(cells):
            yield " | ".join(cells)
