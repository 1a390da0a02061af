"""The MCP server, used by the official client."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client

from assistant.answer import Assistant
from assistant.serialise import answer_to_json

T = TypeVar("T")
MEMBERS = "Cuối tháng 11/2019 Đảng bộ tỉnh Bắc Ninh có bao nhiêu đảng viên?"


def talk(address: str, work: Callable[[ClientSession], Awaitable[T]], **headers: str) -> T:
    async def run() -> T:
        async with (
            streamablehttp_client(f"{address}/gradio_api/mcp/", headers=headers) as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            return await work(session)

    return asyncio.run(run())


def called(address: str, tool: str, arguments: dict[str, Any], **headers: str) -> Any:
    return talk(address, lambda session: session.call_tool(tool, arguments), **headers)


def test_the_tools_are_described_with_each_of_their_parameters(address: str) -> None:
    tools = {tool.name: tool for tool in talk(address, lambda session: session.list_tools()).tools}
    assert set(tools) == {"ask", "search", "document"}
    for tool in tools.values():
        assert tool.description
        for name, field in tool.inputSchema["properties"].items():
            assert field.get("description"), f"{tool.name}: {name}"
    assert tools["ask"].inputSchema["required"] == ["question"]
    filters = {"provinces", "kinds", "numbers", "issuers", "issued_from", "issued_to", "document_ids"}
    assert filters < set(tools["ask"].inputSchema["properties"])
    assert filters < set(tools["search"].inputSchema["properties"])


def test_ask_answers_in_the_documented_json(address: str, assistant: Assistant) -> None:
    result = called(address, "ask", {"question": MEMBERS})
    assert not result.isError
    answer = json.loads(result.content[0].text)
    expected = answer_to_json(assistant.ask(MEMBERS))
    assert {**answer, "timings": {}} == {**expected, "timings": {}}


def test_filters_and_history_are_parameters(address: str) -> None:
    found = called(address, "search", {"question": "kết nạp", "k": 2, "numbers": ["28-CT/TW"]})
    hits = json.loads(found.content[0].text)
    assert {hit["document_id"] for hit in hits} == {"tom-luoc-chi-thi-28.md"}
    city = "Thành phố Bắc Ninh kết nạp bao nhiêu đảng viên mới từ đầu nhiệm kỳ?"
    followed = called(address, "ask", {"question": "Riêng năm 2023 thì sao?", "history": [city]})
    assert "209" in json.loads(followed.content[0].text)["statements"][0]["text"]


def test_document_reads_one(address: str, assistant: Assistant) -> None:
    read = json.loads(called(address, "document", {"name": "28-CT/TW"}).content[0].text)
    assert read["text"] == assistant.document("tom-luoc-chi-thi-28.md").text


def test_what_goes_wrong_is_an_error_in_words(address: str) -> None:
    result = called(address, "document", {"name": "khong-co"})
    assert result.isError
    assert "khong-co" in result.content[0].text
    result = called(address, "ask", {"question": "a b", "kinds": ["chỉ thịi"]})
    assert result.isError
    assert "chỉ thị" in result.content[0].text


def test_tools_need_the_key_where_one_is_set(serve: Callable[..., str], assistant: Assistant) -> None:
    locked = serve(assistant, api_key="khoa-bi-mat-1234")
    refused = called(locked, "ask", {"question": MEMBERS})
    assert refused.isError
    assert "server.api_key" in refused.content[0].text
    answered = called(locked, "ask", {"question": MEMBERS}, Authorization="Bearer khoa-bi-mat-1234")
    assert "57.763" in answered.content[0].text
