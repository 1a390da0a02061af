"""Scores of candidate sentences: how much of the question each one speaks to.

A sentence is scored by its share of the question's concepts (weighted by rarity), counting what
it says itself, then its neighbours, then its document's title and place; by the retrieval
score of its passage; and by whether it holds the kind of answer asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.candidates import Candidate
from assistant.evidence import gives
from assistant.phrases import words
from assistant.places import QuestionPlace, about_place
from assistant.reading import Concept, ConceptKind, Reading

#: Rarity of a normalised phrase in the library; larger is rarer.
Rarity = Callable[[str], float]

_KIND_WEIGHT = {
    ConceptKind.WORD: 1.0,
    ConceptKind.PAIR: 0.6,
    ConceptKind.FIGURE: 1.2,
    ConceptKind.NUMBER: 2.5,
    ConceptKind.NAME: 1.5,
}
_SYNONYM = 0.8
_NEAR, _CONTEXT, _AROUND = 0.7, 0.8, 0.5


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the features in a sentence's score. Flat around these values on two question sets."""

    own: float = 1.0
    reach: float = 0.6
    retrieval: float = 0.5
    answer: float = 0.3
    dense: float = 0.0
    label: float = -0.6


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with what its score is made of.

    Attributes:
        own: share of the question's concepts in the sentence itself, 0 to 1.
        reach: the same, counting neighbours, title, headings and place as well.
        answer: how well it gives the kind of answer asked for, 0 to 1.
        missing: concepts found nowhere near it.
        place: the document is about the place asked about (``None``: no place asked about).
    """

    candidate: Candidate
    score: float
    own: float
    reach: float
    answer: float
    missing: tuple[Concept, ...]
    place: bool | None


def _match(concept: Concept, candidate: Candidate) -> tuple[float, float]:
    """How far the sentence itself, and the sentence with its surroundings, has the concept: 0 to 1."""
    own = reach = 0.0
    for index, alternative in enumerate(concept.alternatives):
        value = 1.0 if index == 0 else _SYNONYM
        if concept.kind is ConceptKind.NUMBER:
            if alternative in candidate.numbers:
                return 1.0, 1.0
            continue
        if candidate.own.has(alternative, folded=concept.folded):
            own = max(own, value)
        elif candidate.near.has(alternative, folded=concept.folded):
            reach = max(reach, value * _NEAR)
        elif candidate.context.has(alternative, folded=concept.folded):
            reach = max(reach, value * _CONTEXT)
        elif candidate.around.has(alternative, folded=concept.folded):
            reach = max(reach, value * _AROUND)
    return own, max(own, reach)


def _place(reading: Reading, candidate: Candidate) -> bool | None:
    """Whether the sentence is about a place asked about; ``None`` when none was."""
    if not reading.places:
        return None
    return any(_speaks_of(place, candidate) for place in reading.places)


def _speaks_of(place: QuestionPlace, candidate: Candidate) -> bool:
    about = about_place(candidate.document, place)
    if about:
        return True
    named = " ".join(words(place.phrase))
    if candidate.own.has(named) or candidate.near.has(named):
        return True
    if about is False:
        return False
    return candidate.around.has(named) or candidate.context.has(named)


def score(
    reading: Reading, found: Sequence[Candidate], rarity: Rarity, weights: Weights = Weights()
) -> list[Scored]:
    """Score the candidates; best first."""
    weighted = [
        (
            concept,
            _KIND_WEIGHT[concept.kind] * max(rarity(alternative) for alternative in concept.alternatives[:1]),
        )
        for concept in reading.concepts
    ]
    total = sum(weight for _, weight in weighted) or 1.0
    scored = []
    for candidate in found:
        own = reach = 0.0
        missing = []
        for concept, weight in weighted:
            in_sentence, in_reach = _match(concept, candidate)
            own += weight * in_sentence
            reach += weight * in_reach
            if not in_reach:
                missing.append(concept)
        answer = gives(reading.wanted, candidate.text, reading.units)
        value = (
            weights.own * own / total
            + weights.reach * reach / total
            + weights.retrieval * candidate.retrieval
            + weights.answer * answer
            + weights.label * candidate.is_label
        )
        scored.append(
            Scored(
                candidate,
                value,
                own / total,
                reach / total,
                answer,
                tuple(missing),
                _place(reading, candidate),
            )
        )
    scored.sort(key=lambda entry: (-entry.score, entry.candidate.rank, entry.candidate.order))
    return scored
