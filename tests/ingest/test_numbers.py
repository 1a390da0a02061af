"""Document numbers are found in every spelling in use and compared in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numbers import KIND_CODES, canonical, find_numbers, find_short_numbers, fold, serial_of, short


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("366-QĐ/TW", "366qdtw"),
        ("28-CT/TW", "28cttw"),
        ("28 - CT/TW", "28cttw"),
        ("28–CT/TW", "28cttw"),
        ("CT 28-CT/TW", "28cttw"),
        ("28/CT-TW", "28cttw"),
        ("số 01-HD/TW", "1hdtw"),
        ("08 - NQ/TU", "8nqtu"),
        ("35/2019/NĐ-CP", "352019ndcp"),
        ("144 /2002/QĐ/BTC", "1442002qdbtc"),
        ("18-NQ/T.Ư", "18nqtw"),
        ("18-NQ/TƯ", "18nqtw"),
        ("366-qd/tw", "366qdtw"),
        ("52/2014/QH13", "522014qh13"),
        ("QÐ 12-QÐ/TU", "12qdtu"),
        ("28 CT TW", "28cttw"),
        ("61 QĐ VPTU", "61qdvptu"),
    ],
)
def test_every_spelling_has_one_form(written: str, form: str) -> None:
    assert canonical(written) == form
    assert [m.canonical for m in find_numbers(f"Theo {written}, các chi bộ thực hiện.")] == [form]


def test_trung_uong_is_not_tinh_uy() -> None:
    assert canonical("18-NQ/T.Ư") != canonical("18-NQ/TU")


def test_leading_zeros_do_not_matter() -> None:
    assert canonical("01-HD/TW") == canonical("1-HD/TW") != canonical("10-HD/TW")


@pytest.mark.parametrize(
    "text",
    [
        "nhiệm kỳ 2020-2025",
        "ngày 19/09/2022",
        "tháng 10-2023",
        "có 57.763 đảng viên",
        "tăng 5-7%",
        "trực 24/7",
        "thời kỳ CNH-HĐH",
        "dài 50-100 km",
    ],
)
def test_figures_and_dates_are_no_numbers(text: str) -> None:
    assert find_numbers(text) == []


def test_spans_hold_the_number_alone() -> None:
    text = "Căn cứ Kết luận số 903-KL/TU và Chỉ thị số 28 - CT/TW, ban hành kế hoạch."
    found = find_numbers(text)
    assert [text[m.start : m.end] for m in found] == ["903-KL/TU", "28 - CT/TW"]
    assert all(m.written == text[m.start : m.end] for m in found)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Chỉ thị 28 nói gì?", ["28ct"]),
        ("chi thi so 28 noi gi", ["28ct"]),
        ("Nghị quyết số 01 và Chỉ thị số 02", ["1nq", "2ct"]),
        ("NQ 07 của tỉnh", ["7nq"]),
        ("Nghị quyết 28-NQ/TW", []),
        ("kế hoạch 2020-2025", []),
        ("báo cáo 5% số chi bộ", []),
    ],
)
def test_short_forms(text: str, forms: list[str]) -> None:
    assert [m.canonical for m in find_short_numbers(text)] == forms


def test_short_form_of_a_full_number_is_what_a_short_mention_gives() -> None:
    assert short("28-CT/TW") == find_short_numbers("Chỉ thị 28")[0].canonical
    assert short("97-QĐi/TU") == find_short_numbers("Quy định 97")[0].canonical
    assert short("52/2014/QH13") is None


@given(
    serial=st.integers(1, 9999),
    kind=st.sampled_from([c.upper() for c in KIND_CODES if len(c) > 1]),
    issuer=st.sampled_from(["TW", "TU", "HU", "ĐU", "BTCTW", "UBKTTW", "BTGTU"]),
    zeros=st.integers(0, 2),
    first=st.sampled_from(["-", " - ", "–", " – ", "/"]),
    second=st.sampled_from(["/", "-"]),
)
def test_separators_spaces_and_zeros_never_change_the_form(
    serial: int, kind: str, issuer: str, zeros: int, first: str, second: str
) -> None:
    digits = str(serial).rjust(min(5, len(str(serial)) + zeros), "0")
    written = f"{digits}{first}{kind}{second}{issuer}"
    plain = f"{serial}-{kind}/{issuer}"
    assert canonical(written) == canonical(plain) == f"{serial}{fold(kind + issuer)}"
    assert [m.written for m in find_numbers(f"Số {written} ngày 5/6/2020")] == [written]
    assert serial_of(written) == serial


@given(st.text(max_size=200))
def test_any_text_is_searched_without_fault(text: str) -> None:
    for mention in [*find_numbers(text), *find_short_numbers(text)]:
        assert text[mention.start : mention.end] == mention.written
        assert mention.canonical.isascii()
