"""``pba study``: make, list, show, write as files, copy, delete."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

WISH = (
    "study",
    "make",
    "lớp bồi dưỡng nhận thức về Đảng",
    "--minutes",
    "40",
    "--items",
    "2",
    "--slides",
    "6",
)


@pytest.fixture
def made(pba: Any, own_home: Path, place: Path) -> Any:
    assert pba("ingest", place / "corpus").status == 0
    return pba(*WISH, "--json")


def test_a_draft_is_made_kept_and_shown(pba: Any, made: Any) -> None:
    assert made.status == 0
    draft = made.json
    assert draft["form"] == 1
    assert sum(lesson["minutes"] for lesson in draft["draft"]["lessons"]) == 40
    assert "Lesson plan" in made.err
    assert draft["id"] in made.err
    heading, row = pba("study", "list").out.splitlines()
    assert heading.split("\t") == ["Name", "Title", "Versions", "Saved at"]
    assert row.split("\t")[0] == draft["id"]
    assert pba("study", "list", "--json").json[0]["versions"] == 1
    shown = pba("study", "show", draft["id"])
    assert "[1]" in shown.out
    assert pba("study", "show", draft["id"], "--json").json == draft
    assert pba("study", "show", draft["id"], "--version", "2").status == 2


def test_a_draft_is_copied_and_deleted(pba: Any, made: Any) -> None:
    first = made.json["id"]
    assert "Bản hai" in pba("study", "duplicate", first, "--title", "Bản hai").out
    assert len(pba("study", "list", "--json").json) == 2
    assert pba("study", "delete", first).status == 0
    assert [entry["title"] for entry in pba("study", "list", "--json").json] == ["Bản hai"]
    assert pba("study", "delete", first).status == 2
    assert pba("study", "show", first).status == 2


def test_a_draft_is_written_as_a_file(pba: Any, made: Any, tmp_path: Path) -> None:
    file = tmp_path / "de.gift.txt"
    assert pba("study", "export", made.json["id"], "gift", "-o", file).status == 0
    assert "{" in file.read_text(encoding="utf-8")
    refused = pba("study", "export", made.json["id"], "exe")
    assert refused.status == 2
    assert "gift" in refused.err


def test_what_cannot_be_made_says_why(pba: Any, place: Path) -> None:
    refused = pba("study", "make", "bóng đá ngoại hạng Anh")
    assert refused.status == 2
    assert "bóng đá" in refused.err
    assert pba("study", "make", "chi bộ", "--minutes", "1").status == 2
    assert pba("study", "make", "chi bộ", "--document", "absent.txt").status == 2


def test_topics_are_listed(pba: Any, place: Path) -> None:
    found = pba("study", "topics", "--json").json
    assert found
    assert set(found[0]) == {"topic", "documents", "source"}
    assert pba("study", "topics", "-k", "3").out.count("\n") == 4
