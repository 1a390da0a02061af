from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

import index.catalogue
from index.catalogue import Catalogue, known_vectors, pack, set_note, store_vectors, text_hash, unpack
from index.errors import LibraryBusy, LibraryError


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue.open(tmp_path)


def test_a_commit_is_on_the_disk_when_it_returns(catalogue: Catalogue) -> None:
    with catalogue.read() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_a_transaction_that_raises_is_undone(catalogue: Catalogue) -> None:
    def fail() -> None:
        with catalogue.write() as connection:
            set_note(connection, "x", "1")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with catalogue.read() as connection:
        assert catalogue.note(connection, "x") is None


def test_a_reader_sees_one_state_throughout(catalogue: Catalogue) -> None:
    with catalogue.read() as reading:
        assert catalogue.note(reading, "generation") == "0"
        with catalogue.write() as writing:
            set_note(writing, "generation", "7")
        assert catalogue.note(reading, "generation") == "0"
    with catalogue.read() as reading:
        assert catalogue.generation(reading) == 7


def test_a_writer_that_waits_too_long_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.catalogue, "BUSY_SECONDS", 0.1)
    one, two = Catalogue.open(tmp_path), Catalogue.open(tmp_path)
    with one.write() as connection:
        set_note(connection, "x", "1")
        with pytest.raises(LibraryBusy, match=r"catalogue\.sqlite3"), two.write():
            pass


def test_several_processes_may_make_the_same_catalogue(tmp_path: Path) -> None:
    names: list[str | None] = []

    def make() -> None:
        catalogue = Catalogue.open(tmp_path)
        with catalogue.read() as connection:
            names.append(catalogue.note(connection, "library"))
        catalogue.close()

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names) == 4
    assert len(set(names)) == 1


def test_vectors_are_filed_by_text_and_model(catalogue: Catalogue) -> None:
    texts = [f"đoạn {number}" for number in range(2000)]
    vector = np.array([0.6, 0.8], np.float32)
    with catalogue.write() as connection:
        store_vectors(connection, "m", {text_hash(text): vector for text in texts})
        store_vectors(connection, "m", {text_hash(texts[0]): -vector})
    with catalogue.read() as connection:
        hashes = [text_hash(text) for text in [*texts, "khác"]]
        assert known_vectors(connection, "m", hashes) == set(hashes[:-1])
        assert known_vectors(connection, "other", hashes) == set()
        stored = connection.execute(
            text("SELECT vector FROM vectors WHERE text_sha256 = :h"), {"h": hashes[0]}
        ).scalar_one()
    assert unpack(stored) == pytest.approx(vector, abs=1e-3)


@given(st.integers(0, 2**32 - 1))
def test_packing_hardly_moves_a_cosine(seed: int) -> None:
    one, other = np.random.default_rng(seed).normal(size=(2, 384)).astype(np.float32)
    one, other = one / np.linalg.norm(one), other / np.linalg.norm(other)
    assert unpack(pack(one)) @ unpack(pack(other)) == pytest.approx(float(one @ other), abs=1e-3)
    assert np.linalg.norm(unpack(pack(one))) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    "url", ["not a url", "postgresql+nodriver://host/x", "nosuch://host/x", "sqlite:///x"]
)
def test_an_address_that_cannot_be_used_gives_one_clear_line(tmp_path: Path, url: str) -> None:
    with pytest.raises(LibraryError, match="database_url") as caught:
        Catalogue.open(tmp_path, url=url)
    assert "\n" not in str(caught.value)


def test_a_password_in_the_address_is_never_shown(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as caught:
        Catalogue.open(tmp_path, url="nosuch://me:hunter2@host/x")
    assert "hunter2" not in str(caught.value)
