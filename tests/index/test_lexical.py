"""The files of the lexical index; how it searches is in test_local."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from index.lexical import LexicalIndex
from index.types import IndexEntry


def entry(key: int, text: str) -> IndexEntry:
    return IndexEntry(key, text, "", "", None, np.zeros(2, np.float32))


def filled(folder: Path, *texts: str) -> LexicalIndex:
    index = LexicalIndex(folder, library="one")
    index.add([entry(key, text) for key, text in enumerate(texts, start=1)])
    index.commit(3)
    return index


def homes(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("lexical-*"))


def test_what_was_committed_is_there_after_reopening(tmp_path: Path) -> None:
    before = filled(tmp_path, "đảng viên", "chi bộ")
    after = LexicalIndex(tmp_path, library="one")
    assert after.generation == 3
    assert len(after) == 2
    assert after.keys().tolist() == [1, 2]
    assert after.lexical("chi bộ", 2, None) == before.lexical("chi bộ", 2, None) != []
    assert after.damage() is None


def test_the_files_of_another_library_count_as_missing(tmp_path: Path) -> None:
    filled(tmp_path, "đảng viên")
    other = LexicalIndex(tmp_path, library="two")
    assert other.generation is None
    assert other.lexical("đảng viên", 1, None) == []


@pytest.mark.parametrize("name", ["*.idx", "*.term", "*.fast", "meta.json"])
@pytest.mark.parametrize("harm", ["lost", "cut", "flipped", "emptied"])
def test_damage_of_any_file_is_noticed_and_mended(tmp_path: Path, name: str, harm: str) -> None:
    filled(tmp_path, "đảng viên", "chi bộ")
    (path,) = next(tmp_path.glob("lexical-*")).glob(name)
    data = path.read_bytes()
    if harm == "lost":
        path.unlink()
    else:
        middle = len(data) // 2
        flipped = data[:middle] + bytes([data[middle] ^ 4]) + data[middle + 1 :]
        path.write_bytes({"cut": data[:-1], "flipped": flipped, "emptied": b""}[harm])
    index = LexicalIndex(tmp_path, library="one")
    assert index.generation is None
    assert path.name in (index.damage() or "")
    index.reset()
    index.add([entry(1, "đảng viên")])
    index.commit(4)
    assert LexicalIndex(tmp_path, library="one").keys().tolist() == [1]
    assert len(homes(tmp_path)) == 1


def test_a_change_cut_off_half_way_counts_as_missing_not_as_damage(tmp_path: Path) -> None:
    index = filled(tmp_path, "đảng viên", "chi bộ")

    class Killed(BaseException):
        pass

    def kill(*_: object, **__: object) -> None:
        raise Killed

    index._write = kill  # type: ignore[method-assign]
    index.remove([1])
    with pytest.raises(Killed):
        index.commit(4)
    after = LexicalIndex(tmp_path, library="one")
    assert after.generation is None
    assert after.damage() is None
    after.reset()
    after.add([entry(2, "chi bộ")])
    after.commit(4)
    assert LexicalIndex(tmp_path, library="one").keys().tolist() == [2]


def test_many_commits_leave_one_folder_and_no_deleted_passage(tmp_path: Path) -> None:
    index = filled(tmp_path, *[f"chi bộ {number}" for number in range(30)])
    for generation in range(4, 24):
        index.remove([generation])
        index.add([entry(100 + generation, f"đảng bộ {generation}")])
        index.commit(generation)
    again = LexicalIndex(tmp_path, library="one")
    assert len(again) == 30
    assert again.keys().tolist() == index.keys().tolist()
    assert homes(tmp_path) == [json.loads((tmp_path / "lexical.json").read_text())["home"]]


def test_a_reader_sees_a_commit_after_reload_and_survives_a_rebuild(tmp_path: Path) -> None:
    writer = filled(tmp_path, "đảng viên")
    reader = LexicalIndex(tmp_path, library="one")
    assert len(reader) == 1
    writer.add([entry(2, "chi bộ")])
    writer.commit(4)
    assert reader.lexical("chi bộ", 1, None) == []
    reader.reload()
    assert reader.lexical("chi bộ", 1, None)[0][0] == 2
    writer.reset()
    writer.add([entry(9, "đảng phí")])
    writer.commit(5)
    assert reader.lexical("chi bộ", 1, None)[0][0] == 2
    reader.reload()
    assert reader.keys().tolist() == [9]
