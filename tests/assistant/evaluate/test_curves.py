"""Risk–coverage, quantiles, intervals and permutation tests on figures that can be checked by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluate.curves import Risked, area_under_risk_coverage, quantile, risk_coverage
from assistant.evaluate.scores import weighted_mean
from assistant.evaluate.significance import interval, mean_interval, mean_permutation, permutation

losses = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_a_curve_by_hand() -> None:
    cases = [Risked(0.9, True, 0.0), Risked(0.1, True, 1.0), Risked(0.5, True, 0.5), Risked(0.99, False, 1.0)]
    assert risk_coverage(cases) == [(1 / 4, 0.0), (2 / 4, 0.25), (3 / 4, 0.5), (1.0, 2.5 / 4)]
    assert area_under_risk_coverage(cases) == pytest.approx((0 + 0.25 + 0.5 + 0.625) / 4)
    assert area_under_risk_coverage([]) is None


def test_ties_have_their_mean_whatever_their_order() -> None:
    cases = [Risked(0.5, True, 1.0), Risked(0.5, True, 0.0)]
    assert area_under_risk_coverage(cases) == area_under_risk_coverage(cases[::-1]) == 0.5


def test_weights_are_shares_of_the_coverage() -> None:
    cases = [Risked(0.9, True, 0.0, weight=3.0), Risked(0.1, True, 1.0)]
    assert risk_coverage(cases) == [(0.75, 0.0), (1.0, 0.25)]
    assert area_under_risk_coverage(cases) == pytest.approx(0.25 * 0.25)


@given(losses)
def test_the_best_order_has_the_least_area_and_full_coverage_the_mean_loss(found: list[float]) -> None:
    best = [Risked(1 - loss / 2, True, loss) for loss in found]
    worst = [Risked(loss / 2, True, loss) for loss in found]
    assert (area_under_risk_coverage(best) or 0.0) <= (area_under_risk_coverage(worst) or 0.0) + 1e-9
    assert risk_coverage(best)[-1] == pytest.approx((1.0, sum(found) / len(found)))


def test_a_quantile_is_one_of_the_values() -> None:
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile([1.0, 2.0, 3.0, 4.0], 0.5) == 2.0
    assert quantile([1.0], 0.95) == 1.0
    assert quantile([], 0.5) is None


def test_an_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    terms = [(float(n % 3 == 0), 1.0) for n in range(60)]
    low, high = mean_interval(terms) or (1.0, 0.0)
    assert low < 1 / 3 < high
    # The normal approximation: 1.96 standard errors to each side.
    error = 1.96 * math.sqrt((1 / 3) * (2 / 3) / 60)
    assert (low, high) == pytest.approx((1 / 3 - error, 1 / 3 + error), abs=0.02)
    assert mean_interval(terms) == (low, high)
    assert mean_interval(terms[:1]) is None
    assert mean_interval([(0.5, 1.0), (0.5, 2.0)]) == (0.5, 0.5)


def test_an_interval_of_any_statistic_agrees_with_that_of_the_mean() -> None:
    terms = [(n / 40, 1.0) for n in range(40)]
    slow = interval(terms, weighted_mean)
    assert slow == pytest.approx(mean_interval(terms), abs=0.03)


def test_a_permutation_test_by_hand() -> None:
    # Of the 2⁴ exchanges two give a difference as large: none and all.
    ones, zeros = [(1.0, 1.0)] * 4, [(0.0, 1.0)] * 4
    assert mean_permutation(ones, zeros) == pytest.approx(2 / 16)
    assert permutation(ones, zeros, weighted_mean) == pytest.approx(2 / 16)
    # Of the 2³ exchanges of (1, 0), (1, 0), (0, 1) all give at least a third.
    first, second = [(1.0, 1.0), (1.0, 1.0), (0.0, 1.0)], [(0.0, 1.0), (0.0, 1.0), (1.0, 1.0)]
    assert mean_permutation(first, second) == pytest.approx(1.0)


def test_many_cases_are_sampled_and_a_clear_difference_is_one() -> None:
    first = [(1.0, 1.0)] * 40
    second = [(float(n % 2), 1.0) for n in range(40)]
    p = mean_permutation(first, second)
    assert p is not None
    assert p < 0.001
    assert mean_permutation(first, second) == p
    even = [(float((n + 1) % 2), 1.0) for n in range(40)]
    assert (mean_permutation(second, even) or 0.0) > 0.9


def test_pairs_are_of_the_same_cases() -> None:
    with pytest.raises(ValueError, match="same cases"):
        mean_permutation([(1.0, 1.0)], [])
    with pytest.raises(ValueError, match="same cases"):
        permutation([1], [], lambda rows: float(len(rows)))
    assert mean_permutation([], []) is None
    assert mean_permutation([(1.0, 1.0)], [(0.0, 1.0)]) == 1.0
    assert permutation([(1.0, 1.0)], [(0.0, 1.0)], weighted_mean) == 1.0
