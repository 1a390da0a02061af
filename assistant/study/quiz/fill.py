"""Fill in: the sentence of the document with a blank where its figure or date was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.study.asking import Asked
from assistant.study.facts import DATES, FIGURES, FactKind
from assistant.study.quiz.draft import Draft, citations_of, draft_of
from assistant.study.quiz.short import accepted_of
from assistant.study.quiz.wording import blank_stem
from assistant.study.types import Difficulty, QuizItem, QuizKind

_LEAST_WORDS = 7


def fills(asked: Asked, language: str) -> Iterator[Draft]:
    """The item with a blank for a figure or date."""
    if asked.fact.kind not in FIGURES | DATES or _only_as_question(asked) or len(asked.claim.split()) < _LEAST_WORDS:
        return
    stem = blank_stem(asked, language)
    if not stem:
        return
    difficulty = Difficulty.HARD if asked.fact.kind in DATES else Difficulty.MEDIUM
    item = QuizItem("", QuizKind.FILL, stem, citations_of(asked), difficulty, accepted=accepted_of(asked))
    # What cannot be asked as a question is best asked so.
    worth = 0.0 if asked.question else 0.04
    made = draft_of(asked, item)
    yield replace(made, worth=made.worth + worth)


def _only_as_question(asked: Asked) -> bool:
    """Dates that only tell as of when, and shares of no number, are asked for as a question or not at all."""
    return not asked.question and asked.fact.kind in DATES | {FactKind.SHARE, FactKind.DURATION}
