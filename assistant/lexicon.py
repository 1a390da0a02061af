"""What party documents call things: abbreviations, synonyms, and English terms.

The tables are data files beside this module, read once, on first use.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from assistant.phrases import fold, words
from index.syllables import is_syllable


def _rows(name: str) -> list[str]:
    text = files("assistant").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _normal(phrase: str) -> str:
    return " ".join(words(phrase))


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for row in _rows("abbreviations.tsv"):
        short, long = row.split("\t")
        table.setdefault(_normal(short), []).append(_normal(long))
    return {short: tuple(longs) for short, longs in table.items()}


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for row in _rows("synonyms.tsv"):
        group = [_normal(phrase) for phrase in row.split("|")]
        for phrase in group:
            table.setdefault(phrase, []).extend(other for other in group if other != phrase)
    return {phrase: tuple(dict.fromkeys(others)) for phrase, others in table.items()}


def _inflected(word: str) -> tuple[str, ...]:
    """Regular forms of an English word of the glossary; none of a phrase."""
    if not word.isalpha() or len(word) < 4:
        return ()
    if word.endswith("e"):
        return f"{word}s", f"{word}d", f"{word[:-1]}ing"
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"
    return f"{word}s", f"{word}ed", f"{word}ing"


@cache
def _glossary() -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    table = {}
    for row in _rows("glossary.tsv"):
        english, vietnamese = row.split("\t")
        table[english.lower()] = tuple(term.strip() for term in vietnamese.split("|"))
    for term, meanings in list(table.items()):
        for form in _inflected(term):
            table.setdefault(form, meanings)
    longest_first = sorted(table, key=len, reverse=True)
    return table, re.compile(r"\b(" + "|".join(map(re.escape, longest_first)) + r")(?:e?s)?\b", re.IGNORECASE)


def long_forms(short: str) -> tuple[str, ...]:
    """Normalised long forms of an abbreviation as typed ("TCCSĐ", "CCQ&DN"); empty if unknown."""
    return _abbreviations().get(_normal(short), ())


@cache
def _shorts() -> dict[str, str]:
    rows = (row.split("\t") for row in _rows("abbreviations.tsv"))
    return {_normal(long): short for short, long in rows if len(short) > 2 and len(_normal(long).split()) > 2}


def short_forms(text: str) -> tuple[str, ...]:
    """Abbreviations, as written, of the long forms in ``text``; of three letters and three words or more.

    Shorter ones (TW for Trung ương) stand in too many codes to tell anything.
    """
    normal = f" {_normal(text)} "
    return tuple(short for long, short in _shorts().items() if f" {long} " in normal)


@cache
def _carelessly() -> dict[str, str]:
    shorts = [row.split("\t")[0] for row in _rows("abbreviations.tsv")]
    spellings = {fold(short).lower(): short for short in shorts} | {short.lower(): short for short in shorts}
    return {low: short for low, short in spellings.items() if len(low) > 2 and not is_syllable(fold(low))}


def with_capitals(text: str) -> str:
    """``text`` with the table's abbreviations as they are written: ``tccsd`` and ``tccsđ`` → ``TCCSĐ``."""
    return re.sub(
        r"(?<![\w/@.-])[a-zđư]{2,}(?:[&-][a-zđư]{2,})*(?![\w/@-])",
        lambda match: _carelessly().get(match.group(), match.group()),
        text,
    )


def written_long_form(short: str) -> str | None:
    """The table's first long form as it is written there: ``HĐND`` → ``Hội đồng nhân dân``."""
    for row in _rows("abbreviations.tsv"):
        known, long = row.split("\t")
        if known == short:
            return long
    return None


def synonyms(phrase: str) -> tuple[str, ...]:
    """Other normalised phrases that party documents use for a normalised phrase."""
    return _synonyms().get(phrase, ())


def english_terms(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """English terms of the glossary in ``text``: (start, end, Vietnamese terms), longest match first."""
    table, pattern = _glossary()
    return [(match.start(), match.end(), table[match.group(1).lower()]) for match in pattern.finditer(text)]
