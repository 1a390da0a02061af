"""Slips of typing are put right by the library's words, and nothing else is touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.abbreviations import definitions
from index.restore import Restorer
from index.slips import from_keys, slip
from index.syllables import SyllableModel, is_spelt_right

TEXT = (
    "Đảng bộ tỉnh kết nạp đảng viên mới. Chi bộ phân công đảng viên chính thức theo dõi, giúp đỡ quần chúng. "
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("đảng vịên mới là ai", "đảng viên mới là ai"),
        ("đẩng viên mới là ai", "đảng viên mới là ai"),
        ("đảngviên mới là ai", "đảng viên mới là ai"),
        ("dangvien moi la ai", "đảng viên mới là ai"),
        ("đảnng viên mới là ai", "đảng viên mới là ai"),
        ("ket nap dagn vien moi", "kết nạp đảng viên mới"),
    ],
)
def test_a_slip_is_put_right(typed: str, meant: str) -> None:
    restorer = Restorer(SyllableModel.learn([TEXT * 20]))
    assert restorer.correct(typed).text == meant
    assert restorer.correct(meant).text == meant


def test_input_method_keys() -> None:
    assert from_keys("vieetj") == from_keys("vieejt") == from_keys("vie65t") == "việt"


def test_what_is_two_slips_away_is_no_slip() -> None:
    assert slip("đảgn", "đảng") is not None
    assert slip("bầu", "chiến") is None


def test_spelling_rules() -> None:
    assert is_spelt_right("nghiệp")
    assert is_spelt_right("được")
    assert is_spelt_right("hòa")
    assert not is_spelt_right("vịên")
    assert not is_spelt_right("đạnc")


def test_an_abbreviation_is_learned_where_its_initials_fit() -> None:
    assert list(definitions("các tổ chức cơ sở đảng (TCCSĐ) và tỉnh (ABC)")) == [
        ("TCCSĐ", "tổ chức cơ sở đảng")
    ]
    assert ("BCĐ", "ban chỉ đạo") in list(definitions("Ban Chỉ đạo, sau đây gọi tắt là BCĐ, họp"))


WORDS = (
    "Đảng", "đảng", "dang", "dagn", "đẩng", "TCCSĐ", "BCH", "28-CT/TW", "903-KL/TU", "2.407", "12/5/2023",
    "98,6%", "ten@so.vn", "vien", "vieen", "đảngviên", "Lan", "LAN", "zzkq", "ke61t",
    "What", "is", "?", ",", "(", "“",
    "…", "ß", "İ",
)  # fmt: skip


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer(SyllableModel.learn([TEXT * 20]))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_corrected_and_a_second_time_nothing_is_lost(restorer: Restorer, text: str) -> None:
    corrected = restorer.correct(text)
    for change in corrected.changes:
        assert change.typed != change.read
        assert change.read in corrected.text
    if not corrected.changes:
        assert corrected.text == unicodedata.normalize("NFC", text)


def figures(text: str) -> list[str]:
    return [token for token in text.split() if any(character.isdigit() for character in token)]


def capitals(text: str) -> list[str]:
    return [token for token in text.split() if len(token) > 1 and token.isupper() and token.isalpha()]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=10))
def test_figures_codes_and_capitals_are_kept(restorer: Restorer, tokens: list[str]) -> None:
    typed = " ".join(tokens)
    corrected = restorer.correct(typed).text
    codes = [token for token in figures(typed) if token != "ke61t"]
    assert [token for token in figures(corrected) if token in codes] == codes
    # In a question all in capitals a word in capitals is a word like any other.
    if not typed.isupper():
        assert capitals(corrected) == capitals(typed)
    # What is kept as it was typed begins as large as it was typed.
    if len(corrected.split()) == len(tokens):
        for before, after in zip(tokens, corrected.split(), strict=True):
            assert before[:1].isupper() == after[:1].isupper()
