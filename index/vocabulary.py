"""What a library's own texts teach about words: their diacritics, and how rare they are.

The syllable model is learned from the texts of the catalogue and kept in the cache folder,
stamped with the generation, like the search indexes; one that is missing, stale or damaged is
learned again.
"""

from __future__ import annotations

import math
import struct
import threading
import zlib
from pathlib import Path

from index.durable import write_durably
from index.library import Library
from index.restore import Restorer
from index.syllables import SyllableModel

_MAGIC = b"PBSY"
_UNSEEN = 2
_HEAD = struct.Struct("<4sQI")


class Vocabulary:
    """The words of one library. Safe to use from several threads; follows the library's changes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._generation = -1
        self._restorer: Restorer | None = None

    def restore(self, text: str) -> str:
        """``text`` with the diacritics it was typed without, as the library's texts would have them."""
        return self._current().restore(text).text

    def rarity(self, phrase: str) -> float:
        """Inverse document frequency of a phrase of exact terms over passages; 0 at the commonest.

        ``log(1 + N / (n + 0.5))`` with ``n`` of ``N`` passages having it. A phrase that none has
        counts as one that a few have: in a small library it is more often another word for
        the same than another subject.
        """
        found, passages = self._library.frequency(phrase)
        return math.log(1 + max(passages, 1) / ((found or _UNSEEN) + 0.5))

    def knows(self, phrase: str) -> bool:
        """Whether any passage has a phrase of exact terms."""
        return self._library.frequency(phrase)[0] > 0

    def learn(self) -> None:
        """Learn now, after an ingestion, so that the next question need not wait for it."""
        self._current()

    def _current(self) -> Restorer:
        generation = self._library.generation
        with self._lock:
            if self._restorer is None or self._generation != generation:
                model = self._load(generation)
                if model is None:
                    model = SyllableModel.learn(self._library.texts())
                    self._save(generation, model)
                self._restorer, self._generation = Restorer(model), generation
            return self._restorer

    @property
    def _path(self) -> Path:
        return self._library.directory / "cache" / "syllables.bin"

    def _load(self, generation: int) -> SyllableModel | None:
        try:
            data = self._path.read_bytes()
            magic, shown, checksum = _HEAD.unpack_from(data)
            body = data[_HEAD.size :]
            if magic != _MAGIC or shown != generation or zlib.crc32(body) != checksum:
                return None
            return SyllableModel.from_bytes(body)
        except (OSError, struct.error, ValueError):
            return None

    def _save(self, generation: int, model: SyllableModel) -> None:
        body = model.to_bytes()
        head = _HEAD.pack(_MAGIC, generation, zlib.crc32(body))
        try:
            write_durably(self._path, lambda file: file.write(head + body))
        except OSError:
            return  # a library that cannot be written to is learned from at every start
