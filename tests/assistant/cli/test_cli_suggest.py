"""``pba facts suggest`` and the sets that are kept of it, as commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.conversations import SINGLE_USER
from assistant.evaluate.suggest.sets import QuestionSets
from assistant.evaluate.suggest.types import State
from index.library import Library


@pytest.fixture
def filled(own_home: Path, place: Path, pba: Callable[..., Any]) -> Path:
    assert pba("ingest", place / "corpus").status == 0
    return own_home


def test_what_is_written_to_a_file_passes_the_check_and_can_be_evaluated(
    pba: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "facts.jsonl"
    made = pba("facts", "suggest", "--count", "8", "-o", path)
    assert made.status == 0, made.err
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert f"{len(lines)} questions written to" in made.err
    assert any(line["facts"] == [["27 đảng viên"]] or line["facts"] == [["16 đoàn viên"]] for line in lines)
    assert pba("facts", "check", path).status == 0
    assert pba("facts", "list").err.strip() == "There is no question set."
    result = pba("evaluate", path, "--json", "--run", tmp_path / "run")
    assert result.status == 0
    assert len(result.json["cases"]) == len(lines)


def test_a_set_is_kept_listed_exported_and_deleted(
    pba: Callable[..., Any], filled: Path, tmp_path: Path
) -> None:
    made = pba("facts", "suggest", "--count", "4", "--title", "Thử")
    assert made.status == 0, made.err
    [listed] = pba("facts", "list", "--json").json
    count = listed["questions"]
    assert (listed["title"], listed["states"]["proposed"]) == ("Thử", count)
    assert listed["id"] in made.err
    out = tmp_path / "out.jsonl"
    nothing = pba("facts", "export", listed["id"], "-o", out)
    assert (nothing.status, out.exists()) == (2, False)
    assert "--which all" in nothing.err
    with Library.open(filled / "library") as library:
        sets = QuestionSets.of(library)
        first = sets.load(SINGLE_USER, listed["id"])[0]
        sets.decide(SINGLE_USER, listed["id"], first, State.ACCEPTED)
    assert pba("facts", "export", listed["id"], "-o", out).status == 0
    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == [first.id]
    assert pba("facts", "export", listed["id"], "-o", out, "--which", "all").status == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == count
    assert pba("facts", "delete", listed["id"]).status == 0
    gone = pba("facts", "export", listed["id"], "-o", out)
    assert (gone.status, "No set of questions" in gone.err) == (2, True)


def test_only_the_kinds_and_documents_asked_for(pba: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    made = pba(
        "facts", "suggest", "--kinds", "number,date", "--document", "hoa-lac.txt", "-o", path, "--json"
    )
    questions = made.json["questions"]
    assert {question["category"] for question in questions} <= {"number", "date"}
    assert {name for question in questions for name in question["documents"]} == {"hoa-lac.txt"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--kinds", "datte"], "Did you mean date?"),
        (["--count", "0"], "0 questions cannot be made"),
        (["--unmarked", "3"], "3 is no share"),
        (["-o", "/nowhere/at/all.jsonl"], "Name one in a folder that exists"),
        (["--document", "missing.txt"], "missing.txt"),
        (["--from", "2090-01-01"], "Use fewer filters"),
    ],
)
def test_what_cannot_be_met_is_told(pba: Callable[..., Any], options: list[str], said: str) -> None:
    run = pba("facts", "suggest", *options)
    assert run.status in (2, 3)
    assert said in run.err


def test_an_empty_library_is_told(pba: Callable[..., Any], own_home: Path) -> None:
    run = pba("facts", "suggest")
    assert (run.status, "The library is empty" in run.err) == (2, True)
