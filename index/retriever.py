"""The library as a retriever for any LlamaIndex program. ``llama_index`` is imported here only."""

from __future__ import annotations

from typing import Any

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.library import Library
from index.searching import DEFAULT_WEIGHT_DENSE
from index.types import Filters, Hit


class LibraryRetriever(BaseRetriever):
    """Passages as nodes: ``id_`` is the passage's id, ``text`` its text, ``score`` the fused score.

    The metadata say where each stands (``document_id``, ``start``, ``end``, ``page`` …) so that
    ``library.document(document_id).text[start:end]`` is the text again; they are not given to
    embedding models.

    Args:
        library: an open library; it stays the caller's to close.
        k: nodes a query gets.
        filters: which documents a query may see.
        weight_dense: 1 searches by meaning alone, 0 by words alone.
    """

    def __init__(
        self,
        library: Library,
        *,
        k: int = 8,
        filters: Filters | None = None,
        weight_dense: float = DEFAULT_WEIGHT_DENSE,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self._library = library
        self._k = k
        self._filters = filters
        self._weight_dense = weight_dense

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._library.search(
            query_bundle.query_str, k=self._k, filters=self._filters, weight_dense=self._weight_dense
        )
        return [node_of(hit) for hit in hits]


def node_of(hit: Hit) -> NodeWithScore:
    """A hit as LlamaIndex knows it."""
    passage, document = hit.passage, hit.document
    locator = passage.locator
    metadata = {
        "document_id": document.id,
        "title": document.title,
        "number": document.number,
        "kind": str(document.kind),
        "issuer": document.issuer,
        "province": document.province,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "source": document.source,
        "ordinal": passage.ordinal,
        "start": passage.start,
        "end": passage.end,
        "heading": passage.heading,
        "part": locator.part,
        "chapter": locator.chapter,
        "section": locator.section,
        "article": locator.article,
        "clause": locator.clause,
        "point": locator.point,
        "page": locator.page,
    }
    known = {name: value for name, value in metadata.items() if value not in (None, "")}
    node = TextNode(
        id_=passage.id, text=passage.text, metadata=known, excluded_embed_metadata_keys=list(known)
    )
    return NodeWithScore(node=node, score=hit.score)
