"""Sets of drafted questions that last, and what is decided of each question."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from assistant.evaluate.suggest.cases import from_text, to_text
from assistant.evaluate.suggest.memory import MemoryStore
from assistant.evaluate.suggest.types import LeftOut, Reason, State, Suggested, Suggestion
from index.errors import UnknownQuestionSet
from index.library import Library
from index.question_sets import QuestionSetRow, QuestionSetStore

LONGEST_TITLE = 120


class Store(Protocol):
    """Where sets are kept; see ``index.question_sets.QuestionSetStore``."""

    def add(
        self, user: str, set_id: str, title: str, left_out: str, questions: Sequence[tuple[str, str]]
    ) -> None: ...
    def decide(self, user: str, set_id: str, question_id: str, content: str) -> None: ...
    def undo(self, user: str, set_id: str) -> str | None: ...
    def questions(self, user: str, set_id: str) -> list[str]: ...
    def remove(self, user: str, set_id: str) -> None: ...
    def find(self, user: str, set_id: str) -> QuestionSetRow: ...
    def listed(self, user: str, *, limit: int) -> list[QuestionSetRow]: ...


@dataclass(frozen=True, slots=True)
class SavedSet:
    """A set without its questions; ``questions`` is how many it has."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    questions: int
    left_out: tuple[LeftOut, ...]


class QuestionSets:
    """The sets of a library, each user's his own.

    Methods that name a set raise ``UnknownQuestionSet`` where the user has none of that id.
    """

    def __init__(self, store: Store, *, lasting: bool = True) -> None:
        self._store = store
        self.lasting = lasting

    @classmethod
    def of(cls, library: Library) -> QuestionSets:
        """Those in the catalogue of a library. One that may only be read can list and load them."""
        return cls(QuestionSetStore(library.catalogue), lasting=not library.catalogue.read_only)

    @classmethod
    def in_memory(cls) -> QuestionSets:
        """Those of a session with a library that may only be read."""
        return cls(MemoryStore(), lasting=False)

    def add(self, user: str, title: str, made: Suggested) -> SavedSet:
        """Keep a set that was made."""
        set_id = secrets.token_hex(6)
        left_out = json.dumps([[one.reason.value, one.count, one.example] for one in made.left_out])
        questions = [(one.id, to_text(one)) for one in made.suggestions]
        self._store.add(user, set_id, " ".join(title.split())[:LONGEST_TITLE], left_out, questions)
        return self.find(user, set_id)

    def load(self, user: str, set_id: str) -> tuple[Suggestion, ...]:
        """The questions of a set as they are now, in their order.

        Raises:
            UnreadableDraft: one was stored by another version of the program.
        """
        return tuple(map(from_text, self._store.questions(user, set_id)))

    def decide(self, user: str, set_id: str, suggestion: Suggestion, state: State) -> Suggestion:
        """Keep what a person decided of a question, changed or not; a question of a new id is added."""
        decided = replace(suggestion, state=state)
        self._store.decide(user, set_id, decided.id, to_text(decided))
        return decided

    def undo(self, user: str, set_id: str) -> str | None:
        """Take the last decision on a set back: the id of its question, ``None`` where there is none."""
        return self._store.undo(user, set_id)

    def question(self, user: str, set_id: str, question_id: str) -> Suggestion:
        """One question of a set. Raises ``UnknownQuestionSet`` where it has none of that id."""
        for one in self.load(user, set_id):
            if one.id == question_id:
                return one
        raise UnknownQuestionSet(f"The set {set_id!r} has no question {question_id!r}.")

    def delete(self, user: str, set_id: str) -> None:
        """Delete a set with its questions."""
        self._store.remove(user, set_id)

    def find(self, user: str, set_id: str) -> SavedSet:
        """The set of that id."""
        return _saved(self._store.find(user, set_id))

    def listed(self, user: str, *, limit: int = 100) -> tuple[SavedSet, ...]:
        """The sets of a user, the one changed last first."""
        return tuple(map(_saved, self._store.listed(user, limit=limit)))


def counts(suggestions: Sequence[Suggestion]) -> dict[State, int]:
    """How many questions are in each state; all states are keys."""
    found = Counter(one.state for one in suggestions)
    return {state: found[state] for state in State}


def next_id(suggestions: Sequence[Suggestion]) -> str:
    """An id for a question written by hand."""
    taken = {one.id for one in suggestions}
    number = 1
    while f"h{number:03d}" in taken:
        number += 1
    return f"h{number:03d}"


def _saved(row: QuestionSetRow) -> SavedSet:
    left_out = tuple(LeftOut(Reason(name), count, text) for name, count, text in json.loads(row.left_out))
    return SavedSet(row.id, row.title, row.created_at, row.updated_at, row.questions, left_out)
