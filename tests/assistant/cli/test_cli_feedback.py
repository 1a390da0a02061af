"""``pba feedback``: what readers thought, listed, and exported as questions that ``pba evaluate`` takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Assistant
from assistant.conversations import Conversations, TurnState
from assistant.opinions import FeedbackBook, Opinion, Rating, Reason
from index.embedding import open_embedder
from index.library import Library

QUESTION = "Mỗi lớp bồi dưỡng học mấy ngày?"


@pytest.fixture(scope="module")
def rated(place: Path) -> None:
    """One question answered in the library of the place, and found wanting."""
    embedder = open_embedder(cache_folder=place / "home" / "cache")
    with Library.open(place / "home" / "library", embedder=embedder) as library:
        kept = Conversations(library)
        conversation_id = kept.start("an", QUESTION).id
        key = kept.begin("an", conversation_id, QUESTION)
        answer = Assistant(library).ask(QUESTION)
        assert answer.statements
        kept.finish(key, QUESTION, state=TurnState.ANSWERED, answer=answer)
        FeedbackBook(library).give("an", key, Opinion(Rating.DOWN, Reason.INCOMPLETE, "thiếu chuyên đề"))


def test_feedback_is_listed(pba: Any, rated: None) -> None:
    heading, row = pba("feedback", "list").out.splitlines()
    assert heading.split("\t")[2:] == ["Rating", "Reason", "Question", "Comment"]
    assert row.split("\t")[1:] == ["an", "down", "incomplete", QUESTION, "thiếu chuyên đề"]
    [entry] = pba("feedback", "list", "--json").json
    assert entry["answer"]["statements"][0]["citations"][0]["quote"]
    assert pba("feedback", "list", "--rating", "up", "--json").json == []
    assert pba("feedback", "list", "--since", "2999", "--json").json == []
    assert len(pba("feedback", "list", "--since", "2020", "--json").json) == 1


def test_feedback_is_exported_filled_in_and_evaluated(pba: Any, rated: None, tmp_path: Path) -> None:
    printed = pba("feedback", "export")
    assert printed.status == 0
    assert "facts" in printed.err
    file = tmp_path / "questions.jsonl"
    written = pba("feedback", "export", "-o", file)
    assert "1" in written.out
    assert file.read_text(encoding="utf-8") == printed.out
    unfilled = pba("evaluate", file)
    assert unfilled.status == 2
    assert "line 1: an answerable question needs at least one fact" in unfilled.err
    case = json.loads(printed.out)
    case["facts"] = [["5 ngày"]]
    file.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    scored = pba("evaluate", file, "--json")
    assert scored.status == 0
    assert scored.json["overall"]["fact_recall"] == 1.0


def test_no_feedback_is_said(pba: Any, own_home: Path) -> None:
    assert pba("feedback", "list").err == "There is no feedback yet.\n"
    nothing = pba("feedback", "export", "-o", own_home / "nothing.jsonl")
    assert (nothing.status, nothing.out) == (0, "")
    assert not (own_home / "nothing.jsonl").exists()


def test_what_cannot_be_is_one_line(pba: Any, rated: None, tmp_path: Path, one_line: Any) -> None:
    assert "--since" in one_line(pba("feedback", "list", "--since", "hôm qua"), 2)
    assert "--rating" in one_line(pba("feedback", "list", "--rating", "good"), 2)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert "--output" in one_line(pba("feedback", "export", "-o", tmp_path / "file" / "x.jsonl"), 2)
    assert "\n  export " in pba("feedback").out
