"""Passages for a question as it was read: what is searched for, where, and with which weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.reading import Reading
from index.library import Library
from index.types import Filters, Hit, Signal

#: More of a question than this many characters is a page pasted: its meaning is no clearer for it.
MEANING_CHARACTERS = 1_000
_ENGLISH_DENSE = 0.75
_RERANKED = 20
#: So many documents found are asked for their writers.
_SIGNED = 3


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How passages are looked for; see ``Library.search``.

    Attributes:
        reranker: a cross-encoder, by hub name or folder, that puts the first ``_RERANKED`` hits in order;
            ``None`` for none.
    """

    top_k: int = 14
    pool: int = 50
    weight_dense: float = 0.6
    reranker: str | None = None


def retrieve(library: Library, reading: Reading, filters: Filters, retrieval: Retrieval) -> list[Hit]:
    """Passages for the question; where it names a place, those of that place's documents as well.

    Scores become differences from the best of their own search, which compare across searches.
    """
    searches = [filters]
    if reading.places and not filters.provinces:
        places = tuple(dict.fromkeys(place.phrase for place in reading.places))
        searches.append(replace(filters, provinces=places))
    best: dict[str, Hit] = {}
    # The newest of many documents that say the same may lie further down.
    depth = max(retrieval.top_k, retrieval.pool) if reading.current else retrieval.top_k
    for chosen in searches:
        hits = library.search(
            reading.text,
            lexical_text=reading.lexical_text,
            dense_text=reading.text[:MEANING_CHARACTERS],
            k=depth,
            pool=retrieval.pool,
            weight_dense=_weight_dense(reading, retrieval),
            filters=chosen,
        )
        for hit in hits:
            relative = replace(hit, score=hit.score - hits[0].score)
            known = best.get(hit.passage.id)
            if known is None or known.score < relative.score:
                best[hit.passage.id] = relative
    found = sorted(best.values(), key=lambda hit: -hit.score)
    if reading.authorship:
        found += _ends(library, found)
    return reranked(reading.text, found, retrieval.reranker) if retrieval.reranker else found


def _ends(library: Library, hits: Sequence[Hit]) -> list[Hit]:
    """The last passages of the first documents, where an article names its writers."""
    known = {hit.passage.id for hit in hits}
    first = list({hit.document.id: hit for hit in reversed(hits)}.values())[::-1][:_SIGNED]
    ends = [(hit, library.passages(hit.document.id)[-1]) for hit in first]
    last = hits[-1].score if hits else 0.0
    return [replace(hit, passage=end, score=last, scores={}) for hit, end in ends if end.id not in known]


def reranked(question: str, hits: Sequence[Hit], model: str) -> list[Hit]:
    """The first hits in the order of a cross-encoder, which take over each other's scores.

    So scores go on falling, and keep their meaning for what works from them.
    """
    from index.embedding.reranker import open_reranker

    first = list(hits[:_RERANKED])
    scores = open_reranker(model).scores(question[:MEANING_CHARACTERS], [hit.passage.text for hit in first])
    order = sorted(range(len(first)), key=lambda place: (-scores[place], place))
    moved = [
        replace(
            first[place], score=taken.score, scores={**first[place].scores, Signal.RERANKER: scores[place]}
        )
        for place, taken in zip(order, first, strict=True)
    ]
    return [*moved, *hits[_RERANKED:]]


def merged(found: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """The hits of each side in turn, each passage once."""
    merged: dict[str, Hit] = {}
    for rank in range(max(map(len, found), default=0)):
        for hits in found:
            if rank < len(hits):
                merged.setdefault(hits[rank].passage.id, hits[rank])
    return tuple(merged.values())


def _weight_dense(reading: Reading, retrieval: Retrieval) -> float:
    """English shares names, numbers and glossary words alone with the documents: meaning weighs more."""
    weight = retrieval.weight_dense
    return max(weight, _ENGLISH_DENSE) if reading.language == "en" else weight
