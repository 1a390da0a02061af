"""What a library keeps of those who use it: conversations, what they think of the answers, drafts,
sets of test questions."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversations import Conversations
from assistant.evaluate.suggest.sets import QuestionSets
from assistant.opinions import FeedbackBook
from assistant.study.drafts import Drafts
from index.library import Library


@dataclass(frozen=True, slots=True)
class Archive:
    """The conversations, feedback, drafts of teaching material and question sets of one library."""

    conversations: Conversations
    feedback: FeedbackBook
    drafts: Drafts
    question_sets: QuestionSets

    @classmethod
    def of(cls, library: Library) -> Archive:
        """The archive of ``library``."""
        return cls(Conversations(library), FeedbackBook(library), Drafts(library), QuestionSets.of(library))
