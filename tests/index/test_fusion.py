from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.fusion import blend, reciprocal_rank
from index.types import Overlap

SCORES = st.floats(-1e6, 1e6, allow_nan=False).map(lambda score: round(score, 3))
MEANING = st.dictionaries(st.integers(1, 12), SCORES, max_size=10)
WORDS = st.dictionaries(st.integers(1, 12), st.builds(Overlap, SCORES, SCORES), max_size=10)
WEIGHT = st.floats(0, 1)


def words(**scores: tuple[float, float]) -> dict[int, Overlap]:
    return {int(key[1:]): Overlap(*pair) for key, pair in scores.items()}


def test_agreement_of_meaning_and_words_wins() -> None:
    meaning = {1: 0.9, 2: 0.88, 3: 0.5, 4: 0.4}
    overlap = words(k1=(0.0, 0.0), k2=(12.0, 0.8), k3=(1.0, 0.1), k4=(11.0, 0.7))
    assert blend(meaning, overlap, weight_dense=0.6)[0][0] == 2


def test_the_weight_decides_between_meaning_and_words() -> None:
    meaning, overlap = {1: 0.9, 2: 0.1}, words(k1=(1.0, 0.1), k2=(9.0, 0.9))
    assert [key for key, _ in blend(meaning, overlap, weight_dense=1.0)] == [1, 2]
    assert [key for key, _ in blend(meaning, overlap, weight_dense=0.0)] == [2, 1]


def test_coverage_outweighs_a_bm25_that_is_hardly_better() -> None:
    overlap = words(k1=(10.2, 0.2), k2=(10.0, 0.9), k3=(1.0, 0.1))
    assert blend({}, overlap, weight_dense=0.0)[0][0] == 2


def test_the_formula() -> None:
    # z-scores: meaning (3, 1) → (1, -1), bm25 (5, 5) → (0, 0), coverage (0, 1) → (-1, 1).
    blended = dict(blend({7: 3.0, 8: 1.0}, words(k7=(5.0, 0.0), k8=(5.0, 1.0)), weight_dense=0.6))
    assert blended == {7: pytest.approx(0.6 - 0.2), 8: pytest.approx(-0.6 + 0.2)}


def test_what_is_empty_says_nothing() -> None:
    assert blend({}, {}, weight_dense=0.6) == []
    assert [key for key, _ in blend({}, words(k5=(1.0, 0.1), k4=(2.0, 0.2)), weight_dense=0.6)] == [4, 5]
    assert [key for key, _ in blend({5: 1.0, 4: 2.0}, {}, weight_dense=0.6)] == [4, 5]


def test_a_large_common_offset_does_not_turn_rounding_into_a_ranking() -> None:
    assert [key for key, _ in blend({1: 0.1 + 0.2, 2: 0.3, 3: 0.3}, {}, weight_dense=1.0)] == [1, 2, 3]
    assert {score for _, score in blend({1: 0.1 + 0.2, 2: 0.3}, {}, weight_dense=1.0)} == {0.0}


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_a_weight_outside_its_range_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        blend({}, {}, weight_dense=weight)


def test_a_score_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        blend({1: float("nan")}, {}, weight_dense=1.0)


@given(MEANING, WORDS, WEIGHT)
def test_every_candidate_comes_once_in_order_of_score(
    meaning: dict[int, float], overlap: dict[int, Overlap], weight: float
) -> None:
    blended = blend(meaning, overlap, weight_dense=weight)
    assert sorted(key for key, _ in blended) == sorted({*meaning, *overlap})
    assert blended == sorted(blended, key=lambda pair: (-pair[1], pair[0]))
    assert blend(meaning, overlap, weight_dense=weight, k=3) == blended[:3]


@given(st.dictionaries(st.integers(1, 12), st.tuples(SCORES, SCORES, SCORES), max_size=10), WEIGHT)
def test_a_candidate_no_worse_in_every_signal_is_no_worse_blended(
    pool: dict[int, tuple[float, float, float]], weight: float
) -> None:
    meaning = {key: scores[0] for key, scores in pool.items()}
    overlap = {key: Overlap(scores[1], scores[2]) for key, scores in pool.items()}
    blended = dict(blend(meaning, overlap, weight_dense=weight))
    for one, mine in pool.items():
        for other, theirs in pool.items():
            if all(a >= b for a, b in zip(mine, theirs, strict=True)):
                assert blended[one] >= blended[other] - 1e-9


@given(MEANING, st.floats(0.01, 100), st.floats(-100, 100))
def test_the_scale_of_a_score_does_not_matter(
    meaning: dict[int, float], factor: float, offset: float
) -> None:
    values = set(meaning.values())
    assume(len(values) < 2 or max(values) - min(values) > 1)
    moved = {key: score * factor + offset for key, score in meaning.items()}
    before, after = dict(blend(meaning, {}, weight_dense=0.6)), dict(blend(moved, {}, weight_dense=0.6))
    assert before == pytest.approx(after, abs=1e-4)


def test_reciprocal_rank_fusion_adds_reciprocal_ranks() -> None:
    assert reciprocal_rank([(1, 0.9), (2, 0.8)], [(2, 5.0)]) == [
        (2, pytest.approx(1 / 62 + 1 / 61)),
        (1, pytest.approx(1 / 61)),
    ]
