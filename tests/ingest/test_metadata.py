"""What a document says of itself is found; what it only mentions is not taken for its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.dates import find_dates
from ingest.metadata import Metadata, Overrides, describe, headline
from ingest.press import publication_date
from ingest.types import Access, Kind, Origin, RawText

PARTY = """TỈNH ỦY NAM ĐỊNH                         ĐẢNG CỘNG SẢN VIỆT NAM
BAN TỔ CHỨC
*                                 Nam Định, ngày 05 tháng 6 năm 2023
Số 12-HD/BTCTU

HƯỚNG DẪN
một số việc về quản lý hồ sơ đảng viên
-----

Thực hiện Chỉ thị số 28-CT/TW, ngày 21/01/2019 của Ban Bí thư, Ban Tổ chức Tỉnh ủy hướng dẫn như sau:

I. MỤC ĐÍCH
1. Giúp chi bộ giữ hồ sơ đầy đủ.
"""

CENTRAL = """ĐẢNG CỘNG SẢN VIỆT NAM
BAN CHẤP HÀNH TRUNG ƯƠNG
*
Số 99-CT/TW

Hà Nội, ngày 2 tháng 3 năm 2021

CHỈ THỊ
CỦA BAN BÍ THƯ
VỀ MỘT SỐ VIỆC CẦN LÀM TẠI CHI BỘ
-----

Thời gian qua, chi bộ ở thành phố Hà Nội và nhiều nơi đã làm tốt.
"""

STATE = """ỦY BAN NHÂN DÂN
TỈNH QUẢNG NINH
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 366/QĐ-UBND
Quảng Ninh, ngày … tháng … năm 2024
QUYẾT ĐỊNH
Về việc ban hành Quy chế làm việc
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Điều 1. Ban hành Quy chế này.
"""

ARTICLE = """Kinh nghiệm tạo nguồn đảng viên ở Đảng bộ thành phố Nam Định

09:05 17/03/2023

Năm qua, Thành ủy Nam Định chọn cách làm mới. Chỉ thị số 28-CT/TW ngày 21/01/2019 được quán triệt.

Ảnh: Văn Lâm

Thành ủy Nam Định giao chỉ tiêu cho từng chi bộ.

Theo Báo Nam Định

Link gốc: https://example.org/tao-nguon.htm
"""


def read(text: str, name: str = "a.txt", **more: object) -> Metadata:
    return describe(RawText(text, **more), Path(name))  # type: ignore[arg-type]


def test_party_letterhead_in_two_columns() -> None:
    found = read(PARTY)
    assert found.title == "Hướng dẫn một số việc về quản lý hồ sơ đảng viên"
    assert found.number == "12-HD/BTCTU"
    assert found.kind is Kind.GUIDANCE
    assert found.issuer == "Ban Tổ chức Tỉnh ủy Nam Định"
    assert found.issued_on == date(2023, 6, 5)
    assert found.province == "tỉnh Nam Định"
    assert set(found.provenance) == {"title", "number", "kind", "issuer", "issued_on", "province"}
    assert set(found.provenance.values()) == {Origin.TEXT}


def test_central_directive_is_of_no_province_and_of_the_body_that_made_it() -> None:
    found = read(CENTRAL)
    assert found.title == "Chỉ thị của Ban Bí thư về một số việc cần làm tại chi bộ"
    assert (found.number, found.kind, found.issuer) == ("99-CT/TW", Kind.DIRECTIVE, "Ban Bí thư")
    assert found.issued_on == date(2021, 3, 2)
    assert found.province is None


def test_the_signature_names_the_body_where_the_head_does_not() -> None:
    text = CENTRAL.replace("CỦA BAN BÍ THƯ\n", "") + "\nNơi nhận:\n- Lưu\nT/M BỘ CHÍNH TRỊ\n"
    assert read(text).issuer == "Bộ Chính trị"


def test_state_decision_with_an_empty_date() -> None:
    found = read(STATE)
    assert found.title == "Quyết định về việc ban hành Quy chế làm việc"
    assert (found.number, found.kind) == ("366/QĐ-UBND", Kind.DECISION)
    assert found.issuer == "Ủy ban nhân dân tỉnh Quảng Ninh"
    assert found.province == "tỉnh Quảng Ninh"
    assert found.issued_on is None


def test_small_letters_of_legacy_fonts_and_columns_run_together() -> None:
    text = (
        "ngân hàng nhà nước cộng hoà xã hội chủ nghĩa việt nam\nviệt nam Độc lập - Tự do - Hạnh phúc\n"
        "Số : 05/2006/TT-NHNN Hà Nội, ngày 20 tháng 02 năm 2006\nThông tư\nHướng dẫn việc góp vốn\n"
        "Căn cứ Luật Ngân hàng;\n"
    )
    found = read(text)
    assert (found.number, found.kind) == ("05/2006/TT-NHNN", Kind.CIRCULAR)
    assert found.issuer == "Ngân hàng Nhà nước Việt Nam"
    assert found.issued_on == date(2006, 2, 20)
    assert found.title == "Thông tư hướng dẫn việc góp vốn"


def test_official_letter_has_no_kind_line() -> None:
    found = read(
        "HUYỆN ỦY A LƯỚI\t\tĐẢNG CỘNG SẢN VIỆT NAM\nSố 45-CV/HU\nV/v rà soát danh sách\n\nKính gửi: chi bộ"
    )
    assert found.kind is Kind.OFFICIAL_LETTER
    assert found.title == "Công văn 45-CV/HU về việc rà soát danh sách"
    assert found.issuer == "Huyện ủy A Lưới"


def test_markdown_copy_with_blank_lines_between() -> None:
    text = (
        "# NGHỊ QUYẾT\n\n**Số: 07-NQ/TU**\n\nHà Tĩnh, ngày 27/4/2018\n\n"
        "VỀ CÔNG TÁC ĐẢNG VIÊN TẠI HÀ TĨNH\n\nCăn cứ Điều lệ\n"
    )
    found = read(text, "a.md")
    assert (found.number, found.kind, found.issued_on) == ("07-NQ/TU", Kind.RESOLUTION, date(2018, 4, 27))
    assert found.title == "Nghị quyết về công tác đảng viên tại Hà Tĩnh"


def test_marked_secret_means_internal() -> None:
    assert read(PARTY.replace("*  ", "MẬT\n*  ")).access is Access.INTERNAL
    assert read(PARTY).access is Access.PUBLIC


def test_title_that_gives_its_own_number_and_date() -> None:
    found = read(
        "Chỉ thị số 99-CT/TW ngày 02/03/2021 của Ban Bí thư về việc chi bộ\n\nThời gian qua, chi bộ tốt.\n"
    )
    assert (found.number, found.kind, found.issuer) == ("99-CT/TW", Kind.DIRECTIVE, "Ban Bí thư")
    assert found.issued_on == date(2021, 3, 2)


@pytest.mark.parametrize(
    "title",
    [
        "Kết quả thực hiện Chỉ thị số 99-CT/TW",
        "Chỉ thị 99-CT/TW: những kết quả bước đầu",
        "Kế hoạch thực hiện Chỉ thị số 99-CT/TW ngày 02/03/2021 của Ban Bí thư",
        "Hướng dẫn 99-HD/TW có gì mới?",
        "Sau hai năm có Chỉ thị 99-CT/TW",
    ],
)
def test_a_number_only_spoken_of_is_not_the_documents_own(title: str) -> None:
    found = read(f"{title}\n\nNgày 5/5/2022, các chi bộ họp. Số 77-CT/TW được nhắc lại.\n")
    assert found.number is None
    assert found.issued_on is None
    assert found.title == title


def test_article_with_publication_line_agency_and_link() -> None:
    found = read(ARTICLE)
    assert found.title == "Kinh nghiệm tạo nguồn đảng viên ở Đảng bộ thành phố Nam Định"
    assert found.kind is Kind.ARTICLE
    assert found.issued_on == date(2023, 3, 17)
    assert found.issuer == "Báo Nam Định"
    assert found.source == "https://example.org/tao-nguon.htm"
    assert found.province == "thành phố Nam Định"
    assert found.number is None


def test_article_without_date_gets_none() -> None:
    text = ARTICLE.replace("09:05 17/03/2023\n\n", "")
    assert read(text).issued_on is None


def test_notes_that_cleaning_removed_still_count() -> None:
    kept = ARTICLE.split("Theo Báo")[0].replace("09:05 17/03/2023\n\n", "")
    found = describe(RawText(kept), Path("a.txt"), uncleaned=ARTICLE)
    assert (found.issued_on, found.issuer) == (date(2023, 3, 17), "Báo Nam Định")
    assert found.source == "https://example.org/tao-nguon.htm"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("19:58 22/04/2024", date(2024, 4, 22)),
        ("Thứ hai, 22/04/2024, 19:58 (GMT+7)", date(2024, 4, 22)),
        ("Cập nhật: 22-04-2024 19:58", date(2024, 4, 22)),
        ("Chủ nhật, ngày 5 tháng 6 năm 2022", date(2022, 6, 5)),
        ("Ngày 22/4/2024, tỉnh họp bàn", None),
        ("99:99 31/02/2024", None),
        ("Từ 1/1/2020 đến 22/04/2024", None),
    ],
)
def test_publication_lines(line: str, day: date | None) -> None:
    assert publication_date(line) == day


def test_properties_of_a_page_are_used_and_named_as_such() -> None:
    page = {
        "title": "Lớp mới ở Lạng Sơn",
        "date": "2024-03-02",
        "site": "Báo Lạng Sơn",
        "source": "https://e.org/1",
    }
    found = read("Lớp học có 45 người dự.\n", "a.html", media_type="text/html", properties=page)
    assert found.kind is Kind.ARTICLE
    assert (found.title, found.issued_on, found.issuer) == (
        "Lớp mới ở Lạng Sơn",
        date(2024, 3, 2),
        "Báo Lạng Sơn",
    )
    assert found.provenance["issued_on"] is Origin.FILE_PROPERTIES
    assert found.provenance["title"] is Origin.FILE_PROPERTIES


def test_the_date_an_office_file_was_saved_is_no_date_of_issue() -> None:
    found = read(
        "Báo cáo về công tác đảng viên\n\nNăm qua đã làm tốt.\n",
        "a.docx",
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        properties={"date": "2024-03-02", "title": "Document1"},
    )
    assert found.issued_on is None
    assert found.title == "Báo cáo về công tác đảng viên"
    assert found.kind is Kind.REPORT


def test_a_text_without_headline_is_named_after_its_file() -> None:
    found = read("Một câu rất dài nói về chi bộ và không phải là đầu đề. " * 9, "ghi chep.txt")
    assert (found.title, found.provenance["title"]) == ("ghi chep", Origin.FILE_NAME)


def test_what_the_owner_gives_wins() -> None:
    given_ = Overrides(
        {"number": "1-QĐ/TU", "kind": Kind.DECISION}, {"number": Origin.SIDECAR, "kind": Origin.SIDECAR}
    )
    found = describe(RawText(PARTY), Path("a.txt"), given_)
    assert (found.number, found.kind) == ("1-QĐ/TU", Kind.DECISION)
    assert found.provenance["number"] is Origin.SIDECAR
    assert found.provenance["title"] is Origin.TEXT


def test_headline_joins_lines_and_skips_notes() -> None:
    assert (
        headline("19:58 22/04/2024\nTHÀNH ỦY NAM ĐỊNH\nGIAO CHỈ TIÊU\n\nVăn bản.")
        == "Thành ủy Nam Định giao chỉ tiêu"
    )
    assert headline("# Sổ tay chi bộ\n\nVăn bản.") == "Sổ tay chi bộ"
    assert headline("Một | Hai | Ba | Bốn\nĐầu đề\n") == "Đầu đề"


def test_impossible_dates_are_left_out() -> None:
    assert [d.value for d in find_dates("31/02/2020, 1.2.2020 và ngày 3 tháng 4 năm 2021")] == [
        date(2020, 2, 1),
        date(2021, 4, 3),
    ]


@example(["HƯỚNG DẪN", next(line for line in ARTICLE.split("\n") if "28-CT/TW" in line)])
@given(st.lists(st.sampled_from([*PARTY.split("\n"), *STATE.split("\n"), *ARTICLE.split("\n"), "\x0b", "…"])))
def test_any_mixture_of_lines_is_described(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = read(text)
    assert found.title.strip()
    for name in found.provenance:
        assert getattr(found, name)
    if found.number:
        assert found.number in (number.replace(" ", "") for number in ("12-HD/BTCTU", "366/QĐ-UBND"))


@given(st.text(max_size=400))
def test_any_text_is_described(text: str) -> None:
    assert read(text, "tên.txt").title
