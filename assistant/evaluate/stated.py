"""Whether a text states a fact: words compared as words, numbers as numbers, dates as dates.

Text is cut into tokens: document numbers ("28-CT/TW"), dates as precisely as they are written, figures with
their scale and percent sign, and words and signs for the rest. A fact is stated where its tokens stand in the
text one after the other. So "20 người" is stated by "hai mươi người", "31/8/2020" by "ngày 31 tháng 8 năm
2020", "57.763" by "57,763"; "20" is not stated by "2020" nor by "20/11", which is a day.

Words are compared in NFC without case, with tone marks in one style (hoà = hòa), never across different
diacritics: "đang viên" does not state "đảng viên". Where the question itself was typed without diacritics, a
word of the text without any states one with them as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from assistant.unmarked import is_unmarked
from assistant.verification.figures import Figure, find_figures
from assistant.verification.moments import Moment, find_moments
from ingest.numbers import find_numbers, fold
from ingest.places import one_tone_style

_REST = re.compile(r"\d+(?:[.,/:-]\d+)*[^\W_]*|[^\W\d_]+|[^\w\s\"'“”‘’«»]")
#: Say that a date follows, and nothing else.
_BEFORE_DATE = frozenset({"ngày", "tháng", "năm", "on", "in"})
#: A day that is one only by what stands around it: alone, "10/9" may be a share as well.
_DAY_MONTH = re.compile(r"(\d{1,2})/(\d{1,2})")
_DASHES = str.maketrans("–—−", "---")

Accepted = Sequence[str]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text and what it means; a word or sign has only its comparable form."""

    raw: str
    figure: Figure | None = None
    moment: Moment | None = None
    number: str | None = None


def comparable(text: str) -> str:
    """Text for comparing: NFC, lower case, tone marks in one style (hoà = hòa), white space collapsed."""
    return " ".join(one_tone_style(unicodedata.normalize("NFC", text).casefold()).split())


def states(text: str, accepted: str, *, tolerance: float = 0.0, unmarked: bool = False) -> bool:
    """Whether ``text`` states ``accepted``.

    Args:
        tolerance: share by which a number may differ from the expected one.
        unmarked: the question was typed without diacritics.
    """
    margin = Fraction(str(tolerance))
    for english in (False, True):
        wanted, found = tokens(accepted, english=english), tokens(text, english=english)
        if not wanted:
            return False
        for at in range(len(found) - len(wanted) + 1):
            if all(_meets(w, f, margin, unmarked) for w, f in zip(wanted, found[at:], strict=False)):
                return True
    return False


def states_any(text: str, fact: Accepted, *, tolerance: float = 0.0, unmarked: bool = False) -> bool:
    """Whether ``text`` states one of the strings accepted for a fact."""
    return any(states(text, accepted, tolerance=tolerance, unmarked=unmarked) for accepted in fact)


def typed_without_marks(question: str, language: str) -> bool:
    """The question is Vietnamese and has no diacritics at all."""
    return language.startswith("vi") and is_unmarked(question)


@lru_cache(maxsize=256)
def tokens(text: str, *, english: bool = False) -> tuple[Token, ...]:
    """The tokens of a text, in order.

    Args:
        english: numbers in words are English ones, and a number that can be read in two ways ("1,250.5") is
            read as in English first.
    """
    text = unicodedata.normalize("NFC", text).translate(_DASHES)
    values = _values(text, english=english)
    found: list[Token] = []
    at = 0
    for start, end, token in [*values, (len(text), len(text), None)]:
        words = [Token(comparable(match.group())) for match in _REST.finditer(text, at, start)]
        while token is not None and token.moment is not None and words and words[-1].raw in _BEFORE_DATE:
            words.pop()
        found += words
        if token is not None:
            found.append(token)
        at = end
    return tuple(found)


def figures_and_dates(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the figures, dates and document numbers of a text, in order."""
    plain = unicodedata.normalize("NFC", text)
    for start, end, _ in _values(plain.translate(_DASHES), english=False):
        yield start, end


def _values(text: str, *, english: bool) -> list[tuple[int, int, Token]]:
    def raw(start: int, end: int) -> str:
        return comparable(text[start:end])

    found: list[tuple[int, int, Token]] = []
    masked = text
    for number in find_numbers(text):
        start, end = number.start, number.end
        found.append((start, end, Token(raw(start, end), number=number.canonical)))
        masked = f"{masked[:start]}{'#' * (end - start)}{masked[end:]}"
    found += [(m.start, m.end, Token(raw(m.start, m.end), moment=m.value)) for m in find_moments(masked)]
    taken = [(start, end) for start, end, _ in found]
    figures = find_figures(text, taken, english=english)
    found += [(f.start, f.end, Token(raw(f.start, f.end), figure=f)) for f in figures]
    return sorted(found, key=lambda entry: entry[0])


def _meets(wanted: Token, found: Token, margin: Fraction, unmarked: bool) -> bool:
    if wanted.raw == found.raw:
        return True
    if wanted.number is not None:
        return wanted.number == found.number
    if wanted.moment is not None:
        if found.moment is not None:
            return wanted.moment.within(found.moment, frozenset())
        if day := _DAY_MONTH.fullmatch(found.raw):
            return wanted.moment == Moment(None, int(day[2]), int(day[1]))
        # "1950" alone may be a year or a number; only the one who wrote the fact knows.
        return wanted.raw.isdigit() and found.figure is not None and int(wanted.raw) in found.figure.values
    if found.moment is not None and (day := _DAY_MONTH.fullmatch(wanted.raw)):
        return (found.moment.day, found.moment.month) == (int(day[1]), int(day[2]))
    if wanted.figure is not None:
        return found.figure is not None and _equal(wanted.figure, found.figure, margin)
    return unmarked and found.figure is None and found.raw == fold(wanted.raw)


def _equal(wanted: Figure, found: Figure, margin: Fraction) -> bool:
    """The same number; one expected without a percent sign is met by one with it."""
    if wanted.percent and not found.percent:
        return False
    factor = 100 if found.percent and not wanted.percent else 1
    return any(
        abs(value * factor - expected) <= margin * abs(expected)
        for expected in wanted.values
        for value in found.values
    )
