"""A reply that comes in from a request that runs in the background."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any

from assistant import metrics
from assistant.llm import background
from assistant.llm.errors import Failing, ModelFailed
from assistant.llm.types import Usage

log = logging.getLogger(__name__)


class StreamedReply:
    """``Reply`` of ``assistant.llm.types``. The request is made when iterating begins.

    After ``close`` the iteration ends without an error, whoever called it; ``closed`` tells.

    Args:
        work: makes the request and calls ``say`` and the other methods of the second part.
        estimate: usage as far as it can be told from a text that has come in.

    Attributes:
        closed: it was ended before it was read to its end.
        cut: see ``Reply``.
        finished: the endpoint said that it is whole.
        first_sign: seconds from the request to the first piece of text or reasoning.
        first_word: seconds from the request to the first piece, ``None`` while there is none.
        seconds: from the request to its end.
    """

    def __init__(
        self,
        work: Callable[[StreamedReply], Coroutine[Any, Any, None]],
        estimate: Callable[[str], Usage],
    ) -> None:
        self._work = work
        self._estimate = estimate
        self._queue: SimpleQueue[str | ModelFailed | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._future: Future[None] | None = None
        self._parts: list[str] = []
        self._usage: Usage | None = None
        self._asked = 0.0
        self._ended = False
        self.closed = False
        self.cut = False
        self.finished = False
        self.first_sign: float | None = None
        self.first_word: float | None = None
        self.seconds = 0.0

    def __iter__(self) -> Iterator[str]:
        """The pieces of text; once."""
        with self._lock:
            if self.closed:
                return
            if self._future is not None:
                raise RuntimeError("a reply is iterated once")
            self._asked = time.monotonic()
            self._future = background.submit(self._run())
        try:
            while not self.closed:
                item = self._queue.get()
                with self._lock:
                    self._ended = not self.closed and not isinstance(item, str)
                if item is None:
                    return
                if isinstance(item, ModelFailed):
                    raise item
                yield item
        finally:
            # One that is no longer read must not keep its place at the endpoint.
            self.close()

    def close(self) -> None:
        """End the request, at the endpoint too."""
        with self._lock:
            self.closed = self.closed or not self._ended
            future = self._future
        if future is not None:
            future.cancel()
        self._queue.put(None)

    @property
    def text(self) -> str:
        """What has come in so far."""
        return "".join(self._parts)

    @property
    def usage(self) -> Usage:
        """Tokens so far: as the endpoint counted them once it has, else estimated."""
        return self._usage or self._estimate(self.text)

    # ---- called by the request

    def say(self, piece: str) -> None:
        """One more piece of text, if there is any."""
        if not piece:
            return
        self.live()
        if self.first_word is None:
            self.first_word = time.monotonic() - self._asked
        self._parts.append(piece)
        self._queue.put(piece)

    def live(self) -> None:
        """The model is at work, whether or not it says something yet."""
        if self.first_sign is None:
            self.first_sign = time.monotonic() - self._asked

    def count(self, usage: Usage) -> None:
        """What the endpoint counted."""
        self._usage = usage

    def finish(self, reason: str) -> None:
        """The endpoint says that this was all, and why: only ``stop`` is the model's own end."""
        self.finished = True
        self.cut = reason in ("length", "content_filter")

    async def _run(self) -> None:
        try:
            await self._work(self)
        except ModelFailed as failure:
            self._end(failure)
        except asyncio.CancelledError:
            self._end(None)
            raise
        except Exception:
            log.exception("Unexpected error while a model was asked.")
            message = "Unexpected error while the model was asked; the log has the details."
            self._end(ModelFailed(message, Failing.FAILED))
        else:
            self._end(None)

    def _end(self, failure: ModelFailed | None) -> None:
        self.seconds = time.monotonic() - self._asked
        if failure is not None:
            outcome = failure.failing.value
        elif not self.finished:
            outcome = "stopped"
        else:
            outcome = "cut" if self.cut else "done"
        read = self.finished or self.first_sign is not None
        metrics.observe_request(outcome, self.usage if read else None, self.first_word)
        self._queue.put(failure)
