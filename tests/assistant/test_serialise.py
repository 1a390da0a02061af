"""The JSON of a real answer says what the answer says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.answer import Assistant
from assistant.serialise import answer_to_json, citation_to_json, hit_to_json
from index.library import Library

QUESTIONS = [
    "Năm 2019 Đảng bộ thành phố Lào Cai kết nạp được bao nhiêu đảng viên mới?",
    "So sánh số đảng viên kết nạp của tỉnh Lào Cai và tỉnh Cà Mau",
    "Nêu các giải pháp tuyên truyền lưu động",
    "Tỉnh Cà Mau có bao nhiêu đảng viên?",
    "How many new party members did Lao Cai province admit in 2023?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_survives_as_json(assistant: Assistant, library: Library, question: str) -> None:
    answer = assistant.ask(question)
    made = answer_to_json(answer)
    value: dict[str, Any] = json.loads(json.dumps(made, ensure_ascii=False, allow_nan=False))
    assert value == made
    assert value["question"] == question
    assert value["status"] == answer.status.value
    assert value["message"] == answer.message
    assert [entry["text"] for entry in value["statements"]] == [entry.text for entry in answer.statements]
    assert [entry["text"] for entry in value["hits"]] == [hit.passage.text for hit in answer.hits]
    cited = [citation for entry in value["statements"] for citation in entry["citations"]] + value["nearest"]
    assert cited
    for citation in cited:
        text = library.document(citation["document_id"]).text
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert value["timings"].keys() == answer.timings.keys()


def test_a_hit_carries_what_is_known_of_its_document(assistant: Assistant) -> None:
    hits = {hit.document.id: hit for hit in assistant.ask(QUESTIONS[0]).hits}
    city = hit_to_json(hits["thanh-pho.md"])
    assert city["issued_on"] == "2019-12-05"
    assert (city["kind"], city["province"], city["number"]) == ("báo cáo", "thành phố Lào Cai", None)
    assert city["names"] == ["thanh-pho.md"]
    assert set(city["ranks"]) <= {"dense", "lexical"}
    assert city["ranks"].keys() == {signal.value for signal in hits["thanh-pho.md"].ranks}
    assert hit_to_json(hits["dang-phi.txt"])["issued_on"] is None


def test_a_citation_is_the_same_in_an_answer_and_alone(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTIONS[0])
    alone = citation_to_json(answer.citations[0])
    assert answer_to_json(answer)["statements"][0]["citations"][0] == alone
    assert alone["verdict"] == "verbatim"
