"""Documents of our own writing that come with the package, with questions whose answers are known.

They let a new installation answer at once, and the tests read every format from real files. What each
file is, and where its facts come from, is in this folder's ``README.md``. A package installed as a zip
archive is not supported: the accessors return real paths.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent

#: Questions with known answers about ``documents()``, one JSON object a line.
FACTS: Path = _HERE / "facts.jsonl"


def folder() -> Path:
    """The folder to ingest: every document that needs no program of the system to be read."""
    return _HERE / "documents"


def documents() -> tuple[Path, ...]:
    """The documents in ``folder()``, sorted by name, without their metadata sidecars."""
    return tuple(sorted(path for path in folder().iterdir() if not path.name.endswith(".meta.toml")))


def scan_folder() -> Path:
    """The folder of scanned documents, to ingest where Tesseract and its Vietnamese data are installed."""
    return _HERE / "scan"


def scans() -> tuple[Path, ...]:
    """The documents in ``scan_folder()``: images of pages without a text layer."""
    return tuple(sorted(scan_folder().glob("*.pdf")))
