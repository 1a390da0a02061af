"""The options that restrict which documents a search or an answer may use."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.help import brief
from assistant.errors import BadOption
from assistant.naming import suggestion
from ingest.numbers import fold
from ingest.types import Kind

if TYPE_CHECKING:
    from index.types import Filters

Provinces = Annotated[list[str] | None, typer.Option("--province", help=brief("option.province"))]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help=brief("option.kind"))]
Numbers = Annotated[list[str] | None, typer.Option("--number", help=brief("option.number"))]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help=brief("option.from"))]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help=brief("option.to"))]

_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?"
    r"|(?:(?:(?P<day2>\d{1,2})[/.-])?(?P<month2>\d{1,2})[/.-])(?P<year2>\d{4})"
)


def filters(
    provinces: list[str] | None,
    kinds: list[str] | None,
    numbers: list[str] | None,
    issued_from: str | None,
    issued_to: str | None,
) -> Filters:
    """The filters that the options describe.

    Raises:
        BadOption: a kind or date that is none; a period that ends before it begins.
    """
    from index.types import Filters

    first = _day("--from", issued_from, last=False)
    last = _day("--to", issued_to, last=True)
    if first and last and first > last:
        raise BadOption(f"--from {issued_from} is later than --to {issued_to}: swap them.")
    return Filters(
        provinces=tuple(provinces or ()),
        kinds=tuple(_kind(text) for text in kinds or ()),
        numbers=tuple(numbers or ()),
        issued_from=first,
        issued_to=last,
    )


def _kind(text: str) -> Kind:
    """A kind by its name, with or without diacritics: ``nghi quyet`` is ``Kind.RESOLUTION``."""
    bare = fold(text.strip())
    for kind in Kind:
        if fold(kind.value) == bare:
            return kind
    raise BadOption(
        f"--kind {text}: unknown kind.{suggestion(text.casefold(), [kind.value for kind in Kind])}"
    )


def _day(option: str, text: str | None, *, last: bool) -> date | None:
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
    raise BadOption(f"{option} {text}: no date. Write 2022-01-31, 31/01/2022, 01/2022 or 2022.")
