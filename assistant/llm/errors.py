"""Why a language model gave no answer."""

from __future__ import annotations

from enum import StrEnum

from assistant.errors import AssistantError


class Failing(StrEnum):
    """What went wrong, as far as it makes a difference to the reader."""

    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    UNAUTHORISED = "unauthorised"
    QUOTA = "quota"
    REFUSED = "refused"
    FAILED = "failed"
    BROKEN_OFF = "broken_off"
    BUSY = "busy"


class ModelFailed(AssistantError):
    """The endpoint gave no reply, or not a whole one. The question is answered by quotation all the same.

    Attributes:
        failing: what went wrong. ``REFUSED`` is any other 4xx (no such model, request too long), ``FAILED``
            a 5xx, ``BUSY`` that as many requests as allowed are under way.
    """

    exit_status = 3

    def __init__(self, message: str, failing: Failing) -> None:
        self.failing = failing
        super().__init__(message)
