"""What the page says of kept conversations and of feedback, as one type; part of ``ui.wording``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HistoryWording:
    """The wording of one language. ``{name}`` marks what is filled in.

    Attributes:
        reasons: what is wrong with an answer (``assistant.opinions.Reason``) → how it is called.
    """

    open: str
    close: str
    title: str
    search: str
    none: str
    not_found: str
    not_saved: str
    turns: str
    more: str
    rename: str
    new_title: str
    save: str
    export: str
    delete: str
    delete_surely: str
    gone: str
    busy: str
    current: str
    up: str
    down: str
    good: str
    bad: str
    rated_up: str
    rated_down: str
    retry: str
    edit: str
    editing: str
    unedit: str
    why: str
    comment: str
    send: str
    cancel: str
    thanks: str
    unreadable: str
    reasons: Mapping[str, str]
