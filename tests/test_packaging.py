"""The wheel holds everything the program needs, and works where the source tree is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("assistant", "index", "ingest", "prompts", "ui")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built by its own build backend."""
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [built] = target.glob("*.whl")
    return built


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert wanted - packed == set()
    for kind in ("index/migrations/versions/", "prompts/", "ingest/sample_corpus/documents/", "ui/static/"):
        assert any(name.startswith(kind) and not name.endswith("__init__.py") for name in packed), kind


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


PROBE = """
import json, sys
from importlib.metadata import entry_points
from pathlib import Path
import assistant, index, ingest, prompts, ui
from assistant.cli import main
from assistant.evaluate.facts import read_facts
from index.migrations import __file__ as migrations
from ingest.sample_corpus import FACTS, documents
status = main(["documents", "list", "--json"])
print(json.dumps({
    "homes": sorted({str(Path(p.__file__).parent.parent) for p in (assistant, index, ingest, prompts, ui)}),
    "documents": len(documents()),
    "facts": len(read_facts(FACTS)),
    "migrations": len(list((Path(migrations).parent / "versions").glob("*.py"))),
    "page": entry_points(group="pba.pages", name="chat")["chat"].value,
    "status": status,
}), file=sys.stderr)
"""


def test_an_installed_wheel_works_without_the_source_tree(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--no-index",
            "--target",
            str(site),
            str(wheel),
        ],
        check=True,
        capture_output=True,
    )
    environment = {**os.environ, "PYTHONPATH": str(site), "PBA_HOME": str(tmp_path / "home")}
    ran = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stderr.splitlines()[-1])
    assert found["homes"] == [str(site)]
    assert json.loads(ran.stdout) == []
    assert found["status"] == 0
    assert found["documents"] >= 8
    assert found["facts"] >= 20
    assert found["migrations"] >= 1
    assert found["page"] == "ui.launch:launch"
