"""General words of Vietnamese reports, and words that are said for one another; read once, on first use."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from assistant.concepts import FUNCTION
from assistant.phrases import fold, words

#: Syllables of the longest word of either table.
LONGEST: Final = 8
_LONGEST_GENERAL: Final = 4
_WORD = re.compile(r"[^\W\d_]+")


@cache
def general_words(*, folded: bool = False) -> frozenset[str]:
    """The words of general_words.txt, normalised.

    Args:
        folded: without marks; of single syllables, of which most are then several words ("thường", "thưởng"),
            those only that no sentence does without.
    """
    found = frozenset(word for row in _rows("general_words.txt") for word in row)
    if not folded:
        return found
    short = {fold(word) for word in words(" ".join(FUNCTION))}
    return frozenset(form for form in map(fold, found) if " " in form or form in short)


@lru_cache(maxsize=1024)
def general_offsets(text: str) -> frozenset[int]:
    """Where in ``text`` the syllables of general words of two syllables or more begin."""
    found = list(_WORD.finditer(text))
    normal = ["".join(words(match.group())) for match in found]
    known = general_words()
    light: set[int] = set()
    for first in range(len(found)):
        for last in range(first + 1, min(first + _LONGEST_GENERAL, len(found))):
            if " ".join(normal[first : last + 1]) in known:
                light.update(match.start() for match in found[first : last + 1])
    return frozenset(light)


def paraphrases(phrase: str) -> tuple[str, ...]:
    """Other normalised phrases that are said for a normalised phrase (paraphrases.tsv)."""
    return _paraphrases().get(phrase, ())


@cache
def _paraphrases() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for group in _rows("paraphrases.tsv"):
        for word in group:
            table.setdefault(word, []).extend(other for other in group if other != word)
    return {word: tuple(dict.fromkeys(others)) for word, others in table.items()}


@cache
def syllables() -> frozenset[str]:
    """The syllables of both tables, as they are written there."""
    return frozenset(
        syllable
        for name in ("general_words.txt", "paraphrases.tsv")
        for row in _lines(name)
        for syllable in re.findall(r"[^\W\d_]+", row)
    )


def _rows(name: str) -> list[list[str]]:
    """The normalised words of each line of a table."""
    return [[" ".join(words(word)) for word in line.split("|")] for line in _lines(name)]


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
