"""What readers think of answers: kept with all that it is about, and made into questions to evaluate on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from assistant.deserialise import answer_from_text
from assistant.errors import UnreadableAnswer
from assistant.types import Answer, AnswerStatus
from index.feedback import FeedbackRow, FeedbackStore
from index.library import Library

#: Characters of a comment that are kept.
LONGEST_COMMENT = 4_000


class Rating(IntEnum):
    UP = 1
    DOWN = -1


class Reason(StrEnum):
    """What is wrong with an answer."""

    WRONG_FIGURE = "wrong_figure"
    INCOMPLETE = "incomplete"
    WRONG_SOURCE = "wrong_source"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reader thinks of an answer, the reason and the comment where there is more to say."""

    rating: Rating
    reason: Reason | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """An opinion with what it is about.

    Attributes:
        user: who gave it; empty where that user is gone.
        answer: as it was shown, ``None`` where there was none or it cannot be read.
        history: the questions before, oldest first.
        value: the answer as JSON, with what retrieval found.
    """

    key: int
    user: str
    question: str
    history: tuple[str, ...]
    answer: Answer | None
    value: dict[str, Any] | None
    opinion: Opinion
    given_at: datetime


class FeedbackBook:
    """The feedback in a library's catalogue. Safe to use from several threads."""

    def __init__(self, library: Library) -> None:
        self._store = FeedbackStore(library.catalogue)

    def give(self, user: str, turn: int, opinion: Opinion) -> int:
        """Keep what a user thinks of a turn of his conversations, in place of what he thought before.

        Args:
            turn: key of the turn, see ``assistant.conversations``.

        Returns:
            The key of the feedback.

        Raises:
            UnknownConversation: it is no turn of that user's, or was deleted.
        """
        history = json.dumps(self._store.earlier_questions(turn), ensure_ascii=False)
        return self._store.put(
            user,
            turn,
            rating=int(opinion.rating),
            reason=opinion.reason.value if opinion.reason else None,
            comment=opinion.comment.strip()[:LONGEST_COMMENT],
            history=history,
        )

    def withdraw(self, user: str, turn: int) -> bool:
        """Forget what a user thought of a turn; false where he had said nothing."""
        return self._store.withdraw(user, turn)

    def listed(self, *, rating: Rating | None = None, since: datetime | None = None) -> tuple[Feedback, ...]:
        """All feedback, oldest first; only of a rating, only from a moment on."""
        rows = self._store.listed(rating=int(rating) if rating else None, since=since)
        return tuple(_feedback(row) for row in rows)


def to_case(feedback: Feedback) -> dict[str, Any]:
    """Feedback as a line of a facts file (``assistant.evaluate.facts``), for a person to complete.

    What a right answer holds is left empty, ``note`` says what was answered and what the reader
    thought of it. Only where the reader agrees that nothing was to be found is the line complete.
    The documents cited are entered where the reader had nothing against them.
    """
    answer, opinion = feedback.answer, feedback.opinion
    refused = answer is not None and answer.status is AnswerStatus.NOT_FOUND
    right_to_refuse = refused and opinion.rating is Rating.UP
    documents: list[str] = []
    if answer is not None and not refused and opinion.reason is not Reason.WRONG_SOURCE:
        documents = list(dict.fromkeys(citation.document_id for citation in answer.citations))
    case: dict[str, Any] = {
        "id": f"feedback-{feedback.key}",
        "category": opinion.reason.value if opinion.reason else opinion.rating.name.lower(),
        "lang": answer.language if answer else "vi",
        "question": feedback.question,
        "answerable": not right_to_refuse,
        "documents": documents,
        "facts": [],
        "history": list(feedback.history),
        "note": note_of(feedback),
    }
    return case


def note_of(feedback: Feedback) -> str:
    """What was answered and what the reader wrote, on one line each."""
    answer, opinion = feedback.answer, feedback.opinion
    said = [f"{'👍' if opinion.rating is Rating.UP else '👎'} {opinion.comment}".strip()]
    if answer is not None:
        said += [statement.text for statement in answer.statements] or [answer.message]
    return "\n".join(line for line in said if line)


def to_jsonl(cases: Iterable[dict[str, Any]]) -> str:
    """One JSON object a line, each line ended."""
    return "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)


def to_json(feedback: Feedback) -> dict[str, Any]:
    """Everything that is known of one, for ``pba feedback list --json``."""
    opinion = feedback.opinion
    return {
        "key": feedback.key,
        "user": feedback.user,
        "given_at": feedback.given_at.isoformat(),
        "rating": opinion.rating.name.lower(),
        "reason": opinion.reason.value if opinion.reason else None,
        "comment": opinion.comment,
        "question": feedback.question,
        "history": list(feedback.history),
        "answer": feedback.value,
    }


def _feedback(row: FeedbackRow) -> Feedback:
    answer: Answer | None = None
    value: dict[str, Any] | None = None
    try:
        if row.answer:
            answer = answer_from_text(row.answer)
            value = json.loads(row.answer)
    except UnreadableAnswer:
        # An answer of another version is no reason to lose what its reader wrote.
        answer = None
    return Feedback(
        key=row.key,
        user=row.user,
        question=row.question,
        history=tuple(json.loads(row.history)),
        answer=answer,
        value=value,
        opinion=Opinion(Rating(row.rating), Reason(row.reason) if row.reason else None, row.comment),
        given_at=row.given_at,
    )
