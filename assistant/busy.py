"""Whether questions are being answered, so that what can wait does."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

#: Seconds without an answer under way after which the next is not expected at once.
_CALM = 0.15


class Busy:
    """Counts the answers that keep a processor busy. Safe to use from several threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._under_way = 0
        self._ended = float("-inf")

    @contextmanager
    def answering(self) -> Iterator[None]:
        """While one more answer is worked out."""
        with self._changed:
            self._under_way += 1
        try:
            yield
        finally:
            with self._changed:
                self._under_way -= 1
                self._ended = time.monotonic()
                self._changed.notify_all()

    def wait_until_quiet(self, seconds: float) -> bool:
        """Wait until no answer is worked out nor was a moment ago, at most ``seconds``; gives whether that
        came."""
        until = time.monotonic() + seconds
        with self._changed:
            while True:
                now = time.monotonic()
                calm = self._ended + _CALM
                if not self._under_way and now >= calm:
                    return True
                if now >= until:
                    return False
                self._changed.wait((until if self._under_way else min(until, calm)) - now)
