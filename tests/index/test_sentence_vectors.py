"""What in a passage is nearest to a question, from vectors that were stored with it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from handmade import HashingEmbedder, make_document, make_passages

from index.library import Library
from index.types import Signal

TEXT = "Ong làm tổ trên cây đa đầu làng. Chi bộ thôn Hạ họp ngày mùng năm. Suối cạn vào mùa khô."
SENTENCES = [part.strip() + "." for part in TEXT.split(".") if part.strip()]
QUESTION = "chi bộ thôn hạ họp ngày nào"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path, embedder=HashingEmbedder())
    split, whole = make_document("a.txt", TEXT), make_document("b.txt", "Suối cạn vào mùa khô.")
    with library.transaction() as tx:
        tx.add_or_replace(split, make_passages(split), quotable=[SENTENCES])
        tx.add_or_replace(whole, make_passages(whole))
    return library


def test_a_passage_counts_by_its_nearest_sentence_as_well(library: Library) -> None:
    hits = {hit.document.id: hit for hit in library.search(QUESTION, k=2)}
    embedder = HashingEmbedder()
    cosines = [float(embedder.query(text) @ embedder.query(QUESTION)) for text in SENTENCES]
    assert hits["a.txt"].scores[Signal.SENTENCE] == pytest.approx(max(cosines), abs=2e-3)
    assert hits["a.txt"].scores[Signal.SENTENCE] > hits["a.txt"].scores[Signal.DENSE]
    # A passage of which no sentence is stored counts by its own vector.
    assert Signal.SENTENCE not in hits["b.txt"].scores


def test_stored_vectors_are_those_of_the_texts(library: Library) -> None:
    stored = library.stored_vectors([*SENTENCES, "Câu này không có."])
    assert set(stored) == set(SENTENCES)
    for text, vector in stored.items():
        assert np.allclose(vector, HashingEmbedder().query(text), atol=2e-3)


def test_the_vectors_of_a_removed_document_go_but_those_another_needs_stay(library: Library) -> None:
    assert library.stats().unused_vectors == 0
    with library.transaction() as tx:
        tx.remove("a.txt")
    assert set(library.stored_vectors([*SENTENCES, TEXT])) == {"Suối cạn vào mùa khô."}
    assert library.stats().unused_vectors == 0


def test_a_document_that_changes_has_the_sentences_of_its_new_text(library: Library) -> None:
    changed = make_document("a.txt", "Trời mưa to. Đường lầy lội.")
    with library.transaction() as tx:
        tx.add_or_replace(changed, make_passages(changed), quotable=[["Trời mưa to.", "Đường lầy lội."]])
    hits = {hit.document.id: hit for hit in library.search("Trời mưa to.", k=2)}
    assert hits["a.txt"].scores[Signal.SENTENCE] == pytest.approx(1.0, abs=2e-3)
