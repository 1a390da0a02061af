"""Chat completions: one answer as one reply, or as server-sent events."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing
from typing import Any, Protocol

from assistant.errors import BadQuestion
from assistant.filters import filters_of
from assistant.http.failures import problem_of
from assistant.http.schema import MODEL, ChatRequest
from assistant.http.turns import Turns
from assistant.http.written import Message, Piece, PlaceOf, answer_in_brief, message_to_json
from assistant.stopping import Stop
from assistant.threaded import in_thread
from assistant.types import Event
from assistant.understanding import clean_question
from index.types import Filters

#: Earlier questions that are read: no follow-up reaches further back.
_LONGEST_HISTORY = 8


class Streams(Protocol):
    """What answers: ``assistant.answer.Assistant``."""

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        filters: Filters = Filters(),
        stop: Stop | None = None,
    ) -> Iterator[Event]: ...


class Exchange:
    """One request and its reply.

    Args:
        assistant: answers the question.
        request: checked for its form; what it asks for is checked here.
        turns: shared by all exchanges of a server.
        place_of: where a person sees a quote.
        count: tokens of a text.

    Raises:
        Unsupported, BadOption: the request asks for what there is not.
    """

    def __init__(
        self,
        assistant: Streams,
        request: ChatRequest,
        turns: Turns,
        *,
        place_of: PlaceOf,
        count: Callable[[str], int],
    ) -> None:
        question, earlier = request.turns()
        history = [text for text in earlier if _is_question(text)][-_LONGEST_HISTORY:]
        filters = filters_of(**request.filters.model_dump())
        self._read = [*history, question]
        self._message = Message()
        self._stop = Stop()
        self._count = count
        self._with_usage = bool(request.stream_options and request.stream_options.include_usage)
        self._head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": MODEL}

        def pieces() -> Iterator[Piece]:
            events = assistant.stream(question, history=history, filters=filters, stop=self._stop)
            yield from self._message.write(events, question, place_of)

        self._steps = turns.taking(pieces())

    async def whole(self) -> dict[str, Any]:
        """The reply as one JSON object."""
        async with aclosing(in_thread(self._steps, stop=self._stop)) as pieces:
            async for _ in pieces:
                pass
        assert self._message.answer is not None
        return {
            **self._head,
            "object": "chat.completion",
            "choices": [
                {
                    "index": 0,
                    "message": message_to_json(self._message),
                    "logprobs": None,
                    "finish_reason": "stop",
                }
            ],
            "usage": self._usage(),
            "answer": answer_in_brief(self._message.answer),
        }

    async def begun(self) -> AsyncIterator[str]:
        """The reply as server-sent events, once its first part is known.

        Raises:
            Exception: whatever goes wrong before the first part, so that it can have its own status.
        """
        pieces = in_thread(self._steps, stop=self._stop)
        first = await anext(pieces)
        return self._events(first, pieces)

    async def _events(self, first: Piece, rest: AsyncGenerator[Piece, None]) -> AsyncIterator[str]:
        yield self._chunk({"role": "assistant", "content": ""})
        yield self._piece(first)
        try:
            async for piece in rest:
                yield self._piece(piece)
            assert self._message.answer is not None
            yield self._chunk({}, finish="stop", answer=answer_in_brief(self._message.answer))
            if self._with_usage:
                yield _event({**self._chunk_head(), "choices": [], "usage": self._usage()})
            yield "data: [DONE]\n\n"
        except Exception as error:
            # The status has long been sent: the client is told by an event, as OpenAI's does.
            yield _event(problem_of(error).body)
        finally:
            await rest.aclose()

    def _piece(self, piece: Piece) -> str:
        delta: dict[str, Any] = {"content": piece.text}
        if piece.annotations:
            delta["annotations"] = list(piece.annotations)
        return self._chunk(delta)

    def _chunk(self, delta: dict[str, Any], *, finish: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        usage = {"usage": None} if self._with_usage else {}
        return _event({**self._chunk_head(), "choices": [choice], **usage, **more})

    def _chunk_head(self) -> dict[str, Any]:
        return {**self._head, "object": "chat.completion.chunk"}

    def _usage(self) -> dict[str, int]:
        """Tokens of what was read of the request, and of the answer. No language model counts any."""
        prompt = sum(map(self._count, self._read))
        completion = self._count(self._message.text)
        return {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
        }


def _event(value: dict[str, Any]) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"


def _is_question(text: str) -> bool:
    """An earlier message that could not be read ("???") was told so then; it must not end what follows."""
    try:
        clean_question(text)
    except BadQuestion:
        return False
    return True
