"""Who may ask: keys, web pages of other sites, other host names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import openai
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from openai import OpenAI

from assistant.answer import Assistant

BODY = {"model": "pba", "messages": [{"role": "user", "content": "Kinh phí mở lớp lấy từ đâu?"}]}


@pytest.fixture(scope="module")
def locked(serve: Callable[..., str], assistant: Assistant) -> str:
    """A server with a key."""
    return serve(assistant, api_key="khoa-bi-mat-1234")


@pytest.fixture(scope="module")
def networked(serve: Callable[..., str], assistant: Assistant) -> str:
    """A server that other machines reach, without a key."""
    return serve(assistant, host="0.0.0.0")


def post(address: str, **headers: str) -> httpx.Response:
    return httpx.post(f"{address}/v1/chat/completions", json=BODY, headers=headers, timeout=60)


def test_a_wrong_key_is_refused_and_the_right_one_works(locked: str) -> None:
    wrong = OpenAI(base_url=f"{locked}/v1", api_key="khoa-khac", max_retries=0)
    with pytest.raises(openai.AuthenticationError, match=r"server\.api_key") as raised:
        wrong.models.list()
    assert raised.value.code == "invalid_api_key"
    right = OpenAI(base_url=f"{locked}/v1", api_key="khoa-bi-mat-1234", max_retries=0)
    assert [model.id for model in right.models.list()] == ["pba"]


@pytest.mark.parametrize("authorization", ["", "Bearer", "Basic khoa-bi-mat-1234", "Bearer khóa"])
def test_no_key_is_no_way_in(locked: str, authorization: str) -> None:
    headers = {"Authorization": authorization.encode()} if authorization else {}
    reply = httpx.post(f"{locked}/v1/chat/completions", json=BODY, headers=headers, timeout=60)  # type: ignore[arg-type]
    assert reply.status_code == 401
    assert "statements" not in reply.text


def test_health_and_the_page_need_no_key(locked: str) -> None:
    for path in ("/healthz", "/readyz", "/v1/openapi.json", "/"):
        assert httpx.get(locked + path, timeout=60).status_code == 200


def test_gradio_functions_need_the_key_too(locked: str) -> None:
    with pytest.raises(AppError, match=r"server\.api_key"):
        Client(locked, verbose=False).predict("Kinh phí mở lớp lấy từ đâu?", api_name="/ask")
    headers = {"Authorization": "Bearer khoa-bi-mat-1234"}
    answer: Any = Client(locked, verbose=False, headers=headers).predict(
        "Kinh phí mở lớp lấy từ đâu?", api_name="/ask"
    )
    assert answer["status"] == "grounded"


def test_on_a_network_programs_are_refused_until_a_key_is_set(networked: str) -> None:
    reply = post(networked)
    assert reply.status_code == 403
    assert "server.api_key" in reply.json()["error"]["message"]
    with pytest.raises(AppError, match=r"server\.api_key"):
        Client(networked, verbose=False).predict("Kinh phí mở lớp lấy từ đâu?", api_name="/search")


def test_a_web_page_of_another_site_may_not_ask(address: str) -> None:
    assert post(address, Origin="https://evil.example").status_code == 403
    assert post(address, Origin="null").status_code == 403
    assert post(address, Origin=address).status_code == 200
    assert post(address).status_code == 200


def test_another_host_name_is_refused(address: str) -> None:
    assert post(address, Host="evil.example").status_code == 421
