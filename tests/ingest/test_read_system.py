"""The rules of tests/conftest.py for system programs, tried on a run of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
@pytest.mark.parametrize("mark", ['system("no-such-program")', "browser"])
def test_a_skipped_system_test_fails_the_run_only_in_ci(
    tmp_path: Path, ci: str, status: int, mark: str
) -> None:
    for name in ("conftest.py", "scripted_model.py"):
        shutil.copy(CONFTEST.with_name(name), tmp_path / name)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  system: x\n  browser: x\n")
    body = "pytest.skip('no browser')" if mark == "browser" else "raise AssertionError"
    (tmp_path / "test_a.py").write_text(
        f"import pytest\n\n@pytest.mark.{mark}\ndef test_a(): {body}\n\ndef test_b(): pass\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        env={**os.environ, "CI": ci, "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert "1 passed, 1 skipped" in done.stdout
    assert done.returncode == status, done.stdout
    assert ("CI does not allow" in done.stdout) == bool(status)
