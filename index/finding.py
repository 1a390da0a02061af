"""Which document a person means by a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from index.errors import UnknownDocument
from index.terms import analyse
from ingest.numbers import canonical, find_numbers, find_short_numbers, short

Rows = Mapping[int, Mapping[str, Any]]


def find(name: str, rows: Rows, paths: Iterable[tuple[str, int]]) -> int:
    """Key of the document that ``name`` means: its id, path, file name, number or title, in this order.

    Args:
        rows: document key → ``id, title, number, number_key``.
        paths: absolute path and document key of every file.

    Raises:
        UnknownDocument: there is none, or more than one.
    """
    wanted = name.strip()
    found = _first_that_fits(wanted, rows, list(paths))
    if len(found) == 1:
        return found.pop()
    if found:
        listed = ", ".join(sorted(str(rows[key]["id"]) for key in found)[:5])
        raise UnknownDocument(f"{name!r} fits {len(found)} documents: {listed}. Give the id of one.")
    near = get_close_matches(wanted, [str(row["id"]) for row in rows.values()], n=3, cutoff=0.5)
    hint = f"Near: {', '.join(near)}." if near else "See: pba documents list"
    raise UnknownDocument(f"No document {name!r} in the library. {hint}")


def _first_that_fits(wanted: str, rows: Rows, paths: list[tuple[str, int]]) -> set[int]:
    absolute = str(Path(wanted).expanduser().absolute())
    title = analyse(wanted).exact
    attempts = (
        {key for key, row in rows.items() if row["id"] == wanted},
        {key for path, key in paths if path == absolute},
        {key for path, key in paths if Path(path).name == wanted},
        _numbered(wanted, rows),
        {key for key, row in rows.items() if title and analyse(row["title"]).exact == title},
    )
    return next((found for found in attempts if found), set())


def _numbered(wanted: str, rows: Rows) -> set[int]:
    if find_numbers(wanted):
        return {key for key, row in rows.items() if row["number_key"] == canonical(wanted)}
    brief = {mention.canonical for mention in find_short_numbers(wanted)}
    return {key for key, row in rows.items() if row["number"] and short(row["number"]) in brief}
