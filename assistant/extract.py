"""Choosing the sentences that answer: the best first, then what belongs to it, within a length.

A reader wants the fact in the first line and no more than is needed. Questions for one fact get
the best sentence and those nearly as good; questions for a list, a reason or a way of doing get
the sentences that go on after the best one as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading import Reading
from assistant.scoring import Scored
from assistant.wanted import Wanted

_RUNS_ON = frozenset({Wanted.LIST, Wanted.WHY, Wanted.HOW, Wanted.ABOUT})
_GOES_ON = re.compile(
    r"^\s*(?:[-+•*–]|\d+[.)]|[a-zđ][.)]|một số|ngoài ra|bên cạnh|đồng thời|thêm vào đó|cùng với|một bộ phận|mặt khác"
    r"|(?:thứ|một|hai|ba|bốn|năm) (?:nhất|hai|ba|tư|là)|cụ thể|trong đó|tiếp tục|tăng cường|vì vậy|do vậy|do đó|theo đó|cần)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an answer may be.

    Attributes:
        words: in all quotes together; the first quote may be longer.
        statements: number of quotes.
        margin: how far below the best score another quote may lie, as a share of the best.
    """

    words: int = 115
    statements: int = 5
    margin: float = 0.25


def _length(entry: Scored) -> int:
    return len(entry.candidate.text.split())


def _alike(left: Scored, right: Scored) -> bool:
    """Near-duplicates: the same sentence in another document, or a teaser of it."""
    a, b = set(left.candidate.own.exact.split()), set(right.candidate.own.exact.split())
    return len(a & b) >= 0.8 * min(len(a), len(b))


def _follows(entry: Scored, chosen: Sequence[Scored]) -> bool:
    """The sentence directly after a chosen one, in the same paragraph, that goes on with it."""
    candidate = entry.candidate
    for other in chosen:
        before = other.candidate
        if candidate.document.id != before.document.id or candidate.start < before.end:
            continue
        between = candidate.document.text[before.end : candidate.start]
        if not between.strip() and between.count("\n") <= 1:
            return bool(_GOES_ON.match(candidate.text)) or before.text.rstrip()[-1:] in ":;"
    return False


def choose(reading: Reading, scored: Sequence[Scored], limits: Limits = Limits()) -> list[Scored]:
    """The sentences to quote, the best first, grouped by document.

    Args:
        scored: admissible candidates, best first.
    """
    if not scored:
        return []
    chosen = [scored[0]]
    used = _length(scored[0])
    runs_on = any(kind in _RUNS_ON for kind in reading.wanted)
    rest = list(scored[1:])
    floor = scored[0].score * (1 - limits.margin)
    while rest and len(chosen) < limits.statements:
        following = [entry for entry in rest if runs_on and _follows(entry, chosen)]
        entry = following[0] if following else rest[0]
        rest.remove(entry)
        if not following and entry.score < floor:
            break
        if used + _length(entry) > limits.words or any(_alike(entry, other) for other in chosen):
            continue
        chosen.append(entry)
        used += _length(entry)
    return _grouped(chosen, in_document_order=runs_on)


def _grouped(chosen: Sequence[Scored], *, in_document_order: bool) -> list[Scored]:
    """Documents in the order of their best sentence; within one, as read or as ranked."""
    order: dict[str, int] = {}
    for entry in chosen:
        order.setdefault(entry.candidate.document.id, len(order))
    rank = {id(entry): position for position, entry in enumerate(chosen)}
    return sorted(
        chosen,
        key=lambda entry: (
            order[entry.candidate.document.id],
            entry.candidate.start if in_document_order else rank[id(entry)],
        ),
    )
