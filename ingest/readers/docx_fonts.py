"""Conversion of the TCVN3 and VNI fonts of a .docx to Unicode, run by run.

viparse converts such documents too, but judges a paragraph whose font it cannot see (it stands in
a style's parent) by its few words alone, and gives Unicode paragraphs in a mixed document the
encoding of their neighbours. Here a run is converted for its own font, found through its styles,
and never where it holds a letter that only Unicode has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from ingest.readers.encoding import (
    convert_run,
    encoding_of_font,
    holds_unicode_letters,
    is_capital_font,
    legacy_encoding,
)


@dataclass(slots=True)
class _Piece:
    """Text elements next to each other in one paragraph that are set in one kind of font."""

    elements: list[Any]
    encoding: str | None
    capitals: bool

    @property
    def text(self) -> str:
        return "".join(element.text or "" for element in self.elements)


def to_unicode(document: Any, notes: Sequence[Any] = ()) -> str | None:
    """Convert every legacy run of a python-docx document, and of its ``notes``, in place.

    Returns:
        The encoding found (``tcvn3``, ``vni``), or ``None`` where all text was Unicode.
    """
    styles = _Styles(document)
    texts = [*document.element.body.iter(qn("w:p")), *notes]
    paragraphs = [list(_pieces(paragraph, styles)) for paragraph in texts]
    pieces = [piece for paragraph in paragraphs for piece in paragraph]
    unnamed = "\n".join(piece.text for piece in pieces if piece.encoding is None)
    by_content = legacy_encoding(unnamed)
    found: dict[str, int] = {}
    for paragraph in paragraphs:
        legacy = [piece for piece in paragraph if (piece.encoding or by_content) is not None]
        if any(holds_unicode_letters(piece.text) for piece in legacy):
            continue
        for piece in legacy:
            encoding = piece.encoding or by_content
            if encoding is not None:
                _convert(piece, encoding)
                found[encoding] = found.get(encoding, 0) + len(piece.text)
    return max(found, key=lambda name: found[name]) if found else None


def _pieces(paragraph: Any, styles: _Styles) -> Iterator[_Piece]:
    current: _Piece | None = None
    for element in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")):
        run = element.getparent()
        if element.tag != qn("w:t") or run.tag != qn("w:r"):
            if run.tag == qn("w:r") and current is not None:
                yield current
                current = None
            continue
        font = styles.font(run, paragraph) or ""
        encoding, capitals = encoding_of_font(font), is_capital_font(font)
        if current is not None and (current.encoding, current.capitals) == (encoding, capitals):
            current.elements.append(element)
            continue
        if current is not None:
            yield current
        current = _Piece([element], encoding, capitals)
    if current is not None:
        yield current


def _convert(piece: _Piece, encoding: str) -> None:
    # As one text: VNI writes a marked letter as two characters, which a change of format may part.
    first, *others = piece.elements
    first.text = convert_run(piece.text, encoding, capitals=piece.capitals)
    first.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for element in others:
        element.text = ""


class _Styles:
    """Fonts as inherited: run, character style, paragraph style, document defaults."""

    def __init__(self, document: Any) -> None:
        root = document.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in root.iter(qn("w:style"))}
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")
            ),
            None,
        )
        defaults = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._document_font = _font(defaults)
        self._known: dict[str | None, str | None] = {}

    def font(self, run: Any, paragraph: Any) -> str | None:
        properties = run.find(qn("w:rPr"))
        own = _font(properties)
        if own is not None:
            return own
        character = properties.find(qn("w:rStyle")) if properties is not None else None
        if character is not None and (font := self._of_style(character.get(qn("w:val")))) is not None:
            return font
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = style.get(qn("w:val")) if style is not None else self._default
        return self._of_style(name) or self._document_font

    def _of_style(self, name: str | None) -> str | None:
        if name not in self._known:
            font, visited, current = None, set[str | None](), name
            while font is None and current in self._styles and current not in visited:
                visited.add(current)
                style = self._styles[current]
                font = _font(style.find(qn("w:rPr")))
                parent = style.find(qn("w:basedOn"))
                current = parent.get(qn("w:val")) if parent is not None else None
            self._known[name] = font
        return self._known[name]


def _font(properties: Any) -> str | None:
    """The font of marked letters; a theme's font is named by its theme, never a legacy one."""
    fonts = properties.find(qn("w:rFonts")) if properties is not None else None
    if fonts is None:
        return None
    names = [fonts.get(qn(name)) for name in ("w:hAnsi", "w:ascii", "w:hAnsiTheme", "w:asciiTheme")]
    legacy = next((name for name in names if name and encoding_of_font(name)), None)
    return legacy or next((name for name in names if name), None)
