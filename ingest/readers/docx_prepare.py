"""Changes to a python-docx document before it is read, so that no text is lost or doubled."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def prepare(document: Any) -> None:
    """Bring text boxes and nested tables into plain paragraphs, and soft hyphens into the text."""
    body = document.element.body
    for fallback in list(body.iter(f"{_COMPATIBILITY}Fallback")):
        fallback.getparent().remove(fallback)  # a second copy of a text box, for old programs
    for box in list(body.iter(qn("w:txbxContent"))):
        _move_out(box)
    for table in list(body.iter(qn("w:tbl"))):
        cell = table.getparent()
        if cell.tag == qn("w:tc"):
            _flatten(table, cell)
    for hyphen in list(body.iter(qn("w:softHyphen"))):
        hyphen.getparent().replace(hyphen, text_element("\u00ad"))


def _move_out(box: Any) -> None:
    """Put a text box's paragraphs after the paragraph it is anchored in."""
    anchor = box.getparent()
    while anchor is not None and anchor.tag != qn("w:p"):
        anchor = anchor.getparent()
    if anchor is None:
        return
    for child in reversed(list(box)):
        if child.tag in (qn("w:p"), qn("w:tbl")):
            anchor.addnext(child)


def _flatten(table: Any, cell: Any) -> None:
    """Replace a table inside a cell by a paragraph for each of its rows."""
    for row in table.iter(qn("w:tr")):
        paragraph = OxmlElement("w:p")
        for index, inner in enumerate(row.iterchildren(qn("w:tc"))):
            if index:
                paragraph.append(_text_run(" | "))
            for number, source in enumerate(inner.iterchildren(qn("w:p"))):
                if number:
                    paragraph.append(_text_run(" "))
                for run in list(source.iter(qn("w:r"))):
                    paragraph.append(run)
        table.addprevious(paragraph)
    cell.remove(table)


def _text_run(text: str) -> Any:
    run = OxmlElement("w:r")
    run.append(text_element(text))
    return run


def text_element(text: str) -> Any:
    """A ``w:t`` whose spaces count."""
    item = OxmlElement("w:t")
    item.text = text
    item.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return item
