"""How things are now: of sentences that answer equally well, those of the newest document in force first.

Meaning and words cannot tell this year's report from one of ten years ago that says the same in the same
words. Only questions that ask for the present ("hiện nay", "mới nhất") are answered so.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from assistant.scoring import Scored
from ingest.types import Document, Status

_OVER = frozenset({Status.REPLACED, Status.ENDED})
#: What the newest is given before the oldest.
_NEWEST = 1.0
#: Which sentences answer as well as the best one: score, reach and kind of answer no further below it.
_SCORE, _REACH, _ANSWER = 0.8, 0.1, 0.1


def newest_first(scored: Sequence[Scored], superseded: Collection[str] = ()) -> list[Scored]:
    """The sentences with the newest of those first that answer as well as the best one.

    Args:
        scored: best first.
        superseded: ids of documents that others replaced or ended.
    """
    if not scored:
        return []
    best = scored[0]
    equal = [
        entry
        for entry in scored
        if entry.score >= best.score - _SCORE
        and entry.reach >= best.reach - _REACH
        and entry.answer >= best.answer - _ANSWER
    ]
    recency = recencies([entry.candidate.document for entry in equal], superseded)
    gains = {id(entry): _NEWEST * recency[entry.candidate.document.id] for entry in equal}
    moved = [replace(entry, score=entry.score + gains.get(id(entry), 0.0)) for entry in scored]
    return sorted(moved, key=lambda entry: -entry.score)


def recencies(documents: Sequence[Document], superseded: Collection[str] = ()) -> dict[str, float]:
    """Document id → its place in the order of dates of issue, 1 for the latest.

    Documents without a date, and those no longer in force, have 0.
    """
    dates: dict[str, date] = {
        document.id: document.issued_on
        for document in documents
        if document.issued_on and document.status not in _OVER and document.id not in superseded
    }
    order = {day: place for place, day in enumerate(sorted(set(dates.values())), start=1)}
    return {
        document.id: order[dates[document.id]] / len(order) if document.id in dates else 0.0
        for document in documents
    }
