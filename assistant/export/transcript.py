"""What a file of a conversation says, whatever the format: paragraphs made of runs, and footnotes.

A footnote is the quote and where it stands. Numbers run through the whole file; one span that an answer
quotes twice is one footnote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.conversations import Conversation, SavedTurn, TurnState
from assistant.export.notes import label_of, note_on
from assistant.notices import all_in_words
from assistant.types import Answer, AnswerStatus, Citation, Statement, Verdict
from assistant.wording import Language, Wording, wording


class Style(StrEnum):
    """What a paragraph is."""

    QUESTION = "question"
    ABOUT = "about"
    STATEMENT = "statement"
    ITEM = "item"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph: text, in bold or not, or the reference to a footnote.

    Attributes:
        note: number of the footnote; ``text`` is empty then.
    """

    text: str = ""
    bold: bool = False
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    style: Style
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation to be written.

    Attributes:
        notes: texts of the footnotes; the first has the number 1.
    """

    title: str
    language: Language
    subtitle: str
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...]
    created_at: datetime
    updated_at: datetime


def transcript(
    conversation: Conversation, turns: Sequence[SavedTurn], *, language: Language = "vi"
) -> Transcript:
    """The transcript of a conversation.

    Args:
        language: of what frames questions, answers and quotes.
    """
    writer = _Writer(language)
    for turn in turns:
        writer.turn(turn)
    return Transcript(
        title=conversation.title,
        language=language,
        subtitle=writer.words.export["subtitle"].format(
            day=f"{conversation.created_at.astimezone():%d/%m/%Y}", turns=len(turns)
        ),
        paragraphs=tuple(writer.paragraphs),
        notes=tuple(writer.notes),
        created_at=conversation.created_at,
        updated_at=conversation.updated_at,
    )


class _Writer:
    """Collects paragraphs, and numbers footnotes as they come."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.words: Wording = wording(language)
        self.paragraphs: list[Paragraph] = []
        self.notes: list[str] = []
        self._numbers: dict[tuple[int, str, int, int], int] = {}

    def turn(self, turn: SavedTurn) -> None:
        said = self.words.export
        self._add(Style.QUESTION, Run(" ".join(turn.question.split())))
        if turn.answer is not None:
            self._answer(turn.key, turn.answer, whole=turn.state is TurnState.ANSWERED)
        if turn.state is TurnState.FAILED:
            self._add(Style.WARNING, Run(f"{said['failed']} {turn.reason}".strip()))
        elif turn.state is TurnState.STOPPED:
            self._add(Style.WARNING, Run(said["stopped"]))
        elif turn.answer is None:
            self._add(Style.WARNING, Run(said["unreadable"]))

    def _answer(self, key: int, answer: Answer, *, whole: bool) -> None:
        said = self.words.export
        if " ".join(answer.question.split()) != " ".join(answer.standalone.split()):
            self._add(Style.ABOUT, Run(f"{said['understood']} {answer.standalone}"))
        if whole:
            self._add(Style.ABOUT, Run(said[answer.status.value], bold=True))
        if answer.message and whole:
            self._add(Style.STATEMENT, Run(answer.message))
        for statement in answer.statements:
            self._add(Style.STATEMENT, *self._statement(key, statement))
            self._warnings(statement.citations)
        for note in answer.notes:
            self._add(Style.WARNING, Run(note))
        if answer.status is AnswerStatus.NOT_FOUND and answer.nearest:
            self._add(Style.ABOUT, Run(said["nearest"]))
            for citation in answer.nearest:
                self._add(Style.ITEM, Run(label_of(citation)), Run(note=self._number(key, citation)))
                self._warnings((citation,))

    def _statement(self, key: int, statement: Statement) -> list[Run]:
        """The text with each marker as a reference to its footnote, the answer itself in bold."""
        runs: list[Run] = []
        at = 0
        for start, end, citation in markers(statement):
            runs += _with_emphasis(statement, at, start)
            runs.append(Run(note=self._number(key, citation)))
            at = end
        runs += _with_emphasis(statement, at, len(statement.text))
        doubt = {Verdict.UNVERIFIED: "unverified", Verdict.CONTRADICTED: "contradicted"}
        if statement.verdict in doubt:
            runs.append(Run(f" ({self.words.export[doubt[statement.verdict]]})"))
        return runs

    def _number(self, key: int, citation: Citation) -> int:
        span = (key, citation.document_id, citation.start, citation.end)
        if span not in self._numbers:
            self.notes.append(note_on(citation))
            self._numbers[span] = len(self.notes)
        return self._numbers[span]

    def _warnings(self, citations: Sequence[Citation]) -> None:
        for text in all_in_words(tuple(citations), self.language):
            self._add(Style.WARNING, Run(text))

    def _add(self, style: Style, *runs: Run) -> None:
        self.paragraphs.append(Paragraph(style, tuple(run for run in runs if run.text or run.note)))


def markers(statement: Statement) -> list[tuple[int, int, Citation]]:
    """Where in the text of a statement its markers stand: start, end, what each stands for.

    A marker follows its quote. A quote that itself reads "[1]" is passed over with its quote.
    """
    found = []
    at = 0
    for citation in statement.citations:
        quote = " ".join(citation.quote.split())
        quoted = statement.text.find(quote, at)
        sought = quoted + len(quote) if quoted >= 0 else at
        start = statement.text.find(f"[{citation.marker}]", sought)
        if start < 0:
            # What is cited without a marker in the text is cited at its end.
            start = len(statement.text)
        end = min(len(statement.text), start + len(f"[{citation.marker}]"))
        found.append((start, end, citation))
        at = end
    return found


def _with_emphasis(statement: Statement, start: int, end: int) -> list[Run]:
    """``statement.text[start:end]`` as runs, without the blank before a marker."""
    runs, at = [], start
    for first, last in statement.emphasis:
        if at <= first < last <= end:
            runs += [Run(statement.text[at:first]), Run(statement.text[first:last], bold=True)]
            at = last
    runs.append(Run(statement.text[at:end].rstrip()))
    return runs
