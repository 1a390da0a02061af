"""Long work in threads of its own: what it tells while it runs, taken from an event loop or elsewhere."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from queue import SimpleQueue
from typing import TypeVar

from assistant.stopping import Stop

T = TypeVar("T")
Step = TypeVar("Step")


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


def telling(work: Callable[[Callable[[Step], None]], T]) -> Iterator[Step | T]:
    """What ``work`` tells as it goes, in a thread of its own, then what it gives.

    ``work`` gets the function to tell by. An exception of it is raised here.
    """
    told: SimpleQueue[tuple[Step | T, bool] | BaseException] = SimpleQueue()

    def run() -> None:
        try:
            told.put((work(lambda step: told.put((step, False))), True))
        except BaseException as error:
            told.put(error)

    threading.Thread(target=run, name="telling", daemon=True).start()
    last = False
    while not last:
        item = told.get()
        if isinstance(item, BaseException):
            raise item
        step, last = item
        yield step
