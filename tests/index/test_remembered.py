"""The model that other tests share gives what the bundled one gives, and asks it once."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import numpy as np
import pytest
from remembered import RememberedEmbedder

from index.embedding.bundled import BundledEmbedder
from index.types import Vectors

TEXTS = ["Chi bộ họp mỗi tháng một lần.", "", "Đảng phí \ud800", "Chi bộ họp mỗi tháng một lần."]


def _embed(folder: Path) -> Vectors:
    return RememberedEmbedder(folder).passages(TEXTS)


def test_vectors_are_those_of_the_bundled_model(tmp_path: Path) -> None:
    plain, remembered = BundledEmbedder(tmp_path / "plain"), RememberedEmbedder(tmp_path)
    for _ in range(2):
        assert np.allclose(remembered.passages(TEXTS), plain.passages(TEXTS), atol=1e-5)
        assert np.allclose(remembered.sentences(TEXTS), plain.sentences(TEXTS), atol=1e-5)
        assert np.allclose(remembered.query(TEXTS[0]), plain.query(TEXTS[0]), atol=1e-5)
    assert not np.allclose(remembered.query(TEXTS[0]), remembered.passages(TEXTS)[0], atol=1e-2)
    assert remembered.passages([]).shape == plain.passages([]).shape
    assert [remembered.count_tokens(text) for text in TEXTS] == [plain.count_tokens(text) for text in TEXTS]
    assert (remembered.name, remembered.dimension, remembered.max_tokens) == (
        plain.name,
        plain.dimension,
        plain.max_tokens,
    )


def test_what_one_process_embedded_another_looks_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        first, second = pool.map(_embed, [tmp_path, tmp_path])
    assert np.array_equal(first, second)
    monkeypatch.setattr(BundledEmbedder, "passages", lambda *_: pytest.fail("embedded again"))
    assert np.array_equal(_embed(tmp_path), first)
