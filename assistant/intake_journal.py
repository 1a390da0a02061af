"""The list of files handed in, as one small JSON file that survives a kill."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.intake_types import FINISHED, Received, State
from index.durable import write_text_durably

log = logging.getLogger(__name__)

#: Finished files that are remembered; those that wait are never forgotten.
REMEMBERED = 200
_PASSING = ("done", "total", "counted")


class Journal:
    """Reads and writes the list at ``path``. One writer at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> list[Received]:
        """What was written last; a file under way waits again.

        A list that cannot be read is set aside under another name, and the files stay where they are.
        """
        try:
            rows = json.loads(self._path.read_text(encoding="utf-8"))
            return [_entry(row) for row in rows]
        except FileNotFoundError:
            return []
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            aside = self._path.with_name(f"{self._path.name}.{datetime.now(UTC):%Y%m%d%H%M%S}.damaged")
            self._path.replace(aside)
            log.warning("%s was damaged (%s) and is now %s. Ingest its folder.", self._path, error, aside)
            return []

    def write(self, entries: Iterable[Received]) -> None:
        """Put ``entries`` in place of what was there."""
        rows = [_row(entry) for entry in self.bounded(entries)]
        write_text_durably(self._path, json.dumps(rows, ensure_ascii=False, indent=1))

    @staticmethod
    def bounded(entries: Iterable[Received]) -> list[Received]:
        """All that are not finished, and the latest ``REMEMBERED`` that are, in their order."""
        everything = list(entries)
        finished = [entry.id for entry in everything if entry.state in FINISHED]
        dropped = set(finished[: max(0, len(finished) - REMEMBERED)])
        return [entry for entry in everything if entry.id not in dropped]


def _row(entry: Received) -> dict[str, Any]:
    row = {name: value for name, value in asdict(entry).items() if name not in _PASSING}
    if entry.state is State.READING:
        row["state"] = State.WAITING
    for name in ("accepted_at", "finished_at"):
        row[name] = row[name].isoformat() if row[name] else None
    return row


def _entry(row: dict[str, Any]) -> Received:
    known = {field.name for field in fields(Received)} - set(_PASSING)
    values = {name: value for name, value in row.items() if name in known}
    values["state"] = State(values["state"])
    values["accepted_at"] = datetime.fromisoformat(values["accepted_at"])
    if values.get("finished_at"):
        values["finished_at"] = datetime.fromisoformat(values["finished_at"])
    return Received(**values)
