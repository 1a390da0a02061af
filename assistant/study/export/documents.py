"""Lesson plan, handout, quiz and key as files: each function makes one file of a draft.

All raise ``PartMissing`` where the draft lacks what the file is made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from assistant.study.export.archive import without_times
from assistant.study.export.papers import markdown, pdf, word
from assistant.study.export.papers.cards import flashcard_blocks, slide_blocks
from assistant.study.export.papers.composing import one_line
from assistant.study.export.papers.handout import handout, handout_blocks
from assistant.study.export.papers.pages import fitting
from assistant.study.export.papers.plan import plan, plan_blocks
from assistant.study.export.papers.quiz import key, key_blocks, quiz, quiz_blocks
from assistant.study.export.papers.types import Block, Break, Notes, Paper, Title
from assistant.study.export.papers.wording import wording
from assistant.study.export.parts import require
from assistant.study.types import Draft, Part
from assistant.study.variants import in_order, papers

_READ = (Part.PLAN, Part.HANDOUT, Part.QUIZ)


def to_plan_docx(draft: Draft) -> bytes:
    return word.to_docx(_plan(draft, "plan-docx"))


def to_plan_pdf(draft: Draft) -> bytes:
    return pdf.to_pdf(_plan(draft, "plan-pdf"))


def to_handout_docx(draft: Draft) -> bytes:
    return word.to_docx(_handout(draft, "handout-docx"))


def to_handout_pdf(draft: Draft) -> bytes:
    return pdf.to_pdf(_handout(draft, "handout-pdf"))


def to_quiz_docx(draft: Draft) -> bytes:
    return word.to_docx(_quiz(draft, "quiz-docx"))


def to_quiz_pdf(draft: Draft) -> bytes:
    return pdf.to_pdf(_quiz(draft, "quiz-pdf"))


def to_key_docx(draft: Draft) -> bytes:
    return word.to_docx(_key(draft, "key-docx"))


def to_key_pdf(draft: Draft) -> bytes:
    return pdf.to_pdf(_key(draft, "key-pdf"))


def handout_size(draft: Draft) -> float:
    """Points of the letters with which the Word handout fits its two pages; under 11 it holds too much."""
    return fitting(_handout(draft, "handout-docx")).body


def to_variants_docx(draft: Draft) -> bytes:
    """A zip archive: for each code the shuffled paper and its key."""
    require(draft, "variants-docx", Part.QUIZ)
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for variant in papers(draft):
            archive.writestr(f"de-{variant.code}.docx", word.to_docx(quiz(draft, variant)))
            archive.writestr(f"dap-an-{variant.code}.docx", word.to_docx(key(draft, variant)))
    return without_times(file.getvalue())


def to_pdf(draft: Draft) -> bytes:
    """Plan, handout, quiz and key in one file, their notes numbered through and together at its end."""
    require(draft, "pdf", *_READ)
    return pdf.to_pdf(_together(draft, Notes(draft.wish.language), whole=False))


def to_markdown(draft: Draft) -> bytes:
    """All parts in one file, their notes numbered through."""
    require(draft, "markdown", *Part)
    return markdown.to_markdown(_together(draft, Notes(draft.wish.language), whole=True))


def _together(draft: Draft, notes: Notes, *, whole: bool) -> Paper:
    blocks: list[Block] = []
    for part in _parts(draft, notes, whole=whole):
        blocks += [Break(), *part] if blocks else part
    words = wording(draft.wish.language)
    return Paper(
        one_line(draft.title), draft.wish.language, tuple(blocks), tuple(notes.texts), words["notes"]
    )


def _parts(draft: Draft, notes: Notes, *, whole: bool) -> Iterator[tuple[Block, ...]]:
    words = wording(draft.wish.language)
    if draft.lessons:
        yield plan_blocks(draft, notes)
    if draft.handout is not None:
        yield handout_blocks(draft, draft.handout, notes)
    if draft.quiz:
        yield quiz_blocks(draft, in_order(draft))
        yield key_blocks(draft, in_order(draft), notes)
    if draft.flashcards and whole:
        yield (Title(words["flashcards"]), *flashcard_blocks(draft, notes))
    if draft.slides and whole:
        yield (Title(words["slides"]), *slide_blocks(draft, notes))


def _plan(draft: Draft, name: str) -> Paper:
    require(draft, name, Part.PLAN)
    return plan(draft)


def _handout(draft: Draft, name: str) -> Paper:
    require(draft, name, Part.HANDOUT)
    assert draft.handout is not None
    return handout(draft, draft.handout)


def _quiz(draft: Draft, name: str) -> Paper:
    require(draft, name, Part.QUIZ)
    return quiz(draft, in_order(draft))


def _key(draft: Draft, name: str) -> Paper:
    require(draft, name, Part.QUIZ)
    return key(draft, in_order(draft))
