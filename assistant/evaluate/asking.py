"""Ask a system every question, one after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator

from assistant.evaluate.facts import Case
from assistant.evaluate.response import Outcome, Response, System


def ask_all(cases: Iterable[Case], system: System, *, timeout: float | None = None) -> Iterator[Outcome]:
    """Ask each case in turn. Whatever an answer raises becomes the outcome's error.

    Args:
        timeout: seconds after which a case is given up and counts as failed. It goes on in a thread
            of its own, for nothing can stop it, and the next case is asked meanwhile.
    """
    for case in cases:
        started = time.perf_counter()
        response, error = _asked(case, system, timeout)
        yield Outcome(case.id, response, error, time.perf_counter() - started)


def _asked(case: Case, system: System, timeout: float | None) -> tuple[Response | None, str]:
    found: list[tuple[Response | None, str]] = []

    def ask() -> None:
        try:
            found.append((system.ask(case.question, case.history), ""))
        except Exception as error:  # systems raise whatever they like
            found.append((None, f"{type(error).__name__}: {error}"))

    if timeout is None:
        ask()
    else:
        thread = threading.Thread(target=ask, name=f"evaluate-{case.id}", daemon=True)
        thread.start()
        thread.join(timeout)
    return found[0] if found else (None, f"TimeoutError: no answer within {timeout:g} seconds")
