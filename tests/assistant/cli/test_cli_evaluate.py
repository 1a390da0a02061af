"""``pba evaluate``: a run that was killed goes on; a language model judges one that has ended."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from scripted_model import Refuse, ScriptedModel

CASES = 12
#: Answers at once, but for the fourth question it waits until the file is there that its name ends with.
PEER = """
import pathlib, time

def peer(question, history):
    with open("asked", "a") as file:
        file.write(question + "\\n")
    while question.endswith(" 4?") and not pathlib.Path("go").exists():
        time.sleep(0.01)
    return "Có 27 đảng viên."
"""


@pytest.fixture
def facts(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A facts file beside a system that waits, in the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "waiting_peer.py").write_text(PEER, encoding="utf-8")
    lines = [
        {
            "id": f"c{n}",
            "category": "number",
            "lang": "vi",
            "question": f"Xã Hòa Lạc kết nạp bao nhiêu đảng viên, lần hỏi {n}?",
            "answerable": True,
            "documents": ["hoa-lac.txt"],
            "facts": [["27" if n % 2 else "28"]],
        }
        for n in range(CASES)
    ]
    path = tmp_path / "facts.jsonl"
    path.write_text("\n".join(json.dumps(entry) for entry in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_ended_goes_on_with_what_was_not_asked(
    pba: Any, start: Any, facts: Path, tmp_path: Path, sent: signal.Signals
) -> None:
    arguments = ("evaluate", str(facts), "--system", "waiting_peer:peer", "--run", str(tmp_path / "run"))
    process = start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    asked = tmp_path / "asked"
    until = time.monotonic() + 120
    while not asked.exists() or len(asked.read_text(encoding="utf-8").splitlines()) < 5:
        assert time.monotonic() < until
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(sent)
    _, err = process.communicate(timeout=60)
    assert process.returncode == (-signal.SIGKILL if sent is signal.SIGKILL else 130)
    if sent is signal.SIGINT:
        assert f"4 of {CASES} questions are asked and kept" in err.decode()
    assert {path.name for path in (tmp_path / "run").iterdir()} == {"asked.jsonl"}
    assert "no run in it" in pba("evaluate", "compare", tmp_path / "run", tmp_path / "run").err

    (tmp_path / "go").touch()
    asked.unlink()
    run = pba(*arguments, "--json")
    assert run.status == 0, run.err
    assert f"4 of {CASES} questions were asked before" in run.err
    assert len(asked.read_text(encoding="utf-8").splitlines()) == CASES - 4
    assert run.json["overall"]["cases"] == CASES
    assert run.json["overall"]["fact_recall"] == 0.5
    assert {path.name for path in (tmp_path / "run").iterdir()} == {
        "run.json",
        "cases.jsonl",
        "scores.json",
        "report.html",
    }
    assert "not empty" in pba(*arguments).err


def test_a_run_on_a_folder_of_documents_goes_on_too(
    pba: Any, start: Any, facts: Path, place: Path, tmp_path: Path
) -> None:
    """The library is built anew, and is the same one by its fingerprint."""
    run = str(tmp_path / "run")
    arguments = ("evaluate", str(facts), "--system", "waiting_peer:peer", "--run", run)
    arguments = (*arguments, "--corpus", str(place / "corpus"))
    process = start(*arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    kept = tmp_path / "run" / "asked.jsonl"
    until = time.monotonic() + 120
    while not kept.exists() or kept.read_bytes().count(b"\n") < 4:
        assert time.monotonic() < until
        assert process.poll() is None
        time.sleep(0.02)
    process.kill()
    process.wait()
    (tmp_path / "go").touch()
    content = facts.read_text(encoding="utf-8")
    facts.write_text(content.replace('"28"', '"29"'), encoding="utf-8")
    other = pba(*arguments)
    assert other.status == 2
    assert "asked under other conditions (conditions.facts_sha256)" in other.err
    facts.write_text(content, encoding="utf-8")
    done = pba(*arguments, "--json")
    assert done.status == 0, done.err
    assert "questions were asked before" in done.err


def test_a_model_judges_a_run_and_the_measures_stay(
    pba: Any, facts: Path, tmp_path: Path, scripted_model: ScriptedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "go").touch()
    folder = tmp_path / "run"
    assert pba("evaluate", facts, "--system", "waiting_peer:peer", "--run", folder).status == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setenv("OPENAI_API_KEY", "sk-tham-phan")
    scripted_model.script('{"reason": "thiếu", "grade": 0}', '{"reason": "đủ", "grade": 2}')
    run = pba("evaluate", "judge", folder, "--url", scripted_model.base_url)
    assert run.status == 0, run.err
    assert "Judged by mẫu: 12 answers, 11 right, 0 partly, 1 wrong; mean 0.917." in run.out
    assert "Agrees with the exact score in 7 of 12 cases" in run.out
    assert scripted_model.asked[0].headers["authorization"] == "Bearer sk-tham-phan"
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name for name in before if before[name] != after[name]} == {"report.html"}
    assert "Opinion of a language model" in after["report.html"].decode()

    again = pba("evaluate", "judge", folder, "--url", scripted_model.base_url, "--json")
    assert again.json["grades"] == {"0": 1, "1": 0, "2": 11}
    assert len(scripted_model.asked) == CASES
    bound = pba("evaluate", facts, "--gate", "min-judge=0.5")
    assert bound.status == 2
    assert "No measure judge" in bound.err


def test_a_judge_that_cannot_judge_is_told(
    pba: Any,
    facts: Path,
    tmp_path: Path,
    scripted_model: ScriptedModel,
    monkeypatch: pytest.MonkeyPatch,
    one_line: Any,
) -> None:
    (tmp_path / "go").touch()
    folder = tmp_path / "run"
    assert pba("evaluate", facts, "--system", "waiting_peer:peer", "--run", folder).status == 0
    assert "Set llm.base_url" in one_line(pba("evaluate", "judge", folder), 2)
    assert "no run in it" in one_line(pba("evaluate", "judge", tmp_path), 2)
    assert "--url ftp://x" in one_line(pba("evaluate", "judge", folder, "--url", "ftp://x"), 2)
    scripted_model.script("Không chấm.")
    unread = pba("evaluate", "judge", folder, "--url", scripted_model.base_url)
    assert unread.status == 1
    assert "12 judgements are missing" in unread.err
    scripted_model.script(Refuse(401))
    monkeypatch.setenv("PBA_LLM__BASE_URL", scripted_model.base_url)
    monkeypatch.setenv("PBA_LLM__API_KEY", "sk-cua-cai-dat")
    refused = one_line(pba("evaluate", "judge", folder, "--model", "khác"), 3)
    assert "401" in refused
    assert scripted_model.asked[-1].headers["authorization"] == "Bearer sk-cua-cai-dat"
    assert scripted_model.asked[-1].body["model"] == "khác"
    elsewhere = pba("evaluate", "judge", folder, "--url", scripted_model.base_url)
    assert elsewhere.status == 3
    assert "sk-cua-cai-dat" not in scripted_model.asked[-1].headers.get("authorization", "")
