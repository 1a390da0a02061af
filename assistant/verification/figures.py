"""Quantities of a sentence: their value however written, how exactly they are meant, and what they bound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from assistant.verification.numerals import spelt

Span = tuple[int, int]


class Bound(StrEnum):
    """How a figure bounds what it counts."""

    EXACT = "exact"
    NEAR = "near"
    ABOVE = "above"
    AT_LEAST = "at least"
    BELOW = "below"
    AT_MOST = "at most"


_UP: Final = frozenset({Bound.ABOVE, Bound.AT_LEAST})
_DOWN: Final = frozenset({Bound.BELOW, Bound.AT_MOST})

_SCALE: Final = {
    "chục": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9,
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9,
}  # fmt: skip
_DIGITS = re.compile(
    r"(?<![\w.,:])(?<!\d/)(?:\d{1,3}(?:[.,\u00a0 ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)(?!\d)"
    r"(?=(?:km[²2]?|m[²2]|kg|ha|tr|tỷ|đ|st|nd|rd|th)?(?!\w))(?![.,:-]\d|/\d)"
    r"|(?<![\w/.,:-])\d{3,}(?=/\d{3,}(?![\d/]))|(?<=\d\d\d/)\d{3,}(?![\d/.,])"  # "438/652": so many of so many
)
_RATIO = re.compile(r"(?<![\d/.,])(\d{1,2})/(\d{1,2})(?![\d/%])")
_AFTER_SCALE = re.compile(rf"\s*(?P<scale>{'|'.join(_SCALE)})(?!\w)", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(?:%|phần trăm|per\s?cent|percent)", re.IGNORECASE)
_BOUNDS: Final = (
    (Bound.AT_MOST, r"tối đa|nhiều nhất|không quá|không vượt quá|không hơn|không nhiều hơn|at most|up to|no more than|not more than|maximum of|a maximum"),
    (Bound.AT_LEAST, r"tối thiểu|ít nhất|không dưới|không ít hơn|chí ít|at least|no fewer than|no less than|not less than|minimum of|a minimum"),
    (Bound.ABOVE, r"hơn|trên|quá|over|more than|above|exceeding|in excess of"),
    (Bound.BELOW, r"dưới|chưa đạt|không đạt|chưa đến|chưa đầy|chưa tới|không đến|không tới|không đầy|ít hơn|under|below|fewer than|less than"),
    (Bound.NEAR, r"gần|khoảng|chừng|xấp xỉ|ước|ngót|độ|nearly|almost|about|around|approximately|roughly|some|close to"),
)  # fmt: skip
_BEFORE: Final = tuple(
    (bound, re.compile(rf"(?<!\w)(?:{words})(?: (?:là|khoảng|cả|of|the))?\s*$", re.IGNORECASE))
    for bound, words in _BOUNDS
)
_FEWER = re.compile(r"(?<!\w)(?:gần|nearly|almost|close to|ngót)(?: (?:là|khoảng))?\s*$", re.IGNORECASE)
_BEHIND: Final = (
    (Bound.AT_LEAST, re.compile(r"(?:(?! và )[^,.;:\d]){0,40}?(?<!\w)(?:trở lên|or more|or above|or over|or older|and above|and over)(?!\w)", re.I)),
    (Bound.AT_MOST, re.compile(r"(?:(?! và )[^,.;:\d]){0,40}?(?<!\w)(?:trở xuống|trở lại|or fewer|or less|or below|or under|or younger)(?!\w)", re.I)),
)  # fmt: skip
_ITEM = re.compile(r"(?:^|\n)\s*(?:[-+*•]\s*)?$|(?:^|\s)\($")
_ITEM_END = re.compile(r"(?:[.)](?!\d)|\))\s?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity at ``text[start:end]``.

    Attributes:
        values: what it may mean, the likelier first ("57,763" is read in two ways); of a percentage, the share.
        percent: it is a share of a whole.
        grain: the place of its last digit that is not zero, scaled: 1000 for "57 nghìn", 10 for "60".
        scaled: a word gives its thousands or millions.
        fewer: "gần": what is meant is a little less.
        weak: "một", "a": often no more than an article.
    """

    start: int
    end: int
    values: tuple[Fraction, ...]
    percent: bool
    bound: Bound
    grain: Fraction
    scaled: bool = False
    fewer: bool = False
    weak: bool = False

    def equals(self, other: Figure) -> bool:
        """Both mean the same number."""
        if self.percent != other.percent:
            return False
        return any(value in other.values for value in self.values)

    def approximates(self, other: Figure) -> bool:
        """This comes near ``other``, as near as the way it is written claims."""
        if self.percent != other.percent or self.equals(other):
            return False
        return any(self._near(mine, exact) for mine in self.values[:1] for exact in other.values[:1])

    def _near(self, mine: Fraction, exact: Fraction) -> bool:
        off = exact - mine
        if self.percent and not self.grain and abs(off) <= Fraction(2, 100):
            return True  # "hai phần ba" of 67%
        if not exact or abs(off) > abs(exact) * Fraction(15, 100):
            return False
        if self.bound in _UP:
            return self.bound is Bound.ABOVE and 0 < off < self.grain
        if self.fewer or self.bound is Bound.BELOW:
            return 0 < -off <= self.grain / 2 and (self.fewer or off < 0)
        if self.bound is Bound.NEAR:
            return abs(off) <= (self.grain or Fraction(4, 100)) / 2
        return self.scaled and abs(off) < self.grain and self.grain >= 100

    def agrees(self, other: Figure) -> bool:
        """Neither bounds from above what the other bounds from below."""
        up, down = self.bound in _UP, self.bound in _DOWN or self.fewer
        if up:
            return other.bound in _UP or (
                other.bound is Bound.NEAR and not other.fewer and self.bound is Bound.ABOVE
            )
        if down:
            return other.bound in _DOWN or other.bound is Bound.NEAR
        return True


def find_figures(text: str, taken: Sequence[Span], *, english: bool) -> list[Figure]:
    """The quantities of ``text`` outside of the spans ``taken`` by dates, document numbers and the like."""
    found: list[Figure] = []

    def free(start: int, end: int) -> bool:
        return not any(begin < end and start < stop for begin, stop in taken)

    def add(
        start: int, end: int, values: tuple[Fraction, ...], grain: Fraction, share: bool, word: bool
    ) -> None:
        scale = _AFTER_SCALE.match(text, end)
        factor = 1
        if scale and not share:
            factor, end = _SCALE[scale["scale"].lower()], scale.end()
        percent = _PERCENT.match(text, end)
        if percent and not share:
            values, grain, end = tuple(v / 100 for v in values), grain / 100, percent.end()
        bound, fewer = _bound(text, start, end)
        found.append(
            Figure(
                start,
                end,
                tuple(v * factor for v in values),
                share or percent is not None,
                bound,
                grain * factor,
                scaled=factor > 1,
                fewer=fewer,
                weak=word and values == (Fraction(1),) and factor == 1 and not share,
            )
        )

    for ratio in _RATIO.finditer(text):
        over, under = int(ratio[1]), int(ratio[2])
        if free(*ratio.span()) and 0 < over < under:
            add(*ratio.span(), (Fraction(over, under),), Fraction(0), True, False)
    ratios = [(figure.start, figure.end) for figure in found]
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        if not free(start, end) or any(begin <= start < stop for begin, stop in ratios):
            continue
        if len(match.group()) < 3 and _ITEM.search(text, 0, start) and _ITEM_END.match(text, end):
            continue
        values, grain = _read(match.group(), english=english)
        add(start, end, values, grain, False, False)
    for number in spelt(text, english=english):
        if free(number.start, number.end) and not any(
            figure.start <= number.start < figure.end for figure in found
        ):
            grain = Fraction(0) if number.share else _grain(number.value)
            add(number.start, number.end, (number.value,), grain, number.share, True)
    return sorted(found, key=lambda figure: figure.start)


def _read(written: str, *, english: bool) -> tuple[tuple[Fraction, ...], Fraction]:
    """The values of a number in figures, and the place of its last digit that is not zero."""
    grouping, decimal = (",", ".") if english else (".", ",")
    bare = re.sub(r"[  ]", "", written)
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", bare) is not None
    own = bare.replace(grouping, "").replace(decimal, ".") if _is_grouped(bare, grouping, decimal) else None
    other = bare.replace(decimal, "").replace(grouping, ".") if _is_grouped(bare, decimal, grouping) else None
    readings = [Fraction(form) for form in (own, other) if form is not None and form.count(".") <= 1]
    if not readings:
        readings = [Fraction(re.sub(r"\D", "", bare))]
    if grouped and len(readings) == 2 and readings[0] < 1000 <= readings[1]:
        readings.reverse()  # three digits behind a sign are thousands far more often than thousandths
    values = tuple(dict.fromkeys(readings))
    return values, _grain(values[0])


def _is_grouped(bare: str, grouping: str, decimal: str) -> bool:
    pattern = rf"\d{{1,3}}(?:{re.escape(grouping)}\d{{3}})+(?:{re.escape(decimal)}\d+)?|\d+(?:{re.escape(decimal)}\d+)?"
    return re.fullmatch(pattern, bare) is not None


def _grain(value: Fraction) -> Fraction:
    grain = Fraction(1)
    while value and (value / grain).denominator > 1:
        grain /= 10
    while value and (value / (grain * 10)).denominator == 1:
        grain *= 10
    return grain


def _bound(text: str, start: int, end: int) -> tuple[Bound, bool]:
    before = text[max(0, start - 30) : start]
    for bound, pattern in _BEHIND:
        if pattern.match(text, end):
            return bound, False
    for bound, pattern in _BEFORE:
        if pattern.search(before):
            return bound, _FEWER.search(before) is not None
    return Bound.EXACT, False
