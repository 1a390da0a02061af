"""Taking a blocking iterator from an event loop: order, errors, and letting go at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest

from assistant.threaded import in_thread, telling


async def listed(steps: Iterator[int]) -> list[int]:
    return [step async for step in in_thread(steps)]


def test_gives_every_item_in_order() -> None:
    assert asyncio.run(listed(iter(range(100)))) == list(range(100))


def test_an_exception_comes_after_the_items_before_it() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise LookupError("two")

    async def collect() -> int:
        steps = in_thread(failing())
        first = await anext(steps)
        with pytest.raises(LookupError, match="two"):
            await anext(steps)
        return first

    assert asyncio.run(collect()) == 1


def test_a_waiting_task_is_cancelled_while_the_iterator_is_busy() -> None:
    busy, released, closed = threading.Event(), threading.Event(), threading.Event()

    def slow() -> Iterator[int]:
        try:
            yield 1
            busy.set()
            released.wait(30)
            yield 2
            yield 3
        finally:
            closed.set()

    async def run() -> list[int]:
        steps = in_thread(slow())
        found = [await anext(steps)]
        task = asyncio.create_task(anext(steps))
        await asyncio.to_thread(busy.wait, 30)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not closed.is_set()
        return found

    assert asyncio.run(run()) == [1]
    released.set()
    assert closed.wait(30)


def test_newest_leaves_out_what_was_overtaken_but_never_the_last() -> None:
    made = threading.Event()

    def quick() -> Iterator[int]:
        yield from range(50)
        made.set()

    async def run() -> list[int]:
        steps = in_thread(quick(), newest=True)
        found = [await anext(steps)]
        await asyncio.to_thread(made.wait, 30)
        await asyncio.sleep(0.05)
        return [*found, *[step async for step in steps]]

    found = asyncio.run(run())
    assert found == sorted(found)
    assert found[-1] == 49
    assert len(found) <= 3


def test_newest_gives_the_item_before_an_exception() -> None:
    def failing() -> Iterator[int]:
        yield 1
        yield 2
        raise LookupError("three")

    found: list[int] = []

    async def run() -> None:
        async for step in in_thread(failing(), newest=True):
            found.append(step)
            await asyncio.sleep(0.05)

    with pytest.raises(LookupError, match="three"):
        asyncio.run(run())
    assert found[-1] == 2


def test_work_tells_its_steps_and_then_gives_what_it_made() -> None:
    def work(tell: Callable[[int], None]) -> str:
        for step in range(3):
            tell(step)
        return threading.current_thread().name

    *steps, name = telling(work)
    assert steps == [0, 1, 2]
    assert name != threading.current_thread().name


def test_an_exception_of_the_work_comes_after_its_steps() -> None:
    def failing(tell: Callable[[int], None]) -> str:
        tell(1)
        raise LookupError("two")

    steps = telling(failing)
    assert next(steps) == 1
    with pytest.raises(LookupError, match="two"):
        next(steps)
