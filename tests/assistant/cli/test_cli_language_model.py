"""``pba doctor`` and ``pba settings`` where a language model is set: a real endpoint, over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from scripted_model import Delta, Finish, Pause, Refuse, ScriptedModel

KEY = "sk-bi-mat-0123"


@pytest.fixture(autouse=True)
def model_set(scripted_model: ScriptedModel, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PBA_LLM__BASE_URL", scripted_model.base_url)
    monkeypatch.setenv("PBA_LLM__API_KEY", KEY)


def test_the_doctor_asks_one_question_and_tells_what_it_found(
    pba: Any, scripted_model: ScriptedModel
) -> None:
    scripted_model.models = [{"id": "mẫu-8b", "max_model_len": 16384}]
    scripted_model.script([Pause(0.2), *("chữ ", Pause(0.02)) * 10])
    run = pba("doctor", "--json")
    assert run.status == 0
    found = run.json["llm"]
    assert found["model"] == "mẫu-8b"
    assert found["context_window"] == 16384
    assert found["first_word_seconds"] >= 0.2
    # 20 tokens by the endpoint's count, in a little over 0.2 s.
    assert 5 < found["tokens_per_second"] <= 100
    assert (found["streams"], found["failing"], found["context_window_assumed"]) == (True, None, False)
    assert run.json["warnings"] == []
    assert len(scripted_model.asked) == 1
    shown = pba("doctor").out
    assert "mẫu-8b" in shown
    assert "window 16384 tokens" in shown


def test_a_model_that_cannot_stream_or_tell_its_window_is_said_to(
    pba: Any, scripted_model: ScriptedModel
) -> None:
    scripted_model.streams = False
    run = pba("doctor", "--json")
    assert run.json["llm"]["streams"] is False
    assert run.json["llm"]["context_window_assumed"] is True
    assert any("llm.context_window" in warning for warning in run.json["warnings"])


def test_a_model_that_only_reasons_is_warned_of(pba: Any, scripted_model: ScriptedModel) -> None:
    scripted_model.script([Delta({"reasoning_content": "hừm"}), Finish("length")])
    run = pba("doctor", "--json")
    assert run.json["llm"]["first_word_seconds"] is None
    assert any("llm.max_tokens" in warning for warning in run.json["warnings"])


@pytest.mark.parametrize(
    ("steps", "failing", "fix"),
    [(Refuse(401), "unauthorised", "llm.api_key"), (Refuse(404), "refused", "llm.model")],
)
def test_a_model_that_fails_is_a_warning_with_the_fix(
    pba: Any, scripted_model: ScriptedModel, steps: Refuse, failing: str, fix: str
) -> None:
    scripted_model.script(steps)
    run = pba("doctor", "--json")
    assert run.status == 0
    assert run.json["sound"] is True
    assert run.json["llm"]["failing"] == failing
    [warning] = [text for text in run.json["warnings"] if "no reply" in text]
    assert fix in warning


def test_a_model_that_is_away_is_a_warning_in_the_reader_s_language(
    pba: Any, scripted_model: ScriptedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PBA_LANGUAGE", "vi")
    scripted_model.close()
    run = pba("doctor")
    assert run.status == 0
    assert "Lưu ý: Mô hình ngôn ngữ không trả lời được" in run.out
    assert "llm.base_url" in run.out
    assert KEY not in run.out + run.err


def test_a_key_file_that_is_not_there_is_a_fault(
    pba: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PBA_LLM__API_KEY")
    monkeypatch.setenv("PBA_LLM__API_KEY_FILE", str(tmp_path / "none"))
    run = pba("doctor", "--json")
    assert run.status == 1
    assert any("llm.api_key_file" in fault for fault in run.json["faults"])


def test_the_key_is_never_printed(pba: Any) -> None:
    run = pba("settings", "--json")
    [shown] = [entry["value"] for entry in run.json["settings"] if entry["name"] == "llm.api_key"]
    assert shown == "********"
    assert KEY not in run.out + pba("settings").out


def test_without_a_model_the_doctor_says_that_quotations_answer(
    pba: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PBA_LLM__BASE_URL")
    assert pba("doctor", "--json").json["llm"] is None
    assert "exact quotations answer" in pba("doctor").out
