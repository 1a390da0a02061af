"""The values that searching passes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.types import Document, Kind, Passage

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns text into unit vectors whose inner product is their similarity."""

    @property
    def name(self) -> str:
        """Identifies the model that made a vector; vectors of two names are never compared."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """How many tokens, special ones and prefix included, the model reads of a passage."""

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text`` as a passage, special tokens and prefix included."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages: shape ``(len(texts), dimension)``, float32, unit length."""

    def sentences(self, texts: Sequence[str]) -> Vectors:
        """Vectors of a few short texts wanted at once, as ``passages`` would make them."""

    def query(self, text: str) -> Vectors:
        """Vector of a question: shape ``(dimension,)``, float32, unit length."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents a search may see. Empty fields do not restrict; all given ones must hold.

    Provinces match a document's province with rank ("tỉnh Bắc Ninh") or, without rank, either. Issuers match
    whole names, case and marks aside.
    """

    provinces: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    numbers: tuple[str, ...] = ()
    issued_from: date | None = None
    issued_to: date | None = None
    document_ids: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()


class Signal(StrEnum):
    """What a passage can be ranked by."""

    DENSE = "dense"
    SENTENCE = "sentence"
    LEXICAL = "lexical"
    COVERAGE = "coverage"
    RERANKER = "reranker"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found.

    Attributes:
        score: fused score; higher is better; comparable within one search only.
        ranks: 1-based rank of the passage in each signal that found it.
        scores: raw score of each signal that found it (cosine for dense, BM25 for lexical).
    """

    passage: Passage
    document: Document
    score: float
    ranks: Mapping[Signal, int] = field(default_factory=dict)
    scores: Mapping[Signal, float] = field(default_factory=dict)


class IndexPart(Protocol):
    """What keeps a search index in step with the catalogue: the whole of it, or one of its caches.

    Nothing is visible to searches before ``commit``; ``add`` and ``remove`` may be repeated, as they
    are after a kill.
    """

    @property
    def generation(self) -> int | None:
        """The catalogue generation it shows, or ``None`` if missing or damaged."""

    def __len__(self) -> int:
        """Number of passages."""

    def add(self, entries: Sequence[IndexEntry]) -> None:
        """Add passages; a key already present is replaced."""

    def remove(self, keys: Sequence[int]) -> None:
        """Remove passages; keys that are absent are ignored."""

    def reset(self) -> None:
        """Forget everything, to be filled anew before the next ``commit``."""

    def commit(self, generation: int) -> None:
        """Make what was added and removed durable and visible, stamped with ``generation``."""

    def reload(self) -> None:
        """Show what another process has committed since."""


class SearchIndex(IndexPart, Protocol):
    """Finds passages by vector and by words. Keys are the catalogue's integer passage keys.

    ``LocalIndex`` (FAISS + Tantivy) is the built-in one; a cluster can bring another.
    """

    @property
    def dense_part(self) -> IndexPart:
        """What ``dense`` needs to be fresh; the index itself where it is not made of parts."""

    @property
    def lexical_part(self) -> IndexPart:
        """What ``lexical`` needs to be fresh; the index itself where it is not made of parts."""

    def dense(self, vector: Vectors, k: int, allowed: NDArray[np.int64] | None) -> Ranking:
        """The ``k`` nearest by cosine; ``allowed`` keys only, or all for ``None``."""

    def lexical(self, text: str, k: int, allowed: NDArray[np.int64] | None) -> Ranking:
        """The ``k`` best by BM25 for ``text``; ``allowed`` keys only, or all for ``None``."""

    def overlap(self, text: str, keys: NDArray[np.int64]) -> dict[int, Overlap]:
        """How passages share the words of ``text``, for each of ``keys``."""

    def frequency(self, phrase: str) -> int:
        """How many passages have the exact terms of ``phrase`` (joined by blanks) in their text."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a passage shares with the words of a question.

    Attributes:
        bm25: its BM25 score.
        coverage: share of the question's syllables, and of its pairs of syllables, that the passage has,
            each weighted by inverse document frequency and the two averaged, 0 to 1.
    """

    bm25: float = 0.0
    coverage: float = 0.0


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What a search index needs to know of a passage."""

    key: int
    text: str
    heading: str
    title: str
    number: str | None
    vector: Vectors


#: (key, score) pairs, best first.
Ranking = list[tuple[int, float]]
