"""Ranks go to ir_measures as they are: its own answer on the same run, and the textbook's formulas."""

from __future__ import annotations

import math

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import RR, R, Success, nDCG
from twelve_cases import CORPUS, A, B, at, case, span

from assistant.evaluate.corpus import Corpus, locate
from assistant.evaluate.response import Outcome, Place, Response
from assistant.evaluate.retrieval import RETRIEVAL, calculate, place_ranks, retrieval_values
from ingest.types import Document

THEIRS = (Success @ 1, Success @ 3, Success @ 8, R @ 10, RR @ 10, nDCG @ 10)
NAMES = [f"d{number}" for number in range(15)]
runs = st.lists(st.sampled_from(NAMES), max_size=40)
grades = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3), min_size=1, max_size=6)
EMPTY = Corpus.of_documents(())


@settings(deadline=None)
@given(st.lists(st.tuples(runs, grades), min_size=1, max_size=5))
def test_random_runs_agree_with_ir_measures(queries: list[tuple[list[str], dict[str, int]]]) -> None:
    cases = [case(f"q{at}", "c", [["1"]], *wanted, grades=wanted) for at, (_, wanted) in enumerate(queries)]
    outcomes = {
        f"q{n}": Outcome(f"q{n}", Response((), hits=tuple(Place(name, name) for name in found)))
        for n, (found, _) in enumerate(queries)
    }
    ours = retrieval_values(cases, outcomes, EMPTY)
    qrels = [
        ir_measures.Qrel(f"q{n}", name, grade)
        for n, (_, wanted) in enumerate(queries)
        for name, grade in wanted.items()
    ]
    run = [
        ir_measures.ScoredDoc(f"q{n}", name, 1000.0 - rank)
        for n, (found, _) in enumerate(queries)
        for rank, name in enumerate(dict.fromkeys(found))
    ]
    theirs = {(m.query_id, str(m.measure)): m.value for m in ir_measures.iter_calc(THEIRS, qrels, run)}
    assert [str(measure) for measure in THEIRS] == list(RETRIEVAL)
    for n in range(len(queries)):
        for name in RETRIEVAL:
            assert ours[f"q{n}"][name] == pytest.approx(theirs.get((f"q{n}", name), 0.0))


@settings(deadline=None)
@given(runs, grades)
def test_random_runs_agree_with_the_formulas(found: list[str], wanted: dict[str, int]) -> None:
    ranked = list(dict.fromkeys(found))
    [ours] = calculate(
        {"q": wanted}, {"q": {name: -float(rank) for rank, name in enumerate(ranked)}}
    ).values()
    gains = [wanted.get(name, 0) / math.log2(rank + 1) for rank, name in enumerate(ranked[:10], start=1)]
    best = sorted(wanted.values(), reverse=True)[:10]
    ideal = sum(grade / math.log2(rank + 1) for rank, grade in enumerate(best, start=1))
    first = next((rank for rank, name in enumerate(ranked[:10], start=1) if name in wanted), None)
    assert ours["nDCG@10"] == pytest.approx(sum(gains) / ideal)
    assert ours["RR@10"] == pytest.approx(1 / first if first else 0.0)
    assert ours["R@10"] == pytest.approx(len(set(ranked[:10]) & set(wanted)) / len(wanted))
    for k in (1, 3, 8):
        assert ours[f"Success@{k}"] == float(bool(set(ranked[:k]) & set(wanted)))


def test_a_query_that_found_nothing_scores_zero_beside_one_that_did() -> None:
    found = calculate({"a": {"d1": 1}, "b": {"d1": 1}}, {"b": {"d1": 1.0}})
    assert set(found["a"].values()) == {0.0}
    assert set(found["b"].values()) == {1.0}
    assert calculate({}, {}) == {}


def test_a_passage_counts_where_it_holds_more_than_half_of_the_place() -> None:
    wanted = case("p", "c", [["1"]], A, B, passages=[span(at(A, 2)), span(at(B, 1))])
    place = at(A, 2)
    half = (place.start or 0) + len(place.text) // 2
    most = Place(A, "", 0, half + 2)
    less = Place(A, "", 0, half)
    assert place_ranks(wanted, [less, most, at(A, 2), at(B, 1, 3)], CORPUS) == ["-0", "=0", "-2", "=1"]


def test_a_passage_without_offsets_is_found_by_its_text() -> None:
    wanted = case("p", "c", [["1"]], A, passages=[{"document": A, "quote": "Trong số đó\ncó 11 người"}])
    assert place_ranks(wanted, [Place("ban-sao.txt", at(A, 2).text)], CORPUS) == ["=0"]
    assert place_ranks(wanted, [Place(A, "không có ở đây")], CORPUS) == ["-0"]


def test_a_place_that_the_document_lacks_is_never_found() -> None:
    document = Document("x.txt", "", "X", "Một câu.", names=("x.txt",))
    corpus = Corpus.of_documents([document])
    wanted = case("p", "c", [["1"]], "x.txt", passages=[{"document": "x.txt", "start": 0, "end": 99}])
    found = retrieval_values(
        [wanted], {"p": Outcome("p", Response((), hits=(Place("x.txt", "", 0, 8),)))}, corpus
    )
    assert found["p"]["R@10"] == 1.0
    assert found["p"]["passage.R@10"] == 0.0


def test_text_is_located_with_other_white_space_and_else_not() -> None:
    assert locate("a  b\nc", "b c") == (3, 6)
    assert locate("abc", "d") is None
    assert locate("abc", "  ") is None
