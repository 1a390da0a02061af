"""Tokens are never counted short: measured with vocabularies that are on every machine with the tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import llama_index.core
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.counting import Counter, safe
from assistant.llm.types import Usage
from index.embedding import open_embedder
from ingest.load import load
from ingest.sample_corpus import folder

TEXTS = [load(path).text for path in sorted(folder().iterdir()) if path.suffix in (".md", ".txt", ".html")]
#: As long as passages are, and shorter, from every place of the documents.
PIECES = [text[at : at + size] for text in TEXTS for size in (120, 700) for at in range(0, len(text), size)]
ODD = (
    "",
    "01-HD/TW, 28-CT/TW, 33-QĐ/TW; 30/11/2019; 57.763; 1.846",
    "ĐẢNG BỘ TỈNH QUẢNG NINH – BAN CHẤP HÀNH",
    "Dang bo tinh Quang Ninh ket nap bao nhieu dang vien moi trong nam 2020?",
    "https://bao.example/2019/11/30/a-b-c.htm?x=1&y=2",
    "|---|---|\n| a | b |\n\n\n    ------",
    "“”…–—•✓→🙂🎉",
)


def tiktoken(name: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], int]:
    # LlamaIndex brings these vocabularies along; nothing is fetched.
    cache = Path(llama_index.core.__file__).parent / "_static" / "tiktoken_cache"
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(cache))
    from tiktoken import get_encoding

    encoding = get_encoding(name)
    return lambda text: len(encoding.encode(text, disallowed_special=()))


@pytest.mark.parametrize("name", ["cl100k_base", "o200k_base"])
def test_no_text_has_more_tokens_than_are_counted(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    count = tiktoken(name, monkeypatch)
    short = [text for text in (*PIECES, *ODD, *TEXTS) if Counter().count(text) < count(text)]
    assert short == []
    # Nor so many that half the window stays empty for nothing.
    assert sum(map(Counter().count, PIECES)) < 3 * sum(map(count, PIECES))


def test_nor_with_the_bundled_model(tmp_path: Path) -> None:
    embedder = open_embedder(cache_folder=tmp_path)
    # Without what it puts around each text.
    around = embedder.count_tokens("")
    short = [text for text in (*PIECES, *ODD) if Counter().count(text) < embedder.count_tokens(text) - around]
    assert short == []


@given(st.text())
def test_any_text_can_be_counted(text: str) -> None:
    assert 0 <= Counter().count(text) <= len(text.encode("utf-8", "replace")) + 1


def test_one_that_counts_more_is_believed_at_once() -> None:
    counter = Counter()
    text = TEXTS[0]
    tokens = round(safe(text) * 1.4)
    counter.learn(text, "ngắn", Usage(tokens, 3))
    assert counter.count(text) >= tokens
    counter.learn(text, text * 3, Usage(10, 10))
    assert counter.count(text) >= tokens


def test_one_that_counts_less_is_believed_where_request_and_reply_agree() -> None:
    counter = Counter()
    text = "".join(TEXTS)
    fewer = round(safe(text) / 2)
    counter.learn(text, "ngắn", Usage(fewer, 3))
    assert counter.factor == 1
    counter.learn(text, text, Usage(fewer, fewer))
    assert fewer < counter.count(text) < 0.8 * safe(text)


def test_one_that_cuts_its_requests_short_is_not_believed() -> None:
    counter = Counter()
    text = "".join(TEXTS)
    counter.learn(text, text, Usage(100, round(safe(text))))
    assert counter.factor == 1


def test_what_was_only_estimated_teaches_nothing() -> None:
    counter = Counter()
    text = "".join(TEXTS)
    counter.learn(text, text, Usage(1, 1, counted=False))
    assert counter.factor == 1
