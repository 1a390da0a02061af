from __future__ import annotations

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.fusion import fuse, reciprocal_rank

SCORES = st.floats(-1e6, 1e6, allow_nan=False).map(lambda score: round(score, 3))
RANKING = st.dictionaries(st.integers(1, 12), SCORES, max_size=10).map(lambda scores: list(scores.items()))
WEIGHT = st.floats(0, 1)


def test_agreement_of_both_rankings_wins() -> None:
    dense = [(1, 0.9), (2, 0.88), (3, 0.5)]
    lexical = [(2, 12.0), (4, 11.0), (3, 1.0)]
    assert fuse(dense, lexical)[0][0] == 2


def test_the_weight_decides_between_the_rankings() -> None:
    dense, lexical = [(1, 0.9), (2, 0.1)], [(2, 9.0), (1, 1.0)]
    assert [key for key, _ in fuse(dense, lexical, weight_dense=1.0)] == [1, 2]
    assert [key for key, _ in fuse(dense, lexical, weight_dense=0.0)] == [2, 1]


def test_the_formula() -> None:
    # z-scores of (3, 1) are (1, -1); key 9 is missing from the dense ranking and counts as -1 there.
    fused = dict(fuse([(7, 3.0), (8, 1.0)], [(7, 5.0), (8, 5.0), (9, 5.0)], weight_dense=0.6))
    assert fused == {7: pytest.approx(0.6), 8: pytest.approx(-0.6), 9: pytest.approx(-0.6)}


def test_empty_rankings_say_nothing() -> None:
    assert fuse([], []) == []
    assert [key for key, _ in fuse([], [(5, 1.0), (4, 2.0)])] == [4, 5]
    assert [key for key, _ in fuse([(5, 1.0), (4, 2.0)], [])] == [4, 5]


def test_being_found_is_worth_something_where_scores_are_equal() -> None:
    assert fuse([(1, 0.5), (2, 0.5)], [(2, 3.0)])[0][0] == 2


def test_a_large_common_offset_does_not_turn_rounding_into_a_ranking() -> None:
    assert [key for key, _ in fuse([(1, 0.1 + 0.2), (2, 0.3), (3, 0.3)], [])] == [1, 2, 3]
    assert {score for _, score in fuse([(1, 0.1 + 0.2), (2, 0.3)], [])} == {0.0}


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_a_weight_outside_its_range_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        fuse([], [], weight_dense=weight)


def test_a_score_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        fuse([(1, float("nan"))], [])


@given(RANKING, RANKING, WEIGHT, st.randoms())
def test_the_order_of_the_candidates_does_not_matter(
    dense: list[tuple[int, float]], lexical: list[tuple[int, float]], weight: float, rng: random.Random
) -> None:
    expected = fuse(dense, lexical, weight_dense=weight)
    rng.shuffle(dense)
    rng.shuffle(lexical)
    assert fuse(dense, lexical, weight_dense=weight) == expected


@given(RANKING, RANKING, WEIGHT)
def test_every_candidate_comes_once_in_order_of_score(
    dense: list[tuple[int, float]], lexical: list[tuple[int, float]], weight: float
) -> None:
    fused = fuse(dense, lexical, weight_dense=weight)
    assert sorted(key for key, _ in fused) == sorted({key for key, _ in dense + lexical})
    assert fused == sorted(fused, key=lambda pair: (-pair[1], pair[0]))
    assert fuse(dense, lexical, weight_dense=weight, k=3) == fused[:3]


@given(RANKING, RANKING, WEIGHT)
def test_a_candidate_no_worse_in_both_rankings_is_no_worse_fused(
    dense: list[tuple[int, float]], lexical: list[tuple[int, float]], weight: float
) -> None:
    fused = dict(fuse(dense, lexical, weight_dense=weight))
    lowest = float("-inf")
    d, x = dict(dense), dict(lexical)
    for one in fused:
        for other in fused:
            if d.get(one, lowest) >= d.get(other, lowest) and x.get(one, lowest) >= x.get(other, lowest):
                assert fused[one] >= fused[other] - 1e-9


@given(RANKING, RANKING, st.floats(0.01, 100), st.floats(-100, 100))
def test_the_scale_of_a_score_does_not_matter(
    dense: list[tuple[int, float]], lexical: list[tuple[int, float]], factor: float, offset: float
) -> None:
    values = {score for _, score in lexical}
    assume(len(values) < 2 or max(values) - min(values) > 1)
    moved = [(key, score * factor + offset) for key, score in lexical]
    before, after = dict(fuse(dense, lexical)), dict(fuse(dense, moved))
    assert before == pytest.approx(after, abs=1e-4)


def test_reciprocal_rank_fusion_adds_reciprocal_ranks() -> None:
    assert reciprocal_rank([(1, 0.9), (2, 0.8)], [(2, 5.0)]) == [
        (2, pytest.approx(1 / 62 + 1 / 61)),
        (1, pytest.approx(1 / 61)),
    ]
