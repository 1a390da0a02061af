"""Letting go of an answer under way from outside of it, whatever it waits for."""

from __future__ import annotations

import threading
from collections.abc import Callable

from assistant.errors import AnswerStopped


class Stop:
    """Whether an answer is still wanted. Safe to use from several threads.

    A generator that waits for a slow model cannot be closed by another thread; what it waits for can.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._actions: list[Callable[[], object]] = []
        self._stopped = False

    @property
    def stopped(self) -> bool:
        """The answer is no longer wanted."""
        return self._stopped

    def check(self) -> None:
        """Go no further if the answer is no longer wanted. Raises ``AnswerStopped``."""
        if self._stopped:
            raise AnswerStopped("Nobody waits for this answer any more.")

    def now(self) -> None:
        """Say that the answer is no longer wanted. May be said twice."""
        with self._lock:
            self._stopped = True
            actions, self._actions = self._actions, []
        for action in actions:
            action()

    def then(self, action: Callable[[], object]) -> None:
        """Do ``action`` when the answer is let go of; at once if it was already."""
        with self._lock:
            if not self._stopped:
                self._actions.append(action)
                return
        action()
