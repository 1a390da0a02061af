"""On which page of a Word file each heading comes to stand, worked out from the widths of its letters.

A table of contents must be right before a program updates it, and a handout must fit its two pages. What is
followed here is how Word and LibreOffice break pages: footnotes stand below the line that refers to them, a
heading stays with two lines of what follows, no single line of a paragraph is left behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.study.export.measure import lines, times, times_bold
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

_MM = 72 / 25.4
#: A4 within the margins 20, 20, 30 and 15 mm.
WIDTH, HEIGHT = 165 * _MM, 257 * _MM
#: Height of a line over the size of its letters in Times New Roman.
_LEADING = 1.15
#: What the rule above footnotes takes.
_RULE = 7.0
#: Left free at the foot of each page where a paper must fit a number of pages.
_SPARE = 12.0
#: Indents in points: of a bullet's text, of an option.
BULLET_INDENT, OPTION_INDENT = 18.0, 18.0
#: Left and right padding of a cell together.
_CELL_PADDING = 11.0
#: Space above and below the text of a cell.
_CELL_SPACE = 1.0
#: The thin line after a table.
_AFTER_TABLE = 4.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Letters of a paper in points, space between its paragraphs, height of its charts in millimetres."""

    body: float = 14
    table: float = 13
    note: float = 12
    after: float = 6
    chart: float = 62


#: The sizes that are tried, largest first, for a paper that must fit a number of pages.
SMALLER = (
    Sizes(),
    Sizes(14, 12, 12, 4, 54),
    Sizes(13, 12, 11, 4, 50),
    Sizes(13, 12, 10, 3, 46),
    Sizes(12, 11, 10, 3, 46),
    Sizes(11, 10, 9, 2, 40),
    Sizes(10, 9, 8, 1, 34),
    Sizes(9.5, 8.5, 8, 1, 30),
)


#: The sizes that are tried, largest first, to save a last page with next to nothing on it; then those that an
#: official paper may not have.
CLOSER = (Sizes(note=11.5), Sizes(note=11), Sizes(14, 12, 11))
CLOSEST = (Sizes(14, 12, 11, 5), Sizes(14, 12, 11, 4), Sizes(13, 12, 11, 5), Sizes(13, 12, 11, 3))
#: Shares of a last page: less is next to nothing; with more, a program may need one page more than reckoned.
_NEARLY_EMPTY, _FULL = 0.33, 0.96
#: Share of a page up to which a table is kept on one.
_SHORT_TABLE = 0.6


@dataclass(frozen=True, slots=True)
class Pages:
    """How many there are, on which each heading stands, in order, and what share of the last is filled."""

    count: int
    headings: tuple[int, ...]
    filled: float


def fitting(paper: Paper) -> Sizes:
    """The largest sizes with which a paper fits the pages it may have; the smallest if none do.

    A paper of any number of pages is set a little closer where that saves a last page with next to nothing
    on it.
    """
    if paper.most_pages is None:
        return _saving(paper)
    most = paper.most_pages
    fits = (sizes for sizes in SMALLER if paginate(paper, sizes, whole_notes=True).count <= most)
    return next(fits, SMALLER[-1])


def _saving(paper: Paper) -> Sizes:
    usual = paginate(paper, Sizes())
    if usual.count == 1 or _NEARLY_EMPTY <= usual.filled <= _FULL:
        return Sizes()
    most = usual.count - (usual.filled < _NEARLY_EMPTY)
    for sizes in CLOSER if paper.official else (*CLOSER, *CLOSEST):
        pages = paginate(paper, sizes)
        if pages.count < most or (pages.count == most and pages.filled <= _FULL):
            return sizes
    return Sizes()


def stays_whole(table: Table, sizes: Sizes) -> bool:
    """Whether a table is short enough to be kept on one page."""
    setter = _Setter(Paper("", "", (), (), ""), sizes)
    bare = tuple(tuple(tuple(run for run in cell if run.note is None) for cell in row) for row in table.rows)
    height = sum(unit.lines[0][0] for unit in setter.rows(replace(table, rows=bare)))
    return height <= _SHORT_TABLE * HEIGHT


def paginate(paper: Paper, sizes: Sizes, *, whole_notes: bool = False) -> Pages:
    """Where the pages of a paper break.

    Args:
        whole_notes: each footnote stands on the page of its reference, which takes more room than programs
            need, who break footnotes between pages: to be sure that a paper fits.
    """
    setter = _Setter(paper, sizes)
    units = [unit for block in paper.blocks for unit in setter.units(block)]
    press = _Press(HEIGHT, HEIGHT - _SPARE) if whole_notes else _Press(_LEADING * sizes.note)
    headings = []
    for place, unit in enumerate(units):
        page = press.put(units[place:])
        if unit.heading:
            headings.append(page)
    return Pages(press.page, tuple(headings), press.filled)


@dataclass(frozen=True, slots=True)
class _Unit:
    """Lines that follow each other: each with its height and that of the footnotes it brings."""

    lines: tuple[tuple[float, float], ...]
    after: float
    before: float = 0.0
    keep_next: bool = False
    together: bool = False
    heading: bool = False
    turn: bool = False


class _Setter:
    """Turns blocks into lines."""

    def __init__(self, paper: Paper, sizes: Sizes) -> None:
        self._paper = paper
        self._sizes = sizes
        self._met: set[int] = set()

    def units(self, block: Block) -> Iterator[_Unit]:
        sizes = self._sizes
        line = _LEADING * sizes.body
        match block:
            case Break():
                yield _Unit((), 0.0, turn=True)
            case Letterhead():
                rows = 3 * _LEADING * sizes.table + 4
                yield _Unit(((rows, 0.0),), sizes.after)
            case Title(text=text, about=about):
                count = len(lines(text, sizes.body + 2, WIDTH, times_bold))
                yield _Unit(((_LEADING * (sizes.body + 2), 0.0),) * count, sizes.after, 2 * sizes.after)
                if about:
                    count = len(lines(about, sizes.body, WIDTH, times_bold))
                    yield _Unit(((line, 0.0),) * count, 2 * sizes.after)
            case Heading(text=text):
                count = len(lines(text, sizes.body, WIDTH, times_bold))
                yield _Unit(((line, 0.0),) * count, sizes.after, sizes.after, True, True, True)
            case Paragraph():
                yield self._paragraph(block)
            case Fields():
                yield _Unit(((line, 0.0),), sizes.after)
            case Contents():
                yield _Unit(((line, 0.0),), sizes.after, sizes.after, True)
                entries = [found for found in self._paper.blocks if isinstance(found, Heading)]
                for entry in entries:
                    room = WIDTH - 30 - 12 * (entry.level - 1)
                    count = len(lines(entry.text, sizes.table, room, times))
                    yield _Unit(((_LEADING * sizes.table, 0.0),) * count, 2)
            case Table():
                yield from self._table(block)
            case Chart(caption=caption):
                yield _Unit(((sizes.chart * _MM + 4, 0.0),), 2, 2, True, True)
                yield self._lines(caption, sizes.table, WIDTH, sizes.after)

    def _paragraph(self, block: Paragraph) -> _Unit:
        sizes = self._sizes
        indent = {Style.BULLET: BULLET_INDENT, Style.OPTION: OPTION_INDENT}.get(block.style, 0.0)
        after = sizes.after / 2 if block.style is Style.OPTION else sizes.after
        before = sizes.after if block.style is Style.QUESTION else 0.0
        made = self._lines(block.runs, sizes.body, WIDTH - indent, after, before, keep=block.keep)
        return replace(made, together=block.style in (Style.QUESTION, Style.OPTION))

    def _table(self, block: Table) -> Iterator[_Unit]:
        """The rows, kept together as they are where they stay on one page."""
        whole = stays_whole(block, self._sizes)
        rows = list(self.rows(block))
        for place, row in enumerate(rows):
            last = place == len(rows) - 1
            kept = block.keep if last else whole or (place == 0 and bool(block.head))
            yield replace(row, keep_next=kept, after=_AFTER_TABLE if last else 0.0)

    def rows(self, block: Table) -> Iterator[_Unit]:
        """Each row of a table, its head first, in one line."""
        size = self._sizes.table
        widths = [WIDTH * share - _CELL_PADDING for share in block.shares]
        rows: list[Sequence[Sequence[Run]]] = list(block.rows)
        if block.head:
            rows.insert(0, [(Run(name, bold=True),) for name in block.head])
        for row in rows:
            heights, notes = [0.0], 0.0
            for cell, width in zip(row, widths, strict=True):
                unit = self._lines(cell, size, width, 0)
                heights.append(sum(height for height, _ in unit.lines))
                notes += sum(note for _, note in unit.lines)
            yield _Unit(((max(heights) + 2 * _CELL_SPACE + 0.5, notes),), 0.0, together=True)

    def _lines(
        self,
        runs: Sequence[Run],
        size: float,
        width: float,
        after: float,
        before: float = 0.0,
        *,
        keep: bool = False,
    ) -> _Unit:
        shown = [
            run.text if run.note is None else _mark(run.note, place + 1 < len(runs) and runs[place + 1].note)
            for place, run in enumerate(runs)
        ]
        words = "".join(shown)
        bold = sum(len(run.text) for run in runs if run.bold) * 2 > len(words)
        broken = lines(words, size, width, times_bold if bold else times)
        ends = [sum(len(part) + 1 for part in broken[: place + 1]) for place in range(len(broken))]
        notes, at = [0.0] * len(broken), 0
        for run, text in zip(runs, shown, strict=True):
            at += len(text)
            if run.note is not None and run.note not in self._met:
                self._met.add(run.note)
                where = next((place for place, end in enumerate(ends) if at <= end), len(broken) - 1)
                notes[where] += self._note(run.note)
        return _Unit(tuple((_LEADING * size, note) for note in notes), after, before, keep)

    def _note(self, number: int) -> float:
        size = self._sizes.note
        text = f"{number} {self._paper.notes[number - 1]}"
        return len(lines(text, size, WIDTH, times)) * _LEADING * size + 2


def _mark(number: int, another: object) -> str:
    """Letters that take about the room of a raised reference: narrow ones, one for a comma."""
    return "i" * (len(str(number)) + bool(another))


@dataclass(slots=True)
class _Press:
    """Puts units on pages.

    Attributes:
        note_line: the height of a line of a footnote; of the last footnote of a page that much must fit, and
            the rest goes on the next page.
        height: of what is set on a page.
    """

    note_line: float
    height: float = HEIGHT
    page: int = 1
    _used: float = 0.0
    _notes: float = 0.0
    _carried: float = 0.0
    _gap: float = 0.0

    @property
    def filled(self) -> float:
        """The share of the page that is set."""
        return (self._used + self._notes) / self.height

    def put(self, units: Sequence[_Unit]) -> int:
        """Set the first of ``units``, minding what must stay with it; the page of its first line."""
        unit = units[0]
        if unit.turn:
            self._turn()
            return self.page
        before = max(unit.before, self._gap) if self._used else 0.0
        if self._used and not self._fits(before, self._needed(units)):
            self._turn()
            before = 0.0
        first, self._used = self.page, self._used + before
        for place, line in enumerate(unit.lines):
            left = len(unit.lines) - place
            # No last line alone: the line before it goes with it.
            ahead = unit.lines[place : place + 2] if left == 2 else (line,)
            if self._used and not self._fits(0.0, ahead):
                self._turn()
                if place == 0:
                    first = self.page
            self._set(*line)
        self._gap = unit.after
        return first

    def _needed(self, units: Sequence[_Unit]) -> list[tuple[float, float]]:
        """The lines that must stand on one page: of the first unit, and of those it is kept with."""
        needed: list[tuple[float, float]] = []
        for place, unit in enumerate(units):
            if place:
                needed.append((max(unit.before, units[place - 1].after), 0.0))
            whole = unit.together or unit.keep_next or len(unit.lines) <= 3
            needed += unit.lines if whole else unit.lines[:2]
            if not unit.keep_next:
                break
        # What no page holds is broken where the page ends.
        over = sum(height + note for height, note in needed) > self.height
        return list(units[0].lines) if over else needed

    def _fits(self, before: float, ahead: Sequence[tuple[float, float]]) -> bool:
        notes = [note for _, note in ahead if note]
        room = self._room() - before - sum(height for height, _ in ahead)
        if notes and not self._notes:
            room -= _RULE
        last = min(notes[-1], self.note_line) if notes else 0.0
        return sum(notes[:-1]) + last <= room and (not notes or not self._carried)

    def _room(self) -> float:
        return self.height - self._used - self._notes - (_RULE if self._notes else 0.0)

    def _set(self, height: float, notes: float) -> None:
        self._used += height
        self._notes += notes
        over = min(max(0.0, -self._room()), notes)
        self._notes -= over
        self._carried += over

    def _turn(self) -> None:
        self.page += 1
        self._used = self._gap = 0.0
        self._notes, self._carried = self._carried, 0.0
