"""A span of stored text and the boxes around it on the page: the same words, and no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.errors import Damaged
from ingest.load import load
from ingest.options import ReadOptions
from ingest.page_boxes import PageLine, boxes_of, turned_back
from ingest.page_view import draw, recognise
from ingest.sample_corpus import folder

PDF = folder() / "khoi-doanh-nghiep-ha-tinh-2022.pdf"
SCAN = folder().parent / "scan" / "thong-bao-ket-qua-lop-2024.pdf"


def letters(text: str) -> str:
    """Without spaces and the bars that stand for the borders of cells."""
    return "".join(text.split()).replace("|", "")


def test_the_boxes_of_every_sentence_of_a_pdf_hold_exactly_that_sentence(tmp_path: Path) -> None:
    import pypdfium2

    document = load(PDF)
    pdf = pypdfium2.PdfDocument(PDF)
    checked = 0
    for page in document.pages:
        view = draw(PDF, page.number, tmp_path / "page.png")
        drawn = pdf[page.number - 1].get_textpage()
        text = document.text[page.start : page.end]
        for sentence in re.finditer(r"[^\s.][^.\n]{15,}", text):
            boxes = boxes_of(text, *sentence.span(), view.lines)
            found = "".join(
                drawn.get_text_bounded(left, view.height - bottom, right, view.height - top)
                for left, top, right, bottom in boxes
            )
            assert letters(found) == letters(sentence.group())
            checked += 1
    assert checked > 20


def test_a_drawn_page_is_a_picture_of_its_proportions(tmp_path: Path) -> None:
    from PIL import Image

    view = draw(PDF, 1, tmp_path / "page.png")
    with Image.open(tmp_path / "page.png") as image:
        assert image.format == "PNG"
        assert image.width / image.height == pytest.approx(view.width / view.height, abs=0.01)
        assert max(image.size) > 1500
        assert image.convert("L").getextrema()[0] < 60  # there is ink on it


def test_a_page_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="no page 99"):
        draw(PDF, 99, tmp_path / "page.png")


def test_words_that_stand_twice_are_told_apart_by_where_they_stand() -> None:
    lines = [PageLine("Kết nạp 5 người.", (10, 10, 90, 20)), PageLine("Kết nạp 5 người.", (10, 30, 90, 40))]
    text = "Kết nạp 5 người.\nKết nạp 5 người."
    (first,) = boxes_of(text, 0, 16, lines)
    (second,) = boxes_of(text, 17, len(text), lines)
    assert (first[1], first[3]) == (10, 20)
    assert (second[1], second[3]) == (30, 40)


def test_running_headers_that_were_left_out_of_the_text_shift_nothing() -> None:
    lines = [
        PageLine("Tài liệu mẫu - trang 3", (10, 0, 90, 8)),
        PageLine("Chi bộ họp mỗi", (10, 10, 90, 20)),
        PageLine("tháng một lần.", (10, 30, 90, 40)),
    ]
    text = "Chi bộ họp mỗi tháng một lần."
    assert [box[1] for box in boxes_of(text, 0, len(text), lines)] == [10, 30]


def test_a_span_that_the_page_does_not_show_has_no_box() -> None:
    assert boxes_of("Chi bộ", 0, 6, []) == ()
    assert boxes_of("Chi bộ họp", 0, 6, [PageLine("xyz", (0, 0, 9, 9))]) == ()


def test_cells_of_a_row_are_boxed_one_by_one() -> None:
    cells = [(0.0, 30.0), (200.0, 230.0)]
    boxes = tuple((left + 10 * i, 0.0, left + 10 * i + 10, 10.0) for left, _ in cells for i in range(3))
    line = PageLine("TTX | 64a", (0, 0, 300, 10), boxes, table=True)
    assert boxes_of("TTX | 64a", 0, 9, [line]) == ((0, 0, 30, 10), (200, 0, 230, 10))


@pytest.mark.parametrize("angle", [-9.0, 1.6, 7.0])
def test_a_place_on_a_turned_page_is_found_on_the_page_as_it_was(angle: float) -> None:
    from PIL import Image

    page = Image.new("L", (600, 900), 0)
    page.paste(255, (450, 190, 470, 210))
    turned = page.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    box = turned.point(lambda value: 255 * (value > 128)).getbbox()
    assert box
    left, top, right, bottom = turned_back(box, angle, turned.size, page.size)
    assert (left + right) / 2 == pytest.approx(460, abs=2)
    assert (top + bottom) / 2 == pytest.approx(200, abs=2)


@pytest.mark.system("tesseract")
@pytest.mark.system("pdftoppm")
def test_the_boxes_of_a_scan_lie_on_the_ink_of_their_lines(tmp_path: Path) -> None:
    from PIL import Image

    document = load(SCAN)
    view = draw(SCAN, 1, tmp_path / "page.png")
    assert view.lines == ()
    found = recognise(SCAN, 1, (view.width, view.height), options=ReadOptions())
    start = document.text.index("4. Bài học rút ra")
    (first, *_) = boxes_of(document.text, start, start + 60, found.lines)
    with Image.open(tmp_path / "page.png") as image:
        scale = image.width / found.width
        grey = image.convert("L")
        left, top, right, bottom = (round(value * scale) for value in first)
        on_line = grey.crop((left, top, right, bottom))
        above = grey.crop((left, top - round(12 * scale), right, top - round(4 * scale)))
    dark = [sum(part.histogram()[:120]) / (part.width * part.height) for part in (on_line, above)]
    assert dark[0] > 0.05 > 5 * dark[1]
