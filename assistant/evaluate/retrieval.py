"""Measures of what was found, computed by ``ir_measures`` (MacAvaney, Macdonald and Ounis, 2022).

Documents are ranked by the first passage found of each. Places named by a facts file are ranked by the
first passage that holds more than half of each; a passage that holds two of them takes two ranks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from assistant.evaluate.corpus import Corpus
from assistant.evaluate.facts import Case
from assistant.evaluate.response import Outcome, Place, Response

#: Names as ``ir_measures`` writes them. ``Success@k`` is hit@k, ``RR@k`` of which the mean is MRR.
RETRIEVAL: Final = ("Success@1", "Success@3", "Success@8", "R@10", "RR@10", "nDCG@10")
#: What stands before the name of a measure of places.
PLACES: Final = "passage."

Ranks = Mapping[str, Mapping[str, float]]
Grades = Mapping[str, Mapping[str, int]]


def retrieval_values(
    cases: Sequence[Case], outcomes: Mapping[str, Outcome], corpus: Corpus
) -> dict[str, dict[str, float]]:
    """Case id → measure → value, of the answerable cases; empty where no outcome tells what was found.

    A case that failed, is missing, or does not tell what was found scores 0 where others do tell.
    """
    responses = {id: outcome.response for id, outcome in outcomes.items() if outcome.response is not None}
    told = {id: response.hits for id, response in responses.items() if response.hits is not None}
    if not told:
        return {}
    asked = [case for case in cases if case.answerable]
    grades = {case.id: document_grades(case, corpus) for case in asked}
    ranks = {case.id: _scores(document_ranks(told.get(case.id, ()), corpus)) for case in asked}
    found = calculate(grades, ranks)
    placed = [case for case in asked if case.passages]
    if placed:
        items = {case.id: {f"={at}": 1 for at in range(len(case.passages))} for case in placed}
        places = {case.id: _scores(place_ranks(case, told.get(case.id, ()), corpus)) for case in placed}
        for id, values in calculate(items, places).items():
            found[id] |= {f"{PLACES}{name}": value for name, value in values.items()}
    return found


def calculate(qrels: Grades, run: Ranks, names: Sequence[str] = RETRIEVAL) -> dict[str, dict[str, float]]:
    """Query id → measure → value, for every query of ``qrels``; 0 where ``run`` lacks it."""
    measures = [parsed(name) for name in names]
    found = {id: dict.fromkeys(names, 0.0) for id in qrels}
    if not qrels:
        return found
    import ir_measures

    # A query without any result is left out of what is handed over, for not every provider takes it.
    ranked = {id: dict(scores) for id, scores in run.items() if scores and id in qrels}
    by_measure = dict(zip(measures, names, strict=True))
    for metric in ir_measures.iter_calc(measures, {id: dict(q) for id, q in qrels.items()}, ranked):
        found[metric.query_id][by_measure[metric.measure]] = float(metric.value)
    return found


@cache
def parsed(name: str) -> Any:
    """The measure of ``ir_measures`` of that name."""
    import ir_measures

    return ir_measures.parse_measure(name)


def document_grades(case: Case, corpus: Corpus) -> dict[str, int]:
    """Document id → grade of relevance."""
    return {corpus.id_of(name): case.grades.get(name, 1) for name in case.documents}


def document_ranks(hits: Iterable[Place], corpus: Corpus) -> list[str]:
    """The documents of what was found, each once, best first."""
    return list(dict.fromkeys(corpus.id_of(hit.document) for hit in hits))


def place_ranks(case: Case, hits: Iterable[Place], corpus: Corpus) -> list[str]:
    """What was found, best first: ``=n`` for the nth place of the case where a passage holds it first,
    another name for each passage that holds none."""
    wanted = [(corpus.id_of(span.document), corpus.place_of(span)) for span in case.passages]
    ranked: list[str] = []
    for number, hit in enumerate(hits):
        span = corpus.span(hit)
        held = [
            f"={at}"
            for at, (document, place) in enumerate(wanted)
            if span and place and document == corpus.id_of(hit.document) and _holds(span, place)
        ]
        new = [name for name in held if name not in ranked]
        ranked += new or [f"-{number}"]
    return ranked


def told_of(response: Response | None) -> tuple[Place, ...]:
    """What was found, as far as it is told."""
    return response.hits or () if response is not None else ()


def _holds(span: tuple[int, int], place: tuple[int, int]) -> bool:
    shared = min(span[1], place[1]) - max(span[0], place[0])
    return 2 * shared > place[1] - place[0]


def _scores(ranked: Sequence[str]) -> dict[str, float]:
    """A score for each that falls with its rank: providers order by score and break ties in their own way."""
    return {name: float(-rank) for rank, name in enumerate(ranked, start=1)}
