"""Scores of candidate sentences: how much of the question each one speaks to.

A sentence is scored by its share of the question's concepts (weighted by rarity), counting what
it says itself, then its neighbours, then its document's title and place; by the retrieval
score of its passage; and by whether it holds the kind of answer asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.bylines import is_byline
from assistant.candidates import Candidate, numbers_in
from assistant.concepts import Concept, ConceptKind
from assistant.evidence import PROBLEM, STRICT, gives, heading_gives
from assistant.phrases import Phrases, words
from assistant.places import QuestionPlace, about_place
from assistant.reading import Reading
from assistant.wanted import Wanted
from index.vocabulary import Vocabulary

#: Cosine similarity of sentences to the question, ``None`` where it is not known.
Similarities = Callable[[Sequence[str]], Sequence[float | None]]

_KIND_WEIGHT = {
    ConceptKind.WORD: 1.0,
    ConceptKind.PAIR: 0.6,
    ConceptKind.FIGURE: 1.2,
    ConceptKind.NUMBER: 2.5,
    ConceptKind.NAME: 1.5,
}
_SYNONYM = 0.8
#: How much the kind of answer counts, where its sign is seldom there by chance.
_STRENGTH = {
    Wanted.ABOUT: 2.5,
    Wanted.WHY: 1.5,
    Wanted.WHO: 1.5,
    Wanted.OFFICE: 1.5,
    Wanted.WHEN: 1.5,
    Wanted.PERCENT: 1.5,
    Wanted.DURATION: 1.5,
}
_PROBLEM_STRENGTH = 2.0
_USUAL_COSINE = 0.84
_FOCUS = 1.5
_UNSEEN_PAIR = 0.3
_ASKED_OWN, _TITLE_OWN, _LEAD_OWN = 0.95, 0.75, 0.45
_LEAD, _CONTEXT, _NEAR, _AROUND = 0.9, 0.8, 0.7, 0.5


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the features in a sentence's score.

    Fitted by a softmax over the candidates of each question on four sets of party questions and one of
    encyclopedia questions, each tested with the others' weights; rounded.
    """

    own: float = 0.4
    reach: float = 2.4
    retrieval: float = 0.25
    answer: float = 0.7
    dense: float = 6.0
    label: float = -0.6
    lacking: float = -0.4


#: English shares few words with the documents; what the glossary gives counts less than the meaning.
ENGLISH = Weights(own=1.0, reach=0.6, retrieval=0.2, answer=0.25, dense=12.0)


def weights_for(reading: Reading) -> Weights:
    """The weights for a question, by its language."""
    return ENGLISH if reading.language == "en" else Weights()


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with what its score is made of.

    Attributes:
        own: share of the question's concepts in the sentence itself, 0 to 1.
        reach: the same, counting neighbours, title, headings and place as well.
        answer: how well it gives the kind of answer asked for, 0 to 1.
        dense: cosine of the sentence with the question; ``None`` where it was not worth the time.
        missing: concepts found nowhere near it.
        place: the document is about the place asked about (``None``: no place asked about).
    """

    candidate: Candidate
    score: float
    own: float
    reach: float
    answer: float
    dense: float | None
    missing: tuple[Concept, ...]
    place: bool | None


def weigh(concept: Concept, vocabulary: Vocabulary) -> float:
    """What a concept counts for: its kind, its rarity, and whether the question hangs on it.

    A pair that no passage has mostly spans two words and says little.
    """
    phrase = concept.alternatives[0]
    weight = _KIND_WEIGHT[concept.kind] * vocabulary.rarity(phrase) * (_FOCUS if concept.focus else 1.0)
    if concept.kind is ConceptKind.PAIR and len(concept.alternatives) == 1 and not vocabulary.knows(phrase):
        weight *= _UNSEEN_PAIR
    return weight


def _match(concept: Concept, candidate: Candidate) -> tuple[float, float]:
    """How far the sentence itself, and the sentence with its surroundings, has the concept: 0 to 1."""
    own = reach = 0.0
    for index, alternative in enumerate(concept.alternatives):
        if concept.kind is ConceptKind.NUMBER:
            if alternative in candidate.numbers:
                return 1.0, 1.0
            if any(
                alternative in numbers
                for numbers in (candidate.document_numbers, candidate.title_numbers, candidate.lead_numbers)
            ):
                reach = 1.0
            continue
        value = 1.0 if index == 0 else _SYNONYM
        folded = concept.folded
        if candidate.own.has(alternative, folded=folded):
            own, reach = max(own, value), max(reach, value)
        elif candidate.lead.has(alternative, folded=folded):
            nearest = candidate.title.has(alternative, folded=folded)
            share = _LEAD_OWN if not nearest else _TITLE_OWN if candidate.question is None else _ASKED_OWN
            own, reach = max(own, value * share), max(reach, value * max(_LEAD, share))
        elif candidate.context.has(alternative, folded=folded):
            reach = max(reach, value * _CONTEXT)
        elif candidate.near.has(alternative, folded=folded):
            reach = max(reach, value * _NEAR)
        elif candidate.around.has(alternative, folded=folded):
            reach = max(reach, value * _AROUND)
    return own, reach


def worth(reading: Reading, vocabulary: Vocabulary) -> Callable[[str], float]:
    """How much a text by itself says of what is asked: its share of the concepts, and the kind of answer."""
    weighted = [(concept, weigh(concept, vocabulary)) for concept in reading.concepts]
    total = sum(weight for _, weight in weighted) or 1.0
    question = f"{reading.text} {reading.lexical_text}"

    def of(text: str) -> float:
        phrases = Phrases.of(text)
        numbers = numbers_in(text) if reading.numbers else frozenset()
        had = sum(
            weight
            for concept, weight in weighted
            if any(
                alternative in numbers
                if concept.kind is ConceptKind.NUMBER
                else phrases.has(alternative, folded=concept.folded)
                for alternative in concept.alternatives
            )
        )
        return had / total + gives(reading.wanted, text, reading.units, reading.numbers, question)

    return of


def heading_share(reading: Reading, heading: str) -> float:
    """Share of the question's content words and pairs that a heading has, unweighted, 0 to 1."""
    phrases = Phrases.of(heading)
    content = [c for c in reading.concepts if c.kind in (ConceptKind.WORD, ConceptKind.PAIR)]
    had = sum(any(phrases.has(alternative) for alternative in concept.alternatives) for concept in content)
    return had / len(content) if content else 0.0


def quotable(reading: Reading, candidate: Candidate) -> bool:
    """Whether it states something. Of labels, a line of names does where the writer is asked for."""
    return not candidate.is_label or (reading.authorship and is_byline(candidate.text))


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
    if candidate.own.has(named) or candidate.lead.has(named):
        return True
    if about is False:
        return False
    return candidate.near.has(named) or candidate.around.has(named) or candidate.context.has(named)


def score(
    reading: Reading, found: Sequence[Candidate], vocabulary: Vocabulary, weights: Weights | None = None
) -> list[Scored]:
    """Score the candidates; best first."""
    weights = weights or weights_for(reading)
    weighted = [(concept, weigh(concept, vocabulary)) for concept in reading.concepts]
    total = sum(weight for _, weight in weighted) or 1.0
    strict = any(kind in STRICT for kind in reading.wanted)
    strength = max((_STRENGTH.get(kind, 1.0) for kind in reading.wanted), default=1.0)
    if PROBLEM.search(reading.text) and not strict:
        strength = max(strength, _PROBLEM_STRENGTH)
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
        answer = gives(
            reading.wanted,
            candidate.text,
            reading.units,
            reading.numbers,
            f"{reading.text} {reading.lexical_text}",
        )
        answer = max(answer, heading_gives(reading.wanted, candidate.heading))
        value = (
            weights.own * own / total
            + weights.reach * reach / total
            + weights.retrieval * candidate.retrieval
            + weights.answer * answer * strength
            + weights.label * candidate.is_label
            + weights.lacking * (strict and not answer)
        )
        scored.append(
            Scored(
                candidate,
                value,
                own / total,
                reach / total,
                answer,
                None,
                tuple(missing),
                _place(reading, candidate),
            )
        )
    scored.sort(key=lambda entry: (-entry.score, entry.candidate.rank, entry.candidate.order))
    return scored


def with_meaning(
    reading: Reading, scored: Sequence[Scored], similarities: Similarities, weights: Weights | None = None
) -> list[Scored]:
    """Add nearness in meaning to the scores; best first.

    A candidate whose nearness is not known counts as far as the farthest of the others.
    """
    asked = [entry for entry in scored if not entry.candidate.is_label and entry.place is not False]
    weight = (weights or weights_for(reading)).dense
    cosines = similarities([entry.candidate.meaning for entry in asked])
    known = {id(entry): cosine for entry, cosine in zip(asked, cosines, strict=True) if cosine is not None}
    lowest = min(known.values(), default=_USUAL_COSINE)
    nearer = [
        replace(
            entry,
            score=entry.score + weight * (min(known.get(id(entry), lowest), 1.0) - _USUAL_COSINE),
            dense=known.get(id(entry)),
        )
        for entry in scored
    ]
    nearer.sort(key=lambda entry: (-entry.score, entry.candidate.rank, entry.candidate.order))
    return nearer


def reaches(entry: Scored, phrase: str) -> bool:
    """The sentence, what stands around and over it, or the title of its document has the phrase."""
    candidate = entry.candidate
    return any(
        text.has(phrase) for text in (candidate.own, candidate.around, candidate.lead, candidate.context)
    )
