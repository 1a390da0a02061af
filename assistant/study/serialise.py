"""``Draft`` ↔ JSON with the number of its form: what the catalogue keeps, and ``pba study --json`` prints."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from assistant.errors import UnreadableDraft
from assistant.study.types import Draft

if TYPE_CHECKING:
    from pydantic import TypeAdapter

#: Raised when a draft that was stored before cannot be read any more.
FORM: Literal[1] = 1


def draft_to_json(draft: Draft) -> dict[str, Any]:
    """The draft as JSON values: ``{"form": 1, "draft": {…}}``, one key for each attribute."""
    value: dict[str, Any] = _adapter().dump_python(draft, mode="json")
    return {"form": FORM, "draft": value}


def draft_to_text(draft: Draft) -> str:
    """The same as text; equal drafts give equal texts."""
    return f'{{"form":{FORM},"draft":{_adapter().dump_json(draft).decode()}}}'


def draft_from_text(text: str) -> Draft:
    """The inverse of ``draft_to_text``.

    Raises:
        UnreadableDraft: it is no JSON, of another form, lacks a part, or has one of the wrong type.
    """
    try:
        value = json.loads(text)
    except ValueError as error:
        raise UnreadableDraft(f"A draft is no JSON: {error}.") from error
    if not isinstance(value, dict) or "form" not in value or "draft" not in value:
        raise UnreadableDraft('A draft must be an object with "form" and "draft".')
    if value["form"] != FORM:
        raise UnreadableDraft(
            f"The draft has form {value['form']!r}; this version of the program reads form {FORM}. "
            "Was it stored by a later version?"
        )
    try:
        return _adapter().validate_json(json.dumps(value["draft"]), strict=True)
    except ValueError as error:
        raise UnreadableDraft(f"A draft cannot be read: {_first(error)}.") from error


def _first(error: ValueError) -> str:
    """The first fault as a line: where, and what."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return str(error)
    fault = error.errors(include_url=False, include_context=False)[0]
    return f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"


@cache
def _adapter() -> TypeAdapter[Draft]:
    from pydantic import TypeAdapter

    return TypeAdapter(Draft)
