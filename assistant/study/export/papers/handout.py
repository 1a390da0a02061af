"""The handout: two pages that learners take home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.study.export.papers.composing import chart, document_of, letterhead, one_line, point, warning
from assistant.study.export.papers.types import (
    Block,
    Heading,
    Notes,
    Paper,
    Paragraph,
    Run,
    Style,
    Table,
    Title,
)
from assistant.study.export.papers.wording import wording
from assistant.study.types import Draft, FigureRow, Handout

PAGES = 2


def handout_blocks(draft: Draft, made: Handout, notes: Notes) -> tuple[Block, ...]:
    """Key points, the table of figures with their dates and sources, a chart of each series."""
    return tuple(_blocks(made, notes, wording(draft.wish.language)))


def handout(draft: Draft, made: Handout) -> Paper:
    """The handout as a paper of its own."""
    notes = Notes(draft.wish.language)
    blocks = handout_blocks(draft, made, notes)
    words = wording(draft.wish.language)
    return Paper(one_line(made.title), draft.wish.language, blocks, tuple(notes.texts), words["notes"], PAGES)


def _blocks(made: Handout, notes: Notes, words: Mapping[str, str]) -> Iterator[Block]:
    yield letterhead(words)
    yield Title(words["handout"], _about(made.title, words["handout"]))
    for section in made.sections:
        yield Heading(one_line(section.title), 2)
        for said in section.points:
            yield point(said, notes, words)
        for number, question in enumerate(section.questions, 1):
            yield Paragraph((Run(f"{number}. {one_line(question)}"),), Style.OPTION)
    if made.figures:
        yield Heading(words["figures"], 2)
        head = (words["figure"], words["value"], words["date"], words["source"])
        rows = tuple(_row(figure, notes, words) for figure in made.figures)
        yield Table(head, rows, (0.31, 0.18, 0.14, 0.37), frozenset({1, 2}))
    if made.series:
        yield Heading(words["charts"], 2)
        for series in made.series:
            yield chart(series, notes, words)


def _about(title: str, name: str) -> str:
    """The title, without the paper's name at its beginning."""
    told = one_line(title)
    if told.casefold().startswith(name.casefold()):
        told = told[len(name) :].lstrip(" :–-")
    return told[:1].upper() + told[1:]


def _row(figure: FigureRow, notes: Notes, words: Mapping[str, str]) -> tuple[tuple[Run, ...], ...]:
    documents = dict.fromkeys(document_of(citation) for citation in figure.citations)
    return (
        (Run(one_line(figure.label)), *warning(figure.faults, words)),
        (Run(f"{figure.value} {figure.unit}".strip(), bold=True), *notes.runs(figure.citations)),
        (Run(figure.date or words["undated"]),),
        (Run("; ".join(documents)),),
    )
