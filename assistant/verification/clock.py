"""Times of day: those of a sentence must stand in what it cites, in whatever form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.types import Difference, DifferenceKind
from assistant.verification.sources import Source

#: "8:30", "08h30", "8 giờ 30"; "8 giờ" and "8h" alone can be a length of time, which is a figure like others.
_TIME = re.compile(
    r"(?<![\d:./-])([01]?\d|2[0-3])(?:\s*:\s*|\s*[hg]\s*|\s+giờ\s+)([0-5]\d)(?!\d|:\d|[./]\d)",
    re.IGNORECASE,
)


def clock_differences(said: str, sources: Sequence[Source]) -> list[Difference]:
    """Times of day that stand in no cited passage."""
    wanted = {(int(m[1]), int(m[2])): m.group() for m in _TIME.finditer(said)}
    if not wanted:
        return []
    cited = [
        f"{source.passage.heading}\n{source.document.title}\n{source.passage.text}" for source in sources
    ]
    there = {(int(m[1]), int(m[2])): m.group() for text in cited for m in _TIME.finditer(text)}
    instead = next(iter(there.values()), "") if len(there) == 1 else ""
    return [
        Difference(DifferenceKind.NUMBER, text, instead) for time, text in wanted.items() if time not in there
    ]
