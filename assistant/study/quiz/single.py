"""Single choice: one fact asked for, beside facts of its kind that are stated of other things."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from assistant.study.asking import Asked
from assistant.study.facts import FactKind
from assistant.study.quiz.attempt import Attempt, attempt_of, citations_of
from assistant.study.quiz.distractors import shown_key, wrong_answers
from assistant.study.quiz.said import Said
from assistant.study.quiz.wording import frame, phrase, raised, stem_of
from assistant.study.rows import Rows
from assistant.study.types import Difficulty, Option, QuizItem, QuizKind

OPTIONS = 4
_FEWEST, _NEAREST = 3, 5
_IN_LETTERS = re.compile(r"\d")
_HARD = frozenset({FactKind.NUMBER, FactKind.DATE, FactKind.PERIOD, FactKind.REPLACED})
_EASY = frozenset({FactKind.BODY, FactKind.PERSON, FactKind.FREQUENCY})


def singles(asked: Asked, said: Said, rng: random.Random, language: str) -> Iterator[Attempt]:
    """The single choice item for a fact, where its question stands alone and others are of its kind."""
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
    yield attempt_of(asked, item)


def difficulty_of(asked: Asked) -> Difficulty:
    """How hard a fact is to know: who does what is easier than a figure, and that easier than a date."""
    if asked.fact.kind in _HARD:
        return Difficulty.HARD
    return Difficulty.EASY if asked.fact.kind in _EASY else Difficulty.MEDIUM


def terms(rows: Rows, rng: random.Random, language: str) -> Iterator[Attempt]:
    """What a short form stands for, beside what others of the same list do."""
    if rows.figures or len(rows.rows) < OPTIONS:
        return
    for row in rows.rows:
        if len(row.right.split()) < 2 or _IN_LETTERS.search(row.right):
            continue
        length = len(row.right.split())
        others = [one for one in rows.rows if one is not row and len(one.right.split()) >= 2]
        others = sorted(others, key=lambda one: abs(len(one.right.split()) - length))[:_NEAREST]
        if len(others) < OPTIONS - 1:
            return
        options = [Option(raised(row.right), True)]
        options += [
            Option(raised(one.right), False, one.line.cite(*one.span))
            for one in rng.sample(others, OPTIONS - 1)
        ]
        rng.shuffle(options)
        stem = phrase("term", language, source=frame(row.line, language), term=row.left)
        cited = (row.line.cite(*row.span),)
        item = QuizItem("", QuizKind.SINGLE, stem, cited, Difficulty.EASY, options=tuple(options))
        yield Attempt(item, (row.line,), row.line.score, "term")
