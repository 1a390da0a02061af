"""What is no mean over cases: how risk falls with coverage, and how seconds are spread.

The risk–coverage curve is that of selective prediction (El-Yaniv and Wiener, 2010; Geifman and El-Yaniv,
2017): answer only the cases of which the system is most confident; coverage is the share answered, risk the
mean loss among them. The loss of a case is 1 − its score; an answer to a question that is not answerable
loses 1 whatever it says, and one that was not given because the system abstained or failed says nothing and
loses 1 too, after all that were given. So at full coverage the risk is what forcing an answer from this
system would cost. ``AURC`` is the mean of the risk over all coverages; 0 is best.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Risked:
    """What a case adds to the curve.

    Attributes:
        confidence: 0 to 1; ``None`` where the system does not tell it.
        given: an answer was given.
        loss: of the answer, 0 to 1.
    """

    confidence: float | None
    given: bool
    loss: float
    weight: float = 1.0


def risk_coverage(cases: Sequence[Risked]) -> list[tuple[float, float]]:
    """(coverage, risk) after each case, the most confident first.

    Cases of the same confidence come in no order: each then has their mean loss, which is what the curve
    is on average over all their orders.
    """
    total = sum(case.weight for case in cases)
    covered = lost = 0.0
    curve: list[tuple[float, float]] = []
    for _, group in groupby(sorted(cases, key=_rank), key=_rank):
        tied = list(group)
        loss = sum(c.weight * c.loss for c in tied) / sum(c.weight for c in tied)
        for case in tied:
            covered += case.weight
            lost += case.weight * loss
            curve.append((covered / total, lost / covered))
    return curve


def area_under_risk_coverage(cases: Sequence[Risked]) -> float | None:
    """AURC: the mean risk over the coverages of the curve; ``None`` without a case."""
    curve = risk_coverage(cases)
    if not curve:
        return None
    before = 0.0
    area = 0.0
    for coverage, risk in curve:
        area += risk * (coverage - before)
        before = coverage
    return area


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value below or at which that share of the values is (nearest rank); ``None`` without a value."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None


def _rank(case: Risked) -> tuple[bool, float]:
    return not case.given, -(case.confidence if case.given and case.confidence is not None else 0.0)
