"""Questions from a table, as a spreadsheet saves it: CSV in UTF-8, separated by commas, semicolons or tabs.

The first row names the columns, in English or Vietnamese. Only the question is required. In a cell, several
facts, documents, forbidden facts, earlier questions or tags are parted by line ends or semicolons, the
strings accepted for one fact by ``|``. A row without any fact is a question that is not answerable.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.errors import BadFacts
from assistant.evaluate.converters.converted import Converted, case_of, read_text
from assistant.naming import suggestion
from ingest.numbers import fold

#: Column, folded → field.
COLUMNS: Mapping[str, str] = {
    "id": "id", "ma": "id",
    "question": "question", "cau hoi": "question",
    "facts": "facts", "answer": "facts", "du kien": "facts", "dap an": "facts", "tra loi": "facts",
    "documents": "documents", "document": "documents", "tai lieu": "documents",
    "category": "category", "nhom": "category",
    "lang": "lang", "language": "lang", "ngon ngu": "lang",
    "forbidden": "forbidden", "du kien sai": "forbidden", "cam": "forbidden",
    "history": "history", "hoi truoc": "history",
    "tolerance": "tolerance", "sai so": "tolerance",
    "weight": "weight", "trong so": "weight",
    "tags": "tags", "nhan": "tags",
    "note": "note", "ghi chu": "note",
}  # fmt: skip
_LISTS = ("documents", "forbidden", "history", "tags")


def convert_table(path: Path, *, lang: str) -> Converted:
    """The cases of a table. It brings no documents.

    Raises:
        BadFacts: a column is unknown or a row cannot be used; the message names the line.
    """
    text = read_text(path)
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    columns = [_column(path, name) for name in next(reader, [])]
    if "question" not in columns:
        raise BadFacts(f"{path}, line 1: no column “question”.")
    cases = []
    for number, row in enumerate(reader, start=1):
        if not any(cell.strip() for cell in row):
            continue
        place = f"{path}, line {reader.line_num}"
        cells = {
            name: cell.strip() for name, cell in zip(columns, row, strict=False) if name and cell.strip()
        }
        cases.append(case_of(place, _value(place, cells, number, lang)))
    if len({case.id for case in cases}) < len(cases):
        raise BadFacts(f"{path}: an id is used more than once.")
    return Converted(tuple(cases), {})


def _column(path: Path, name: str) -> str:
    plain = " ".join(fold(name).replace("_", " ").split())
    if not plain:
        return ""
    if plain not in COLUMNS:
        raise BadFacts(f"{path}, line 1: unknown column {name}.{suggestion(plain, COLUMNS)}")
    return COLUMNS[plain]


def _value(place: str, cells: Mapping[str, str], number: int, lang: str) -> dict[str, Any]:
    facts = [
        [accepted.strip() for accepted in fact.split("|") if accepted.strip()]
        for fact in _parts(cells.get("facts", ""))
    ]
    value: dict[str, Any] = {
        "id": cells.get("id", f"row-{number}"),
        "category": cells.get("category", "answerable" if facts else "unanswerable"),
        "lang": cells.get("lang", lang),
        "question": cells.get("question"),
        "answerable": bool(facts),
        "facts": facts,
        "note": cells.get("note", ""),
    }
    value |= {name: _parts(cells[name]) for name in _LISTS if name in cells}
    for name in ("tolerance", "weight"):
        if name in cells:
            try:
                value[name] = float(cells[name].replace(",", "."))
            except ValueError:
                raise BadFacts(f"{place}: {name}: {cells[name]} is no number.") from None
    return value


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", cell) if part.strip()]
