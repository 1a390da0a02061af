"""A row of a table is never quoted without the names of its columns."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from assistant import tables
from assistant.answer import Assistant
from assistant.citations import QuotedSpan, quoted
from assistant.types import Verdict
from assistant.verification import quotes
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder
from ingest.load import load
from ingest.types import Document, Passage

ROWS = [
    ("Đơn vị", "Đảng viên", "Đảng viên nữ"),
    ("Chi bộ bản Hua Nhàn", "34", "11"),
    ("Chi bộ bản Pa Khen", "27", "9"),
    ("Chi bộ bản Tà Lềng", "41", "16"),
]


def markdown(folder: Path) -> Path:
    lines = [f"| {' | '.join(row)} |" for row in ROWS]
    lines.insert(1, "|---|---:|---:|")
    path = folder / "bang.md"
    path.write_text("# Số liệu chi bộ\n\n" + "\n".join(lines) + "\n\nHết bảng.\n", encoding="utf-8")
    return path


def html(folder: Path) -> Path:
    head, *body = ROWS
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in body)
    path = folder / "bang.html"
    path.write_text(
        "<html><head><meta charset='utf-8'><title>Số liệu chi bộ</title></head><body><article>"
        "<h1>Số liệu chi bộ</h1><p>Bảng dưới đây ghi số đảng viên của các chi bộ bản.</p><table><tr>"
        f"{''.join(f'<th>{cell}</th>' for cell in head)}</tr>{rows}</table></article></body></html>",
        encoding="utf-8",
    )
    return path


def word(folder: Path) -> Path:
    file = docx.Document()
    file.add_paragraph("Số liệu chi bộ")
    table = file.add_table(rows=0, cols=3)
    for row in ROWS:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    file.add_paragraph("Hết bảng.")
    path = folder / "bang.docx"
    file.save(str(path))
    return path


FORMS = pytest.mark.parametrize("write", [markdown, html, word])


@FORMS
def test_every_row_knows_its_head_in_every_format(tmp_path: Path, write) -> None:  # type: ignore[no-untyped-def]
    text = load(write(tmp_path)).text
    for name, members, women in ROWS[1:]:
        at = text.index(name)
        ((start, end),) = tables.header(text, at)
        assert text[start:end].strip("| ") == "Đơn vị | Đảng viên | Đảng viên nữ"
        assert members in text[at : text.index(women, at)]
    assert tables.header(text, text.index("Đơn vị")) == ()


@FORMS
def test_an_answer_from_a_row_shows_head_and_row_and_proves_both(
    tmp_path: Path, embedder: Embedder, write
) -> None:  # type: ignore[no-untyped-def]
    path = write(tmp_path)
    with Library.open(tmp_path / "library", embedder=embedder) as library:
        ingest(library, [path])
        assistant = Assistant(library)
        answer = assistant.ask("Chi bộ bản Pa Khen có bao nhiêu đảng viên?")
        statement = next(entry for entry in answer.statements if "Pa Khen" in entry.text)
        assert "Đơn vị | Đảng viên | Đảng viên nữ" in answer.statements[0].text
        assert statement.verdict is Verdict.VERBATIM
        for citation in answer.citations:
            assert (
                assistant.document(citation.document_id).text[citation.start : citation.end] == citation.quote
            )


def test_the_head_stands_before_the_first_row_only_and_passes_the_check() -> None:
    text = "Đơn vị | Tổng số | Nữ\nXã Ẳng Nưa | 120 | 41\nXã Ẳng Cang | 98 | 30\n"
    document = Document("a.txt", "0", "Bảng", text)
    passage = Passage("a.txt#1", "a.txt", 1, 0, len(text), text)
    spans = [
        (text.index(name), text.index(name) + len(text[text.index(name) :].split("\n")[0]))
        for name in ("Xã Ẳng N", "Xã Ẳng C")
    ]
    first, second = quoted([QuotedSpan(document, passage, *span, sentence=span) for span in spans])
    assert first.text == "Đơn vị | Tổng số | Nữ [1] Xã Ẳng Nưa | 120 | 41 [2]"
    assert second.text == "Xã Ẳng Cang | 98 | 30 [3]"
    for statement in (first, second):
        assert quotes.check(statement, {"a.txt": document}.__getitem__).verdict is Verdict.VERBATIM


def test_a_row_in_a_later_passage_has_the_head_of_the_first(tmp_path: Path) -> None:
    rows = "\n".join(f"{number} | Xã số {number} | {number * 7}" for number in range(1, 400))
    text = f"Mở đầu.\n\nTT | Đơn vị | Đảng viên\n{rows}\n"
    ((start, end),) = tables.header(text, text.index("390 | Xã"))
    assert text[start:end] == "TT | Đơn vị | Đảng viên"
    assert tables.header_text(text, text.index("390 | Xã")) == "TT | Đơn vị | Đảng viên"


def test_two_rows_of_names_and_a_row_of_column_numbers() -> None:
    text = (
        "TT | Đơn vị | Đảng viên | Đảng viên\nTT | Đơn vị | Tổng số | Nữ\n(1) | (2) | (3) | (4)\n"
        "1 | Xã Bó Mười | 45 | 20\n"
    )
    row = text.index("1 | Xã")
    assert [text[start:end] for start, end in tables.header(text, row)] == text.split("\n")[:2]
    ((start, end),) = tables.head_spans(text, row)
    assert text[start:end] == "\n".join(text.split("\n")[:2])


@pytest.mark.parametrize(
    "text",
    [
        "Xã Bó Mười có 45 đảng viên.\n",
        "Họ và tên | Lò Văn Pánh\nQuê quán | Bản Ta Bú\n",
        "2019 | 45 | 20\n2020 | 47 | 21\n",
    ],
)
def test_what_has_no_head_gets_none(text: str) -> None:
    last = text.rstrip("\n").rfind("\n") + 1
    assert tables.header(text, last) == ()
    assert tables.header_text(text, last) == ""


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Chi bộ bản Pa Khen có bao nhiêu đảng viên?", "27"),
        ("Chi bộ bản Pa Khen có bao nhiêu đảng viên nữ?", "9"),
        ("Chi bộ bản Pa Khen ở đâu?", None),
        ("Đơn vị nào ở bản Pa Khen?", None),
    ],
)
def test_the_cell_asked_for_is_found_by_the_name_of_its_column(question: str, value: str | None) -> None:
    text = "\n".join(" | ".join(row) for row in ROWS)
    start = text.index("Chi bộ bản Pa Khen")
    found = tables.cell(question, text, start, start + len(" | ".join(ROWS[2])))
    assert (text[slice(*found)] if found else None) == value


def test_years_are_names_of_columns() -> None:
    text = "TT | Đơn vị | Năm 2020 | Năm 2021\n1 | Xã Bó Mười | 120 | 131"
    start = text.index("1 | Xã")
    found = tables.cell("Năm 2021 xã Bó Mười kết nạp bao nhiêu?", text, start, len(text))
    assert found is not None
    assert text[slice(*found)] == "131"


def test_an_empty_cell_is_a_cell() -> None:
    text = "| Xã A |  | 5 |"
    assert [text[slice(*span)] for span in tables.cells(text, 0, len(text))] == ["Xã A", "", "5"]
