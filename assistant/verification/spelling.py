"""Words that Vietnamese has not: a model that hardly knows the language makes them up.

A sentence with such a word cannot be read, whatever figures and names in it are right, and comparing meanings
is no help: to an embedding model it is near to what it was garbled from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from assistant.unmarked import is_unmarked
from index.syllables import canonical, is_spelt_right

_WORD = re.compile(r"[^\W\d_]{2,}")


def strange_words(said: str, known: Iterable[str]) -> tuple[list[str], list[str]]:
    """Words with Vietnamese marks that can be no Vietnamese syllable ("nhữt", "bỏt"), and those that could be
    one but are none of the common ones ("khiều"; also "riềng"); names, and words of ``known`` texts, are neither.
    """
    words = [word for word in _words(said) if not is_unmarked(word) and word not in _common()]
    if not words:
        return [], []
    there = {word for text in known for word in _words(text)}
    words = [word for word in dict.fromkeys(words) if word not in there]
    impossible = [word for word in words if not is_spelt_right(word)]
    return impossible, [word for word in words if word not in impossible]


def _words(text: str) -> list[str]:
    """The words that are written as no name and no abbreviation is; the first, which any sentence has with a
    capital, if none follows it."""
    found = _WORD.findall(unicodedata.normalize("NFC", text))
    if len(found) > 1 and found[1].islower():
        found[0] = found[0][0].lower() + found[0][1:]
    return [canonical(word) for word in found if word.islower()]


@cache
def _common() -> frozenset[str]:
    """Syllables with marks that XLM-RoBERTa (MIT) has as words, and those of the sample documents."""
    listed = files(__package__).joinpath("syllables.txt").read_text(encoding="utf-8")
    return frozenset(listed.split())
