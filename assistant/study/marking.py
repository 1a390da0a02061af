"""Markers and identifiers: equal spans have equal markers, in the order in which the parts are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from assistant.study.types import Draft, Lesson, Slide
from assistant.types import Citation

_T = TypeVar("_T")
Span = tuple[str, int, int]


def marked(draft: Draft) -> Draft:
    """The draft with its citations numbered from 1 as they are read: lessons, handout, quiz, cards, slides."""
    numbers: dict[Span, int] = {}

    def number(citation: Citation) -> Citation:
        span = (citation.document_id, citation.start, citation.end)
        return replace(citation, marker=numbers.setdefault(span, len(numbers) + 1))

    return mapped(draft, number)


def mapped(value: _T, change: Callable[[Citation], Citation]) -> _T:
    """``value`` with every citation in it changed, in the order of its attributes."""
    found: Any = value
    if isinstance(value, Citation):
        found = change(value)
    elif isinstance(value, tuple):
        found = tuple(mapped(entry, change) for entry in value)
    elif is_dataclass(value) and not isinstance(value, type):
        made = {field.name: mapped(getattr(value, field.name), change) for field in fields(value)}
        if any(made[name] is not getattr(value, name) for name in made):
            found = replace(value, **made)
    return found  # type: ignore[no-any-return]


class Identifiers:
    """Hands out identifiers that a draft has not: a letter and a number that goes on from the highest."""

    def __init__(self, draft: Draft | None = None) -> None:
        self._last: dict[str, int] = {}
        for identifier in identifiers(draft) if draft is not None else ():
            if match := re.fullmatch(r"([a-z]+)(\d+)", identifier):
                self._last[match[1]] = max(self._last.get(match[1], 0), int(match[2]))

    def new(self, letter: str) -> str:
        """The next one: "k1", "k2", …"""
        self._last[letter] = self._last.get(letter, 0) + 1
        return f"{letter}{self._last[letter]}"


def identifiers(value: Any) -> Iterator[str]:
    """Every ``id`` within a value."""
    if isinstance(value, tuple):
        for entry in value:
            yield from identifiers(entry)
    elif is_dataclass(value) and not isinstance(value, type) and not isinstance(value, Citation):
        for field in fields(value):
            entry = getattr(value, field.name)
            if field.name == "id":
                yield entry
            else:
                yield from identifiers(entry)


def all_points(draft: Draft) -> Iterator[tuple[str, Any]]:
    """(where, key point) of lessons, handout and slides; ``where`` names what the point must not repeat in."""
    for lesson in draft.lessons:
        yield from _of_sections("plan", lesson)
    if draft.handout is not None:
        for section in draft.handout.sections:
            yield from (("handout", point) for point in section.points)
    for slide in draft.slides:
        yield from _of_slide(slide)


def _of_sections(where: str, lesson: Lesson) -> Iterator[tuple[str, Any]]:
    for section in lesson.sections:
        yield from ((where, point) for point in section.points)


def _of_slide(slide: Slide) -> Iterator[tuple[str, Any]]:
    yield from ((f"slide {slide.id}", point) for point in slide.points)
