"""What a program of OpenAI's gets from the server: asked by OpenAI's own client, over real HTTP."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote, urlsplit

import openai
import pytest
from openai import OpenAI

from assistant.answer import Assistant

MEMBERS = "Cuối tháng 11/2019 Đảng bộ tỉnh Bắc Ninh có bao nhiêu đảng viên?"
NOWHERE = "Giá vé máy bay từ Paris đi Tokyo là bao nhiêu?"


def ask(client: OpenAI, *questions: str, **options: Any) -> Any:
    messages = [{"role": "user", "content": question} for question in questions]
    return client.chat.completions.create(model="pba", messages=messages, **options)  # type: ignore[arg-type]


def check_citations(message: Any, assistant: Assistant) -> int:
    """Each annotation is of the marker it points at, and quotes its document exactly. Gives how many."""
    for annotation in message.annotations:
        marker, cited = annotation.url_citation, annotation.citation
        assert message.content[marker.start_index : marker.end_index] == f"[{cited['marker']}]"
        text = assistant.document(cited["document_id"]).text
        assert text[cited["start"] : cited["end"]] == cited["quote"]
        place = urlsplit(marker.url)
        assert place.hostname == "127.0.0.1"
        _, document, span = unquote(place.fragment).strip("/").split("/")
        assert document == cited["document_id"]
        assert span.startswith(f"{cited['start']}-{cited['end']}")
    return len(message.annotations)


def test_a_question_is_answered_with_markers_annotations_and_sources(
    client: OpenAI, assistant: Assistant
) -> None:
    reply = ask(client, MEMBERS)
    message = reply.choices[0].message
    assert (reply.model, reply.object, reply.choices[0].finish_reason) == ("pba", "chat.completion", "stop")
    assert "57.763" in message.content
    assert check_citations(message, assistant) >= 1
    answer, sources = message.content.split("\n\nNguồn:\n")
    for citation in assistant.ask(MEMBERS).citations:
        assert f"[{citation.marker}]" in answer
        assert f"- [{citation.marker}] {citation.label}" in sources.splitlines()
    assert reply.answer["status"] == "grounded"
    assert reply.answer["statements"][0]["citations"][0]["quote"] in message.content


def test_a_question_in_english_is_framed_in_english(client: OpenAI, assistant: Assistant) -> None:
    message = (
        ask(client, "How many party members did Bac Ninh have at the end of November 2019?")
        .choices[0]
        .message
    )
    assert message.content.startswith("The documents say")
    assert "57.763" in message.content
    assert "\n\nSources:\n" in message.content
    assert check_citations(message, assistant) >= 1


def test_how_a_question_was_read_is_said(client: OpenAI) -> None:
    content = (
        ask(client, "trong nam 2019 tinh bac ninh da khai tru bao nhieu dang vien").choices[0].message.content
    )
    assert content.startswith("Đã hiểu là: ")
    assert "khai trừ" in content.splitlines()[0]


@pytest.mark.parametrize("question", [MEMBERS, NOWHERE, "How many classes did Điện Biên hold?"])
def test_a_stream_says_the_same_as_the_whole(client: OpenAI, question: str) -> None:
    whole = ask(client, question)
    content, annotations, last, usage = "", [], None, None
    for chunk in ask(client, question, stream=True, stream_options={"include_usage": True}):
        assert chunk.object == "chat.completion.chunk"
        if not chunk.choices:
            usage = chunk.usage
            continue
        delta = chunk.choices[0].delta
        content += delta.content or ""
        annotations += getattr(delta, "annotations", None) or []
        last = chunk
    message = whole.choices[0].message
    assert content == message.content
    assert annotations == [annotation.model_dump() for annotation in message.annotations]
    assert last is not None
    assert last.choices[0].finish_reason == "stop"
    assert last.answer["status"] == whole.answer["status"]
    assert usage == whole.usage


def test_earlier_questions_make_a_follow_up_clear(client: OpenAI, assistant: Assistant) -> None:
    earlier, question = (
        "Thành phố Bắc Ninh kết nạp bao nhiêu đảng viên mới từ đầu nhiệm kỳ?",
        "Riêng năm 2023 thì sao?",
    )
    messages = [
        {"role": "system", "content": "Trả lời ngắn."},
        {"role": "user", "content": earlier},
        {"role": "assistant", "content": "… [1]"},
        {"role": "user", "content": [{"type": "text", "text": question}]},
    ]
    reply: Any = client.chat.completions.create(model="pba", messages=messages)  # type: ignore[call-overload]
    assert "209" in reply.choices[0].message.content
    assert reply.answer["standalone"] == assistant.ask(question, history=[earlier]).standalone != question


def test_an_earlier_message_that_is_no_question_does_not_end_the_conversation(client: OpenAI) -> None:
    assert "57.763" in ask(client, "???", "x" * 10_001, MEMBERS).choices[0].message.content


def test_filters_restrict_what_is_quoted(client: OpenAI) -> None:
    question = "Kết nạp được bao nhiêu đảng viên?"
    for filters, allowed in (
        ({"document_ids": ["dien-bien-2006-2010.rtf"]}, {"dien-bien-2006-2010.rtf"}),
        ({"provinces": ["thành phố Bắc Ninh"]}, {"thanh-pho-bac-ninh-2024.txt"}),
        ({"numbers": ["28-CT/TW"]}, {"tom-luoc-chi-thi-28.md"}),
        ({"issuers": ["đảng uỷ xã a"]}, {"ke-hoach-lop-boi-duong-2024.txt"}),
    ):
        reply = ask(client, question, extra_body={"filters": filters})
        cited = {
            citation["document_id"]
            for statement in reply.answer["statements"]
            for citation in statement["citations"]
        } | {citation["document_id"] for citation in reply.answer["nearest"]}
        assert cited <= allowed, filters
        assert cited


def test_filters_by_time_and_kind(client: OpenAI) -> None:
    before = ask(client, MEMBERS, extra_body={"filters": {"issued_to": "1990"}})
    assert before.answer["status"] == "not_found"
    among = ask(client, MEMBERS, extra_body={"filters": {"kinds": ["bai bao"], "issued_from": "2019"}})
    assert "57.763" in among.choices[0].message.content


def test_what_the_documents_do_not_say_is_not_found(client: OpenAI) -> None:
    reply = ask(client, NOWHERE)
    message = reply.choices[0].message
    assert reply.answer["status"] == "not_found"
    assert message.annotations == []
    assert "[1]" not in message.content
    assert message.content.startswith("Không tìm thấy")


def test_usage_counts_what_was_read_and_written(client: OpenAI, assistant: Assistant) -> None:
    alone, followed = ask(client, MEMBERS), ask(client, "Kinh phí mở lớp lấy từ đâu?", MEMBERS)
    count = assistant.library.embedder.count_tokens
    assert alone.usage.prompt_tokens == count(MEMBERS) - count("")
    assert followed.usage.prompt_tokens > alone.usage.prompt_tokens
    assert alone.usage.completion_tokens == count(alone.choices[0].message.content) - count("")
    assert alone.usage.total_tokens == alone.usage.prompt_tokens + alone.usage.completion_tokens


def test_the_model_is_listed_and_no_other_is_there(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["pba"]
    assert client.models.retrieve("pba").id == "pba"
    with pytest.raises(openai.NotFoundError, match="gpt-4o"):
        client.models.retrieve("gpt-4o")


USER = {"role": "user", "content": MEMBERS}
LONG = {"role": "user", "content": "x" * 10_001}
BOSS = {"role": "boss", "content": "x"}
LATER_FIRST = {"issued_from": "2023", "issued_to": "2022"}
IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}


@pytest.mark.parametrize(
    ("body", "error", "param", "said"),
    [
        ({"model": "gpt-4o"}, openai.NotFoundError, "model", "there is pba"),
        ({"messages": []}, openai.BadRequestError, "messages", "at least 1"),
        ({"messages": [{"role": "system", "content": "x"}]}, openai.BadRequestError, "messages", "role user"),
        ({"messages": [{"role": "user", "content": "…"}]}, openai.BadRequestError, "messages", "empty"),
        ({"messages": [LONG]}, openai.BadRequestError, "messages", "10,000"),
        ({"messages": [{"role": "user", "content": [IMAGE]}]}, openai.BadRequestError, "messages", "image"),
        ({"messages": [BOSS]}, openai.BadRequestError, "messages.0.role", "'user'"),
        ({"filters": {"kinds": ["chỉ thịi"]}}, openai.BadRequestError, "filters", "chỉ thị"),
        ({"filters": LATER_FIRST}, openai.BadRequestError, "filters", "swap"),
        ({"filters": {"issued_from": "hôm qua"}}, openai.BadRequestError, "filters", "no date"),
        ({"filters": {"place": ["x"]}}, openai.BadRequestError, "filters.place", "not permitted"),
        ({"provinces": ["x"]}, openai.BadRequestError, "provinces", "filters"),
        ({"n": 2}, openai.BadRequestError, "n", "one answer"),
        ({"response_format": {"type": "json_object"}}, openai.BadRequestError, "response_format", "text"),
        ({"tool_choice": "required"}, openai.BadRequestError, "tool_choice", "no tool"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("stream", [False, True])
def test_a_request_that_cannot_be_answered_says_what_is_wrong_with_what(
    client: OpenAI,
    body: dict[str, Any],
    error: type[openai.APIStatusError],
    param: str,
    said: str,
    stream: bool,
) -> None:
    request = {"model": "pba", "messages": [USER], "stream": stream, **body}
    with pytest.raises(error, match=said) as raised:
        client.post("/chat/completions", body=request, cast_to=object)
    assert raised.value.param == param
    assert raised.value.type == "invalid_request_error"


def test_settings_of_sampling_are_taken_and_change_nothing(client: OpenAI) -> None:
    plain = ask(client, MEMBERS)
    tuned = ask(client, MEMBERS, temperature=1.9, top_p=0.1, max_tokens=3, seed=1, user="a", stop=["\n"])
    assert tuned.choices[0].message.content == plain.choices[0].message.content


def test_conversations_at_the_same_time_do_not_cross(client: OpenAI, assistant: Assistant) -> None:
    city = "Thành phố Bắc Ninh kết nạp bao nhiêu đảng viên mới từ đầu nhiệm kỳ?"
    talks = [
        ([], MEMBERS),
        ([], "Kinh phí mở lớp lấy từ đâu?"),
        ([], "How many classes did Điện Biên hold?"),
        ([city], "Riêng năm 2023 thì sao?"),
        ([MEMBERS], "Còn Điện Biên thì sao?"),
        ([], NOWHERE),
    ] * 3  # fmt: skip
    expected = [
        [s.text for s in assistant.ask(asked, history=history).statements] for history, asked in talks
    ]
    with ThreadPoolExecutor(len(talks)) as pool:
        replies = list(pool.map(lambda talk: ask(client, *talk[0], talk[1]), talks))
    said = [[statement["text"] for statement in reply.answer["statements"]] for reply in replies]
    assert said == expected
    assert [reply.answer["question"] for reply in replies] == [asked for _, asked in talks]
    assert len({json.dumps(statements) for statements in said}) >= 5
