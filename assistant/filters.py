"""Filters as people and programs write them become ``Filters``: kinds by name, dates in any usual form."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.errors import BadOption
from assistant.naming import suggestion
from ingest.numbers import fold
from ingest.types import Kind

if TYPE_CHECKING:
    from index.types import Filters

_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?"
    r"|(?:(?:(?P<day2>\d{1,2})[/.-])?(?P<month2>\d{1,2})[/.-])(?P<year2>\d{4})"
)


@dataclass(frozen=True, slots=True)
class Names:
    """What the filters are called where they were written, for messages about them."""

    kind: str = "kinds"
    issued_from: str = "issued_from"
    issued_to: str = "issued_to"


def filters_of(
    *,
    provinces: Sequence[str] | None = None,
    kinds: Sequence[str] | None = None,
    numbers: Sequence[str] | None = None,
    issuers: Sequence[str] | None = None,
    issued_from: str | None = None,
    issued_to: str | None = None,
    document_ids: Sequence[str] | None = None,
    names: Names = Names(),
) -> Filters:
    """The filters that these words describe; nothing, or an empty one, does not restrict.

    Args:
        kinds: names of kinds, with or without diacritics.
        issued_from, issued_to: ``2022-01-31``, ``31/01/2022``, ``01/2022`` or ``2022``.

    Raises:
        BadOption: a kind or date that is none; a period that ends before it begins.
    """
    from index.types import Filters

    first = _day(names.issued_from, issued_from, last=False)
    last = _day(names.issued_to, issued_to, last=True)
    if first and last and first > last:
        raise BadOption(
            f"{names.issued_from} {issued_from} is later than {names.issued_to} {issued_to}: swap them."
        )
    return Filters(
        provinces=tuple(provinces or ()),
        kinds=tuple(_kind(names.kind, text) for text in kinds or ()),
        numbers=tuple(numbers or ()),
        issuers=tuple(issuers or ()),
        issued_from=first,
        issued_to=last,
        document_ids=tuple(document_ids or ()),
    )


def _kind(name: str, text: str) -> Kind:
    """A kind by its name, with or without diacritics: ``nghi quyet`` is ``Kind.RESOLUTION``."""
    bare = fold(text.strip())
    for kind in Kind:
        if fold(kind.value) == bare:
            return kind
    raise BadOption(
        f"{name} {text}: unknown kind.{suggestion(text.casefold(), [kind.value for kind in Kind])}"
    )


def _day(name: str, text: str | None, *, last: bool) -> date | None:
    """A day as written; a year or month alone stands for its first or last day."""
    if text is None:
        return None
    match = _DATE.fullmatch(text.strip())
    if match:
        year = int(match["year"] or match["year2"])
        month_text, day_text = match["month"] or match["month2"], match["day"] or match["day2"]
        try:
            month = int(month_text) if month_text else (12 if last else 1)
            day = int(day_text) if day_text else (monthrange(year, month)[1] if last else 1)
            return date(year, month, day)
        except ValueError:
            match = None
    raise BadOption(f"{name} {text}: no date. Write 2022-01-31, 31/01/2022, 01/2022 or 2022.")
