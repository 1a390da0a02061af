"""A cross-encoder of sentence-transformers that reads question and passage together, if one is set."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.errors import EmbeddingFailed, ModelMissing


class Reranker:
    """Scores passages for a question with a ``CrossEncoder``.

    Args:
        model: hub name or folder. A hub name must be in the local cache already, unless the
            environment says ``HF_HUB_OFFLINE=0``.

    Raises:
        ModelMissing: it is not there, or does not load.
    """

    def __init__(self, model: str, *, device: str | None = None) -> None:
        self.name = model
        self._lock = threading.Lock()
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        try:
            from sentence_transformers import CrossEncoder

            self._model: Any = CrossEncoder(
                model, device=device, local_files_only=not Path(model).is_dir() and _offline()
            )
        except Exception as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise ModelMissing(
                f"The reranker {model} cannot be loaded: {reason} Set retrieval.reranker to the folder of a "
                "cross-encoder, or leave it out."
            ) from error

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """One score for each passage; higher is better, comparable within one question.

        Raises:
            EmbeddingFailed: the model gives something else than one number for each pair.
        """
        if not passages:
            return []
        with self._lock:
            made = self._model.predict([(question, passage) for passage in passages], show_progress_bar=False)
        if getattr(made, "shape", None) != (len(passages),):
            raise EmbeddingFailed(
                f"The reranker {self.name} does not give one number for each pair. Set retrieval.reranker "
                "to a model with one label."
            )
        return [float(score) for score in made]


@lru_cache(maxsize=2)
def open_reranker(model: str, device: str | None = None) -> Reranker:
    """The reranker of that name, loaded on first use and kept."""
    return Reranker(model, device=device)


def _offline() -> bool:
    return os.environ.get("HF_HUB_OFFLINE", "1") not in ("0", "")
