"""The options that restrict which documents a search or an answer may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.help import brief

if TYPE_CHECKING:
    from index.types import Filters

Provinces = Annotated[list[str] | None, typer.Option("--province", help=brief("option.province"))]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help=brief("option.kind"))]
Numbers = Annotated[list[str] | None, typer.Option("--number", help=brief("option.number"))]
Issuers = Annotated[list[str] | None, typer.Option("--issuer", help=brief("option.issuer"))]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help=brief("option.from"))]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help=brief("option.to"))]


def filters(
    provinces: list[str] | None,
    kinds: list[str] | None,
    numbers: list[str] | None,
    issuers: list[str] | None,
    issued_from: str | None,
    issued_to: str | None,
) -> Filters:
    """The filters that the options describe.

    Raises:
        BadOption: a kind or date that is none; a period that ends before it begins.
    """
    from assistant.filters import Names, filters_of

    return filters_of(
        provinces=provinces,
        kinds=kinds,
        numbers=numbers,
        issuers=issuers,
        issued_from=issued_from,
        issued_to=issued_to,
        names=Names("--kind", "--from", "--to"),
    )
