"""How often something is done, and a single month or time where it is one and no article.

"Mỗi quý một lần", "ba tháng một lần" and "một năm bốn lần" are as often. The numbers in these are not found among
the figures of a text: "tháng hai" is February, and "một" an article far more often than a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Final

from assistant.phrases import fold
from assistant.types import Difference, DifferenceKind
from assistant.unmarked import Pattern
from assistant.verification.analysis import Analysis
from assistant.verification.sources import Source

_NUMBERS: Final = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười hai": 12,
}  # fmt: skip
_PER_YEAR: Final = {"ngày": 365, "tuần": 52, "tháng": 12, "quý": 4, "năm": 1}
_N: Final = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_UNIT: Final = "|".join(_PER_YEAR)
_BETWEEN: Final = r"(?:[^\s,.;:\d]+\s+){0,7}?"
_FEW: Final = r"(?:[^\s,.;:\d]+\s+){0,3}?"
_TIMES: Final = "(?P<what>lần|kỳ|lượt|buổi|cuộc)"
_OFTEN: Final = (
    Pattern(
        rf"(?<!\w)(?:mỗi|một|hằng|hàng)\s+(?P<unit>{_UNIT})\s+{_BETWEEN}(?P<times>{_N})\s+{_TIMES}(?!\w)"
    ),
    Pattern(
        rf"(?<!\w)(?P<times>{_N})\s+{_TIMES}\s*(?:/|mỗi|trong(?: một| mỗi)?|một)\s*(?P<unit>{_UNIT})(?!\w)"
    ),
    Pattern(rf"(?<!\w)(?P<units>{_N})\s+(?P<unit>{_UNIT})\s+{_FEW}(?P<times>{_N})\s+{_TIMES}(?!\w)"),
)
_REGULAR: Final = Pattern(rf"(?<!\w)(?:hằng|hàng|mỗi)\s+(?P<unit>{_UNIT})(?!\w)")
_SINGLE: Final = Pattern(
    rf"(?<!\w)(?:chỉ cần|chỉ sau|chỉ|chỉ trong|quá|đủ|ít nhất|tối thiểu|tối đa|trên|dưới)\s+(?P<one>(?:một|1)\s+(?P<unit>{_UNIT}|lần|buổi|người))(?!\w)"
)
_COUNTED: Final = Pattern(rf"(?<![\w.,/])(?P<count>{_N})\s+(?P<unit>{_UNIT}|lần|buổi|người)(?!\w)")


def interval_differences(analysis: Analysis, bearing: Sequence[tuple[Source, int]]) -> list[Difference]:
    """What a Vietnamese sentence says to be done more or less often, or to need less, than its citations do.

    Args:
        bearing: the sentences of the sources that bear it out, by index; those beside them are read too.
    """
    texts = [_with_neighbours(source, at) for source, at in bearing]
    found = []
    for said, rate in _rates(analysis.text):
        cited = [(words, other) for text in texts for words, other in _rates(text) if other[1] == rate[1]]
        regular = {other for text in texts for other in _regular(text)}
        if cited and rate not in {other for _, other in cited} and rate[0] not in regular:
            found.append(Difference(DifferenceKind.NUMBER, said, cited[0][0]))
    for match in _SINGLE.finditer(analysis.text):
        counts = [
            other
            for text in texts
            for other in _COUNTED.finditer(text)
            if fold(other["unit"]) == fold(match["unit"])
        ]
        if counts and all(_number(other["count"]) != 1 for other in counts):
            found.append(Difference(DifferenceKind.NUMBER, match["one"], counts[0].group()))
    return found


def agreed_intervals(analysis: Analysis, bearing: Sequence[tuple[Source, int]]) -> list[tuple[int, int]]:
    """Where a Vietnamese sentence says how often something is done as what bears it out says it, if maybe in
    other numbers: "ba tháng một lần" for "mỗi quý một lần"."""
    cited = {rate for source, at in bearing for _, rate in _rates(_with_neighbours(source, at))}
    return [
        (start, start + len(words))
        for words, rate in _rates(analysis.text)
        if rate in cited and (start := analysis.text.find(words)) >= 0
    ]


def _with_neighbours(source: Source, at: int) -> str:
    first, last = max(0, at - 1), min(len(source.spans) - 1, at + 1)
    return source.analysis.text[source.spans[first][0] : source.spans[last][1]]


@lru_cache(maxsize=2048)
def _rates(text: str) -> tuple[tuple[str, tuple[Fraction, str]], ...]:
    """How often a text says that something is done, as it says it and as so many times, or meetings, a year."""
    found = []
    for pattern in _OFTEN:
        for match in pattern.finditer(text):
            units = match.groupdict().get("units") or "1"
            rate = Fraction(_number(match["times"]) * _per_year(match), _number(units) or 1)
            what = fold(match["what"])
            found.append((match.group(), (rate, what if what in _MEETINGS else "")))
    return tuple(found)


_MEETINGS: Final = frozenset({"buoi", "cuoc"})


def _regular(text: str) -> set[Fraction]:
    """How often what is said to be done "hằng tháng", without how many times, is done."""
    counted = {match.start() for pattern in _OFTEN for match in pattern.finditer(text)}
    return {Fraction(_per_year(m)) for m in _REGULAR.finditer(text) if m.start() not in counted}


def _per_year(match: re.Match[str]) -> int:
    """How many of its unit a year has; what is cited may be written without marks."""
    return next(count for unit, count in _PER_YEAR.items() if fold(unit) == fold(match["unit"]))


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return next(number for word, number in _NUMBERS.items() if fold(word) == fold(written))
