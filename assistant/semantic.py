"""Meaning of single sentences: how near each candidate is to the question."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from index.library import Library
from index.types import Vectors

_KEPT = 8192
#: Sentences without a stored vector that are embedded for one question.
_EMBEDDED_LATE = 12


class SentenceMeaning:
    """Cosine similarity of sentences to a question, by the library's embedding model.

    Their vectors were made at ingestion. Those that are missing, in a library of an older version, are
    embedded when they first become candidates (about 25 ms each on one core), a few at a time. All are kept
    in memory: staff come back to the same passages. Safe to use from several threads.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()

    def similarities(self, question: str, sentences: Sequence[str]) -> list[float | None]:
        """Cosine of each sentence with ``question``; ``None`` beyond the first few without a vector."""
        if not sentences:
            return []
        asked = self._library.query_vector(question)
        wanted = list(dict.fromkeys(sentences))
        with self._lock:
            found = {text: self._vectors[text] for text in wanted if text in self._vectors}
        missing = [text for text in wanted if text not in found]
        if missing:
            found.update(self._library.stored_vectors(missing))
            late = [text for text in missing if text not in found][:_EMBEDDED_LATE]
            if late:
                found.update(zip(late, self._library.embedder.sentences(late), strict=True))
        with self._lock:
            for text in found:
                self._vectors[text] = found[text]
                self._vectors.move_to_end(text)
            while len(self._vectors) > _KEPT:
                self._vectors.popitem(last=False)
        known = [text for text in wanted if text in found]
        cosines = np.stack([found[text] for text in known]) @ asked
        by_text = dict(zip(known, map(float, cosines), strict=True))
        return [by_text.get(text) for text in sentences]
