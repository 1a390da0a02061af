"""From names, folders and patterns to files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ingest.discover import discover
from ingest.errors import PathError, UnsupportedType

SUFFIXES = {".txt", ".pdf"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "kho"
    for name in (
        *("b.txt", "a.pdf", "sâu/c.TXT", "sâu/hơn/d.txt", "ảnh.xyz", ".ẩn.txt", ".git/e.txt"),
        *("a.pdf.meta.toml", "~$b.txt"),
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return root


def names(found: tuple[Path, ...], root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in found]


def test_a_folder_is_searched_through_all_levels(folder: Path) -> None:
    found = discover([folder], suffixes=SUFFIXES)
    assert names(found.files, folder) == ["a.pdf", "b.txt", "sâu/c.TXT", "sâu/hơn/d.txt"]
    assert found.failures == ()
    assert found.skipped == 1  # ảnh.xyz


def test_patterns_and_repeated_names_give_each_file_once(folder: Path) -> None:
    found = discover(
        [f"{folder}/**/*.txt", folder / "b.txt", str(folder / "sâu" / ".." / "b.txt"), folder],
        suffixes=SUFFIXES,
    )
    assert names(found.files, folder) == ["a.pdf", "b.txt", "sâu/c.TXT", "sâu/hơn/d.txt"]
    assert list(found.files) == sorted(found.files, key=str)
    assert found.failures == ()


def test_a_double_star_does_not_take_other_types(folder: Path) -> None:
    found = discover([f"{folder}/**"], suffixes={".pdf"})
    assert names(found.files, folder) == ["a.pdf"]
    assert found.failures == ()


def test_a_name_with_brackets_is_taken_literally(folder: Path) -> None:
    (folder / "[mật] 1.txt").write_text("x")
    found = discover([folder / "[mật] 1.txt"], suffixes=SUFFIXES)
    assert names(found.files, folder) == ["[mật] 1.txt"]


def test_only_a_file_named_directly_is_of_an_unsupported_type(folder: Path) -> None:
    found = discover([folder / "ảnh.xyz", folder / ".ẩn.txt"], suffixes=SUFFIXES)
    assert [type(failure) for failure in found.failures] == [UnsupportedType]
    assert names(found.files, folder) == [".ẩn.txt"]


@pytest.mark.parametrize("pattern", ["không có.txt", "không có/*.txt", "", "  ", "a\0b"])
def test_what_is_not_there_is_reported(tmp_path: Path, pattern: str) -> None:
    found = discover([f"{tmp_path}/{pattern}" if pattern.strip() else pattern], suffixes=SUFFIXES)
    assert found.files == ()
    assert [type(failure) for failure in found.failures] == [PathError]


def test_links_in_a_circle_and_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "ngoài"
    outside.mkdir()
    (outside / "riêng.txt").write_text("x")
    (folder / "vòng").symlink_to(folder, target_is_directory=True)
    (folder / "sâu" / "lên").symlink_to(folder / "sâu", target_is_directory=True)
    (folder / "tự.txt").symlink_to(folder / "tự.txt")
    (folder / "đứt.txt").symlink_to(folder / "không có.txt")
    (folder / "ra").symlink_to(outside, target_is_directory=True)
    (folder / "ra.txt").symlink_to(outside / "riêng.txt")
    (folder / "cùng.txt").symlink_to(folder / "b.txt")
    found = discover([folder], suffixes=SUFFIXES)
    assert names(found.files, folder) == ["a.pdf", "b.txt", "sâu/c.TXT", "sâu/hơn/d.txt"]
    reported = {failure.path.name: str(failure) for failure in found.failures}
    assert set(reported) == {"vòng", "lên", "tự.txt", "đứt.txt", "ra", "ra.txt"}
    assert "circle" in reported["tự.txt"]
    assert "outside" in reported["ra"]
    assert all(isinstance(failure, PathError) for failure in found.failures)


def test_links_to_each_other_end(tmp_path: Path) -> None:
    one, two = tmp_path / "k" / "1", tmp_path / "k" / "2"
    one.mkdir(parents=True)
    two.mkdir()
    (one / "a.txt").write_text("x")
    (one / "sang").symlink_to(two, target_is_directory=True)
    (two / "về").symlink_to(one, target_is_directory=True)
    found = discover([tmp_path / "k"], suffixes=SUFFIXES)
    assert [path.name for path in found.files] == ["a.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ống.txt")
    assert discover([tmp_path], suffixes=SUFFIXES).files == ()
    (failure,) = discover([tmp_path / "ống.txt"], suffixes=SUFFIXES).failures
    assert isinstance(failure, PathError)


def test_links_that_lead_to_each_other_are_followed_once(tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / f"{name}.txt").write_text("x")
        for number in range(8):  # followed in every order they would be 8 ** 40 folders
            (folder / f"link{number}").symlink_to(f"../{other}")
            (folder / f"self{number}").symlink_to(".")
    for pattern in (str(tmp_path), f"{tmp_path}/**/*.txt", f"{tmp_path}/**"):
        found = discover([pattern], suffixes=SUFFIXES)
        assert names(found.files, tmp_path) == ["a/a.txt", "b/b.txt"]
        assert {Path(failure.path).name[:4] for failure in found.failures} == {"self"}


def test_a_double_star_descends_anywhere_in_a_pattern(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = discover([f"{folder}/**/hơn/**/*.txt"], suffixes=SUFFIXES)
    assert names(found.files, folder) == ["sâu/hơn/d.txt"]
    monkeypatch.chdir(folder)
    assert discover(["**/*.txt"], suffixes=SUFFIXES).files == (Path("b.txt"), Path("sâu/hơn/d.txt"))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file names are Unicode")
def test_a_name_that_is_no_unicode_is_told_and_the_others_are_found(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.txt")).write_text("x")
    (tmp_path / "ok.txt").write_text("x")
    found = discover([tmp_path], suffixes=SUFFIXES)
    assert names(found.files, tmp_path) == ["ok.txt"]
    [failure] = found.failures
    assert "not UTF-8" in failure.reason
