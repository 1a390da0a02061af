"""What every search index must do, run against each kind of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from handmade import HashingEmbedder

from index.local import LocalIndex
from index.types import IndexEntry, SearchIndex, Vectors

EMBEDDER = HashingEmbedder()
TEXTS = [
    "Chi bộ kết nạp đảng viên mới",
    "Các dạng bài tập đang được sửa",
    "Đại hội chi bộ bầu cấp ủy",
    "Phát triển đảng viên ở vùng cao",
    "Thu nộp đảng phí hằng tháng",
    "Đáng chú ý là dạng đất đang khô",
]


def entry(key: int, text: str, **more: str) -> IndexEntry:
    values = {"heading": "", "title": "", "number": None, **more}
    return IndexEntry(key=key, text=text, vector=EMBEDDER.query(text), **values)  # type: ignore[arg-type]


@pytest.fixture(params=["folder", "memory"])
def make_index(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], SearchIndex]:
    folder = tmp_path / "cache" if request.param == "folder" else None
    return lambda: LocalIndex(folder, library="test")


@pytest.fixture
def index(make_index: Callable[[], SearchIndex]) -> SearchIndex:
    made = make_index()
    made.add([entry(key, text) for key, text in enumerate(TEXTS, start=1)])
    made.commit(1)
    return made


def nearest(vectors: dict[int, Vectors], question: Vectors, k: int) -> list[int]:
    scores = {key: float(np.float32(vector @ question)) for key, vector in vectors.items()}
    return sorted(scores, key=lambda key: (-scores[key], key))[:k]


def test_a_new_index_is_empty_and_answers_nothing(make_index: Callable[[], SearchIndex]) -> None:
    index = make_index()
    assert index.generation is None
    assert len(index) == 0
    assert index.dense(EMBEDDER.query("đảng"), 5, None) == []
    assert index.lexical("đảng", 5, None) == []


def test_dense_search_equals_brute_force(index: SearchIndex) -> None:
    vectors = {key: EMBEDDER.query(text) for key, text in enumerate(TEXTS, start=1)}
    for text in ("đảng viên", "đại hội", "bài tập", TEXTS[4]):
        question = EMBEDDER.query(text)
        for k in (1, 3, 6, 50):
            found = index.dense(question, k, None)
            assert [key for key, _ in found] == nearest(vectors, question, k)
            assert all(
                score == pytest.approx(float(vectors[key] @ question), abs=1e-5) for key, score in found
            )


def test_lexical_search_puts_the_exact_word_before_its_look_alikes(index: SearchIndex) -> None:
    ranked = index.lexical("đảng", 6, None)
    assert {key for key, _ in ranked[:3]} == {1, 4, 5}
    assert ranked[2][1] > ranked[3][1]


def test_lexical_search_serves_questions_without_diacritics(index: SearchIndex) -> None:
    assert {key for key, _ in index.lexical("ket nap dang vien moi", 1, None)} == {1}


def test_filters_apply_inside_the_search(index: SearchIndex) -> None:
    question = EMBEDDER.query(TEXTS[0])
    allowed = np.array([2, 6], np.int64)
    assert {key for key, _ in index.dense(question, 2, allowed)} == {2, 6}
    assert {key for key, _ in index.lexical("đảng viên", 2, allowed)} == {2, 6}
    nobody = np.empty(0, np.int64)
    assert index.dense(question, 2, nobody) == []
    assert index.lexical("đảng", 2, nobody) == []
    absent = np.array([99], np.int64)
    assert index.dense(question, 2, absent) == []
    assert index.lexical("đảng", 2, absent) == []


def test_filtering_does_not_change_scores(index: SearchIndex) -> None:
    everything = dict(index.lexical("đảng viên vùng cao", 6, None))
    for allowed in ([1, 4], [1, 2, 3, 4, 5, 6], [1, 3, 5]):
        for key, score in index.lexical("đảng viên vùng cao", 6, np.array(allowed, np.int64)):
            assert score == pytest.approx(everything[key])


def test_nothing_is_visible_before_commit(index: SearchIndex) -> None:
    index.add([entry(7, "Đảng ủy xã")])
    index.remove([1])
    assert len(index) == 6
    assert 1 in dict(index.lexical("kết nạp", 6, None))
    index.commit(2)
    assert len(index) == 6
    assert 1 not in dict(index.lexical("kết nạp", 6, None))
    assert 7 in dict(index.dense(EMBEDDER.query("Đảng ủy xã"), 1, None))
    assert index.generation == 2


def test_adding_a_key_again_replaces_it(index: SearchIndex) -> None:
    index.add([entry(1, "hoàn toàn khác")])
    index.commit(2)
    assert len(index) == 6
    assert index.dense(EMBEDDER.query("hoàn toàn khác"), 1, None)[0][0] == 1
    assert 1 not in dict(index.lexical("kết nạp", 6, None))


def test_delete_then_add_returns_the_right_vectors(index: SearchIndex) -> None:
    index.remove([2, 4])
    index.commit(2)
    index.add([entry(8, "vườn cây ăn quả"), entry(9, "hồ sơ kết nạp")])
    index.commit(3)
    kept = {1: TEXTS[0], 3: TEXTS[2], 5: TEXTS[4], 6: TEXTS[5], 8: "vườn cây ăn quả", 9: "hồ sơ kết nạp"}
    for key, text in kept.items():
        assert index.dense(EMBEDDER.query(text), 1, None)[0][0] == key


def test_removing_what_is_absent_or_twice_is_no_error(index: SearchIndex) -> None:
    index.remove([1, 1, 99])
    index.commit(2)
    assert len(index) == 5


def test_a_reset_forgets_what_was_there(index: SearchIndex) -> None:
    index.reset()
    index.add([entry(20, "chỉ còn một")])
    index.commit(5)
    assert len(index) == 1
    assert index.generation == 5
    assert index.lexical("đảng", 5, None) == []


def test_titles_headings_and_numbers_are_found(make_index: Callable[[], SearchIndex]) -> None:
    index = make_index()
    index.add(
        [
            entry(1, "Thực hiện nghiêm.", title="Kế hoạch luân chuyển cán bộ", number="95-KH/TU"),
            entry(2, "Thực hiện nghiêm.", heading="Chương II › Nhiệm vụ, giải pháp"),
            entry(3, "Căn cứ Chỉ thị số 28-CT/TW của Ban Bí thư."),
        ]
    )
    index.commit(1)
    assert index.lexical("luân chuyển", 3, None)[0][0] == 1
    assert index.lexical("giải pháp", 3, None)[0][0] == 2
    for question in ("95 - KH/TU", "kế hoạch số 95-kh/tu"):
        assert index.lexical(question, 3, None)[0][0] == 1
    for question in ("chỉ thị 28", "chi thi so 28", "28-CT/TW"):
        assert index.lexical(question, 3, None)[0][0] == 3


@pytest.mark.parametrize(
    "question", ["", "   ", "?!…", "\x00\x07", "' OR 1=1 --", "*:* AND (", "a" * 100_000]
)
def test_any_question_is_only_words(index: SearchIndex, question: str) -> None:
    index.lexical(question, 5, None)


def test_a_pasted_page_is_a_question_too(index: SearchIndex) -> None:
    assert index.lexical("đảng viên " * 20_000 + "vùng cao", 5, None)


def test_questions_of_another_dimension_are_refused(index: SearchIndex) -> None:
    from index.errors import EmbeddingFailed

    with pytest.raises(EmbeddingFailed, match="shape"):
        index.dense(np.ones(3, np.float32), 1, None)
    with pytest.raises(EmbeddingFailed, match="shape"):
        index.add([IndexEntry(50, "x", "", "", None, np.ones(3, np.float32))])


def test_overlap_tells_how_much_of_a_question_a_passage_covers(make_index: Callable[[], SearchIndex]) -> None:
    index = make_index()
    texts = ["thủ tục chuyển sinh hoạt đảng", "thủ tục hành chính", "mùa gặt năm nay", "chuyen sinh hoat"]
    zeros = np.zeros(2, np.float32)
    index.add([IndexEntry(key, text, "", "", None, zeros) for key, text in enumerate(texts, start=1)])
    index.commit(1)
    keys = np.array([1, 2, 3, 4, 99], np.int64)
    found = index.overlap("thủ tục chuyển sinh hoạt đảng", keys)
    assert set(found) == {1, 2, 3, 4, 99}
    assert found[1].coverage == pytest.approx(1.0)
    assert found[1].coverage > found[2].coverage > found[3].coverage == 0.0
    assert found[1].bm25 > found[2].bm25 > found[3].bm25 == 0.0
    assert found[99].bm25 == found[99].coverage == 0.0
    # Without diacritics the syllables are compared without them too.
    assert index.overlap("chuyen sinh hoat", keys)[1].coverage == pytest.approx(1.0)
    assert index.overlap("?!", keys)[1].coverage == 0.0
