"""One number, one date, one document, however it is written."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verification.figures import Bound, Figure, find_figures
from assistant.verification.moments import Moment, find_moments
from assistant.verification.numerals import spelt
from assistant.verification.references import find_documents, find_labels

MONTHS = "January February March April May June July August September October November December".split()
DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()


def figure(text: str, *, english: bool = False) -> Figure:
    (found,) = find_figures(text, (), english=english)
    return found


def in_words(number: int) -> str:
    """A number below 1000 as it is said."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    parts = [f"{DIGITS[hundreds]} trăm"] if hundreds else []
    if tens == 0 and ones and hundreds:
        parts += ["linh", DIGITS[ones]]
    elif tens == 0 and ones:
        parts.append(DIGITS[ones])
    elif tens == 1:
        parts.append("mười" + (f" {'lăm' if ones == 5 else DIGITS[ones]}" if ones else ""))
    elif tens:
        last = {0: "", 1: " mốt", 4: " tư", 5: " lăm"}.get(ones, f" {DIGITS[ones]}")
        parts.append(f"{DIGITS[tens]} mươi{last}")
    return " ".join(parts)


@given(st.integers(2, 999).filter(lambda n: n != 5))
def test_numbers_in_words_are_those_in_figures(number: int) -> None:
    (found,) = spelt(f"có {in_words(number)} đảng viên")
    assert found.value == number


@given(st.integers(1000, 999_999))
def test_groups_of_thousands_change_no_number(number: int) -> None:
    grouped = f"{number:,}"
    plain = figure(f"có {number} x")
    assert figure(f"có {grouped.replace(',', '.')} x").equals(plain)
    assert figure(f"has {grouped} x", english=True).equals(plain)


@given(st.integers(0, 99), st.integers(1, 9))
def test_a_percentage_reads_alike_in_both_languages(whole: int, tenth: int) -> None:
    vietnamese = figure(f"chiếm {whole},{tenth}%")
    assert vietnamese.equals(figure(f"at {whole}.{tenth} per cent", english=True))
    assert vietnamese.equals(figure(f"chiếm {whole}.{tenth} phần trăm"))
    assert not vietnamese.equals(figure(f"có {whole},{tenth} x"))


@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)))
def test_a_date_is_one_however_it_is_written(day: date) -> None:
    d, m, y = day.day, day.month, day.year
    ways = (
        f"ngày {d} tháng {m} năm {y}",
        f"ngày {d:02} tháng {m:02} năm {y}",
        f"{d}/{m}/{y}",
        f"{d:02}-{m:02}-{y}",
        f"{d}.{m}.{y}",
        day.isoformat(),
        f"{d} {MONTHS[m - 1]} {y}",
        f"{MONTHS[m - 1]} {d}, {y}",
    )
    for way in ways:
        assert [mention.value for mention in find_moments(f"họp {way}, tại xã")] == [Moment(y, m, d)], way


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.dates(date(1990, 1, 1), date(2040, 12, 31)))
def test_a_day_is_within_its_month_and_year_and_no_other(one: date, other: date) -> None:
    mine, theirs = Moment(one.year, one.month, one.day), Moment(other.year, other.month, other.day)
    nothing = frozenset[int]()
    assert Moment(one.year).within(mine, nothing)
    assert Moment(one.year, one.month).within(mine, nothing)
    assert not mine.within(Moment(one.year, one.month), nothing)
    assert mine.within(theirs, nothing) == (one == other)


def test_a_range_of_days_names_its_month_once() -> None:
    for text in (
        "từ 12 đến 17/5/2025",
        "12-17/5/2025",
        "từ ngày 12 đến ngày 17 tháng 5 năm 2025",
        "12 to 17 May 2025",
    ):
        assert [m.value for m in find_moments(text)] == [Moment(2025, 5, 12), Moment(2025, 5, 17)], text


@pytest.mark.parametrize(
    ("said", "exact", "near"),
    [
        ("hơn 57 nghìn", "57.763", True),
        ("57,7 nghìn", "57.763", True),
        ("gần 58 nghìn", "57.763", True),
        ("khoảng 58 nghìn", "57.763", True),
        ("hơn 58 nghìn", "57.763", False),
        ("hơn 56 nghìn", "57.763", False),
        ("57,6 nghìn", "57.763", False),
        ("gần 57 nghìn", "57.763", False),
        ("khoảng 40%", "39,7%", True),
        ("khoảng 40%", "49,7%", False),
        ("hai phần ba", "67%", True),
        ("57.764", "57.763", False),
    ],
)
def test_an_approximation_holds_as_far_as_it_claims(said: str, exact: str, near: bool) -> None:
    assert figure(f"có {said}").approximates(figure(f"có {exact}")) is near


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("ít nhất 20 học viên", Bound.AT_LEAST),
        ("từ 30 đảng viên trở lên", Bound.AT_LEAST),
        ("không quá 5 năm", Bound.AT_MOST),
        ("hơn 600 người", Bound.ABOVE),
        ("dưới 30 đảng viên", Bound.BELOW),
        ("có 30 đảng viên", Bound.EXACT),
    ],
)
def test_what_bounds_a_figure_is_read_with_it(text: str, bound: Bound) -> None:
    assert figure(text).bound is bound


def test_the_year_and_the_number_five_are_told_apart() -> None:
    assert [number.value for number in spelt("học năm bài trong năm ngày, mỗi năm hai lớp")] == [5, 5, 2]
    assert [number.value for number in spelt("cuối năm, đầu năm sau")] == []


def test_shares_in_words_are_shares() -> None:
    assert [(n.value, n.share) for n in spelt("ít nhất hai phần ba, quá nửa và một nửa")] == [
        (Fraction(2, 3), True),
        (Fraction(1, 2), True),
        (Fraction(1, 2), True),
    ]
    assert [n.value for n in spelt("two thirds of members, half of them", english=True)] == [
        Fraction(2, 3),
        Fraction(1, 2),
    ]


@pytest.mark.parametrize(
    "text", ["Quy định số 24-QĐ/TW", "Quy định 24 - qđ/tw", "Regulation No. 24-QĐ/TW", "Quy định 24"]
)
def test_a_document_is_one_however_its_number_is_written(text: str) -> None:
    (found,) = find_documents(text)
    assert found.number == "24qd"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("theo Điều 8", ("article", "8")),
        ("under Article 8", ("article", "8")),
        ("khóa XIII", ("tenure", "13")),
        ("the 13th tenure", ("tenure", "13")),
        ("Đại hội lần thứ XI", ("congress", "11")),
        ("the 11th National Congress", ("congress", "11")),
    ],
)
def test_turns_and_articles_are_one_in_roman_and_arabic_numerals(text: str, named: tuple[str, str]) -> None:
    assert [(label.name, label.number) for label in find_labels(text)] == [named]
