"""Word papers: administrative layout, footnotes that quote, contents with pages, charts with figures."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pypdfium2
import pytest
from docx.shared import Mm, Pt
from lxml import etree
from openpyxl import load_workbook

from assistant.errors import PartMissing
from assistant.study.export.documents import (
    handout_size,
    to_handout_docx,
    to_key_docx,
    to_plan_docx,
    to_quiz_docx,
    to_variants_docx,
)
from assistant.study.types import Draft, Section

from ..drafts import LONG, TERM, full_draft, text_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Write = Callable[[Draft], bytes]
WRITERS = (to_plan_docx, to_handout_docx, to_quiz_docx, to_key_docx)
NOTED = (to_plan_docx, to_handout_docx, to_key_docx)


@pytest.fixture(scope="module")
def draft() -> Draft:
    return full_draft()


def part(file: bytes, name: str) -> Any:
    with ZipFile(BytesIO(file)) as archive:
        return etree.fromstring(archive.read(name))


def notes(file: bytes) -> dict[int, str]:
    """Footnotes by their number."""
    found = part(file, "word/footnotes.xml").findall(f"{W}footnote")
    return {int(n.get(f"{W}id")): "".join(n.itertext()).strip() for n in found if n.get(f"{W}type") is None}


def references(file: bytes) -> list[int]:
    body = part(file, "word/document.xml")
    return [int(found.get(f"{W}id")) for found in body.iter(f"{W}footnoteReference")]


def lines(file: bytes) -> list[str]:
    """Every paragraph, those of tables and controls too."""
    body = part(file, "word/document.xml")
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.iter(f"{W}p")]


@pytest.mark.parametrize("write", WRITERS)
def test_a_paper_has_the_administrative_layout(write: Write, draft: Draft) -> None:
    document = docx.Document(BytesIO(write(draft)))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.page_height > Mm(296)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        assert document.styles[name].font.name == "Times New Roman"
        assert not [key for key in document.styles[name].element.rPr.rFonts.attrib if "Theme" in key]


@pytest.mark.parametrize("write", [to_plan_docx, to_quiz_docx, to_key_docx])
def test_letters_are_of_14_points_in_text_13_in_tables_12_in_footnotes(write: Write, draft: Draft) -> None:
    styles = docx.Document(BytesIO(write(draft))).styles
    assert styles["Normal"].font.size == Pt(14)
    assert styles["Table Text"].font.size == Pt(13)
    assert styles["footnote text"].font.size == Pt(12)


def test_pages_are_numbered_at_the_top_from_the_second(draft: Draft) -> None:
    section = docx.Document(BytesIO(to_plan_docx(draft))).sections[0]
    assert section.different_first_page_header_footer
    assert not section.first_page_header.paragraphs[0]._p.findall(f".//{W}instrText")
    [number] = section.header.paragraphs[0]._p.findall(f".//{W}instrText")
    assert number.text.strip() == "PAGE"
    assert section.header.paragraphs[0].alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER


@pytest.mark.parametrize("write", NOTED)
def test_footnotes_and_references_agree(write: Write, draft: Draft) -> None:
    file = write(draft)
    written = notes(file)
    assert references(file) == list(range(1, len(written) + 1)) == list(written)
    for note in written.values():
        assert re.fullmatch(r"“.+” — .+\.", note, re.DOTALL), note


@pytest.mark.parametrize("write", NOTED)
def test_a_footnote_is_the_exact_quote_with_its_label(write: Write, draft: Draft) -> None:
    cited = {f"“{' '.join(c.quote.split())}” — {c.label}.": c for c in draft.citations}
    for note in notes(write(draft)).values():
        citation = cited[note]
        assert text_of(citation.document_id)[citation.start : citation.end] == citation.quote


def test_a_span_cited_twice_is_one_footnote(draft: Draft) -> None:
    file = to_plan_docx(draft)
    fields = part(file, "word/document.xml").findall(f".//{W}fldSimple")
    assert [field.get(f"{W}instr").split()[:2] for field in fields] == [["NOTEREF", "_RefNote17"]]
    assert len(set(notes(file).values())) == len(notes(file))


def test_the_plan_says_everything(draft: Draft) -> None:
    text = lines(to_plan_docx(draft))
    for lesson in draft.lessons:
        for said in (*lesson.objectives, *(q for section in lesson.sections for q in section.questions)):
            assert any(said in line for line in text), said
        points = [said for section in lesson.sections for said in section.points]
        assert all(any(line.startswith(said.text) for line in text) for said in points)
    assert f"{LONG}" in text
    assert "45 phút" in text
    assert text.count("Ví dụ thực tiễn ở địa phương:") == 3


def test_what_is_not_proved_is_marked(draft: Draft) -> None:
    marked = [line for line in lines(to_plan_docx(draft)) if "chưa chứng minh được từ nguồn" in line]
    assert [line.split(".")[0] for line in marked] == ["Thành phố Bắc Ninh có 700 đảng viên mới"]


def test_the_office_is_left_to_be_filled_in(draft: Draft) -> None:
    body = part(to_plan_docx(draft), "word/document.xml")
    controls = {tag.get(f"{W}val") for tag in body.iter(f"{W}tag")}
    assert controls == {"above", "office", "place"}
    assert len(list(body.iter(f"{W}showingPlcHdr"))) == 3


def test_headings_stay_with_what_follows_and_rows_are_whole(draft: Draft) -> None:
    document = docx.Document(BytesIO(to_plan_docx(draft)))
    assert all(document.styles[f"Heading {level}"].paragraph_format.keep_with_next for level in (1, 2, 3))
    table = document.tables[-1]
    assert all(row._tr.trPr.find(f"{W}cantSplit") is not None for row in table.rows)
    assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None


def contents(file: bytes) -> list[tuple[str, str, str]]:
    """Style, text and page of each entry of the table of contents."""
    found = []
    for link in part(file, "word/document.xml").iter(f"{W}hyperlink"):
        *words, page = [t.text for t in link.iter(f"{W}t")]
        style = link.getparent().find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        found.append((style, "".join(words), page))
    return found


def test_contents_list_every_heading_and_lead_to_it(draft: Draft) -> None:
    file = to_plan_docx(draft)
    document = docx.Document(BytesIO(file))
    headings = [p for p in document.paragraphs if p.style.name.startswith("Heading")]
    entries = contents(file)
    assert [text for _, text, _ in entries] == [heading.text for heading in headings]
    assert [style[-1] for style, _, _ in entries] == [heading.style.name[-1] for heading in headings]
    assert all(page.isdigit() for _, _, page in entries)
    anchors = [link.get(f"{W}anchor") for link in part(file, "word/document.xml").iter(f"{W}hyperlink")]
    marked = [heading._p.find(f"{W}bookmarkStart").get(f"{W}name") for heading in headings]
    assert anchors == marked
    [start] = [i for i in part(file, "word/document.xml").iter(f"{W}instrText") if "TOC" in i.text]
    assert start.text.split()[0] == "TOC"


def test_the_handout_has_a_table_of_figures_with_dates_and_sources(draft: Draft) -> None:
    table = docx.Document(BytesIO(to_handout_docx(draft))).tables[-1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Nội dung", "Số liệu", "Thời điểm", "Nguồn"]
    assert rows[1][:3] == ["Đảng viên của Đảng bộ tỉnh Bắc Ninh", "57.763 đảng viên", "30/11/2019"]
    assert rows[6][2] == "không rõ"
    assert all(row[3] for row in rows)


def test_charts_carry_the_figures(draft: Draft) -> None:
    assert draft.handout is not None
    file = to_handout_docx(draft)
    with ZipFile(BytesIO(file)) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/charts/chart")]
        assert len(names) == len(draft.handout.series) == 2
        for number, series in enumerate(draft.handout.series, 1):
            xml = etree.fromstring(archive.read(f"word/charts/chart{number}.xml"))
            space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
            values = [float(v.text) for v in xml.findall(".//c:val//c:pt/c:v", space)]
            assert sorted(values) == sorted(point.value for point in series.points)
            labels = ["".join(t.itertext()) for t in xml.findall(".//c:dLbl/c:tx", space)]
            assert sorted(labels) == sorted(point.written for point in series.points)
            workbook = archive.read(f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
            sheet = load_workbook(BytesIO(workbook)).active
            assert {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2)} == {
                point.label: point.value for point in series.points
            }


def test_the_paper_gives_no_key_away_and_has_room_for_names(draft: Draft) -> None:
    text = lines(to_quiz_docx(draft))
    assert [line for line in text if line.startswith("Họ và tên")] == ["Họ và tên: Lớp: "]
    assert not any("Đáp án" in line or "Giải thích" in line for line in text)
    with ZipFile(BytesIO(to_quiz_docx(draft))) as archive:
        assert "word/footnotes.xml" not in archive.namelist()
    assert len([line for line in text if re.match(r"Câu \d+\. ", line)]) == len(draft.quiz)


def test_each_key_has_its_proving_quotes(draft: Draft) -> None:
    file = to_key_docx(draft)
    text = lines(file)
    keys = [line for line in text if line.startswith("Đáp án: ")]
    assert keys[0] == "Đáp án: B. 57.763"
    assert keys[1] == "Đáp án: A. Mường Chà; C. Tủa Chùa; D. Tuần Giáo"
    assert keys[2] == "Đáp án: Đúng"
    assert keys[3] == "Đáp án: 6.611 hoặc 6611"
    assert keys[6] == "Đáp án: ít nhất hai phần ba hoặc 2/3"
    assert keys[7] == "Đáp án: Sai"
    body = part(file, "word/document.xml")
    paragraphs = [p for p in body.iter(f"{W}p") if "".join(p.itertext()).startswith("Đáp án: ")]
    written = notes(file)
    for item, paragraph in zip(draft.quiz, paragraphs, strict=True):
        cited = [written[int(r.get(f"{W}id"))] for r in paragraph.iter(f"{W}footnoteReference")]
        assert [note.split("” — ")[0][1:] for note in cited] == [c.quote for c in item.citations]


def test_paper_and_key_show_matching_and_ordering_alike(draft: Draft) -> None:
    paper, key = lines(to_quiz_docx(draft)), lines(to_key_docx(draft))
    match = next(item for item in draft.quiz if item.pairs)
    letters = {line[3:]: line[0] for line in paper if re.match(r"[A-C]\. ", line)}
    expected = ", ".join(f"{place}{letters[pair.right]}" for place, pair in enumerate(match.pairs, 1))
    assert any(line.startswith(f"Đáp án: {expected} (") for line in key)
    order = next(item for item in draft.quiz if item.steps)
    expected = "–".join(letters[step.text] for step in order.steps)
    assert expected != "A–B–C"
    assert any(line.startswith(f"Đáp án: {expected} (") for line in key)


def test_variants_come_as_papers_with_their_keys(draft: Draft) -> None:
    with ZipFile(BytesIO(to_variants_docx(draft))) as archive:
        names = archive.namelist()
        assert names == [f"{kind}-{code}.docx" for code in (101, 102, 103, 104) for kind in ("de", "dap-an")]
        assert any("Mã đề 103" in line for line in lines(archive.read("de-103.docx")))


@pytest.mark.parametrize("write", [*WRITERS, to_variants_docx])
def test_the_same_draft_gives_the_same_bytes(write: Write, draft: Draft) -> None:
    file = write(draft)
    assert write(full_draft()) == file
    with ZipFile(BytesIO(file)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        if "docProps/core.xml" in archive.namelist():
            assert b"dcterms" not in re.sub(rb"xmlns:\w+=\S+", b"", archive.read("docProps/core.xml"))


@pytest.mark.parametrize(
    ("write", "gone", "named"),
    [
        (to_plan_docx, {"lessons": ()}, "plan"),
        (to_handout_docx, {"handout": None}, "handout"),
        (to_quiz_docx, {"quiz": ()}, "quiz"),
        (to_key_docx, {"quiz": ()}, "quiz"),
    ],
)
def test_a_missing_part_is_named(write: Write, gone: dict[str, Any], named: str, draft: Draft) -> None:
    with pytest.raises(PartMissing, match=named) as raised:
        write(replace(draft, **gone))
    assert raised.value.parts == (named,)


def test_a_plan_in_english_is_framed_in_english(draft: Draft) -> None:
    english = replace(draft, wish=replace(draft.wish, language="en"))
    text = lines(to_plan_docx(english))
    assert "LESSON PLAN" in text
    assert "GIÁO ÁN" not in text
    assert TERM in text


def test_what_xml_cannot_hold_does_not_spoil_a_file(draft: Draft) -> None:
    odd = replace(draft, title="Tên\x07 lạ & <b>")
    assert "Tên lạ & <b>" in lines(to_plan_docx(odd))


def test_a_fuller_handout_has_smaller_letters(draft: Draft) -> None:
    assert draft.handout is not None
    assert handout_size(draft) == 12
    fuller = replace(draft.handout, sections=draft.handout.sections * 6)
    assert 9 < handout_size(replace(draft, handout=fuller)) < 12


def rendered(file: bytes, folder: Path) -> pypdfium2.PdfDocument:
    source = folder / "paper.docx"
    source.write_bytes(file)
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=180
    )
    return pypdfium2.PdfDocument(source.with_suffix(".pdf"))


@pytest.mark.system("soffice")
@pytest.mark.parametrize("times", [1, 6])
def test_a_handout_is_two_pages(times: int, draft: Draft, tmp_path: Path) -> None:
    assert draft.handout is not None
    sections = tuple(section for _ in range(times) for section in draft.handout.sections)
    fuller = replace(draft, handout=replace(draft.handout, sections=sections))
    assert len(rendered(to_handout_docx(fuller), tmp_path)) == 2


@pytest.mark.system("soffice")
def test_contents_name_the_pages_on_which_headings_stand(draft: Draft, tmp_path: Path) -> None:
    lesson = draft.lessons[0]
    longer: tuple[Section, ...] = lesson.sections * 3
    file = to_plan_docx(replace(draft, lessons=(replace(lesson, sections=longer), *draft.lessons)))
    pdf = rendered(file, tmp_path)
    pages = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in pdf]
    entries = contents(file)
    assert len(pages) >= 7
    assert int(entries[-1][2]) == len(pages)
    for _, text, page in entries:
        assert re.sub(r"\s", "", text) in pages[int(page) - 1], (text, page)
