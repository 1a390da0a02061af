"""Whether a file is still the one that was ingested."""

from __future__ import annotations

import hashlib
from enum import Enum
from pathlib import Path

from sqlalchemy import RowMapping, select

from index.catalogue import Catalogue
from index.records import FileRecord
from index.schema import files
from ingest.sidecar import sidecar_paths


class Known(Enum):
    """How a file compares with its record. ``TOUCHED``: same content, another time."""

    NEW = "new"
    CHANGED = "changed"
    TOUCHED = "touched"
    SAME = "same"


class Fingerprints:
    """The catalogue's records of files, read once.

    Args:
        recipe: how documents are split; a file split by another recipe counts as changed.
    """

    def __init__(self, catalogue: Catalogue, *, recipe: str) -> None:
        self._recipe = recipe
        with catalogue.read() as connection:
            rows = connection.execute(select(files)).mappings().all()
        self._rows: dict[str, RowMapping] = {row["path"]: row for row in rows}

    def paths(self) -> list[Path]:
        """Every recorded file."""
        return [Path(path) for path in self._rows]

    def compare(self, given: Path, absolute: Path) -> tuple[Known, FileRecord]:
        """How a file compares with its record, and the record it should have now.

        Size and time of change decide if they are the same as before; else the content does. The
        metadata file beside it (``name.meta.toml``) counts as part of it.

        Raises:
            OSError: the file cannot be read.
        """
        row = self._rows.get(str(absolute))
        first, second = sidecar_paths(absolute)
        sidecar = first if first.is_file() else second
        stat = absolute.stat()
        beside = sidecar.stat() if sidecar.is_file() else None
        times = (
            stat.st_size,
            stat.st_mtime_ns,
            beside.st_size if beside else None,
            beside.st_mtime_ns if beside else None,
        )
        before = row and (row["size"], row["mtime_ns"], row["sidecar_size"], row["sidecar_mtime_ns"])
        same_times = before == times and row is not None and row["recipe"] == self._recipe
        file = FileRecord(
            path=absolute,
            given=str(given),
            sha256=row["sha256"] if same_times and row else _digest(absolute),
            size=stat.st_size,
            mtime_ns=stat.st_mtime_ns,
            sidecar_sha256=_digest(sidecar) if beside else None,
            sidecar_size=beside.st_size if beside else None,
            sidecar_mtime_ns=beside.st_mtime_ns if beside else None,
            recipe=self._recipe,
        )
        if row is None:
            return Known.NEW, file
        same = (row["sha256"], row["sidecar_sha256"], row["recipe"]) == (
            file.sha256,
            file.sidecar_sha256,
            file.recipe,
        )
        if not same:
            return Known.CHANGED, file
        return Known.SAME if same_times else Known.TOUCHED, file


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
