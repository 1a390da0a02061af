"""Fields, bookmarks and controls of Word, which python-docx does not make (ECMA-376-1, 17.5 and 17.16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph

#: Ids of bookmarks below are those of footnotes.
_FIRST_BOOKMARK = 10_000
_GREY = "808080"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table of contents: a heading, its level, its bookmark, its page."""

    text: str
    level: int
    bookmark: str
    page: int


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Mark a whole paragraph."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(_FIRST_BOOKMARK + number))
    start.set(qn("w:name"), name)
    properties = paragraph._p.pPr
    if properties is None:
        paragraph._p.insert(0, start)
    else:
        properties.addnext(start)
    paragraph._p.append(end)


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Put a field at the end of a paragraph, with what it shows until it is updated."""
    paragraph._p.extend(_field(instruction, shown))


def control(
    paragraph: Paragraph, name: str, prompt: str, *, bold: bool = False, italic: bool = False
) -> None:
    """Put a control to be filled in at the end of a paragraph; it shows ``prompt`` in grey until then."""
    made = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias/><w:tag/><w:showingPlcHdr/><w:text/></w:sdtPr>"
        f"<w:sdtContent/></w:sdt>"
    )
    for tag in ("w:alias", "w:tag"):
        made.find(f"{qn('w:sdtPr')}/{qn(tag)}").set(qn("w:val"), name)
    run = _run(prompt)
    properties = OxmlElement("w:rPr")
    for wanted, tag in ((bold, "w:b"), (italic, "w:i")):
        if wanted:
            properties.append(OxmlElement(tag))
    colour = OxmlElement("w:color")
    colour.set(qn("w:val"), _GREY)
    properties.append(colour)
    run.insert(0, properties)
    made.find(qn("w:sdtContent")).append(run)
    paragraph._p.append(made)


def contents(document: Document, entries: Sequence[Entry], levels: int) -> None:
    """Write a table of contents that shows its entries at once, and that a program can update.

    The styles "toc 1", "toc 2" … must be there.
    """
    wrapper = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    content = wrapper.find(qn("w:sdtContent"))
    for place, entry in enumerate(entries):
        paragraph = document.add_paragraph(style=f"toc {entry.level}")
        if place == 0:
            paragraph._p.extend(
                [
                    _mark("begin", dirty=True),
                    _instruction(f'TOC \\o "1-{levels}" \\h \\z \\u'),
                    _mark("separate"),
                ]
            )
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), entry.bookmark)
        link.set(qn("w:history"), "1")
        tab = OxmlElement("w:r")
        tab.append(OxmlElement("w:tab"))
        link.extend([_run(entry.text), tab, *_field(f"PAGEREF {entry.bookmark} \\h", str(entry.page))])
        paragraph._p.append(link)
        if place == len(entries) - 1:
            paragraph._p.append(_mark("end"))
        content.append(paragraph._p)
    body = document.element.body
    body.insert(len(body) - 1, wrapper)


def _field(instruction: str, shown: str) -> list[Any]:
    return [_mark("begin"), _instruction(instruction), _mark("separate"), _run(shown), _mark("end")]


def _mark(kind: str, *, dirty: bool = False) -> Any:
    run, mark = OxmlElement("w:r"), OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    if dirty:
        mark.set(qn("w:dirty"), "true")
    run.append(mark)
    return run


def _instruction(text: str) -> Any:
    run, said = OxmlElement("w:r"), OxmlElement("w:instrText")
    said.set(qn("xml:space"), "preserve")
    said.text = f" {text} "
    run.append(said)
    return run


def _run(text: str) -> Any:
    run, said = OxmlElement("w:r"), OxmlElement("w:t")
    said.set(qn("xml:space"), "preserve")
    said.text = text
    run.append(said)
    return run
