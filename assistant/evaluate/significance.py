"""How far a figure could be otherwise with other questions; whether two runs differ by more than chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Row = TypeVar("Row")
#: Value of a group of rows; ``None`` where it has none.
Statistic = Callable[[Sequence[Row]], float | None]
Terms = Sequence[tuple[float, float]]

SEED = 20260101
RESAMPLES = 2_000
PERMUTATIONS = 9_999
_LEVEL = 0.95


def mean_interval(terms: Terms) -> tuple[float, float] | None:
    """95 % bootstrap interval (percentile, seeded) of a weighted mean; ``None`` for fewer than two cases.

    Efron and Tibshirani (1993); the cases are drawn again with replacement, by ``scipy.stats.bootstrap``.
    """
    values = np.array([value for value, _ in terms], dtype=float)
    weights = np.array([weight for _, weight in terms], dtype=float)

    def mean(drawn: NDArray[np.int64], axis: int) -> NDArray[np.float64]:
        return np.asarray((values * weights)[drawn].sum(axis=axis) / weights[drawn].sum(axis=axis))

    return _bootstrap(len(terms), mean, vectorized=True)


def interval(rows: Sequence[Row], statistic: Statistic[Row]) -> tuple[float, float] | None:
    """The same for any statistic of a group of rows."""

    def value(drawn: NDArray[np.int64]) -> float:
        found = statistic([rows[int(at)] for at in drawn])
        return float("nan") if found is None else found

    return _bootstrap(len(rows), value, vectorized=False)


def _bootstrap(count: int, statistic: Callable[..., Any], *, vectorized: bool) -> tuple[float, float] | None:
    if count < 2:
        return None
    from scipy.stats import bootstrap

    found = bootstrap(
        (np.arange(count),),
        statistic,
        vectorized=vectorized,
        confidence_level=_LEVEL,
        method="percentile",
        n_resamples=RESAMPLES if vectorized else RESAMPLES // 4,
        batch=200,
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(found.low), float(found.high)


def permutation(
    first: Sequence[Row],
    second: Sequence[Row],
    statistic: Statistic[Row],
    *,
    permutations: int = PERMUTATIONS,
) -> float | None:
    """Two-sided p of the difference between two runs over the same cases, by a paired permutation test.

    Fisher (1935), as recommended for retrieval by Smucker, Allan and Carterette (2007): under the null
    hypothesis the two results of a case could as well have been exchanged. Exact where all exchanges are no
    more than ``permutations``, else seeded samples of them; by ``scipy.stats.permutation_test``.

    Args:
        first, second: rows of the same cases in the same order.

    Returns:
        ``None`` where there is no difference to test; 1 for a single case, which proves nothing.
    """
    if len(first) != len(second):
        raise ValueError("a paired test needs the same cases on both sides")
    if statistic(first) is None or statistic(second) is None or not first:
        return None
    if len(first) == 1:
        return 1.0
    from scipy.stats import permutation_test

    rows = [*first, *second]

    def difference(left: NDArray[np.int64], right: NDArray[np.int64]) -> float:
        a = statistic([rows[int(at)] for at in left])
        b = statistic([rows[int(at)] for at in right])
        return (a or 0.0) - (b or 0.0)

    return float(
        permutation_test(
            (np.arange(len(first)), np.arange(len(first), len(rows))),
            difference,
            permutation_type="samples",
            vectorized=False,
            n_resamples=permutations,
            rng=np.random.default_rng(SEED),
        ).pvalue
    )


def mean_permutation(first: Terms, second: Terms) -> float | None:
    """``permutation`` of a weighted mean, computed at once for all samples."""
    if len(first) != len(second):
        raise ValueError("a paired test needs the same cases on both sides")
    if not first:
        return None
    if len(first) == 1:
        return 1.0
    from scipy.stats import permutation_test

    terms = np.array([*first, *second], dtype=float)
    products, weights = terms[:, 0] * terms[:, 1], terms[:, 1]

    def mean(chosen: NDArray[np.int64], axis: int) -> NDArray[np.float64]:
        total = weights[chosen].sum(axis=axis)
        return np.asarray(products[chosen].sum(axis=axis) / np.where(total > 0, total, 1.0))

    def difference(left: NDArray[np.int64], right: NDArray[np.int64], axis: int) -> NDArray[np.float64]:
        return mean(left, axis) - mean(right, axis)

    count = len(first)
    return float(
        permutation_test(
            (np.arange(count), np.arange(count, 2 * count)),
            difference,
            permutation_type="samples",
            vectorized=True,
            n_resamples=PERMUTATIONS,
            batch=500,
            rng=np.random.default_rng(SEED),
        ).pvalue
    )
