"""Letting go of an answer from outside."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from assistant.errors import AnswerStopped
from assistant.stopping import Stop
from assistant.threaded import in_thread


def test_what_is_to_be_done_then_is_done_once() -> None:
    stop, done = Stop(), []
    stop.then(lambda: done.append("closed"))
    stop.check()
    assert done == []
    stop.now()
    stop.now()
    assert done == ["closed"]
    with pytest.raises(AnswerStopped):
        stop.check()


def test_what_comes_too_late_is_done_at_once() -> None:
    stop, done = Stop(), []
    stop.now()
    stop.then(lambda: done.append("closed"))
    assert done == ["closed"]


def test_an_iterator_that_waits_for_something_slow_is_let_go_of_when_its_reader_leaves() -> None:
    waiting, ended = threading.Event(), threading.Event()
    answer_came = threading.Event()
    stop = Stop()
    stop.then(answer_came.set)

    def slow() -> Iterator[int]:
        try:
            yield 1
            waiting.set()
            answer_came.wait(60)
            yield 2
        finally:
            ended.set()

    async def leave() -> None:
        steps = in_thread(slow(), stop=stop)
        await anext(steps)
        await asyncio.to_thread(waiting.wait, 60)
        await steps.aclose()

    asyncio.run(leave())
    assert ended.wait(30), "the thread still waits for what nobody wants"
