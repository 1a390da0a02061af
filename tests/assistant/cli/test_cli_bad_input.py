"""What no user means and every user does: broken files, folders and libraries, through the real commands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import setting_field

TEXT = "Đảng bộ xã Tân Lập có 31 đảng viên, trong đó 9 đảng viên mới được kết nạp năm 2020.\n"


def failures(run: Any) -> dict[str, list[str]]:
    """File name → label, reason and fix, from the table at the end of an ingestion."""
    rows = [line.split("\t") for line in run.out.splitlines() if line.count("\t") == 3]
    return {Path(name).name: rest for name, *rest in rows[1:]}


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 600_000_000)


def test_each_broken_file_has_its_reason_and_fix_and_the_others_are_stored(
    pba: Any, own_home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "ok.txt").write_text(TEXT, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.md").write_text(" \n\n\t\n", encoding="utf-8")
    (folder / "nul.txt").write_bytes(TEXT.encode() + b"\0" * 40)
    (folder / "bytes.txt").write_bytes(b"Chi b\xe9 \x81\x8d\x90 kh\xf3ng \xfe\xff\xfa\n")
    (folder / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj <<")
    (folder / "no.docx").write_text("không phải Word", encoding="utf-8")
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(setting_field("ingest.max_bytes").default + 1)
    bomb(folder / "bomb.docx")
    run = pba("ingest", folder)
    assert run.status == 1
    assert "Traceback" not in run.out + run.err
    found = failures(run)
    assert set(found) == {path.name for path in folder.iterdir()} - {"ok.txt"}
    assert all(label and reason and fix for label, reason, fix in found.values()), found
    assert "unexpected error" not in {label for label, _, _ in found.values()}
    assert "ingest.max_bytes" in found["huge.txt"][2]
    assert "archive bomb" in found["bomb.docx"][1]
    assert [entry["id"] for entry in pba("documents", "list", "--json").json] == ["ok.txt"]
    assert pba("doctor").status == 0


def test_links_that_turn_in_circles_or_lead_outside_are_told(
    pba: Any, own_home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text(TEXT, encoding="utf-8")
    (folder / "round").symlink_to(folder)
    (folder / "one.txt").symlink_to(folder / "two.txt")
    (folder / "two.txt").symlink_to(folder / "one.txt")
    (folder / "out.txt").symlink_to(tmp_path / "outside.txt")
    run = pba("ingest", folder)
    assert run.status == 1
    assert set(failures(run)) == {"round", "one.txt", "two.txt", "out.txt"}
    assert pba("documents", "list", "--json").json == []


def test_markup_and_sql_in_a_document_are_only_text(pba: Any, own_home: Path, tmp_path: Path) -> None:
    written = (
        "Chi bộ '); DROP TABLE documents; -- có 41 đảng viên <img src=x onerror=alert(1)> tại xã Kim Sơn."
    )
    (tmp_path / "x.txt").write_text(written + "\n", encoding="utf-8")
    assert pba("ingest", tmp_path / "x.txt").status == 0
    assert pba("documents", "show", "x.txt", "--text").out.strip() == written
    answer = pba("ask", "Xã Kim Sơn có bao nhiêu đảng viên?", "--json").json
    [statement] = answer["statements"]
    assert statement["citations"][0]["quote"] in written
    assert pba("doctor").status == 0


@pytest.mark.parametrize("harm", ["head", "cut", "other"])
def test_a_damaged_catalogue_is_one_line_and_left_as_it_is(
    pba: Any, own_home: Path, place: Path, one_line: Any, harm: str
) -> None:
    shutil.copytree(place / "home" / "library", own_home / "library")
    file = own_home / "library" / "catalogue.sqlite3"
    whole = file.read_bytes()
    damaged = {"head": b"x" * 100 + whole[100:], "cut": whole[: len(whole) // 2], "other": b"no database"}
    file.write_bytes(damaged[harm])
    for command in (["documents", "list"], ["ask", "Chi bộ họp khi nào?"], ["ingest", place / "corpus"]):
        assert str(file) in one_line(pba(*command), 3)
    doctor = pba("doctor")
    assert doctor.status == 1
    assert "cannot be used" in doctor.out
    assert file.read_bytes() == damaged[harm]


def test_two_ingestions_at_once_are_one_and_a_clear_error(
    pba: Any, own_home: Path, place: Path, monkeypatch: pytest.MonkeyPatch, one_line: Any
) -> None:
    from filelock import FileLock

    assert pba("ingest", place / "corpus" / "so-tay.md").status == 0
    # Library.open waits ten seconds by default; nothing else in it depends on how long that is.
    from index.library import Library

    monkeypatch.setitem(Library.open.__func__.__kwdefaults__, "lock_timeout", 0.2)  # type: ignore[attr-defined]
    with FileLock(own_home / "library" / "write.lock"):
        assert "write.lock" in one_line(pba("ingest", place / "corpus"), 3)
        assert len(pba("documents", "list", "--json").json) == 1
    assert pba("ingest", place / "corpus").status == 0


def as_nobody(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A command run by somebody who may not do what root may."""
    program = "import sys; from assistant.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, *map(str, arguments)]
    if os.geteuid() == 0:
        powers = "-dac_override,-dac_read_search"
        command = ["setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}", "--no-new-privs", *command]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


needs_permissions = pytest.mark.skipif(
    not hasattr(os, "geteuid") or (os.geteuid() == 0 and shutil.which("setpriv") is None),
    reason="root may read and write everything, and there is no setpriv to be somebody else",
)


@needs_permissions
def test_what_may_not_be_read_is_told(own_home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    (folder / "closed").mkdir(parents=True)
    (folder / "ok.txt").write_text(TEXT, encoding="utf-8")
    (folder / "secret.txt").write_text(TEXT, encoding="utf-8")
    (folder / "secret.txt").chmod(0)
    (folder / "closed").chmod(0)
    try:
        run = as_nobody("ingest", folder)
    finally:
        (folder / "closed").chmod(0o755)
    assert run.returncode == 1, run.stderr
    rows = [line for line in run.stdout.splitlines() if line.startswith(str(folder))]
    assert [Path(row.split("\t")[0]).name for row in rows] == ["closed", "secret.txt"]
    assert all("Permission denied" in row and "Check its permissions." in row for row in rows)
    assert "1 documents added" in run.stdout


@needs_permissions
def test_a_library_that_may_only_be_read_answers_and_takes_nothing_in(own_home: Path, place: Path) -> None:
    library = own_home / "library"
    shutil.copytree(place / "home" / "library", library)
    for path in (library, *library.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        asked = as_nobody("ask", "Năm 2023 xã Hòa Lạc kết nạp bao nhiêu đảng viên?")
        refused = as_nobody("documents", "remove", "so-tay.md")
        listed = as_nobody("documents", "list")
    finally:
        for path in (library, *library.rglob("*")):
            path.chmod(0o755)
    assert (asked.returncode, "27 đảng viên" in asked.stdout) == (0, True), asked.stderr
    assert refused.returncode == 3
    assert "Check the permissions of its folder" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert (listed.returncode, len(listed.stdout.splitlines())) == (0, 4)
