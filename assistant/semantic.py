"""Meaning of single sentences: how near each candidate is to the question."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from index.library import Library
from index.types import Vectors

_KEPT = 8192


class SentenceMeaning:
    """Cosine similarity of sentences to a question, by the library's embedding model.

    Sentences are embedded when they first become candidates (about 25 ms each on one core) and kept
    in memory: staff come back to the same passages. Safe to use from several threads.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()

    def similarities(self, question: str, sentences: Sequence[str]) -> list[float]:
        """Cosine of each sentence with ``question``."""
        if not sentences:
            return []
        embedder = self._library.embedder
        asked = embedder.query(question)
        wanted = list(dict.fromkeys(sentences))
        with self._lock:
            found = {text: self._vectors[text] for text in wanted if text in self._vectors}
        missing = [text for text in wanted if text not in found]
        if missing:
            found.update(zip(missing, embedder.sentences(missing), strict=True))
        with self._lock:
            for text in wanted:
                self._vectors[text] = found[text]
                self._vectors.move_to_end(text)
            while len(self._vectors) > _KEPT:
                self._vectors.popitem(last=False)
        return [float(similarity) for similarity in np.stack([found[text] for text in sentences]) @ asked]
