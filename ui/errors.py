"""Errors of serving the page."""

from __future__ import annotations

from assistant.errors import AssistantError


class CannotServe(AssistantError):
    """The page cannot be opened at the address asked for."""

    exit_status = 2
