"""The typeface of official Vietnamese documents in a Word file (decree 30/2020/NĐ-CP, appendix I)."""

from __future__ import annotations

import re

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import CharacterStyle

FONT = "Times New Roman"
#: What XML cannot hold.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def possible(text: str) -> str:
    """The text without the characters that no XML file can hold."""
    return _IMPOSSIBLE.sub("", text)


def set_in_times(style: CharacterStyle, size: float) -> None:
    """Give a style the typeface, in black, at ``size`` points."""
    style.font.name, style.font.size = FONT, Pt(size)
    if style.name != "Normal":
        style.font.color.rgb = RGBColor(0, 0, 0)
    # The theme's font would win over the one set.
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FONT)


def set_language(style: CharacterStyle, language: str) -> None:
    """Say in what language ("vi" or "en") the text of a style is, for whoever checks its spelling."""
    said = OxmlElement("w:lang")
    said.set(qn("w:val"), "vi-VN" if language == "vi" else "en-GB")
    style.element.get_or_add_rPr().append(said)
