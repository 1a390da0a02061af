"""What party documents call things: abbreviations, synonyms, and English terms.

The tables are data files beside this module, read once, on first use.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from assistant.phrases import words


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


@cache
def _glossary() -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    table = {}
    for row in _rows("glossary.tsv"):
        english, vietnamese = row.split("\t")
        table[english.lower()] = tuple(term.strip() for term in vietnamese.split("|"))
    longest_first = sorted(table, key=len, reverse=True)
    return table, re.compile(r"\b(" + "|".join(map(re.escape, longest_first)) + r")(?:e?s)?\b", re.IGNORECASE)


def long_forms(short: str) -> tuple[str, ...]:
    """Normalised long forms of an abbreviation as typed ("TCCSĐ", "CCQ&DN"); empty if unknown."""
    return _abbreviations().get(_normal(short), ())


def synonyms(phrase: str) -> tuple[str, ...]:
    """Other normalised phrases that party documents use for a normalised phrase."""
    return _synonyms().get(phrase, ())


def english_terms(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """English terms of the glossary in ``text``: (start, end, Vietnamese terms), longest match first."""
    table, pattern = _glossary()
    return [(match.start(), match.end(), table[match.group(1).lower()]) for match in pattern.finditer(text)]
