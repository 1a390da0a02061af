"""Editing a draft: each change gives a new draft, its markers in order again and every line proved anew."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from assistant.errors import NoSuchItem, NothingElse
from assistant.study.gather import Material
from assistant.study.making import material_for, with_part
from assistant.study.marking import Identifiers, mapped, marked
from assistant.study.others import Others
from assistant.study.proving import proved
from assistant.study.quiz import make_quiz, replacement
from assistant.study.quiz.proof import faults_beside
from assistant.study.quiz.said import said_in
from assistant.study.settling import Settler
from assistant.study.teaching import pool_of
from assistant.study.tree import changed, item
from assistant.study.types import (
    Draft,
    FigureRow,
    Flashcard,
    Handout,
    KeyPoint,
    Lesson,
    Part,
    QuizItem,
    Section,
    Slide,
)
from index.library import Library

#: What an edit may never set: what an item is called, what it rests on, what proving finds.
_FIXED = frozenset({"id", "faults", "citations"})
_WHOLE_ITEMS = (KeyPoint, FigureRow, QuizItem, Flashcard, Slide)


class Editor:
    """Edits drafts of one library. Every method gives a draft that is proved anew.

    Methods that name an item raise ``NoSuchItem`` where the draft has none of that identifier.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def edit(self, draft: Draft, identifier: str, **values: object) -> Draft:
        """Set attributes of an item: ``text`` of a key point, ``stem`` of a quiz item, ``minutes``.

        A lesson's minutes follow those of its sections. Raises ``NoSuchItem`` for an attribute it has not.
        """
        found = item(draft, identifier)
        known = {field.name for field in fields(found)} - _FIXED
        if not set(values) <= known:
            raise NoSuchItem(
                f"{identifier!r} has no {', '.join(sorted(set(values) - known))} that could be edited."
            )
        draft = changed(draft, identifier, lambda row, at: _set(row, at, replace(row[at], **values)))
        return self._finished(_timed(draft))

    def move(self, draft: Draft, identifier: str, to: int, *, into: str | None = None) -> Draft:
        """Put an item at place ``to``, from 0, of its row, or of the section ``into``."""
        found = item(draft, identifier)
        if into is None:

            def moved(row: tuple[Any, ...], at: int) -> tuple[Any, ...]:
                return _inserted((*row[:at], *row[at + 1 :]), to, row[at])

            return self._finished(changed(draft, identifier, moved))
        section = item(draft, into)
        if not isinstance(section, Section) or not isinstance(found, KeyPoint):
            raise NoSuchItem(
                f"{identifier!r} cannot be put into {into!r}: only key points go into other sections."
            )
        draft = changed(draft, identifier, lambda row, at: (*row[:at], *row[at + 1 :]))
        section = item(draft, into)
        points = _inserted(section.points, to, found)
        return self._finished(
            changed(draft, into, lambda row, at: _set(row, at, replace(section, points=points)))
        )

    def lock(self, draft: Draft, identifier: str, locked: bool = True) -> Draft:
        """Keep an item as it is when its part is made again, or let go of it."""
        found = item(draft, identifier)
        if not isinstance(found, _WHOLE_ITEMS):
            raise NoSuchItem(f"{identifier!r} cannot be locked.")
        return changed(draft, identifier, lambda row, at: _set(row, at, replace(row[at], locked=locked)))

    def remove(self, draft: Draft, identifier: str) -> Draft:
        """Take an item out."""
        item(draft, identifier)
        return self._finished(_timed(changed(draft, identifier, lambda row, at: (*row[:at], *row[at + 1 :]))))

    def replace(self, draft: Draft, identifier: str) -> Draft:
        """Put another item of the same sort in the place of one ("câu khác"); it keeps its identifier.

        Raises:
            NothingElse: the documents give none that the draft has not already.
        """
        found = item(draft, identifier)
        if not isinstance(found, _WHOLE_ITEMS):
            raise NoSuchItem(f"{identifier!r} cannot be replaced.")
        other: Any
        if isinstance(found, QuizItem):
            material = material_for(self._library, draft.wish)
            rest = [entry for entry in draft.quiz if entry.id != identifier]
            other = replacement(self._library, material, draft.wish, found, rest)
        else:
            other = Others(self._library, draft).instead_of(found)
        if other is None:
            raise NothingElse(f"The documents give nothing else in the place of {identifier!r}.")
        made = replace(other, id=identifier, locked=False)
        return self._finished(changed(draft, identifier, lambda row, at: _set(row, at, made)))

    def regenerate(self, draft: Draft, part: Part) -> Draft:
        """Make a part again, otherwise than before; what is locked in it stays where it is."""
        wish = replace(draft.wish, seed=draft.wish.seed + 1)
        parts = wish.parts if part in wish.parts else (*wish.parts, part)
        again = replace(draft, wish=replace(wish, parts=parts))
        material = material_for(self._library, again.wish)
        pool = pool_of(material, again.wish.seed)
        if part is Part.QUIZ:
            made = self._quiz_again(again, material)
        else:
            made = with_part(self._library, again, part, material, pool, Identifiers(draft))
            made = _kept(draft, made, part)
        return self._finished(made)

    def _quiz_again(self, draft: Draft, material: Material) -> Draft:
        """New items around those that are locked, none of which asks or tells what a locked one asks."""
        said = said_in(self._library)
        ids = Identifiers(draft)
        fresh, dropped = make_quiz(self._library, material, draft.wish)
        held = [entry for entry in draft.quiz if entry.locked]
        chosen: list[QuizItem] = list(held)
        for entry in fresh:
            if len(chosen) >= draft.wish.quiz_items:
                break
            named = replace(entry, id=ids.new("q"))
            if not held or not any(faults_beside(named, held, said)):
                chosen.append(named)
        new = chosen[len(held) :]
        for at, entry in enumerate(draft.quiz):
            if entry.locked:
                new.insert(min(at, len(new)), entry)
        others = tuple(entry for entry in draft.dropped if entry.part is not Part.QUIZ)
        return replace(draft, quiz=tuple(new), dropped=(*others, *dropped))

    def _finished(self, draft: Draft) -> Draft:
        settle = Settler(self._library)
        return proved(self._library, marked(mapped(draft, settle.citation)))


# ---- what is locked


def _kept(before: Draft, after: Draft, part: Part) -> Draft:
    """The part made again, what was locked in it back in its place."""
    if part is Part.PLAN:
        old = [section for lesson in before.lessons for section in lesson.sections]
        flat = [section for lesson in after.lessons for section in lesson.sections]
        sections = iter(_with_locked(old, flat))
        lessons = [
            replace(lesson, sections=tuple(next(sections) for _ in lesson.sections))
            for lesson in after.lessons
        ]
        return replace(after, lessons=tuple(lessons))
    if part is Part.HANDOUT and before.handout is not None and after.handout is not None:
        handout: Handout = replace(
            after.handout,
            sections=tuple(_with_locked(before.handout.sections, after.handout.sections)),
            figures=_row_with_locked(before.handout.figures, after.handout.figures),
        )
        return replace(after, handout=handout)
    if part is Part.FLASHCARDS:
        return replace(after, flashcards=_row_with_locked(before.flashcards, after.flashcards))
    if part is Part.SLIDES:
        return replace(after, slides=_row_with_locked(before.slides, after.slides))
    return after


def _with_locked(before: Any, after: Any) -> list[Section]:
    """New sections with the locked points of the old ones: under the same title, else at the same place."""
    made = list(after)
    for at, section in enumerate(before):
        for place, point in enumerate(section.points):
            if not point.locked or not made:
                continue
            own = next((n for n, entry in enumerate(made) if entry.title == section.title), None)
            if own is None:
                content = [n for n, entry in enumerate(made) if entry.points] or [0]
                own = min(content, key=lambda n: abs(n - at))
            made = [_without(entry, point) for entry in made]
            points = made[own].points
            spare = len(points) - 1 if len(points) > place and not points[-1].locked else None
            points = points if spare is None else points[:spare]
            made[own] = replace(made[own], points=_inserted(points, place, point))
    return made


def _without(section: Section, point: KeyPoint) -> Section:
    """A section without what says the same as a point that is kept."""
    spans = _spans(point)
    return replace(section, points=tuple(entry for entry in section.points if not spans & _spans(entry)))


def _row_with_locked(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[Any, ...]:
    held = [(at, entry) for at, entry in enumerate(before) if entry.locked]
    spans = set().union(*(_spans(entry) for _, entry in held)) if held else set()
    row = [entry for entry in after if not (_spans(entry) and _spans(entry) <= spans)]
    for at, entry in held:
        if len(row) >= max(len(before), 1) and at < len(row):
            row[at] = entry
        else:
            row.insert(min(at, len(row)), entry)
    return tuple(row)


def _spans(entry: Any) -> set[tuple[str, int, int]]:
    """What an item states something from: the last quote of each key point."""
    if isinstance(entry, Slide):
        return set().union(*(_spans(point) for point in entry.points)) if entry.points else set()
    cited = entry.citations[-1:] if isinstance(entry, KeyPoint) else entry.citations
    return {(citation.document_id, citation.start, citation.end) for citation in cited}


# ---- rows


def _set(row: tuple[Any, ...], at: int, entry: Any) -> tuple[Any, ...]:
    return (*row[:at], entry, *row[at + 1 :])


def _inserted(row: tuple[Any, ...], at: int, entry: Any) -> tuple[Any, ...]:
    at = max(0, min(at, len(row)))
    return (*row[:at], entry, *row[at:])


def _timed(draft: Draft) -> Draft:
    """Each lesson as long as its sections together."""

    def own(lesson: Lesson) -> Lesson:
        return replace(lesson, minutes=sum(section.minutes for section in lesson.sections))

    return replace(draft, lessons=tuple(map(own, draft.lessons)))
