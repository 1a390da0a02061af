"""What a library keeps of those who use it: conversations, what they think of the answers, drafts."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversations import Conversations
from assistant.opinions import FeedbackBook
from assistant.study.drafts import Drafts
from index.library import Library


@dataclass(frozen=True, slots=True)
class Archive:
    """The conversations, the feedback and the drafts of teaching material of one library."""

    conversations: Conversations
    feedback: FeedbackBook
    drafts: Drafts

    @classmethod
    def of(cls, library: Library) -> Archive:
        """The archive of ``library``."""
        return cls(Conversations(library), FeedbackBook(library), Drafts(library))
