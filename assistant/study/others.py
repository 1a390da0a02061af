"""Another item in the place of one: what the documents give that a draft does not have yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.phrases import words
from assistant.study.figures import figure_rows
from assistant.study.flashcards import COUNT, flashcards_of
from assistant.study.handout import POINT_WORDS
from assistant.study.making import material_for
from assistant.study.marking import Identifiers
from assistant.study.points import key_point, short_line
from assistant.study.slides import WHOLE, slides_of
from assistant.study.teaching import SAME, Taught, alike, pool_of
from assistant.study.types import Draft, FigureRow, Flashcard, KeyPoint, Layout, Section, Slide
from index.library import Library

#: So many more than the draft has are looked through.
_MORE = 40


class Others:
    """What could stand in the place of an item of ``draft``."""

    def __init__(self, library: Library, draft: Draft) -> None:
        self._library = library
        self._draft = draft
        self._wish = draft.wish
        self._material = material_for(library, draft.wish)
        self._pool = pool_of(self._material, draft.wish.seed)
        self._ids = Identifiers(draft)
        self._more = replace(draft.wish, slides=draft.wish.slides + _MORE)

    def instead_of(
        self, found: KeyPoint | FigureRow | Flashcard | Slide
    ) -> KeyPoint | FigureRow | Flashcard | Slide | None:
        """An item of the same sort that says something else; ``None`` where there is none."""
        if isinstance(found, KeyPoint):
            return self._point(found)
        if isinstance(found, FigureRow):
            rows = self._draft.handout.figures if self._draft.handout is not None else ()
            taken = {(row.value, row.unit) for row in rows}
            made = figure_rows(self._pool, self._material, self._ids, len(rows) + _MORE)
            return next((row for row in made if (row.value, row.unit) not in taken), None)
        if isinstance(found, Flashcard):
            fronts = [frozenset(words(card.front)) for card in self._draft.flashcards]
            most = COUNT + _MORE
            cards = flashcards_of(self._library, self._pool, self._material, self._wish, self._ids, most)
            return next((card for card in cards if _new(card.front, fronts)), None)
        return self._slide(found)

    def _point(self, found: KeyPoint) -> KeyPoint | None:
        told, slide, most = self._beside(found)
        for entry in self._like(found):
            saying = entry.saying
            if slide:
                line = short_line(saying, WHOLE)
                if line is not None and _new(line[0], told):
                    return KeyPoint(found.id, line[0], (line[1],), example=entry.example)
            elif _new(saying.text, told):
                point = key_point(saying, self._ids, most=most)
                if point is not None:
                    return point
        return None

    def _like(self, found: KeyPoint) -> Iterator[Taught]:
        """The statements, those on the side of the topic that ``found`` tells of first."""
        spans = {(c.document_id, c.start) for c in found.citations}
        own = next(
            (entry for entry in self._pool.taught if (entry.saying.document.id, entry.saying.start) in spans),
            None,
        )
        if own is not None:
            yield from (entry for entry in self._pool.taught if entry.aspect is own.aspect)
        yield from (entry for entry in self._pool.taught if own is None or entry.aspect is not own.aspect)

    def _beside(self, found: KeyPoint) -> tuple[list[frozenset[str]], bool, int | None]:
        """The words of the points in its part, whether that is slides, and the most words it may have."""
        plan = [section for lesson in self._draft.lessons for section in lesson.sections]
        handout = list(self._draft.handout.sections) if self._draft.handout is not None else []
        for sections, most in ((plan, None), (handout, POINT_WORDS)):
            if any(point.id == found.id for section in sections for point in section.points):
                return _told(sections), False, most
        points = [point for slide in self._draft.slides for point in slide.points]
        return [frozenset(words(point.text)) for point in points], True, WHOLE

    def _slide(self, found: Slide) -> Slide | None:
        told = [frozenset(words(p.text)) for s in self._draft.slides for p in s.points]
        titles = {slide.title for slide in self._draft.slides if slide.layout is Layout.CHART}
        for slide in slides_of(self._pool, self._material, self._more, self._ids):
            if slide.layout is not found.layout:
                continue
            if slide.layout is Layout.CHART and slide.title not in titles:
                return slide
            if slide.layout is Layout.POINTS and all(_new(point.text, told) for point in slide.points):
                return slide
        return None


def _told(sections: list[Section]) -> list[frozenset[str]]:
    return [frozenset(words(point.text)) for section in sections for point in section.points]


def _new(text: str, told: list[frozenset[str]]) -> bool:
    own = frozenset(words(text))
    return not any(alike(own, other) >= SAME for other in told)
