"""True or false: what a document states, or the same with one fact that is another's."""

from __future__ import annotations

import random
from collections.abc import Iterator

from assistant.study.asking import Asked
from assistant.study.facts import FactKind
from assistant.study.quiz.distractors import wrong_answers
from assistant.study.quiz.draft import Draft, citations_of, draft_of
from assistant.study.quiz.said import Said
from assistant.study.quiz.wording import claim_stem, phrase, raised
from assistant.study.types import Difficulty, QuizItem, QuizKind

_LEAST_WORDS = 8
_ODD = frozenset({FactKind.SUBJECT, FactKind.MONTH})


def judged(asked: Asked, said: Said, rng: random.Random, language: str) -> Iterator[Draft]:
    """The claim with the fact as it is, or with another in its place; which of both chance decides."""
    if len(asked.claim.split()) < _LEAST_WORDS or asked.fact.kind in _ODD or not _states(asked):
        return
    truth = rng.random() < 0.5
    told = asked.claim
    if not truth:
        wrong = wrong_answers(asked, said, rng, 1)
        if not wrong:
            return
        told = asked.told(_fitted(wrong[0].text, asked))
    stem = claim_stem(asked, told, language)
    if not stem:
        return
    real = "" if truth else phrase("really", language, text=raised(asked.claim))
    item = QuizItem(
        "", QuizKind.TRUE_FALSE, stem, citations_of(asked), Difficulty.EASY, truth=truth, explanation=real
    )
    yield draft_of(asked, item)


def _states(asked: Asked) -> bool:
    """The clause is a sentence, not the name of a document with its date."""
    return bool(asked.question) and asked.claim[asked.end :].strip(" .") != "" or len(asked.claim.split()) >= 10


def _fitted(text: str, asked: Asked) -> str:
    """A wrong answer with the case of letters that its place wants."""
    if asked.start == 0:
        return raised(text)
    lower = asked.key[:1].islower()
    return text[:1].lower() + text[1:] if lower else text
