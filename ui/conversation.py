"""One visitor's conversation: a value of the session, never of the program."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.narrowing import Filters
from assistant.types import Answer
from ui.chat import question_message
from ui.sources import KEPT_TURNS


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with what the page shows for it.

    Attributes:
        message: the answer, or what stands for it, as HTML.
        sources: the cards of the answer as HTML; empty until there are any.
        stopped: ``message`` as it is to read if the reader stops the answer here; empty once
            the answer is whole.
        failed: whether there is no answer; a question that failed once would fail again as the
            history of the next one.
        answer: what ``message`` says, so far as there is any; let go once it is kept.
        reason: why it failed, as the reader is told.
        literal: the question was read exactly as typed.
        key: the turn in the library's catalogue; ``None`` where it is not kept.
        tools: what can be done with the answer, as HTML; ``again`` what can while it is the last.
    """

    question: str
    message: str
    sources: str = ""
    stopped: str = ""
    failed: bool = False
    answer: Answer | None = None
    reason: str = ""
    literal: bool = False
    key: int | None = None
    tools: str = ""
    again: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns of one session, oldest first.

    Attributes:
        id: the conversation in the library's catalogue; empty until it is kept there.
        editing: the next question takes the place of the last one.
        filters: the documents that questions are answered from.
    """

    turns: tuple[Turn, ...] = field(default=())
    id: str = ""
    editing: bool = False
    filters: Filters = Filters()

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions asked so far and not failed, oldest first: the history of a follow-up."""
        return tuple(turn.question for turn in self.turns if not turn.failed)

    @property
    def sections(self) -> tuple[str, ...]:
        """The cards of each turn."""
        return tuple(turn.sources for turn in self.turns)

    def begin(self, turn: Turn) -> Conversation:
        """With one more turn. Cards that the page no longer shows are let go."""
        kept = [replace(old, sources=old.sources and "-") for old in self.turns[:-KEPT_TURNS]]
        return replace(self, turns=(*kept, *self.turns[-KEPT_TURNS:], turn))

    def update(self, turn: Turn) -> Conversation:
        """With the latest turn replaced."""
        return replace(self, turns=(*self.turns[:-1], turn))

    def without_last(self) -> Conversation:
        """Before the latest question was asked."""
        return replace(self, turns=self.turns[:-1], editing=False)

    def stop(self) -> Conversation:
        """As it stands when the reader stops the answer under way."""
        if not self.turns or not self.turns[-1].stopped:
            return self
        last = self.turns[-1]
        return self.update(replace(last, message=last.stopped, stopped=""))

    def messages(self) -> list[dict[str, str]]:
        """The messages of the chat, in the form that Gradio takes."""
        shown = []
        for number, turn in enumerate(self.turns, 1):
            shown.append({"role": "user", "content": question_message(turn.question, number)})
            tools = turn.tools + (turn.again if number == len(self.turns) else "")
            # Nothing can be done yet with an answer that is under way.
            tools = f'<p class="pba-acts">{tools}</p>' if tools and not turn.stopped else ""
            shown.append({"role": "assistant", "content": turn.message + tools})
        return shown
