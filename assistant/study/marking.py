"""Markers and identifiers: equal spans have equal markers, in the order in which the parts are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from assistant.study.types import Draft, Option
from assistant.types import Citation

_T = TypeVar("_T")
Span = tuple[str, int, int]


def marked(draft: Draft) -> Draft:
    """The draft with its citations numbered from 1 in reading order, part after part.

    Where the wording of a distractor comes from is no source of the draft: it has the number of a source that
    it happens to be, else 0.
    """
    numbers: dict[Span, int] = {}
    for citation in _read(draft):
        numbers.setdefault(_span(citation), len(numbers) + 1)
    return mapped(draft, lambda citation: replace(citation, marker=numbers.get(_span(citation), 0)))


def _span(citation: Citation) -> Span:
    return citation.document_id, citation.start, citation.end


def _read(value: Any) -> Iterator[Citation]:
    """The sources within a value, in the order of its attributes."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, tuple):
        for entry in value:
            yield from _read(entry)
    elif is_dataclass(value) and not isinstance(value, type | Option):
        for field in fields(value):
            yield from _read(getattr(value, field.name))


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
