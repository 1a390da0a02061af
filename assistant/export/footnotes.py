"""The footnotes of a Word file, which python-docx does not make: ``word/footnotes.xml`` and its references.

ECMA-376-1, 17.11. Word asks for two footnotes that are none, the separator line and its continuation,
and for the settings to name them.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt
from docx.text.paragraph import Paragraph

_TEXT_STYLE = "footnote text"
_MARK_STYLE = "footnote reference"
#: Ids below are taken by the separators.
_FIRST = 1


class Footnotes:
    """The footnotes of one document; ``refer`` as often as wanted, then ``attach`` once.

    Args:
        texts: of the footnotes, in the order in which they are first referred to.
        size: of their letters, in points.
    """

    def __init__(self, document: Document, texts: tuple[str, ...], *, size: float = 10) -> None:
        self._document = document
        self._texts = texts
        self._marked: set[int] = set()
        styles = document.styles
        text = styles.add_style(_TEXT_STYLE, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        text.base_style = styles["Normal"]
        text.font.size = Pt(size)
        text.paragraph_format.space_after = Pt(2)
        mark = styles.add_style(_MARK_STYLE, WD_STYLE_TYPE.CHARACTER, builtin=True)
        mark.font.superscript = True
        self._text_style, self._mark_style = text.style_id, mark.style_id

    def refer(self, paragraph: Paragraph, number: int) -> None:
        """Put the reference to footnote ``number`` at the end of a paragraph.

        Word numbers its footnotes itself, in the order of their references; a second reference to one
        is therefore a field that repeats the number of the first.
        """
        if number in self._marked:
            self._repeat(paragraph, number)
            return
        self._marked.add(number)
        name = f"_RefNote{number}"
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(number))
        start.set(qn("w:name"), name)
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(_FIRST + number - 1))
        paragraph._p.extend([start, self._run(reference), end])

    def attach(self) -> None:
        """Write the part, and name the separators in the settings."""
        part = Part(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            self._xml(),
            self._document.part.package,
        )
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        listed = OxmlElement("w:footnotePr")
        for id_ in (-1, 0):
            separator = OxmlElement("w:footnote")
            separator.set(qn("w:id"), str(id_))
            listed.append(separator)
        settings = self._document.settings.element
        # The schema fixes the order of settings: these come after what is put in.
        later = {qn(f"w:{name}") for name in ("endnotePr", "compat", "docVars", "rsids", "themeFontLang")}
        place = next((element for element in settings if element.tag in later), None)
        if place is None:
            settings.append(listed)
        else:
            place.addprevious(listed)

    def _run(self, *content: Any) -> Any:
        run = OxmlElement("w:r")
        properties = OxmlElement("w:rPr")
        style = OxmlElement("w:rStyle")
        style.set(qn("w:val"), self._mark_style)
        properties.append(style)
        run.extend([properties, *content])
        return run

    def _repeat(self, paragraph: Paragraph, number: int) -> None:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f" NOTEREF _RefNote{number} \\f \\h ")
        shown = OxmlElement("w:t")
        shown.text = str(number)
        field.append(self._run(shown))
        paragraph._p.append(field)

    def _xml(self) -> bytes:
        root = parse_xml(
            f"<w:footnotes {nsdecls('w')}>"
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0">'
            "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote></w:footnotes>"
        )
        for number, text in enumerate(self._texts, _FIRST):
            footnote = OxmlElement("w:footnote")
            footnote.set(qn("w:id"), str(number))
            paragraph = OxmlElement("w:p")
            properties, style = OxmlElement("w:pPr"), OxmlElement("w:pStyle")
            style.set(qn("w:val"), self._text_style)
            properties.append(style)
            said, run = OxmlElement("w:t"), OxmlElement("w:r")
            said.text = f" {text}"
            said.set(qn("xml:space"), "preserve")
            run.append(said)
            paragraph.extend([properties, self._run(OxmlElement("w:footnoteRef")), run])
            footnote.append(paragraph)
            root.append(footnote)
        return bytes(serialize_part_xml(root))
