"""Dates as Vietnamese documents write them: "ngày 21 tháng 01 năm 2019", "21/01/2019", "21.1.2019"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

_EARLIEST_YEAR: Final = 1930  # the Party was founded in February 1930

_WORDS = r"(?:ngày\s+)?(?P<d1>\d{1,2})\s+tháng\s+(?P<m1>\d{1,2})\s*,?\s+năm\s+(?P<y1>\d{4})"
_FIGURES = (
    r"(?:ngày\s+)?(?<![\d/.,-])(?P<d2>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m2>\d{1,2})\s?(?P=sep)\s?(?P<y2>\d{4})"
)
#: A whole date: day, month and year.
DATE: Final = re.compile(rf"(?i:{_WORDS}|{_FIGURES})(?!\d)")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date written at ``text[start:end]``."""

    start: int
    end: int
    value: date


def find_dates(text: str) -> list[DateMention]:
    """Every whole date in ``text``, in order; impossible ones ("31/02/2020") are left out."""
    found = []
    for match in DATE.finditer(text):
        value = _value(match)
        if value is not None:
            found.append(DateMention(match.start(), match.end(), value))
    return found


def first_date(text: str) -> date | None:
    """The first whole date in ``text``."""
    dates = find_dates(text)
    return dates[0].value if dates else None


def iso_date(text: str) -> date | None:
    """``2024-04-22`` or ``22/04/2024`` alone, with or without a time of day behind it."""
    text = text.strip()
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})(?=$|[T ])", text)
    if match:
        return _date(int(match[1]), int(match[2]), int(match[3]))
    found = DATE.match(text)
    return _value(found) if found else None


def _value(match: re.Match[str]) -> date | None:
    day, month, year = (int(match[f"{k}1"] or match[f"{k}2"]) for k in "dmy")
    return _date(year, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    if not _EARLIEST_YEAR <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
