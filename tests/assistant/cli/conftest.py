"""A folder of three documents, a home whose library holds them, and ways to run ``pba``."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from assistant.settings import setting_names, variable_name

GUIDANCE = """HƯỚNG DẪN
về mở lớp bồi dưỡng nhận thức về Đảng tại xã An Bình

Số 04-HD/ĐU

1. Đối tượng học
Quần chúng ưu tú do chi đoàn hoặc công đoàn giới thiệu, được chi bộ xem xét trước ngày 15 tháng 3.

2. Thời gian và nội dung
Mỗi lớp học 5 ngày liên tục, gồm 5 chuyên đề và một buổi thảo luận. Cuối lớp, học viên viết bài thu hoạch.

3. Kinh phí
Kinh phí mở lớp lấy từ ngân sách xã. Chi bộ không thu tiền của học viên.
"""

REPORT = """Xã Hòa Lạc kết nạp đảng viên trẻ

Trong năm 2023, Đảng bộ xã Hòa Lạc kết nạp 27 đảng viên, trong đó có 16 đoàn viên thanh niên.

Khó khăn lớn nhất là nhiều quần chúng ưu tú đi làm ăn xa, thời gian sinh hoạt không ổn định.
"""

NOTES = """---
title: Sổ tay công tác chi bộ
number: 12-QĐ/HU
kind: quy định
issuer: Huyện ủy Bát Xát
issued_on: 2021-06-30
---

# Sổ tay công tác chi bộ

Chi bộ họp thường kỳ mỗi tháng một lần vào ngày 5. Biên bản cuộc họp được lưu 10 năm tại văn phòng.
"""


def make_corpus(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "huong-dan.txt").write_text(GUIDANCE, encoding="utf-8")
    (folder / "hoa-lac.txt").write_text(REPORT, encoding="utf-8")
    (folder / "so-tay.md").write_text(NOTES, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with ``corpus/`` and a home whose library holds it; the working directory is empty."""
    folder = tmp_path_factory.mktemp("pba")
    make_corpus(folder / "corpus")
    (folder / "work").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for name in setting_names():
            patch.delenv(variable_name(name), raising=False)
        patch.setenv("PBA_HOME", str(folder / "home"))
        patch.setenv("PBA_LANGUAGE", "en")
        patch.chdir(folder / "work")
        assert main(["ingest", str(folder / "corpus")]) == 0
        yield folder


@pytest.fixture
def own_home(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for a test that changes the library; the unpacked model is shared."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("PBA_HOME", str(home))
    if (place / "home" / "cache").exists():
        (home / "cache").symlink_to(place / "home" / "cache")
    return home


class Run:
    """What one command did."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def pba(place: Path, capfd: pytest.CaptureFixture[str]) -> Any:
    """Runs a command in this process and hands back status and output."""

    def run(*arguments: str | Path) -> Run:
        capfd.readouterr()
        status = main([str(argument) for argument in arguments])
        return Run(status, *capfd.readouterr())

    return run


@pytest.fixture
def write_corpus() -> Callable[[Path], Path]:
    """Makes a folder with three documents."""
    return make_corpus


@pytest.fixture
def start(place: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts a command as a process of its own, which ends with the test at the latest."""
    started: list[subprocess.Popen[bytes]] = []

    def run(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
        program = "import sys; from assistant.cli import main; sys.exit(main())"
        process = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            # A test run in the background of a shell passes on that SIGINT is to be ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            **options,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def one_line() -> Callable[[Run, int], str]:
    """The error of a command that failed as it should: one line, no traceback, nothing on stdout."""

    def check(run: Run, status: int) -> str:
        assert run.status == status, run.err
        assert run.out == ""
        assert "Traceback" not in run.err
        [line] = run.err.splitlines()
        assert line.startswith("pba: ")
        return line

    return check
