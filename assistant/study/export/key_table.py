"""The keys of all papers in one table: a line for each question, a column for each code."""

from __future__ import annotations

from assistant.study.export.table import table
from assistant.study.export.wording import Wording, wording
from assistant.study.types import Draft, QuizKind
from assistant.study.variants import Question, papers


def to_key_table(draft: Draft) -> bytes:
    """Comma-separated values, as :mod:`assistant.study.export.table` writes them."""
    words = wording(draft.wish.language)
    shuffled = papers(draft)
    head = [words.question, *(f"{words.paper} {paper.code}" for paper in shuffled)]
    keys = ([written_key(question, words) for question in paper.questions] for paper in shuffled)
    rows = [[str(number), *row] for number, row in enumerate(zip(*keys, strict=True), 1)]
    return table([head, *rows])


def written_key(question: Question, words: Wording) -> str:
    """As a marker of papers reads it: "B", "Đúng", "1–C, 2–A", "C → A → B", "“36.150”"."""
    match question.item.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            return ", ".join(question.key)
        case QuizKind.TRUE_FALSE:
            return words.true if question.item.truth else words.false
        case QuizKind.MATCH:
            return ", ".join(f"{number}–{name}" for number, name in enumerate(question.key, 1))
        case QuizKind.ORDER:
            return " → ".join(question.key)
        case QuizKind.FILL | QuizKind.SHORT:
            return " | ".join(f"“{answer}”" for answer in question.key)
