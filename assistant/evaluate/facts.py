"""Questions with known answers, read from a JSON Lines file.

One object a line::

    {"id": "d01", "category": "number", "lang": "vi", "question": "…", "answerable": true,
     "documents": ["report.txt"], "facts": [["57.763"], ["20 người", "hai mươi người"]]}

``facts`` holds, for each expected fact, the strings that are accepted for it. What else a line may hold is
told by the fields of ``Case``; ``facts.schema.json`` beside this module says the same to other programs. A
question that is not answerable has no documents and no facts.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    ValidationError,
    model_validator,
)

from assistant.errors import BadFacts
from assistant.naming import suggestion

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"\S")]

_SCHEMA_ID = "facts.schema.json"


_ONE_WAY: dict[str, Any] = {
    "oneOf": [
        {
            "required": ["start", "end"],
            "properties": {
                "start": {"type": "integer"},
                "end": {"type": "integer"},
                "quote": {"type": "null"},
            },
        },
        {
            "required": ["quote"],
            "properties": {
                "quote": {"type": "string"},
                "start": {"type": "null"},
                "end": {"type": "null"},
            },
        },
    ]
}


class Span(BaseModel):
    """A place in a document: from ``start`` to before ``end``, or where ``quote`` stands first."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra=_ONE_WAY)

    document: Text = Field(description="File name of the document.")
    start: int | None = Field(
        None, ge=0, strict=True, description="Offset of the first character, in the stored text."
    )
    end: int | None = Field(None, ge=1, strict=True, description="Offset behind the last character.")
    quote: Text | None = Field(
        None, description="The text of the place, instead of offsets; white space may differ."
    )

    @model_validator(mode="after")
    def _one_way(self) -> Span:
        offsets = (self.start is not None, self.end is not None)
        if all(offsets) == (self.quote is not None) or any(offsets) != all(offsets):
            raise ValueError("a passage is given by start and end, or by a quote")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError("a passage must end behind its start")
        return self


_ANSWERABLE: dict[str, Any] = {
    "if": {"properties": {"answerable": {"const": True}}},
    "then": {
        "required": ["documents"],
        "properties": {"documents": {"minItems": 1}},
        "if": {"properties": {"retrieval_only": {"const": True}}, "required": ["retrieval_only"]},
        "then": {"properties": {"facts": {"maxItems": 0}}},
        "else": {"required": ["facts"], "properties": {"facts": {"minItems": 1}}},
    },
    "else": {
        "properties": {
            "documents": {"maxItems": 0},
            "facts": {"maxItems": 0},
            "passages": {"maxItems": 0},
            "grades": {"maxProperties": 0},
            "retrieval_only": {"const": False},
        }
    },
}


class Case(BaseModel):
    """One question and what a right answer to it holds."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra=_ANSWERABLE)

    id: Text = Field(description="Unique in the file.")
    category: Text = Field(description="Group in the tables, e.g. number, list, followup.")
    lang: Text = Field(description="Language of the question, e.g. vi, en, vi-nodiacritics.")
    question: Text = Field(description="What is asked.")
    answerable: StrictBool = Field(description="Whether the documents hold an answer.")
    documents: tuple[Text, ...] = Field((), description="File names of the documents that hold it.")
    facts: tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...] = Field(
        (), description="For each expected fact, the strings accepted for it."
    )
    history: tuple[Text, ...] = Field((), description="Earlier questions, oldest first.")
    forbidden: tuple[Text, ...] = Field(
        (), description="Facts that a right answer does not state; an answer that does scores 0."
    )
    tolerance: float = Field(
        0.0,
        ge=0,
        lt=1,
        strict=True,
        description="Share by which a number may differ from the expected one.",
    )
    weight: float = Field(1.0, gt=0, strict=True, description="What the case counts for in means.")
    tags: tuple[Text, ...] = Field((), description="Further groups, for those who read the results.")
    passages: tuple[Span, ...] = Field((), description="The places in the documents that hold the answer.")
    grades: dict[Text, Annotated[int, Field(ge=1, strict=True)]] = Field(
        {}, description="Grade of relevance of a document for nDCG; 1 where none is given."
    )
    retrieval_only: StrictBool = Field(
        False, description="Only what is found is measured: the case has documents and no facts."
    )
    note: str = Field("", description="For people; not read.")

    @model_validator(mode="after")
    def _consistent(self) -> Case:
        if not self.answerable:
            if self.facts or self.documents or self.passages or self.grades:
                raise ValueError("a question that is not answerable can have no facts and no documents")
            if self.retrieval_only:
                raise ValueError("a question that is not answerable cannot be retrieval_only")
            return self
        if self.retrieval_only:
            if self.facts or not self.documents:
                raise ValueError("a retrieval_only question needs at least one document and no facts")
        elif not (self.facts and self.documents):
            raise ValueError("an answerable question needs at least one fact and one document")
        for name in [*(span.document for span in self.passages), *self.grades]:
            if name not in self.documents:
                raise ValueError(f"{name} is not among the documents")
        return self


def read_facts(path: Path) -> tuple[Case, ...]:
    """The cases of a facts file, in its order.

    Raises:
        BadFacts: the file cannot be read or a line has not the documented form; the message
            names file and line.
    """
    cases, problems = check_facts(path)
    if problems:
        raise BadFacts(problems[0] + (f" ({len(problems)} lines are wrong.)" if len(problems) > 1 else ""))
    if not cases:
        raise BadFacts(f"Facts file {path}: no question in it.")
    return cases


def check_facts(path: Path) -> tuple[tuple[Case, ...], tuple[str, ...]]:
    """The cases of the lines that have the documented form, and for each other line what is wrong with it.

    Raises:
        BadFacts: the file cannot be read at all.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise BadFacts(f"Facts file {path}: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise BadFacts(f"Facts file {path}: not UTF-8 text. Save it as UTF-8.") from None
    cases: dict[str, Case] = {}
    first_line: dict[str, int] = {}
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{path}, line {number}"
        try:
            case = _read_line(line, place)
        except BadFacts as error:
            problems.append(str(error))
            continue
        if case.id in cases:
            problems.append(f"{place}: id {case.id} was used on line {first_line[case.id]}.")
            continue
        cases[case.id] = case
        first_line[case.id] = number
    return tuple(cases.values()), tuple(problems)


def facts_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one line, as made from ``Case``.

    It cannot say that ids are unique, and that what ``passages`` and ``grades`` name is among ``documents``.
    """
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": _SCHEMA_ID}
    return head | Case.model_json_schema()


def shipped_schema() -> str:
    """The text of the schema that is shipped."""
    return files("assistant.evaluate").joinpath(_SCHEMA_ID).read_text(encoding="utf-8")


def to_line(case: Case) -> str:
    """A case as one line of a facts file, ended; what has its default is left out."""
    value = case.model_dump(mode="json", exclude_defaults=True)
    value = {"documents": [], "facts": [], **value}
    order = [name for name in Case.model_fields if name in value]
    return json.dumps({name: value[name] for name in order}, ensure_ascii=False) + "\n"


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
