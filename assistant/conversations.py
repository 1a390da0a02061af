"""Conversations that last: saved as they go, found again, reopened with citations checked against it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.citations import plain_text
from assistant.deserialise import answer_from_text, filters_from_text, filters_to_text
from assistant.errors import UnreadableAnswer
from assistant.opinions import Opinion, Rating, Reason
from assistant.revive import Reviver
from assistant.serialise import answer_to_json
from assistant.types import Answer
from assistant.validity import Validity
from index.conversations import ConversationRow, ConversationStore, TurnRow
from index.library import Library
from index.types import Filters
from ingest.numbers import fold

#: Who asks where nobody logs in.
SINGLE_USER = "local"
#: Characters of a first question that make the title.
LONGEST_TITLE = 80


class TurnState(StrEnum):
    ANSWERED = "answered"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation without its turns.

    Attributes:
        title: its first question, shortened, until it is renamed.
        filters: which documents it may use.
        language: of the page, where the reader pinned one for it.
        turns: how many it has.
    """

    id: str
    title: str
    filters: Filters
    language: str | None
    created_at: datetime
    updated_at: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class SavedTurn:
    """A question and what came of it.

    Attributes:
        key: names the turn, for ``finish`` and for feedback.
        answer: as it was shown, its citations held against the library as it is now; the statements so
            far where it was stopped; ``None`` where there is none, or it cannot be read any more.
        reason: why it failed, as the reader was told.
        opinion: what its reader thought of it.
    """

    key: int
    ordinal: int
    question: str
    state: TurnState
    answer: Answer | None
    reason: str
    asked_at: datetime
    opinion: Opinion | None = None


class Conversations:
    """The conversations in a library's catalogue, each user's his own. Safe to use from several threads.

    Methods that name a conversation raise ``UnknownConversation`` where the user has none of that id.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._store = ConversationStore(library.catalogue)
        self._validity = Validity(library)

    @property
    def can_save(self) -> bool:
        """False where the library may only be read."""
        return not self._library.catalogue.read_only

    def start(
        self,
        user: str,
        question: str,
        *,
        filters: Filters = Filters(),
        language: str | None = None,
    ) -> Conversation:
        """A conversation named by its first question, which ``begin`` is still to add."""
        conversation_id = secrets.token_urlsafe(16)
        title = title_of(question)
        written = filters_to_text(filters)
        self._store.add(user, conversation_id, title, _searchable(title), filters=written, language=language)
        return self.find(user, conversation_id)

    def begin(self, user: str, conversation_id: str, question: str, *, again: bool = False) -> int:
        """Add a question, as typed, before it is answered. It counts as stopped until ``finish``.

        Args:
            again: in place of the last turn, which is asked again or otherwise.

        Returns:
            The key of the turn.
        """
        return self._store.begin(user, conversation_id, question, _searchable(question), again=again)

    def finish(
        self, turn: int, question: str, *, state: TurnState, answer: Answer | None = None, reason: str = ""
    ) -> bool:
        """Say how the turn of that key ended; false where it was taken back meanwhile.

        Args:
            answer: whole, or the statements so far of one that was stopped.
            reason: of a failure, as the reader is told.
        """
        written = json.dumps(answer_to_json(answer), ensure_ascii=False) if answer else ""
        said = f"{answer.message} {plain_text(answer.statements)}" if answer else ""
        return self._store.finish(
            turn,
            state=state.value,
            answer=written,
            reason=reason,
            folded=_searchable(f"{question} {said}"),
        )

    def listed(self, user: str, *, limit: int = 200, offset: int = 0) -> tuple[Conversation, ...]:
        """The conversations of a user, the one used last first."""
        return self._made(self._store.listed(user, limit=limit, offset=offset))

    def search(self, user: str, text: str, *, limit: int = 200) -> tuple[Conversation, ...]:
        """Those whose title, questions or answers hold every word of ``text``, marks and case aside."""
        return self._made(self._store.listed(user, words=_searchable(text).split(), limit=limit))

    def find(self, user: str, conversation_id: str) -> Conversation:
        """The conversation of that id."""
        return _conversation(self._store.find(user, conversation_id))

    def rename(self, user: str, conversation_id: str, title: str) -> Conversation:
        """Give it a title of the user's own; an empty one changes nothing."""
        short = " ".join(title.split())[:LONGEST_TITLE].rstrip()
        if short:
            self._store.change(user, conversation_id, title=short, folded=_searchable(short))
        return self.find(user, conversation_id)

    def restrict(self, user: str, conversation_id: str, filters: Filters) -> None:
        """Keep other filters with it."""
        self._store.change(user, conversation_id, filters=filters_to_text(filters))

    def pin_language(self, user: str, conversation_id: str, language: str | None) -> None:
        """Keep a language with it, or let it follow the page again."""
        self._store.change(user, conversation_id, language=language)

    def delete(self, user: str, conversation_id: str) -> None:
        """Delete it with its turns. Feedback on them stays, with its own copy of what it is about."""
        self._store.remove(user, conversation_id)

    def load(self, user: str, conversation_id: str) -> tuple[Conversation, tuple[SavedTurn, ...]]:
        """A conversation with its turns, oldest first. Of what retrieval found, answers come with what is
        still in the library as it was."""
        conversation = self.find(user, conversation_id)
        reviver = Reviver(self._library, self._validity)
        rows = self._store.turns(user, conversation_id)
        return conversation, tuple(_turn(row, reviver) for row in rows)

    @staticmethod
    def _made(rows: Sequence[ConversationRow]) -> tuple[Conversation, ...]:
        return tuple(_conversation(row) for row in rows)


def title_of(question: str) -> str:
    """A question as a title: one line, cut between words."""
    line = " ".join(question.split())
    if len(line) <= LONGEST_TITLE:
        return line
    cut = line[: LONGEST_TITLE - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.") + "…"


def _searchable(text: str) -> str:
    return " ".join(fold(text).split())


def _conversation(row: ConversationRow) -> Conversation:
    return Conversation(
        id=row.id,
        title=row.title,
        filters=filters_from_text(row.filters),
        language=row.language,
        created_at=row.created_at,
        updated_at=row.updated_at,
        turns=row.turns,
    )


def _turn(row: TurnRow, reviver: Reviver) -> SavedTurn:
    try:
        answer = reviver.answer(answer_from_text(row.answer, reviver.passage)) if row.answer else None
    except UnreadableAnswer:
        # One answer in a form of another version must not keep the rest of a conversation from its reader.
        answer = None
    opinion = None
    if row.rating is not None:
        reason = Reason(row.complaint) if row.complaint else None
        opinion = Opinion(Rating(row.rating), reason, row.comment)
    return SavedTurn(
        row.key, row.ordinal, row.question, TurnState(row.state), answer, row.reason, row.asked_at, opinion
    )
