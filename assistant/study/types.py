"""What study material is made of. Everything that is said carries the citations that prove it.

``Study.to_json`` lives in ``assistant.study.serialise``; the exports read nothing but these values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assistant.types import Citation
from index.types import Filters


class Audience(StrEnum):
    """Who is taught."""

    SYMPATHISERS = "quần chúng"
    PROBATIONARY = "đảng viên dự bị"
    CELL_OFFICERS = "cán bộ chi bộ"


class Part(StrEnum):
    """What can be made."""

    PLAN = "plan"
    HANDOUT = "handout"
    QUIZ = "quiz"
    FLASHCARDS = "flashcards"
    SLIDES = "slides"


class QuizKind(StrEnum):
    """How an item is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    FIGURE = "figure"
    MATCH = "match"
    ORDER = "order"
    SHORT = "short"


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class StudyRequest:
    """What a trainer asks for.

    Attributes:
        topic: free text, or a topic of the library; empty for all that the filters let through.
        lessons, minutes: how many, and how long each.
        parts: what to make.
        items, cards, slides: how many of each are wanted; fewer are made where fewer can be proved.
        seed: equal requests with equal seeds over an equal library give equal material.
    """

    topic: str = ""
    filters: Filters = Filters()
    audience: Audience = Audience.SYMPATHISERS
    lessons: int = 1
    minutes: int = 90
    language: str = "vi"
    parts: tuple[Part, ...] = tuple(Part)
    items: int = 30
    cards: int = 20
    slides: int = 12
    seed: int = 0


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One thing to be learnt: a quote, or a sentence that was checked against it.

    Attributes:
        id: unique in its study, stable under editing and reordering.
        locked: is not touched when its neighbours are made again.
        broken: was edited, and its citations no longer bear it out; in words, empty where they do.
    """

    id: str
    text: str
    citations: tuple[Citation, ...]
    locked: bool = False
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a lesson: its title, its minutes, what is taught in it."""

    id: str
    title: str
    minutes: int
    points: tuple[KeyPoint, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """The plan of one lesson.

    Attributes:
        objectives: what learners can do afterwards, each resting on key points.
        sections: in teaching order; their minutes, opening and closing included, add up to the lesson's.
        examples: from the provinces of the library.
        discussion: open questions, each with the place that it is about.
    """

    id: str
    title: str
    minutes: int
    objectives: tuple[KeyPoint, ...]
    sections: tuple[Section, ...]
    examples: tuple[KeyPoint, ...] = ()
    discussion: tuple[KeyPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a document.

    Attributes:
        label: what is counted, in the document's words.
        written: the figure as written; ``value`` as a number, ``unit`` what it counts.
        when: the period or day it is of, as written; empty where the document gives none.
        where: place or body it is of.
    """

    id: str
    label: str
    written: str
    value: Decimal
    unit: str
    when: str
    where: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one thing that can be drawn: at two times or more, or of two places or more."""

    title: str
    unit: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Handout:
    """Two pages for learners: key points, a table of figures, a chart where there is a series."""

    title: str
    points: tuple[KeyPoint, ...]
    figures: tuple[Figure, ...] = ()
    series: Series | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of an item.

    Attributes:
        citation: for a right one where it is proved; for a wrong one where the figure or name was taken
            from, ``None`` for one that stands in no document.
    """

    text: str
    right: bool
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class QuizItem:
    """One question with its key and its proof.

    Attributes:
        stem: the question; for ``FIGURE`` with one gap ``____``; for ``TRUE_FALSE`` a statement.
        options: choices of ``SINGLE``, ``MULTIPLE``; "Đúng" and "Sai" of ``TRUE_FALSE``.
        pairs: left and right of ``MATCH``, rightly paired.
        order: the elements of ``ORDER``, in the right order.
        accepted: answers that count for ``FIGURE`` and ``SHORT``, the one to show first.
        proof: the quotes that prove the key; the key stands in them word for word (of ``TRUE_FALSE``:
            the statement, or what it alters).
        altered: of a false statement, (what it says, what the proof says).
    """

    id: str
    kind: QuizKind
    stem: str
    proof: tuple[Citation, ...]
    difficulty: Difficulty = Difficulty.MEDIUM
    options: tuple[Option, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    altered: tuple[str, str] | None = None
    locked: bool = False
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Flashcard:
    """A question in front, the answer from its proof behind."""

    id: str
    front: str
    back: str
    citations: tuple[Citation, ...]
    locked: bool = False
    broken: str = ""


class SlideKind(StrEnum):
    TITLE = "title"
    AGENDA = "agenda"
    IDEA = "idea"
    CHART = "chart"
    DISCUSSION = "discussion"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: one idea.

    Attributes:
        lines: shown, each at most about 30 words.
        notes: for the speaker: the whole quotes with their sources.
    """

    id: str
    kind: SlideKind
    title: str
    lines: tuple[KeyPoint, ...] = ()
    notes: str = ""
    series: Series | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """How many items of one kind were dropped, and why, in words."""

    part: Part
    why: str
    count: int


@dataclass(frozen=True, slots=True)
class Study:
    """Everything made for one request.

    Attributes:
        generation: of the library when it was made.
        sources: every citation once, numbered as in the exports; markers of citations are those numbers.
    """

    request: StudyRequest
    title: str
    made_on: date
    generation: int
    lessons: tuple[Lesson, ...] = ()
    handout: Handout | None = None
    quiz: tuple[QuizItem, ...] = ()
    cards: tuple[Flashcard, ...] = ()
    slides: tuple[Slide, ...] = ()
    sources: tuple[Citation, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    seconds: float = field(default=0.0, compare=False)
