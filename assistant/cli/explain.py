"""``pba explain``: how an answer came about."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.filters import From, Issuers, Kinds, Numbers, Provinces, To, filters
from assistant.cli.help import brief
from assistant.cli.opening import open_assistant
from assistant.cli.questions import question_text
from assistant.cli.session import session_of
from assistant.cli.show import inert, show_json

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.explain import Section
    from assistant.wording import Wording

#: Columns of a page that nobody looks at through a terminal.
_WIDE = 160
_LINES_OF_TEXT = 2


def explain(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help=brief("option.question"))],
    history: Annotated[list[str] | None, typer.Option("--history", help=brief("option.history"))] = None,
    province: Provinces = None,
    kind: Kinds = None,
    number: Numbers = None,
    issuer: Issuers = None,
    issued_from: From = None,
    issued_to: To = None,
    as_json: Annotated[bool, typer.Option("--json", help=brief("option.json"))] = False,
) -> None:
    from assistant.explain import sections, to_json

    session = session_of(context)
    chosen = filters(province, kind, number, issuer, issued_from, issued_to)
    text = question_text(question)
    earlier = [question_text(entry) for entry in history or ()]
    with open_assistant(session) as assistant:
        trace = assistant.trace(text, history=earlier, filters=chosen)
    if as_json:
        show_json(to_json(trace))
        return
    from rich.console import Console

    width = None if sys.stdout.isatty() else _WIDE
    console = Console(file=sys.stdout, highlight=False, soft_wrap=False, width=width)
    for section in sections(trace):
        _show(section, session.words, console)


def _show(section: Section, words: Wording, console: Console) -> None:
    """A heading, then rows in columns that line up, each with its text below it."""
    from rich.text import Text

    heading = words.explain[section.name] + (f" · {section.about}" if section.about else "")
    console.print(Text(inert(heading), style="bold"))
    rows = [[inert(cell) for cell in row] for row in section.rows]
    headed = [list(section.columns), *rows] if section.texts else rows
    widths = [max((len(row[at]) for row in headed), default=0) for at in range(len(section.columns))]
    if section.texts:
        console.print(Text(_aligned(section.columns, widths, section.numeric), style="dim"), no_wrap=True)
    if not rows:
        console.print("  –")
    for at, row in enumerate(rows):
        if section.texts:
            console.print(Text(_aligned(row, widths, section.numeric)), no_wrap=True)
            for text in section.texts[at].split("\n"):
                _below(text, 6, console)
        else:
            _fact(row[0], row[1:], widths[0], console)
    console.print()


def _aligned(cells: Sequence[str], widths: Sequence[int], numeric: frozenset[int]) -> str:
    return (
        "  "
        + "  ".join(
            cell.rjust(width) if at in numeric else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ).rstrip()
    )


def _below(text: str, indent: int, console: Console) -> None:
    """Up to two lines of text, as wide as the page."""
    from rich.text import Text

    lines = wrap(inert(text), max(console.width - indent, 20), max_lines=_LINES_OF_TEXT, placeholder=" […]")
    for found in lines:
        console.print(Text(" " * indent + found, style="dim"), no_wrap=True)


def _fact(name: str, values: Sequence[str], width: int, console: Console) -> None:
    from rich.text import Text

    indent = width + 4
    lines = wrap("  ".join(values), max(console.width - indent, 20)) or [""]
    for at, found in enumerate(lines):
        before = f"  {name.ljust(width)}  " if at == 0 else " " * indent
        console.print(Text.assemble((before, "dim"), found), no_wrap=True)
