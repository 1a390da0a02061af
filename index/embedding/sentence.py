"""Any sentence-transformers model, by hub name or folder."""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.embedding.engine import MAX_QUERY_CHARACTERS, cores, fingerprint
from index.embedding.text import clean
from index.errors import EmbeddingFailed, ModelMissing
from index.types import Vectors

#: Prefixes that model families were trained with, by a pattern of the model's name:
#: (pattern, question, passage). From the models' cards; the first that matches counts.
FAMILIES: tuple[tuple[str, str, str], ...] = (
    (
        r"\be5-.*instruct\b",
        "Instruct: Given a question, retrieve passages that answer the question\nQuery: ",
        "",
    ),
    (r"\be5-", "query: ", "passage: "),
    (r"\bbge-.*-en\b", "Represent this sentence for searching relevant passages: ", ""),
    (r"\bnomic-embed\b", "search_query: ", "search_document: "),
)
_WEIGHTS = ("*.safetensors", "pytorch_model*.bin")


def family_prefixes(name: str) -> tuple[str, str]:
    """Prefixes of question and passage for a model of this name; empty where none are known."""
    for pattern, query, passage in FAMILIES:
        if re.search(pattern, name.lower()):
            return query, passage
    return "", ""


class SentenceEmbedder:
    """A model that sentence-transformers loads, on a GPU if there is one.

    Args:
        model: hub name or folder. A hub name must be in the local cache already, unless the
            environment says ``HF_HUB_OFFLINE=0``.
        query_prefix, passage_prefix: ``None`` for the prompts the model's own configuration
            names, else those of its family.

    Raises:
        ModelMissing: it is not there, or does not load.
    """

    def __init__(
        self,
        model: str,
        *,
        batch_size: int | None = None,
        threads: int | None = None,
        device: str | None = None,
        query_prefix: str | None = None,
        passage_prefix: str | None = None,
    ) -> None:
        folder = _folder(model)
        self._model: Any = _load(model, folder, device)
        on_cpu = self._model.device.type == "cpu"
        if on_cpu:
            import torch

            torch.set_num_threads(threads or cores())
        self._threads = (threads or cores()) if on_cpu else None
        self._batch_size = batch_size or (8 if on_cpu else 64)
        self._turn = threading.Lock()
        own = self._model.prompts or {}
        family = family_prefixes(Path(model).name)
        self.query_prefix = _first(query_prefix, own.get("query"), family[0])
        self.passage_prefix = _first(passage_prefix, own.get("passage"), own.get("document"), family[1])
        self._name = f"{Path(model).name}@{_version(folder, self.query_prefix, self.passage_prefix)}"
        self._dimension = int(self._model.get_embedding_dimension())

    @property
    def name(self) -> str:
        """Model's name, and a hash of its weights and of the prefixes in use."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    @property
    def max_tokens(self) -> int:
        """Tokens the model reads of a passage; what is beyond them is not seen."""
        return int(self._model.max_seq_length or 512)

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text`` as a passage, prefix and special tokens included."""
        return len(
            self._model.tokenizer(self.passage_prefix + clean(text), truncation=False, verbose=False)[
                "input_ids"
            ]
        )

    def sentences(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of a few short texts, shape ``(len(texts), dimension)``."""
        return self.passages(texts)

    def query(self, text: str) -> Vectors:
        """Unit vector of a question, shape ``(dimension,)``."""
        vector: Vectors = self._encode([self.query_prefix + clean(text[:MAX_QUERY_CHARACTERS])])[0]
        return vector

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape ``(len(texts), dimension)``."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        return self._encode([self.passage_prefix + clean(text) for text in texts])

    def _encode(self, texts: list[str]) -> Vectors:
        # An explicit empty prompt: the prefix is in the text already, the model's default must not join it.
        import torch

        from index.embedding.bulk import encode

        with self._turn:
            if self._threads is not None:
                torch.set_num_threads(self._threads)  # see BulkEncoder.encode
            return encode(self._model, texts, self._batch_size, prompt="")


def _first(*values: str | None) -> str:
    """The first that was set: settings count even when empty, the model's own prompts only if not."""
    if values[0] is not None:
        return values[0]
    return next((value for value in values[1:] if value), "")


def _folder(model: str) -> Path:
    """Where the model is on this computer."""
    given = Path(model).expanduser()
    if given.is_dir():
        if not any((given / name).is_file() for name in ("modules.json", "config.json")):
            raise ModelMissing(
                f"embedding.model is the folder {given}, which holds no model (no config.json). "
                "Set embedding.model to the folder of a sentence-transformers model."
            )
        return given
    if given.is_absolute() or model.startswith((".", "~")) or model.count("/") > 1 or given.exists():
        raise ModelMissing(
            f"embedding.model is {model}, but there is no such folder. "
            'Set embedding.model to a folder that exists, to a hub name, or to "bundled".'
        )
    # Nothing is fetched unasked: the hub is contacted only where the environment clearly allows it.
    offline = os.environ.get("HF_HUB_OFFLINE", "1").lower() not in ("0", "false", "no", "off")
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError

    name = model if "/" in model else f"sentence-transformers/{model}"
    wanted = ["*.json", "*.txt", "*.model", "*.safetensors", "pytorch_model*.bin"]
    try:
        return Path(snapshot_download(name, local_files_only=offline, allow_patterns=wanted))
    except HFValidationError as error:
        raise ModelMissing(
            f"embedding.model is {model!r}, which is no hub name (owner/model) and no folder. "
            'Set embedding.model to one of these, or to "bundled".'
        ) from error
    except Exception as error:  # the hub's client raises its own, requests' and httpx's errors
        where = "is not in the local cache" if offline else f"cannot be fetched ({_line(error)})"
        raise ModelMissing(
            f"embedding.model is {model}, which {where}. Fetch it once with `hf download {name}` where there "
            'is a network, set embedding.model to its folder, or set embedding.model to "bundled".'
        ) from error


def _load(model: str, folder: Path, device: str | None) -> Any:
    from index.embedding.bulk import load

    try:
        return load(folder, device)
    except Exception as error:  # a damaged folder fails in many ways inside transformers
        raise ModelMissing(
            f"embedding.model {model} does not load from {folder}: {_line(error)}. "
            'Fetch it again, or set embedding.model to "bundled".'
        ) from error


def _version(folder: Path, *prefixes: str) -> str:
    """12 hexadecimal digits for the weights (by ``fingerprint``) and the prefixes."""
    digest = hashlib.sha256("\0".join(prefixes).encode())
    files = sorted(path for pattern in _WEIGHTS for path in folder.rglob(pattern))
    if not files:
        raise EmbeddingFailed(
            f"embedding.model: {folder} holds no weights (*.safetensors). Fetch the model again."
        )
    for path in files:
        digest.update(f"{path.relative_to(folder).as_posix()} {fingerprint(path)}\n".encode())
    return digest.hexdigest()[:12]


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
