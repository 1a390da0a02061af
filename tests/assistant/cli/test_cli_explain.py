"""``pba explain``: how an answer came about."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import pytest

from assistant.abstain import Decision
from assistant.reading import Reading
from assistant.scoring import Scored
from assistant.signals import Signals, calibration

QUESTION = "Chi bộ họp khi nào?"


def test_json_holds_every_step_with_all_its_fields(pba: Any) -> None:
    told = pba("explain", QUESTION, "--json").json
    assert set(told["reading"]) == {field.name for field in dataclasses.fields(Reading)}
    [side] = told["sides"]
    assert set(side["decision"]) == {field.name for field in dataclasses.fields(Decision)}
    assert list(side["decision"]["signals"]) == [field.name for field in dataclasses.fields(Signals)]
    assert set(side["sentences"][0]) >= {field.name for field in dataclasses.fields(Scored)}
    assert side["passages"][0]["ranks"]
    scores = [sentence["score"] for sentence in side["sentences"]]
    assert scores == sorted(scores, reverse=True)


def test_it_explains_the_answer_that_ask_gives(pba: Any) -> None:
    asked = pba("ask", QUESTION, "--json").json
    told = pba("explain", QUESTION, "--json").json
    assert told["statements"] == [statement["text"] for statement in asked["statements"]]
    assert told["status"] == asked["status"]
    quoted = told["sides"][0]["quoted"]
    assert quoted[0]["document_id"] == asked["statements"][0]["citations"][0]["document_id"]


def test_a_followup_and_a_filter_act_as_in_ask(pba: Any) -> None:
    told = pba("explain", "Vì sao?", "--history", QUESTION, "--json").json
    assert told["reading"]["text"] == "Vì sao chi bộ họp?"
    filtered = pba("explain", QUESTION, "--kind", "huong dan", "--json").json
    assert {hit["document"] for hit in filtered["sides"][0]["passages"]} <= {"huong-dan.txt"}


def test_each_side_of_a_comparison_is_told(pba: Any) -> None:
    told = pba("explain", "So sánh chi bộ thôn Hạ và chi bộ thôn Thượng", "--json").json
    assert len(told["sides"]) == 2
    assert "chi bộ thôn Thượng" in pba("explain", "So sánh chi bộ thôn Hạ và chi bộ thôn Thượng").out


def test_the_page_lines_up_and_says_why(pba: Any) -> None:
    out = pba("explain", QUESTION).out
    assert "How the question was read" in out
    assert "so-tay.md#" in out
    lines = out.splitlines()
    sentences = next(n for n, line in enumerate(lines) if line.startswith("Sentences"))
    heading, first = lines[sentences + 1], lines[sentences + 2]
    end = heading.index("score") + len("score")
    assert first[:end].split()[-1].replace(".", "").lstrip("-").isdigit()
    assert any(line.startswith("  »") for line in lines[sentences:])
    decision = out[out.index("\nDecision") :]
    assert "confidence" in decision
    assert "least" in decision


def test_the_signals_add_up_to_the_confidence(pba: Any) -> None:
    [side] = pba("explain", QUESTION, "--json").json["sides"]
    decision = side["decision"]
    logit = sum(signal["adds"] for signal in decision["signals"].values()) + calibration("vi").intercept
    assert decision["confidence"] == pytest.approx(1 / (1 + math.exp(-logit)), abs=1e-4)
    reach = decision["signals"]["reach"]
    assert f"{reach['value']:.3f} ({reach['adds']:+.2f})" in pba("explain", QUESTION).out


def test_what_is_not_answered_is_explained_by_its_reason(pba: Any) -> None:
    out = pba("explain", "Tỉnh Cà Mau có bao nhiêu đảng viên?").out
    assert "place absent" in out
    assert "not_found" in out


def test_a_narrow_page_is_not_overrun(pba: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("assistant.cli.explain._WIDE", 60)
    out = pba("explain", QUESTION).out
    texts = [line for line in out.splitlines() if line.startswith("      ")]
    assert texts
    assert max(map(len, texts)) <= 60
