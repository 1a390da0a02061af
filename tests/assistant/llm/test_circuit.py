"""An endpoint that is away is left alone, and tried by one request when the time is over."""

from __future__ import annotations

import pytest

from assistant.llm.circuit import Circuit, CircuitState
from assistant.llm.errors import Failing, ModelFailed

AWAY = ModelFailed("http://h/v1 cannot be reached.", Failing.UNREACHABLE)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(clock: Clock) -> Circuit:
    """One that has just met three failures."""
    circuit = Circuit(failures=3, pause=30, clock=clock)
    for _ in range(3):
        circuit.enter()
        circuit.failed(AWAY)
    return circuit


def test_failures_that_are_not_in_a_row_change_nothing(clock: Clock) -> None:
    circuit = Circuit(failures=2, clock=clock)
    for _ in range(5):
        circuit.enter()
        circuit.failed(AWAY)
        circuit.enter()
        circuit.succeeded()
    assert circuit.state is CircuitState.CLOSED


def test_while_it_is_open_the_last_failure_is_told(opened: Circuit) -> None:
    assert opened.state is CircuitState.OPEN
    with pytest.raises(ModelFailed, match=r"cannot be reached.*30 s") as caught:
        opened.enter()
    assert caught.value.failing is Failing.UNREACHABLE


def test_after_the_pause_one_request_tries_and_others_wait_for_it(opened: Circuit, clock: Clock) -> None:
    clock.now += 31
    opened.enter()
    with pytest.raises(ModelFailed):
        opened.enter()
    opened.succeeded()
    opened.enter()
    assert opened.state is CircuitState.CLOSED


def test_a_try_that_fails_starts_the_pause_again(opened: Circuit, clock: Clock) -> None:
    clock.now += 31
    opened.enter()
    opened.failed(AWAY)
    assert opened.state is CircuitState.OPEN
    clock.now += 31
    opened.enter()


def test_a_try_that_its_reader_ended_lets_another_try(opened: Circuit, clock: Clock) -> None:
    clock.now += 31
    opened.enter()
    opened.left()
    assert opened.state is CircuitState.TRYING
    opened.enter()
