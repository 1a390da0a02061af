"""Passages for a question, and their order by a cross-encoder where one is set."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.reading import read
from assistant.retrieve import Retrieval, reranked, retrieve
from index.embedding.reranker import open_reranker
from index.errors import EmbeddingFailed, ModelMissing
from index.library import Library
from index.types import Filters, Signal

QUESTION = read("Sinh hoạt chuyên đề là gì?")


def cross_encoder(folder: Path, *, labels: int = 1) -> str:
    """A tiny cross-encoder with random weights, saved as sentence-transformers saves them."""
    import torch
    from sentence_transformers import CrossEncoder
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    torch.manual_seed(4)
    words = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "chi": 4, "bộ": 5, "họp": 6, "đảng": 7}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=64, **special)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=labels,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    fast.save_pretrained(folder)
    CrossEncoder(str(folder), device="cpu").save_pretrained(str(folder))
    return str(folder)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return cross_encoder(tmp_path_factory.mktemp("cross-encoder"))


def test_a_cross_encoder_puts_the_hits_in_its_order(library: Library, model: str) -> None:
    plain = retrieve(library, QUESTION, Filters(), Retrieval())
    ordered = retrieve(library, QUESTION, Filters(), Retrieval(reranker=model))
    assert {hit.passage.id for hit in ordered} == {hit.passage.id for hit in plain}
    assert [hit.passage.id for hit in ordered] != [hit.passage.id for hit in plain]
    told = open_reranker(model).scores(QUESTION.text, [hit.passage.text for hit in ordered[:20]])
    assert told == sorted(told, reverse=True)
    assert [hit.scores[Signal.RERANKER] for hit in ordered[:20]] == pytest.approx(told)
    # Fused scores keep their values and go on falling.
    assert [hit.score for hit in ordered] == [hit.score for hit in plain]


def test_no_hits_need_no_order(model: str) -> None:
    assert reranked("gì?", [], model) == []


def test_a_missing_reranker_names_the_setting(library: Library, tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"retrieval\.reranker"):
        retrieve(library, QUESTION, Filters(), Retrieval(reranker=str(tmp_path / "none")))


def test_a_model_of_several_labels_is_no_reranker(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingFailed, match="one label"):
        open_reranker(cross_encoder(tmp_path, labels=3)).scores("gì?", ["chi bộ họp"])
