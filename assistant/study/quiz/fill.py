"""Fill in: the sentence of the document with a blank where its figure was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.study.asking import Asked
from assistant.study.facts import FIGURES, FactKind
from assistant.study.quiz.attempt import Attempt, attempt_of, citations_of
from assistant.study.quiz.short import accepted_of
from assistant.study.quiz.wording import blank_stem
from assistant.study.types import Difficulty, QuizItem, QuizKind

_LEAST_WORDS = 7


def fills(asked: Asked, language: str) -> Iterator[Attempt]:
    """The item with a blank for a figure."""
    if asked.fact.kind not in FIGURES or _only_as_question(asked) or len(asked.claim.split()) < _LEAST_WORDS:
        return
    stem = blank_stem(asked, language)
    if not stem:
        return
    item = QuizItem(
        "", QuizKind.FILL, stem, citations_of(asked), Difficulty.MEDIUM, accepted=accepted_of(asked)
    )
    # What cannot be asked as a question is best asked so.
    worth = 0.0 if asked.question else 0.04
    made = attempt_of(asked, item)
    yield replace(made, worth=made.worth + worth)


def _only_as_question(asked: Asked) -> bool:
    """Shares of no number, and spans of time in passing, are asked for as a question or not at all."""
    return not asked.question and asked.start > 0 and asked.fact.kind in (FactKind.SHARE, FactKind.DURATION)
