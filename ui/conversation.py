"""One visitor's conversation: a value of the session, never of the program."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

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
    """

    question: str
    message: str
    sources: str = ""
    stopped: str = ""
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns of one session, oldest first."""

    turns: tuple[Turn, ...] = field(default=())

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
        return Conversation((*kept, *self.turns[-KEPT_TURNS:], turn))

    def update(self, turn: Turn) -> Conversation:
        """With the latest turn replaced."""
        return Conversation((*self.turns[:-1], turn))

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
            shown.append({"role": "assistant", "content": turn.message})
        return shown
