"""What readers thought of answers, as the catalogue keeps it. It outlives the conversation it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from index.catalogue import Catalogue
from index.conversations import inserted
from index.errors import UnknownConversation
from index.owned import user_key, utc
from index.schema import conversations, feedback, turns, users


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One opinion.

    Attributes:
        user: name of who gave it; empty where that user is gone.
        answer: JSON, as it was shown.
        history: JSON array of the questions before.
        rating: 1 or -1.
        reason: what is wrong, ``None`` where nothing was chosen.
    """

    key: int
    user: str
    question: str
    answer: str
    history: str
    rating: int
    reason: str | None
    comment: str
    given_at: datetime


class FeedbackStore:
    """The feedback of every user."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def put(
        self, user: str, turn_key: int, *, rating: int, reason: str | None, comment: str, history: str
    ) -> int:
        """Keep what a user thinks of a turn of his, in place of what he thought before.

        Returns:
            The key of the feedback.

        Raises:
            UnknownConversation: it is no turn of that user's, or was deleted.
        """
        with self._catalogue.write(beside_others=True) as connection:
            owner = user_key(connection, user)
            turn = connection.execute(
                select(turns.c.question, turns.c.answer)
                .join_from(turns, conversations)
                .where(turns.c.key == turn_key, conversations.c.user_key == owner)
            ).first()
            if turn is None:
                raise UnknownConversation(f"No turn {turn_key}: it was deleted, or is another user's.")
            same = (feedback.c.turn_key == turn_key) & (feedback.c.user_key == owner)
            connection.execute(feedback.delete().where(same))
            made = connection.execute(
                feedback.insert().values(
                    turn_key=turn_key,
                    user_key=owner,
                    question=turn.question,
                    answer=turn.answer,
                    rating=rating,
                    reason=reason,
                    comment=comment,
                    history=history,
                    created_at=datetime.now(UTC),
                )
            )
            return inserted(made)

    def withdraw(self, user: str, turn_key: int) -> bool:
        """Forget what a user thought of a turn; false where he had said nothing."""
        with self._catalogue.write(beside_others=True) as connection:
            same = (feedback.c.turn_key == turn_key) & (feedback.c.user_key == user_key(connection, user))
            return connection.execute(feedback.delete().where(same)).rowcount > 0

    def earlier_questions(self, turn_key: int) -> list[str]:
        """The questions of the same conversation before a turn, those that failed left out."""
        with self._catalogue.read() as connection:
            turn = connection.execute(
                select(turns.c.conversation_id, turns.c.ordinal).where(turns.c.key == turn_key)
            ).first()
            if turn is None:
                return []
            query = select(turns.c.question).where(
                turns.c.conversation_id == turn.conversation_id,
                turns.c.ordinal < turn.ordinal,
                turns.c.state != "failed",
            )
            return list(connection.execute(query.order_by(turns.c.ordinal)).scalars())

    def listed(self, *, rating: int | None = None, since: datetime | None = None) -> list[FeedbackRow]:
        """All feedback, oldest first; only of a rating, only given at or after ``since``."""
        query = select(feedback, users.c.name).join_from(feedback, users, isouter=True)
        if rating is not None:
            query = query.where(feedback.c.rating == rating)
        if since is not None:
            query = query.where(feedback.c.created_at >= since)
        with self._catalogue.read() as connection:
            rows = connection.execute(query.order_by(feedback.c.created_at, feedback.c.key)).all()
        return [
            FeedbackRow(
                row.key,
                row.name or "",
                row.question,
                row.answer,
                row.history,
                row.rating,
                row.reason,
                row.comment,
                utc(row.created_at),
            )
            for row in rows
        ]
