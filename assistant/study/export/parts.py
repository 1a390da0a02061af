"""Which parts of a draft there are, and the error where a file needs one that is not."""

from __future__ import annotations

from assistant.errors import PartMissing
from assistant.study.types import Draft, Part


def present(draft: Draft) -> frozenset[Part]:
    """The parts that have something in them."""
    made = {
        Part.PLAN: draft.lessons,
        Part.HANDOUT: draft.handout,
        Part.QUIZ: draft.quiz,
        Part.FLASHCARDS: draft.flashcards,
        Part.SLIDES: draft.slides,
    }
    return frozenset(part for part, content in made.items() if content)


def require(draft: Draft, format_name: str, *parts: Part) -> None:
    """Raises: PartMissing: the draft has none of ``parts``."""
    if not present(draft).intersection(parts):
        raise PartMissing(format_name, tuple(part.value for part in parts))
