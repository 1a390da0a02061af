"""The built-in search index: FAISS and Tantivy side by side in one folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex
from index.types import IndexEntry, IndexPart, Overlap, Ranking, Vectors
from index.vectors import VectorIndex


class LocalIndex:
    """Dense and lexical search over one set of passages; a ``SearchIndex``.

    Args:
        folder: where the cache files lie, made when they are written; ``None`` keeps everything in memory.
        library: random name of the library; files of another one count as missing.
    """

    def __init__(self, folder: Path | None, *, library: str) -> None:
        self.vectors = VectorIndex(None if folder is None else folder / "vectors.faiss", library=library)
        self.words = LexicalIndex(folder, library=library)

    @property
    def dense_part(self) -> IndexPart:
        return self.vectors

    @property
    def lexical_part(self) -> IndexPart:
        return self.words

    @property
    def generation(self) -> int | None:
        """The generation both parts show, the older one's if they differ, ``None`` if one is unusable."""
        shown = (self.vectors.generation, self.words.generation)
        return None if shown[0] is None or shown[1] is None else min(shown[0], shown[1])

    def __len__(self) -> int:
        return len(self.vectors)

    def add(self, entries: Sequence[IndexEntry]) -> None:
        self.vectors.add(entries)
        self.words.add(entries)

    def remove(self, keys: Sequence[int]) -> None:
        self.vectors.remove(keys)
        self.words.remove(keys)

    def reset(self) -> None:
        self.vectors.reset()
        self.words.reset()

    def commit(self, generation: int) -> None:
        self.vectors.commit(generation)
        self.words.commit(generation)

    def reload(self) -> None:
        self.vectors.reload()
        self.words.reload()

    def dense(self, vector: Vectors, k: int, allowed: NDArray[np.int64] | None) -> Ranking:
        return self.vectors.dense(vector, k, allowed)

    def lexical(self, text: str, k: int, allowed: NDArray[np.int64] | None) -> Ranking:
        return self.words.lexical(text, k, allowed)

    def overlap(self, text: str, keys: NDArray[np.int64]) -> dict[int, Overlap]:
        return self.words.overlap(text, keys)

    def frequency(self, phrase: str) -> int:
        return self.words.frequency(phrase)
