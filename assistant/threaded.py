"""A blocking iterator, taken from an event loop that can let go of it at any moment."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Iterator
from typing import TypeVar

from assistant.stopping import Stop

T = TypeVar("T")


async def in_thread(
    steps: Iterator[T], *, newest: bool = False, stop: Stop | None = None
) -> AsyncGenerator[T, None]:
    """The items of ``steps``, made in a thread of its own.

    With ``newest``, items that were followed by others before they were asked for are left out, never the
    last one: for steps each of which shows all that the ones before it did.

    A task that waits here can be cancelled at once, even while ``steps`` is busy, which a
    generator running in a worker thread cannot; the thread then ends at its next item and closes
    ``steps``. What ``steps`` itself waits for is let go of by ``stop``, which is told as soon as nobody
    waits here any more. An exception of ``steps`` is raised here.
    """
    loop = asyncio.get_running_loop()
    made: asyncio.Queue[tuple[T] | BaseException | None] = asyncio.Queue()
    left = threading.Event()

    def hand_over(item: tuple[T] | BaseException | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(made.put_nowait, item)

    def work() -> None:
        try:
            for step in steps:
                if left.is_set():
                    break
                hand_over((step,))
        except BaseException as error:
            hand_over(error)
        else:
            hand_over(None)
        finally:
            close = getattr(steps, "close", None)
            if close is not None:
                close()

    threading.Thread(target=work, name="answer", daemon=True).start()
    try:
        while (item := await made.get()) is not None:
            while newest and isinstance(item, tuple) and not made.empty():
                following = made.get_nowait()
                if not isinstance(following, tuple):
                    yield item[0]
                item = following
            if item is None:
                break
            if isinstance(item, BaseException):
                raise item
            yield item[0]
    finally:
        left.set()
        if stop is not None:
            stop.now()
