"""Drafts as the catalogue keeps them: every save a version, nothing lost, nobody else's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from index.catalogue import Catalogue
from index.drafts import DraftStore
from index.errors import DraftChanged, LibraryError, UnknownDraft
from index.migrations import upgrade
from index.schema import draft_versions


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue.open(tmp_path)
    yield opened
    opened.close()


def test_every_save_is_a_version_that_stays(catalogue: Catalogue) -> None:
    store = DraftStore(catalogue)
    store.add("an", "d", "Tên", "một", "soạn")
    assert [store.save("an", "d", content, "sửa") for content in ("hai", "ba")] == [2, 3]
    assert [store.content("an", "d", ordinal) for ordinal in (1, 2, 3, None)] == ["một", "hai", "ba", "ba"]
    assert [(v.ordinal, v.note) for v in store.versions("an", "d")] == [(1, "soạn"), (2, "sửa"), (3, "sửa")]
    [row] = store.listed("an", limit=5)
    assert (row.id, row.title, row.versions) == ("d", "Tên", 3)
    assert row.updated_at >= row.created_at


def test_the_draft_saved_last_is_listed_first(catalogue: Catalogue) -> None:
    store = DraftStore(catalogue)
    for name in ("a", "b", "c"):
        store.add("an", name, name, "{}", "")
    store.save("an", "a", "{}", "")
    assert next(row.id for row in store.listed("an", limit=9)) == "a"
    assert len(store.listed("an", limit=2)) == 2
    assert [row.id for row in store.listed("an", limit=2, offset=2)] == ["b"]


def test_a_user_has_his_own_drafts_only(catalogue: Catalogue) -> None:
    store = DraftStore(catalogue)
    store.add("an", "d", "Tên", "một", "")
    assert store.listed("bình", limit=5) == []
    for read in (store.find, store.content, store.versions, store.remove):
        with pytest.raises(UnknownDraft, match="another user"):
            read("bình", "d")
    for write in (
        lambda: store.save("bình", "d", "x", ""),
        lambda: store.rename("bình", "d", "x"),
    ):
        with pytest.raises(UnknownDraft):
            write()
    assert store.content("an", "d") == "một"


def test_a_version_it_has_not_is_refused(catalogue: Catalogue) -> None:
    store = DraftStore(catalogue)
    store.add("an", "d", "Tên", "một", "")
    with pytest.raises(UnknownDraft, match="version 2"):
        store.content("an", "d", 2)


def test_deleting_takes_the_versions_along(catalogue: Catalogue) -> None:
    store = DraftStore(catalogue)
    store.add("an", "d", "Tên", "một", "")
    store.add("an", "e", "Tên", "một", "")
    store.save("an", "d", "hai", "")
    store.remove("an", "d")
    with catalogue.read() as connection:
        assert connection.execute(select(func.count()).select_from(draft_versions)).scalar() == 1
    with pytest.raises(UnknownDraft):
        store.find("an", "d")


def stored(catalogue: Catalogue, draft_id: str, ordinal: int) -> str:
    """What the row of a version holds."""
    columns = draft_versions.c
    query = select(columns.content).where(columns.draft_id == draft_id, columns.ordinal == ordinal)
    with catalogue.read() as connection:
        return str(connection.execute(query).scalar_one())


def rewrite(catalogue: Catalogue, draft_id: str, content: str) -> None:
    with catalogue.write() as connection:
        connection.execute(
            draft_versions.update().where(draft_versions.c.draft_id == draft_id).values(content=content)
        )


def test_what_a_version_says_is_kept_compressed_to_the_letter(catalogue: Catalogue) -> None:
    store = DraftStore(catalogue)
    content = '{"form":1,"draft":{"title":"Kết nạp “đảng viên” \U0001f4d8"}}' * 500
    store.add("an", "d", "Tên", content, "")
    assert store.content("an", "d") == content
    assert len(stored(catalogue, "d", 1)) < len(content) / 5


def test_a_version_that_was_written_as_it_is_can_still_be_read(catalogue: Catalogue) -> None:
    store = DraftStore(catalogue)
    store.add("an", "d", "Tên", "mới", "")
    rewrite(catalogue, "d", '{"form":1,"draft":{}}')
    assert store.content("an", "d") == '{"form":1,"draft":{}}'


@pytest.mark.parametrize("cut", [9, 40])
def test_a_damaged_version_is_told_with_what_to_do(catalogue: Catalogue, cut: int) -> None:
    store = DraftStore(catalogue)
    store.add("an", "d", "Tên", "Điều lệ " * 50, "")
    rewrite(catalogue, "d", stored(catalogue, "d", 1)[:cut])
    with pytest.raises(LibraryError, match=r"'d' is damaged.*another of its versions"):
        store.content("an", "d")


def test_the_first_and_the_latest_versions_stay(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 6
    monkeypatch.setattr("index.drafts.MOST_VERSIONS", most)
    store = DraftStore(catalogue)
    store.add("an", "d", "Tên", "bản 1", "soạn")
    store.add("an", "e", "Khác", "khác", "soạn")
    last = most + 3
    for number in range(2, last + 1):
        assert store.save("an", "d", f"bản {number}", "") == number
    kept = [version.ordinal for version in store.versions("an", "d")]
    assert kept == [1, *range(last - most + 2, last + 1)]
    assert len(kept) == most
    assert [store.content("an", "d", number) for number in (1, kept[1], last)] == [
        "bản 1",
        f"bản {kept[1]}",
        f"bản {last}",
    ]
    with pytest.raises(UnknownDraft, match="version 2"):
        store.content("an", "d", 2)
    assert store.find("an", "d").versions == last
    assert store.content("an", "e") == "khác"


def test_a_version_is_not_saved_over_one_that_was_not_seen(catalogue: Catalogue) -> None:
    store = DraftStore(catalogue)
    store.add("an", "d", "Tên", "một", "")
    assert store.save("an", "d", "hai", "", after=1) == 2
    before = store.find("an", "d").updated_at
    with pytest.raises(DraftChanged, match="newest version is 2, not 1"):
        store.save("an", "d", "cũng hai", "", after=1)
    assert store.content("an", "d") == "hai"
    assert store.find("an", "d").updated_at == before


def test_a_library_of_the_revision_before_gets_drafts_and_keeps_what_it_had(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'catalogue.sqlite3'}")
    day = "'2026-01-02 03:04:05'"
    with engine.begin() as connection:
        upgrade(connection, "0003")
        connection.execute(text(f"INSERT INTO users VALUES (1, 'an', 'An', 'staff', NULL, 1, {day})"))
    catalogue = Catalogue.open(tmp_path)
    store = DraftStore(catalogue)
    store.add("an", "d", "Tên", "một", "")
    with catalogue.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM users")).scalar() == 1
    assert store.find("an", "d").versions == 1
    catalogue.close()


WRITER = """
import sys
from pathlib import Path
from index.catalogue import Catalogue
from index.drafts import DraftStore
store = DraftStore(Catalogue.open(Path(sys.argv[1])))
store.add("an", "d", "Tên", "bản 1", "")
for number in range(2, 100_000):
    store.save("an", "d", f"bản {number}", "")
    print(number, flush=True)
"""


def test_what_was_saved_survives_a_kill(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], cwd=root, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    said = "".join(writer.stdout.readline() for _ in range(5))
    os.kill(writer.pid, signal.SIGKILL)
    *whole, _ = (said + writer.stdout.read()).split("\n")
    writer.wait()
    last = int(whole[-1])
    catalogue = Catalogue.open(tmp_path)
    store = DraftStore(catalogue)
    versions = store.versions("an", "d")
    assert [version.ordinal for version in versions] == list(range(1, len(versions) + 1))
    assert len(versions) >= last
    assert [store.content("an", "d", n) for n in (1, last)] == ["bản 1", f"bản {last}"]
    assert store.save("an", "d", "sau", "") == len(versions) + 1
    catalogue.close()
