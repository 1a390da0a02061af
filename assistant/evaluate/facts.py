"""Questions with known answers, read from a JSON Lines file.

One object a line::

    {"id": "d01", "category": "number", "lang": "vi", "question": "…", "answerable": true,
     "documents": ["report.txt"], "facts": [["57.763"], ["20 người", "hai mươi người"]],
     "forbidden": ["11.000"], "history": ["an earlier question"], "note": "asked on 3 May"}

``facts`` holds, for each expected fact, the strings that are accepted for it. ``forbidden``,
``history`` and ``note``, which is for people, may be left out. A question that is not answerable
has no documents and no facts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

from assistant.errors import BadFacts
from assistant.naming import suggestion

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Case(BaseModel):
    """One question and what a right answer to it holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Text
    category: Text
    lang: Text
    question: Text
    answerable: bool
    documents: tuple[Text, ...] = ()
    facts: tuple[tuple[Text, ...], ...] = ()
    forbidden: tuple[Text, ...] = ()
    history: tuple[Text, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Case:
        if self.answerable and not (self.facts and self.documents):
            raise ValueError("an answerable question needs at least one fact and one document")
        if not self.answerable and (self.facts or self.documents):
            raise ValueError("a question that is not answerable can have no facts and no documents")
        if not all(self.facts):
            raise ValueError("a fact needs at least one accepted string")
        return self


def read_facts(path: Path) -> tuple[Case, ...]:
    """The cases of a facts file, in its order.

    Raises:
        BadFacts: the file cannot be read or a line has not the documented form; the message
            names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise BadFacts(f"Facts file {path}: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise BadFacts(f"Facts file {path}: not UTF-8 text. Save it as UTF-8.") from None
    cases: dict[str, Case] = {}
    first_line: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        case = _read_line(line, f"{path}, line {number}")
        if case.id in cases:
            raise BadFacts(f"{path}, line {number}: id {case.id} was used on line {first_line[case.id]}.")
        cases[case.id] = case
        first_line[case.id] = number
    if not cases:
        raise BadFacts(f"Facts file {path}: no question in it.")
    return tuple(cases.values())


def _read_line(line: str, place: str) -> Case:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise BadFacts(f"{place}: not valid JSON: {error}.") from None
    if not isinstance(value, dict):
        raise BadFacts(f"{place}: expected one JSON object, found {type(value).__name__}.")
    for key in value:
        if key not in Case.model_fields:
            raise BadFacts(f"{place}: unknown key {key}.{suggestion(key, Case.model_fields)}")
    try:
        return Case.model_validate(value)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in problem["loc"])
        message = problem["msg"].removeprefix("Value error, ").replace("valid tuple", "list")
        raise BadFacts(f"{place}: {f'{where}: ' if where else ''}{message}.") from None
