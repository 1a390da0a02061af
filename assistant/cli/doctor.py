"""``pba doctor``: whether everything the assistant stands on is sound."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.help import brief
from assistant.cli.session import session_of


def doctor(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help=brief("option.repair"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=brief("option.json"))] = False,
) -> None:
    session_of(context)
