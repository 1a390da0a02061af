"""Chat completions where a language model writes: what is sent is checked, a failure is told in the text."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from openai import OpenAI
from scripted_model import Cut, Messages, ScriptedModel

from assistant.answer import Assistant
from assistant.llm.endpoint import Endpoint
from assistant.llm.errors import ModelFailed
from assistant.llm.probe import probe
from assistant.llm.types import Message
from assistant.types import Engine

QUESTION = "Thành phố Bắc Ninh có bao nhiêu đảng viên?"


@pytest.fixture
def client(scripted_model: ScriptedModel, assistant: Assistant, serve: Callable[..., str]) -> OpenAI:
    writing = Assistant(assistant.library, llm=Endpoint(scripted_model.base_url, retries=0))
    return OpenAI(base_url=f"{serve(writing)}/v1", api_key="-", max_retries=0)


def quote_of(assistant: Assistant) -> str:
    return assistant.ask(QUESTION).citations[0].quote


def saying(quote: str, *more: object) -> Callable[[Messages], list[object]]:
    def reply(messages: Messages) -> list[object]:
        request = messages[-1]["content"]
        number = re.findall(r'id="(\d+)"', request[: request.index(quote[:40])])[-1]
        return [f"{quote} [{number}]\n", *more]

    return reply


def test_what_is_sent_are_the_sentences_that_hold_each_with_its_annotation(
    client: OpenAI, assistant: Assistant, scripted_model: ScriptedModel
) -> None:
    quote = quote_of(assistant)
    scripted_model.script(saying(quote, "Thành phố Bắc Ninh có 999.999 đảng viên [1]."))  # type: ignore[arg-type]
    reply = client.chat.completions.create(model="pba", messages=[{"role": "user", "content": QUESTION}])
    text = reply.choices[0].message.content
    assert text is not None
    assert "999.999" not in text
    assert quote in text
    [annotation] = reply.choices[0].message.annotations or []
    cited = annotation.model_dump()["citation"]
    assert assistant.document(cited["document_id"]).text[cited["start"] : cited["end"]] == cited["quote"]


def test_what_was_sent_and_does_not_stand_is_called_back_in_words(
    client: OpenAI, assistant: Assistant, scripted_model: ScriptedModel
) -> None:
    quote = quote_of(assistant)
    scripted_model.script(saying(quote, "Ngoài ra, thành phố ", Cut()))  # type: ignore[arg-type]
    stream = client.chat.completions.create(
        model="pba", messages=[{"role": "user", "content": QUESTION}], stream=True
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices)
    assert "ngắt giữa chừng" in text
    after = text.split("Phần trên không được giữ lại")
    assert len(after) == 2, "the sentence that was sent before the reply broke off"
    assert quote in after[1]


def test_an_address_that_leads_back_to_the_assistant_is_found_out_at_once(
    assistant: Assistant, serve: Callable[..., str]
) -> None:
    """Else each question would ask the assistant itself, over and over."""
    first = Assistant(assistant.library, llm=Endpoint("http://127.0.0.1:9", retries=0))
    address = serve(first)
    looping = Assistant(assistant.library, llm=Endpoint(f"{address}/v1", "pba", context_window=8192))
    answer = looping.ask(QUESTION)
    assert answer.engine is Engine.QUOTATION
    assert probe(Endpoint(f"{address}/v1", "pba")).failure is not None
    with pytest.raises(ModelFailed, match=r"llm\.base_url leads back to this assistant"):
        list(Endpoint(f"{address}/v1", "pba").reply([Message("user", "Xin chào")]))
