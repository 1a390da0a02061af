"""A file that was handed in, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """``CHANGED``: it took the place of an older document. ``DUPLICATE``: its text was there already."""

    WAITING = "waiting"
    READING = "reading"
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    FAILED = "failed"


#: What nothing more happens to by itself.
FINISHED = frozenset({State.ADDED, State.CHANGED, State.UNCHANGED, State.DUPLICATE, State.FAILED})


@dataclass(frozen=True, slots=True)
class Received:
    """One file of the list.

    Attributes:
        name: as its owner calls it.
        stored: its name in the folder of documents, or the path of a file elsewhere that is read anew.
        sha256: of its bytes; empty where it was refused unread.
        kept: whether the folder holds a copy that belongs to this entry.
        newer_than: id of the document it takes the place of, once read.
        label, reason, fix: of a failure, as those of ``ingest.errors.FileError``.
        done, total, counted: how far reading is, in "pages" or "passages"; 0 of 0 at the beginning.
    """

    id: str
    name: str
    stored: str
    accepted_at: datetime
    size: int = 0
    sha256: str = ""
    state: State = State.WAITING
    kept: bool = False
    newer_than: str | None = None
    document_id: str | None = None
    label: str = ""
    reason: str = ""
    fix: str = ""
    finished_at: datetime | None = None
    done: int = 0
    total: int = 0
    counted: str = ""
