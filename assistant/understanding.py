"""From what was typed to what is asked: one line of clean text, its context, and each thing it compares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import compare, followup
from assistant.errors import BadQuestion
from assistant.reading import Reading, language_of, read
from assistant.types import Understood
from index.vocabulary import Vocabulary

_LONGEST_QUESTION = 10_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Readings:
    """A question as a whole, and each thing it compares (the whole alone where it compares nothing)."""

    whole: Reading
    sides: tuple[Reading, ...]
    understood: tuple[Understood, ...] = ()


def understand(question: str, history: Sequence[str], vocabulary: Vocabulary) -> Readings:
    """Restore diacritics, resolve the follow-up, split a comparison into its sides.

    Args:
        question: as ``clean_question`` gives it.
        history: earlier questions of the conversation, oldest first, likewise.
    """

    def restore(text: str) -> str:
        return vocabulary.restore(text) if language_of(text) == "vi" else text

    standalone = followup.standalone(restore(question), [restore(earlier) for earlier in history])
    whole = read(question, standalone=standalone, restore=restore)
    parts = compare.sides(whole.text)
    sides = tuple(read(question, standalone=part) for part in parts) or (whole,)
    if parts:  # a side is asked what the whole is asked
        sides = tuple(replace(side, wanted=whole.wanted, units=side.units or whole.units) for side in sides)
    return Readings(whole, sides)


def clean_question(question: str) -> str:
    """A question as one line of NFC text without control characters.

    Raises:
        BadQuestion: nothing to read in it, or too long.
    """
    if len(question) > _LONGEST_QUESTION:
        raise BadQuestion(
            f"The question has {len(question):,} characters; at most {_LONGEST_QUESTION:,} are read. "
            "Shorten it."
        )
    text = " ".join(_CONTROL.sub("", unicodedata.normalize("NFC", question)).split())
    if not any(character.isalnum() for character in text):
        raise BadQuestion(
            "The question is empty. Type a question, e.g.: Đảng bộ tỉnh có bao nhiêu đảng viên?"
        )
    return text
