"""Sets of drafted test questions as the catalogue keeps them: every decision on a question a row of its own.

What a question says is JSON here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, select

from index.errors import UnknownQuestionSet
from index.owned import OwnedRows, utc
from index.schema import question_entries, question_sets


@dataclass(frozen=True, slots=True)
class QuestionSetRow:
    """One set without its questions. ``left_out`` is JSON; ``questions`` how many it has."""

    id: str
    title: str
    left_out: str
    created_at: datetime
    updated_at: datetime
    questions: int


class QuestionSetStore(OwnedRows[QuestionSetRow]):
    """The sets of every user, with their questions."""

    table = question_sets

    def add(
        self, user: str, set_id: str, title: str, left_out: str, questions: Sequence[tuple[str, str]]
    ) -> None:
        """A set with its questions, each an id and what it says, in their order."""
        with self._writing() as connection:
            now = self._insert(connection, user, set_id, title=title, left_out=left_out)
            if questions:
                rows = [_entry(set_id, name, content, now, decided=False) for name, content in questions]
                connection.execute(question_entries.insert(), rows)

    def decide(self, user: str, set_id: str, question_id: str, content: str) -> None:
        """What a question says from now on; what it said before stays below it."""
        now = datetime.now(UTC)
        with self._writing() as connection:
            self._owner(connection, user, set_id)
            self._change(connection, set_id, updated_at=now)
            connection.execute(
                question_entries.insert().values(_entry(set_id, question_id, content, now, decided=True))
            )

    def undo(self, user: str, set_id: str) -> str | None:
        """Take the last decision back; gives the id of its question, ``None`` where nothing was decided."""
        columns = question_entries.c
        with self._writing() as connection:
            self._owner(connection, user, set_id)
            last = connection.execute(
                select(columns.key, columns.question_id)
                .where(columns.set_id == set_id, columns.decided)
                .order_by(columns.key.desc())
                .limit(1)
            ).first()
            if last is None:
                return None
            connection.execute(question_entries.delete().where(columns.key == last.key))
            return str(last.question_id)

    def questions(self, user: str, set_id: str) -> list[str]:
        """What each question says now, in the order in which they were added."""
        columns = question_entries.c
        with self._catalogue.read() as connection:
            self._owner(connection, user, set_id)
            rows = connection.execute(
                select(columns.question_id, columns.content)
                .where(columns.set_id == set_id)
                .order_by(columns.key)
            ).all()
        # A later entry takes the place of an earlier one, and keeps its turn.
        return list({row.question_id: str(row.content) for row in rows}.values())

    @staticmethod
    def unknown(row_id: str) -> UnknownQuestionSet:
        """The error for a set that a user does not have."""
        return UnknownQuestionSet(f"No set of questions {row_id!r}: it was deleted, or is another user's.")

    def _counted(self) -> ScalarSelect[Any]:
        return (
            select(func.count(question_entries.c.question_id.distinct()))
            .where(question_entries.c.set_id == question_sets.c.id)
            .correlate(question_sets)
            .scalar_subquery()
        )

    def _value(self, row: Any) -> QuestionSetRow:
        return QuestionSetRow(
            row.id, row.title, row.left_out, utc(row.created_at), utc(row.updated_at), int(row.counted)
        )


def _entry(set_id: str, question_id: str, content: str, now: datetime, *, decided: bool) -> dict[str, Any]:
    return {
        "set_id": set_id,
        "question_id": question_id,
        "decided": decided,
        "content": content,
        "created_at": now,
    }
