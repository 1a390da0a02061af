"""Question sets as the catalogue keeps them: the last decision holds, can be taken back, is nobody else's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.catalogue import Catalogue
from index.errors import UnknownQuestionSet
from index.question_sets import QuestionSetStore


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue.open(tmp_path)
    yield opened
    opened.close()


def test_the_last_decision_on_a_question_holds_and_can_be_undone(catalogue: Catalogue) -> None:
    store = QuestionSetStore(catalogue)
    store.add("an", "s", "Tên", "[]", [("s001", "một"), ("s002", "hai")])
    store.decide("an", "s", "s001", "một!")
    store.decide("an", "s", "h001", "ba")
    assert store.questions("an", "s") == ["một!", "hai", "ba"]
    assert [store.undo("an", "s") for _ in range(3)] == ["h001", "s001", None]
    assert store.questions("an", "s") == ["một", "hai"]


def test_a_set_tells_how_many_questions_it_has(catalogue: Catalogue) -> None:
    store = QuestionSetStore(catalogue)
    store.add("an", "s", "Tên", '["x"]', [("s001", "một")])
    store.decide("an", "s", "s001", "hai")
    store.decide("an", "s", "h001", "ba")
    row = store.find("an", "s")
    assert (row.title, row.left_out, row.questions) == ("Tên", '["x"]', 2)


def test_the_set_changed_last_is_listed_first(catalogue: Catalogue) -> None:
    store = QuestionSetStore(catalogue)
    for name in ("a", "b", "c"):
        store.add("an", name, name, "[]", [("s001", "x")])
    store.decide("an", "a", "s001", "y")
    assert next(row.id for row in store.listed("an", limit=9)) == "a"
    assert len(store.listed("an", limit=2)) == 2


def test_a_user_has_his_own_sets_only(catalogue: Catalogue) -> None:
    store = QuestionSetStore(catalogue)
    store.add("an", "s", "Tên", "[]", [("s001", "một")])
    assert store.listed("bình", limit=5) == []
    for act in (store.find, store.questions, store.undo, store.remove):
        with pytest.raises(UnknownQuestionSet, match="another user"):
            act("bình", "s")
    with pytest.raises(UnknownQuestionSet):
        store.decide("bình", "s", "s001", "x")
    assert store.questions("an", "s") == ["một"]


def test_a_set_goes_with_its_questions(catalogue: Catalogue) -> None:
    store = QuestionSetStore(catalogue)
    store.add("an", "s", "Tên", "[]", [("s001", "một")])
    store.remove("an", "s")
    assert store.listed("an", limit=5) == []
    with pytest.raises(UnknownQuestionSet):
        store.questions("an", "s")


DECIDES = """
import os, sys
from pathlib import Path
from index.catalogue import Catalogue
from index.question_sets import QuestionSetStore
store = QuestionSetStore(Catalogue.open(Path(sys.argv[1])))
store.decide("an", "s", "s001", "một!")
print("decided", flush=True)
os.read(0, 1)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is of POSIX")
def test_a_decision_outlives_a_killed_process(tmp_path: Path) -> None:
    catalogue = Catalogue.open(tmp_path)
    QuestionSetStore(catalogue).add("an", "s", "Tên", "[]", [("s001", "một")])
    catalogue.close()
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen([sys.executable, "-c", DECIDES, str(tmp_path)], **pipes, env=dict(os.environ))
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"decided"
    process.kill()
    process.wait()
    again = Catalogue.open(tmp_path)
    assert QuestionSetStore(again).questions("an", "s") == ["một!"]
    again.close()
