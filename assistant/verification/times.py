"""Times of day, however they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from assistant.unmarked import Pattern

#: "8:30", "08h30", "8 giờ 30 phút", "8 giờ rưỡi".
_MINUTES: Final = Pattern(
    r"(?<![\d:./-])(?P<hour>[01]?\d|2[0-3])"
    r"(?:(?:\s*:\s*|\s*[hg]\s*|\s+giờ\s+)(?P<minute>[0-5]\d)(?!\d|:\d|[./]\d)(?:\s*phút(?!\w))?"
    r"|(?:\s*[hg]|\s+giờ)?\s+(?P<half>rưỡi)(?!\w))"
    r"(?:\s+(?P<part>sáng|trưa|chiều|tối|đêm)(?!\w))?"
)
#: "8 giờ sáng", "lúc 8h": without either word, hours are a length of time, which is a figure like others.
_HOUR: Final = Pattern(
    r"(?<![\d:./-])(?P<hour>[01]?\d|2[0-3])(?:\s*[hg]|\s+giờ)(?![\w:])(?!\s+\d)(?:\s+(?P<part>sáng|trưa|chiều|tối|đêm)(?!\w))?"
)
_AT: Final = Pattern(r"(?<!\w)(?:lúc|vào|hồi|vào lúc|trước|sau)\s+$")
_LATE: Final = frozenset({"chiều", "tối", "đêm", "chieu", "toi", "dem"})


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day at ``text[start:end]``.

    Attributes:
        minutes: after midnight; of "2 giờ" alone it may be either half of the day.
    """

    start: int
    end: int
    minutes: frozenset[int]


def find_times(text: str) -> list[Time]:
    """The times of day in ``text``, in order."""
    found = [
        _time(match, match["minute"], half=match["half"] is not None) for match in _MINUTES.finditer(text)
    ]
    for match in _HOUR.finditer(text):
        free = not any(time.start <= match.start() < time.end for time in found)
        if free and (match["part"] or _AT.search(text[: match.start()])):
            found.append(_time(match, "0", half=False))
    return sorted(found, key=lambda time: time.start)


def _time(match: re.Match[str], minute: str | None, *, half: bool) -> Time:
    hour, part = int(match["hour"]), (match["part"] or "").lower()
    minutes = 60 * hour + (30 if half else int(minute or 0))
    later = minutes + 12 * 60
    if hour >= 12:
        return Time(match.start(), match.end(), frozenset({minutes}))
    if part in _LATE:
        return Time(match.start(), match.end(), frozenset({later}))
    return Time(match.start(), match.end(), frozenset({minutes} if part else {minutes, later}))
