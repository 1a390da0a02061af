"""Conversations as the catalogue keeps them: rows in, rows out. What an answer is, is not known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CursorResult, ScalarSelect, exists, func, or_, select

from index.errors import UnknownConversation
from index.owned import OwnedRows, utc
from index.schema import conversations, feedback, turns


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


class ConversationStore(OwnedRows[ConversationRow]):
    """The conversations of every user, with their turns; feedback on these outlives them."""

    table = conversations

    def add(
        self, user: str, conversation_id: str, title: str, folded: str, *, filters: str, language: str | None
    ) -> None:
        """A conversation without turns."""
        with self._writing() as connection:
            said = {"title": title, "folded": folded, "filters": filters, "language": language}
            self._insert(connection, user, conversation_id, **said)

    def change(self, user: str, conversation_id: str, **values: str | None) -> None:
        """Set ``title`` with ``folded``, ``filters`` or ``language``."""
        with self._writing() as connection:
            self._owner(connection, user, conversation_id)
            self._change(connection, conversation_id, **values)

    def listed(
        self, user: str, *, limit: int, offset: int = 0, words: Sequence[str] = ()
    ) -> list[ConversationRow]:
        """Those of a user, the one used last first.

        Args:
            words: folded; only conversations whose title or turns hold every one of them.
        """
        query = self._of(user)
        for word in words:
            said = exists().where(
                turns.c.conversation_id == conversations.c.id,
                turns.c.folded.contains(word, autoescape=True),
            )
            query = query.where(or_(conversations.c.folded.contains(word, autoescape=True), said))
        return self._in_order(query, limit, offset)

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
            self._owner(connection, user, conversation_id)
            # Before the ordinal is counted: on PostgreSQL this row is what two writers wait for.
            self._change(connection, conversation_id, updated_at=now)
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
            owner = self._owner(connection, user, conversation_id)
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

    @staticmethod
    def unknown(row_id: str) -> UnknownConversation:
        """The error for a conversation that a user does not have."""
        return UnknownConversation(f"No conversation {row_id!r}: it was deleted, or is another user's.")

    def _counted(self) -> ScalarSelect[Any]:
        return (
            select(func.count())
            .where(turns.c.conversation_id == conversations.c.id)
            .correlate(conversations)
            .scalar_subquery()
        )

    def _value(self, row: Any) -> ConversationRow:
        return ConversationRow(
            row.id,
            row.title,
            row.filters,
            row.language,
            utc(row.created_at),
            utc(row.updated_at),
            row.counted,
        )


def inserted(made: CursorResult[Any]) -> int:
    """The key of the row that an insert made."""
    key = made.inserted_primary_key
    assert key is not None
    return int(key[0])
