"""Single choice: one fact asked for, beside facts of its kind that are stated of other things."""

from __future__ import annotations

import random
from collections.abc import Iterator

from assistant.study.asking import Asked
from assistant.study.facts import FactKind
from assistant.study.quiz.distractors import shown_key, wrong_answers
from assistant.study.quiz.draft import Draft, citations_of, draft_of
from assistant.study.quiz.said import Said
from assistant.study.quiz.wording import stem_of
from assistant.study.types import Difficulty, Option, QuizItem, QuizKind

OPTIONS = 4
_FEWEST = 3
_HARD = frozenset({FactKind.NUMBER, FactKind.DATE, FactKind.PERIOD, FactKind.REPLACED})
_EASY = frozenset({FactKind.BODY, FactKind.PERSON, FactKind.FREQUENCY})


def singles(asked: Asked, said: Said, rng: random.Random, language: str) -> Iterator[Draft]:
    """The single choice item for a fact, where its question stands alone and enough others are of its kind."""
    stem = stem_of(asked, language)
    if not stem:
        return
    wrong = wrong_answers(asked, said, rng, OPTIONS - 1)
    if len(wrong) < _FEWEST - 1:
        return
    options = [Option(shown_key(asked), True), *(entry.option() for entry in wrong)]
    rng.shuffle(options)
    item = QuizItem(
        "",
        QuizKind.SINGLE,
        stem,
        citations_of(asked),
        difficulty_of(asked),
        options=tuple(options),
    )
    yield draft_of(asked, item)


def difficulty_of(asked: Asked) -> Difficulty:
    """How hard a fact is to know: who does what is easier than a figure, and that easier than a date."""
    if asked.fact.kind in _HARD:
        return Difficulty.HARD
    return Difficulty.EASY if asked.fact.kind in _EASY else Difficulty.MEDIUM
