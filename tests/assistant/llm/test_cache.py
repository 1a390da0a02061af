"""Answers kept: what is found again, what is let go, and what a damaged file costs."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.llm.cache import FILE_NAME, AnswerCache, key_of
from assistant.types import Answer, AnswerStatus, Cost, Engine, Statement


def answer(text: str = "Có 27 đảng viên.") -> Answer:
    return Answer(
        "Bao nhiêu?",
        "Bao nhiêu?",
        AnswerStatus.GROUNDED,
        statements=(Statement(text, ()),),
        engine=Engine.MODEL,
        cost=Cost("mẫu", "1", 10, 2),
    )


def nothing(passage_id: str) -> None:
    return None


def said(cache: AnswerCache, key: str) -> str | None:
    found = cache.get(key, nothing)
    return found.statements[0].text if found else None


def test_an_answer_is_found_again_by_another_process_of_the_same_folder(tmp_path: Path) -> None:
    AnswerCache(tmp_path).put("a", answer())
    found = AnswerCache(tmp_path).get("a", nothing)
    assert found is not None
    assert found.statements == answer().statements
    assert found.cost is not None
    assert found.cost.cached
    assert AnswerCache(tmp_path).get("b", nothing) is None


def test_those_used_longest_ago_go_first(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path, most=2)
    cache.put("a", answer("a"))
    cache.put("b", answer("b"))
    assert said(cache, "a") == "a"
    cache.put("c", answer("c"))
    assert [said(cache, key) for key in "abc"] == ["a", None, "c"]


def test_an_old_answer_is_not_given_again(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path, days=1)
    cache.put("a", answer())
    with sqlite3.connect(tmp_path / FILE_NAME) as file:
        file.execute("UPDATE answers SET made = ?", (time.time() - 2 * 86_400,))
    assert cache.get("a", nothing) is None


def test_clearing_forgets_everything(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.put("a", answer())
    cache.put("b", answer())
    assert cache.clear() == 2
    assert cache.get("a", nothing) is None


def test_what_was_cleared_is_not_left_in_the_file(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.put("a", answer("Có 4711 đảng viên."))
    assert any(b"4711" in file.read_bytes() for file in tmp_path.iterdir())
    cache.clear()
    assert not any(b"4711" in file.read_bytes() for file in tmp_path.iterdir())


@pytest.mark.parametrize(
    "damage", [b"", b"this is no database " * 400, b"SQLite format 3\0" + b"\xff" * 4000]
)
def test_a_damaged_file_is_a_miss_and_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(damage)
    cache = AnswerCache(tmp_path)
    assert cache.get("a", nothing) is None
    cache.put("a", answer())
    assert said(cache, "a") == "Có 27 đảng viên."


def test_an_entry_that_cannot_be_read_is_a_miss_and_goes(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.put("a", answer())
    with sqlite3.connect(tmp_path / FILE_NAME) as file:
        file.execute("UPDATE answers SET answer = '{\"question\": 1}'")
    assert cache.get("a", nothing) is None
    with sqlite3.connect(tmp_path / FILE_NAME) as file:
        assert file.execute("SELECT count(*) FROM answers").fetchone() == (0,)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    cache = AnswerCache(tmp_path)
    cache.put("a", answer())
    assert cache.get("a", nothing) is None


def test_a_place_where_no_folder_can_be_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    cache = AnswerCache(tmp_path / "file")
    cache.put("a", answer())
    assert cache.get("a", nothing) is None


WRITER = """
import sys
from pathlib import Path
from assistant.llm.cache import AnswerCache
from assistant.types import Answer, AnswerStatus, Statement
cache = AnswerCache(Path(sys.argv[1]))
answer = Answer("q", "q", AnswerStatus.GROUNDED, statements=(Statement("x" * 20000, ()),))
for n in range(100000):
    cache.put(f"{sys.argv[2]}{n}", answer)
    print(n, flush=True)
"""


def test_what_was_kept_outlives_a_kill_in_the_middle_of_writing(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), name], stdout=subprocess.PIPE, text=True
        )
        for name in "ab"
    ]
    for writer in writers:
        assert writer.stdout is not None
        while int(writer.stdout.readline()) < 5:
            pass
    for writer in writers:
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    cache = AnswerCache(tmp_path)
    for name in "ab":
        for n in range(5):
            assert said(cache, f"{name}{n}") == "x" * 20000


def test_keys_are_equal_where_everything_is() -> None:
    parts = {"read": ["a"], "generation": 1}
    assert key_of(parts) == key_of({"generation": 1, "read": ["a"]})
    assert key_of(parts) != key_of({**parts, "generation": 2})
