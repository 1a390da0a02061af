"""Sets of drafted test questions as the catalogue keeps them: every decision on a question a row of its own.

Each method is one small transaction beside those that store documents; none changes what a search finds.
What a question says is JSON here.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from index.catalogue import Catalogue
from index.conversations import user_key, utc
from index.errors import UnknownQuestionSet
from index.schema import question_entries, question_sets, users


@dataclass(frozen=True, slots=True)
class QuestionSetRow:
    """One set without its questions. ``left_out`` is JSON; ``questions`` how many it has."""

    id: str
    title: str
    left_out: str
    created_at: datetime
    updated_at: datetime
    questions: int


class QuestionSetStore:
    """The sets of every user. A user sees and changes his own only.

    Every method that names a set raises ``UnknownQuestionSet`` where the user has none of that id, and every
    writing one ``LibraryError`` or ``LibraryBusy`` where the catalogue cannot be written.
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
        self, user: str, set_id: str, title: str, left_out: str, questions: Sequence[tuple[str, str]]
    ) -> None:
        """A set with its questions, each an id and what it says, in their order."""
        now = datetime.now(UTC)
        with self._writing() as connection:
            connection.execute(
                question_sets.insert().values(
                    id=set_id,
                    user_key=user_key(connection, user),
                    title=title,
                    left_out=left_out,
                    created_at=now,
                    updated_at=now,
                )
            )
            if questions:
                rows = [_entry(set_id, name, content, now, decided=False) for name, content in questions]
                connection.execute(question_entries.insert(), rows)

    def decide(self, user: str, set_id: str, question_id: str, content: str) -> None:
        """What a question says from now on; what it said before stays below it."""
        now = datetime.now(UTC)
        with self._writing() as connection:
            _own(connection, user, set_id)
            connection.execute(
                question_sets.update().where(question_sets.c.id == set_id).values(updated_at=now)
            )
            connection.execute(
                question_entries.insert().values(_entry(set_id, question_id, content, now, decided=True))
            )

    def undo(self, user: str, set_id: str) -> str | None:
        """Take the last decision back; gives the id of its question, ``None`` where nothing was decided."""
        columns = question_entries.c
        with self._writing() as connection:
            _own(connection, user, set_id)
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
            _own(connection, user, set_id)
            rows = connection.execute(
                select(columns.question_id, columns.content)
                .where(columns.set_id == set_id)
                .order_by(columns.key)
            ).all()
        # A later entry takes the place of an earlier one, and keeps its turn.
        return list({row.question_id: str(row.content) for row in rows}.values())

    def remove(self, user: str, set_id: str) -> None:
        """Delete it with all its questions."""
        with self._writing() as connection:
            _own(connection, user, set_id)
            connection.execute(question_sets.delete().where(question_sets.c.id == set_id))

    def find(self, user: str, set_id: str) -> QuestionSetRow:
        """The set of that id."""
        with self._catalogue.read() as connection:
            row = connection.execute(_listed(user).where(question_sets.c.id == set_id)).first()
        if row is None:
            raise unknown_set(set_id)
        return _set(row)

    def listed(self, user: str, *, limit: int) -> list[QuestionSetRow]:
        """Those of a user, the one changed last first."""
        columns = question_sets.c
        query = _listed(user).order_by(columns.updated_at.desc(), columns.id).limit(limit)
        with self._catalogue.read() as connection:
            return [_set(row) for row in connection.execute(query)]


def _entry(set_id: str, question_id: str, content: str, now: datetime, *, decided: bool) -> dict[str, Any]:
    return {
        "set_id": set_id,
        "question_id": question_id,
        "decided": decided,
        "content": content,
        "created_at": now,
    }


def _own(connection: Connection, user: str, set_id: str) -> None:
    found = connection.execute(
        select(question_sets.c.id)
        .join_from(question_sets, users)
        .where(question_sets.c.id == set_id, users.c.name == user)
    ).scalar()
    if found is None:
        raise unknown_set(set_id)


def unknown_set(set_id: str) -> UnknownQuestionSet:
    """The error for a set that a user does not have."""
    return UnknownQuestionSet(f"No set of questions {set_id!r}: it was deleted, or is another user's.")


def _listed(user: str) -> Select[Any]:
    counted = (
        select(func.count(question_entries.c.question_id.distinct()))
        .where(question_entries.c.set_id == question_sets.c.id)
        .correlate(question_sets)
        .scalar_subquery()
    )
    return (
        select(question_sets, counted.label("questions"))
        .join_from(question_sets, users)
        .where(users.c.name == user)
    )


def _set(row: Any) -> QuestionSetRow:
    return QuestionSetRow(
        row.id, row.title, row.left_out, utc(row.created_at), utc(row.updated_at), int(row.questions)
    )
