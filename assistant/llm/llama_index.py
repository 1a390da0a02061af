"""Any LlamaIndex ``LLM`` as a model of the assistant."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from assistant.llm.cleaning import Spoken, Unopened, Whole
from assistant.llm.counting import Counter
from assistant.llm.errors import Failing, ModelFailed
from assistant.llm.patience import Patience
from assistant.llm.replies import StreamedReply
from assistant.llm.types import Message, Usage

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

#: What a reply is given up with, by its exception's ``status_code``, which the clients of most makers have.
_STATUSES = {401: Failing.UNAUTHORISED, 403: Failing.UNAUTHORISED, 402: Failing.QUOTA, 429: Failing.QUOTA}


class LlamaIndexModel:
    """``LanguageModel`` of ``assistant.llm.types`` over an ``LLM`` that was made elsewhere.

    Its own retries, key and limits hold. A reply that is closed, or waited for in vain, ends for the reader
    at once; the ``LLM`` itself is told with the next piece that it gives, for it cannot be stopped earlier.

    Args:
        llm: asked by ``stream_chat``, or by ``chat`` where it cannot stream, in a thread of its own.
        max_tokens: of the longest reply, where the ``LLM`` does not tell.
    """

    def __init__(self, llm: LLM, *, max_tokens: int = 1024, patience: Patience = Patience()) -> None:
        self._llm = llm
        self._patience = patience
        self._most = max_tokens
        self._counter = Counter()

    @property
    def name(self) -> str:
        """The model's name as the ``LLM`` tells it, else the class's."""
        named = str(self._llm.metadata.model_name)
        return named if named not in ("", "unknown") else self._llm.class_name()

    @property
    def context_window(self) -> int:
        """Tokens of request and reply together, as the ``LLM`` tells."""
        return int(self._llm.metadata.context_window)

    @property
    def max_tokens(self) -> int:
        """Tokens of the longest reply."""
        told = int(self._llm.metadata.num_output)
        return told if 0 < told < self.context_window else min(self._most, self.context_window // 2)

    def count(self, text: str) -> int:
        """Tokens of a text, estimated on the high side; see ``assistant.llm.counting``."""
        return self._counter.count(text)

    def reply(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> StreamedReply:
        """Ask; the ``LLM``'s own limit of the reply holds, whatever ``max_tokens`` is."""
        sent = tuple(messages)
        tokens_in = sum(self.count(message.content) for message in sent)
        return StreamedReply(
            lambda reply: self._answer(reply, sent),
            lambda text: Usage(tokens_in, self.count(text), counted=False),
        )

    async def _answer(self, reply: StreamedReply, messages: Sequence[Message]) -> None:
        loop = asyncio.get_running_loop()
        last = loop.time() + self._patience.total
        pieces: asyncio.Queue[str | Exception | None] = asyncio.Queue()
        stop = threading.Event()

        def give(item: str | Exception | None) -> None:
            loop.call_soon_threadsafe(pieces.put_nowait, item)

        def ask() -> None:
            try:
                with closing(self._spoken(messages)) as spoken:
                    for piece in spoken:
                        if stop.is_set():
                            return
                        give(piece)
            except Exception as error:  # makers' clients raise whatever they like
                give(error)
            else:
                give(None)

        # Not from the pool of the loop: one that hangs would keep the program from ending.
        threading.Thread(target=ask, name="llm-llama-index", daemon=True).start()
        wait = self._patience.first_word
        try:
            while True:
                async with asyncio.timeout_at(min(loop.time() + wait, last)):
                    item = await pieces.get()
                if item is None:
                    break
                if isinstance(item, Exception):
                    raise self._failure(item, reply)
                reply.say(item)
                wait = self._patience.between_words
        except TimeoutError:
            raise ModelFailed(f"{self.name} was silent for too long.", Failing.TOO_SLOW) from None
        finally:
            stop.set()
        reply.finish("stop")

    def _spoken(self, messages: Sequence[Message]) -> Generator[str]:
        whole, spoken = Whole(), Spoken()
        for piece in self._pieces(messages):
            yield spoken.feed(whole.feed(piece))
        yield spoken.feed(whole.end()) + spoken.end()

    def _pieces(self, messages: Sequence[Message]) -> Iterator[str]:
        from llama_index.core.llms import ChatMessage

        asked: Any = [ChatMessage(role=message.role, content=message.content) for message in messages]
        try:
            stream = self._llm.stream_chat(asked)
        except NotImplementedError:
            yield self._llm.chat(asked).message.content or ""
            return
        given = ""
        for response in stream:
            # Some tell only the text so far.
            so_far = response.message.content or ""
            piece = response.delta if response.delta is not None else so_far.removeprefix(given)
            given += piece
            yield piece

    def _failure(self, error: Exception, reply: StreamedReply) -> ModelFailed:
        kind = type(error).__name__
        said = f"{self.name}: {kind}: {error}"[:300]
        if reply.first_word is not None or isinstance(error, Unopened):
            return ModelFailed(f"The reply broke off. {said}", Failing.BROKEN_OFF)
        status = getattr(error, "status_code", None)
        if isinstance(status, int) and 400 <= status < 500:
            return ModelFailed(said, _STATUSES.get(status, Failing.REFUSED))
        if "Timeout" in kind:
            return ModelFailed(said, Failing.TOO_SLOW)
        if "Connect" in kind:
            return ModelFailed(said, Failing.UNREACHABLE)
        return ModelFailed(said, Failing.FAILED)
