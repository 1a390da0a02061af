"""What is no text is taken out, wherever a stream is parted."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.cleaning import Spoken, Unopened, Whole

PARTS = st.sampled_from(
    ["<think>", "</think>", "<THINK>", "</Reasoning>", "<", ">", "</", "think", "Có 57 < 58.", "\n", "ậ🎉"]
)
CUTS = st.lists(st.integers(0, 80), max_size=8)


def pieces(text: str, cuts: list[int]) -> list[str]:
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    return [text[start:end] for start, end in pairwise(places)]


def spoken(chunks: list[str], *, thinking: bool = False) -> str | None:
    cleaner = Spoken(thinking=thinking)
    try:
        return "".join(cleaner.feed(chunk) for chunk in chunks) + cleaner.end()
    except Unopened:
        return None


@given(st.lists(PARTS, max_size=10).map("".join), CUTS, st.booleans())
def test_how_a_stream_is_parted_changes_nothing(text: str, cuts: list[int], thinking: bool) -> None:
    whole = spoken([text], thinking=thinking)
    parted = spoken(pieces(text, cuts), thinking=thinking)
    # Text that is passed on before it turns out to have been reasoning cannot be taken back: that is told.
    assert parted is None or parted == whole


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Có 57.", "Có 57."),
        ("<think>58?</think>Có 57.", "Có 57."),
        ("  <think>58?</think>\n\nCó 57.", "Có 57."),
        ("<think>a</think>Có <think>b</think>57.", "Có 57."),
        ("<think>a<b</think>Có 57.", "Có 57."),
        ("<think>không hết", ""),
        ("Số < 58", "Số < 58"),
        ("Số <", "Số <"),
        ("<thinker>x</thinker>", "<thinker>x</thinker>"),
        ("58?</think>Có 57.", "Có 57."),
    ],
)
def test_reasoning_is_left_out(text: str, said: str) -> None:
    assert spoken([text]) == said


def test_reasoning_that_was_passed_on_is_told() -> None:
    cleaner = Spoken()
    assert cleaner.feed("Tài liệu nói 58.") == "Tài liệu nói 58."
    with pytest.raises(Unopened):
        cleaner.feed("</think>")


def halves(text: str) -> str:
    """Each character beyond 16 bits as two, as JSON escapes write it."""
    return "".join(character if ord(character) < 0x10000 else _pair(character) for character in text)


def _pair(character: str) -> str:
    data = character.encode("utf-16-le")
    return "".join(chr(int.from_bytes(data[at : at + 2], "little")) for at in (0, 2))


@given(st.text(), CUTS)
def test_halves_of_characters_are_joined_wherever_they_are_parted(text: str, cuts: list[int]) -> None:
    whole = Whole()
    joined = [whole.feed(piece) for piece in pieces(halves(text), cuts)]
    assert "".join(joined) + whole.end() == text
    for piece in joined:
        piece.encode("utf-8")


def test_a_half_without_the_other_is_marked() -> None:
    whole = Whole()
    assert whole.feed("a\udf89b\ud83c") + whole.feed("c\ud83c") + whole.end() == "a\ufffdb\ufffdc\ufffd"
