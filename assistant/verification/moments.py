"""Dates as precisely as they are written: a day, a month, a year, in figures or in words, in either language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

_Y = r"(?:19|20)\d{2}"
_MONTHS: Final = (
    "january february march april may june july august september october november december".split()
)
_MONTH = (
    rf"(?P<name>{'|'.join(m.capitalize() for m in _MONTHS)}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_NOT_BEFORE = r"(?<![\d/.,-])"
_NOT_AFTER = r"(?![\d%]|[/.,-]\d)"


class Moment(NamedTuple):
    """A day, month or year, as far as it is said; ``None`` is unsaid."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def within(self, other: Moment, years: frozenset[int]) -> bool:
        """``other`` says at least what this says; a year unsaid there may be one of ``years``."""
        year = (
            self.year is None
            or self.year == other.year
            or (other.year is None and other.month is not None and self.year in years)
        )
        month = self.month is None or self.month == other.month
        return year and month and (self.day is None or self.day == other.day)


@dataclass(frozen=True, slots=True)
class MomentMention:
    """A moment at ``text[start:end]``."""

    start: int
    end: int
    value: Moment


def _i(text: str | None) -> int | None:
    return int(text) if text else None


#: Two days of one month, the month said once: "từ 12 đến 17/5/2025", "12-17/5/2025", "May 12–17, 2025".
_DAYS = re.compile(
    rf"(?<!tháng ){_NOT_BEFORE}(?:ngày )?(?P<first>\d{{1,2}})(?:\s?[-–]\s?| đến (?:hết )?(?:ngày )?| và (?:ngày )?| to )"
    rf"(?P<last>\d{{1,2}})(?:[/.-]| tháng )(?P<month>\d{{1,2}})(?:(?:[/.-]| năm )(?P<year>{_Y}))?{_NOT_AFTER}",
    re.IGNORECASE,
)
_ENGLISH_DAYS = re.compile(
    rf"\b(?:{_MONTH} (?P<first>\d{{1,2}})(?:\s?[-–]\s?| to | and )(?P<last>\d{{1,2}})(?:,? (?P<year>{_Y}))?"
    rf"|(?<!\d)(?P<first2>\d{{1,2}})(?:\s?[-–]\s?| to | and )(?P<last2>\d{{1,2}}) {_MONTH.replace('name', 'name2')},?(?: (?P<year2>{_Y}))?)(?!\d)"
)
_PATTERNS: Final = (
    re.compile(
        rf"(?:ngày |mùng )?(?<!\d)(?P<d>\d{{1,2}}) tháng (?P<m>\d{{1,2}}),? năm (?P<y>{_Y})(?!\d)", re.I
    ),
    re.compile(rf"{_NOT_BEFORE}(?P<y>{_Y})-(?P<m>\d{{2}})-(?P<d>\d{{2}})(?!\d)"),
    re.compile(
        rf"(?:ngày )?{_NOT_BEFORE}(?P<d>\d{{1,2}})\s?(?P<sep>[/.-])\s?(?P<m>\d{{1,2}})\s?(?P=sep)\s?(?P<y>{_Y})(?!\d)",
        re.I,
    ),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH},?(?: (?P<y>{_Y}))?(?!\d)"),
    re.compile(rf"\b{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y>{_Y}))?(?!\d)"),
    re.compile(rf"\b{_MONTH},?(?: of)? (?P<y>{_Y})(?!\d)"),
    re.compile(r"(?:ngày |mùng )(?P<d>\d{1,2}) tháng (?P<m>\d{1,2})(?!\d)", re.I),
    re.compile(rf"tháng (?P<m>\d{{1,2}})\s?(?:[/-]|,? năm )\s?(?P<y>{_Y})(?!\d)", re.I),
    re.compile(rf"{_NOT_BEFORE}(?P<m>0?[1-9]|1[0-2])\s?[/-]\s?(?P<y>{_Y})(?![\d/-])"),
    re.compile(
        r"(?:ngày|sáng|chiều|tối|trước|hết|đến|từ|hôm) (?P<d>\d{1,2})[/-](?P<m>\d{1,2})(?![\d/%,.-]\d|\d)",
        re.I,
    ),
    re.compile(r"(?:tháng )(?P<m>\d{1,2})(?![\d,.]\d|\d)", re.I),
    re.compile(
        rf"(?<![\d.,])(?P<y>{_Y})(?!\d|[.,]\d|/\d| (?:đảng viên|người|thôn|chi bộ|học viên|quần chúng|đồng chí|tổ chức|hộ|lượt))",
        re.I,
    ),
    re.compile(rf"\b(?:in|by|of|until|since|end of|late|early) {_MONTH}(?!\w)"),
)


def find_moments(text: str) -> list[MomentMention]:
    """Every date, month and year, in order, each as precisely as it stands; impossible ones too."""
    found: list[MomentMention] = []
    for match in _DAYS.finditer(text):
        month, year = _i(match["month"]), _i(match["year"])
        found += _pair(match, "first", "last", month, year)
    text = _blank(text, found)
    for match in _ENGLISH_DAYS.finditer(text):
        if match["first"]:
            found += _pair(match, "first", "last", _month(match["name"]), _i(match["year"]))
        else:
            found += _pair(match, "first2", "last2", _month(match["name2"]), _i(match["year2"]))
    for pattern in _PATTERNS:
        text = _blank(text, found)
        for match in pattern.finditer(text):
            groups = match.groupdict()
            month = _month(groups["name"]) if groups.get("name") else _i(groups.get("m"))
            value = Moment(_i(groups.get("y")), month, _i(groups.get("d")))
            found.append(MomentMention(match.start(), match.end(), value))
    return sorted(found, key=lambda mention: mention.start)


def _pair(
    match: re.Match[str], first: str, last: str, month: int | None, year: int | None
) -> list[MomentMention]:
    return [
        MomentMention(match.start(), match.end(first), Moment(year, month, _i(match[first]))),
        MomentMention(match.end(first), match.end(), Moment(year, month, _i(match[last]))),
    ]


def _month(name: str) -> int:
    return next(
        n for n, month in enumerate(_MONTHS, start=1) if month.startswith(name.lower().rstrip(".")[:3])
    )


def _blank(text: str, taken: list[MomentMention]) -> str:
    for mention in taken:
        text = text[: mention.start] + "#" * (mention.end - mention.start) + text[mention.end :]
    return text
