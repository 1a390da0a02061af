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
        with self._lock:
            missing = [text for text in dict.fromkeys(sentences) if text not in self._vectors]
        made = dict(zip(missing, embedder.sentences(missing), strict=True)) if missing else {}
        with self._lock:
            vectors = [made[text] if text in made else self._vectors[text] for text in sentences]
            self._vectors.update(made)
            while len(self._vectors) > _KEPT:
                self._vectors.popitem(last=False)
        return [float(similarity) for similarity in np.stack(vectors) @ asked]
