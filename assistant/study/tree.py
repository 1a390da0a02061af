"""Finding and changing one item in a draft by its identifier; everything else stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from assistant.errors import NoSuchItem
from assistant.study.types import Draft
from assistant.types import Citation

#: A row of items and the place of one in it → the row as it shall be.
Change = Callable[[tuple[Any, ...], int], tuple[Any, ...]]


def changed(draft: Draft, identifier: str, change: Change) -> Draft:
    """The draft with the row that holds an item changed. Raises ``NoSuchItem``."""
    made, found = _changed(draft, identifier, change)
    if not found:
        raise NoSuchItem(f"The draft has no item {identifier!r}.")
    assert isinstance(made, Draft)
    return made


def item(draft: Draft, identifier: str) -> Any:
    """The item of that identifier. Raises ``NoSuchItem``."""
    for found in items(draft):
        if found.id == identifier:
            return found
    raise NoSuchItem(f"The draft has no item {identifier!r}.")


def items(value: Any) -> Iterator[Any]:
    """Everything within a value that has an identifier, in reading order."""
    if isinstance(value, tuple):
        for entry in value:
            yield from items(entry)
    elif is_dataclass(value) and not isinstance(value, type | Citation):
        if hasattr(value, "id"):
            yield value
        for field in fields(value):
            yield from items(getattr(value, field.name))


def _changed(value: Any, identifier: str, change: Change) -> tuple[Any, bool]:
    if isinstance(value, tuple):
        for at, entry in enumerate(value):
            if getattr(entry, "id", None) == identifier:
                return change(value, at), True
            made, found = _changed(entry, identifier, change)
            if found:
                return (*value[:at], made, *value[at + 1 :]), True
        return value, False
    if is_dataclass(value) and not isinstance(value, type | Citation):
        for field in fields(value):
            own = getattr(value, field.name)
            made, found = _changed(own, identifier, change)
            if found:
                return replace(value, **{field.name: made}), True
    return value, False
