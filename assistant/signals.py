"""What speaks for a question being answered by the documents at all: a few numbers, and what they come to.

Each signal is a plain measure of how near the best passages and sentences are to the question. Their
weights are data, ``calibration.json``, fitted by ``tests/benchmarks/calibrate.py`` on questions asked with
and without the documents that answer them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

from assistant.reading import Reading
from assistant.scoring import Scored, weigh
from index.types import Hit, Signal
from index.vocabulary import Vocabulary

_LOOKED_AT = 3
#: Cosine assumed where nothing was embedded: that of unrelated texts.
_UNMEASURED = 0.80


@dataclass(frozen=True, slots=True)
class Signals:
    """Measures of one question against what was found for it.

    Attributes:
        own: largest share of the question's concepts in one of the three best sentences, 0 to 1.
        reach: the same, with what stands around the sentence.
        answer: how well the best sentence gives the kind of answer asked for.
        meaning: largest cosine of a sentence with the question.
        meaning_lead: that less the mean cosine of the sentences.
        passage: largest cosine of a passage with the question.
        passage_lead: that less the mean cosine of the passages.
        lexical: best BM25 score of a passage, per concept of the question.
        unknown: share of the question's concepts that no document has, 0 to 1.
    """

    own: float
    reach: float
    answer: float
    meaning: float
    meaning_lead: float
    passage: float
    passage_lead: float
    lexical: float
    unknown: float


def measure(reading: Reading, kept: Sequence[Scored], hits: Sequence[Hit], vocabulary: Vocabulary) -> Signals:
    """The signals of a question.

    Args:
        kept: sentences that may be quoted, best first; at least one.
        hits: what retrieval found.
    """
    weighted = [(concept, weigh(concept, vocabulary)) for concept in reading.concepts]
    total = sum(weight for _, weight in weighted) or 1.0
    unknown = sum(
        weight
        for concept, weight in weighted
        if not any(vocabulary.knows(alternative) for alternative in concept.alternatives)
    )
    meaning = [entry.dense for entry in kept if entry.dense is not None] or [_UNMEASURED]
    passage = [hit.scores[Signal.DENSE] for hit in hits if Signal.DENSE in hit.scores] or [_UNMEASURED]
    lexical = [hit.scores[Signal.LEXICAL] for hit in hits if Signal.LEXICAL in hit.scores] or [0.0]
    best = kept[:_LOOKED_AT]
    return Signals(
        own=max(entry.own for entry in best),
        reach=max(entry.reach for entry in best),
        answer=min(kept[0].answer, 1.0),
        meaning=max(meaning),
        meaning_lead=max(meaning) - math.fsum(meaning) / len(meaning),
        passage=max(passage),
        passage_lead=max(passage) - math.fsum(passage) / len(passage),
        lexical=max(lexical) / max(1, len(weighted)),
        unknown=unknown / total,
    )


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of "the documents answer this": ``1 / (1 + exp(-(weights · signals + intercept)))``.

    Attributes:
        least: confidence below which nothing is said to be found.
    """

    weights: Mapping[str, float]
    intercept: float
    least: float

    def confidence(self, signals: Signals) -> float:
        """Probability, 0 to 1, that the documents hold an answer."""
        return 1.0 / (1.0 + math.exp(-(sum(self.terms(signals).values()) + self.intercept)))

    def terms(self, signals: Signals) -> dict[str, float]:
        """What each signal adds to the logit."""
        values = asdict(signals)
        return {name: weight * values[name] for name, weight in self.weights.items()}


@cache
def calibration(language: str) -> Calibration:
    """The calibration for questions in a language, ``"vi"`` or ``"en"``."""
    data = json.loads(files("assistant").joinpath("calibration.json").read_text(encoding="utf-8"))[language]
    return Calibration(data["weights"], data["intercept"], data["least"])
