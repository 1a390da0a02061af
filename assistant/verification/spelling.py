"""Words that no Vietnamese word can be: a model that does not know the language makes them up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from assistant.types import Difference, DifferenceKind
from assistant.unmarked import is_unmarked
from index.syllables import canonical, is_spelt_right

_WORD = re.compile(r"[^\W\d_]+")


def misspelt(said: str, cited: Iterable[str]) -> tuple[Difference, ...]:
    """Each word of ``said`` that has Vietnamese marks, that no Vietnamese syllable can be ("nhữt", "bỏt"), and
    that stands nowhere in ``cited``: a sentence with one cannot be read, whatever its other words are."""
    found = [word for word in _words(said) if not is_unmarked(word) and not is_spelt_right(canonical(word))]
    if not found:
        return ()
    there = {word for text in cited for word in _words(text)}
    return tuple(Difference(DifferenceKind.SUPPORT, word) for word in dict.fromkeys(found) if word not in there)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text))]
