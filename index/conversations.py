"""Conversations as the catalogue keeps them: rows in, rows out. What an answer is, is not known here.

Each method is one small transaction beside those that store documents; none changes what a search finds.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, Select, exists, func, or_, select
from sqlalchemy.exc import IntegrityError

from index.catalogue import Catalogue
from index.errors import UnknownConversation
from index.schema import conversations, feedback, turns, users

#: What a user is who came without logging in.
ROLE = "staff"


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One conversation without its turns.

    Attributes:
        filters: JSON.
        language: "vi" or "en" where one was pinned.
        turns: how many it has.
    """

    id: str
    title: str
    filters: str
    language: str | None
    created_at: datetime
    updated_at: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One question of a conversation.

    Attributes:
        key: names the turn in the whole catalogue; never used twice.
        answer: JSON, empty where there is none.
        state: "answered", "failed" or "stopped".
        reason: why it failed.
        rating: what its reader thought, 1 or -1, ``None`` where nothing was said; ``complaint`` and
            ``comment`` belong to it.
    """

    key: int
    ordinal: int
    question: str
    answer: str
    state: str
    reason: str
    asked_at: datetime
    rating: int | None = None
    complaint: str | None = None
    comment: str = ""


class ConversationStore:
    """The conversations of every user. A user sees and changes his own only.

    Every method that names a conversation raises ``UnknownConversation`` where the user has none of
    that id, and every writing one ``LibraryError`` or ``LibraryBusy`` where the catalogue cannot be
    written.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._turnstile = threading.Lock()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        # Threads of one process wait here in turn: SQLite makes them try again, later and later.
        with self._turnstile, self._catalogue.write(beside_others=True) as connection:
            yield connection

    def add(
        self, user: str, conversation_id: str, title: str, folded: str, *, filters: str, language: str | None
    ) -> None:
        """A conversation without turns."""
        now = datetime.now(UTC)
        with self._writing() as connection:
            connection.execute(
                conversations.insert().values(
                    id=conversation_id,
                    user_key=user_key(connection, user),
                    title=title,
                    folded=folded,
                    filters=filters,
                    language=language,
                    created_at=now,
                    updated_at=now,
                )
            )

    def change(self, user: str, conversation_id: str, **values: str | None) -> None:
        """Set ``title`` with ``folded``, ``filters`` or ``language``."""
        with self._writing() as connection:
            _own(connection, user, conversation_id)
            connection.execute(
                conversations.update().where(conversations.c.id == conversation_id).values(**values)
            )

    def remove(self, user: str, conversation_id: str) -> None:
        """Delete it with its turns; feedback on them stays."""
        with self._writing() as connection:
            _own(connection, user, conversation_id)
            connection.execute(conversations.delete().where(conversations.c.id == conversation_id))

    def find(self, user: str, conversation_id: str) -> ConversationRow:
        """The conversation of that id."""
        with self._catalogue.read() as connection:
            row = connection.execute(_listed(user).where(conversations.c.id == conversation_id)).first()
        if row is None:
            raise _unknown(conversation_id)
        return _conversation(row)

    def listed(
        self, user: str, *, words: Sequence[str] = (), limit: int, offset: int = 0
    ) -> list[ConversationRow]:
        """Those of a user, the one used last first.

        Args:
            words: folded; only conversations whose title or turns hold every one of them.
        """
        query = _listed(user)
        for word in words:
            said = exists().where(
                turns.c.conversation_id == conversations.c.id,
                turns.c.folded.contains(word, autoescape=True),
            )
            query = query.where(or_(conversations.c.folded.contains(word, autoescape=True), said))
        query = query.order_by(conversations.c.updated_at.desc(), conversations.c.id)
        with self._catalogue.read() as connection:
            return [_conversation(row) for row in connection.execute(query.limit(limit).offset(offset))]

    # ---- turns

    def begin(
        self, user: str, conversation_id: str, question: str, folded: str, *, again: bool = False
    ) -> int:
        """A new last turn, stopped until ``finish`` says otherwise: that is what a kill makes of it.

        Args:
            again: in place of the turn that is last now.
        """
        now = datetime.now(UTC)
        with self._writing() as connection:
            _own(connection, user, conversation_id)
            # Before the ordinal is counted: on PostgreSQL this row is what two writers wait for.
            connection.execute(
                conversations.update().where(conversations.c.id == conversation_id).values(updated_at=now)
            )
            newest = (
                select(turns.c.key)
                .where(turns.c.conversation_id == conversation_id)
                .order_by(turns.c.ordinal.desc())
                .limit(1)
            )
            if again and (replaced := connection.execute(newest).scalar()) is not None:
                connection.execute(turns.delete().where(turns.c.key == replaced))
            last = connection.execute(
                select(func.max(turns.c.ordinal)).where(turns.c.conversation_id == conversation_id)
            ).scalar()
            made = connection.execute(
                turns.insert().values(
                    conversation_id=conversation_id,
                    ordinal=(last or 0) + 1,
                    question=question,
                    answer="",
                    state="stopped",
                    folded=folded,
                    created_at=now,
                )
            )
            return inserted(made)

    def finish(self, key: int, *, state: str, answer: str, reason: str, folded: str) -> bool:
        """Say how a turn ended. False where it was deleted meanwhile, which is no error."""
        with self._writing() as connection:
            changed = connection.execute(
                turns.update()
                .where(turns.c.key == key)
                .values(state=state, answer=answer, reason=reason, folded=folded)
            )
            return changed.rowcount > 0

    def turns(self, user: str, conversation_id: str) -> list[TurnRow]:
        """The turns in order, each with what the user thought of it."""
        with self._catalogue.read() as connection:
            owner = _own(connection, user, conversation_id)
            rows = connection.execute(
                select(turns, feedback.c.rating, feedback.c.reason.label("complaint"), feedback.c.comment)
                .join_from(
                    turns,
                    feedback,
                    (feedback.c.turn_key == turns.c.key) & (feedback.c.user_key == owner),
                    isouter=True,
                )
                .where(turns.c.conversation_id == conversation_id)
                .order_by(turns.c.ordinal)
            ).all()
        return [
            TurnRow(
                row.key,
                row.ordinal,
                row.question,
                row.answer,
                row.state,
                row.reason,
                utc(row.created_at),
                row.rating,
                row.complaint,
                row.comment or "",
            )
            for row in rows
        ]


def user_key(connection: Connection, name: str) -> int:
    """The key of the user of that name, who is made known here if he is not."""
    query = select(users.c.key).where(users.c.name == name)
    found = connection.execute(query).scalar()
    if found is None:
        row = {"name": name, "display_name": name, "role": ROLE, "active": True}
        try:
            with connection.begin_nested():
                connection.execute(users.insert().values(**row, created_at=datetime.now(UTC)))
        except IntegrityError:
            # Another writer was quicker; what he stored is found below.
            pass
        found = connection.execute(query).scalar_one()
    return int(found)


def inserted(made: CursorResult[Any]) -> int:
    """The key of the row that an insert made."""
    key = made.inserted_primary_key
    assert key is not None
    return int(key[0])


def utc(moment: datetime) -> datetime:
    """SQLite keeps no time zone; everything is written in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _own(connection: Connection, user: str, conversation_id: str) -> int:
    """The key of the user whose conversation it is."""
    found = connection.execute(
        select(users.c.key)
        .join_from(conversations, users)
        .where(conversations.c.id == conversation_id, users.c.name == user)
    ).scalar()
    if found is None:
        raise _unknown(conversation_id)
    return int(found)


def _unknown(conversation_id: str) -> UnknownConversation:
    return UnknownConversation(f"No conversation {conversation_id!r}: it was deleted, or is another user's.")


def _listed(user: str) -> Select[Any]:
    counted = (
        select(func.count())
        .where(turns.c.conversation_id == conversations.c.id)
        .correlate(conversations)
        .scalar_subquery()
    )
    return (
        select(conversations, counted.label("count"))
        .join_from(conversations, users)
        .where(users.c.name == user)
    )


def _conversation(row: Any) -> ConversationRow:
    return ConversationRow(
        row.id,
        row.title,
        row.filters,
        row.language,
        utc(row.created_at),
        utc(row.updated_at),
        row._mapping["count"],
    )
