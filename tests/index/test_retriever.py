from __future__ import annotations

from pathlib import Path

import pytest
from handmade import HashingEmbedder, make_document, make_file, make_passages
from llama_index.core import PromptTemplate
from llama_index.core.llms import MockLLM
from llama_index.core.postprocessor import SimilarityPostprocessor
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import get_response_synthesizer

from index.library import Library
from index.retriever import LibraryRetriever
from index.types import Filters
from ingest.types import Kind

TEXT = "Chi bộ họp hằng tháng vào ngày 5.\nĐảng phí được thu đúng hạn.\nBí thư chủ trì cuộc họp."


@pytest.fixture
def library(tmp_path: Path) -> Library:
    opened = Library.open(tmp_path, embedder=HashingEmbedder())
    for name, kind in (("a.txt", Kind.GUIDANCE), ("b.txt", Kind.REPORT)):
        document = make_document(name, f"{TEXT}\nTừ {name}.", kind=kind, number="01-HD/TW")
        with opened.transaction() as tx:
            tx.add_or_replace(document, make_passages(document), file=make_file(f"/d/{name}", document.text))
    return opened


def test_nodes_say_exactly_where_they_stand(library: Library) -> None:
    nodes = LibraryRetriever(library, k=3).retrieve("đảng phí thu khi nào")
    hits = library.search("đảng phí thu khi nào", k=3)
    assert [node.node_id for node in nodes] == [hit.passage.id for hit in hits]
    assert [node.score for node in nodes] == [hit.score for hit in hits]
    for node in nodes:
        where = node.metadata
        text = library.document(where["document_id"]).text
        assert text[where["start"] : where["end"]] == node.text
        assert where["number"] == "01-HD/TW"


def test_filters_and_weights_go_through(library: Library) -> None:
    retriever = LibraryRetriever(library, k=8, filters=Filters(kinds=(Kind.REPORT,)), weight_dense=0.0)
    assert {node.metadata["document_id"] for node in retriever.retrieve("chi bộ họp")} == {"b.txt"}


def test_a_query_engine_of_llama_index_runs_on_the_library(library: Library) -> None:
    llm = MockLLM()
    engine = RetrieverQueryEngine(
        LibraryRetriever(library, k=2),
        response_synthesizer=get_response_synthesizer(
            llm=llm, text_qa_template=PromptTemplate("{context_str}\n{query_str}"), response_mode="compact"
        ),
        node_postprocessors=[SimilarityPostprocessor(similarity_cutoff=-10.0)],
    )
    response = engine.query("Ai chủ trì cuộc họp?")
    assert [node.metadata["document_id"] for node in response.source_nodes]
    assert "Bí thư chủ trì cuộc họp." in str(response)
