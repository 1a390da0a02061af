"""Drafts of teaching material as the catalogue keeps them: rows in, rows out, every state that was saved.

What a draft says is JSON here; the rows hold it compressed, or as it is where an earlier version wrote it.
"""

from __future__ import annotations

import zlib
from base64 import b85decode, b85encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, ScalarSelect, func, select

from index.errors import DraftChanged, LibraryError, UnknownDraft
from index.owned import OwnedRows, utc
from index.schema import draft_versions, drafts

#: Versions kept of a draft: the first, which is how it was made, and those saved last. About 22 KB each.
MOST_VERSIONS = 200
#: What compressed content begins with, and JSON never does. It is text, as its column is on every database.
_PACKED = "zlib85:"


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft without what it says.

    Attributes:
        versions: how often it was saved, which is the number of the newest.
    """

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    versions: int


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One saved state of a draft.

    Attributes:
        ordinal: counted from 1.
        note: what was done since the one before.
    """

    ordinal: int
    note: str
    saved_at: datetime


class DraftStore(OwnedRows[DraftRow]):
    """The drafts of every user, with their versions."""

    table = drafts

    def add(self, user: str, draft_id: str, title: str, content: str, note: str) -> None:
        """A draft with its first version."""
        with self._writing() as connection:
            now = self._insert(connection, user, draft_id, title=title)
            _append(connection, draft_id, content, note, now)

    def save(self, user: str, draft_id: str, content: str, note: str, *, after: int | None = None) -> int:
        """Add a version; gives its number. None is ever written over.

        Beyond ``MOST_VERSIONS`` the oldest but the first goes.

        Args:
            after: number of the version that was changed.

        Raises:
            DraftChanged: that is not the newest any more; nothing was saved.
        """
        now = datetime.now(UTC)
        with self._writing() as connection:
            self._owner(connection, user, draft_id)
            # Before the version is counted: on PostgreSQL this row is what two writers wait for.
            self._change(connection, draft_id, updated_at=now)
            return _append(connection, draft_id, content, note, now, after)

    def rename(self, user: str, draft_id: str, title: str) -> None:
        """Give it another title; its versions stay as they are."""
        with self._writing() as connection:
            self._owner(connection, user, draft_id)
            self._change(connection, draft_id, title=title)

    def versions(self, user: str, draft_id: str) -> list[VersionRow]:
        """The versions of a draft, oldest first."""
        columns = draft_versions.c
        with self._catalogue.read() as connection:
            self._owner(connection, user, draft_id)
            rows = connection.execute(
                select(columns.ordinal, columns.note, columns.created_at)
                .where(columns.draft_id == draft_id)
                .order_by(columns.ordinal)
            ).all()
        return [VersionRow(row.ordinal, row.note, utc(row.created_at)) for row in rows]

    def content(self, user: str, draft_id: str, ordinal: int | None = None) -> str:
        """What a version says, the newest for ``None``. Raises ``UnknownDraft`` for a number it has not."""
        columns = draft_versions.c
        query = select(columns.content).where(columns.draft_id == draft_id)
        if ordinal is not None:
            query = query.where(columns.ordinal == ordinal)
        with self._catalogue.read() as connection:
            self._owner(connection, user, draft_id)
            found = connection.execute(query.order_by(columns.ordinal.desc()).limit(1)).scalar()
        if found is None:
            raise UnknownDraft(f"The draft {draft_id!r} has no version {ordinal}.")
        return _unpacked(str(found), draft_id)

    @staticmethod
    def unknown(row_id: str) -> UnknownDraft:
        """The error for a draft that a user does not have."""
        return UnknownDraft(f"No draft {row_id!r}: it was deleted, or is another user's.")

    def _counted(self) -> ScalarSelect[Any]:
        return (
            select(func.max(draft_versions.c.ordinal))
            .where(draft_versions.c.draft_id == drafts.c.id)
            .correlate(drafts)
            .scalar_subquery()
        )

    def _value(self, row: Any) -> DraftRow:
        return DraftRow(row.id, row.title, utc(row.created_at), utc(row.updated_at), int(row.counted or 0))


def _append(
    connection: Connection, draft_id: str, content: str, note: str, now: datetime, after: int | None = None
) -> int:
    last = connection.execute(
        select(func.max(draft_versions.c.ordinal)).where(draft_versions.c.draft_id == draft_id)
    ).scalar()
    ordinal = int(last or 0) + 1
    if after is not None and after != ordinal - 1:
        raise DraftChanged(
            f"The draft {draft_id!r} was saved elsewhere meanwhile: its newest version is {ordinal - 1}, "
            f"not {after}. Load it again and change that."
        )
    connection.execute(
        draft_versions.insert().values(
            draft_id=draft_id, ordinal=ordinal, note=note, content=_packed(content), created_at=now
        )
    )
    columns = draft_versions.c
    connection.execute(
        draft_versions.delete().where(
            columns.draft_id == draft_id, columns.ordinal > 1, columns.ordinal <= ordinal - MOST_VERSIONS + 1
        )
    )
    return ordinal


def _packed(content: str) -> str:
    return _PACKED + b85encode(zlib.compress(content.encode())).decode()


def _unpacked(content: str, draft_id: str) -> str:
    if not content.startswith(_PACKED):
        return content
    try:
        return zlib.decompress(b85decode(content[len(_PACKED) :])).decode()
    except (ValueError, zlib.error) as error:
        raise LibraryError(
            f"A version of the draft {draft_id!r} is damaged: {error}. Go back to another of its versions, "
            "or restore the catalogue from a backup."
        ) from error
