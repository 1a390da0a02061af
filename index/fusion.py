"""Joining what meaning and words say of one pool of passages. Pure functions.

A convex combination of z-scored scores found more at rank 1 than reciprocal rank fusion in
trials on two Vietnamese sets (Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid
Retrieval", 2023, report the same for English); its weight is flat from 0.5 to 0.8.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from index.types import Overlap, Ranking


def blend(
    meaning: Mapping[int, float], words: Mapping[int, Overlap], *, weight_dense: float, k: int | None = None
) -> Ranking:
    """The best ``k`` passages (all for ``None``) of one pool by all their scores, ties by key.

    ``weight_dense * z(meaning) + (1 - weight_dense) * (z(coverage) + z(bm25)) / 2``, each standardised over
    the pool. Coverage puts right what BM25 does to long questions: many common words outweigh a rare one.
    Fitted on five folds of three sets, the weights of such signals varied by .04 at most.

    Args:
        meaning: key → similarity; empty where the question has none.
        words: key → overlap; empty where the question has no words.

    Raises:
        ValueError: the weight is outside 0 to 1, or a score is not finite.
    """
    if not 0.0 <= weight_dense <= 1.0:
        raise ValueError(f"weight_dense is {weight_dense}; it must be between 0 and 1.")
    blended = dict.fromkeys([*meaning, *words], 0.0)
    signals = (
        (weight_dense, dict(meaning)),
        ((1.0 - weight_dense) / 2, {key: overlap.bm25 for key, overlap in words.items()}),
        ((1.0 - weight_dense) / 2, {key: overlap.coverage for key, overlap in words.items()}),
    )
    for weight, scores in signals:
        if weight and scores:
            for key, score in _standardised(scores).items():
                blended[key] += weight * score
    return _best(blended, k)


def reciprocal_rank(*rankings: Ranking, k: int | None = None, constant: int = 60) -> Ranking:
    """Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): the sum of 1 / (constant + rank).

    ``rankings`` are best first; only their order counts. For comparison with ``blend``.
    """
    fused: dict[int, float] = {}
    for ranking in rankings:
        for rank, (key, _) in enumerate(ranking, start=1):
            fused[key] = fused.get(key, 0.0) + 1.0 / (constant + rank)
    return _best(fused, k)


def _standardised(scores: dict[int, float]) -> dict[int, float]:
    values = list(scores.values())
    if not all(map(math.isfinite, values)):
        raise ValueError("A score is not finite.")
    mean = math.fsum(values) / len(values)
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))
    # Equal scores differ from their mean by rounding alone, which must not become a ranking.
    if deviation <= 1e-9 * max(1.0, abs(mean)):
        return dict.fromkeys(scores, 0.0)
    return {key: (score - mean) / deviation for key, score in scores.items()}


def _best(fused: dict[int, float], k: int | None) -> Ranking:
    ranked = sorted(fused.items(), key=lambda pair: (-pair[1], pair[0]))
    return ranked if k is None else ranked[: max(0, k)]
