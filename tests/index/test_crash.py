"""A process that writes is killed at random moments; the library it leaves must be sound each time."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from handmade import HashingEmbedder

from index.checkup import check
from index.ingestion import ingest
from index.library import Library

ROOT = Path(__file__).parents[2]
KILLS = 8


def start(library: Path, folder: Path) -> subprocess.Popen[str]:
    worker = Path(__file__).with_name("crash_worker.py")
    process = subprocess.Popen(
        [sys.executable, str(worker), str(library), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def write_documents(folder: Path) -> None:
    folder.mkdir()
    for number in range(30):
        lines = [f"Chi bộ {number} họp lần {turn}, có {number * 7 + turn} đảng viên." for turn in range(12)]
        text = "\n\n".join([f"# Biên bản {number}", *lines, ""])
        (folder / f"{number:02}.md").write_text(text, "utf-8")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_library_is_sound_after_each_kill(tmp_path: Path) -> None:
    library, folder = tmp_path / "library", tmp_path / "documents"
    write_documents(folder)
    moments = random.Random(20260731)
    for _ in range(KILLS):
        process = start(library, folder)
        time.sleep(moments.uniform(0.0, 1.6))
        assert process.poll() is None, "the worker ended by itself"
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert check(library, embedder=HashingEmbedder()) == []
        with Library.open(library, embedder=HashingEmbedder(), read_only=True) as opened:
            for document in opened.documents():
                assert opened.passages(document.id)
    with Library.open(library, embedder=HashingEmbedder()) as opened:
        report = ingest(opened, [folder], prune=True)
        assert report.failures == ()
        assert {document.id for document in opened.documents()} == {path.name for path in folder.glob("*.md")}
        hit = opened.search("Chi bộ 17 họp", k=1)[0]
        assert hit.document.id == "17.md"
    assert check(library, embedder=HashingEmbedder()) == []
