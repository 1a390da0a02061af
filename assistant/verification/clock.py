"""Times of day: those of a sentence must stand in what it cites, in whatever form."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Difference, DifferenceKind
from assistant.verification.sources import Source
from assistant.verification.times import find_times


def clock_differences(said: str, sources: Sequence[Source]) -> list[Difference]:
    """Times of day that stand in no cited passage."""
    wanted = find_times(said)
    if not wanted:
        return []
    cited = [
        f"{source.passage.heading}\n{source.document.title}\n{source.passage.text}" for source in sources
    ]
    there = [(text[time.start : time.end], time) for text in cited for time in find_times(text)]
    instead = there[0][0] if len({time.minutes for _, time in there}) == 1 else ""
    return [
        Difference(DifferenceKind.NUMBER, said[time.start : time.end], instead)
        for time in wanted
        if not any(time.minutes & other.minutes for _, other in there)
    ]
