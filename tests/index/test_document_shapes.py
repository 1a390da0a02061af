"""Long passages, tables, numbered lists over several passages and two-column pages, from file to search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx import Document as WordDocument
from handmade import HashingEmbedder

from index.ingestion import ingest
from index.library import Library
from index.types import Hit
from ingest.types import Document, Passage

#: Header row, then figures of communes that do not exist.
TABLE = (
    ("Đơn vị", "Kết nạp", "Chỉ tiêu"),
    ("Đảng bộ xã Suối Trầm", "31", "28"),
    ("Đảng bộ xã Bản Hạc", "17", "20"),
    ("Đảng bộ phường Gò Lim", "44", "40"),
)
DUTIES = tuple(
    f"{n}. {text}"
    for n, text in enumerate(
        (
            "Mở sổ theo dõi quần chúng ưu tú và ghi vào sau mỗi kỳ họp chi bộ.",
            "Cử hai người kèm cặp mỗi học viên, ít nhất một người trên ba mươi tuổi.",
            "Lấy ý kiến nhận xét của thôn, bản nơi học viên đang cư trú.",
            "Kiểm tra giấy tờ tùy thân và bản khai trước ngày mười lăm.",
            "Mời đại diện gia đình dự buổi nói chuyện đầu khóa.",
            "Chấm bài thu hoạch theo thang điểm một trăm và công bố tại lớp.",
            "Trao giấy chứng nhận trong vòng mười ngày kể từ ngày bế giảng.",
            "Lưu danh sách lớp tại văn phòng huyện ủy trong năm năm.",
            "Báo cáo kết quả về ban tổ chức trước ngày hai mươi tháng sau.",
        ),
        start=1,
    )
)
LEFT = (
    "Chi bộ thôn Đồi Chè họp vào tối mồng ba hằng tháng tại nhà văn hóa. "
    "Mỗi kỳ họp dành nửa giờ để nghe học viên mới trình bày kế hoạch phấn đấu của mình trước chi bộ. "
    "Người vắng mặt hai kỳ liền phải giải trình bằng văn bản với bí thư."
)
RIGHT = (
    "Đội văn nghệ thôn Bãi Ngô biểu diễn vào sáng mồng chín hằng tháng. "
    "Tiền vé dùng để mua sách cho tủ sách chi bộ và sửa mái che sân khấu ngoài trời. "
    "Ban quản lý công khai sổ thu chi trên bảng tin của thôn vào cuối quý."
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", embedder=HashingEmbedder()) as opened:
        yield opened


@pytest.fixture
def font(request: pytest.FixtureRequest) -> Path:
    """A TrueType font with the Vietnamese letters; tests that use it are marked ``system("font")``."""
    plugins = request.config.pluginmanager.get_plugins()
    find = next(plugin.find_font for plugin in plugins if hasattr(plugin, "find_font"))
    return Path(find())


def stored(library: Library, path: Path, *, max_tokens: int | None = None) -> tuple[Document, list[Passage]]:
    """The document of a file and its passages, whose text is exactly the document's."""
    report = ingest(library, [path], max_tokens=max_tokens)
    assert not report.failures
    document = library.document(path.name)
    passages = library.passages(path.name)
    assert all(document.text[p.start : p.end] == p.text for p in passages)
    return document, list(passages)


def first(library: Library, question: str) -> Hit:
    return library.search(question, weight_dense=0.0)[0]


def in_word(path: Path) -> None:
    document = WordDocument()
    document.add_heading("Kết quả kết nạp quý ba", level=1)
    table = document.add_table(rows=0, cols=3)
    for cells in TABLE:
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    document.save(str(path))


def in_html(path: Path) -> None:
    rows = "".join(
        "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"
        for cells, tag in zip(TABLE, ("th", "td", "td", "td"), strict=True)
    )
    body = f"<h1>Kết quả kết nạp quý ba</h1><table>{rows}</table><p>Bảng do văn phòng huyện ủy lập.</p>"
    path.write_text(f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>", "utf-8")


def in_markdown(path: Path) -> None:
    lines = [f"| {' | '.join(cells)} |" for cells in TABLE]
    text = "\n".join(["# Kết quả kết nạp quý ba", "", lines[0], "|---|---|---|", *lines[1:], ""])
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(("name", "write"), [("b.docx", in_word), ("b.html", in_html), ("b.md", in_markdown)])
def test_the_rows_of_a_table_come_out_whole_after_their_header(
    name: str, write: Callable[[Path], None], library: Library, tmp_path: Path
) -> None:
    write(tmp_path / name)
    document, _ = stored(library, tmp_path / name)
    rows = [" | ".join(cells) for cells in TABLE]
    places = [document.text.index(row) for row in rows]
    assert places == sorted(places)
    hit = first(library, "phường Gò Lim kết nạp bao nhiêu")
    assert rows[3] in hit.passage.text
    assert rows[0] in hit.passage.text


def test_a_numbered_list_over_several_passages_keeps_its_order_and_its_items(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "list.txt"
    path.write_text("\n".join(["Nhiệm vụ của trung tâm mở lớp:", *DUTIES]), "utf-8")
    document, passages = stored(library, path, max_tokens=60)
    assert len(passages) >= 3
    places = [document.text.index(duty) for duty in DUTIES]
    assert places == sorted(places)
    for duty in DUTIES:
        assert any(duty in passage.text for passage in passages), duty
    assert DUTIES[6] in first(library, "giấy chứng nhận trao trong vòng mấy ngày").passage.text


def test_a_long_paragraph_is_cut_between_sentences_and_every_sentence_is_found(
    library: Library, tmp_path: Path
) -> None:
    sentences = [
        f"Đội công tác số {n} đến bản {name} vận động được {n + 20} hộ tham gia tổ hợp tác trồng quế."
        for n, name in enumerate(
            "Na Sầm,Pá Lau,Nậm Chim,Khe Vằn,Tà Phời,Lùng Cá,Phiêng Ái,Sín Hồ".split(","), 1
        )
    ]
    path = tmp_path / "long.txt"
    path.write_text(" ".join(sentences), "utf-8")
    document, passages = stored(library, path, max_tokens=70)
    assert document.text == " ".join(sentences)
    assert len(passages) >= 3
    for sentence in sentences:
        assert any(sentence in passage.text for passage in passages), sentence
    assert sentences[4] in first(library, "bản Tà Phời vận động bao nhiêu hộ").passage.text


@pytest.mark.system("font")
def test_two_columns_are_read_one_after_the_other(library: Library, tmp_path: Path, font: Path) -> None:
    from fpdf import FPDF

    paper = FPDF()
    paper.add_font("body", fname=str(font))
    paper.add_page()
    paper.set_font("body", size=11)
    for left, text in ((15, LEFT), (110, RIGHT)):
        paper.set_xy(left, 30)
        paper.multi_cell(80, 6, text, align="L")
    path = tmp_path / "columns.pdf"
    paper.output(str(path))
    document, passages = stored(library, path)
    flat = " ".join(document.text.split())
    assert LEFT in flat
    assert RIGHT in flat
    assert flat.index(LEFT) < flat.index(RIGHT)
    joined = [" ".join(passage.text.split()) for passage in passages]
    assert any(
        "Người vắng mặt hai kỳ liền phải giải trình bằng văn bản với bí thư." in text for text in joined
    )
    hit = first(library, "tiền vé văn nghệ dùng để làm gì")
    assert "mua sách cho tủ sách chi bộ và sửa mái che" in " ".join(hit.passage.text.split())


def test_every_passage_of_a_long_table_knows_its_header(library: Library, tmp_path: Path) -> None:
    rows = [f"| Chi bộ bản số {n} | {n + 3} | {n + 1} |" for n in range(1, 60)]
    path = tmp_path / "long.md"
    path.write_text("\n".join(["| Chi bộ | Kết nạp | Chỉ tiêu |", "|---|---|---|", *rows]), "utf-8")
    document, passages = stored(library, path, max_tokens=120)
    assert len(passages) >= 3
    for passage in passages[1:]:
        assert "Chi bộ | Kết nạp | Chỉ tiêu" in passage.heading
    for row in rows:
        assert any(row in passage.text for passage in passages), row
    assert document.text.index(rows[0]) < document.text.index(rows[-1])
