"""What any system answers, as the evaluator sees it, and what came of asking it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.types import Answer, AnswerStatus, Statement

if TYPE_CHECKING:
    from assistant.answer import Assistant

_MARKER = re.compile(r"\s*\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of a document: what was found, or what a citation stands for.

    Attributes:
        document: id or file name.
        start, end: offsets into the document's text; ``None`` where the system does not tell them.
    """

    document: str
    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an answer, without its markers, and the places it cites."""

    text: str
    citations: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """One answer.

    Attributes:
        claims: its statements in reading order; empty where it says nothing.
        abstained: it says that the documents do not answer.
        hits: what was retrieved, best first; ``None`` where the system does not tell.
        cites: the system gives citations, so that a claim without one is uncited and not only untold.
        confidence: that the documents answer, 0 to 1; ``None`` where the system does not tell.
        tokens_in, tokens_out: of a language model; ``None`` where none was asked, or it is not told.
        understood: the question as it was read.
    """

    claims: tuple[Claim, ...]
    abstained: bool = False
    hits: tuple[Place, ...] | None = None
    cites: bool = False
    confidence: float | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    understood: str = ""

    @property
    def text(self) -> str:
        """The claims joined by blanks: framing around them does not count."""
        return " ".join(claim.text for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking one question: a response, or an error.

    Attributes:
        error: kind and message of the exception, empty where there is a response.
        seconds: wall time of asking.
    """

    case_id: str
    response: Response | None
    error: str = ""
    seconds: float = 0.0


class System(Protocol):
    """Anything that answers questions."""

    @property
    def name(self) -> str:
        """How it is called in reports."""

    def ask(self, question: str, history: Sequence[str]) -> Response:
        """Answer one question; ``history`` are earlier ones, oldest first. May raise anything."""


def without_markers(statement: Statement) -> str:
    """The statement's text without the markers of its own citations; other brackets stay."""
    own = {citation.marker for citation in statement.citations}
    return _MARKER.sub(lambda m: "" if int(m[1]) in own else m[0], statement.text).strip()


def response_of(answer: Answer, confidence: float | None = None) -> Response:
    """An answer of the assistant as a response."""
    claims = tuple(
        Claim(
            without_markers(statement),
            tuple(
                Place(citation.document_id, citation.quote, citation.start, citation.end)
                for citation in statement.citations
            ),
        )
        for statement in answer.statements
    )
    hits = tuple(
        Place(hit.document.id, hit.passage.text, hit.passage.start, hit.passage.end) for hit in answer.hits
    )
    return Response(
        claims,
        abstained=answer.status is AnswerStatus.NOT_FOUND,
        hits=hits,
        cites=True,
        confidence=confidence,
        tokens_in=answer.cost.tokens_in if answer.cost else None,
        tokens_out=answer.cost.tokens_out if answer.cost else None,
        understood=answer.standalone,
    )


class AssistantSystem:
    """The assistant itself. Its confidence is that of the least certain side of the question."""

    def __init__(self, assistant: Assistant, name: str = "assistant") -> None:
        self._assistant = assistant
        self.name = name

    def ask(self, question: str, history: Sequence[str]) -> Response:
        """Answer one question."""
        from assistant.trace import Record
        from assistant.types import Done

        record = Record()
        for event in self._assistant.stream(question, history=history, record=record):
            if isinstance(event, Done):
                sides = [side.decision.confidence for side in record.sides]
                return response_of(event.answer, min(sides, default=None))
        raise AssertionError("a stream ends with Done")
