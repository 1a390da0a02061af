"""Right words in no order: a sentence that puts side by side what stands far apart in what it cites.

Who says a thing in other words keeps together what belongs together, and brings words of his own, of which
nothing is asked here. A sentence whose neighbouring words all come from a passage, and from all over it, was
not said by anyone who understood it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from assistant.concepts import FUNCTION
from assistant.phrases import words
from assistant.verification.tokens import FUNCTION_WORDS

#: What is read as one run of words: nothing but blanks, dashes and signs of shares stand between.
_RUN: Final = re.compile(r"[^,.;:!?()\[\]\"“”‘’|\n]+|(?<=\d)[.,](?=\d)")
_WORD: Final = re.compile(r"[^\W_]+")
#: Syllables between two words of a text from which on they do not stand together, and of how many pairs of
#: neighbours, all in all and by each word of a sentence, that must be so before it is called disordered.
_FAR, _LEAST, _SHARE = 6, 4, 0.15
_APART: Final = 3
_LITTLE: Final = FUNCTION | FUNCTION_WORDS


def disorder(said: str, cited: Sequence[str]) -> list[str]:
    """Neighbours in a Vietnamese sentence that stand far apart in the ``cited`` texts, where they are too
    many for what anyone would say; else none."""
    places = [_places(text) for text in cited]
    tabled = any("|" in text for text in cited)  # the figures of a row are told with what heads their columns
    length, found = 0, []
    for run in _RUN.finditer(said):
        syllables = list(_WORD.finditer(said, *run.span()))
        length += len(syllables)
        for first, second in pairwise(syllables):
            a, b = _plain(first.group()), _plain(second.group())
            if a in _LITTLE or b in _LITTLE or (tabled and (a.isdigit() or b.isdigit())):
                continue
            apart = [gap for there in places if (gap := _gap(there.get(a, ()), there.get(b, ()))) is not None]
            known = all(any(word in there for there in places) for word in (a, b))
            if known and min(apart, default=_FAR + 1) > _FAR:
                found.append(said[first.start() : second.end()])
    return found if len(found) >= _LEAST and len(found) >= _SHARE * length else []


def _plain(word: str) -> str:
    return "".join(words(word))


@lru_cache(maxsize=512)
def _places(text: str) -> dict[str, tuple[int, ...]]:
    """Syllable or number → where it stands in a text, in syllables, those of another run further off."""
    found: dict[str, list[int]] = {}
    at = 0
    for run in _RUN.finditer(text):
        for match in _WORD.finditer(text, *run.span()):
            found.setdefault(_plain(match.group()), []).append(at)
            at += 1
        at += _APART
    return {word: tuple(places) for word, places in found.items()}


def _gap(first: Sequence[int], second: Sequence[int]) -> int | None:
    """The least distance between two words; ``None`` where one does not stand there."""
    return min((abs(a - b) for a in first for b in second), default=None)
