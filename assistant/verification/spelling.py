"""Words that Vietnamese has not: a model that hardly knows the language makes them up.

A sentence with such a word cannot be read, whatever figures and names in it are right, and comparing meanings
is no help: to an embedding model it is near to what it was garbled from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from assistant.unmarked import is_unmarked
from assistant.verification import general
from index.syllables import canonical, fold, is_spelt_right

_WORD = re.compile(r"[^\W\d_]{2,}")
_RUN = re.compile(r"[^\W\d_]+(?:[ \t]+[^\W\d_]+)+")
_CIRCLE = re.compile(r"\b([^\W\d_]+(?:\W+\w+){0,11})(?:\W+\1\b){2,}", re.IGNORECASE)


def strange_words(said: str, known: Iterable[str]) -> tuple[list[str], list[str]]:
    """Words with Vietnamese marks that can be no Vietnamese syllable ("nhữt", "bỏt"), and those that could be
    one but are none of the common ones ("khiều"; also "riềng").

    Names, and words of ``known`` texts, are neither.
    """
    words = [word for word in _words(said) if not word.isascii() and word not in _common()]
    if not words:
        return [], []
    there = {word for text in known for word in _words(text)}
    words = [word for word in dict.fromkeys(words) if word not in there]
    impossible = [word for word in words if not is_spelt_right(word)]
    return impossible, [word for word in words if word not in impossible]


def slips(said: str, cited: Sequence[str], usual: Container[int] = ()) -> list[tuple[str, str]]:
    """Pairs of words of ``said`` that ``cited`` texts have with other marks only ("dữ bị", "Cường lĩnh"), one
    of them a word that they do not have at all, and those pairs as they have them.

    Args:
        usual: offsets in ``said`` of syllables that a longer word explains: "liên" of "ngày liên tục" is no
            slip for "ngày liền".
    """
    there = {pair for text in cited for pair in _pairs(text)}
    known = {word for pair in there for word in pair}
    by_letters = {tuple(map(fold, pair)): pair for pair in there}
    found = []
    for first, second in _placed_pairs(said):
        pair = (first[1], second[1])
        meant = by_letters.get((fold(pair[0]), fold(pair[1])))
        new = [
            word
            for offset, word in (first, second)
            if word not in known and not is_unmarked(word) and offset not in usual
        ]
        if meant is not None and pair not in there and new:
            found.append((" ".join(pair), " ".join(meant)))
    return list(dict.fromkeys(found))


def goes_in_circles(said: str) -> bool:
    """Whether the same words stand there three times in a row."""
    return _CIRCLE.search(said) is not None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Words side by side, with nothing but blanks between them."""
    for (_, first), (_, second) in _placed_pairs(text):
        yield first, second


def _placed_pairs(text: str) -> Iterator[tuple[tuple[int, str], tuple[int, str]]]:
    """The same, each word with its offset in the composed text."""
    for run in _RUN.finditer(unicodedata.normalize("NFC", text)):
        yield from pairwise(
            (run.start() + word.start(), canonical(word.group())) for word in re.finditer(r"\S+", run.group())
        )


def _words(text: str) -> list[str]:
    """The words that are written as no name and no abbreviation is; the first, which any sentence has with a
    capital, if none follows it."""
    found = _WORD.findall(unicodedata.normalize("NFC", text))
    if len(found) > 1 and found[1].islower():
        found[0] = found[0][0].lower() + found[0][1:]
    return [canonical(word) for word in found if word.islower()]


@cache
def _common() -> frozenset[str]:
    """Syllables with marks that XLM-RoBERTa (MIT) has as words, those of the sample documents, and those of
    general words and paraphrases."""
    listed = files(__package__).joinpath("syllables.txt").read_text(encoding="utf-8")
    return frozenset(listed.split()) | {canonical(syllable) for syllable in general.syllables()}
