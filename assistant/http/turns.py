"""How many questions are answered at once, and how many may wait."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TypeVar

from assistant.errors import ServerBusy

T = TypeVar("T")


class Turns:
    """Lets in a few at a time; the others wait.

    Answering keeps a processor busy: twenty at once on two processors take half as long again as
    the same twenty two at a time, and the first of them has its answer last.

    Args:
        at_once: how many are answered at the same time.
        waiting: how many may wait.
    """

    def __init__(self, at_once: int = 2, waiting: int = 64) -> None:
        self._free = threading.Semaphore(at_once)
        self._places = threading.Semaphore(at_once + waiting)

    def taking(self, steps: Iterator[T]) -> Iterator[T]:
        """``steps``, begun when it is their turn. The wait is in the first ``next``.

        Raises:
            ServerBusy: in the first ``next``, when too many wait; ``steps`` are then not begun.
        """
        if not self._places.acquire(blocking=False):
            raise ServerBusy("Too many questions are waiting. Ask again in a few seconds.")
        try:
            with self._free:
                yield from steps
        finally:
            self._places.release()
