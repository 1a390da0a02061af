"""Deciding whether the documents answer at all.

An embedding similarity says little (e5 puts every pair of texts between 0.7 and 0.95), so the
decision rests on what the question names: a place, a document number or a year that the
documents do not speak of is not answered about another; and enough of what the
question speaks of must stand in or around the sentence that would be quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.evidence import STRICT
from assistant.phrases import words
from assistant.reading import ConceptKind, Reading
from assistant.scoring import Scored


class Reason(StrEnum):
    """Why there is no answer."""

    NOTHING_NEAR = "nothing near"
    PLACE_ABSENT = "place absent"
    NUMBER_ABSENT = "number absent"
    PERIOD_ABSENT = "period absent"
    NO_SUCH_FACT = "no such fact"
    TOO_LITTLE = "too little of the question"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the best sentence must reach; made by ``tests/benchmarks/calibrate_abstention.py``.

    Attributes:
        reach: share of the question's concepts in or around the sentence.
        own: share of them in the sentence itself.
    """

    reach: float = 0.55
    own: float = 0.22
    english_reach: float = 0.45


@dataclass(frozen=True, slots=True)
class Decision:
    """The sentences that may be quoted, best first; when empty, why."""

    admissible: tuple[Scored, ...]
    reason: Reason | None = None


def decide(reading: Reading, scored: Sequence[Scored], thresholds: Thresholds = Thresholds()) -> Decision:
    """Keep the sentences that speak of what the question names, if the best of them is enough."""
    if not scored:
        return Decision((), Reason.NOTHING_NEAR)
    kept = list(scored)
    if reading.numbers:
        kept = [
            entry
            for entry in kept
            if not any(concept.kind is ConceptKind.NUMBER for concept in entry.missing)
        ]
        if not kept:
            return Decision((), Reason.NUMBER_ABSENT)
    if reading.places:
        kept = [entry for entry in kept if entry.place]
        if not kept:
            return Decision((), Reason.PLACE_ABSENT)
    years = {word for year in reading.years for word in words(year)}
    if years:
        kept = [
            entry
            for entry in kept
            if not any(years.intersection(concept.alternatives) for concept in entry.missing)
        ]
        if not kept:
            return Decision((), Reason.PERIOD_ABSENT)
    if any(kind in STRICT for kind in reading.wanted):
        kept = [entry for entry in kept if entry.answer > 0]
        if not kept:
            return Decision((), Reason.NO_SUCH_FACT)
    best = kept[0]
    enough = thresholds.english_reach if reading.language == "en" else thresholds.reach
    if best.reach < enough or best.own < thresholds.own:
        return Decision((), Reason.TOO_LITTLE)
    return Decision(tuple(kept))
