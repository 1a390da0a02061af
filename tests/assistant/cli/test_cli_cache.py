"""``pba cache clear``: answers that were kept are forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.llm.cache import AnswerCache
from assistant.settings import load_settings
from assistant.types import Answer, AnswerStatus, Cost, Engine, Statement


def kept() -> Answer:
    said = (Statement("Có 27 đảng viên.", ()),)
    cost = Cost("mẫu", "1", 10, 2)
    return Answer("?", "?", AnswerStatus.GROUNDED, statements=said, engine=Engine.MODEL, cost=cost)


def test_answers_that_were_kept_are_forgotten(pba: Any, own_home: Path) -> None:
    folder = load_settings().settings.cache_directory
    cache = AnswerCache(folder)
    cache.put("a", kept())
    cache.put("b", kept())
    assert pba("cache", "clear").err == "Forgot 2 kept answers.\n"
    assert cache.get("a", lambda passage_id: None) is None
    assert pba("cache", "clear").err == "Forgot 0 kept answers.\n"


def test_a_home_without_kept_answers_is_left_as_it_is(pba: Any, own_home: Path) -> None:
    before = sorted(own_home.rglob("*"))
    assert pba("cache", "clear").err == "Forgot 0 kept answers.\n"
    assert sorted(own_home.rglob("*")) == before
    assert "\n  clear " in pba("cache").out
