"""The documents that come with the package say what they are, read back whole, and answer their questions."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest import sample_corpus
from ingest.load import load
from ingest.sample_corpus.make import FONTS, TCVN3, blocks, build, rtf_tcvn3
from ingest.types import Document, Kind, Status


@dataclass(frozen=True)
class Known:
    """What a reader of the file sees at once."""

    title: str
    kind: Kind
    issued_on: date | None
    number: str | None = None
    province: str | None = None
    issuer: str | None = "Nhóm biên soạn tài liệu mẫu"


KNOWN = {
    "bang-chu-viet-tat.html": Known(
        "Bảng chữ viết tắt thường gặp trong văn bản của Đảng", Kind.OTHER, date(2026, 11, 5)
    ),
    "dien-bien-2006-2010.rtf": Known(
        "Đảng bộ tỉnh Điện Biên: phát triển đảng viên giai đoạn 2006 - 2010",
        Kind.OTHER,
        None,
        province="tỉnh Điện Biên",
        issuer=None,
    ),
    "hoi-dap-lop-nhan-thuc-ve-dang.md": Known(
        "Hỏi - đáp dùng cho lớp bồi dưỡng nhận thức về Đảng", Kind.OTHER, date(2026, 11, 4)
    ),
    "hoi-nghi-chuyen-de-2020.txt": Known(
        "Hội nghị bàn cách đẩy nhanh kết nạp đảng viên những tháng cuối năm 2020",
        Kind.ARTICLE,
        date(2026, 11, 6),
    ),
    "huong-dan-quy-trinh-ket-nap.docx": Known(
        "Hướng dẫn về quy trình xét kết nạp đảng viên tại chi bộ",
        Kind.GUIDANCE,
        date(2023, 3, 10),
        number="02-HD/ĐU",
        issuer="Đảng ủy xã A",
    ),
    "ke-hoach-lop-boi-duong-2024.txt": Known(
        "Kế hoạch mở lớp bồi dưỡng nhận thức về Đảng năm 2024",
        Kind.PLAN,
        date(2024, 2, 15),
        number="07-KH/ĐU",
        issuer="Đảng ủy xã A",
    ),
    "ke-hoach-lop-boi-duong-2025.docx": Known(
        "Kế hoạch mở lớp bồi dưỡng nhận thức về Đảng năm 2025",
        Kind.PLAN,
        date(2025, 2, 20),
        number="12-KH/ĐU",
        issuer="Đảng ủy xã A",
    ),
    "khoi-doanh-nghiep-ha-tinh-2022.pdf": Known(
        "Báo cáo tóm lược: đảng viên khu vực doanh nghiệp tỉnh Hà Tĩnh, số liệu đến tháng 9/2022",
        Kind.REPORT,
        date(2026, 11, 10),
        province="tỉnh Hà Tĩnh",
    ),
    "so-tay-van-ban-thi-hanh-dieu-le.md": Known(
        "Sổ tay văn bản: thi hành Điều lệ Đảng và những văn bản đã được thay thế",
        Kind.OTHER,
        date(2026, 11, 3),
    ),
    "thanh-pho-bac-ninh-2024.txt": Known(
        "Thành ủy Bắc Ninh: giao chỉ tiêu từ cơ sở, kết nạp 652 đảng viên mới",
        Kind.ARTICLE,
        date(2026, 11, 5),
        province="thành phố Bắc Ninh",
        issuer=None,
    ),
    "tinh-bac-ninh-lang-nghe-2019.html": Known(
        "Tỉnh Bắc Ninh: lời giải nào cho nguồn đảng viên ở làng nghề, khu công nghiệp?",
        Kind.ARTICLE,
        date(2026, 11, 12),
        province="tỉnh Bắc Ninh",
        issuer="Trang tin Tài liệu mẫu",
    ),
    "tom-luoc-chi-thi-28.md": Known(
        "Tóm lược Chỉ thị số 28-CT/TW ngày 21/01/2019 của Ban Bí thư",
        Kind.OTHER,
        date(2026, 11, 2),
        number="28-CT/TW",
    ),
}

#: Words of the pages around an article. None of them is in an article.
CHROME = (
    "Đăng nhập", "Đăng ký", "Trang chủ", "Tìm kiếm", "Chia sẻ", "Cỡ chữ", "Lượt xem", "Lượt truy cập",
    "Ý kiến bạn đọc", "Gửi bình luận", "Tin liên quan", "Tin cùng chuyên mục", "Đọc nhiều", "Tệp đính kèm",
    "Hội thi bí thư chi bộ giỏi", "Bản quyền thuộc",
)  # fmt: skip


@cache
def read(name: str) -> Document:
    return load(sample_corpus.folder() / name)


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def source(name: str) -> str:
    path = Path(sample_corpus.__file__).parent / "sources" / f"{name}.txt"
    return path.read_text(encoding="utf-8")


def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in sample_corpus.FACTS.read_text(encoding="utf-8").splitlines()]


def test_the_documents_are_the_ones_described_here_and_in_the_readme() -> None:
    names = [path.name for path in sample_corpus.documents()]
    assert names == sorted(KNOWN)
    readme = (Path(sample_corpus.__file__).parent / "README.md").read_text(encoding="utf-8")
    assert [name for name in [*names, *(p.name for p in sample_corpus.scans())] if name not in readme] == []


def test_the_corpus_is_small_and_has_a_file_of_every_format() -> None:
    everything = [
        p for p in Path(sample_corpus.__file__).parent.rglob("*") if p.is_file() and p.suffix != ".pyc"
    ]
    assert sum(path.stat().st_size for path in everything) < 600_000
    assert {path.suffix for path in sample_corpus.documents()} == {
        ".html",
        ".txt",
        ".md",
        ".docx",
        ".pdf",
        ".rtf",
    }


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_a_document_yields_what_it_says_of_itself(name: str) -> None:
    document, known = read(name), KNOWN[name]
    found = Known(
        title=document.title,
        kind=document.kind,
        issued_on=document.issued_on,
        number=document.number,
        province=document.province,
        issuer=document.issuer,
    )
    assert found == known


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_a_document_has_a_fair_length_names_its_source_and_says_that_it_is_ours(name: str) -> None:
    text = read(name).text
    assert 350 <= len(words(text)) <= 1200
    assert re.search(r"^Nguồn: .{20}", text, re.MULTILINE)
    assert "nhóm biên soạn" in text.lower()
    assert unicodedata.is_normalized("NFC", text)


def test_sidecar_and_status() -> None:
    assert read("ke-hoach-lop-boi-duong-2024.txt").status is Status.REPLACED
    assert "không ghi tên tỉnh" in (read("hoi-nghi-chuyen-de-2020.txt").source or "")


@pytest.mark.parametrize(
    "name", ["tinh-bac-ninh-lang-nghe-2019.html", "thanh-pho-bac-ninh-2024.txt", "bang-chu-viet-tat.html"]
)
def test_what_stands_around_an_article_is_gone(name: str) -> None:
    text = read(name).text
    assert [word for word in CHROME if word in text] == []


def test_no_paragraph_of_the_html_article_is_lost() -> None:
    page = (sample_corpus.folder() / "tinh-bac-ninh-lang-nghe-2019.html").read_text(encoding="utf-8")
    paragraphs = [re.sub(r"<[^>]+>", "", p) for p in re.findall(r"<p[ >].*?</p>|<h[12]>.*?</h[12]>", page)]
    article = [p for p in paragraphs if not re.search(r"kiểm duyệt|Lượt truy cập|Bản quyền", p)]
    text = one_line(read("tinh-bac-ninh-lang-nghe-2019.html").text)
    assert len(article) > 10
    assert [p for p in (one_line(p.split(">", 1)[-1]) for p in article) if p not in text] == []


def test_no_paragraph_of_the_saved_text_page_is_lost() -> None:
    lines = (sample_corpus.folder() / "thanh-pho-bac-ninh-2024.txt").read_text(encoding="utf-8").splitlines()
    text = one_line(read("thanh-pho-bac-ninh-2024.txt").text)
    assert [line for line in lines if len(words(line)) > 12 and line not in text] == []


def test_the_tcvn3_file_reads_back_to_exactly_the_vietnamese_it_was_made_from() -> None:
    raw = (sample_corpus.folder() / "dien-bien-2006-2010.rtf").read_bytes()
    assert raw.isascii()
    assert b".VnTime" in raw
    assert b"\\u" not in raw
    written = [
        line
        for block in blocks(source("dien-bien-2006-2010"))
        for line in ([" - ".join(row) for row in block.rows] if block.rows else [block.text])
    ]
    assert [one_line(line) for line in read("dien-bien-2006-2010.rtf").text.splitlines() if line] == written


def test_tcvn3_has_every_small_vietnamese_letter_and_refuses_accented_capitals() -> None:
    marks = "\u0300\u0309\u0303\u0301\u0323"
    letters = {
        unicodedata.normalize("NFC", vowel + mark) for vowel in "aăâeêioôơuưy" for mark in ["", *marks]
    } | {"đ"}
    assert letters - TCVN3.keys() == set("aeiouy")
    assert len(set(TCVN3.values())) == len(TCVN3)
    with pytest.raises(ValueError, match="Ủ"):
        rtf_tcvn3("ĐẢNG ỦY".replace("Ả", "A"))


@pytest.mark.parametrize(
    ("name", "made_from"),
    [
        ("khoi-doanh-nghiep-ha-tinh-2022.pdf", "khoi-doanh-nghiep-ha-tinh-2022"),
        ("huong-dan-quy-trinh-ket-nap.docx", "huong-dan-quy-trinh-ket-nap"),
        ("ke-hoach-lop-boi-duong-2025.docx", "ke-hoach-lop-boi-duong-2025"),
    ],
)
def test_every_word_of_a_built_document_is_read_in_order(name: str, made_from: str) -> None:
    written = words(re.sub(r"[#|*]", " ", source(made_from)))
    assert words(read(name).text) == written


def test_the_pdf_keeps_its_pages_and_drops_its_running_lines() -> None:
    document = read("khoi-doanh-nghiep-ha-tinh-2022.pdf")
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert not any(page.recognised for page in document.pages)
    at = document.text.index("I. TỔ CHỨC VÀ ĐỘI NGŨ")
    page = document.page_at(at)
    assert page is not None
    assert page.number == 1
    assert "Trang 2/3" not in document.text
    assert "Trợ lý Xây dựng Đảng" not in document.text


def test_the_summaries_never_claim_to_be_the_document_they_summarise() -> None:
    for name, known in KNOWN.items():
        document = read(name)
        if document.number and not document.number.endswith("/ĐU"):
            assert document.title.startswith("Tóm lược")
            assert document.kind is Kind.OTHER
        if known.issuer == "Đảng ủy xã A":
            assert "văn bản mẫu" in document.text.lower()


def test_the_facts_have_the_documented_form() -> None:
    ids = [case["id"] for case in cases()]
    assert len(ids) == len(set(ids))
    assert 45 <= len(ids) <= 60
    for case in cases():
        assert case.keys() <= {
            "id", "category", "lang", "question", "answerable", "documents", "facts", "forbidden", "history",
        }  # fmt: skip
        assert case["lang"] in {"vi", "vi-nodiacritics", "en"}
        assert case["answerable"] is bool(case["documents"]) is bool(case["facts"])
        if case["lang"] == "vi-nodiacritics":
            assert case["question"].isascii()


def test_the_facts_cover_every_kind_of_question() -> None:
    categories = {case["category"] for case in cases()}
    assert categories == {
        "number", "list", "who", "when", "directive", "cause", "how", "disambiguation", "compare",
        "abbreviation", "followup", "definition", "unanswerable",
    }  # fmt: skip
    assert sum(not case["answerable"] for case in cases()) >= 10
    asked = {name for case in cases() for name in case["documents"]}
    assert asked == KNOWN.keys()


@pytest.mark.parametrize("case", [c for c in cases() if c["answerable"]], ids=lambda case: case["id"])
def test_every_expected_fact_stands_in_a_document_that_the_question_names(case: dict[str, Any]) -> None:
    texts = {name: one_line(read(name).text) for name in case["documents"]}
    missing = [fact for fact in case["facts"] if not any(a in text for a in fact for text in texts.values())]
    assert missing == []
    if case["category"] == "compare":
        assert all(any(a in text for fact in case["facts"] for a in fact) for text in texts.values())


def test_the_built_files_are_those_their_sources_give(tmp_path: Path) -> None:
    pytest.importorskip("fpdf")
    if not (FONTS / "DejaVuSerif.ttf").exists():
        pytest.skip(f"the DejaVu fonts are not in {FONTS}")
    for path in build(tmp_path, fonts=FONTS):
        shipped = sample_corpus.folder().parent / path.relative_to(tmp_path)
        if path.suffix == ".rtf":
            assert path.read_bytes() == shipped.read_bytes()
        elif path.parent.name != "scan":
            assert load(path).text == load(shipped).text


@pytest.mark.system("tesseract")
def test_the_scan_is_read_by_recognition() -> None:
    if shutil.which("tesseract") is None or shutil.which("pdftoppm") is None:
        pytest.skip("needs tesseract-ocr-vie and poppler-utils")
    languages = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True)
    if "vie" not in languages.stdout.split():
        pytest.skip("needs tesseract-ocr-vie")
    (path,) = sample_corpus.scans()
    document = load(path)
    assert [page.recognised for page in document.pages] == [True]
    assert document.number == "21-TB/ĐU"
    assert document.issued_on == date(2024, 7, 5)
    written, recognised = set(words(source("thong-bao-ket-qua-lop-2024"))), set(words(document.text))
    assert len(written & recognised) / len(written) > 0.9
