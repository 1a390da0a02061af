"""Which numbers of a sentence count something."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.quantities import DATE, figures


def shown(sentence: str) -> list[str]:
    return [match.group() for match in figures(sentence)]


@pytest.mark.parametrize(
    ("sentence", "quantities"),
    [
        ("Huyện có 57.763 đảng viên, chiếm 4,5% dân số.", ["57.763", "4,5"]),
        ("Họp ngày 3/2/2021, sáng 5-6 và năm 2019 có 12 người.", ["12"]),
        ("Giai đoạn 2020-2025 phấn đấu kết nạp 900 người.", ["900"]),
        ("Ngày 19 tháng 5 năm 2020 kết nạp 19 người.", ["19"]),
        ("Thực hiện Quy định số 24-QĐ/TW và Chỉ thị 05-CT/TW.", []),
        ("Không có con số nào.", []),
        ("Chi bộ 2 họp ở lầu 6, Quận 4, bàn Điều 5 lần thứ 3; có 21 đảng viên.", ["21"]),
        ("3. Chi bộ cử người dự; chi bộ 15 đảng viên trở lên cử 2 người.", ["15", "2"]),
        ("3.500 người dự.", ["3.500"]),
    ],
)
def test_figures_are_quantities(sentence: str, quantities: list[str]) -> None:
    assert shown(sentence) == quantities


@settings(deadline=None)
@given(
    st.integers(0, 999_999),
    st.sampled_from(["ngày 3/2/2021", "theo Chỉ thị số 28-CT/TW", "tháng 4/2019", ""]),
)
def test_a_quantity_is_found_beside_dates_and_numbers(count: int, beside: str) -> None:
    written = f"{count:,}".replace(",", ".")
    assert shown(f"Kết nạp {written} người {beside}.") == [written]


@pytest.mark.parametrize(
    "written", ["14/11/2023", "ngày 5.3.2021", "ngày 19 tháng 5", "tháng 4/2019", "năm 2020", "2020-2025"]
)
def test_dates_are_seen_in_every_spelling(written: str) -> None:
    match = DATE.search(f"Hội nghị họp {written} tại xã")
    assert match is not None
    assert match.group() == written
