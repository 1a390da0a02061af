"""Documents made by hand, and a small real embedder, for the tests of the index."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from index.records import FileRecord
from index.types import Vectors
from ingest.numbers import fold
from ingest.types import Document, Passage


@dataclass
class HashingEmbedder:
    """A sum of random directions of folded words: deterministic, and alike texts are near each other."""

    name: str = "hashing-64"
    dimension: int = 64
    max_tokens: int = 512
    embedded: list[str] = field(default_factory=list)

    def count_tokens(self, text: str) -> int:
        return len(text.split()) + 2

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        return np.stack([self.query(text) for text in texts])

    def sentences(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> Vectors:
        total = np.zeros(self.dimension)
        for word in fold(text).split() or [text]:
            total += np.random.default_rng(zlib.crc32(word.encode())).normal(size=self.dimension)
        return (total / np.linalg.norm(total)).astype(np.float32)


def make_document(name: str, text: str, **values: Any) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(**{"id": name, "sha256": digest, "title": name, "text": text, "names": (name,), **values})


def make_passages(document: Document) -> list[Passage]:
    """One passage a line."""
    found: list[Passage] = []
    start = 0
    for line in document.text.splitlines(keepends=True):
        if bare := line.strip():
            begin, ordinal = start + line.index(bare), len(found) + 1
            name = f"{document.id}#{ordinal}"
            found.append(Passage(name, document.id, ordinal, begin, begin + len(bare), bare))
        start += len(line)
    return found


def make_file(path: str, text: str) -> FileRecord:
    data = text.encode()
    return FileRecord(Path(path), path, hashlib.sha256(data).hexdigest(), len(data), 1)
