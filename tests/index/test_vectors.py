from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from index.types import IndexEntry, Vectors
from index.vectors import VectorIndex

DIMENSION = 8


def unit(seed: int) -> Vectors:
    vector = np.random.default_rng(seed).normal(size=DIMENSION)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def entry(key: int, seed: int) -> IndexEntry:
    return IndexEntry(key, "", "", "", None, unit(seed))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vectors.faiss"


def filled(path: Path, count: int = 20) -> VectorIndex:
    index = VectorIndex(path, library="one")
    index.add([entry(key, key) for key in range(1, count + 1)])
    index.commit(3)
    return index


def test_what_was_committed_is_there_after_reopening(path: Path) -> None:
    before = filled(path)
    after = VectorIndex(path, library="one")
    assert after.generation == 3
    assert len(after) == 20
    assert after.dense(unit(5), 4, None) == before.dense(unit(5), 4, None)
    assert after.keys().tolist() == list(range(1, 21))
    assert np.array_equal(after.vector(7), unit(7))
    assert after.damage() is None


def test_the_file_of_another_library_counts_as_missing(path: Path) -> None:
    filled(path)
    other = VectorIndex(path, library="two")
    assert other.generation is None
    assert other.dense(unit(1), 1, None) == []


@pytest.mark.parametrize("position", [3, 300, 600, 900, -1])
def test_a_flipped_bit_anywhere_is_noticed(path: Path, position: int) -> None:
    filled(path)
    data = bytearray(path.read_bytes())
    data[position] ^= 0x10
    path.write_bytes(data)
    index = VectorIndex(path, library="one")
    # In the padding of the header nothing is damaged.
    assert index.generation is None or position == 300
    assert (index.damage() is not None) == (index.generation is None)


@pytest.mark.parametrize("kept", [0, 10, 511, 512, 700])
def test_a_file_cut_short_is_noticed(path: Path, kept: int) -> None:
    filled(path)
    path.write_bytes(path.read_bytes()[:kept])
    index = VectorIndex(path, library="one")
    assert index.generation is None
    assert index.damage()
    index.add([entry(1, 1)])
    index.commit(4)
    assert VectorIndex(path, library="one").keys().tolist() == [1]


def test_an_empty_index_is_an_index(path: Path) -> None:
    index = VectorIndex(path, library="one")
    index.commit(1)
    again = VectorIndex(path, library="one")
    assert again.generation == 1
    assert len(again) == 0
    assert again.keys().tolist() == []


def test_a_reader_sees_a_commit_after_reload(path: Path) -> None:
    writer = filled(path)
    reader = VectorIndex(path, library="one")
    assert reader.dense(unit(99), 1, None)[0][0] != 99
    writer.add([entry(99, 99)])
    writer.commit(4)
    assert reader.generation == 3
    reader.reload()
    assert reader.generation == 4
    assert reader.dense(unit(99), 1, None)[0][0] == 99


def test_a_reader_keeps_what_it_has_when_the_file_turns_bad(path: Path) -> None:
    filled(path)
    reader = VectorIndex(path, library="one")
    assert reader.dense(unit(1), 1, None)[0][0] == 1
    path.write_bytes(b"no index")
    reader.reload()
    assert reader.dense(unit(1), 1, None)[0][0] == 1


def test_what_a_killed_writer_left_is_cleared_away(path: Path) -> None:
    left = path.with_name(".vectors.faiss.4711.tmp")
    left.write_bytes(b"half")
    filled(path)
    assert sorted(p.name for p in path.parent.iterdir()) == ["vectors.faiss"]


def test_absent_keys_have_no_vector(path: Path) -> None:
    with pytest.raises(KeyError):
        filled(path).vector(404)
    with pytest.raises(KeyError):
        VectorIndex(None, library="one").vector(1)


def test_searches_go_on_while_another_thread_commits(path: Path) -> None:
    index = filled(path, 200)
    wrong: list[object] = []
    stop = threading.Event()

    def search() -> None:
        while not stop.is_set():
            found = index.dense(unit(5), 3, None)
            if found[0][0] != 5 or len(found) != 3:
                wrong.append(found)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for generation in range(4, 24):
        index.remove([generation + 50])
        index.add([entry(1000 + generation, 1000 + generation)])
        index.commit(generation)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(index) == 200


class Machine(RuleBasedStateMachine):
    """Adding, removing, committing and reopening against a dictionary."""

    @initialize()
    def start(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "vectors.faiss"
        self.index = VectorIndex(self.path, library="x", dimension=DIMENSION)
        self.model: dict[int, int] = {}
        self.shown: dict[int, int] = {}
        self.generation = 0

    @rule(key=st.integers(1, 12), seed=st.integers(0, 1000))
    def add(self, key: int, seed: int) -> None:
        self.index.add([entry(key, seed)])
        self.model[key] = seed

    @rule(key=st.integers(1, 14))
    def remove(self, key: int) -> None:
        self.index.remove([key])
        self.model.pop(key, None)

    @rule()
    def commit(self) -> None:
        self.generation += 1
        self.index.commit(self.generation)
        self.shown = dict(self.model)

    @rule()
    def reopen(self) -> None:
        self.commit()
        self.index = VectorIndex(self.path, library="x", dimension=DIMENSION)

    @invariant()
    def searches_equal_brute_force(self) -> None:
        if not hasattr(self, "index"):
            return
        question = unit(4242)
        scores = {key: float(unit(seed) @ question) for key, seed in self.shown.items()}
        expected = sorted(scores.values(), reverse=True)
        found = self.index.dense(question, 20, None)
        assert [score for _, score in found] == pytest.approx(expected, abs=1e-5)
        assert dict(found) == pytest.approx(scores, abs=1e-5)

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()


TestVectorsAgainstADictionary = Machine.TestCase
TestVectorsAgainstADictionary.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
