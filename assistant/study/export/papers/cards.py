"""Flashcards and slides as something to read."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.study.export.papers.composing import chart, one_line, point, warning
from assistant.study.export.papers.types import Block, Heading, Notes, Paragraph, Run, Style
from assistant.study.export.papers.wording import wording
from assistant.study.types import Draft


def flashcard_blocks(draft: Draft, notes: Notes) -> Iterator[Block]:
    """Each card: its front, its back with its notes."""
    words = wording(draft.wish.language)
    for number, card in enumerate(draft.flashcards, 1):
        front = Run(f"{number}. {one_line(card.front)}", bold=True)
        yield Paragraph((front, *warning(card.faults, words)), Style.QUESTION, keep=True)
        yield Paragraph((Run(one_line(card.back)), *notes.runs(card.citations)), Style.BULLET)


def slide_blocks(draft: Draft, notes: Notes) -> Iterator[Block]:
    """Each slide: its points, its chart, what the speaker says."""
    words = wording(draft.wish.language)
    for number, slide in enumerate(draft.slides, 1):
        yield Heading(words["slide"].format(number=number, title=one_line(slide.title)), 2)
        if slide.faults:
            yield Paragraph(warning(slide.faults, words))
        for said in slide.points:
            yield point(said, notes, words)
        if slide.series is not None:
            yield chart(slide.series, notes, words)
        if slide.notes.strip():
            told = f"{words['speaker']}: {one_line(slide.notes)}"
            yield Paragraph((Run(told, italic=True),))
