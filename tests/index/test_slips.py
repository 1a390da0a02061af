"""Slips of typing are put right by the library's words, and nothing else is touched."""

from __future__ import annotations

import pytest

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
