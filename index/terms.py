"""What a text is searched by: the terms of the lexical fields. Pure; query and index use the same.

A syllable's exact term has its tone mark moved behind its letters, so that every way of placing the
mark agrees (hòa = hoà, thúy = thuý, qúy = quý), and a lone final y written i (kỹ = kĩ, quý = quí). Its folded
term has no diacritics at all. Pairs are two neighbouring syllables with no punctuation between
them: Vietnamese words are mostly two syllables, and pairs did as well as word segmenters in trials.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ingest.numbers import find_numbers, find_short_numbers, short
from ingest.numbers import fold as strip_marks

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")

#: A number with its separators, or letters with whatever combining marks NFC left over.
_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
#: Between two syllables of a pair: blanks or a hyphen within a line, nothing else.
_JOINS: Final = re.compile(r"[ \t\u00a0]+|[ \t]?[-–/][ \t]?|\n(?!\s*\n)")
_DATE: Final = re.compile(
    r"(?<![\d/.-])(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d\d)(?![\d/])"
    r"|(?i:(\d{1,2})\s+(?:tháng|thang)\s+(\d{1,2})\s+(?:năm|nam)\s+((?:19|20)\d\d))(?!\d)"
)
_LONE_Y: Final = re.compile(r"(b|c|ch|d|đ|g|gh|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)y")


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one text, in order of occurrence, with repetitions.

    Attributes:
        exact: syllables with diacritics, and numbers.
        exact_pairs, folded_pairs: neighbouring syllables, joined by ``_``.
        folded: the same syllables without diacritics.
        canonical: document numbers ("28cttw"), their short form ("28ct") and dates ("d20260131").
    """

    exact: tuple[str, ...] = ()
    exact_pairs: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()
    folded_pairs: tuple[str, ...] = ()
    canonical: tuple[str, ...] = ()


def analyse(text: str) -> Terms:
    """The terms of ``text``; any string is fine, an empty one has none."""
    text = unicodedata.normalize("NFC", text)
    exact: list[str] = []
    joined: list[bool] = []
    end = -1
    for found in _TOKEN.finditer(text):
        exact.append(_exact(found.group()))
        joined.append(end >= 0 and _JOINS.fullmatch(text, end, found.start()) is not None)
        end = found.end()
    folded = [fold(term) for term in exact]
    return Terms(
        exact=tuple(exact),
        exact_pairs=tuple(_pairs(exact, joined)),
        folded=tuple(folded),
        folded_pairs=tuple(_pairs(folded, joined)),
        canonical=tuple(_canonical(text)),
    )


def exact_terms(text: str) -> tuple[str, ...]:
    """``analyse(text).exact`` alone, in a third of the time."""
    return tuple(_exact(found.group()) for found in _TOKEN.finditer(unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=65536)
def fold(term: str) -> str:
    """A term without diacritics, đ as d; of a number, the digits without thousands separators."""
    if term[:1].isdigit():
        return re.sub(r"[.,](?=\d{3}(?!\d))", "", term)
    return strip_marks(term)


@lru_cache(maxsize=65536)
def _exact(token: str) -> str:
    return _number(token) if token[0].isdigit() else syllable(token)


def syllable(word: str) -> str:
    """The exact term of one syllable, e.g. ``hòa`` and ``hoà`` → ``hoa`` + U+0300."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = "".join(c for c in parts if c in _TONES)
    letters = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    if _LONE_Y.fullmatch(letters):
        letters = letters[:-1] + "i"
    return letters + tones


def _number(token: str) -> str:
    """``57.763`` → ``57763``, ``0.69`` and ``0,69`` → ``0,69``, ``05`` → ``5``.

    Vietnamese groups thousands by points; ``57,763`` stays, for it may be a fraction.
    """
    token = unicodedata.normalize("NFKC", token)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", token) or re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", token):
        token = token.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", token):
        token = token.replace(",", "")
    elif re.fullmatch(r"\d+\.\d+", token):
        token = token.replace(".", ",")
    return re.sub(r"^0+(?=\d)", "", token)


def _pairs(terms: list[str], joined: list[bool]) -> Iterator[str]:
    for position in range(1, len(terms)):
        if joined[position]:
            yield f"{terms[position - 1]}_{terms[position]}"


def _canonical(text: str) -> Iterator[str]:
    for number in find_numbers(text):
        yield number.canonical
        if short_form := short(number.written):
            yield short_form
    for mention in find_short_numbers(text):
        yield mention.canonical
    for date in _DATE.finditer(text):
        day, month, year = (int(part) for part in date.groups() if part)
        if 1 <= day <= 31 and 1 <= month <= 12:
            yield f"d{year}{month:02}{day:02}"
