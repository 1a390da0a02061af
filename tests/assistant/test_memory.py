"""Remembering a bounded number of values."""

from __future__ import annotations

from assistant.memory import Memory


def test_the_one_used_longest_ago_is_let_go() -> None:
    memory: Memory[str, int] = Memory(2)
    memory.put("a", 1)
    memory.put("b", 2)
    assert memory.get("a") == 1
    memory.put("c", 3)
    assert (memory.get("a"), memory.get("b"), memory.get("c")) == (1, None, 3)


def test_a_new_value_takes_the_place_of_the_old_one() -> None:
    memory: Memory[str, int] = Memory(2)
    memory.put("a", 1)
    memory.put("a", 2)
    memory.put("b", 3)
    assert (memory.get("a"), memory.get("b")) == (2, 3)
