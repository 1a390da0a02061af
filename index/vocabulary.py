"""What a library's own texts teach about words: their diacritics, and how rare they are."""

from __future__ import annotations

import math
import threading

from index.library import Library
from index.restore import Corrected, Restorer
from index.syllables import SyllableModel

#: In how many passages a phrase counts as standing that stands in none.
_UNSEEN = 2


class Vocabulary:
    """The words of one library. Safe to use from several threads; follows the library's changes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._model: SyllableModel | None = None
        self._restorer: Restorer | None = None
        self._abbreviations: tuple[SyllableModel, dict[str, tuple[str, ...]]] | None = None

    def restore(self, text: str) -> str:
        """``text`` with the diacritics it was typed without and slips put right, as the library has them."""
        return self.correct(text).text

    def abbreviations(self) -> dict[str, tuple[str, ...]]:
        """Abbreviations that the library's texts explain, each with its long forms in lower case."""
        model = self._library.syllables()
        with self._lock:
            if self._abbreviations is None or self._abbreviations[0] is not model:
                self._abbreviations = (model, model.abbreviations())
            return self._abbreviations[1]

    def correct(self, text: str) -> Corrected:
        """What ``restore`` gives, and what it changed."""
        model = self._library.syllables()
        with self._lock:
            if self._restorer is None or self._model is not model:
                self._model, self._restorer = model, Restorer(model)
            restorer = self._restorer
        return restorer.correct(text)

    def rarity(self, phrase: str) -> float:
        """Inverse document frequency of a phrase over passages; about log 2 for one that all have.

        ``log(1 + N / (n + 0.5))`` with ``n`` of ``N`` passages having it. A phrase that none has
        counts as one that a few have: in a small library it is more often another word for
        the same than another subject.
        """
        found, passages = self._library.frequency(phrase)
        return math.log(1 + max(passages, 1) / ((found or _UNSEEN) + 0.5))

    def knows(self, phrase: str) -> bool:
        """Whether any passage has a phrase, with or without its diacritics."""
        return self._library.frequency(phrase)[0] > 0
