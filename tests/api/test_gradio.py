"""The functions of Gradio's API, called by Gradio's own client."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from assistant.answer import Assistant
from assistant.serialise import answer_to_json, document_to_json, hit_to_json
from index.types import Filters

MEMBERS = "Cuối tháng 11/2019 Đảng bộ tỉnh Bắc Ninh có bao nhiêu đảng viên?"


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[Client]:
    made = Client(address, verbose=False)
    yield made
    made.close()


def untimed(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "timings"}


def test_three_functions_are_offered_with_typed_parameters(client: Client) -> None:
    offered: Any = client.view_api(return_format="dict", print_info=False)
    named = offered["named_endpoints"]
    assert set(named) == {"/ask", "/search", "/document"}
    assert not offered["unnamed_endpoints"]
    filters = {"provinces", "kinds", "numbers", "issuers", "issued_from", "issued_to", "document_ids"}
    asked = {entry["parameter_name"]: entry for entry in named["/ask"]["parameters"]}
    assert set(asked) == {"question", "history"} | filters
    assert asked["question"]["python_type"]["type"] == "str"
    assert "list[str]" in asked["provinces"]["python_type"]["type"]
    assert all(entry["parameter_has_default"] for name, entry in asked.items() if name != "question")
    assert {entry["parameter_name"] for entry in named["/search"]["parameters"]} == {
        "question",
        "k",
    } | filters


def test_ask_gives_the_documented_answer(client: Client, assistant: Assistant) -> None:
    answer = client.predict(MEMBERS, api_name="/ask")
    assert untimed(answer) == untimed(answer_to_json(assistant.ask(MEMBERS)))
    assert "57.763" in answer["statements"][0]["text"]


def test_ask_takes_history_and_filters(client: Client, assistant: Assistant) -> None:
    city = "Thành phố Bắc Ninh kết nạp bao nhiêu đảng viên mới từ đầu nhiệm kỳ?"
    followed = client.predict("Riêng năm 2023 thì sao?", history=[city], api_name="/ask")
    assert "209" in followed["statements"][0]["text"]
    filtered = client.predict(MEMBERS, issued_to="1990", api_name="/ask")
    assert (filtered["status"], filtered["hits"]) == ("not_found", [])


def test_search_gives_as_many_passages_as_wanted_within_the_filters(
    client: Client, assistant: Assistant
) -> None:
    found = client.predict("kết nạp đảng viên", k=3, provinces=["thành phố Bắc Ninh"], api_name="/search")
    expected = assistant.search("kết nạp đảng viên", k=3, filters=Filters(provinces=("thành phố Bắc Ninh",)))
    assert found == [hit_to_json(hit) for hit in expected]
    assert {hit["document_id"] for hit in found} == {"thanh-pho-bac-ninh-2024.txt"}
    assert len(found) == 3


def test_document_gives_the_text_that_offsets_refer_to(client: Client, assistant: Assistant) -> None:
    found = client.predict("tinh-bac-ninh-lang-nghe-2019.html", api_name="/document")
    document = assistant.document("tinh-bac-ninh-lang-nghe-2019.html")
    assert found == document_to_json(document, assistant.library.passages(document.id))
    quoted = client.predict(MEMBERS, api_name="/ask")["statements"][0]["citations"][0]
    assert found["text"][quoted["start"] : quoted["end"]] == quoted["quote"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ({"question": "???", "api_name": "/ask"}, "question is empty"),
        ({"question": "a b", "kinds": ["chỉ thịi"], "api_name": "/ask"}, "chỉ thị"),
        ({"question": "a b", "issued_from": "hôm qua", "api_name": "/search"}, "no date"),
        ({"question": "a b", "k": 0, "api_name": "/search"}, "1 to 200"),
        ({"question": 5, "api_name": "/ask"}, "question: Input should be a valid string"),
        (
            {"question": "a b", "provinces": "Bắc Ninh", "api_name": "/ask"},
            "provinces: Input should",
        ),
        ({"name": "khong-co", "api_name": "/document"}, "No document 'khong-co'"),
    ],
)
def test_a_call_that_cannot_be_answered_says_why(client: Client, call: dict[str, Any], said: str) -> None:
    with pytest.raises(AppError) as raised:
        client.predict(**call)
    assert said in str(raised.value)


def test_calls_at_the_same_time_do_not_cross(client: Client, assistant: Assistant) -> None:
    questions = [MEMBERS, "Kinh phí mở lớp lấy từ đâu?", "How many classes did Điện Biên hold?"] * 4
    expected = [untimed(answer_to_json(assistant.ask(question))) for question in questions]
    with ThreadPoolExecutor(len(questions)) as pool:
        answers = list(pool.map(lambda question: client.predict(question, api_name="/ask"), questions))
    assert [untimed(answer) for answer in answers] == expected
