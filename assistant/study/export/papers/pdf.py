"""A paper as a PDF file: text that can be selected, an outline, and notes at its end that markers lead to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer
from reportlab.platypus import Paragraph as Text
from reportlab.platypus.flowables import HRFlowable
from reportlab.platypus.tableofcontents import TableOfContents

from assistant.export.typeface import possible
from assistant.study.export.papers.pages import BULLET_INDENT, OPTION_INDENT, WIDTH
from assistant.study.export.papers.pdf_document import (
    SIZE,
    Document,
    Drawn,
    OutlinedHeading,
    WholeTable,
)
from assistant.study.export.papers.types import (
    Block,
    Break,
    Chart,
    Contents,
    Fields,
    Heading,
    Letterhead,
    Paper,
    Paragraph,
    Run,
    Style,
    Table,
    Title,
)
from assistant.study.export.pdf_charts import drawing
from assistant.study.export.pdf_fonts import BOLD, ITALIC, TEXT, drawable, register, text_width


@dataclass(frozen=True, slots=True)
class _Look:
    """How much smaller letters are; height of a line and space after a paragraph over their size."""

    scale: float = 1.0
    leading: float = 1.4
    after: float = 0.45


#: How it is tried to fit a number of pages, and to save a last page with next to nothing on it.
_SMALLER = tuple(_Look(scale) for scale in (1.0, 0.93, 0.86, 0.8, 0.74, 0.68))
_CLOSER = (_Look(leading=1.36, after=0.4), _Look(leading=1.32, after=0.35), _Look(leading=1.27, after=0.3))
#: Points between a line to write on and the next.
_GAP = 12
#: Share of a last page that is next to nothing.
_NEARLY_EMPTY = 0.33
_LINK = "#8a1414"
_RULE = HexColor("#606060")
_GREY = HexColor("#707070")
_LEVELS = 3


def to_pdf(paper: Paper) -> bytes:
    """The whole file; the same paper gives the same bytes.

    Letters are smaller where its pages are limited; lines are a little closer where that saves a last page
    with next to nothing on it.
    """
    made, pages, filled = _built(paper, _Look())
    if paper.most_pages is None:
        if pages == 1 or filled >= _NEARLY_EMPTY:
            return made
        closer = (_built(paper, look) for look in _CLOSER)
        return next((file for file, count, _ in closer if count < pages), made)
    for look in _SMALLER[1:]:
        if pages <= paper.most_pages:
            break
        made, pages, _ = _built(paper, look)
    return made


def _built(paper: Paper, look: _Look) -> tuple[bytes, int, float]:
    """The file, the number of its pages, and the share of the last that is filled."""
    register()
    file = BytesIO()
    document = Document(file, paper)
    setter = _Setter(paper, look)
    story = [flowable for block in paper.blocks for flowable in setter.set(block)] + setter.notes()
    document.multiBuild(story)
    return file.getvalue(), document.page, document.filled


class _Setter:
    """Turns blocks into flowables."""

    def __init__(self, paper: Paper, look: _Look) -> None:
        self._paper = paper
        self._size = SIZE * look.scale
        self._leading = look.leading
        self._scale = scale = look.scale
        self._referred: set[int] = set()
        after = look.after * self._size
        self._body = self._style("body", alignment=TA_JUSTIFY, spaceAfter=after)
        self._styles = {
            Style.BODY: self._body,
            Style.BULLET: self._style(
                "bullet",
                alignment=TA_JUSTIFY,
                leftIndent=BULLET_INDENT * scale,
                bulletIndent=2,
                spaceAfter=after,
            ),
            Style.QUESTION: self._style("question", spaceBefore=after, spaceAfter=after),
            Style.OPTION: self._style("option", leftIndent=OPTION_INDENT * scale, spaceAfter=after / 2),
            Style.CAPTION: self._style("caption", fontSize=0.9 * self._size),
        }
        self._cell = self._style("cell", fontSize=0.9 * self._size)
        self._cell_centred = self._style("centred cell", fontSize=0.9 * self._size, alignment=TA_CENTER)
        self._centred = self._style("centred", fontName=BOLD, alignment=TA_CENTER, spaceAfter=2 * after)
        self._note = self._style("note", fontSize=0.8 * self._size, spaceAfter=after / 2)
        self._after = after

    def set(self, block: Block) -> Iterator[Flowable]:
        match block:
            case Break():
                yield PageBreak()
            case Letterhead():
                yield from self._letterhead(block)
            case Title(text=text, about=about):
                title = self._style(
                    "title",
                    self._size + 2,
                    fontName=BOLD,
                    alignment=TA_CENTER,
                    spaceBefore=2 * self._after,
                    spaceAfter=self._after,
                )
                yield self._heading(text, title, 0)
                if about:
                    yield Text(_escaped(about), self._centred)
            case Heading(text=text, level=level):
                style = self._style(
                    f"heading {level}",
                    self._size + (1.5 if level == 1 else 0),
                    fontName=BOLD,
                    textColor=HexColor(_LINK) if level == 1 else HexColor("#000000"),
                    spaceBefore=self._after * (2 if level == 1 else 1),
                    spaceAfter=self._after,
                    keepWithNext=1,
                )
                yield self._heading(text, style, level)
            case Paragraph(style=Style.LINE):
                line = HRFlowable(
                    WIDTH,
                    0.6,
                    color=_RULE,
                    dash=(0.6, 2),
                    spaceBefore=1.3 * self._size,
                    spaceAfter=self._after,
                )
                line.keepWithNext = int(block.keep)
                yield line
            case Paragraph():
                yield self._paragraph(block)
            case Fields():
                yield self._fields(block)
            case Contents(title=title):
                yield Text(_escaped(title), self._centred)
                yield self._contents()
            case Table():
                yield from self._table(block)
            case Chart(series=series, caption=caption):
                drawn = Drawn(drawing(series, WIDTH, 52 * mm * self._scale, 0.85 * self._size))
                style = self._style(
                    "caption",
                    fontSize=0.9 * self._size,
                    alignment=TA_CENTER,
                    spaceBefore=3,
                    spaceAfter=self._after,
                )
                yield drawn
                yield Text(self._marked_up(caption), style)

    def notes(self) -> list[Flowable]:
        """The notes, each with a link back to where it is first referred to."""
        if not self._paper.notes:
            return []
        style = self._style(
            "notes", fontName=BOLD, spaceBefore=2 * self._after, spaceAfter=self._after, keepWithNext=1
        )
        made: list[Flowable] = [self._heading(self._paper.notes_title, style, 1)]
        for number, note in enumerate(self._paper.notes, 1):
            back = f'<a name="n{number}"/><a href="#r{number}" color="{_LINK}">[{number}]</a> '
            plain = f'<a name="n{number}"/>[{number}] '
            made.append(Text((back if number in self._referred else plain) + _escaped(note), self._note))
        return made

    def _paragraph(self, block: Paragraph) -> Flowable:
        style = self._styles[block.style]
        if block.keep:
            style = ParagraphStyle(f"{style.name} kept", style, keepWithNext=1)
        bullet = "•" if block.style is Style.BULLET else None
        return Text(self._marked_up(block.runs), style, bulletText=bullet)

    def _heading(self, text: str, style: ParagraphStyle, level: int) -> Flowable:
        return OutlinedHeading(_escaped(text), style, level)

    def _letterhead(self, head: Letterhead) -> Iterator[Flowable]:
        def cell(text: str, font: str, colour: Any = _GREY) -> Text:
            style = self._style(
                "head", 0.95 * self._size, fontName=font, alignment=TA_CENTER, textColor=colour
            )
            return Text(_escaped(text), style)

        rows = [
            [cell(head.above, TEXT), cell(head.motto, BOLD, HexColor("#000000"))],
            [cell(head.office, BOLD), cell(head.place, ITALIC)],
        ]
        yield self._grid(rows, (0.5, 0.5), [])

    def _fields(self, block: Fields) -> Flowable:
        plain = self._style("field")
        cells: list[Any] = []
        widths: list[float] = []
        rules: list[Any] = [
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
            ("TOPPADDING", (0, 0), (-1, -1), 8),
            # The line to write on is just below the letters of what it asks for.
            ("BOTTOMPADDING", (0, 0), (-1, -1), -1),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ]
        for asked, share in block.lines:
            name = f"{asked}:"
            wide = text_width(name, self._size) + 10
            rules.append(("LINEBELOW", (len(cells) + 1, 0), (len(cells) + 1, 0), 0.6, _RULE, None, (0.6, 2)))
            cells += [Text(_escaped(name), plain), "", ""]
            widths += [wide / WIDTH, share - (wide + _GAP) / WIDTH, _GAP / WIDTH]
        return self._grid([cells], widths, rules)

    def _contents(self) -> Flowable:
        made = TableOfContents(dotsMinLevel=0)
        made.levelStyles = [
            self._style(
                f"contents {level}",
                0.95 * self._size,
                fontName=TEXT if level else BOLD,
                leftIndent=12 * level,
            )
            for level in range(_LEVELS)
        ]
        return made

    def _table(self, block: Table) -> Iterator[Flowable]:
        rows: list[list[Any]] = []
        if block.head:
            rows.append([Text(f"<b>{_escaped(name)}</b>", self._cell_centred) for name in block.head])
        for row in block.rows:
            styles = (self._cell_centred if at in block.centred else self._cell for at in range(len(row)))
            rows.append([Text(self._marked_up(cell), style) for cell, style in zip(row, styles, strict=True)])
        look = [("GRID", (0, 0), (-1, -1), 0.5, _RULE)]
        if block.head:
            look.append(("BACKGROUND", (0, 0), (-1, 0), HexColor("#f6ecd2")))  # type: ignore[arg-type]
        grid = self._grid(rows, block.shares, look, repeated=1 if block.head else 0)
        space = Spacer(1, self._after)
        grid.keepWithNext = space.keepWithNext = int(block.keep)
        yield grid
        yield space

    def _grid(
        self, rows: list[list[Any]], shares: Sequence[float], look: list[Any], *, repeated: int = 0
    ) -> Flowable:
        padding = [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ]
        widths = [WIDTH * share for share in shares]
        return WholeTable(rows, colWidths=widths, style=[*padding, *look], repeatRows=repeated)

    def _marked_up(self, runs: Sequence[Run]) -> str:
        """The runs in reportlab's markup; the first reference to a note is what the note leads back to."""
        parts = []
        for place, run in enumerate(runs):
            if run.note is not None:
                comma = "&nbsp;" if place and runs[place - 1].note is not None else ""
                name = "" if run.note in self._referred else f'<a name="r{run.note}"/>'
                self._referred.add(run.note)
                link = f'<a href="#n{run.note}" color="{_LINK}">[{run.note}]</a>'
                parts.append(f'{name}<super size="{0.7 * self._size:.1f}">{comma}{link}</super>')
                continue
            text = _escaped(run.text)
            text = f"<b>{text}</b>" if run.bold else text
            parts.append(f"<i>{text}</i>" if run.italic else text)
        return "".join(parts)

    def _style(self, name: str, size: float = 0, **wanted: Any) -> ParagraphStyle:
        size = wanted.pop("fontSize", size or self._size)
        wanted = {
            "fontName": TEXT,
            "bulletFontName": TEXT,
            "bulletFontSize": size,
            "leading": self._leading * size,
            "splitLongWords": 1,
            "allowWidows": 0,
            "allowOrphans": 0,
            **wanted,
        }
        return ParagraphStyle(name, fontSize=size, **wanted)


def _escaped(text: str) -> str:
    text = escape(drawable(possible(text)))
    return text.replace("  ", "&nbsp; ")
