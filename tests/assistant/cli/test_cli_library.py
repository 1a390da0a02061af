"""``pba ingest``, ``documents`` and ``doctor``: real files, a real library, the bundled model."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest


def test_a_bad_file_is_told_with_reason_and_fix_and_the_others_are_stored(
    pba: Any, own_home: Path, tmp_path: Path, write_corpus: Any
) -> None:
    folder = write_corpus(tmp_path / "mixed")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
    run = pba("ingest", folder, tmp_path / "absent")
    assert run.status == 1
    assert "3 documents added" in run.out
    failures = [line.split("\t") for line in run.out.splitlines() if line.startswith(str(tmp_path))]
    assert [Path(failure[0]).name for failure in failures] == ["absent", "broken.docx", "empty.txt"]
    assert all(label and reason for _, label, reason, _ in failures)
    assert "[5/5]" in run.err
    assert len(pba("documents", "list", "--json").json) == 3


def test_again_is_unchanged_and_prune_removes_what_is_gone(
    pba: Any, own_home: Path, tmp_path: Path, write_corpus: Any
) -> None:
    folder = write_corpus(tmp_path / "corpus")
    assert pba("ingest", folder).status == 0
    again = pba("ingest", folder)
    assert (again.status, "3 unchanged" in again.out) == (0, True)
    (folder / "hoa-lac.txt").unlink()
    assert "hoa-lac.txt" in pba("ingest", folder, "--prune").out
    assert {entry["id"] for entry in pba("documents", "list", "--json").json} == {
        "huong-dan.txt",
        "so-tay.md",
    }


def test_on_a_terminal_an_ingestion_shows_a_bar(
    own_home: Path, tmp_path: Path, write_corpus: Any, start: Any
) -> None:
    folder = write_corpus(tmp_path / "corpus")
    parent, child = pty.openpty()
    process = start("ingest", str(folder), stdout=subprocess.PIPE, stderr=child)
    os.close(child)
    shown = b""
    while True:
        try:
            shown += os.read(parent, 65536)
        except OSError:  # the other end is closed
            break
    out, _ = process.communicate(timeout=60)
    text = shown.decode("utf-8", errors="replace")
    assert process.returncode == 0
    assert "3/3" in text
    assert "passages and sentences/s" in text
    assert b"3 documents added" in out


def test_an_interrupted_ingestion_ends_with_130_and_leaves_a_sound_library(
    pba: Any, own_home: Path, tmp_path: Path, start: Any
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(300):
        text = f"Xã số {number} kết nạp {number} đảng viên trong quý này. " * 3
        (folder / f"xa-{number:03}.txt").write_text(text, encoding="utf-8")
    (folder / "aaa.txt").write_bytes(b"")  # fails at once, so that there is a first line to wait for
    process = start("ingest", str(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stderr is not None
    assert b"aaa.txt" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert pba("doctor").status == 0


def test_documents_are_listed_shown_and_named_in_several_ways(pba: Any) -> None:
    listed = pba("documents", "list", "--json").json
    assert {entry["id"] for entry in listed} == {"hoa-lac.txt", "huong-dan.txt", "so-tay.md"}
    lines = pba("documents", "list").out.splitlines()
    assert len(lines) == 4
    assert {len(line.split("\t")) for line in lines} == {7}
    shown = pba("documents", "show", "12-QĐ/HU", "--json").json
    assert shown == pba("documents", "show", "so-tay.md", "--json").json
    assert (shown["kind"], shown["issued_on"]) == ("quy định", "2021-06-30")
    assert shown["provenance"]["number"] == "front matter"
    for passage in shown["passages"]:
        assert shown["text"][passage["start"] : passage["end"]] == passage["text"]
    assert pba("documents", "show", "so-tay.md", "--text").out.rstrip("\n") == shown["text"].rstrip("\n")
    plain = pba("documents", "show", "so-tay.md").out
    assert "Number\t12-QĐ/HU\tfront matter" in plain.replace("number", "Number")
    assert "#1 " in plain


def test_a_misspelt_document_is_refused_and_removes_nothing(
    pba: Any, own_home: Path, place: Path, one_line: Any
) -> None:
    assert pba("ingest", place / "corpus").status == 0
    assert "khong-co" in one_line(pba("documents", "remove", "hoa-lac.txt", "khong-co"), 2)
    assert len(pba("documents", "list", "--json").json) == 3
    assert pba("documents", "remove", "hoa-lac.txt", "so-tay.md").status == 0
    assert [entry["id"] for entry in pba("documents", "list", "--json").json] == ["huong-dan.txt"]


def test_the_doctor_finds_a_damaged_cache_and_repairs_it(pba: Any, own_home: Path, place: Path) -> None:
    assert pba("ingest", place / "corpus").status == 0
    sound = pba("doctor", "--json")
    assert sound.status == 0, sound.out
    assert sound.json["sound"] is True
    assert sound.json["library"]["stats"]["documents"] == 3
    assert sound.json["versions"]["torch"]
    assert {program["name"] for program in sound.json["programs"]} >= {"tesseract", "soffice"}
    caches = [
        path for path in (own_home / "library" / "cache").rglob("*") if path.is_file() and path.stat().st_size
    ]
    for path in caches:
        path.write_bytes(b"damaged" + path.read_bytes()[7:])
    damaged = pba("doctor")
    assert damaged.status == 1
    assert "Fault: " in damaged.out
    repaired = pba("doctor", "--repair")
    assert repaired.status == 0, repaired.out
    assert "Repaired: " in repaired.out
    assert pba("search", "Chi bộ họp khi nào?", "--json").json[0]["document_id"] == "so-tay.md"


def test_without_a_library_the_doctor_finds_no_fault(pba: Any, own_home: Path) -> None:
    run = pba("doctor")
    assert (run.status, "no library yet" in run.out) == (0, True)


def test_the_doctor_names_a_model_that_is_not_there(
    pba: Any, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PBA_EMBEDDING__MODEL", "/khong/co")
    run = pba("doctor", "--json")
    assert run.status == 1
    assert any("embedding.model" in fault for fault in run.json["faults"])
