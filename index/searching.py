"""Answering a search, also while the index is behind the catalogue."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from index.catalogue import Catalogue, set_note
from index.documents import PassageMap, document_rows, load_document, passage_map, passage_of, passage_rows
from index.filtering import matching
from index.following import INDEX_WRITTEN, follow
from index.fusion import blend
from index.schema import passages
from index.sentence_vectors import SentenceVectors
from index.types import Filters, Hit, IndexPart, Ranking, SearchIndex, Signal, Vectors
from ingest.types import Document

DEFAULT_POOL = 50
DEFAULT_WEIGHT_DENSE = 0.6
#: How long a search waits for a writer to finish a missing index before it builds one in memory.
_PATIENCE = 10.0
_DOCUMENTS_KEPT = 64


@dataclass(frozen=True, slots=True)
class _State:
    """What searches need to know of one generation of the catalogue, read once."""

    generation: int
    passages: PassageMap
    documents: Mapping[int, Mapping[str, Any]]


class Searching:
    """Searches one catalogue through one index.

    A search sees one generation throughout. An index behind the catalogue is brought up to date
    first if no writer is at work; else it answers as it is, without the passages that are gone, and
    the writer brings it up to date when it has finished.

    Args:
        try_writing: a context that keeps writers out if that is possible at once, and says whether.
        spare: makes an empty index in memory, for libraries that cannot be written to.
        read_only: leave the index's files alone.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        index: SearchIndex,
        *,
        try_writing: Callable[[], AbstractContextManager[bool]],
        spare: Callable[[], SearchIndex],
        read_only: bool,
    ) -> None:
        self._catalogue = catalogue
        self._index = index
        self._try_writing = try_writing
        self._make_spare = spare
        self._spare: SearchIndex | None = None
        self._read_only = read_only
        self._mutex = threading.Lock()
        self._state: _State | None = None
        self._documents: dict[int, Document] = {}
        self._documents_of = -1
        self._sentences = SentenceVectors()

    @property
    def index(self) -> SearchIndex:
        return self._index

    def follow(self) -> None:
        """Bring the whole index to the state of the catalogue. Other writers must be kept out."""
        with self._catalogue.read() as connection:
            follow(connection, _parts(self._index, dense=True, lexical=True))
            known = self._catalogue.note(connection, INDEX_WRITTEN) is not None
        if not known:
            with self._catalogue.write() as connection:
                set_note(connection, INDEX_WRITTEN, "1")

    def holds_anything(self) -> bool:
        """Whether there is a passage to be found."""
        with self._catalogue.read() as connection:
            return connection.execute(select(passages.c.key).limit(1)).first() is not None

    def search(
        self,
        vector: Vectors | None,
        words: str,
        *,
        k: int,
        pool: int,
        filters: Filters,
        weight_dense: float,
    ) -> list[Hit]:
        """The ``k`` best hits; either of ``vector`` and ``words`` may be left out."""
        use_words = bool(words.strip())
        if k < 1 or (vector is None and not use_words):
            return []
        weight = 0.0 if vector is None else weight_dense if use_words else 1.0
        for last in (False, False, True):
            with self._catalogue.read() as connection:
                generation = self._catalogue.generation(connection)
                index, complete = self._fresh(generation, dense=vector is not None, lexical=use_words)
                allowed = self._allowed(connection, generation, filters, complete=complete)
                dense = index.dense(vector, pool, allowed) if vector is not None else []
                lexical = index.lexical(words, pool, allowed) if use_words else []
                cosines = dict(dense if vector is None else dense + _others(index, vector, dense, lexical))
                keys = np.array(sorted({*cosines, *(key for key, _ in lexical)}), np.int64)
                overlap = index.overlap(words, keys) if use_words else {}
                nearest = self._sentences.nearest(connection, keys, vector) if vector is not None else {}
                meaning = {key: (cosine + nearest.get(key, cosine)) / 2 for key, cosine in cosines.items()}
                best = blend(meaning, overlap, weight_dense=weight, k=k)
                scores = {
                    Signal.DENSE: cosines,
                    Signal.SENTENCE: nearest,
                    Signal.LEXICAL: {key: entry.bm25 for key, entry in overlap.items()},
                    Signal.COVERAGE: {key: entry.coverage for key, entry in overlap.items()},
                }
                hits = self._hits(connection, generation, best, dense, lexical, scores)
            # A writer may have passed between reading the generation and searching.
            if last or len(hits) == len(best):
                return hits
        raise AssertionError("unreachable")

    def _fresh(self, generation: int, *, dense: bool, lexical: bool) -> tuple[SearchIndex, bool]:
        """An index to search, and whether it shows just what the catalogue holds at ``generation``."""
        parts = _parts(self._index, dense=dense, lexical=lexical)
        deadline = time.monotonic() + _PATIENCE
        while True:
            for part in parts:
                if part.generation != generation:
                    part.reload()
            if all(part.generation == generation for part in parts):
                return self._index, True
            with self._try_writing() as free:
                if free and self._read_only:
                    return self._in_memory(), True
                if free:
                    with self._catalogue.read() as connection:
                        return self._index, follow(connection, parts) == generation
            if all(part.generation is not None for part in parts):
                return self._index, False
            if time.monotonic() > deadline:
                return self._in_memory(), True
            time.sleep(0.1)

    def _in_memory(self) -> SearchIndex:
        with self._mutex:
            if self._spare is None:
                self._spare = self._make_spare()
            with self._catalogue.read() as connection:
                follow(connection, _parts(self._spare, dense=True, lexical=True))
            return self._spare

    def _allowed(
        self, connection: Connection, generation: int, filters: Filters, *, complete: bool
    ) -> NDArray[np.int64] | None:
        if complete and not filters:
            return None
        state = self._state
        if state is None or state.generation != generation:
            state = _State(generation, passage_map(connection), document_rows(connection))
            self._state = state
        if not filters:
            return state.passages.keys
        return state.passages.of(matching(state.documents, filters))

    def _hits(
        self,
        connection: Connection,
        generation: int,
        best: Ranking,
        dense: Ranking,
        lexical: Ranking,
        scored: Mapping[Signal, Mapping[int, float]],
    ) -> list[Hit]:
        rows = passage_rows(connection, [key for key, _ in best])
        ranked = {Signal.DENSE: _ranks(dense), Signal.LEXICAL: _ranks(lexical)}
        hits = []
        for key, score in best:
            row = rows.get(key)
            document = None if row is None else self._document(connection, generation, row["document_key"])
            if row is not None and document is not None:
                hits.append(
                    Hit(
                        passage_of(row, document),
                        document,
                        score,
                        {signal: ranks[key] for signal, ranks in ranked.items() if key in ranks},
                        {signal: scores[key] for signal, scores in scored.items() if key in scores},
                    )
                )
        return hits

    def _document(self, connection: Connection, generation: int, key: int) -> Document | None:
        with self._mutex:
            if self._documents_of != generation:
                self._documents, self._documents_of = {}, generation
            known = self._documents.get(key)
        if known is not None:
            return known
        document = load_document(connection, key)
        with self._mutex:
            if document is not None and self._documents_of == generation:
                while len(self._documents) >= _DOCUMENTS_KEPT:
                    self._documents.pop(next(iter(self._documents)))
                self._documents[key] = document
        return document


def _parts(index: SearchIndex, *, dense: bool, lexical: bool) -> list[IndexPart]:
    wanted = [index.dense_part] if dense else []
    if lexical and index.lexical_part not in wanted:
        wanted.append(index.lexical_part)
    return wanted


def _others(index: SearchIndex, vector: Vectors, dense: Ranking, lexical: Ranking) -> Ranking:
    """The cosines of what only the words found: better than to take them for the lowest.

    Measured at weight 0.6: recall@1 .795 → .819 on law articles, .955 → .961 on XQuAD, for 0.1 ms. The
    same for the BM25 of what only the vectors found changed nothing.
    """
    known = {key for key, _ in dense}
    others = np.array([key for key, _ in lexical if key not in known], np.int64)
    return index.dense(vector, len(others), others) if len(others) else []


def _ranks(ranking: Ranking) -> dict[int, int]:
    return {key: rank for rank, (key, _) in enumerate(ranking, start=1)}
