"""``pba ask`` with a language model: verdicts in words, and what was withheld."""

from __future__ import annotations

import re
from typing import Any

import pytest
from scripted_model import Messages, ScriptedModel

QUESTION = "Năm 2023 Đảng bộ xã Hòa Lạc kết nạp bao nhiêu đảng viên?"


@pytest.fixture(autouse=True)
def model_set(scripted_model: ScriptedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PBA_LLM__BASE_URL", scripted_model.base_url)

    def reply(messages: Messages) -> str:
        request = messages[-1]["content"]
        number = re.findall(r'id="(\d+)"', request[: request.index("kết nạp 27")])[-1]
        return (
            f"Năm 2023 xã Hòa Lạc kết nạp 27 đảng viên [{number}]. "
            f"Trong đó có 16 đoàn viên thanh niên [{number}]. "
            f"Xã Hòa Lạc có 72 chi bộ [{number}]."
        )

    scripted_model.script(reply)


def test_each_sentence_is_told_with_what_checking_it_found(pba: Any) -> None:
    run = pba("ask", QUESTION)
    assert run.status == 0
    lines = run.out.splitlines()
    at = lines.index("Năm 2023 xã Hòa Lạc kết nạp 27 đảng viên. [1]")
    assert lines[at + 1] == "  (supported)"
    [withheld] = [line for line in lines if "72 chi bộ" in line]
    assert withheld.startswith("  - ")
    assert "72" in withheld.split(":", 1)[1]
    assert "1 sentences of the model were withheld as not verified (not the answer):" in lines


def test_the_json_has_engine_verdicts_and_cost(pba: Any) -> None:
    answer = pba("ask", QUESTION, "--json").json
    assert answer["engine"] == "model"
    assert {entry["verdict"] for entry in answer["statements"]} <= {"supported", "verbatim"}
    assert answer["withheld"][0]["differences"]
    assert answer["cost"]["tokens_in"] == 100


def test_sentences_are_marked_where_the_settings_say_so(pba: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PBA_LLM__VERIFICATION", "mark")
    answer = pba("ask", QUESTION, "--json").json
    assert len(answer["statements"]) == 3
    assert answer["statements"][2]["verdict"] in ("contradicted", "unverified")
    assert answer["withheld"] == []
