"""Facts files: what a line may hold, what is refused and where, and a schema that says the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from assistant.errors import BadFacts
from assistant.evaluate.facts import (
    Case,
    check_facts,
    facts_schema,
    read_facts,
    shipped_schema,
    to_line,
)
from ingest.sample_corpus import FACTS

GOOD: dict[str, Any] = {
    "id": "a",
    "category": "number",
    "lang": "vi",
    "question": "Bao nhiêu?",
    "answerable": True,
    "documents": ["x.txt"],
    "facts": [["27", "hai mươi bảy"]],
}
FULL = GOOD | {
    "history": ["Trước?"],
    "forbidden": ["28"],
    "tolerance": 0.01,
    "weight": 2,
    "tags": ["khó"],
    "passages": [{"document": "x.txt", "start": 0, "end": 5}, {"document": "x.txt", "quote": "có 27"}],
    "grades": {"x.txt": 2},
    "note": "ghi chú",
}
UNANSWERABLE = GOOD | {"answerable": False, "documents": [], "facts": []}
ONLY_FOUND = GOOD | {"retrieval_only": True, "facts": []}


def less(key: str) -> dict[str, Any]:
    return {name: value for name, value in GOOD.items() if name != key}


def write(path: Path, *lines: object) -> Path:
    text = "\n".join(entry if isinstance(entry, str) else json.dumps(entry) for entry in lines)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_facts_file_is_read_in_order_with_blank_lines_between(tmp_path: Path) -> None:
    first, second = read_facts(write(tmp_path / "f.jsonl", GOOD, "", FULL | {"id": "b"}, ""))
    assert first.facts == (("27", "hai mươi bảy"),)
    assert (first.tolerance, first.weight, first.passages) == (0.0, 1.0, ())
    assert (second.id, second.history, second.forbidden) == ("b", ("Trước?",), ("28",))
    assert (second.tolerance, second.weight, second.tags) == (0.01, 2.0, ("khó",))
    assert [(span.start, span.end, span.quote) for span in second.passages] == [
        (0, 5, None),
        (None, None, "có 27"),
    ]


WRONG = [
    ([GOOD, "{"], "line 2: not valid JSON"),
    ([[1]], "line 1: expected one JSON object, found list"),
    ([GOOD, "", GOOD], "line 3: id a was used on line 1"),
    ([GOOD | {"forbiden": []}], "unknown key forbiden. Did you mean forbidden?"),
    ([less("question")], "line 1: question: Field required"),
    ([GOOD | {"facts": []}], "needs at least one fact"),
    ([GOOD | {"documents": []}], "one fact and one document"),
    ([GOOD | {"facts": [[]]}], "line 1: facts.0"),
    ([GOOD | {"facts": "27"}], "line 1: facts"),
    ([GOOD | {"answerable": False}], "can have no facts"),
    ([GOOD | {"answerable": "true"}], "line 1: answerable"),
    ([GOOD | {"question": "  "}], "line 1: question"),
    ([GOOD | {"tolerance": 1}], "line 1: tolerance"),
    ([GOOD | {"tolerance": "0.1"}], "line 1: tolerance"),
    ([GOOD | {"weight": 0}], "line 1: weight"),
    ([GOOD | {"passages": [{"document": "x.txt"}]}], "by start and end, or by a quote"),
    ([GOOD | {"passages": [{"document": "x.txt", "start": 1}]}], "by start and end, or by a quote"),
    ([GOOD | {"passages": [{"document": "x.txt", "start": 0, "end": 1, "quote": "q"}]}], "or by a quote"),
    ([GOOD | {"passages": [{"document": "x.txt", "start": 5, "end": 5}]}], "must end behind its start"),
    ([GOOD | {"passages": [{"document": "y.txt", "quote": "q"}]}], "y.txt is not among the documents"),
    ([GOOD | {"grades": {"y.txt": 1}}], "y.txt is not among the documents"),
    ([GOOD | {"grades": {"x.txt": 0}}], "line 1: grades.x.txt"),
    ([GOOD | {"retrieval_only": True}], "no facts"),
    ([UNANSWERABLE | {"retrieval_only": True}], "cannot be retrieval_only"),
    ([], "no question in it"),
]


@pytest.mark.parametrize(("lines", "said"), WRONG)
def test_a_facts_file_of_another_form_is_refused_by_line(
    tmp_path: Path, lines: list[object], said: str
) -> None:
    with pytest.raises(BadFacts) as refused:
        read_facts(write(tmp_path / "f.jsonl", *lines))
    assert said in str(refused.value)
    assert "f.jsonl" in str(refused.value)


def test_every_wrong_line_is_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path / "f.jsonl", GOOD, "{", GOOD, less("lang"), GOOD | {"id": "b"})
    cases, problems = check_facts(path)
    assert [case.id for case in cases] == ["a", "b"]
    assert [problem.split(": ")[0].rpartition(", ")[2] for problem in problems] == [
        "line 2",
        "line 3",
        "line 4",
    ]
    with pytest.raises(BadFacts, match=r"line 2.*3 lines are wrong"):
        read_facts(path)


def test_a_facts_file_that_cannot_be_read_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadFacts, match=r"vắng\.jsonl: No such file"):
        read_facts(tmp_path / "vắng.jsonl")
    (tmp_path / "latin.jsonl").write_bytes('{"id": "é"}'.encode("latin-1"))
    with pytest.raises(BadFacts, match=r"latin\.jsonl: not UTF-8"):
        read_facts(tmp_path / "latin.jsonl")


@pytest.mark.parametrize("value", [GOOD, FULL, UNANSWERABLE, ONLY_FOUND])
def test_a_case_is_written_as_it_was_read(tmp_path: Path, value: dict[str, Any]) -> None:
    case = Case.model_validate(value)
    path = tmp_path / "f.jsonl"
    path.write_text(to_line(case), encoding="utf-8")
    assert read_facts(path) == (case,)


# ---- the schema

SCHEMA = Draft202012Validator(json.loads(shipped_schema()))


def taken_by_the_code(value: object) -> bool:
    try:
        Case.model_validate(value)
    except ValidationError:
        return False
    return True


def test_the_schema_that_is_shipped_is_that_of_the_code() -> None:
    Draft202012Validator.check_schema(facts_schema())
    assert shipped_schema() == json.dumps(facts_schema(), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("value", [GOOD, FULL, UNANSWERABLE, ONLY_FOUND])
def test_the_schema_takes_what_the_code_takes(value: dict[str, Any]) -> None:
    assert SCHEMA.is_valid(value)
    assert taken_by_the_code(value)


def test_the_schema_takes_the_facts_of_the_sample() -> None:
    for line in FACTS.read_text(encoding="utf-8").splitlines():
        SCHEMA.validate(json.loads(line))


#: What a schema cannot say; docs/evaluation.md tells it.
BEYOND_THE_SCHEMA = ("not among the documents", "must end behind its start")


@pytest.mark.parametrize(
    "value",
    [
        lines[0]
        for lines, said in WRONG
        if len(lines) == 1 and isinstance(lines[0], dict) and said not in BEYOND_THE_SCHEMA
        and "not among" not in said
    ],
)  # fmt: skip
def test_the_schema_refuses_what_the_code_refuses(value: dict[str, Any]) -> None:
    assert not taken_by_the_code(value)
    assert not SCHEMA.is_valid(value)


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "id": st.sampled_from(["a", "", " ", 1, None]),
    "answerable": st.sampled_from([True, False, "true", 1]),
    "documents": st.sampled_from([[], ["x.txt"], [""], "x.txt"]),
    "facts": st.sampled_from([[], [["1"]], [[]], [["1", " "]], ["1"]]),
    "history": st.sampled_from([[], ["Trước?"], [""], "?"]),
    "forbidden": st.sampled_from([[], ["1"], [1]]),
    "tolerance": st.sampled_from([0, 0.5, 1, -1, "0", True]),
    "weight": st.sampled_from([1, 0.5, 0, "1"]),
    "tags": st.sampled_from([[], ["t"], [None]]),
    "passages": st.sampled_from(
        [
            [],
            [{"document": "x.txt", "quote": "q"}],
            [{"document": "x.txt", "start": 0, "end": 1}],
            [{"document": "x.txt", "start": 0, "end": 1, "quote": None}],
            [{"document": "x.txt", "start": 0}],
            [{"document": "x.txt", "start": "0", "end": 1}],
            [{"document": "x.txt", "quote": "q", "more": 1}],
        ]
    ),
    "grades": st.sampled_from([{}, {"x.txt": 1}, {"x.txt": 0}, {"x.txt": "1"}, {"x.txt": 1.5}]),
    "retrieval_only": st.sampled_from([True, False, "no"]),
    "note": st.sampled_from(["", "n", 1]),
    "more": st.just(1),
}


@settings(max_examples=400, deadline=None)
@given(st.fixed_dictionaries({}, optional=VALUES))
def test_schema_and_code_agree_on_lines_of_every_kind(changes: dict[str, Any]) -> None:
    value = GOOD | changes
    if {"passages", "grades"} & set(changes) and value["documents"] != ["x.txt"]:
        return  # that they name documents of the case is beyond the schema
    assert taken_by_the_code(value) == SCHEMA.is_valid(value), value
