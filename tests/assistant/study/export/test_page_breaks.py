"""Where pages of papers may break: short tables, questions and the end of a paper are kept together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import docx
import pypdfium2
import pytest

from assistant.study.export.documents import to_handout_docx, to_key_docx, to_quiz_docx
from assistant.study.export.papers.pages import HEIGHT, Sizes, fitting, paginate
from assistant.study.export.papers.pdf import to_pdf
from assistant.study.export.papers.types import Block, Paper, Paragraph, Run, Style, Table
from assistant.study.export.papers.word import to_docx
from assistant.study.types import Draft, QuizKind

from ..drafts import full_draft

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINE = Paragraph((Run("Một dòng."),))


@pytest.fixture(scope="module")
def draft() -> Draft:
    return full_draft()


def paper(*blocks: Block, official: bool = False) -> Paper:
    return Paper("Thử", "vi", blocks, (), "Nguồn", official=official)


def rows(count: int, *, keep: bool = False, words: str = "ô") -> Table:
    made = tuple(((Run(f"hàng-{n}-"),), (Run(words),)) for n in range(count))
    return Table(("Tên", "Số"), made, (0.5, 0.5), keep=keep)


def kept(table: docx.table.Table) -> list[bool]:
    """Of each row, whether it stands on the page of the next."""
    said = [
        cell.paragraphs[0].paragraph_format.keep_with_next for row in table.rows for cell in row.cells[:1]
    ]
    return [bool(keep) for keep in said]


def table_of(file: bytes) -> docx.table.Table:
    return docx.Document(BytesIO(file)).tables[-1]


def pages_of(file: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)]


def test_the_table_of_figures_stays_on_one_page(draft: Draft) -> None:
    table = table_of(to_handout_docx(draft))
    assert kept(table) == [True] * (len(table.rows) - 1) + [False]


def test_a_long_table_repeats_its_head_and_keeps_its_rows_whole() -> None:
    table = table_of(to_docx(paper(rows(60))))
    assert kept(table) == [True] + [False] * 60
    assert table.rows[0]._tr.findall(f"{W}trPr/{W}tblHeader")
    assert all(row._tr.findall(f"{W}trPr/{W}cantSplit") for row in table.rows)


@pytest.mark.parametrize("write", [to_quiz_docx, to_key_docx])
def test_a_question_stays_with_all_that_belongs_to_it(write: Callable[[Draft], bytes], draft: Draft) -> None:
    body = docx.Document(BytesIO(write(draft)))
    assert all(body.styles[name].paragraph_format.keep_together for name in ("Question", "Option"))
    texts = [paragraph for paragraph in body.paragraphs if paragraph.text.startswith("Câu ")]
    assert texts
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in texts)


def test_a_matching_table_stays_with_its_question_and_its_answer(draft: Draft) -> None:
    match = tuple(item for item in draft.quiz if item.kind is QuizKind.MATCH)[:1]
    document = docx.Document(BytesIO(to_quiz_docx(replace(draft, quiz=match))))
    assert all(kept(document.tables[-1]))
    assert document.paragraphs[-2].paragraph_format.keep_with_next  # the thin line after the table


@pytest.mark.parametrize("write", [to_quiz_docx, to_key_docx])
def test_the_last_questions_stay_together(write: Callable[[Draft], bytes], draft: Draft) -> None:
    single = next(item for item in draft.quiz if item.kind is QuizKind.SINGLE)
    many = tuple(replace(single, id=f"q{n}") for n in range(9))
    paragraphs = docx.Document(BytesIO(write(replace(draft, quiz=many)))).paragraphs
    starts = [at for at, paragraph in enumerate(paragraphs) if paragraph.text.startswith("Câu ")]
    ends = [paragraphs[at - 1].paragraph_format.keep_with_next for at in starts[1:]]
    assert [bool(end) for end in ends] == [False] * 7 + [True]


def test_a_last_page_of_a_few_lines_is_saved() -> None:
    nearly = next(
        made
        for count in range(30, 90)
        if (pages := paginate(made := paper(*[LINE] * count), Sizes())).count == 2 and pages.filled < 0.1
    )
    sizes = fitting(nearly)
    assert paginate(nearly, sizes).count == 1
    assert min(sizes.body, sizes.table, sizes.note) >= 11


def test_an_official_paper_keeps_its_letters_and_its_space() -> None:
    for count in range(20, 60):
        sizes = fitting(paper(rows(12), *[LINE] * count, official=True))
        assert (sizes.body, sizes.after) == (14, 6)
        assert sizes.note >= 11


def test_a_chain_that_no_page_holds_does_not_take_a_page_for_each_line() -> None:
    chain = [replace(LINE, keep=True)] * 80
    assert paginate(paper(*chain, LINE), Sizes()).count <= 1 + 81 * 23 / HEIGHT


@pytest.mark.parametrize("before", range(20, 60, 3))
def test_no_page_of_a_pdf_ends_in_a_short_table(before: int) -> None:
    pages = pages_of(to_pdf(paper(*[LINE] * before, rows(9, words="nhiều chữ " * 5))))
    holding = {number for number, text in enumerate(pages) if "hàng-" in text}
    assert len(holding) == 1


def test_a_row_higher_than_a_page_is_broken_in_a_pdf() -> None:
    pages = pages_of(to_pdf(paper(rows(2, words="nhiều chữ " * 1500))))
    assert len(pages) > 2
    assert "hàng-1-" in "".join(pages)


@pytest.mark.parametrize("before", range(30, 42))
def test_lines_to_write_on_stay_with_their_question_in_a_pdf(before: int) -> None:
    question = Paragraph((Run("Câu hỏi?"),), Style.QUESTION, keep=True)
    lines = [Paragraph((), Style.LINE, keep=True)] * 3
    pages = pages_of(
        to_pdf(paper(*[LINE] * before, question, *lines, Paragraph((Run("Hết."),), Style.OPTION)))
    )
    assert [("Câu hỏi?" in text) == ("Hết." in text) for text in pages] == [True] * len(pages)


def test_a_pdf_is_set_closer_to_save_a_last_page_of_a_few_lines() -> None:
    counts = [len(pages_of(to_pdf(paper(*[LINE] * count)))) for count in range(30, 50, 2)]
    lines = [len(pages_of(to_pdf(paper(*[LINE] * count)))[-1].splitlines()) for count in range(30, 50, 2)]
    assert all(held > 3 for pages, held in zip(counts, lines, strict=True) if pages > 1)
