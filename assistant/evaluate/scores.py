"""From questions and what came of asking them to scores of each case, and of groups of cases."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from assistant.evaluate import curves
from assistant.evaluate.attribution import Attribution, BearsOut, attribution
from assistant.evaluate.corpus import Corpus
from assistant.evaluate.facts import Case
from assistant.evaluate.measures import MEASURES, Better, Judged, Measure, Term, expected_cited, judge
from assistant.evaluate.response import Outcome, Place
from assistant.evaluate.retrieval import retrieval_values
from assistant.evaluate.significance import interval, mean_interval
from assistant.evaluate.stages import Stage, stage_of, stages


@dataclass(frozen=True, slots=True)
class FactScore:
    """One expected fact: its accepted strings, and at which stage it was lost, ``None`` if it is stated."""

    accepted: tuple[str, ...]
    lost: Stage | None


@dataclass(frozen=True, slots=True)
class CaseScore:
    """One case with all that was measured of it.

    Attributes:
        terms: measure → value and weight, where it applies.
        loss: 1 − score of an answer that was given, else 1; ``None`` where no answer is expected at all.
        stage: the first stage at which it went wrong; ``None`` where it did not.
        hits: what was retrieved, best first; ``None`` where it is not told.
        cited: what the answer cites.
    """

    case: Case
    answer: str
    understood: str
    abstained: bool
    error: str
    seconds: float | None
    confidence: float | None
    loss: float | None
    facts: tuple[FactScore, ...]
    forbidden: tuple[str, ...]
    stage: Stage | None
    terms: Mapping[str, Term]
    hits: tuple[Place, ...] | None = None
    cited: tuple[Place, ...] = ()

    @property
    def id(self) -> str:
        return self.case.id

    def value(self, measure: str) -> float | None:
        """The value of a measure; ``None`` where it does not apply."""
        term = self.terms.get(measure)
        return None if term is None else term[0]


@dataclass(frozen=True, slots=True)
class Whole:
    """A measure of a group of cases that is no mean over them."""

    name: str
    better: Better
    unit: str
    definition: str
    of: Callable[[Sequence[CaseScore]], float | None]

    def __str__(self) -> str:
        return self.name


def risked(scores: Iterable[CaseScore]) -> list[curves.Risked]:
    """What the cases add to the risk–coverage curve."""
    return [
        curves.Risked(s.confidence, not s.abstained and not s.error, s.loss, s.case.weight)
        for s in scores
        if s.loss is not None
    ]


def _seconds(share: float) -> Callable[[Sequence[CaseScore]], float | None]:
    return lambda scores: curves.quantile([s.seconds for s in scores if s.seconds is not None], share)


WHOLES: Final = (
    Whole(
        "AURC",
        Better.LOWER,
        "share",
        "Area under the risk–coverage curve (Geifman and El-Yaniv, 2017): the mean risk over all coverages,"
        " cases ordered by the system's confidence; see assistant.evaluate.curves.",
        lambda scores: curves.area_under_risk_coverage(risked(scores)),
    ),
    Whole(
        "SecondsP50",
        Better.LOWER,
        "seconds",
        "Median wall time of asking, failed cases included.",
        _seconds(0.5),
    ),
    Whole(
        "SecondsP95",
        Better.LOWER,
        "seconds",
        "Wall time within which 95 % of the cases were asked (nearest rank), failed cases included.",
        _seconds(0.95),
    ),
)

#: Every measure by its name, in the order of reports.
ALL: Final[Mapping[str, Measure | Whole]] = {
    **{measure.name: measure for measure in MEASURES},
    **{whole.name: whole for whole in WHOLES},
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure of a group of cases.

    Attributes:
        interval: 95 % bootstrap interval; ``None`` for fewer than two cases, or where none was asked for.
        cases: to how many it applies.
    """

    value: float
    interval: tuple[float, float] | None
    cases: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The measures of a group of cases; those that apply to none of them are left out."""

    cases: int
    failed: int
    estimates: Mapping[str, Estimate] = field(default_factory=dict)

    def value(self, measure: str) -> float | None:
        """The value of a measure; ``None`` where it applies to no case."""
        found = self.estimates.get(measure)
        return None if found is None else found.value


def score_all(
    cases: Sequence[Case], outcomes: Mapping[str, Outcome], corpus: Corpus, bears_out: BearsOut | None
) -> tuple[CaseScore, ...]:
    """Measure every case, in the order of the facts file; one without an outcome scores 0.

    Args:
        bears_out: checks citations; ``None`` leaves their measures out.
    """
    found = retrieval_values(cases, outcomes, corpus)
    responses = [outcome.response for outcome in outcomes.values() if outcome.response is not None]
    cites = bears_out is not None and any(response.cites for response in responses)
    scores = []
    for case in cases:
        outcome = outcomes.get(case.id)
        response = outcome.response if outcome else None
        checked: Attribution | None = None
        if cites and bears_out is not None and response is not None and response.claims:
            checked = attribution(response, bears_out, corpus)
        measured = cites and case.answerable and not case.retrieval_only
        judged = judge(
            case,
            outcome,
            checked,
            found.get(case.id),
            cites=cites,
            cited_documents=expected_cited(case, response, corpus) if measured else None,
        )
        scores.append(_score(judged, corpus))
    return tuple(scores)


def summarise(scores: Sequence[CaseScore], *, intervals: bool = True) -> Summary:
    """The measures of a group.

    Raises:
        ValueError: the group is empty, so that nothing can be said about it.
    """
    if not scores:
        raise ValueError("no case to summarise")
    estimates: dict[str, Estimate] = {}
    for measure in MEASURES:
        terms = terms_of(scores, measure.name)
        if terms:
            bounds = mean_interval(terms) if intervals else None
            estimates[measure.name] = Estimate(weighted_mean(terms), bounds, len(terms))
    for whole in WHOLES:
        value = whole.of(scores)
        if value is not None:
            counted = [s for s in scores if (s.loss if whole.name == "AURC" else s.seconds) is not None]
            bounds = interval(counted, whole.of) if intervals else None
            estimates[whole.name] = Estimate(value, bounds, len(counted))
    return Summary(len(scores), sum(bool(score.error) for score in scores), estimates)


def by_category(scores: Iterable[CaseScore], *, intervals: bool = True) -> dict[str, Summary]:
    """Category → measures, in the order in which categories first appear."""
    groups: dict[str, list[CaseScore]] = {}
    for score in scores:
        groups.setdefault(score.case.category, []).append(score)
    return {category: summarise(group, intervals=intervals) for category, group in groups.items()}


def terms_of(scores: Iterable[CaseScore], measure: str) -> list[Term]:
    """Values with their weights, times those of the cases, of the cases to which a measure applies."""
    found = ((score.terms.get(measure), score.case.weight) for score in scores)
    return [(term[0], term[1] * weight) for term, weight in found if term is not None]


def weighted_mean(terms: Sequence[Term]) -> float:
    """Mean of values by their weights."""
    return math.fsum(value * weight for value, weight in terms) / math.fsum(weight for _, weight in terms)


def _score(judged: Judged, corpus: Corpus) -> CaseScore:
    case, response = judged.case, judged.response
    lost = stages(judged, corpus)
    given = response is not None and not response.abstained
    loss: float | None = None
    if not case.retrieval_only:
        loss = 1.0 - (judged.score or 0.0) if given and case.answerable else 1.0
    return CaseScore(
        case=case,
        answer=response.text if response else "",
        understood=response.understood if response else "",
        abstained=judged.abstained,
        error=judged.error,
        seconds=judged.outcome.seconds if judged.outcome else None,
        confidence=response.confidence if response else None,
        loss=loss,
        facts=tuple(FactScore(fact, stage) for fact, stage in zip(case.facts, lost, strict=True)),
        forbidden=judged.forbidden,
        stage=stage_of(judged, lost),
        terms={measure.name: term for measure in MEASURES if (term := measure.term(judged)) is not None},
        hits=response.hits if response else None,
        cited=tuple(place for claim in response.claims for place in claim.citations) if response else (),
    )
