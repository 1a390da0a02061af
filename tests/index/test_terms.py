from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.terms import analyse, fold, syllable
from ingest.numbers import fold as strip_marks

VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẩỗớựỳ ĐƯƠ.,-/0123456789\n", max_size=80)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("thúy", "thuý"),
        ("Quý", "quí"),
        ("qúy", "quý"),
        ("kỹ", "kĩ"),
        ("tỷ", "tỉ"),
        ("khỏe", "khoẻ"),
        ("ĐẢNG", "đảng"),
    ],
)
def test_spellings_of_one_syllable_have_one_term(one: str, other: str) -> None:
    assert syllable(one) == syllable(other)
    assert syllable(unicodedata.normalize("NFD", one)) == syllable(one)


@pytest.mark.parametrize(
    ("one", "other"), [("đảng", "đang"), ("đảng", "đáng"), ("đảng", "dạng"), ("thúy", "thúi"), ("lá", "là")]
)
def test_different_syllables_have_different_exact_terms(one: str, other: str) -> None:
    assert syllable(one) != syllable(other)


def test_folded_terms_serve_questions_without_diacritics() -> None:
    assert analyse("Đảng viên dự bị").folded == analyse("dang vien du bi").folded
    assert analyse("Đảng viên dự bị").exact != analyse("dang vien du bi").exact
    assert analyse("kỹ thuật").folded == analyse("ki thuat").folded == analyse("ky thuat").folded


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("57.763 đồng chí", ("57763",)),
        ("1.234.567", ("1234567",)),
        ("1.234,5 tấn", ("1234,5",)),
        ("0,69%", ("0,69",)),
        ("0.69%", ("0,69",)),
        ("chi bộ 05", ("5",)),
        ("năm 2023.", ("2023",)),
    ],
)
def test_a_number_is_one_term(text: str, terms: tuple[str, ...]) -> None:
    assert tuple(t for t in analyse(text).exact if t[0].isdigit()) == terms


def test_an_english_thousands_comma_meets_the_vietnamese_point_in_the_folded_field() -> None:
    assert "57763" in analyse("57,763 members").folded
    assert "57763" in analyse("57.763 đảng viên").folded
    assert analyse("tăng 0,123").folded[-1] != "123"


@pytest.mark.parametrize("written", ["28-CT/TW", "28 - CT/TW", "28–CT/TW", "28-ct/tw", "số 28-CT/T.Ư"])
def test_a_document_number_is_one_canonical_term(written: str) -> None:
    assert "28cttw" in analyse(f"Theo {written} của Ban Bí thư").canonical


def test_a_short_reference_meets_the_full_number() -> None:
    assert set(analyse("chi thi 28").canonical) & set(analyse("Chỉ thị số 28-CT/TW").canonical)


@pytest.mark.parametrize(
    "written", ["05/06/2023", "5-6-2023", "5.6.2023", "ngày 5 tháng 6 năm 2023", "ngay 05 thang 6 nam 2023"]
)
def test_a_date_is_one_canonical_term(written: str) -> None:
    assert analyse(f"Hà Nội, {written}").canonical == ("d20230605",)


def test_what_is_no_date_is_no_date_term() -> None:
    assert analyse("45/13/2023 và 12/2023").canonical == ()


def test_pairs_do_not_cross_punctuation_or_paragraphs() -> None:
    found = analyse("xây dựng Đảng, chính quyền\n\nđoàn thể")
    assert set(found.folded_pairs) == {"xay_dung", "dung_dang", "chinh_quyen", "doan_the"}
    assert analyse("xây\ndựng").folded_pairs == ("xay_dung",)


@given(VIETNAMESE)
def test_terms_hold_no_blank_and_fold_as_their_text_does(text: str) -> None:
    found = analyse(text)
    for term in (*found.exact, *found.exact_pairs, *found.folded, *found.folded_pairs, *found.canonical):
        assert term
        assert not any(c.isspace() for c in term)
    assert found.folded == tuple(fold(term) for term in found.exact)
    assert analyse(unicodedata.normalize("NFD", text)) == analyse(text)
    assert analyse(text.upper()).folded == analyse(text.lower()).folded


@given(VIETNAMESE)
def test_a_text_typed_without_diacritics_has_the_same_folded_terms(text: str) -> None:
    assert analyse(strip_marks(text)).folded == analyse(text).folded


@given(st.text(max_size=60))
def test_any_text_at_all_has_terms_or_none(text: str) -> None:
    found = analyse(text)
    assert len(found.exact) == len(found.folded)
