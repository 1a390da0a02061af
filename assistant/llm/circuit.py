"""Stops asking, for a while, an endpoint that was not there several times."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import StrEnum

from assistant.llm.errors import ModelFailed

#: Failures in a row after which no more is tried.
FAILURES = 3
#: Seconds for which nothing is tried.
PAUSE = 30.0


class CircuitState(StrEnum):
    """``CLOSED``: requests go through. ``OPEN``: none does. ``TRYING``: one does, to see."""

    CLOSED = "closed"
    OPEN = "open"
    TRYING = "trying"


class Circuit:
    """Counts failures in a row. Safe to use from several threads.

    Args:
        clock: seconds, as ``time.monotonic`` gives them.
    """

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = failures
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._last: ModelFailed | None = None
        self._until = 0.0
        self._trying = False

    @property
    def state(self) -> CircuitState:
        """What would happen to a request now."""
        with self._lock:
            return self._state()

    def enter(self) -> None:
        """Ask whether a request may be made; ``succeeded``, ``failed`` or ``left`` must follow.

        Raises:
            ModelFailed: not now; with what went wrong the last time.
        """
        with self._lock:
            state = self._state()
            if state is not CircuitState.CLOSED and (state is CircuitState.OPEN or self._trying):
                assert self._last is not None
                wait = max(1, round(self._until - self._clock()))
                raise ModelFailed(f"{self._last} Not tried again for {wait} s.", self._last.failing)
            self._trying = state is CircuitState.TRYING

    def succeeded(self) -> None:
        """The endpoint was there."""
        with self._lock:
            self._failed = 0
            self._trying = False

    def failed(self, failure: ModelFailed) -> None:
        """The endpoint was not there, or said nothing."""
        with self._lock:
            self._failed += 1
            self._last = failure
            self._trying = False
            if self._failed >= self._most:
                self._until = self._clock() + self._pause

    def left(self) -> None:
        """The request ended without telling either."""
        with self._lock:
            self._trying = False

    def _state(self) -> CircuitState:
        if self._failed < self._most:
            return CircuitState.CLOSED
        return CircuitState.OPEN if self._clock() < self._until else CircuitState.TRYING
