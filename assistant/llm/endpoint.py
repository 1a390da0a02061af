"""A language model behind an OpenAI-compatible endpoint: Ollama, vLLM, llama.cpp's server, a gateway."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from assistant import metrics
from assistant.llm import background, failures
from assistant.llm.circuit import PAUSE, Circuit, CircuitState
from assistant.llm.cleaning import Spoken, Unopened, Whole
from assistant.llm.connection import Connection
from assistant.llm.counting import Counter
from assistant.llm.errors import Failing, ModelFailed
from assistant.llm.failures import RequestFailed
from assistant.llm.habits import Habits
from assistant.llm.patience import Patience
from assistant.llm.replies import StreamedReply
from assistant.llm.types import Message, Usage

log = logging.getLogger(__name__)

#: Window that is assumed where neither setting nor endpoint tells: Ollama's, which cuts what is longer.
SMALLEST_WINDOW = 4096
#: Longest wait between two tries, in seconds, also where the endpoint asks for more.
LONGEST_WAIT = 20.0
#: Seconds beyond those for connecting that the list of models may take.
_LISTING = 5.0
#: Seconds for the count of tokens that comes after the last word.
_AFTERWARDS = 1.0
#: Names under which lists of models tell the window.
_WINDOWS = ("max_model_len", "context_length", "context_window", "max_context_length", "n_ctx")
#: Tokens that templates put around each message, and around all of them.
_AROUND, _AROUND_ALL = 6, 8


@dataclass(frozen=True, slots=True)
class _Facts:
    """``window`` is ``None`` where the endpoint does not tell."""

    model: str
    window: int | None


class Endpoint:
    """``LanguageModel`` of ``assistant.llm.types``.

    Args:
        base_url: e.g. ``http://localhost:11434/v1``; ``/v1`` is added where the address has no path.
        model: its name there; ``None`` for the first that ``/models`` lists.
        api_key: sent as bearer token; never part of a message.
        context_window: tokens of request and reply; ``None`` for what ``/models`` tells, else 4,096.
        max_tokens: of the longest reply.
        concurrency: requests at one time; a further one waits for ``patience.turn`` and then fails as busy.
        retries: after 429, 5xx or a connection refused, and only before the first piece of the reply.
        first_wait: seconds before the first retry; doubled each time.
    """

    def __init__(
        self,
        base_url: str,
        model: str | None = None,
        *,
        api_key: str | None = None,
        context_window: int | None = None,
        max_tokens: int = 1024,
        temperature: float = 0.0,
        patience: Patience = Patience(),
        concurrency: int = 4,
        retries: int = 2,
        first_wait: float = 0.5,
        circuit: Circuit | None = None,
    ) -> None:
        self.connection = Connection(base_url, api_key=api_key, connect=patience.connect)
        self.circuit = circuit or Circuit()
        metrics.watch(self.circuit)
        self.counter = Counter()
        self._given = model
        self._window = context_window
        self._max_tokens = max_tokens
        self._temperature = temperature
        self._patience = patience
        self._retries = retries
        self._first_wait = first_wait
        self._turns = asyncio.Semaphore(concurrency)
        self._looking = asyncio.Lock()
        self._habits = Habits()
        self._facts: _Facts | None = None
        self._not_before = 0.0

    @property
    def name(self) -> str:
        """The model's name at the endpoint; empty while it is neither set nor to be learned there."""
        return self._given or self._told().model

    @property
    def context_window(self) -> int:
        """Tokens of request and reply together."""
        return self._window or self._told().window or SMALLEST_WINDOW

    @property
    def assumes_window(self) -> bool:
        """Whether the window is a guess: neither set nor told."""
        return self._window is None and self._told().window is None

    @property
    def max_tokens(self) -> int:
        """Tokens of the longest reply that is asked for."""
        return self._max_tokens

    def count(self, text: str) -> int:
        """Tokens of a text, estimated on the high side; see ``assistant.llm.counting``."""
        return self.counter.count(text)

    def reply(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> StreamedReply:
        """Ask. The request is made when the reply is iterated."""
        sent = tuple(messages)
        most = max_tokens or self._max_tokens
        tokens_in = sum(self.count(message.content) + _AROUND for message in sent) + _AROUND_ALL
        return StreamedReply(
            lambda reply: self._answer(reply, sent, most),
            lambda text: Usage(tokens_in, self.count(text), counted=False),
        )

    def models(self) -> list[str]:
        """Names of all models there. Raises ``ModelFailed``."""
        try:
            return [str(entry["id"]) for entry in background.submit(self._listed()).result()]
        except RequestFailed as failed:
            raise failed.failure from failed

    def prepare(self) -> None:
        """Import what requests are made with, which takes a second or two. No request is made."""
        try:
            self.connection.plug()
        except RequestFailed as failed:
            log.warning("%s", failed)  # whoever asks is told again

    def close(self) -> None:
        """Close the connections."""
        background.submit(self.connection.close()).result()

    # ---- in the background

    async def _answer(self, reply: StreamedReply, messages: Sequence[Message], most: int) -> None:
        # The first time it takes a second or two, in which other replies should come in.
        try:
            await asyncio.to_thread(self.connection.plug)
        except RequestFailed as failed:
            raise failed.failure from failed
        try:
            async with asyncio.timeout(self._patience.turn):
                await self._turns.acquire()
        except TimeoutError:
            raise ModelFailed(
                "As many requests as llm.concurrency allows are under way at "
                f"{failures.shown(self.connection.base_url)}.",
                Failing.BUSY,
            ) from None
        try:
            await self._guarded(reply, messages, most)
        finally:
            self._turns.release()

    async def _guarded(self, reply: StreamedReply, messages: Sequence[Message], most: int) -> None:
        """Ask unless the endpoint was not there several times, and note whether it was now."""
        self.circuit.enter()
        try:
            await self._timed(reply, messages, most)
        except RequestFailed as failed:
            failure = failed.failure
            # One that takes questions and says nothing keeps every reader waiting, like one that is away.
            silent = failed.failing is Failing.TOO_SLOW and reply.first_word is None
            if silent or failed.failing is Failing.UNREACHABLE:
                self.circuit.failed(failure)
            else:
                self.circuit.succeeded()
            raise failure from failed
        except BaseException:
            self.circuit.left()
            raise
        self.circuit.succeeded()

    async def _timed(self, reply: StreamedReply, messages: Sequence[Message], most: int) -> None:
        now = asyncio.get_running_loop().time()
        patience = self._patience
        last = now + patience.total
        try:
            async with asyncio.timeout_at(min(now + patience.first_word, last)) as deadline:
                await self._tried(reply, messages, most, deadline, last)
        except TimeoutError:
            if not reply.finished:
                raise self._too_slow(reply, asyncio.get_running_loop().time() >= last) from None

    async def _tried(
        self,
        reply: StreamedReply,
        messages: Sequence[Message],
        most: int,
        deadline: asyncio.Timeout,
        last: float,
    ) -> None:
        """Ask until it works, is hopeless, or ``deadline`` would be over before the next try."""
        loop = asyncio.get_running_loop()
        tries = 0
        while True:
            try:
                model = self._given or (await self._found()).model
                return await self._once(reply, self._habits, model, messages, most, deadline, last)
            except RequestFailed as failed:
                if reply.finished:
                    return None
                if reply.first_word is not None:
                    raise
                habits = self._habits.after(failed.status, failed.said)
                if habits is not None:
                    self._habits = habits
                    continue
                if not failed.again or tries == self._retries:
                    raise
                wait = failed.after or self._first_wait * 2**tries * random.uniform(0.5, 1.5)
                over = deadline.when()
                if wait > LONGEST_WAIT or (over is not None and loop.time() + wait >= over):
                    raise
                tries += 1
                await asyncio.sleep(wait)

    async def _once(
        self,
        reply: StreamedReply,
        habits: Habits,
        model: str,
        messages: Sequence[Message],
        most: int,
        deadline: asyncio.Timeout,
        last: float,
    ) -> None:
        loop = asyncio.get_running_loop()
        whole, spoken = Whole(), Spoken(thinking=habits.thinks_first)
        body = habits.body(model, messages, most, self._temperature)
        async with aclosing(self.connection.chunks(body)) as chunks:
            async for chunk in chunks:
                if chunk.error is not None:
                    raise self._said(chunk.error, chunk.status, reply)
                if chunk.usage is not None:
                    reply.count(chunk.usage)
                try:
                    reply.say(spoken.feed(whole.feed(chunk.text)))
                except Unopened:
                    self._habits = replace(self._habits, thinks_first=True)
                    reason = "what came so far was reasoning and no reply"
                    raise failures.broken_off(self.connection.base_url, reason) from None
                if chunk.finish and not reply.finished:
                    reply.say(spoken.feed(whole.end()) + spoken.end())
                    reply.finish(chunk.finish)
                    if habits.thinks_first and spoken.thinking:
                        self._habits = replace(self._habits, thinks_first=False)
                    deadline.reschedule(min(loop.time() + _AFTERWARDS, last))
                elif chunk.text or chunk.thinks:
                    reply.live()
                    deadline.reschedule(min(loop.time() + self._patience.between_words, last))
        if not reply.finished:
            # "[DONE]" came without a reason.
            reply.say(spoken.feed(whole.end()) + spoken.end())
            reply.finish("stop")
        self.counter.learn("\n".join(message.content for message in messages), reply.text, reply.usage)

    def _said(self, error: str, status: int, reply: StreamedReply) -> RequestFailed:
        """An error that the endpoint put into a reply."""
        base_url = self.connection.base_url
        if reply.first_word is not None:
            return failures.broken_off(base_url, f"it said {error[:200]!r}")
        return failures.of_status(base_url, status, error, "", None)

    def _too_slow(self, reply: StreamedReply, whole: bool) -> RequestFailed:
        where = failures.shown(self.connection.base_url)
        patience = self._patience
        if whole:
            message = f"{where} was not done after {patience.total:g} s. Set llm.total_seconds higher,"
        elif reply.first_word is None:
            said = f"{where} said nothing for {patience.first_word:g} s."
            message = f"{said} Set llm.first_word_seconds higher,"
        else:
            said = f"{where} fell silent for {patience.between_words:g} s."
            message = f"{said} Set llm.between_words_seconds higher,"
        return RequestFailed(Failing.TOO_SLOW, f"{message} or llm.model to a faster one.")

    # ---- what the endpoint tells of its models

    def _told(self) -> _Facts:
        """What is known of the model, asked for where nothing is; never an error."""
        unknown = _Facts(self._given or "", None)
        away = time.monotonic() < self._not_before or self.circuit.state is not CircuitState.CLOSED
        if self._facts is None and away:
            return unknown
        try:
            return self._facts or background.submit(self._found()).result()
        except RequestFailed as failed:
            # Away, or it does not tell: nobody should wait for that again and again.
            self._not_before = time.monotonic() + PAUSE
            if failed.failing is Failing.UNREACHABLE:
                self.circuit.failed(failed.failure)
            return unknown

    async def _found(self) -> _Facts:
        """The model and its window by the endpoint's list. Raises ``RequestFailed``."""
        async with self._looking:
            if self._facts is None:
                self._facts = self._facts_in(await self._listed())
            return self._facts

    async def _listed(self) -> list[dict[str, Any]]:
        await asyncio.to_thread(self.connection.plug)
        try:
            async with asyncio.timeout(self._patience.connect + _LISTING):
                return await self.connection.models()
        except TimeoutError:
            where = failures.shown(self.connection.base_url)
            raise RequestFailed(
                Failing.TOO_SLOW, f"{where} did not list its models in time. Set llm.model."
            ) from None

    def _facts_in(self, entries: Sequence[Mapping[str, Any]]) -> _Facts:
        if not entries and self._given is None:
            raise RequestFailed(
                Failing.REFUSED, f"{failures.shown(self.connection.base_url)} has no model. Set llm.model."
            )
        wanted = self._given or str(entries[0]["id"])
        entry = next((entry for entry in entries if entry["id"] == wanted), {})
        places: list[Mapping[str, Any]] = [entry, entry.get("meta") or {}]
        windows = [place[key] for place in places for key in _WINDOWS if isinstance(place.get(key), int)]
        return _Facts(wanted, next((window for window in windows if window > 0), None))
