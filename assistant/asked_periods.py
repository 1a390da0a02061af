"""Periods that a question names: years, terms of office, quarters, months, and "hiện nay"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time named at ``text[start:end]``.

    Attributes:
        first, last: its first and last day.
        relative: it was reckoned from the newest document ("năm ngoái").
    """

    start: int
    end: int
    first: date
    last: date
    relative: bool = False


_Y = r"((?:19|20)\d\d)"
_DASH = r"\s?(?:[-–—/]|đến(?: năm)?|tới|to)\s?"
_RANGE = re.compile(
    rf"(?:(?:giai đoạn|nhiệm kỳ|thời kỳ|từ năm|từ|period|term|from)\s+)?(?<![\d/.-]){_Y}{_DASH}{_Y}(?![\d/])",
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"(?:ngày\s+)?(?<!\d)(\d{{1,2}})(?:\s?[/.-]\s?|\s+tháng\s+)(\d{{1,2}})(?:\s?[/.-]\s?|\s+năm\s+){_Y}(?!\d)",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    rf"(?:quý|quarter|q)\s?(iv|iii|ii|i|[1-4])(?:\s?[/.,-]\s?|\s+(?:của\s+)?(?:năm\s+|of\s+)?){_Y}(?!\d)",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    rf"(\d{{1,2}}|sáu|ba|chín)\s+tháng\s+(đầu|cuối)(?:\s+của)?\s+năm\s+{_Y}(?!\d)", re.IGNORECASE
)
_MONTH = re.compile(rf"tháng\s+(\d{{1,2}})(?:\s?[/.-]\s?|\s+năm\s+){_Y}(?!\d)", re.IGNORECASE)
_YEAR = re.compile(rf"(?:năm\s+)?(?<![\d.,/-]){_Y}(?![\d/]|[.,-]\d|\s?[-–/]\s?[A-ZĐ])", re.IGNORECASE)
_RELATIVE = re.compile(
    r"(?<!so với )(?<!với )(?:(?P<this>năm nay)|(?P<last>năm ngoái|năm vừa qua|năm qua)"
    r"|(?P<now>this year)|(?P<past>last year))\b",
    re.IGNORECASE,
)
_CURRENT = re.compile(
    r"\b(?:hiện nay|hiện tại|hiện giờ|bây giờ|hiện đang|đến nay|mới nhất|gần đây nhất"
    r"|currently|at present|nowadays|latest)\b"
    r"|\b(?:now|today)\b(?=\s*[?.,]|$)",
    re.IGNORECASE,
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WORDS = {"ba": 3, "sáu": 6, "chín": 9}


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def is_current(text: str) -> bool:
    """Whether the question asks how things are now ("hiện nay", "đến nay")."""
    return _CURRENT.search(text) is not None


def periods(text: str, *, latest: date | None = None) -> tuple[Period, ...]:
    """Periods named in ``text``, in order; the wider wording wins where two overlap.

    Args:
        latest: date of the newest document, from which "năm nay" and "năm ngoái" are reckoned; they are
            left out where it is not known.
    """
    found: list[Period] = []

    def add(match: re.Match[str], days: tuple[date, date], *, relative: bool = False) -> None:
        if not any(match.start() < other.end and other.start < match.end() for other in found):
            found.append(Period(match.start(), match.end(), *days, relative))

    for match in _DAY.finditer(text):
        day, month, year = map(int, match.groups())
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            add(match, (date(year, month, day),) * 2)
    for match in _RANGE.finditer(text):
        first, last = map(int, match.groups())
        if first < last:
            add(match, (date(first, 1, 1), date(last, 12, 31)))
    for match in _QUARTER.finditer(text):
        quarter = _QUARTERS.get(match[1].lower()) or int(match[1])
        add(match, _months(int(match[2]), 3 * quarter - 2, 3 * quarter))
    for match in _MONTHS.finditer(text):
        count = _WORDS.get(match[1].lower()) or int(match[1])
        if 1 <= count <= 12:
            first, last = (1, count) if match[2].lower() == "đầu" else (13 - count, 12)
            add(match, _months(int(match[3]), first, last))
    for match in _MONTH.finditer(text):
        if 1 <= int(match[1]) <= 12:
            add(match, _months(int(match[2]), int(match[1]), int(match[1])))
    for match in _YEAR.finditer(text):
        add(match, (date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)))
    if latest is not None:
        for match in _RELATIVE.finditer(text):
            year = latest.year - bool(match["last"] or match["past"])
            add(match, (date(year, 1, 1), date(year, 12, 31)), relative=True)
    return tuple(sorted(found, key=lambda period: period.start))
