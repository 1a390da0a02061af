"""A library of documents in a directory: the one door to storing and searching passages."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, select

from index.catalogue import FILE_NAME, Catalogue
from index.documents import (
    count_everything,
    document_rows,
    load_document,
    load_passages,
    relations_of,
    summaries,
)
from index.encoding import EmbedderSource, Encoding, recorded_model
from index.errors import (
    LibraryBusy,
    LibraryError,
    UnknownDocument,
)
from index.finding import find
from index.following import follow
from index.learned import LearnedSyllables
from index.local import LocalIndex
from index.locking import WriteLock
from index.records import DocumentSummary, LibraryStats, Relation
from index.schema import documents, files
from index.searching import DEFAULT_POOL, DEFAULT_WEIGHT_DENSE, Searching
from index.syllables import SyllableModel
from index.transaction import Transaction
from index.types import Embedder, Filters, Hit, IndexPart, SearchIndex, Vectors
from ingest.types import Document, Passage


def is_frozen(directory: Path) -> bool:
    """Whether there is a library in ``directory`` that this process may read but not write."""
    file = directory / FILE_NAME
    return file.is_file() and not (os.access(directory, os.W_OK) and os.access(file, os.W_OK))


class Library:
    """Documents, their passages, and the search over them. Made by ``Library.open``.

    Any number of threads and processes may read while one writes.
    """

    def __init__(
        self,
        directory: Path,
        catalogue: Catalogue,
        *,
        embedder: EmbedderSource | None,
        read_only: bool,
        lock_timeout: float,
    ) -> None:
        self._directory = directory
        self._catalogue = catalogue
        self._encoding = Encoding(catalogue, embedder)
        self._read_only = read_only
        self._lock_timeout = lock_timeout
        self._lock = WriteLock(directory / "write.lock")
        self._depth = 0
        self._dirty = False
        with catalogue.read() as connection:
            name = catalogue.note(connection, "library") or ""
        self._learned = LearnedSyllables(directory / "cache" / "syllables", library=name)
        self._searching = Searching(
            catalogue,
            LocalIndex(directory / "cache", library=name),
            try_writing=self._try_writing,
            spare=lambda: LocalIndex(None, library=name),
            read_only=read_only,
        )

    @classmethod
    def open(
        cls,
        directory: Path | str,
        *,
        embedder: EmbedderSource | None = None,
        database_url: str | None = None,
        read_only: bool = False,
        lock_timeout: float = 10.0,
    ) -> Library:
        """Open the library in ``directory``; made if absent, unless ``read_only``.

        Args:
            embedder: makes vectors; may be a function without arguments that is called when the first
                vector is needed, so that listing documents loads no model.
            database_url: of a PostgreSQL catalogue that several machines share; the directory then
                holds this machine's caches.
            lock_timeout: seconds that a writer waits for another one.

        Raises:
            LibraryError: there is none and ``read_only`` is set, or its catalogue cannot be used.
            ModelMismatch: its vectors were made by another model than ``embedder``.
        """
        folder = Path(directory).expanduser()
        if not read_only:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise LibraryError(
                    f"The library folder {folder} cannot be made ({error.strerror}). Set library.directory."
                ) from error
        catalogue = Catalogue.open(folder, url=database_url, read_only=read_only)
        try:
            return cls(folder, catalogue, embedder=embedder, read_only=read_only, lock_timeout=lock_timeout)
        except BaseException:
            catalogue.close()
            raise

    def close(self) -> None:
        """Let go of files and connections."""
        self._catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def directory(self) -> Path:
        return self._directory

    @property
    def catalogue(self) -> Catalogue:
        """The database, for what is not about searching: conversations, feedback, users."""
        return self._catalogue

    @property
    def index(self) -> SearchIndex:
        """The search index, for checking it."""
        return self._searching.index

    @property
    def embedder(self) -> Embedder:
        """The embedding model, loaded on first use.

        Raises:
            ModelMissing: the library was opened without one.
            ModelMismatch: the library's vectors were made by another one.
        """
        return self._encoding.embedder

    @property
    def model(self) -> tuple[str, int] | None:
        """Name and dimension of the model whose vectors the library holds, ``None`` before the first."""
        with self._catalogue.read() as connection:
            return recorded_model(connection)

    @property
    def generation(self) -> int:
        """Counts the transactions that changed what a search can find."""
        with self._catalogue.read() as connection:
            return self._catalogue.generation(connection)

    # ---- writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep other writers out for the length of the block; the search index follows at its end.

        Raises:
            LibraryBusy: another writer did not finish in time.
            LibraryError: the library was opened for reading only.
        """
        if self._read_only:
            raise LibraryError(f"The library {self._directory} was opened for reading only.")
        if not self._lock.acquire(self._lock_timeout):
            raise LibraryBusy(
                f"Another process is writing to the library ({self._lock.path} is locked). "
                "Wait until it has finished."
            )
        self._depth += 1
        try:
            yield
            if self._depth == 1:
                self.refresh()
        finally:
            self._depth -= 1
            self._lock.release()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Changes that are stored all or none, and are found by searches after the block.

        Inside ``writing`` searches see them when that ends, or at ``refresh``.
        """
        with self.writing():
            with self._catalogue.write() as connection:
                tx = Transaction(connection, self._encoding.fill)
                yield tx
            if tx.generations is not None:
                before, after = tx.generations
                self._learned.count_in(before, after, added=tx.added_texts, removed=tx.removed_texts)
                self._dirty = True

    def refresh(self) -> None:
        """Bring the search index to the state of the catalogue. Inside ``writing`` only."""
        if self._dirty:
            self._searching.follow()
            self._learned.save()
            self._dirty = False

    def follow_index(self) -> None:
        """Bring a search index that is behind, as a kill leaves it, up to date. Inside ``writing`` only."""
        self._searching.follow()

    def rebuild_index(self, parts: Sequence[IndexPart]) -> None:
        """Make parts of the search index anew from the catalogue. Inside ``writing`` only."""
        with self._catalogue.read() as connection:
            follow(connection, parts, anew=True)

    def missing_vectors(self, texts: Sequence[str]) -> list[str]:
        """Those of ``texts``, each once, of which the catalogue holds no vector."""
        with self._catalogue.read() as connection:
            return self._encoding.missing(connection, texts)

    def embed(self, texts: Sequence[str]) -> float:
        """Make vectors of passages and keep them, whether or not a document with them follows.

        Returns:
            Seconds spent in the model.
        """
        started = time.perf_counter()
        found = self._encoding.vectors(texts)
        seconds = time.perf_counter() - started
        with self._catalogue.write() as connection:
            self._encoding.keep(connection, found)
        return seconds

    # ---- reading

    def search(
        self,
        text: str,
        *,
        k: int = 8,
        filters: Filters | None = None,
        lexical_text: str | None = None,
        dense_text: str | None = None,
        pool: int = DEFAULT_POOL,
        weight_dense: float = DEFAULT_WEIGHT_DENSE,
    ) -> list[Hit]:
        """The ``k`` passages that fit ``text`` best, best first.

        Args:
            filters: which documents the search may see.
            lexical_text, dense_text: what to search by words and by meaning instead of ``text``;
                an empty ``lexical_text`` leaves the words out.
            pool: candidates taken from each of the two searches, at least ``k``.
            weight_dense: 1 searches by meaning alone, 0 by words alone, and then no model is loaded.
        """
        words = text if lexical_text is None else lexical_text
        meaning = text if dense_text is None else dense_text
        vector = None
        if weight_dense > 0 and meaning.strip() and self._searching.holds_anything():
            vector = self._encoding.query(meaning)
        return self._searching.search(
            vector,
            words if weight_dense < 1 else "",
            k=k,
            pool=max(pool, k),
            filters=filters or Filters(),
            weight_dense=weight_dense,
        )

    def query_vector(self, text: str) -> Vectors:
        """Vector of a question: shape ``(dimension,)``, unit length."""
        return self._encoding.query(text)

    def stored_vectors(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """Those of ``texts`` that vectors were made of at ingestion, with them."""
        with self._catalogue.read() as connection:
            return self._encoding.stored(connection, texts)

    def document(self, document_id: str) -> Document:
        """The document of that id. Raises ``UnknownDocument``."""
        with self._catalogue.read() as connection:
            document = load_document(connection, self._key(connection, document_id))
        assert document is not None
        return document

    def documents(self) -> list[DocumentSummary]:
        """Every document without its text, by id."""
        with self._catalogue.read() as connection:
            return summaries(connection)

    def passages(self, document_id: str) -> list[Passage]:
        """The passages of a document, in order. Raises ``UnknownDocument``."""
        with self._catalogue.read() as connection:
            key = self._key(connection, document_id)
            document = load_document(connection, key)
            assert document is not None
            return load_passages(connection, key, document)

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id, ``document#ordinal``. Raises ``UnknownDocument``."""
        document_id, _, ordinal = passage_id.rpartition("#")
        for passage in self.passages(document_id) if ordinal.isdigit() else ():
            if passage.ordinal == int(ordinal):
                return passage
        raise UnknownDocument(f"No passage {passage_id!r} in the library.")

    def neighbours(self, passage: Passage, *, before: int = 1, after: int = 1) -> list[Passage]:
        """The passages around one, in order, without itself; fewer at the ends of its document."""
        near = range(passage.ordinal - before, passage.ordinal + after + 1)
        return [
            other
            for other in self.passages(passage.document_id)
            if other.ordinal in near and other.ordinal != passage.ordinal
        ]

    def relations(self, document_id: str) -> list[Relation]:
        """What a document replaces, ends or amends, and what does so to it. Raises ``UnknownDocument``."""
        with self._catalogue.read() as connection:
            return relations_of(connection, self._key(connection, document_id))

    def frequency(self, phrase: str) -> tuple[int, int]:
        """How many passages have a phrase of exact terms (``index.terms``), and how many there are.

        As the search index shows it, which may lag behind while a writer is at work.
        """
        index = self._searching.index
        return index.frequency(phrase), len(index)

    def texts(self) -> Iterator[str]:
        """The text of every document, by id; to learn words and abbreviations from."""
        with self._catalogue.read() as connection:
            yield from connection.execute(select(documents.c.text).order_by(documents.c.id)).scalars()

    def syllables(self) -> SyllableModel:
        """How often syllables follow each other in the library's texts, for restoring diacritics.

        10 ms from its file; learned anew (0.4 s for a million characters) where that is missing.
        While another writer is at work it may be of an older generation.
        """
        return self._learned.current(
            self.generation,
            learn=lambda: SyllableModel.learn(self.texts()),
            try_writing=self._try_writing,
            read_only=self._read_only,
        )

    def stats(self) -> LibraryStats:
        """How much the library holds."""
        with self._catalogue.read() as connection:
            model, dimension = recorded_model(connection) or (None, None)
            return count_everything(connection, self._catalogue.generation(connection), model, dimension)

    def find_document(self, name: str) -> Document:
        """The document of that id, file name, path, number ("28-CT/TW", "Chỉ thị 28") or title.

        Raises:
            UnknownDocument: there is none, or more than one.
        """
        with self._catalogue.read() as connection:
            paths = connection.execute(select(files.c.path, files.c.document_key)).all()
            document = load_document(connection, find(name, document_rows(connection), paths))
        assert document is not None
        return document

    # ---- within

    @contextmanager
    def _try_writing(self) -> Iterator[bool]:
        """Keeps other writers out if that is possible at once; yields whether it was."""
        # Where nobody can write there is no writer to keep out.
        frozen = self._read_only and not os.access(self._directory, os.W_OK)
        taken = not frozen and self._lock.acquire(0)
        try:
            yield taken or frozen
        finally:
            if taken:
                self._lock.release()

    def _key(self, connection: Connection, document_id: str) -> int:
        key: int | None = connection.execute(
            select(documents.c.key).where(documents.c.id == document_id)
        ).scalar_one_or_none()
        if key is None:
            raise UnknownDocument(f"No document {document_id!r} in the library. See: pba documents list")
        return key
