"""A few at a time, the others wait, and one that finds too many waiting is told so at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.errors import ServerBusy
from assistant.http.failures import problem_of, response_of
from assistant.http.turns import Turns


def test_no_more_than_allowed_work_at_once_and_all_get_their_turn() -> None:
    turns, working, most = Turns(at_once=2, waiting=20), 0, 0
    counting = threading.Lock()

    def work(number: int) -> Iterator[int]:
        nonlocal working, most
        with counting:
            working += 1
            most = max(most, working)
        time.sleep(0.01)
        yield number
        with counting:
            working -= 1

    with ThreadPoolExecutor(20) as pool:
        done = list(pool.map(lambda number: list(turns.taking(work(number))), range(20)))
    assert done == [[number] for number in range(20)]
    assert most == 2


def test_too_many_waiting_is_told_with_the_status_that_clients_wait_on() -> None:
    turns = Turns(at_once=1, waiting=0)
    first = turns.taking(iter([1, 2]))
    assert next(first) == 1
    with pytest.raises(ServerBusy) as raised:
        next(turns.taking(iter([3])))
    problem = problem_of(raised.value)
    assert (problem.status, problem.body["error"]["code"]) == (429, "rate_limit_exceeded")
    assert response_of(raised.value).headers["retry-after"] == "2"
    first.close()  # type: ignore[attr-defined]
    assert list(turns.taking(iter([4]))) == [4]


def test_one_that_is_left_or_fails_gives_its_place_back() -> None:
    turns = Turns(at_once=1, waiting=0)

    def failing() -> Iterator[int]:
        yield 1
        raise LookupError

    with pytest.raises(LookupError):
        list(turns.taking(failing()))
    turns.taking(iter([1]))  # never begun
    assert list(turns.taking(iter([2]))) == [2]
