"""Suggestions as cases of a facts file, and as JSON for the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from assistant.errors import UnreadableDraft
from assistant.evaluate.facts import Case, Span, to_line
from assistant.evaluate.suggest.types import KEPT, Suggestion

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def case_of(suggestion: Suggestion) -> Case:
    """One question as a case. Raises pydantic's ``ValidationError`` where it is not complete."""
    return Case(
        id=suggestion.id,
        category=suggestion.kind.value,
        lang=suggestion.lang,
        question=suggestion.question,
        answerable=suggestion.answerable,
        documents=suggestion.documents,
        facts=suggestion.facts,
        passages=tuple(
            Span(document=span.document, start=span.start, end=span.end) for span in suggestion.spans
        ),
    )


def kept(suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Those that a reviewer accepted, as they were or edited."""
    return tuple(one for one in suggestions if one.state in KEPT)


def facts_file(suggestions: Iterable[Suggestion]) -> str:
    """The suggestions as the text of a facts file, one line each."""
    return "".join(to_line(case_of(one)) for one in suggestions)


def to_text(suggestion: Suggestion) -> str:
    """A suggestion as JSON; ``from_text`` reads it again."""
    return _adapter().dump_json(suggestion).decode()


def from_text(text: str) -> Suggestion:
    """The inverse of ``to_text``.

    Raises:
        UnreadableDraft: it was stored by another version of the program.
    """
    try:
        return _adapter().validate_json(text)
    except ValueError as error:
        raise UnreadableDraft(f"A drafted question cannot be read: {error}.") from error


@cache
def _adapter() -> TypeAdapter[Suggestion]:
    from pydantic import TypeAdapter

    return TypeAdapter(Suggestion)
