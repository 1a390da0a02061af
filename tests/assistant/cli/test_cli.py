"""What all of ``pba`` has in common: help, usage, settings, errors, output."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.progress import clock
from assistant.cli.show import inert
from assistant.settings import setting_names


def test_help_is_in_vietnamese_first_and_english_second(pba: Any) -> None:
    top = pba("--help")
    assert top.status == 0
    assert top.out.index("Trả lời câu hỏi") < top.out.index("Answer a question")
    assert pba().out == top.out
    for command in ("ingest", "search", "ask", "serve", "demo", "evaluate", "doctor", "settings"):
        assert f"\n  {command} " in top.out
        assert pba(command, "--help").status == 0
    assert "\n  remove " in pba("documents").out


def test_version(pba: Any) -> None:
    assert re.fullmatch(r"pba \d+\.\d+\.\d+\n", pba("--version").out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope"], "No such command 'nope'"),
        (["serch"], "search"),
        (["ask"], "Missing argument"),
        (["search", "x", "-k", "0"], "-k"),
        (["search", "x", "--nope"], "--nope"),
        (["serve", "--port", "70000"], "--port"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(
    pba: Any, arguments: list[str], said: str, one_line: Any
) -> None:
    assert said in one_line(pba(*arguments), 2)


def test_settings_are_shown_with_their_origin(pba: Any, place: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("[retrieval]\ntop_k = 5\n", encoding="utf-8")
    shown = pba("--config", file, "settings", "--json").json
    assert shown["file"] == str(file)
    by_name = {entry["name"]: entry for entry in shown["settings"]}
    assert list(by_name) == setting_names()
    assert by_name["retrieval.top_k"] == {
        "name": "retrieval.top_k",
        "value": 5,
        "source": "file",
        "where": str(file),
    }
    assert by_name["home"]["where"] == "PBA_HOME"
    assert f"retrieval.top_k\t5\tfile\t{file}" in pba("--config", file, "settings").out


def test_an_unknown_variable_is_one_line_and_verbose_adds_the_traceback(
    pba: Any, monkeypatch: pytest.MonkeyPatch, one_line: Any
) -> None:
    monkeypatch.setenv("PBA_RETRIEVAL__TOPK", "3")
    assert "Did you mean PBA_RETRIEVAL__TOP_K?" in one_line(pba("settings"), 2)
    verbose = pba("--verbose", "settings")
    assert verbose.status == 2
    assert "Traceback" in verbose.err


def test_a_library_that_cannot_be_is_status_3(
    pba: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_line: Any
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("PBA_LIBRARY__DIRECTORY", str(tmp_path / "file" / "library"))
    assert "library" in one_line(pba("documents", "list"), 3)


def test_messages_are_in_the_language_that_is_set(pba: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PBA_LANGUAGE", "vi")
    assert "Thiết lập\tGiá trị" in pba("settings").out


@pytest.mark.parametrize(
    ("seconds", "shown"), [(None, ""), (0, "0:00"), (61.4, "1:01"), (3600, "1:00:00"), (7325, "2:02:05")]
)
def test_time_left(seconds: float | None, shown: str) -> None:
    assert clock(seconds) == shown


def test_text_cannot_steer_the_terminal() -> None:
    assert inert("a\x1b[2Jb\x9bc\td\ne") == "a [2Jb c d e"
