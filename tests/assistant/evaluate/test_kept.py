"""An interrupted run keeps what was asked, and goes on where it was if the conditions are the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from twelve_cases import CASES, RESPONSES

from assistant.errors import BadFacts
from assistant.evaluate.kept import ASKED, Kept
from assistant.evaluate.response import Outcome, Response

FIRST, LATER = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), datetime(2026, 1, 3, tzinfo=UTC)


class Recorder:
    """Gives the answers of the twelve cases, fails where there is none, is interrupted at one."""

    name = "thử"

    def __init__(self, interrupted_at: str = "") -> None:
        self.asked: list[str] = []
        self._interrupted_at = interrupted_at
        self._by_question = {case.question: case.id for case in CASES}

    def ask(self, question: str, history: Sequence[str]) -> Response:
        id = self._by_question[question]
        if id == self._interrupted_at:
            raise KeyboardInterrupt
        self.asked.append(id)
        return RESPONSES[id]


def kept(folder: Path, began: datetime = FIRST, **conditions: Any) -> Kept:
    return Kept(folder, system="thử", began=began, conditions={"settings": {"a": 1}, **conditions})


def outcomes_without_times(kept: Kept) -> dict[str, tuple[Response | None, str]]:
    return {id: (outcome.response, outcome.error) for id, outcome in kept.outcomes.items()}


@pytest.fixture
def interrupted(tmp_path: Path) -> Path:
    """A folder in which a run was interrupted at the fifth case."""
    with pytest.raises(KeyboardInterrupt):
        list(kept(tmp_path).ask(CASES, Recorder(CASES[4].id)))
    return tmp_path


def test_a_run_goes_on_where_it_was_interrupted(interrupted: Path, tmp_path: Path) -> None:
    again = kept(interrupted, LATER)
    assert (again.resumed, again.began) == (4, FIRST)
    system = Recorder()
    given = [outcome.case_id for outcome in again.ask(CASES, system)]
    assert given == [case.id for case in CASES[4:]]
    assert system.asked == given
    whole = kept(tmp_path / "whole")
    list(whole.ask(CASES, Recorder()))
    assert outcomes_without_times(again) == outcomes_without_times(whole)
    assert len(whole.outcomes) == 12


def test_what_is_kept_is_read_as_it_was_given(interrupted: Path) -> None:
    first = kept(interrupted)
    assert all(isinstance(outcome, Outcome) and outcome.seconds >= 0 for outcome in first.outcomes.values())
    assert {id: outcome.response for id, outcome in first.outcomes.items() if outcome.response} == {
        case.id: RESPONSES[case.id] for case in CASES[:4]
    }


def test_a_line_that_a_kill_cut_off_is_asked_again(interrupted: Path) -> None:
    path = interrupted / ASKED
    content = path.read_bytes()
    path.write_bytes(content[:-7])
    again = kept(interrupted)
    assert again.resumed == 3
    list(again.ask(CASES[:4], Recorder()))
    assert kept(interrupted).resumed == 4
    assert len(path.read_bytes().splitlines()) == 5


def test_other_conditions_are_named_and_nothing_is_lost(interrupted: Path) -> None:
    before = (interrupted / ASKED).read_bytes()
    with pytest.raises(BadFacts, match=r"other conditions \(conditions\.model\)"):
        kept(interrupted, model="khác")
    with pytest.raises(BadFacts, match=r"\(system\)"):
        Kept(interrupted, system="khác", began=FIRST, conditions={"settings": {"a": 1}})
    assert (interrupted / ASKED).read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"{}\n", b"[1]\n", b'{"began": "x"}\n', b"\xff\n"])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ASKED).write_bytes(content)
    with pytest.raises(BadFacts, match=rf"{ASKED}: cannot be read .* Name another folder"):
        kept(tmp_path)


def test_nothing_is_kept_of_a_run_that_has_ended(interrupted: Path) -> None:
    kept(interrupted).drop()
    assert not list(interrupted.iterdir())
