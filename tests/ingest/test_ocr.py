"""Recognition of scans: Tesseract's own output as lines, then real pictures and PDFs."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import Damaged, EmptyDocument, MissingProgram, TimedOut, TooLarge
from ingest.ocr import parse_tsv
from ingest.options import ReadOptions
from ingest.readers import read
from ingest.readers.deskew import level, tilt
from ingest.system import programs

Draw = Callable[..., Any]
LINES = (
    "QUYẾT ĐỊNH",
    "Điều 1. Kết nạp mười bốn quần chúng ưu tú",
    "vào Đảng trong quý một năm nay.",
    "Điều 2. Các chi bộ chịu trách nhiệm thi hành.",
)

scans = pytest.mark.system("tesseract", "font")
pdf_scans = pytest.mark.system("tesseract", "pdftoppm", "font")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def recall(found: str, wanted: Sequence[str]) -> float:
    left = words(found)
    hits = 0
    for word in words(" ".join(wanted)):
        if word in left:
            left.remove(word)
            hits += 1
    return hits / len(words(" ".join(wanted)))


HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def test_tsv_becomes_lines_and_a_mean_confidence() -> None:
    rows = [
        (1, 1, 0, 0, 0, 0, 0, 0, 2480, 3508, -1, ""),
        (4, 1, 1, 1, 1, 0, 300, 300, 900, 50, -1, ""),
        (5, 1, 1, 1, 1, 1, 300, 300, 200, 50, 96.0, "Chi"),
        (5, 1, 1, 1, 1, 2, 520, 305, 200, 45, 90.0, '"bộ"'),
        (5, 1, 1, 1, 1, 3, 800, 305, 20, 45, 12.0, "|"),
        (5, 1, 1, 1, 2, 1, 300, 380, 200, 50, 84.0, "họp."),
        (5, 1, 1, 1, 2, 2, 540, 380, 200, 50, 95.0, " "),
    ]
    found = parse_tsv(HEADER + "\n".join("\t".join(map(str, row)) for row in rows), dpi=300)
    assert [line.text for line in found.layout.lines] == ['Chi "bộ"', "họp."]
    assert found.confidence == pytest.approx((0.96 + 0.90 + 0.84) / 3)
    assert found.layout.width == pytest.approx(595.2)
    assert found.layout.lines[0].left == pytest.approx(72)


def test_tsv_of_a_blank_page_has_no_confidence() -> None:
    assert parse_tsv(HEADER, dpi=300).confidence is None


@pytest.mark.system("font")
@pytest.mark.parametrize("angle", [-9.0, -3.0, 0.0, 1.6, 7.0])
def test_the_tilt_of_a_page_is_found(draw_page: Draw, angle: float) -> None:
    page = draw_page(LINES * 3, tilt=angle)
    assert tilt(page) == pytest.approx(-angle, abs=0.5)
    assert abs(tilt(level(page)[0])) <= 0.5


def test_a_page_without_lines_is_not_turned() -> None:
    from PIL import Image

    blank = Image.new("L", (800, 1000), 255)
    assert tilt(blank) == 0.0
    assert level(blank) == (blank, 0.0)


@scans
def test_a_picture_of_a_page(tmp_path: Path, draw_page: Draw) -> None:
    path = tmp_path / "trang.png"
    draw_page(LINES).save(path)
    seen: list[tuple[int, int]] = []
    raw = read(path, on_page=lambda done, total: seen.append((done, total)))
    assert recall(raw.text, LINES) >= 0.95
    lines = [line for line in raw.text.split("\n") if line]
    assert lines[0] == "QUYẾT ĐỊNH"
    assert lines[1].startswith("Điều 1. ")
    assert lines[1].endswith("năm nay.")  # wrapped lines are one paragraph
    assert lines[2].startswith("Điều 2. ")
    (page,) = raw.pages
    assert page.recognised
    assert page.confidence is not None
    assert 0.7 < page.confidence <= 1.0
    assert (page.start, page.end) == (0, len(raw.text))
    assert seen == [(0, 1), (1, 1)]
    assert raw.media_type == "image/png"


@scans
@pytest.mark.parametrize("how", ["tilted", "upside down", "small", "transparent", "held sideways"])
def test_pictures_as_people_take_them(tmp_path: Path, draw_page: Draw, how: str) -> None:
    from PIL import Image

    page = draw_page(LINES * 2, tilt=6.0 if how == "tilted" else 0.0)
    path = tmp_path / ("trang.jpg" if how == "held sideways" else "trang.png")
    if how == "upside down":
        page = page.rotate(180)
    elif how == "small":
        page = page.resize((page.width // 2, page.height // 2))
    elif how == "transparent":
        ink = page.point(lambda value: 255 - value)
        page = Image.new("RGBA", page.size, (0, 0, 0, 255))
        page.putalpha(ink)
    if how == "held sideways":
        exif = Image.Exif()
        exif[0x0112] = 6  # to be turned right by a quarter
        page.rotate(90, expand=True).save(path, exif=exif, quality=90)
    else:
        page.save(path)
    assert recall(read(path).text, LINES * 2) >= 0.9


@scans
def test_every_page_of_a_tiff_is_read_in_order(tmp_path: Path, draw_page: Draw) -> None:
    pages = [draw_page([line, line]) for line in LINES[1:]]
    path = tmp_path / "tập.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="tiff_lzw")
    seen: list[tuple[int, int]] = []
    raw = read(path, options=ReadOptions(ocr_workers=2), on_page=lambda *args: seen.append(args))
    assert [page.number for page in raw.pages] == [1, 2, 3]
    assert raw.pages[0].start == 0
    assert raw.pages[-1].end == len(raw.text)
    for page, line in zip(raw.pages, LINES[1:], strict=True):
        assert recall(raw.text[page.start : page.end], [line]) >= 0.85
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    with pytest.raises(TooLarge, match="3 pages"):
        read(path, options=ReadOptions(max_pages=2))


@pytest.fixture
def mixed_pdf(tmp_path: Path, draw_page: Draw, font: Path, sentences: Sequence[str]) -> Path:
    """Page 1 has a text layer, page 2 is a scan with a small stamp upon it, page 3 text again."""
    from fpdf import FPDF

    paper = FPDF(format=(210, 152.4))
    paper.add_font("body", fname=str(font))
    for content in (sentences[0], None, sentences[1]):
        paper.add_page()
        paper.set_font("body", size=12)
        if content is None:
            paper.image(draw_page(LINES), x=0, y=0, w=210)
            paper.set_font("body", size=6)
            paper.text(150, 145, "Người ký: Văn phòng")
        else:
            paper.multi_cell(0, 7, content, align="L")
    path = tmp_path / "lẫn.pdf"
    paper.output(str(path))
    return path


@pdf_scans
def test_only_the_scanned_pages_of_a_pdf_are_recognised(mixed_pdf: Path, sentences: Sequence[str]) -> None:
    seen: list[tuple[int, int]] = []
    raw = read(mixed_pdf, on_page=lambda *args: seen.append(args))
    assert [page.recognised for page in raw.pages] == [False, True, False]
    texts = [raw.text[page.start : page.end].strip() for page in raw.pages]
    assert texts[0] == sentences[0]
    assert recall(texts[1], LINES) >= 0.95
    assert texts[2] == sentences[1]
    assert seen[-1] == (1, 1)


@pytest.mark.system("font")
def test_without_recognition_a_scan_holds_no_text(
    mixed_pdf: Path, tmp_path: Path, draw_page: Draw, sentences: Sequence[str]
) -> None:
    raw = read(mixed_pdf, options=ReadOptions(ocr=False))
    assert sentences[0] in raw.text
    assert all(not page.recognised for page in raw.pages)
    path = tmp_path / "a.png"
    draw_page(LINES).save(path)
    with pytest.raises(EmptyDocument, match="ocr"):
        read(path, options=ReadOptions(ocr=False))


@pytest.mark.system("font")
def test_missing_programs_are_named_by_their_packages(
    mixed_pdf: Path, tmp_path: Path, draw_page: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgram, match="apt-get install tesseract-ocr tesseract-ocr-vie poppler-utils"):
        read(mixed_pdf)
    path = tmp_path / "a.png"
    draw_page(LINES).save(path)
    with pytest.raises(MissingProgram) as caught:
        read(path)
    assert caught.value.fix == "Run: apt-get install tesseract-ocr tesseract-ocr-vie"
    assert {program.name: program.present for program in programs()} == {
        "tesseract": False,
        "tesseract-data-vie": False,
        "pdftoppm": False,
        "soffice": False,
        "catdoc": False,
    }


@scans
def test_a_language_that_is_not_installed(tmp_path: Path, draw_page: Draw) -> None:
    path = tmp_path / "a.png"
    draw_page(LINES).save(path)
    with pytest.raises(MissingProgram, match="tesseract-ocr-xxx"):
        read(path, options=ReadOptions(ocr_language="xxx"))


@scans
def test_programs_say_where_they_are() -> None:
    found = {program.name: program for program in programs()}
    assert Path(found["tesseract"].path or "").is_file()
    assert found["tesseract-data-vie"].present
    assert all(program.install.startswith("apt-get install ") for program in found.values())


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script")
@pytest.mark.system("font")
def test_a_page_that_takes_too_long(tmp_path: Path, draw_page: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "tesseract"
    script.write_text(
        f"#!{sys.executable}\nimport sys, time\n"
        "if '--list-langs' in sys.argv:\n"
        "    print('List of available languages in \"/x/\" (1):\\nvie')\nelse:\n    time.sleep(600)\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "a.png"
    draw_page(LINES).save(path)
    with pytest.raises(TimedOut, match="tesseract"):
        read(path, options=ReadOptions(timeout_seconds=1.5))


@pytest.mark.system("tesseract")
def test_pictures_that_are_none(tmp_path: Path) -> None:
    from PIL import Image

    named = tmp_path / "a.png"
    named.write_bytes(b"GIF89a....")
    with pytest.raises(Damaged, match="png"):
        read(named)
    whole = tmp_path / "b.png"
    Image.effect_noise((900, 900), 90).save(whole)
    cut = tmp_path / "c.png"
    cut.write_bytes(whole.read_bytes()[:3000])
    with pytest.raises(Damaged):
        read(cut)
    blank = tmp_path / "d.png"
    Image.new("L", (900, 900), 255).save(blank)
    with pytest.raises(EmptyDocument):
        read(blank)


@pytest.mark.system("tesseract")
def test_a_picture_bomb_is_refused(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "a.png"
    Image.new("1", (20_000, 20_000)).save(path)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(TooLarge, match="pixels"):
        read(path)
