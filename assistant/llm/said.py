"""What a conversation has said so far: whatever a completed question names must come from there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import lexicon
from assistant.concepts import abbreviations
from assistant.phrases import words
from assistant.reading import Reading, language_of
from assistant.unmarked import is_unmarked
from assistant.verification.analysis import Analysis, analysed
from assistant.verification.figures import Figure
from assistant.verification.moments import Moment
from assistant.verification.references import Reference
from ingest.numbers import fold

#: Letters by which forms of an English word are told to be one.
STEM = 4


@dataclass(frozen=True, slots=True)
class Said:
    """What the conversation says.

    Attributes:
        texts: normalised words of each text; ``plain`` without marks, of those typed without any.
        stems: beginnings of all words, by which English forms are told.
        keys: of all figures, dates and references (``keys``).
        digits: every number in figures, as an integer.
    """

    texts: tuple[str, ...]
    plain: tuple[str, ...]
    stems: frozenset[str]
    keys: frozenset[object]
    digits: frozenset[int]
    english: bool

    @staticmethod
    def of(texts: Sequence[str], ruled: Reading) -> Said:
        """What ``texts`` say; ``ruled``, the reading by rule of the last, knows their abbreviations."""
        english = ruled.language == "en"
        spelt = [
            long for text in texts for m in abbreviations(text) for long in lexicon.long_forms(m.group())
        ]
        more = [] if english else [ruled.lexical_text]
        every = [*texts, *spelt, *more]
        loose = every if english else [text for text in texts if is_unmarked(text)]
        return Said(
            tuple(_padded(text) for text in every),
            tuple(fold(_padded(text)) for text in loose),
            frozenset(fold(word)[:STEM] for text in texts for word in words(text)),
            frozenset(key for text in texts for key in keys(analysis_of(text))),
            frozenset(int(figure) for text in texts for figure in re.findall(r"\d+", text)),
            english,
        )

    def has(self, phrase: str) -> bool:
        """A phrase occurs, or a form of it in English."""
        padded = _padded(phrase)
        if any(padded in text for text in self.texts) or any(fold(padded) in text for text in self.plain):
            return True
        return self.english and " " not in phrase and fold(phrase)[:STEM] in self.stems


def _padded(text: str) -> str:
    return f" {' '.join(words(text))} "


def analysis_of(text: str) -> Analysis:
    """What can be compared of a question, in whichever language it is."""
    english = language_of(text) == "en"
    return analysed(text, english=english, folded=english)


def keys(analysis: Analysis) -> set[object]:
    """What makes figures, dates and references the same."""
    found: set[object] = set()
    for item in analysis.items:
        value = item.value
        if isinstance(value, Figure) and not value.weak:
            found.add(("figure", value.percent, value.values[0], value.bound))
        elif isinstance(value, Moment):
            found.add(("moment", *value))
        elif isinstance(value, Reference):
            found.add((value.name, value.number))
            if value.canonical:
                found.add(("document", value.canonical))
    return found
