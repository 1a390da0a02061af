"""When a text states a fact: numbers by value, dates by day, words whole and with their own diacritics."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluate.stated import states, states_any, typed_without_marks
from ingest.numbers import fold


@pytest.mark.parametrize(
    ("text", "accepted", "stated"),
    [
        ("kết nạp 20 người", "20", True),
        ("kết nạp hai mươi người", "20 người", True),
        ("twenty-seven members were admitted to the party", "27", True),
        ("trong năm 2020", "20", False),
        ("trong năm 1920", "20", False),
        ("kết nạp 1.250 người", "250", False),
        ("kết nạp 1.250 người", "1.250", True),
        ("some 1,250 members of the party", "1.250", True),
        ("kết nạp 1.250 người", "1", False),
        ("kết nạp 1.251 người", "1.250", False),
        ("thu 1,5 tỷ đồng", "1.500 triệu đồng", True),
        ("đạt 39,7%", "39", False),
        ("đạt 39,7%", "39,7%", True),
        ("đạt 39,7 phần trăm", "39,7%", True),
        ("đạt 39,7%", "39,7", True),
        ("có 39,7 điểm", "39,7%", False),
        ("có 250, trong đó", "250", True),
        ("có 250.", "250", True),
        ("có 20. Người nào", "20 người", False),
        ("200 và 20", "20", True),
        ("ngày 20/11", "20", False),
        ("ngày 31 tháng 8 năm 2020", "31/8/2020", True),
        ("ngày 31/08/2020", "năm 2020", True),
        ("năm 2020", "31/8/2020", False),
        ("ngày 30/8/2020", "31/8/2020", False),
        ("năm 1950", "1.950", False),
        ("1.950 hộ", "1950", True),
        ("3–6 tháng", "3-6 tháng", True),
        ("13-6 tháng", "3-6 tháng", False),
        ("Chỉ thị số 28 - CT/TW", "28-CT/TW", True),
        ("Chỉ thị số 29-CT/TW", "28-CT/TW", False),
        ("Đảng bộ xã HOÀ LẠC", "Hòa Lạc", True),
        ("Ủy ban", "uỷ ban", True),
        ("quý I", "quý I", True),
        ("quý II", "quý I", False),
        ("qua ba\n  bước", "ba bước", True),
        (unicodedata.normalize("NFD", "đảng viên nữ"), "Đảng viên", True),
        ("đang viên", "đảng viên", False),
        ("dang vien", "đảng viên", False),
        ("“Mường Nhé”", "Mường Nhé", True),
        ("bất kỳ", "", False),
    ],
)
def test_a_fact_is_stated_by_its_value_or_not_at_all(text: str, accepted: str, stated: bool) -> None:
    assert states(text, accepted) is stated


def test_words_without_marks_count_where_the_question_had_none_and_other_marks_never() -> None:
    assert states("huyen Muong Nhe", "Mường Nhé", unmarked=True)
    assert states("huyện Mường Nhé", "Mường Nhé", unmarked=True)
    assert not states("huyện Mướng Nhè", "Mường Nhé", unmarked=True)
    assert not states("huyen Muong Nhe", "Mường Nhé")
    assert typed_without_marks("ai chu tri hoi nghi", "vi")
    assert not typed_without_marks("Ai chủ trì hội nghị?", "vi")
    assert not typed_without_marks("Who chaired it?", "en")


@pytest.mark.parametrize(("said", "near"), [("57.000", True), ("58.900", True), ("56.000", False)])
def test_a_tolerance_is_a_share_of_the_expected_number(said: str, near: bool) -> None:
    assert states(f"có {said} đảng viên", "57.763 đảng viên", tolerance=0.02) is near
    assert not states(f"có {said} đảng viên", "57.763 đảng viên")


def test_one_accepted_string_is_enough() -> None:
    assert states_any("kéo dài 5 ngày", ["một tuần", "5 ngày"])
    assert not states_any("kéo dài 6 ngày", ["một tuần", "5 ngày"])


@given(st.integers(0, 10**9))
def test_a_number_is_stated_however_it_is_grouped_and_one_that_is_off_by_one_is_not(number: int) -> None:
    grouped = f"{number:,}".replace(",", ".")
    for written in (str(number), grouped):
        assert states(f"kết nạp {written} đảng viên", f"{grouped} đảng viên")
        assert not states(f"kết nạp {written} đảng viên", f"{number + 1} đảng viên")


@given(
    st.dates(
        min_value=__import__("datetime").date(1930, 1, 1), max_value=__import__("datetime").date(2099, 12, 31)
    )
)
def test_a_date_is_stated_in_figures_and_in_words(day: object) -> None:
    d = day
    words = f"họp ngày {d.day} tháng {d.month} năm {d.year}"  # type: ignore[attr-defined]
    figures = f"họp ngày {d.day:02}/{d.month:02}/{d.year}"  # type: ignore[attr-defined]
    wanted = f"{d.day}/{d.month}/{d.year}"  # type: ignore[attr-defined]
    assert states(words, wanted)
    assert states(figures, wanted)
    assert not states(words, f"{d.day}/{d.month}/{d.year + 1}")  # type: ignore[attr-defined]


@given(st.sampled_from(["đảng", "chi bộ", "kết nạp", "Hòa Lạc", "quần chúng"]))
def test_a_word_never_states_another_with_the_same_letters(word: str) -> None:
    assert states(word, word)
    assert states(fold(word), word, unmarked=True)
    assert not states(fold(word), word)
    assert not states(word, fold(word), unmarked=True)


def test_a_day_without_its_year_is_a_date_by_what_stands_around_it() -> None:
    assert states("Hội nghị họp sáng 10/9, tại tỉnh.", "10/9")
    assert states("Họp ngày 10 tháng 9.", "10/9")
    assert not states("Hội nghị họp sáng 9/10, tại tỉnh.", "10/9")
    assert not states("Đạt 10/19 chỉ tiêu.", "10/9")
