"""Beside every quote from a document that is not in force stands what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.cli.ask import answer_lines
from assistant.notices import in_words
from assistant.serialise import answer_to_json
from assistant.types import NoticeKind
from assistant.wording import wording
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder

OLD = """\
HUYỆN ỦY MƯỜNG LÁT
Số 15-QĐ/HU
Mường Lát, ngày 2 tháng 3 năm 2014

QUY ĐỊNH
về chế độ họp của chi bộ bản

Điều 1. Chi bộ bản họp định kỳ vào ngày 5 hằng tháng, mỗi buổi không quá 150 phút.

Điều 2. Phụ cấp của bí thư chi bộ bản là 420.000 đồng mỗi tháng.
"""
NEW = """\
HUYỆN ỦY MƯỜNG LÁT
Số 70-QĐ/HU
Mường Lát, ngày 1 tháng 9 năm 2021

QUY ĐỊNH
về sinh hoạt của chi bộ bản

Điều 1. Tài liệu sinh hoạt được gửi cho đảng viên trước ba ngày.

Điều 2. Quy định này thay thế Quy định số 15-QĐ/HU, ngày 02/3/2014 của Huyện ủy Mường Lát.
"""
ENDED = """\
---
title: Kế hoạch trồng rừng của chi bộ bản Poọng
kind: kế hoạch
status: hết hiệu lực
---

Chi bộ bản Poọng giao mỗi đảng viên trồng 35 cây lát hoa quanh nhà văn hóa.
"""
REPLACED_IN = "Phụ cấp của bí thư chi bộ bản là bao nhiêu?"
IN_FORCE = "Tài liệu sinh hoạt được gửi cho đảng viên khi nào?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("texts")
    for name, text in {"cu.txt": OLD, "moi.txt": NEW, "rung.md": ENDED}.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library.open(tmp_path_factory.mktemp("library"), embedder=embedder) as library:
        assert ingest(library, [folder]).added == 3
        yield Assistant(library)


def test_a_quote_from_a_replaced_document_says_by_which_one_and_where(assistant: Assistant) -> None:
    answer = assistant.ask(REPLACED_IN)
    quoted = [citation for citation in answer.citations if citation.document_id == "cu.txt"]
    assert quoted
    assert "420.000" in quoted[0].quote
    for citation in quoted:
        (notice,) = citation.notices
        assert (notice.kind, notice.by) == (NoticeKind.REPLACED, "moi.txt")
        assert notice.label == "Quy định số 70-QĐ/HU của Huyện ủy Mường Lát, ngày 1/9/2021"
        said = assistant.document("moi.txt").text[notice.start : notice.end]
        assert said.endswith("thay thế Quy định số 15-QĐ/HU, ngày 02/3/2014 của Huyện ủy Mường Lát.")


def test_a_quote_from_a_document_in_force_has_none(assistant: Assistant) -> None:
    (first, *_) = assistant.ask(IN_FORCE).citations
    assert (first.document_id, first.notices) == ("moi.txt", ())


def test_what_the_owner_says_of_a_document_counts(assistant: Assistant) -> None:
    (first, *_) = assistant.ask("Mỗi đảng viên bản Poọng trồng bao nhiêu cây lát hoa?").citations
    (notice,) = first.notices
    assert (notice.kind, notice.by, notice.start, notice.end) == (NoticeKind.ENDED, "rung.md", 0, 0)
    assert in_words(notice, first, "vi").endswith("đã hết hiệu lực (theo thông tin kèm tài liệu).")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (REPLACED_IN, "văn bản này đã được thay thế bởi Quy định số 70-QĐ/HU"),
        (
            "How much is the allowance of the bí thư chi bộ bản (phụ cấp)?",
            "this document has been replaced by Quy định số 70",
        ),
    ],
)
def test_the_terminal_says_so_right_below_the_quote(assistant: Assistant, question: str, words: str) -> None:
    lines = answer_lines(assistant.ask(question), wording("vi"))
    at = next(number for number, line in enumerate(lines) if "420.000" in line)
    assert words in lines[at + 1]


def test_json_has_the_notice(assistant: Assistant) -> None:
    (statement, *_) = answer_to_json(assistant.ask(REPLACED_IN))["statements"]
    assert statement["citations"][0]["notices"][0]["by"] == "moi.txt"


def test_passages_offered_as_near_are_marked_too(assistant: Assistant) -> None:
    answer = assistant.ask("Quy định số 15-QĐ/HU cấp bao nhiêu xe máy cho trưởng bản?")
    near = [citation for citation in (*answer.nearest, *answer.citations) if citation.document_id == "cu.txt"]
    assert near
    assert all(citation.notices for citation in near)


def test_ranking_can_ask_which_documents_are_superseded(assistant: Assistant) -> None:
    assert assistant.validity.superseded(["moi.txt", "cu.txt", "rung.md"]) == {"cu.txt", "rung.md"}


def test_a_document_that_leaves_takes_its_notice_along(tmp_path: Path, embedder: Embedder) -> None:
    for name, text in {"cu.txt": OLD, "moi.txt": NEW}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Library.open(tmp_path / "library", embedder=embedder) as library:
        ingest(library, [tmp_path / "cu.txt"])
        validity = Assistant(library).validity
        assert validity.notices("cu.txt") == ()
        ingest(library, [tmp_path / "moi.txt"])
        assert [notice.by for notice in validity.notices("cu.txt")] == ["moi.txt"]
        with library.transaction() as tx:
            tx.remove("moi.txt")
        assert validity.notices("cu.txt") == ()
