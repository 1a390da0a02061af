"""Two runs over the same questions: what got better, what got worse, and whether by more than chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import BadFacts
from assistant.evaluate.conditions import differing
from assistant.evaluate.measures import MEASURES, SCORE, Better
from assistant.evaluate.runs import Run
from assistant.evaluate.scores import ALL, WHOLES, CaseScore, weighted_mean
from assistant.evaluate.significance import mean_permutation, permutation

#: Below this p a difference is called significant.
LEVEL = 0.05
_PERMUTATIONS_OF_WHOLES = 999


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure in two runs, over the cases to which it applies in at least one of them.

    Attributes:
        p: two-sided, of a paired permutation test; ``None`` where there is nothing to test.
    """

    measure: str
    before: float
    after: float
    p: float | None

    @property
    def change(self) -> float:
        return self.after - self.before

    @property
    def significant(self) -> bool:
        return self.p is not None and self.p < LEVEL

    @property
    def verdict(self) -> str:
        """``better``, ``worse``, ``same``, or ``changed`` where no way is better."""
        if self.change == 0:
            return "same"
        better = ALL[self.measure].better
        if better is Better.NEITHER:
            return "changed"
        return "better" if (self.change > 0) == (better is Better.HIGHER) else "worse"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two runs.

    Attributes:
        better, worse: ids of cases with another score, and both scores.
        only_before, only_after: ids of cases that the other run lacks; they are left out of everything else.
        conditions: names of what is not the same in both, with both values.
    """

    before: Run
    after: Run
    differences: tuple[Difference, ...]
    better: Mapping[str, tuple[float, float]]
    worse: Mapping[str, tuple[float, float]]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    conditions: Mapping[str, tuple[Any, Any]]


def compare(before: Run, after: Run) -> Comparison:
    """Compare two runs.

    Raises:
        BadFacts: they have no case in common.
    """
    first = {score.id: score for score in before.scores}
    second = {score.id: score for score in after.scores}
    # An id that was given to another question since is another case.
    shared = [id for id in first if id in second and first[id].case.question == second[id].case.question]
    if not shared:
        raise BadFacts("The two runs have no case in common: nothing can be compared.")
    pairs = [(first[id], second[id]) for id in shared]
    changed = {
        id: (old, new)
        for id in shared
        if (old := first[id].value(SCORE.name)) is not None
        and (new := second[id].value(SCORE.name)) is not None
        and old != new
    }
    return Comparison(
        before,
        after,
        tuple(_differences(pairs)),
        {id: values for id, values in changed.items() if values[1] > values[0]},
        {id: values for id, values in changed.items() if values[1] < values[0]},
        tuple(id for id in first if id not in shared),
        tuple(id for id in second if id not in shared),
        differing(before.conditions, after.conditions),
    )


def to_json(comparison: Comparison) -> dict[str, Any]:
    """A comparison as plain values."""
    return {
        "before": comparison.before.system,
        "after": comparison.after.system,
        "measures": {
            entry.measure: {
                "before": entry.before,
                "after": entry.after,
                "change": entry.change,
                "p": entry.p,
                "verdict": entry.verdict,
                "significant": entry.significant,
            }
            for entry in comparison.differences
        },
        "better": {id: list(values) for id, values in comparison.better.items()},
        "worse": {id: list(values) for id, values in comparison.worse.items()},
        "only_before": list(comparison.only_before),
        "only_after": list(comparison.only_after),
        "conditions": {name: list(values) for name, values in comparison.conditions.items()},
    }


def _differences(pairs: Sequence[tuple[CaseScore, CaseScore]]) -> list[Difference]:
    found = []
    for measure in MEASURES:
        rows = [
            tuple(_term(score, measure.name) for score in pair)
            for pair in pairs
            if any(measure.name in score.terms for score in pair)
        ]
        left, right = [row[0] for row in rows], [row[1] for row in rows]
        if sum(weight for _, weight in left) and sum(weight for _, weight in right):
            before, after = weighted_mean(left), weighted_mean(right)
            p = mean_permutation(left, right) if before != after else None
            found.append(Difference(measure.name, before, after, p))
    for whole in WHOLES:
        first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        before_value, after_value = whole.of(first), whole.of(second)
        if before_value is not None and after_value is not None:
            p = None
            if before_value != after_value:
                p = permutation(first, second, whole.of, permutations=_PERMUTATIONS_OF_WHOLES)
            found.append(Difference(whole.name, before_value, after_value, p))
    return found


def _term(score: CaseScore, measure: str) -> tuple[float, float]:
    """Value and whole weight; no weight where the measure does not apply in this run."""
    value, weight = score.terms.get(measure, (0.0, 0.0))
    return value, weight * score.case.weight
