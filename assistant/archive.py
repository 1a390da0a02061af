"""What a library keeps of those who ask: their conversations and what they think of the answers."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversations import Conversations
from assistant.opinions import FeedbackBook
from index.library import Library


@dataclass(frozen=True, slots=True)
class Archive:
    """The conversations and the feedback of one library."""

    conversations: Conversations
    feedback: FeedbackBook

    @classmethod
    def of(cls, library: Library) -> Archive:
        """The archive of ``library``."""
        return cls(Conversations(library), FeedbackBook(library))
