"""Any LlamaIndex ``LLM`` as a model: one over real HTTP, and some that run in the process."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, CompletionResponse, LLMMetadata
from llama_index.core.llms import LLM, CustomLLM, MockLLM
from llama_index.llms.openai_like import OpenAILike
from scripted_model import Cut, Hang, Refuse, ScriptedModel

from assistant.llm.errors import Failing, ModelFailed
from assistant.llm.llama_index import LlamaIndexModel
from assistant.llm.patience import Patience
from assistant.llm.types import LanguageModel, Message

QUESTION = [Message("system", "Chỉ dùng tài liệu."), Message("user", "Có bao nhiêu đảng viên?")]


class Slow(CustomLLM):
    """One that computes in the process, as models without a server do: word by word, until it is stopped."""

    stopped: Any = None
    can_stream: bool = True

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=2048, num_output=256, model_name="chậm")

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        raise AssertionError("not asked this way")

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Any:
        raise AssertionError("not asked this way")

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> Any:
        if not self.can_stream:
            raise NotImplementedError

        def words() -> Iterator[ChatResponse]:
            text = ""
            try:
                while True:
                    text += "chữ "
                    yield ChatResponse(message=ChatMessage(role="assistant", content=text))
                    time.sleep(0.05)
            finally:
                self.stopped.set()

        return words()

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        return ChatResponse(message=ChatMessage(role="assistant", content="<think>58</think>Có 57."))


def openai_like(server: ScriptedModel) -> LLM:
    return OpenAILike(
        model="mẫu",
        api_base=server.base_url,
        api_key="k",
        is_chat_model=True,
        max_retries=0,
        context_window=8000,
    )


def failure_of(model: LanguageModel) -> Failing:
    with pytest.raises(ModelFailed) as caught:
        list(model.reply(QUESTION))
    return caught.value.failing


def test_what_its_own_client_streams_is_the_reply(scripted_model: ScriptedModel) -> None:
    model: LanguageModel = LlamaIndexModel(openai_like(scripted_model))
    scripted_model.script("<think>58 chăng?</think>Có 57.763 đảng viên 🎉 [1].")
    scripted_model.chunked_by = 1
    reply = model.reply(QUESTION)
    assert "".join(reply) == "Có 57.763 đảng viên 🎉 [1]."
    assert (model.name, model.context_window, model.max_tokens) == ("mẫu", 8000, 1024)
    assert scripted_model.asked[0].messages == [{"role": m.role, "content": m.content} for m in QUESTION]
    assert reply.usage.tokens_out > 0
    assert not reply.usage.counted


@pytest.mark.parametrize(
    ("steps", "failing"),
    [
        (Refuse(401), Failing.UNAUTHORISED),
        (Refuse(429), Failing.QUOTA),
        (Refuse(404), Failing.REFUSED),
        (Refuse(500), Failing.FAILED),
        (["Có ", Cut()], Failing.BROKEN_OFF),
    ],
)
def test_what_its_client_raises_is_told(scripted_model: ScriptedModel, steps: Any, failing: Failing) -> None:
    scripted_model.script(steps)
    assert failure_of(LlamaIndexModel(openai_like(scripted_model))) is failing


def test_nobody_there(scripted_model: ScriptedModel) -> None:
    scripted_model.close()
    assert failure_of(LlamaIndexModel(openai_like(scripted_model))) is Failing.UNREACHABLE


def test_one_that_hangs_is_given_up(scripted_model: ScriptedModel) -> None:
    scripted_model.script([Hang()])
    model = LlamaIndexModel(openai_like(scripted_model), patience=Patience(first_word=0.3))
    assert failure_of(model) is Failing.TOO_SLOW


def test_one_that_computes_here_is_stopped_with_its_next_word() -> None:
    stopped = threading.Event()
    model = LlamaIndexModel(Slow(stopped=stopped))
    reply = model.reply(QUESTION)
    for number, piece in enumerate(reply):
        assert piece == "chữ "
        if number == 2:
            break
    assert stopped.wait(5)


def test_one_that_cannot_stream_is_asked_for_the_whole() -> None:
    assert list(LlamaIndexModel(Slow(can_stream=False)).reply(QUESTION)) == ["Có 57."]


def test_one_that_tells_nothing_of_itself_has_a_name() -> None:
    assert LlamaIndexModel(MockLLM()).name == "MockLLM"
