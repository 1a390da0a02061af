"""Text as normalised syllables, for finding phrases whatever their tone-mark style or case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from index.terms import exact_terms, fold

__all__ = ["UPPER", "Phrases", "fold", "words"]

#: Upper-case letters; those of Vietnamese alternate with lower-case ones in Unicode, so no range will do.
UPPER = "A-Z" + "".join(chr(c) for c in (*range(0xC0, 0x1B0), *range(0x1EA0, 0x1EFA)) if chr(c).isupper())


def words(text: str) -> tuple[str, ...]:
    """The normalised syllables and numbers of ``text``, in order (``index.terms``)."""
    return exact_terms(text)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Text as padded normalised syllables, so that a phrase is found by plain containment."""

    exact: str
    folded: str

    @staticmethod
    def of(text: str) -> Phrases:
        return _phrases(text)

    def has(self, phrase: str, *, folded: bool = False) -> bool:
        return f" {phrase} " in (self.folded if folded else self.exact)


# The same sentences are read again with every question that finds their passage, which was a fifth of the
# time of an answer. About 30 MB when full.
@lru_cache(maxsize=8192)
def _phrases(text: str) -> Phrases:
    syllables = words(text)
    return Phrases(f" {' '.join(syllables)} ", f" {' '.join(map(fold, syllables))} ")
