"""Provinces and cities are told apart, by rank and from other things of the same name."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.divisions import FORMER_CITIES, FORMER_PROVINCES
from ingest.places import Place, Rank, about, find_places, gazetteer, one_tone_style, successor


def named(text: str) -> list[tuple[str, Rank | None]]:
    return [(m.name, m.rank) for m in find_places(text)]


def place(title: str, text: str = "", issuer: str = "", *, national: bool = False) -> str | None:
    found = about(title, issuer, text, national=national)
    return None if found is None else str(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đảng bộ tỉnh Nam Định", [("Nam Định", Rank.PROVINCE)]),
        ("Thành ủy Nam Định họp", [("Nam Định", Rank.CITY)]),
        ("TP. Vinh và Tp Huế", [("Vinh", Rank.CITY), ("Huế", Rank.CITY)]),
        ("TỈNH UỶ HÒA BÌNH", [("Hòa Bình", Rank.PROVINCE)]),
        ("Tỉnh ủy Thanh Hoá, Tỉnh uỷ Thanh Hóa", [("Thanh Hóa", Rank.PROVINCE)] * 2),
        ("TP.HCM", [("Hồ Chí Minh", Rank.CITY)]),
        ("tỉnh Bà Rịa-Vũng Tàu", [("Bà Rịa - Vũng Tàu", Rank.PROVINCE)]),
        ("các lớp ở Lạng Sơn", [("Lạng Sơn", None)]),
        ("tỉnh Đắc Lắc", [("Đắk Lắk", Rank.PROVINCE)]),
    ],
)
def test_places_are_found_with_their_rank(text: str, expected: list[tuple[str, Rank | None]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "tư tưởng Hồ Chí Minh",
        "huyện Điện Biên",
        "vùng Hà Nam Ninh cũ",
        "ông Trần Hà Nam phát biểu",
        "giữ gìn hòa bình",
        "GIỮ GÌN HÒA BÌNH",
        "bà Nguyễn Thị Huế",
        "biển Thái Bình Dương",
    ],
)
def test_what_only_looks_like_a_place_is_left_out(text: str) -> None:
    assert named(text) == []


def test_province_and_city_of_one_name_are_different() -> None:
    assert place("Kinh nghiệm của Đảng bộ thành phố Nam Định") == "thành phố Nam Định"
    assert place("Kinh nghiệm của Đảng bộ tỉnh Nam Định") == "tỉnh Nam Định"


def test_a_bare_name_takes_the_rank_the_text_gives_it() -> None:
    assert place("Lớp mới ở Nam Định", "Thành ủy Nam Định mở hai lớp. Thành ủy Nam Định giao.") == (
        "thành phố Nam Định"
    )
    assert place("Lớp mới ở Nam Định", "Tỉnh ủy Nam Định mở hai lớp.") == "tỉnh Nam Định"


def test_cities_of_the_province_do_not_make_it_unclear() -> None:
    text = "Tỉnh ủy Quảng Ninh giao chỉ tiêu. Thành phố Hạ Long tăng 5%; thành phố Móng Cái tăng 3%. " * 3
    assert place("Kết quả kết nạp đảng viên", text) == "tỉnh Quảng Ninh"


def test_none_where_no_place_leads() -> None:
    assert place("Kết quả kết nạp đảng viên", "Tỉnh ủy họp với các huyện ủy.") is None
    assert place("Kết quả", "Tỉnh Lào Cai tăng. Tỉnh Sơn La tăng. " * 4) is None
    assert place("Kết quả", "Đoàn đã thăm tỉnh Lào Cai một lần.") is None


def test_where_it_was_signed_is_not_what_it_is_about() -> None:
    assert place("Quy định về hồ sơ", "Hà Nội, ngày 5 tháng 6 năm 2020\n" * 9) is None


def test_a_central_document_is_about_a_place_only_by_its_title() -> None:
    text = "Các cơ quan tại thành phố Hà Nội và thành phố Hà Nội báo cáo thành phố Hà Nội." * 3
    assert place("Quy định về hồ sơ", text, national=True) is None
    assert place("Nghị quyết về phát triển thành phố Hà Nội", text, national=True) == "thành phố Hà Nội"


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("tỉnh Bắc Giang", "tỉnh Bắc Ninh"),
        ("thành phố Bắc Ninh", "tỉnh Bắc Ninh"),
        ("thành phố Hải Dương", "thành phố Hải Phòng"),
        ("tỉnh Thừa Thiên Huế", "thành phố Huế"),
        ("tỉnh Bắc Ninh", None),
        ("thành phố Hà Nội", None),
        ("tỉnh Không Có", None),
    ],
)
def test_former_units_know_their_successor(before: str, now: str | None) -> None:
    assert successor(before) == now


def test_the_tables_agree_with_the_package() -> None:
    gaz = gazetteer()
    units = {str(Place(name, rank)) for name, ranks in gaz.ranks.items() for rank in ranks}
    today = {unit for unit in units if successor(unit) is None}
    assert len(today) == 34
    # Every former unit leads to one of today's, and nowhere else.
    assert {successor(unit) for unit in units - today} <= today
    # 63 provinces until 2025: 33 of today's keep their names; Thừa Thiên Huế became the city of Huế.
    assert len(set(FORMER_PROVINCES) - {"Hà Tây"}) == 63 - 33
    assert set(FORMER_CITIES) <= set(gaz.ranks)


def test_importing_stays_light() -> None:
    code = "import sys, ingest.places, ingest.sidecar, ingest.split; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"vietnam_provinces", "yaml", "numpy", "torch", "llama_index", "viparse"} & set(loaded)


@given(st.text(max_size=120))
def test_tone_style_keeps_offsets(text: str) -> None:
    assert len(one_tone_style(text)) == len(text)


@given(
    st.lists(st.sampled_from(["tỉnh", "Thành ủy", "Hà Nội", "Bắc Ninh", "HÒA BÌNH", "An", ",", "\n", "TP."]))
)
def test_spans_are_the_names(words: list[str]) -> None:
    text = " ".join(words)
    for mention in find_places(text):
        written = text[mention.start : mention.end]
        assert one_tone_style(written).lower() == one_tone_style(mention.name).lower()
