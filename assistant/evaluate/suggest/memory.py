"""Sets of questions where the library may only be read: kept as long as the program holds this object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from index.question_sets import QuestionSetRow, QuestionSetStore


class MemoryStore:
    """The same as ``index.question_sets.QuestionSetStore``, of one user."""

    def __init__(self) -> None:
        self._rows: dict[str, QuestionSetRow] = {}
        self._entries: dict[str, list[tuple[str, str, bool]]] = {}

    def add(
        self, user: str, set_id: str, title: str, left_out: str, questions: Sequence[tuple[str, str]]
    ) -> None:
        """A set with its questions."""
        now = datetime.now(UTC)
        self._entries[set_id] = [(name, content, False) for name, content in questions]
        self._rows[set_id] = QuestionSetRow(set_id, title, left_out, now, now, len(questions))

    def decide(self, user: str, set_id: str, question_id: str, content: str) -> None:
        """What a question says from now on."""
        row = self.find(user, set_id)
        self._entries[set_id].append((question_id, content, True))
        self._rows[set_id] = replace(row, updated_at=datetime.now(UTC))

    def undo(self, user: str, set_id: str) -> str | None:
        """Take the last decision back."""
        self.find(user, set_id)
        entries = self._entries[set_id]
        if not entries or not entries[-1][2]:
            return None
        return entries.pop()[0]

    def questions(self, user: str, set_id: str) -> list[str]:
        """What each question says now."""
        self.find(user, set_id)
        return list({name: content for name, content, _ in self._entries[set_id]}.values())

    def remove(self, user: str, set_id: str) -> None:
        """Delete it."""
        self.find(user, set_id)
        del self._rows[set_id], self._entries[set_id]

    def find(self, user: str, set_id: str) -> QuestionSetRow:
        """The set of that id."""
        if set_id not in self._rows:
            raise QuestionSetStore.unknown(set_id)
        names = {name for name, _, _ in self._entries[set_id]}
        return replace(self._rows[set_id], questions=len(names))

    def listed(self, user: str, *, limit: int) -> list[QuestionSetRow]:
        """All of them, the one changed last first."""
        rows = sorted(self._rows.values(), key=lambda row: row.updated_at, reverse=True)
        return [self.find(user, row.id) for row in rows[:limit]]
