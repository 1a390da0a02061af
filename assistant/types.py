"""The values an answer is made of, and the events that stream it.

``Answer.to_json`` is the documented form that ``pba ask --json`` prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from index.types import Hit


class AnswerStatus(StrEnum):
    GROUNDED = "grounded"
    PARTLY_GROUNDED = "partly_grounded"
    NOT_FOUND = "not_found"


class Verdict(StrEnum):
    """What checking a statement against its cited passages found."""

    VERBATIM = "verbatim"
    SUPPORTED = "supported"
    UNVERIFIED = "unverified"
    CONTRADICTED = "contradicted"


class DifferenceKind(StrEnum):
    """In what a statement differs from what it cites."""

    MARKER = "marker"
    NUMBER = "number"
    UNIT = "unit"
    DATE = "date"
    DOCUMENT_NUMBER = "document_number"
    NAME = "name"
    PLACE = "place"
    NEGATION = "negation"
    DIRECTION = "direction"
    QUOTE = "quote"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing a statement says that its citations do not bear out.

    Attributes:
        said: the words of the statement.
        cited: what the cited passage has instead; empty where it has nothing like it.
    """

    kind: DifferenceKind
    said: str
    cited: str = ""


class Engine(StrEnum):
    """What wrote an answer: quotation, or a language model whose sentences were checked."""

    QUOTATION = "quotation"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a language model took for an answer.

    Attributes:
        tokens_in, tokens_out: of all its requests; ``counted`` by the endpoint, else estimated here.
        first_word: seconds from the question to the first word of the model, ``None`` if none came.
        seconds: that the model was waited for, in all.
        cached: the answer had been written before and was kept; the figures are those of that time.
    """

    model: str
    prompt_version: str
    tokens_in: int = 0
    tokens_out: int = 0
    counted: bool = True
    first_word: float | None = None
    seconds: float = 0.0
    cached: bool = False


class ReadingStep(StrEnum):
    """In what way a question was read otherwise than it was typed."""

    FOLLOWUP = "followup"
    DIACRITICS = "diacritics"
    SPELLING = "spelling"
    ABBREVIATION = "abbreviation"
    NUMBER = "number"
    PLACE = "place"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Understood:
    """One thing of the question that was read otherwise than it was typed: ``typed`` as ``read``."""

    step: ReadingStep
    typed: str
    read: str


class NoticeKind(StrEnum):
    """What became of the document that is quoted: what a later one of the library does to it, or that
    the library no longer holds what was quoted."""

    REPLACED = "replaced"
    ENDED = "ended"
    AMENDED = "amended"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning beside a quote: its document was replaced, ended or amended, or, in an answer that was
    kept, changed or removed since.

    Attributes:
        by: id of the document that says so, ``label`` how an official names it; the quoted document
            itself, with an empty label, where no other document says so.
        start, end: where in the text of ``by`` that is said; equal where it is not said there.
    """

    kind: NoticeKind
    by: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """One marker [n] and the exact span it stands for.

    Attributes:
        marker: 1-based number shown as ``[n]``; equal markers in one answer are equal spans.
        start, end: offsets into the document's text; ``quote`` is exactly that span.
        label: how an official would name the place, e.g. "Bắc Ninh, bài của TTXVN, đoạn 14".
        sentence: start and end of the whole sentence that the quote is, or is a part of.
        notices: what later documents did to the one that is quoted.
        translation: of the quote, by a language model, where reader and document differ in language; shown
            beside the quote as a translation, never as the quote.
    """

    marker: int
    document_id: str
    passage_id: str
    start: int
    end: int
    quote: str
    verdict: Verdict = Verdict.VERBATIM
    label: str = ""
    sentence: tuple[int, int] | None = None
    notices: tuple[Notice, ...] = ()
    translation: str = ""

    @property
    def is_gone(self) -> bool:
        """The library no longer holds the quote at its place, as it can be in an answer that was kept."""
        return any(notice.kind in (NoticeKind.CHANGED, NoticeKind.REMOVED) for notice in self.notices)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with what it rests on. ``text`` ends with its markers.

    Attributes:
        emphasis: start and end, in ``text``, of each part that is the answer itself; shown in bold.
        differences: what its citations do not bear out, where it is not verbatim or supported.
        approximations: figures that only come near those cited ("hơn 57 nghìn" for 57.763).
    """

    text: str
    citations: tuple[Citation, ...]
    verdict: Verdict = Verdict.VERBATIM
    emphasis: tuple[tuple[int, int], ...] = ()
    differences: tuple[Difference, ...] = ()
    approximations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to a question.

    Attributes:
        question: as typed.
        standalone: the question as it was understood: diacritics restored, follow-up resolved.
        language: "vi" or "en": the language of the framing; quotes stay in their own.
        statements: in reading order; empty when nothing was found.
        nearest: passages offered as near when ``status`` is ``NOT_FOUND``.
        hits: what retrieval found, best first.
        message: framing text for the reader: the "not found" sentence, or an empty string.
        understood: in what the question was read otherwise than typed.
        notes: lines for the reader about the statements together, e.g. that two documents differ.
        timings: stage → seconds.
        engine: what wrote the statements.
        withheld: what a model wrote and checking did not bear out, in reading order; not a part of the
            answer, shown only on request and as what it is.
        left_out: passages found that did not fit into what the model can read.
        cost: what the model took; ``None`` where none was asked.
    """

    question: str
    standalone: str
    status: AnswerStatus
    language: str = "vi"
    statements: tuple[Statement, ...] = ()
    nearest: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    message: str = ""
    understood: tuple[Understood, ...] = ()
    notes: tuple[str, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
    engine: Engine = Engine.QUOTATION
    withheld: tuple[Statement, ...] = ()
    left_out: int = 0
    cost: Cost | None = None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation once, by marker."""
        seen: dict[int, Citation] = {}
        for statement in self.statements:
            for citation in statement.citations:
                seen.setdefault(citation.marker, citation)
        return tuple(seen[marker] for marker in sorted(seen))


@dataclass(frozen=True, slots=True)
class Retrieved:
    """First event of a stream: what was understood and found."""

    standalone: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """What the answer is by quotation, while a language model writes it: to be read meanwhile, and the
    answer itself if the model fails."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Delta:
    """One more statement of the answer."""

    statement: Statement


@dataclass(frozen=True, slots=True)
class Done:
    """Last event of a stream: the whole answer."""

    answer: Answer


Event = Retrieved | Drafted | Delta | Done
