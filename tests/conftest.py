"""System programs and the browser in tests: installed where that is allowed, else reported as skipped.

``@pytest.mark.system("tesseract")`` names what a test needs. As root on a machine with apt-get it is
installed; otherwise the test is skipped and says why. Where ``CI`` is set, a run in which a test
marked ``system`` or ``browser`` was skipped fails: nobody would read the reason there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from filelock import FileLock

if os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1") != "1":
    # The workers have the processors between them; read when numpy and the engines of models are loaded.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

sys.path.insert(0, str(Path(__file__).parent))

from scripted_model import ScriptedModel

if TYPE_CHECKING:
    from index.types import Embedder

_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "/Library/Fonts")
_REQUIRED_MARKS = ("system", "browser")


class Need(NamedTuple):
    """How to see that something is installed, and Debian's packages that bring it."""

    present: Callable[[], bool]
    packages: tuple[str, ...]


def _command(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def _vietnamese_tesseract() -> bool:
    if shutil.which("tesseract") is None:
        return False
    listing = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return "vie" in listing.stdout.split()


def find_font() -> Path | None:
    """DejaVu Sans, which has every Vietnamese letter."""
    for folder in _FONT_FOLDERS:
        found = sorted(Path(folder).expanduser().rglob("DejaVuSans.ttf"))
        if found:
            return found[0]
    return None


#: Browsers that Playwright can drive as Chromium, by the names of their commands and where they stand.
_CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
_CHROMIUM_PATHS = (
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)


def find_chromium() -> str | None:
    """An installed Chromium, or the one that Playwright has downloaded."""
    found = [shutil.which(name) for name in _CHROMIUM_NAMES]
    found += [path for path in _CHROMIUM_PATHS if Path(path).is_file()]
    return next(filter(None, found), None) or _playwrights_chromium()


def _playwrights_chromium() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """A Chromium to drive: installed, else Debian's where this may be done, else Playwright's own."""
    reason = _install("chromium")
    if reason:
        with FileLock(Path(tempfile.gettempdir()) / "pba-tests-chromium.lock"):
            if _playwrights_chromium() is None:
                _run([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))
    path = find_chromium()
    if path is None:
        pytest.skip(f"{reason}; or: {sys.executable} -m playwright install chromium")
    return path


NEEDS = {
    "chromium": Need(lambda: find_chromium() is not None, ("chromium",)),
    "tesseract": Need(_vietnamese_tesseract, ("tesseract-ocr", "tesseract-ocr-vie")),
    "pdftoppm": Need(_command("pdftoppm"), ("poppler-utils",)),
    "catdoc": Need(_command("catdoc"), ("catdoc",)),
    "soffice": Need(_command("soffice"), ("libreoffice-writer", "libreoffice-impress", "fonts-liberation")),
    "font": Need(lambda: find_font() is not None, ("fonts-dejavu-core",)),
}

#: What was found installed: looking again for each test would start a program or read all fonts' folders.
_seen: set[str] = set()


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what a run makes once; the same one in all processes of ``pytest -n``."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def embedder(run_folder: Path) -> Embedder:
    """The bundled model for tests that are not about it; see ``remembered.py``."""
    from remembered import RememberedEmbedder

    return RememberedEmbedder(run_folder / "embedded")


@pytest.fixture
def scripted_model() -> Iterator[ScriptedModel]:
    """A language model behind real HTTP that says what a test tells it to; see ``scripted_model.py``."""
    model = ScriptedModel()
    yield model
    model.close()


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("system"):
        for name in mark.args:
            reason = _install(name)
            if reason:
                pytest.skip(reason)


def _install(name: str) -> str:
    """Why ``name`` cannot be had, or "" once it is there."""
    need = NEEDS.get(name)
    if need is None:
        return f"{name} is not known to tests/conftest.py"
    if name in _seen:
        return ""
    # One at a time: apt-get locks its database, and other workers may want the same package.
    with FileLock(Path(tempfile.gettempdir()) / "pba-tests-apt.lock"):
        if need.present():
            _seen.add(name)
            return ""
        apt = shutil.which("apt-get")
        if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
            return f"{name} is not installed; run: apt-get install {' '.join(need.packages)}"
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = [apt, "install", "-y", "-q", "--no-install-recommends", *need.packages]
        done = _run(install, environment)
        if done.returncode != 0:
            _run([apt, "update", "-q"], environment)
            done = _run(install, environment)
        if done.returncode != 0 or not need.present():
            said = " ".join(done.stdout.split())[-200:]
            return f"{name} could not be installed: {said}"
    return ""


def _run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )


class _SkipsInCI:
    """Fails a run under CI in which a test marked ``system`` or ``browser`` was skipped."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and any(mark in report.keywords for mark in _REQUIRED_MARKS):
            self.skipped.append(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.skipped and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.skipped:
            terminalreporter.section("skipped, which CI does not allow", red=True)
            for name in self.skipped:
                terminalreporter.write_line(name)


def pytest_configure(config: pytest.Config) -> None:
    in_ci = os.environ.get("CI", "").lower() in ("1", "true", "yes")
    if in_ci and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_SkipsInCI(), "skips-in-ci")
