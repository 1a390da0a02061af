"""What a drafted test question is made of, and what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from index.types import Filters

#: A fact: the strings that are accepted for it.
Fact = tuple[str, ...]

#: Done and wanted, as questions are found.
Progress = Callable[[int, int], None]


class SuggestionKind(StrEnum):
    """What a question asks for; the category in a facts file."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    LIST = "list"
    UNANSWERABLE = "unanswerable"


class State(StrEnum):
    """What its reviewer decided; ``EDITED`` was changed, or written, by him and stands as accepted."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


KEPT = frozenset({State.ACCEPTED, State.EDITED})


class Ground(StrEnum):
    """Why a question is held answerable, or not.

    One quote has the answer and no passage another one; the name was put in the place of another and stands
    nowhere in the library; it stands there, but never with what is asked; a person says so.
    """

    QUOTED = "quoted"
    NOWHERE = "nowhere"
    NOT_SAID = "not_said"
    BY_HAND = "by_hand"


class Reason(StrEnum):
    """Why something was left out that could have been asked."""

    UNCLEAR = "unclear"
    WEAK = "weak"
    UNPROVED = "unproved"
    GIVEN_AWAY = "given_away"
    DISPUTED = "disputed"
    REPEATED = "repeated"
    MAYBE_SAID = "maybe_said"


class Problem(StrEnum):
    """What is wrong with a question as it is now."""

    NO_QUESTION = "no_question"
    NO_FACTS = "no_facts"
    NO_SPAN = "no_span"
    QUOTE_GONE = "quote_gone"
    NOT_IN_SPAN = "not_in_span"
    GIVEN_AWAY = "given_away"
    DUPLICATE = "duplicate"
    MAYBE_SAID = "maybe_said"


@dataclass(frozen=True, slots=True)
class Quoted:
    """An exact place: ``text[start:end]`` of the stored document is ``quote``.

    Attributes:
        document: its file name; ``document_id`` its id in the library.
    """

    document: str
    document_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One drafted question.

    Attributes:
        id: unique in its set.
        lang: "vi", "vi-nodiacritics" or "en".
        facts: each the strings accepted for it, as in a facts file; empty if not answerable.
        spans: the quotes that hold the facts; empty if not answerable.
        ground: why it is held answerable or not; ``about`` is the name that was put into a question that is
            not answerable.
    """

    id: str
    kind: SuggestionKind
    question: str
    lang: str = "vi"
    facts: tuple[Fact, ...] = ()
    spans: tuple[Quoted, ...] = ()
    ground: Ground = Ground.QUOTED
    about: str = ""
    state: State = State.PROPOSED

    @property
    def answerable(self) -> bool:
        return self.kind is not SuggestionKind.UNANSWERABLE

    @property
    def documents(self) -> tuple[str, ...]:
        """File names of the documents that hold the answer, each once."""
        return tuple(dict.fromkeys(span.document for span in self.spans))


@dataclass(frozen=True, slots=True)
class Found:
    """A problem of a question; ``detail`` is the fact, or the id of the question, that it is about."""

    problem: Problem
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many questions were left out for one reason, with one of them."""

    reason: Reason
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for. The same order and library make the same questions.

    Attributes:
        kinds: empty for all.
        filters: which documents are asked about; what is not answerable is checked against all of them.
        unmarked, english: shares of the questions that are written without diacritics, and in English where
            that can be done honestly; 0 to 1.
    """

    count: int = 60
    kinds: tuple[SuggestionKind, ...] = ()
    filters: Filters = Filters()
    seed: int = 101
    unmarked: float = 0.15
    english: float = 0.05


@dataclass(frozen=True, slots=True)
class Suggested:
    """What came of an order."""

    suggestions: tuple[Suggestion, ...]
    left_out: tuple[LeftOut, ...]
