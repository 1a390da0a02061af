"""Prints values: JSON, tables, plain lines. A table that goes into a pipe becomes tab-separated."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

_CONTROL = dict.fromkeys(range(32), " ") | {127: " "} | dict.fromkeys(range(128, 160), " ")

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def show_json(value: Mapping[str, Any] | Sequence[Any]) -> None:
    """One JSON value, indented, and nothing else on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def inert(text: str) -> str:
    """Text for a terminal: control characters, which could steer it, become blanks."""
    return text.translate(_CONTROL)


def line(text: str = "", *, bold: Sequence[tuple[int, int]] = (), to: TextIO | None = None) -> None:
    """One line on standard output, or on ``to``; on a terminal the spans ``bold`` of it in bold type."""
    out = to or sys.stdout
    pieces, at = [], 0
    for start, end in bold if out.isatty() else ():
        pieces += [inert(text[at:start]), _BOLD, inert(text[start:end]), _PLAIN]
        at = end
    print("".join([*pieces, inert(text[at:])]), file=out)


def note(text: str) -> None:
    """One line beside the result, on standard error."""
    line(text, to=sys.stderr)


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    to: TextIO | None = None,
    numeric: Iterable[int] = (),
) -> None:
    """Rows under headings.

    Args:
        numeric: positions of the columns that are set flush right.
    """
    out = to or sys.stdout
    cells = [[inert(cell) for cell in row] for row in rows]
    if not out.isatty():
        if title:
            print(title, file=out)
        for row in (headings, *cells):
            print("\t".join(row), file=out)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    right = set(numeric)
    shown = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for position, heading in enumerate(headings):
        shown.add_column(heading, justify="right" if position in right else "left", overflow="fold")
    for row in cells:
        shown.add_row(*(Text(cell) for cell in row))
    Console(file=out, highlight=False).print(shown)
