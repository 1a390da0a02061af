"""The best way through a lattice, and how sure each of its steps is. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

#: ``step[i][j]``: weight of going from choice ``i`` of one place to choice ``j`` of the next.
Step = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Path:
    """What ``best_path`` found.

    Attributes:
        choices: index of the choice at each place.
        posteriors: share of all paths' weight that goes through each of these choices.
        log_weight: natural logarithm of the weight of all paths together.
    """

    choices: tuple[int, ...]
    posteriors: tuple[float, ...]
    log_weight: float


def best_path(steps: Sequence[Step]) -> Path:
    """Viterbi's path and forward–backward posteriors.

    Args:
        steps: from a start with one choice, through the places, to an end with one choice; every
            weight positive and finite.
    """
    best, forward, log_weight = [1.0], [[1.0]], 0.0
    backpointers: list[list[int]] = []
    for step in steps:
        columns = list(zip(*step, strict=True))
        came_from, scores = [], []
        for column in columns:
            weights = [b * w for b, w in zip(best, column, strict=True)]
            top = max(weights)
            came_from.append(weights.index(top))
            scores.append(top)
        backpointers.append(came_from)
        # Rescaling at each place keeps long products away from zero.
        top = max(scores)
        best = [score / top for score in scores]
        sums = [sum(f * w for f, w in zip(forward[-1], column, strict=True)) for column in columns]
        total = sum(sums)
        log_weight += math.log(total)
        forward.append([value / total for value in sums])
    choices: list[int] = []
    posteriors: list[float] = []
    backward, choice = [1.0], backpointers[-1][0]
    for place in range(len(steps) - 1, 0, -1):
        backward = [sum(w * b for w, b in zip(row, backward, strict=True)) for row in steps[place]]
        top = max(backward)
        backward = [value / top for value in backward]
        mass = [f * b for f, b in zip(forward[place], backward, strict=True)]
        choices.append(choice)
        posteriors.append(mass[choice] / sum(mass))
        choice = backpointers[place - 1][choice]
    return Path(tuple(reversed(choices)), tuple(reversed(posteriors)), log_weight)
