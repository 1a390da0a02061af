"""Measures by the names people type: ``fact-recall``, ``hit@3``, ``MRR@10``, ``passage.R@10``; and bounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import BadOption
from assistant.evaluate.scores import ALL, Summary
from assistant.naming import suggestion

_OTHER_NAMES = {"hit": "success", "recall": "r", "mrr": "rr"}


@dataclass(frozen=True, slots=True)
class Gate:
    """A bound that a run must hold.

    Attributes:
        least: the value must be at least this, or at most where it is false.
    """

    measure: str
    bound: float
    least: bool

    def holds(self, summary: Summary) -> bool:
        """Whether it is held; not where the measure applies to no case."""
        value = summary.value(self.measure)
        if value is None:
            return False
        return value >= self.bound if self.least else value <= self.bound

    def __str__(self) -> str:
        return f"{self.measure} {'≥' if self.least else '≤'} {self.bound:g}"


def measure_named(name: str) -> str:
    """The name of the measure that ``name`` means.

    Raises:
        BadOption: there is none.
    """
    known = {_plain(entry): entry for entry in ALL}
    plain = _plain(name)
    base, at, rest = plain.partition("@")
    prefix = "passage" if base.startswith("passage") else ""
    other = _OTHER_NAMES.get(base.removeprefix(prefix))
    found = known.get(plain) or known.get(f"{prefix}{other}{at}{rest}")
    if found is None:
        raise BadOption(f"No measure {name}.{suggestion(name, ALL)}")
    return found


def gates_of(text: str) -> tuple[Gate, ...]:
    """The bounds of ``min-fact-recall=0.95,max-seconds-p95=3``.

    Raises:
        BadOption: a part is no bound, or names no measure.
    """
    found: list[Gate] = []
    for part in filter(None, (entry.strip() for entry in text.split(","))):
        match = re.fullmatch(r"(min|max)[-_](.+?)\s*=\s*(-?\d+(?:\.\d+)?)", part)
        if match is None:
            raise BadOption(f"--gate {part}: expected min-MEASURE=NUMBER or max-MEASURE=NUMBER.")
        found.append(Gate(measure_named(match[2]), float(match[3]), match[1] == "min"))
    if not found:
        raise BadOption("--gate is empty: expected min-MEASURE=NUMBER or max-MEASURE=NUMBER.")
    return tuple(found)


def held(gates: Sequence[Gate], summary: Summary) -> dict[Gate, bool]:
    """Each bound with whether it is held."""
    return {gate: gate.holds(summary) for gate in gates}


def _plain(name: str) -> str:
    return re.sub(r"[-_.\s]", "", name).lower()
