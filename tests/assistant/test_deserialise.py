"""What was written as JSON is read back as it was."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.answer import Assistant
from assistant.deserialise import answer_from_json, answer_from_text, filters_from_text, filters_to_text
from assistant.errors import UnreadableAnswer
from assistant.serialise import answer_to_json
from assistant.types import Notice, NoticeKind
from index.errors import UnknownDocument
from index.library import Library
from index.types import Filters
from ingest.types import Document, Passage

QUESTIONS = [
    "Năm 2019 Đảng bộ thành phố Lào Cai kết nạp được bao nhiêu đảng viên mới?",
    "nam 2019 dang bo thanh pho lao cai ket nap duoc bao nhieu dang vien moi",
    "So sánh số đảng viên kết nạp của tỉnh Lào Cai và tỉnh Cà Mau",
    "Tỉnh Cà Mau có bao nhiêu đảng viên?",
    "How many new party members did Lao Cai province admit in 2023?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_read_back_whole(assistant: Assistant, library: Library, question: str) -> None:
    def find(passage_id: str) -> tuple[Passage, Document] | None:
        passage = library.passage(passage_id)
        return passage, library.document(passage.document_id)

    answer = assistant.ask(question)
    text = json.dumps(answer_to_json(answer), ensure_ascii=False)
    back = answer_from_text(text, find)
    assert replace(back, hits=(), timings={}) == replace(answer, hits=(), timings={})
    assert [hit.passage for hit in back.hits] == [hit.passage for hit in answer.hits]
    assert [hit.document for hit in back.hits] == [hit.document for hit in answer.hits]
    # Scores and seconds are written rounded; what is written is read exactly.
    assert answer_to_json(back) == json.loads(text)
    assert answer_from_text(text).hits == ()


def test_notices_are_read_back(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTIONS[0])
    notice = Notice(NoticeKind.REPLACED, "moi.txt", "Quy định số 2", 3, 9)
    [statement, *_] = answer.statements
    cited = tuple(replace(citation, notices=(notice,)) for citation in statement.citations)
    answer = replace(answer, statements=(replace(statement, citations=cited),))
    assert answer_from_json(answer_to_json(answer)).statements == answer.statements


def test_passages_that_are_gone_are_left_out(assistant: Assistant, library: Library) -> None:
    answer = assistant.ask(QUESTIONS[0])
    kept = answer.hits[0].passage.id

    def find(passage_id: str) -> tuple[Passage, Document] | None:
        try:
            passage = library.passage(passage_id if passage_id == kept else f"gone-{passage_id}")
        except UnknownDocument:
            return None
        return passage, library.document(passage.document_id)

    assert [hit.passage.id for hit in answer_from_json(answer_to_json(answer), find).hits] == [kept]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"status": "grounded"}', "null"])
def test_what_is_no_answer_is_told(text: str) -> None:
    with pytest.raises(UnreadableAnswer, match="stored answer"):
        answer_from_text(text)


def test_an_answer_of_before_a_key_was_added_can_be_read(assistant: Assistant) -> None:
    value = answer_to_json(assistant.ask(QUESTIONS[0]))
    for name in ("understood", "notes", "timings", "hits"):
        del value[name]
    for statement in value["statements"]:
        del statement["emphasis"]
        for citation in statement["citations"]:
            del citation["notices"], citation["sentence"]
    assert answer_from_json(value).statements[0].citations[0].quote


def test_no_filters_are_an_empty_object() -> None:
    assert filters_to_text(Filters()) == "{}"
    assert filters_from_text("{}") == Filters()


@pytest.mark.parametrize("text", ["", "[]", '{"kinds": ["thơ"]}', '{"issued_from": "hôm qua"}'])
def test_filters_that_cannot_be_read_never_become_none(text: str) -> None:
    with pytest.raises(UnreadableAnswer, match="filters"):
        filters_from_text(text)
