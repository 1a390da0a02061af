"""What a model gets to read fits its window: whole passages, the most relevant at both ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.llm.prompt import build
from assistant.llm.window import Source, choose, ranked, request_tokens
from assistant.verification.types import Evidence
from index.types import Hit

Sources = Callable[..., list[Source]]
QUESTION = "Có bao nhiêu đảng viên?"


def texts(count: int, length: int = 30) -> list[str]:
    return [f"Huyện {number} có {' '.join(['nhiều'] * length)} đảng viên." for number in range(count)]


def names(sources: Any) -> list[str]:
    return [entry.document.id for entry in sources]


def room_for(saying: Any, sources: list[Source], reply: int = 300) -> int:
    """A window into which exactly these passages fit, with a few tokens to spare."""
    evidence = [Evidence(n, one.document, one.passage) for n, one in enumerate(sources, start=1)]
    return request_tokens(saying(""), QUESTION, "vi", evidence) + reply + 8


def test_the_most_relevant_stand_first_and_last(sources_of: Sources, saying: Any) -> None:
    window = choose(saying(""), QUESTION, "vi", sources_of(*texts(5)))
    assert names(window.evidence) == ["1.md", "3.md", "5.md", "4.md", "2.md"]
    assert [entry.marker for entry in window.evidence] == [1, 2, 3, 4, 5]
    assert window.left_out == 0


def test_what_does_not_fit_is_left_out_whole_and_counted(sources_of: Sources, saying: Any) -> None:
    sources = sources_of(*texts(8))
    model = saying("", context_window=room_for(saying, sources[:4]), max_tokens=300)
    window = choose(model, QUESTION, "vi", sources)
    assert (len(window.evidence), window.left_out) == (4, 4)
    sent = build(QUESTION, "vi", window.evidence).messages[-1].content
    for entry in window.evidence:
        assert entry.passage.text in sent
    assert sorted(names(window.evidence)) == ["1.md", "2.md", "3.md", "4.md"]


def test_a_long_passage_gives_way_to_a_short_one_further_down(sources_of: Sources, saying: Any) -> None:
    short, long = texts(1)[0], texts(1, length=200)[0]
    sources = sources_of(short, long, short.replace("Huyện 0", "Huyện 9"))
    size = room_for(saying, [sources[0], sources[2]])
    window = choose(saying("", context_window=size, max_tokens=300), QUESTION, "vi", sources)
    assert names(window.evidence) == ["1.md", "3.md"]
    assert window.left_out == 1


def test_where_nothing_fits_nothing_is_cut_to_fit(sources_of: Sources, saying: Any) -> None:
    window = choose(saying("", context_window=500, max_tokens=400), QUESTION, "vi", sources_of(*texts(2)))
    assert (window.evidence, window.left_out) == ((), 2)


def test_passages_that_hold_the_quotes_come_first_and_none_twice(
    sources_of: Sources, hits_of: Callable[..., list[Hit]]
) -> None:
    hits = hits_of(*texts(4))
    quoted = Source(hits[2].document, hits[2].passage)
    elsewhere = sources_of("Một đoạn khác, tìm kiếm không thấy.")[0]
    assert names(ranked([quoted], hits)) == ["3.md", "1.md", "2.md", "4.md"]
    assert len(ranked([quoted, quoted], hits)) == 4
    assert ranked([elsewhere], [])[0] is elsewhere


@settings(max_examples=40, deadline=None)
@given(window=st.integers(600, 4000), lengths=st.lists(st.integers(1, 120), max_size=8))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_request_and_reply_never_exceed_the_window(
    sources_of: Sources, saying: Any, language: str, window: int, lengths: list[int]
) -> None:
    sources = sources_of(*(texts(1, length)[0] for length in lengths))
    model = saying("", context_window=window, max_tokens=200)
    chosen = choose(model, QUESTION, language, sources)
    assert len(chosen.evidence) + chosen.left_out == len(sources)
    if chosen.evidence:
        assert request_tokens(model, QUESTION, language, chosen.evidence) + model.max_tokens <= window
