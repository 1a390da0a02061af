"""One event loop in a thread of its own, in which all requests to models run.

A request that waits, for a connection, for the first word or for the next, can be ended at once from any
thread by cancelling its task, which closes its connection; a thread that waits in a socket cannot.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

Result = TypeVar("Result")

_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None


def submit(work: Coroutine[Any, Any, Result]) -> Future[Result]:
    """Run a coroutine there. Cancelling the future cancels the coroutine."""
    return asyncio.run_coroutine_threadsafe(work, _running())


def _running() -> asyncio.AbstractEventLoop:
    global _loop
    with _lock:
        if _loop is None:
            _loop = asyncio.new_event_loop()
            # A daemon: a program that ends does not wait for a model.
            threading.Thread(target=_loop.run_forever, name="llm", daemon=True).start()
        return _loop
