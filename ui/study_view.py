"""What a visitor of the part for teaching material looks at, and what comes of an act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.errors import NoSuchItem
from assistant.study.changes import Change
from assistant.study.drafts import SavedDraft, Version
from assistant.study.play import Play
from assistant.study.types import Draft, Part


@dataclass(frozen=True, slots=True)
class Old:
    """An earlier version that is looked at, and in what it differs from the newest."""

    version: Version
    draft: Draft
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What a visitor looks at.

    Attributes:
        saved: the draft as it is kept; ``None`` where nothing can be kept.
        draft: its newest version.
        old: an earlier version shown in its place.
        editing: identifier of the item whose form is open.
        typed: attributes of that item as they were typed and could not be saved.
        play: the quiz under way.
        turn: counts what was done, for the script.
    """

    saved: SavedDraft | None = None
    draft: Draft | None = None
    part: Part | None = None
    old: Old | None = None
    editing: str = ""
    typed: Mapping[str, Any] = field(default_factory=dict)
    play: Play | None = None
    turn: int = 0

    def plain(self) -> View:
        """The newest version as it is read: no form open, no earlier version, no quiz."""
        return replace(self, old=None, editing="", typed={}, play=None)


@dataclass(frozen=True, slots=True)
class Done:
    """After an act: the view, what to say, what the keyboard goes to (an id), a file that was asked for."""

    view: View
    said: str = ""
    focus: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """An act: of whom, on which view, with what key and values."""

    user: str
    view: View
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def draft(self) -> Draft:
        """The newest version of the open draft. Raises ``NoSuchItem`` where none is open."""
        if self.view.draft is None:
            raise NoSuchItem("No draft is open.")
        return self.view.draft

    @property
    def number(self) -> int:
        """The key as a number, 0 where it is none."""
        return int(self.key[:9]) if self.key.isascii() and self.key.isdecimal() else 0
