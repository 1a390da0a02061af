"""Questions offered to a reader are answered by the library they were made from."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.examples import drafts, question_of
from assistant.quantities import figures
from assistant.types import AnswerStatus
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "Đảng bộ tỉnh Lào Cai kết nạp được 1.846 đảng viên, vượt chỉ tiêu.",
            "Đảng bộ tỉnh Lào Cai kết nạp bao nhiêu đảng viên?",
        ),
        ("Tỉnh Yên Bái hiện có gần 46 chi bộ.", "Tỉnh Yên Bái hiện có bao nhiêu chi bộ?"),
        (
            "Thực hiện Chỉ thị số 28-CT/TW,\ncác huyện mở 12 lớp cho quần chúng.",
            "Thực hiện Chỉ thị số 28-CT/TW, các huyện mở bao nhiêu lớp?",
        ),
    ],
)
def test_a_figure_becomes_a_question(sentence: str, question: str) -> None:
    assert question_of(sentence) == question


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Đảng bộ tỉnh Lào Cai kết nạp nhiều đảng viên.",
        "Trong đó tỉnh Lào Cai kết nạp 12 đảng viên.",
        "Nhờ vậy, tỉnh Lào Cai kết nạp 12 đảng viên.",
        "- Tỉnh Lào Cai kết nạp được thêm 12 đảng viên.",
        "tỉnh Lào Cai kết nạp được thêm 12 đảng viên.",
        "Huyện nọ kết nạp được thêm 12 đảng viên mới.",
        "Năm 2023 tỉnh Lào Cai theo Chỉ thị số 28-CT/TW.",
        "Tỉnh Lào Cai đạt kế hoạch cả năm 98,6%.",
        "12 đảng viên của tỉnh Lào Cai được khen.",
    ],
)
def test_no_question_is_made_of_a_sentence_that_does_not_stand_alone(sentence: str) -> None:
    assert question_of(sentence) is None


def test_drafts_come_from_each_document_in_turn(library: Library) -> None:
    found = list(drafts(library))
    assert len(found) > 3
    sources = [document_id for _, document_id in found]
    different = list(dict.fromkeys(sources))
    assert sources[: len(different)] == different
    for question, document_id in found:
        document = library.document(document_id)
        text = " ".join(document.text.split()).lower()
        start = question.lower().split(" bao nhiêu ")[0].split(" nói về việc gì?")[0]
        start = start.removeprefix(f"ở {document.province}, ".lower())
        assert start in text or (document.number and document.number.lower() in start)
        assert question.endswith("?")


def test_examples_are_answered_from_the_documents_they_were_made_of(
    assistant: Assistant, library: Library
) -> None:
    origin = dict(drafts(library))
    examples = assistant.examples(4)
    assert len(examples) >= 3
    assert len({origin[question] for question in examples[:3]}) == 3
    for question in examples:
        answer = assistant.ask(question)
        assert answer.status is AnswerStatus.GROUNDED
        assert answer.citations[0].document_id == origin[question]
        if " bao nhiêu " in question:
            assert figures(answer.citations[0].quote)


def test_a_sentence_of_a_document_about_one_place_is_asked_of_that_place() -> None:
    sentence = "Năm 2023, toàn đảng bộ kết nạp được 209 đảng viên mới."
    assert question_of(sentence) is None
    question = question_of(sentence, "tỉnh Lào Cai")
    assert question == "Ở tỉnh Lào Cai, năm 2023, toàn đảng bộ kết nạp bao nhiêu đảng viên mới?"


@pytest.mark.parametrize("n", [0, 1, 2, 50])
def test_no_more_examples_than_wanted_and_none_twice(assistant: Assistant, library: Library, n: int) -> None:
    examples = assistant.examples(n)
    assert len(examples) <= n
    assert len(set(examples)) == len(examples)
    assert set(examples) <= {question for question, _ in islice(drafts(library), 100)}
    assert assistant.examples(n) == examples


def test_examples_follow_the_library(tmp_path: Path, embedder: Embedder) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    with Library.open(tmp_path / "library", embedder=embedder) as library:
        assistant = Assistant(library)
        assert assistant.examples() == ()
        file = folder / "a.txt"
        file.write_text("Đảng bộ tỉnh Tuyên Quang kết nạp được 734 đảng viên, đa số còn rất trẻ.", "utf-8")
        ingest(library, [folder])
        assert assistant.examples() == ("Đảng bộ tỉnh Tuyên Quang kết nạp bao nhiêu đảng viên?",)
        file.unlink()
        ingest(library, [folder], prune=True)
        assert assistant.examples() == ()
