"""The values that teaching material is made of. Each line that states something carries its citations.

Identifiers ("q7", "k12") are unique within a draft and stay with an item when it is moved or edited.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.types import Citation
from index.types import Filters


class Audience(StrEnum):
    """Who is taught: sympathisers, probationary members, officers of a party cell."""

    SYMPATHISER = "sympathiser"
    PROBATIONARY = "probationary"
    CELL_OFFICER = "cell_officer"


class Part(StrEnum):
    """The parts of a draft, each of which can be left out."""

    PLAN = "plan"
    HANDOUT = "handout"
    QUIZ = "quiz"
    FLASHCARDS = "flashcards"
    SLIDES = "slides"


class QuizKind(StrEnum):
    """What a learner does: choose one or several, judge, fill in a figure, match, order, answer in words."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    FILL = "fill"
    MATCH = "match"
    ORDER = "order"
    SHORT = "short"


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Fault(StrEnum):
    """Why an item is not proved.

    A quote that is not at its place in its document; a key that its quotes do not bear out; a distractor that
    some document bears out as well; a key that another item's stem gives away; an item that asks what another
    asks; an answer that two documents contradict; text that its quotes do not bear out; a form that cannot be
    answered (no right option, a pair without its other half, an empty stem); a matter that is not the topic.
    """

    QUOTE = "quote"
    KEY = "key"
    DISTRACTOR = "distractor"
    GIVEN_AWAY = "given_away"
    REPEATED = "repeated"
    DISPUTED = "disputed"
    TEXT = "text"
    FORM = "form"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a trainer asked for; the same wish with the same library makes the same draft.

    Attributes:
        topic: in free words; empty for whatever the chosen documents are about.
        lessons, minutes: how many lessons, and how long all of them take together.
        quiz_items, slides: how many are wanted; fewer are made where no more can be proved.
        kinds: of quiz items; empty for all.
        language: "vi" or "en": of the framing; quotes stay in their own.
        seed: of everything drawn by chance.
    """

    topic: str
    audience: Audience = Audience.SYMPATHISER
    filters: Filters = Filters()
    lessons: int = 1
    minutes: int = 90
    parts: tuple[Part, ...] = tuple(Part)
    quiz_items: int = 30
    kinds: tuple[QuizKind, ...] = ()
    slides: int = 12
    language: str = "vi"
    seed: int = 101


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One thing that is taught, in the words of its quote or in words its quotes bear out.

    Attributes:
        example: it tells what one place did, as an illustration.
        faults: why it is not proved: none as it is made, some once an edit breaks the proof. So for all.
    """

    id: str
    text: str
    citations: tuple[Citation, ...]
    example: bool = False
    locked: bool = False
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A step of a lesson.

    Attributes:
        activity: what trainer and learners do in it ("Thuyết trình", "Thảo luận nhóm").
        questions: to discuss; each is answered by the key points of its section.
    """

    id: str
    title: str
    minutes: int
    activity: str
    points: tuple[KeyPoint, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """One meeting of a class; ``minutes`` is the sum of those of its sections."""

    id: str
    title: str
    minutes: int
    objectives: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure as a row of a table.

    Attributes:
        label: what is counted, where and by whom, in the words of the quote.
        value: the figure as the quote has it, "57.763"; ``unit`` its unit, "đảng viên".
        date: of what is counted, else of the document, "2019" or "30/11/2019"; empty if unknown.
    """

    id: str
    label: str
    value: str
    unit: str
    date: str
    citations: tuple[Citation, ...]
    locked: bool = False
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One figure of a series: ``value`` as a number, ``written`` as its quote has it."""

    label: str
    value: float
    written: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one thing at several times or places, all cited; at least three. Drawn as a chart."""

    id: str
    title: str
    unit: str
    points: tuple[SeriesPoint, ...]


@dataclass(frozen=True, slots=True)
class Handout:
    """Two pages that learners take home."""

    title: str
    sections: tuple[Section, ...]
    figures: tuple[FigureRow, ...] = ()
    series: tuple[Series, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A choice; of a distractor ``origin`` is where its wording comes from, for whoever checks it."""

    text: str
    right: bool
    origin: Citation | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that belong together, as ``citation`` says."""

    left: str
    right: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Step:
    """One of several things in order, as ``citation`` says; ``when`` is its date or number, if it has one."""

    text: str
    citation: Citation
    when: str = ""


@dataclass(frozen=True, slots=True)
class QuizItem:
    """A question with its key and the quotes that prove it.

    Attributes:
        stem: the question; of FILL the sentence with "……" where the figure was; of TRUE_FALSE the claim.
        options: of SINGLE and MULTIPLE, in the order shown.
        truth: of TRUE_FALSE.
        accepted: of FILL and SHORT: answers that count as right, the usual one first.
        pairs: of MATCH, in the order of the left column; learners see the right one shuffled.
        steps: of ORDER, in the right order; learners see them shuffled.
        citations: that prove the key; at least one.
        explanation: why the key is right, in words the citations bear out; may be empty.
    """

    id: str
    kind: QuizKind
    stem: str
    citations: tuple[Citation, ...]
    difficulty: Difficulty = Difficulty.MEDIUM
    options: tuple[Option, ...] = ()
    truth: bool | None = None
    accepted: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    steps: tuple[Step, ...] = ()
    explanation: str = ""
    locked: bool = False
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Flashcard:
    """A question on the one side, its answer on the other."""

    id: str
    front: str
    back: str
    citations: tuple[Citation, ...]
    locked: bool = False
    faults: tuple[Fault, ...] = ()


class Layout(StrEnum):
    """What a slide shows: the title, the agenda, points, a chart of ``series``, the sources."""

    TITLE = "title"
    AGENDA = "agenda"
    POINTS = "points"
    CHART = "chart"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Slide:
    """One idea.

    Attributes:
        points: short lines; those of TITLE, AGENDA and SOURCES state nothing and have no citations.
        notes: what the speaker says, with the sources; the citations are those of ``points`` and ``series``.
    """

    id: str
    layout: Layout
    title: str
    points: tuple[KeyPoint, ...] = ()
    series: Series | None = None
    notes: str = ""
    locked: bool = False
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """Items that could not be proved: how many of a part, and why.

    Attributes:
        example: the text of one of them.
    """

    part: Part
    fault: Fault
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything made for one wish.

    Attributes:
        title: of the material as a whole.
        dropped: what was tried and not kept.
        library: fingerprint of the library it was made from.
    """

    wish: Wish
    title: str
    lessons: tuple[Lesson, ...] = ()
    handout: Handout | None = None
    quiz: tuple[QuizItem, ...] = ()
    flashcards: tuple[Flashcard, ...] = ()
    slides: tuple[Slide, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    library: str = ""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation once, in the order in which the parts are read; equal spans have equal markers."""
        seen: dict[int, Citation] = {}
        for citation in self._cited():
            seen.setdefault(citation.marker, citation)
        return tuple(seen[marker] for marker in sorted(seen))

    def _cited(self) -> Iterator[Citation]:
        sections = [section for lesson in self.lessons for section in lesson.sections]
        if self.handout is not None:
            sections += self.handout.sections
            yield from (c for row in self.handout.figures for c in row.citations)
            yield from (p.citation for series in self.handout.series for p in series.points)
        yield from (c for section in sections for point in section.points for c in point.citations)
        for item in self.quiz:
            yield from item.citations
            yield from (pair.citation for pair in item.pairs)
            yield from (step.citation for step in item.steps)
        yield from (c for card in self.flashcards for c in card.citations)
        for slide in self.slides:
            yield from (c for point in slide.points for c in point.citations)
            if slide.series is not None:
                yield from (point.citation for point in slide.series.points)
