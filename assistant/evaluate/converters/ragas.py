"""Test sets of RAGAS (Es et al., 2024), as JSON, JSON Lines or CSV.

Each reference context becomes a document. A reference is prose, which no answer repeats word for word: one
of up to six words is a fact as it stands, of a longer one its figures, dates and names are. A question whose
reference has none of them, or that has no context, is left out and counted.
"""

from __future__ import annotations

import ast
import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import BadFacts
from assistant.evaluate.converters.converted import (
    Converted,
    Names,
    case_of,
    read_json,
    read_lines,
    read_text,
)
from assistant.evaluate.facts import Case
from assistant.evaluate.stated import figures_and_dates
from assistant.verification.language import is_english
from assistant.verification.names import find_names

_QUESTION = ("user_input", "question")
_REFERENCE = ("reference", "ground_truth", "ground_truths")
_CONTEXTS = ("reference_contexts", "contexts", "retrieved_contexts")
_SHORT = 6


def convert_ragas(path: Path, *, lang: str) -> Converted:
    """The cases of a RAGAS test set.

    Raises:
        BadFacts: it has another form; the message names the place.
    """
    names = Names()
    documents: dict[str, str] = {}
    skipped: Counter[str] = Counter()
    cases: list[Case] = []
    for number, (place, row) in enumerate(_rows(path), start=1):
        question, reference = _first(row, _QUESTION), _first(row, _REFERENCE)
        if not isinstance(question, str):
            raise BadFacts(f"{place}: no “{_QUESTION[0]}”.")
        contexts = [str(text).strip() for text in _listed(_first(row, _CONTEXTS)) if str(text).strip()]
        answers = [str(text).strip() for text in _listed(reference) if str(text).strip()]
        if not contexts:
            skipped["no reference context"] += 1
            continue
        if not answers:
            skipped["no reference"] += 1
            continue
        facts = facts_of(answers[0])
        if not facts:
            skipped["no exact fact in the reference"] += 1
            continue
        own = []
        for text in contexts:
            name = names.of(text, f"context {len(documents) + 1}")
            documents[name] = f"{text}\n"
            own.append(name)
        cases.append(
            case_of(
                place,
                {
                    "id": str(row.get("id") or f"ragas-{number}"),
                    "category": str(row.get("synthesizer_name") or row.get("evolution_type") or "ragas"),
                    "lang": lang,
                    "question": question,
                    "answerable": True,
                    "documents": list(dict.fromkeys(own)),
                    "facts": [[fact] for fact in facts],
                    "note": answers[0],
                },
            )
        )
    return Converted(tuple(cases), documents, skipped)


def facts_of(reference: str) -> tuple[str, ...]:
    """What can be looked for exactly: the whole of a short reference, else its figures, dates and names."""
    if len(reference.split()) <= _SHORT:
        return (reference.rstrip(" .!"),)
    spans = list(figures_and_dates(reference))
    spans += [
        (name.start, name.end)
        for name in find_names(reference, english=is_english(reference))
        if not any(name.start < end and start < name.end for start, end in spans)
    ]
    return tuple(dict.fromkeys(reference[start:end].strip() for start, end in sorted(spans)))


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    if path.suffix == ".csv":
        for number, row in enumerate(csv.DictReader(read_text(path).splitlines(keepends=True)), start=1):
            yield f"{path}, row {number}", dict(row)
    elif path.suffix == ".jsonl":
        yield from read_lines(path)
    else:
        value = read_json(path)
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise BadFacts(f"{path}: expected a list of objects.")
        for number, row in enumerate(value):
            yield f"{path}, item {number}", row


def _first(row: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if row.get(name)), None)


def _listed(value: Any) -> list[Any]:
    """A list as it is, a text as a list; in a CSV file a list is written as Python or JSON writes it."""
    if isinstance(value, list):
        return value
    if not isinstance(value, str):
        return []
    if value.lstrip().startswith("["):
        for read in (json.loads, ast.literal_eval):
            try:
                found = read(value)
            except (ValueError, SyntaxError):
                continue
            if isinstance(found, list):
                return found
    return [value]
