"""The look of a presentation: its own colours, fonts and layouts instead of those of python-pptx's template.

Dark red and gold on white; Arial, which every office has and whose widths are known.
"""

from __future__ import annotations

import re
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.util import Pt

from assistant.study.export.deck.pages import (
    BODY_HEIGHT,
    BODY_TOP,
    BODY_WIDTH,
    FOOTER_HEIGHT,
    FOOTER_SIZE,
    FOOTER_TOP,
    FOOTER_WIDTH,
    HEIGHT,
    MARGIN,
    TITLE_HEIGHT,
    TITLE_TOP,
    WIDTH,
)

FONT = "Arial"
RED, GOLD, INK, GREY = "8A1414", "C9A227", "222222", "606060"
#: Of the template's layouts those that are kept, by their place in it.
COVER, TEXT, CHART = 0, 1, 5
_COLOURS = {
    "dk1": "222222",
    "lt1": "FFFFFF",
    "dk2": "5C0E0E",
    "lt2": "F6ECD2",
    "accent1": "8A1414",
    "accent2": "C9A227",
    "accent3": "B5532B",
    "accent4": "6E6259",
    "accent5": "3F5A6B",
    "accent6": "7C8B4F",
    "hlink": "8A1414",
    "folHlink": "6E6259",
}
_TITLES = ("TITLE", "CENTER_TITLE")
_TITLE_BOX = (MARGIN, TITLE_TOP, BODY_WIDTH, TITLE_HEIGHT)
_BODY_BOX = (MARGIN, BODY_TOP, BODY_WIDTH, BODY_HEIGHT)
_COVER_TITLE_BOX = (MARGIN, 130.0, BODY_WIDTH, 190.0)
_COVER_BODY_BOX = (MARGIN, 345.0, BODY_WIDTH, 100.0)
_FOOTER_BOX = (MARGIN, FOOTER_TOP, FOOTER_WIDTH, FOOTER_HEIGHT)
_NUMBER_BOX = (WIDTH - MARGIN - 60, FOOTER_TOP, 60.0, FOOTER_HEIGHT)


def dress(presentation: Presentation) -> None:
    """Give an empty presentation its size, theme, master and layouts."""
    presentation.slide_width, presentation.slide_height = Pt(WIDTH), Pt(HEIGHT)
    master = presentation.slide_master
    _theme(master)
    kept = {COVER, TEXT, CHART}
    for place, layout in reversed(list(enumerate(presentation.slide_layouts))):
        if place not in kept:
            presentation.slide_layouts.remove(layout)
    for shape in list(master.placeholders):
        _place(shape, cover=False)
    _rule(master.shapes, TITLE_TOP + TITLE_HEIGHT + 6)
    for number, layout in enumerate(presentation.slide_layouts):
        for shape in list(layout.placeholders):
            _place(shape, cover=number == 0)
    cover = presentation.slide_layouts[0]
    cover._element.set("showMasterSp", "0")
    _bar(cover.shapes)


def _theme(master: Any) -> None:
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = part.blob.decode("utf-8")
    for name, colour in _COLOURS.items():
        xml = re.sub(
            rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>', xml, flags=re.S
        )
    xml = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{FONT}", xml)
    part._blob = xml.encode("utf-8")


def _place(shape: Any, *, cover: bool) -> None:
    kind = shape.placeholder_format.type
    name = kind.name if kind is not None else ""
    box, size, ink, anchor = _BODY_BOX, 24.0, INK, MSO_ANCHOR.TOP
    if name in _TITLES and cover:
        box, size, ink, anchor = _COVER_TITLE_BOX, 40.0, RED, MSO_ANCHOR.BOTTOM
    elif name in _TITLES:
        box, size, ink, anchor = _TITLE_BOX, 32.0, RED, MSO_ANCHOR.MIDDLE
    elif name in ("FOOTER", "SLIDE_NUMBER"):
        box = _FOOTER_BOX if name == "FOOTER" else _NUMBER_BOX
        size, ink, anchor = FOOTER_SIZE, GREY, MSO_ANCHOR.MIDDLE
    elif name == "DATE":
        shape._element.getparent().remove(shape._element)
        return
    elif cover:
        box = _COVER_BODY_BOX
    shape.left, shape.top, shape.width, shape.height = (Pt(length) for length in box)
    frame = shape.text_frame
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = True
    align = PP_ALIGN.RIGHT if name == "SLIDE_NUMBER" else PP_ALIGN.LEFT
    _list_style(shape, size, ink, align, bold=name in _TITLES)


def _list_style(shape: Any, size: float, colour: str, align: Any, *, bold: bool) -> None:
    """What text of a placeholder looks like unless a slide says otherwise."""
    body = shape._element.txBody
    old = body.find(qn("a:lstStyle"))
    side = "r" if align is PP_ALIGN.RIGHT else "l"
    style = parse_xml(
        f'<a:lstStyle {nsdecls("a")}><a:lvl1pPr algn="{side}" marL="0" indent="0"><a:buNone/>'
        f'<a:defRPr sz="{round(size * 100)}" b="{int(bold)}">'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="{FONT}"/><a:cs typeface="{FONT}"/></a:defRPr></a:lvl1pPr></a:lstStyle>'
    )
    if old is None:
        body.find(qn("a:bodyPr")).addnext(style)
    else:
        body.replace(old, style)


def _rule(shapes: Any, top: float) -> None:
    """A gold line below the title."""
    _filled(shapes, (MARGIN, top, 90.0, 3.0), GOLD)


def _bar(shapes: Any) -> None:
    """On the cover: a red edge, and a gold line between title and what stands below it."""
    _filled(shapes, (0.0, 0.0, 18.0, HEIGHT), RED)
    _filled(shapes, (MARGIN, 330.0, 150.0, 3.0), GOLD)


def _filled(shapes: Any, box: tuple[float, float, float, float], colour: str) -> None:
    """Layouts and masters have no ``add_shape``: the element is written as PowerPoint writes it."""
    left, top, width, height = (int(Pt(length)) for length in box)
    tree = shapes._spTree
    number = 900 + len(tree)
    tree.append(
        parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="Line {number}"/><p:cNvSpPr/>'
            f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
            f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
        )
    )


def colour(hexadecimal: str) -> RGBColor:
    made: RGBColor = RGBColor.from_string(hexadecimal)
    return made
