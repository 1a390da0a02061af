"""Nearness in meaning of sentences to a question, by the bundled model."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.semantic import SentenceMeaning
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder, Vectors

QUESTION = "Chi bộ họp mấy giờ?"
NEAR = "Buổi sinh hoạt của chi bộ bắt đầu lúc bảy rưỡi tối."
FAR = "Giá phân bón tăng khiến nhà nông lo lắng."


class Counting:
    """The bundled model, and which sentences it was given."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.given: list[str] = []

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    @property
    def max_tokens(self) -> int:
        return self._embedder.max_tokens

    def count_tokens(self, text: str) -> int:
        return self._embedder.count_tokens(text)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.passages(texts)

    def sentences(self, texts: Sequence[str]) -> Vectors:
        self.given += texts
        return self._embedder.sentences(texts)

    def query(self, text: str) -> Vectors:
        return self._embedder.query(text)


def test_the_sentence_that_speaks_of_it_is_nearer(library: Library) -> None:
    near, far, same = SentenceMeaning(library).similarities(QUESTION, [NEAR, FAR, QUESTION])
    assert far < near < same <= 1.001


def test_similarities_are_those_of_the_model(library: Library) -> None:
    meaning = SentenceMeaning(library)
    embedder = library.embedder
    expected = (embedder.sentences([NEAR]) @ embedder.query(QUESTION))[0]
    assert meaning.similarities(QUESTION, [NEAR]) == pytest.approx([expected], abs=1e-4)


def test_order_and_repetition_do_not_matter(library: Library) -> None:
    meaning = SentenceMeaning(library)
    near, far = meaning.similarities(QUESTION, [NEAR, FAR])
    assert meaning.similarities(QUESTION, [FAR, NEAR, FAR]) == pytest.approx([far, near, far], abs=1e-4)


def test_no_sentence_no_work(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Library.open(tmp_path_factory.mktemp("empty")) as library:  # without a model
        assert SentenceMeaning(library).similarities(QUESTION, []) == []


def test_a_sentence_is_embedded_once(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> None:
    counting = Counting(embedder)
    with Library.open(tmp_path_factory.mktemp("counted"), embedder=counting) as library:
        meaning = SentenceMeaning(library)
        first = meaning.similarities(QUESTION, [NEAR, FAR, NEAR])
        assert sorted(counting.given) == sorted([NEAR, FAR])
        assert meaning.similarities(QUESTION, [NEAR, FAR, NEAR]) == first
        meaning.similarities("Phân bón thế nào?", [FAR])
        assert len(counting.given) == 2


def test_vectors_made_at_ingestion_are_used(tmp_path: Path, embedder: Embedder) -> None:
    counting = Counting(embedder)
    (tmp_path / "a.md").write_text(f"Mở đầu bản tin.\n\n{NEAR} {FAR}\n", encoding="utf-8")
    with Library.open(tmp_path / "library", embedder=counting) as library:
        ingest(library, [tmp_path / "a.md"])
        meaning = SentenceMeaning(library)
        near, far, late = meaning.similarities(QUESTION, [NEAR, FAR, "Câu không có trong tài liệu."])
        assert counting.given == ["Câu không có trong tài liệu."]
        expected = embedder.sentences([NEAR, FAR]) @ embedder.query(QUESTION)
        assert [near, far] == pytest.approx(list(expected), abs=2e-3)
        assert late is not None


def test_only_a_few_are_embedded_late_and_of_the_others_nothing_is_said(
    tmp_path: Path, embedder: Embedder
) -> None:
    counting = Counting(embedder)
    sentences = [f"Bản số {n} treo loa ở đầu làng." for n in range(20)]
    with Library.open(tmp_path, embedder=counting) as library:
        meaning = SentenceMeaning(library)
        first = meaning.similarities(QUESTION, sentences)
        assert counting.given == sentences[:12]
        assert [cosine is None for cosine in first] == [False] * 12 + [True] * 8
        second = meaning.similarities(QUESTION, sentences)
        assert second[:12] == first[:12]
        assert None not in second


def test_threads_share_it(library: Library) -> None:
    meaning = SentenceMeaning(library)
    sentences = [f"{NEAR} Lần {n}." for n in range(6)]
    expected = SentenceMeaning(library).similarities(QUESTION, sentences)
    got: list[list[float | None]] = []
    threads = [
        threading.Thread(target=lambda: got.append(meaning.similarities(QUESTION, sentences)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 3
    for similarities in got:
        assert similarities == pytest.approx(expected, abs=1e-4)
