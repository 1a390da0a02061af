"""Which documents a question may be answered from: what can be chosen, what is, what a question suggests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from assistant.errors import BadOption
from assistant.reading import Reading
from index.filtering import matching
from index.records import DocumentSummary
from index.types import Filters as Filters
from ingest.numbers import canonical, fold
from ingest.types import Kind

#: Suggestions made for one question.
_SUGGESTED = 3


class Field(StrEnum):
    """What can be narrowed; the names of the fields of ``Filters``."""

    PLACE = "provinces"
    KIND = "kinds"
    ISSUER = "issuers"
    NUMBER = "numbers"
    DOCUMENT = "document_ids"
    FROM = "issued_from"
    TO = "issued_to"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that filters ask for; a date as ``2022-01-31``."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the documents of a library can be narrowed by, each list in alphabetical order.

    Attributes:
        first, last: the earliest and latest date of issue.
    """

    documents: tuple[DocumentSummary, ...]
    places: tuple[str, ...]
    kinds: tuple[str, ...]
    issuers: tuple[str, ...]
    first: date | None
    last: date | None

    def title(self, document_id: str) -> str:
        """How a document is called; its id where it is not there any more."""
        return next((entry.title for entry in self.documents if entry.id == document_id), document_id)


def choices(documents: Sequence[DocumentSummary]) -> Choices:
    """What ``documents`` can be narrowed by."""
    days = sorted(entry.issued_on for entry in documents if entry.issued_on)
    return Choices(
        documents=tuple(documents),
        places=_sorted(entry.province for entry in documents),
        kinds=_sorted(entry.kind.value for entry in documents),
        issuers=_sorted(entry.issuer for entry in documents),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def parts(filters: Filters) -> tuple[Part, ...]:
    """What ``filters`` ask for, one by one."""
    found = []
    for field in Field:
        value = getattr(filters, field.value)
        if isinstance(value, date):
            found.append(Part(field, value.isoformat()))
        elif value:
            found += [Part(field, str(entry)) for entry in value]
    return tuple(found)


def added(filters: Filters, part: Part) -> Filters:
    """``filters`` that ask for ``part`` as well; a date takes the place of the earlier one.

    Raises:
        BadOption: a kind or date that is none; a period that ends before it begins.
    """
    if part.field in (Field.FROM, Field.TO):
        try:
            day = date.fromisoformat(part.value)
        except ValueError:
            raise BadOption(f"{part.field} {part.value}: no date. Write it as 2022-01-31.") from None
        made = (
            replace(filters, issued_from=day) if part.field is Field.FROM else replace(filters, issued_to=day)
        )
        if made.issued_from and made.issued_to and made.issued_from > made.issued_to:
            raise BadOption(f"The period {made.issued_from} to {made.issued_to} ends before it begins.")
        return made
    if part in parts(filters):
        return filters
    if part.field is Field.KIND:
        try:
            return replace(filters, kinds=(*filters.kinds, Kind(part.value)))
        except ValueError:
            raise BadOption(f"{part.value}: unknown kind of document.") from None
    more: dict[str, Any] = {part.field.value: (*getattr(filters, part.field.value), part.value)}
    return replace(filters, **more)


def dropped(filters: Filters, part: Part) -> Filters:
    """``filters`` that no longer ask for ``part``."""
    value = getattr(filters, part.field.value)
    left = tuple(entry for entry in value if str(entry) != part.value) if isinstance(value, tuple) else None
    less: dict[str, Any] = {part.field.value: left}
    return replace(filters, **less)


def suggested(reading: Reading, offered: Choices, filters: Filters = Filters()) -> tuple[Part, ...]:
    """What the question names and the library could be narrowed to: numbers, places, kinds.

    Only what leaves some of the documents that ``filters`` leave, and not all of them. What is narrowed
    already is not narrowed again.
    """
    rows = {
        key: {
            "id": entry.id,
            "province": entry.province,
            "kind": entry.kind.value,
            "issuer": entry.issuer,
            "number": entry.number,
            "number_key": canonical(entry.number) if entry.number else None,
            "issued_on": entry.issued_on,
        }
        for key, entry in enumerate(offered.documents)
    }
    now = len(matching(rows, filters))
    named = [Part(Field.NUMBER, number) for number in reading.written_numbers]
    named += [Part(Field.PLACE, place.phrase) for place in reading.places]
    named += [Part(Field.KIND, kind) for kind in _kinds(reading, offered.kinds)]
    taken = {part.field for part in parts(filters)}
    return tuple(
        part
        for part in dict.fromkeys(named)
        if part.field not in taken and 0 < len(matching(rows, added(filters, part))) < now
    )[:_SUGGESTED]


def _kinds(reading: Reading, known: Iterable[str]) -> list[str]:
    """The kinds that the question names; with a number the kind says nothing more."""
    if reading.written_numbers:
        return []
    text = reading.text.casefold()
    return [
        kind
        for kind in known
        if kind != Kind.OTHER.value and re.search(rf"(?<!\w){re.escape(kind.casefold())}(?!\w)", text)
    ]


def _sorted(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}, key=lambda value: (fold(value), value)))
