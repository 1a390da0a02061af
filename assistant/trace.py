"""What led to an answer, step by step, as the steps themselves found it."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.abstain import Decision
from assistant.extract import Quote
from assistant.reading import Reading
from assistant.scoring import Scored
from assistant.types import Answer
from assistant.understanding import Readings
from index.types import Hit


@dataclass(frozen=True, slots=True)
class Side:
    """One thing asked about: the question itself, or one side of a comparison.

    Attributes:
        hits: passages that retrieval found, best first.
        scored: their sentences, best first.
        decision: which of them may be quoted, or why none.
        quotes: what was chosen of those.
    """

    reading: Reading
    hits: tuple[Hit, ...]
    scored: tuple[Scored, ...]
    decision: Decision
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """An answer with everything that led to it."""

    readings: Readings
    sides: tuple[Side, ...]
    answer: Answer


@dataclass(slots=True)
class Record:
    """Notes what each step of one answer finds, while it is made."""

    readings: Readings | None = None
    sides: list[Side] = field(default_factory=list)

    def trace(self, answer: Answer) -> Trace:
        """What was noted, with the answer it led to."""
        if self.readings is None:
            raise AssertionError("nothing was noted: the stream was not read to its end")
        return Trace(self.readings, tuple(self.sides), answer)
