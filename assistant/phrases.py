"""Text as normalised syllables, for finding phrases whatever their tone-mark style or case."""

from __future__ import annotations

from dataclasses import dataclass

from index.terms import analyse, fold

__all__ = ["UPPER", "Phrases", "fold", "words"]

#: Upper-case letters; those of Vietnamese alternate with lower-case ones in Unicode, so no range will do.
UPPER = "A-Z" + "".join(chr(c) for c in (*range(0xC0, 0x1B0), *range(0x1EA0, 0x1EFA)) if chr(c).isupper())


def words(text: str) -> tuple[str, ...]:
    """The normalised syllables and numbers of ``text``, in order (``index.terms``)."""
    return analyse(text).exact


@dataclass(frozen=True, slots=True)
class Phrases:
    """Text as padded normalised syllables, so that a phrase is found by plain containment."""

    exact: str
    folded: str

    @classmethod
    def of(cls, text: str) -> Phrases:
        syllables = words(text)
        return cls(f" {' '.join(syllables)} ", f" {' '.join(map(fold, syllables))} ")

    def has(self, phrase: str, *, folded: bool = False) -> bool:
        return f" {phrase} " in (self.folded if folded else self.exact)
