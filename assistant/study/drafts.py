"""Drafts that last: every save is a version, and each is held against the library when it is opened."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.study.proving import proved
from assistant.study.serialise import draft_from_text, draft_to_text
from assistant.study.types import Draft
from index.drafts import MOST_VERSIONS, DraftRow, DraftStore, VersionRow
from index.library import Library

__all__ = ["LONGEST_TITLE", "MOST_VERSIONS", "Drafts", "SavedDraft", "Version"]

#: Characters of a title, at most.
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """One draft without what it says.

    Attributes:
        title: that of its first version until it is renamed.
        versions: how often it was saved, which is the number of the newest.
    """

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    versions: int


@dataclass(frozen=True, slots=True)
class Version:
    """One saved state: counted from 1; ``note`` says what was done since the one before."""

    ordinal: int
    note: str
    saved_at: datetime


class Drafts:
    """The drafts in a library's catalogue, each user's his own. Safe to use from several threads.

    Methods that name a draft raise ``UnknownDraft`` where the user has none of that id.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._store = DraftStore(library.catalogue)

    @property
    def can_save(self) -> bool:
        """False where the library may only be read."""
        return not self._library.catalogue.read_only

    def add(self, user: str, draft: Draft, *, note: str = "") -> SavedDraft:
        """Keep a draft that was made; it becomes version 1."""
        return self._added(user, draft.title, draft_to_text(draft), note)

    def save(
        self, user: str, draft_id: str, draft: Draft, *, note: str = "", after: int | None = None
    ) -> SavedDraft:
        """Keep what it says now as one more version; those before stay, as many as ``MOST_VERSIONS``.

        Args:
            after: number of the version that was changed; ``None`` saves whatever was saved meanwhile.

        Raises:
            DraftChanged: a newer version than ``after`` was saved elsewhere; nothing was saved now.
        """
        number = self._store.save(user, draft_id, draft_to_text(draft), note, after=after)
        return replace(self.find(user, draft_id), versions=number)

    def load(self, user: str, draft_id: str, version: int | None = None) -> Draft:
        """What a version says, the newest for ``None``, its faults those against the library as it is now.

        Raises:
            UnreadableDraft: it was stored by another version of the program.
        """
        return proved(self._library, draft_from_text(self._store.content(user, draft_id, version)))

    def restore(
        self, user: str, draft_id: str, version: int, *, note: str = "", after: int | None = None
    ) -> SavedDraft:
        """Make what an earlier version says the newest again; none is lost. ``after``: see ``save``."""
        content = self._store.content(user, draft_id, version)
        number = self._store.save(user, draft_id, content, note, after=after)
        return replace(self.find(user, draft_id), versions=number)

    def duplicate(self, user: str, draft_id: str, *, title: str = "", note: str = "") -> SavedDraft:
        """A draft of its own that says what the newest version of another says."""
        found = self.find(user, draft_id)
        return self._added(user, title or found.title, self._store.content(user, draft_id), note)

    def rename(self, user: str, draft_id: str, title: str) -> SavedDraft:
        """Give it another title; an empty one changes nothing."""
        if short := _short(title):
            self._store.rename(user, draft_id, short)
        return self.find(user, draft_id)

    def delete(self, user: str, draft_id: str) -> None:
        """Delete it with all its versions."""
        self._store.remove(user, draft_id)

    def find(self, user: str, draft_id: str) -> SavedDraft:
        """The draft of that id."""
        return _saved(self._store.find(user, draft_id))

    def listed(self, user: str, *, limit: int = 200, offset: int = 0) -> tuple[SavedDraft, ...]:
        """The drafts of a user, the one saved last first."""
        return tuple(_saved(row) for row in self._store.listed(user, limit=limit, offset=offset))

    def versions(self, user: str, draft_id: str) -> tuple[Version, ...]:
        """Its versions, oldest first."""
        return tuple(_version(row) for row in self._store.versions(user, draft_id))

    def _added(self, user: str, title: str, content: str, note: str) -> SavedDraft:
        draft_id = secrets.token_hex(6)
        self._store.add(user, draft_id, _short(title), content, note)
        return self.find(user, draft_id)


def _short(title: str) -> str:
    return " ".join(title.split())[:LONGEST_TITLE].rstrip()


def _saved(row: DraftRow) -> SavedDraft:
    return SavedDraft(row.id, row.title, row.created_at, row.updated_at, row.versions)


def _version(row: VersionRow) -> Version:
    return Version(row.ordinal, row.note, row.saved_at)
