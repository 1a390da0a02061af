"""PDF files: layout as pure functions, then real files."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingest.errors import Damaged, EmptyDocument, Encrypted, FileError, TimedOut, TooLarge
from ingest.options import ReadOptions
from ingest.readers import read
from ingest.readers.pdf_layout import Layout, Line, in_columns, layouts_to_texts
from ingest.types import RawText

MakePdf = Callable[..., Path]


def check_pages(raw: RawText) -> list[str]:
    """The text of each page, after checking that the spans cover the text without a gap."""
    assert raw.pages[0].start == 0
    assert raw.pages[-1].end == len(raw.text)
    for before, after in zip(raw.pages, raw.pages[1:], strict=False):
        assert before.end == after.start
        assert before.number + 1 == after.number
    return [raw.text[page.start : page.end] for page in raw.pages]


def line(text: str, top: float, *, left: float = 70, right: float = 525, **more: float) -> Line:
    return Line(text, left, top, right, top + 12, first_word=30, **more)  # type: ignore[arg-type]


def layout(*lines: Line) -> Layout:
    return Layout(lines, 595, 842)


def test_wrapped_lines_join_and_clauses_stand_alone() -> None:
    page = layout(
        line("Điều 4. Trách nhiệm của cấp ủy", 100, right=280),
        line("1. Cấp ủy lãnh đạo việc tạo nguồn, bồi dưỡng và", 118),
        line("kết nạp đảng viên theo", 136),
        line("Điều 5 của Quy định này", 154, right=200),
        line("a) Rà soát nguồn hằng quý và báo cáo cấp trên đúng", 172),
        line("hạn.", 190, right=100),
        line("b) Phân công giúp đỡ.", 208, right=220),
        line("KẾT LUẬN", 240, right=150),
        line("Các chi bộ thực hiện.", 258, right=220),
    )
    ((text, goes_on),) = layouts_to_texts([page])
    assert not goes_on
    assert text.split("\n") == [
        "Điều 4. Trách nhiệm của cấp ủy",
        "1. Cấp ủy lãnh đạo việc tạo nguồn, bồi dưỡng và kết nạp đảng viên theo Điều 5 của Quy định này",
        "a) Rà soát nguồn hằng quý và báo cáo cấp trên đúng hạn.",
        "b) Phân công giúp đỡ.",
        "KẾT LUẬN",
        "Các chi bộ thực hiện.",
    ]


def test_hyphens_at_line_ends_are_kept() -> None:
    page = layout(
        line("Các tổ chức chính trị-", 100),
        line("xã hội và hội kinh tế -", 118),
        line("kỹ thuật.", 136, right=130),
    )
    ((text, _),) = layouts_to_texts([page])
    assert text == "Các tổ chức chính trị-xã hội và hội kinh tế - kỹ thuật."


def test_headers_footers_and_page_numbers_go_but_not_the_first_line_of_the_text() -> None:
    pages = [
        layout(
            line("BẢN TIN XÂY DỰNG ĐẢNG", 30, right=250),
            line(f"Điều {number}.", 70, right=120),
            line(f"Nội dung của điều thứ {number}.", 88, right=300),
            line(f"Trang {number}/4", 800, left=280, right=320),
        )
        for number in range(1, 5)
    ]
    assert [text for text, _ in layouts_to_texts(pages)] == [
        f"Điều {number}.\nNội dung của điều thứ {number}." for number in range(1, 5)
    ]


def test_a_number_in_the_middle_of_a_page_is_no_page_number() -> None:
    page = layout(line("Tổng số đảng viên:", 100, right=200), line("312", 400, right=90), line("Hết.", 500))
    ((text, _),) = layouts_to_texts([page])
    assert "312" in text.split("\n")


def test_columns_of_prose_are_read_one_after_the_other_and_tables_row_by_row() -> None:
    rows = [
        part
        for number in range(12)
        for part in (
            line(f"trái {number} đầy cột chữ", 100 + 16 * number, right=285),
            line(f"phải {number} đầy cột chữ", 100 + 16 * number, left=310),
        )
    ]
    ordered = [item.text.split()[0] for item in in_columns(layout(*rows)).lines]
    assert ordered == ["trái"] * 12 + ["phải"] * 12
    cells = [
        part
        for number in range(12)
        for part in (
            line(f"Xã {number}", 100 + 16 * number, right=110),
            line(f"{number * 7}", 100 + 16 * number, left=400, right=420),
        )
    ]
    assert in_columns(layout(*cells)).lines == tuple(cells)


@pytest.mark.system("font")
def test_text_layer_with_exact_pages_and_joined_paragraphs(
    make_pdf: MakePdf, sentences: Sequence[str]
) -> None:
    body = " ".join(sentences)
    path = make_pdf("a.pdf", [[body, "Điều 1. Phạm vi"], [body], [body]], header="BẢN TIN", numbered=True)
    raw = read(path)
    pages = check_pages(raw)
    assert [page.strip() for page in pages] == [f"{body}\nĐiều 1. Phạm vi", body, body]
    assert all(page.confidence is None for page in raw.pages)
    assert raw.properties["title"] == "Tệp thử nghiệm"
    assert raw.media_type == "application/pdf"


@pytest.mark.system("font")
def test_a_sentence_across_pages_stays_one(make_pdf: MakePdf, sentences: Sequence[str]) -> None:
    body = " ".join([*sentences] * 9)
    path = make_pdf("a.pdf", [[body]])
    raw = read(path)
    pages = check_pages(raw)
    assert len(pages) >= 2
    assert raw.text == body
    assert pages[0].endswith(" ")
    assert not pages[0].rstrip().endswith((".", "!"))


@pytest.mark.system("font")
def test_ruled_tables_become_rows(tmp_path: Path, font: Path) -> None:
    from fpdf import FPDF

    paper = FPDF()
    paper.add_font("body", fname=str(font))
    paper.add_page()
    paper.set_font("body", size=11)
    paper.cell(0, 8, "Kết quả kết nạp", new_x="LMARGIN", new_y="NEXT")
    with paper.table(col_widths=(15, 80, 30), first_row_as_headings=False) as table:
        for cells in (
            ("TT", "Đơn vị", "Số"),
            ("1", "Đảng bộ xã Tân Tiến cùng mười hai chi bộ trực thuộc trong toàn xã", "14"),
            ("2", "Đảng bộ phường", "9"),
        ):
            row = table.row()
            for cell in cells:
                row.cell(cell)
    paper.ln(4)
    paper.cell(0, 8, "Người lập bảng", new_x="LMARGIN", new_y="NEXT")
    path = tmp_path / "a.pdf"
    paper.output(str(path))
    assert read(path).text.split("\n") == [
        "Kết quả kết nạp",
        "TT | Đơn vị | Số",
        "1 | Đảng bộ xã Tân Tiến cùng mười hai chi bộ trực thuộc trong toàn xã | 14",
        "2 | Đảng bộ phường | 9",
        "Người lập bảng",
    ]


@pytest.mark.system("font")
def test_letters_drawn_after_the_line_come_back_to_their_words(tmp_path: Path, font: Path) -> None:
    """Some programs draw the letters a font lacks after the rest of the line, from another font."""
    from fpdf import FPDF

    paper = FPDF()
    paper.add_font("body", fname=str(font))
    paper.add_font("other", fname=str(font.with_name("DejaVuSans-Bold.ttf")))
    paper.add_page()
    text, rare = "Đảng bộ tỉnh kết nạp đảng viên", set("ảộỉếạ")
    paper.set_font("body", size=12)
    left, places = 20.0, []
    for letter in text:
        places.append(left)
        left += paper.get_string_width(letter)
    for late in (False, True):
        paper.set_font("other" if late else "body", size=12)
        for letter, place in zip(text, places, strict=True):
            if (letter in rare) == late:
                paper.text(place, 40, letter)
    path = tmp_path / "a.pdf"
    paper.output(str(path))
    assert read(path).text == text


@pytest.mark.system("font")
def test_protected_cut_off_and_oversized(make_pdf: MakePdf, sentences: Sequence[str], tmp_path: Path) -> None:
    with pytest.raises(Encrypted, match="password"):
        read(make_pdf("khóa.pdf", [sentences], password="mo"))
    whole = make_pdf("a.pdf", [sentences] * 3)
    assert read(make_pdf("chủ.pdf", [sentences], password="")).text  # only printing is forbidden
    cut = tmp_path / "cắt.pdf"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(Damaged, match="cut off"):
        read(cut)
    with pytest.raises(TooLarge, match="3 pages"):
        read(whole, options=ReadOptions(max_pages=2))
    with pytest.raises(TooLarge, match="100 characters"):
        read(whole, options=ReadOptions(max_characters=100))


def raw_pdf(*objects: str) -> bytes:
    """A PDF of the given objects, numbered from 1; the first is the catalogue."""
    out, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer <</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return out


CATALOGUE = "<</Type/Catalog/Pages 2 0 R>>"


@pytest.mark.parametrize(
    "objects",
    [
        (CATALOGUE, "<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        (CATALOGUE, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 999999999>>"),
        (CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        (CATALOGUE, "<</Type/Pages/Kids[]/Count 0>>"),
    ],
)
def test_pages_that_lead_back_to_themselves_are_refused(tmp_path: Path, objects: tuple[str, ...]) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(raw_pdf(*objects))
    with pytest.raises(FileError):
        read(path, options=ReadOptions(timeout_seconds=20))


def endless_pdf(path: Path) -> Path:
    """Forms that each draw the next ten times: ten to the ninth drawings on one page."""
    forms = [
        f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 60"
        f"/Resources<</XObject<</F {number + 1} 0 R>>>>>>\nstream\n{'/F Do ' * 10}\nendstream"
        for number in range(5, 14)
    ]
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"
    first = "<</Length 5>>\nstream\n/F Do\nendstream"
    last = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 9>>\nstream\n0 0 m 1 1\nendstream"
    path.write_bytes(raw_pdf(CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, first, *forms, last))
    return path


def test_a_pdf_that_never_ends_is_stopped_and_the_next_file_is_read(tmp_path: Path) -> None:
    path = endless_pdf(tmp_path / "a.pdf")
    started = time.monotonic()
    with pytest.raises((TimedOut, TooLarge, EmptyDocument, Damaged)) as caught:
        read(path, options=ReadOptions(timeout_seconds=3))
    assert caught.value.path == path
    assert time.monotonic() - started < 60
    page = tmp_path / "b.html"
    page.write_text("<p>Chi bộ họp vào ngày mồng mười hằng tháng.</p>", encoding="utf-8")
    assert read(page).text


def test_a_pdf_by_name_only_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"PK\x03\x04 no pdf")
    with pytest.raises(Damaged, match="no PDF"):
        read(path)


@pytest.mark.system("font")
def test_legacy_fonts_are_converted_font_by_font(
    tmp_path: Path, font: Path, sentences: Sequence[str]
) -> None:
    """A .VnTime run beside a Unicode run; capitals of .VnTimeH come out as capitals."""
    from fpdf import FPDF
    from viparse.normalize.encodings import CHARMAPS

    drawn = {letter: surface for surface, letter in CHARMAPS["tcvn3"].pairs}

    def legacy(text: str) -> str:
        return "".join(drawn.get(letter, letter) for letter in text)

    from fontTools.ttLib import TTFont

    def named(name: str) -> str:
        copy = TTFont(str(font))
        for record in copy["name"].names:
            if record.nameID in (1, 2, 4, 6, 16, 17):
                record.string = "" if record.nameID in (2, 17) else name
        target = tmp_path / f"{name}.ttf"
        copy.save(str(target))
        return str(target)

    paper = FPDF()
    paper.add_font("body", fname=str(font))
    paper.add_font("old", fname=named(".VnTime"))
    paper.add_font("large", fname=named(".VnTimeH"))
    paper.add_page()
    for family, text in (
        ("large", legacy("chỉ thị của tỉnh ủy")),
        ("old", legacy("tỉnh ủy yêu cầu các cấp ủy rà soát nguồn phát triển đảng")),
        ("body", sentences[1]),
    ):
        paper.set_font(family, size=10)
        paper.multi_cell(0, 6, text, align="L", new_x="LMARGIN", new_y="NEXT")
        paper.ln(6)
    path = tmp_path / "a.pdf"
    paper.output(str(path))
    assert read(path).text.split("\n") == [
        "CHỈ THỊ CỦA TỈNH ỦY",
        "tỉnh ủy yêu cầu các cấp ủy rà soát nguồn phát triển đảng",
        sentences[1],
    ]
