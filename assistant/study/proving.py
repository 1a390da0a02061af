"""Whether a draft still holds: every quote at its place, every line borne out by its quotes.

Run over the whole draft after every edit and when a stored draft is opened, so that what an edit or a
changed document breaks is marked at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.errors import UnknownDocument
from assistant.phrases import Phrases, words
from assistant.study.quiz import faults_of
from assistant.study.types import (
    Draft,
    Fault,
    FigureRow,
    Flashcard,
    Handout,
    KeyPoint,
    Layout,
    Section,
    Series,
    Slide,
)
from assistant.types import Citation, Difference, Verdict
from assistant.verification.types import Checked, Evidence
from assistant.verification.verifier import verifier_of
from index.library import Library
from ingest.types import Document, Passage

_BORNE_OUT = (Verdict.VERBATIM, Verdict.SUPPORTED)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
#: The shapes of slides that state nothing.
_FRAMES = (Layout.TITLE, Layout.AGENDA, Layout.SOURCES)
#: Words of an answer that needs its question to be a statement, at most.
_FEW = 8
_Item = TypeVar("_Item", KeyPoint, FigureRow, Flashcard, Slide)


def proved(library: Library, draft: Draft) -> Draft:
    """The draft, the faults of every item those that it has now."""
    return Prover(library).draft(draft)


class Prover:
    """Proves items against one library; reads each document once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._verifier = verifier_of(library)
        self._documents: dict[str, Document | None] = {}
        self._borne: dict[tuple[str, tuple[tuple[str, int, int], ...]], bool] = {}

    def draft(self, draft: Draft) -> Draft:
        """The draft with the faults of today."""
        lessons = tuple(replace(lesson, sections=self._sections(lesson.sections)) for lesson in draft.lessons)
        lessons = tuple(
            replace(lesson, sections=_told_once(lesson.sections, before))
            for lesson, before in zip(lessons, _earlier([lesson.sections for lesson in lessons]), strict=True)
        )
        handout = self._handout(draft.handout) if draft.handout is not None else None
        quiz = tuple(replace(item, faults=faults_of(item, self._library, draft.quiz)) for item in draft.quiz)
        return replace(
            draft,
            lessons=lessons,
            handout=handout,
            quiz=quiz,
            flashcards=_asked_once([self._card(card) for card in draft.flashcards]),
            slides=tuple(map(self._slide, draft.slides)),
        )

    # ---- items

    def point(self, point: KeyPoint, *, states: bool = True) -> KeyPoint:
        """A key point with its faults.

        Args:
            states: it states something; the lines of an agenda do not.
        """
        if not states and not point.citations:
            return _with(point, [Fault.FORM] if not point.text.strip() else [])
        return _with(point, self._text_faults(point.text, point.citations))

    def _row(self, row: FigureRow) -> FigureRow:
        faults = list(self._quote_faults(row.citations))
        quotes = _joined(row.citations)
        if not row.label.strip() or not row.value.strip():
            faults.append(Fault.FORM)
        elif not faults:
            said = set(_FIGURE.findall(quotes))
            unit = [] if row.unit in ("%", "đồng") else words(row.unit)
            held = set(words(quotes))
            figures = _FIGURE.findall(row.value)
            if not figures or not set(figures) <= said or not set(unit) <= held:
                faults.append(Fault.TEXT)
        return _with(row, faults)

    def _card(self, card: Flashcard) -> Flashcard:
        faults = list(self._text_faults(card.back, card.citations))
        if faults == [Fault.TEXT] and _names(card.back, card.citations):
            faults = []  # the answer alone, which makes a statement together with its question
        if not card.front.strip():
            faults.append(Fault.FORM)
        return _with(card, faults)

    def _slide(self, slide: Slide) -> Slide:
        frame = slide.layout in _FRAMES
        points = tuple(self.point(point, states=not frame) for point in slide.points)
        faults: list[Fault] = []
        cited = [c for point in points for c in point.citations]
        if slide.series is not None:
            faults += self._series_faults(slide.series)
            cited += [point.citation for point in slide.series.points]
        if not slide.title.strip() or (slide.layout is Layout.POINTS and not points):
            faults.append(Fault.FORM)
        if slide.layout is Layout.CHART and slide.series is None:
            faults.append(Fault.FORM)
        if not frame and not self._notes_hold(slide.notes, cited):
            faults.append(Fault.TEXT)
        return replace(_with(slide, faults), points=points)

    def _sections(self, sections: Sequence[Section]) -> tuple[Section, ...]:
        return tuple(
            replace(section, points=tuple(self.point(point) for point in section.points))
            for section in sections
        )

    def _handout(self, handout: Handout) -> Handout:
        return replace(
            handout,
            sections=_told_once(self._sections(handout.sections), set()),
            figures=tuple(map(self._row, handout.figures)),
        )

    # ---- proofs

    def _text_faults(self, text: str, citations: Sequence[Citation]) -> Iterator[Fault]:
        if not text.strip():
            yield Fault.FORM
            return
        broken = list(self._quote_faults(citations))
        yield from broken
        if not citations or (not broken and not self.bears_out(text, citations)):
            yield Fault.TEXT

    def _quote_faults(self, citations: Iterable[Citation]) -> Iterator[Fault]:
        if not all(self._holds(citation) for citation in citations):
            yield Fault.QUOTE

    def _holds(self, citation: Citation) -> bool:
        document = self._document(citation.document_id)
        return (
            document is not None
            and bool(citation.quote)
            and document.text[citation.start : citation.end] == citation.quote
        )

    def bears_out(self, text: str, citations: Sequence[Citation]) -> bool:
        """Whether a text says what its quotes say: in their words, or as the verifier finds."""
        key = (text, tuple((c.document_id, c.start, c.end) for c in citations))
        if key not in self._borne:
            self._borne[key] = made_of(text, citations) or self._verified(text, citations)
        return self._borne[key]

    def differences(self, text: str, citations: Sequence[Citation]) -> tuple[Difference, ...]:
        """In what a text differs from its quotes, as far as the verifier names it; none where one is gone."""
        if not citations or any(self._document(citation.document_id) is None for citation in citations):
            return ()
        return self._checked(text, citations).differences

    def _verified(self, text: str, citations: Sequence[Citation]) -> bool:
        return self._checked(text, citations).verdict in _BORNE_OUT

    def _checked(self, text: str, citations: Sequence[Citation]) -> Checked:
        evidence = {}
        for marker, citation in enumerate(citations, start=1):
            document = self._document(citation.document_id)
            assert document is not None  # its quote holds
            quoted = Passage(
                citation.passage_id, document.id, 1, citation.start, citation.end, citation.quote
            )
            evidence[marker] = Evidence(marker, document, quoted)
        marks = "".join(f"[{marker}]" for marker in evidence)
        return self._verifier.check(f"{text} {marks}", evidence)

    def _series_faults(self, series: Series) -> Iterator[Fault]:
        citations = [point.citation for point in series.points]
        yield from self._quote_faults(citations)
        if any(point.written not in point.citation.quote for point in series.points):
            yield Fault.TEXT

    def _notes_hold(self, notes: str, citations: Sequence[Citation]) -> bool:
        """Whether every figure of the notes stands in the documents quoted, or in the labels."""
        known: set[str] = set()
        for citation in citations:
            document = self._document(citation.document_id)
            told = document.text if document is not None else citation.quote
            known |= set(_FIGURE.findall(told)) | set(_FIGURE.findall(citation.label))
        return set(_FIGURE.findall(notes)) <= known

    def _document(self, document_id: str) -> Document | None:
        if document_id not in self._documents:
            try:
                self._documents[document_id] = self._library.document(document_id)
            except UnknownDocument:
                self._documents[document_id] = None
        return self._documents[document_id]


def made_of(text: str, citations: Sequence[Citation]) -> bool:
    """Whether a text is its quotes, or whole runs of their words, one after the other."""
    rest = _plain(text)
    for citation in citations:
        quote = _plain(citation.quote)
        if not rest:
            break
        if rest.startswith(quote):
            rest = rest[len(quote) :].lstrip(" :")
        elif quote.startswith(rest):
            rest = ""
    return not rest


def _names(answer: str, citations: Sequence[Citation]) -> bool:
    """Whether an answer of few words stands in a quote as it is."""
    said = words(answer)
    return 0 < len(said) <= _FEW and any(Phrases.of(c.quote).has(" ".join(said)) for c in citations)


def _plain(text: str) -> str:
    """Words and what stands between them, without what only typography differs in."""
    bare = re.sub(r"[*_#]", "", text)
    return " ".join(bare.split()).strip(" .;:,…").lower()


def _joined(citations: Iterable[Citation]) -> str:
    return " ".join(citation.quote for citation in citations)


def _with(item: _Item, faults: Iterable[Fault]) -> _Item:
    return replace(item, faults=tuple(dict.fromkeys(faults)))


def _earlier(parts: Sequence[Sequence[Section]]) -> list[set[str]]:
    """For each part, what is said in those before it."""
    found, said = [], set[str]()
    for sections in parts:
        found.append(set(said))
        said |= {_plain(point.text) for section in sections for point in section.points}
    return found


def _told_once(sections: Sequence[Section], said: set[str]) -> tuple[Section, ...]:
    """The sections, a key point that says again what was said before marked as that."""
    told = []
    for section in sections:
        points = []
        for point in section.points:
            plain = _plain(point.text)
            repeated = plain in said and bool(plain)
            said.add(plain)
            points.append(_with(point, [*point.faults, *([Fault.REPEATED] if repeated else [])]))
        told.append(replace(section, points=tuple(points)))
    return tuple(told)


def _asked_once(cards: Sequence[Flashcard]) -> tuple[Flashcard, ...]:
    said: set[str] = set()
    told = []
    for card in cards:
        plain = _plain(card.front)
        repeated = plain in said and bool(plain)
        said.add(plain)
        told.append(_with(card, [*card.faults, *([Fault.REPEATED] if repeated else [])]))
    return tuple(told)
