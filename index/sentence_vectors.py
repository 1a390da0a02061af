"""The vectors of the sentences of passages: what in a passage is nearest to a question.

One vector for a whole passage blurs what its sentences say. The mean of both similarities found more than
either: recall@1 on XQuAD-vi .905 and .909 alone, .929 together; for English questions .754, .784 and .812.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from index.catalogue import Catalogue
from index.schema import units, vectors
from index.types import Vectors

#: Passages whose sentences are kept in memory: about 4 kB each.
_KEPT = 16_384
_AT_ONCE = 500


class SentenceVectors:
    """Reads the vectors of the sentences of passages, and keeps those of the latest ones.

    A passage never changes and its key is never used again, so what is kept stays right. Safe to use
    from several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, NDArray[np.float16] | None] = OrderedDict()

    def nearest(self, connection: Connection, keys: NDArray[np.int64], vector: Vectors) -> dict[int, float]:
        """The largest cosine of a sentence with ``vector``, for each passage that has any."""
        found = self._of(connection, [int(key) for key in keys])
        known = {key: rows for key, rows in found.items() if rows is not None}
        if not known:
            return {}
        cosines = np.concatenate(list(known.values())).astype(np.float32) @ vector
        starts = np.cumsum([0, *(len(rows) for rows in known.values())])[:-1]
        best = np.maximum.reduceat(cosines, starts)
        return {key: float(cosine) for key, cosine in zip(known, best, strict=True)}

    def _of(self, connection: Connection, keys: Iterable[int]) -> dict[int, NDArray[np.float16] | None]:
        wanted = list(keys)
        with self._lock:
            found = {key: self._kept[key] for key in wanted if key in self._kept}
        missing = [key for key in wanted if key not in found]
        if missing:
            found.update(_load(connection, missing))
            with self._lock:
                for key in missing:
                    self._kept[key] = found[key]
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return found


def _load(connection: Connection, keys: list[int]) -> dict[int, NDArray[np.float16] | None]:
    model = Catalogue.note(connection, "embedding.model")
    rows: dict[int, list[bytes]] = {key: [] for key in keys}
    for at in range(0, len(keys), _AT_ONCE):
        query = (
            select(units.c.passage_key, vectors.c.vector)
            .join(vectors, (vectors.c.text_sha256 == units.c.text_sha256) & (vectors.c.model == model))
            .where(units.c.passage_key.in_(keys[at : at + _AT_ONCE]))
        )
        for key, stored in connection.execute(query):
            rows[key].append(bytes(stored))
    return {
        key: np.frombuffer(b"".join(stored), "<f2").reshape(len(stored), -1).astype(np.float16)
        if stored
        else None
        for key, stored in rows.items()
    }
