"""What a paper says, whatever the format: blocks made of runs, and numbered notes.

A note is the exact quote and where it stands. Numbers run through the whole paper in reading order, and
equal spans have one number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.export.notes import note_on
from assistant.notices import all_in_words
from assistant.study.types import Series
from assistant.types import Citation


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one face, or, where ``note`` is a number, the reference to that note."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    note: int | None = None


class Style(StrEnum):
    """What a paragraph is."""

    BODY = "body"
    BULLET = "bullet"
    QUESTION = "question"
    OPTION = "option"
    CAPTION = "caption"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``LINE`` is a line to write on; ``keep`` holds a paragraph on the page of the next."""

    runs: tuple[Run, ...]
    style: Style = Style.BODY
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 to 3."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What heads an official paper: its office, to be filled in, and place and date."""

    above: str
    office: str
    motto: str
    place: str


@dataclass(frozen=True, slots=True)
class Title:
    """The paper's name, and what it is about below it."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """Lines to fill in, side by side: what each asks for, and its share of the width."""

    lines: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings of the first two levels with their pages."""

    title: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells.

    Attributes:
        head: of the columns; empty for a table without one.
        shares: of the width, one for each column; together 1.
        centred: columns whose cells are centred.
        total: the last row is the sum of the others.
        keep: it stands on the page of what follows.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    shares: tuple[float, ...]
    centred: frozenset[int] = frozenset()
    total: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A series as a chart, and below it what it shows with its notes."""

    series: Series
    caption: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins on a new page."""


Block = Break | Paragraph | Heading | Letterhead | Title | Fields | Contents | Table | Chart


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper.

    Attributes:
        title: by which a file calls itself.
        notes: by number, from 1.
        notes_title: over the notes where a format sets them at the end.
        most_pages: into which it is made to fit by smaller letters; ``None`` for as many as it takes.
        official: its text stays at 14 points with 6 between paragraphs, also to save a page.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    notes_title: str
    most_pages: int | None = None
    official: bool = False


@dataclass(slots=True)
class Notes:
    """Numbers citations as they come."""

    language: str
    texts: list[str] = field(default_factory=list)
    _numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def number(self, citation: Citation) -> int:
        """The number of a citation's span; a new one where it was not cited before."""
        span = (citation.document_id, citation.start, citation.end)
        if span not in self._numbers:
            warnings = all_in_words((citation,), self.language)
            self.texts.append(" ".join((note_on(citation), *warnings)))
            self._numbers[span] = len(self.texts)
        return self._numbers[span]

    def runs(self, citations: Sequence[Citation]) -> tuple[Run, ...]:
        """References to the notes of some citations, each once."""
        numbers = dict.fromkeys(self.number(citation) for citation in citations)
        return tuple(Run(note=number) for number in numbers)


def plain(runs: Sequence[Run]) -> str:
    """The words of some runs, without their references."""
    return "".join(run.text for run in runs)
