"""What a run has asked so far, kept as it comes: one that was interrupted goes on where it was.

The file is JSON Lines: the conditions of the run, then a line for each outcome. A line that a kill cut off is
dropped, and its case is asked again. Nothing is kept of a run that has ended: its folder tells all.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from pydantic import TypeAdapter, ValidationError

from assistant.errors import BadFacts
from assistant.evaluate.asking import ask_all
from assistant.evaluate.conditions import differing
from assistant.evaluate.facts import Case
from assistant.evaluate.response import Outcome, System
from index.durable import write_text_durably

ASKED: Final = "asked.jsonl"
#: Layout of the file; another number cannot be gone on with.
FORMAT: Final = 1
_OUTCOME: Final = TypeAdapter(Outcome)


class Kept:
    """The outcomes of a run that has not ended.

    Attributes:
        outcomes: case id → outcome, what earlier sittings asked among them.
        began: when the first question was asked, UTC.
        resumed: how many outcomes earlier sittings left.
    """

    def __init__(self, folder: Path, *, system: str, began: datetime, conditions: Mapping[str, Any]) -> None:
        """Begin, or go on with what ``folder`` holds.

        Raises:
            BadFacts: it holds what was asked under other conditions, or cannot be read.
        """
        self._path = folder / ASKED
        self.outcomes: dict[str, Outcome] = {}
        self.began = began
        head = {"format": FORMAT, "system": system, "began": began.isoformat(), "conditions": conditions}
        if self._path.exists():
            self._read(json.loads(json.dumps(head)))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            write_text_durably(self._path, json.dumps(head, ensure_ascii=False) + "\n")
        self.resumed = len(self.outcomes)

    def ask(
        self, cases: Sequence[Case], system: System, *, timeout: float | None = None
    ) -> Iterator[Outcome]:
        """Ask what was not asked yet; each outcome is on the disk before it is given out."""
        left = [case for case in cases if case.id not in self.outcomes]
        with self._path.open("ab") as file:
            for outcome in ask_all(left, system, timeout=timeout):
                _append(file, _OUTCOME.dump_json(outcome))
                self.outcomes[outcome.case_id] = outcome
                yield outcome

    def drop(self) -> None:
        """Forget it: the run has ended, and is written."""
        self._path.unlink(missing_ok=True)

    def _read(self, head: dict[str, Any]) -> None:
        lines = whole_lines(self._path)
        try:
            kept = json.loads(lines[0])
            other = [name for name in differing(kept, head) if name != "began"]
            self.began = datetime.fromisoformat(kept["began"])
            self.outcomes = {
                outcome.case_id: outcome for outcome in (_OUTCOME.validate_json(entry) for entry in lines[1:])
            }
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, ValidationError) as error:
            raise BadFacts(
                f"{self._path}: cannot be read ({error}). Name another folder, or delete this one."
            ) from None
        if other:
            raise BadFacts(
                f"{self._path.parent}: what was asked there so far was asked under other conditions"
                f" ({', '.join(other)}). Name another folder, or restore them."
            )


def whole_lines(path: Path) -> list[bytes]:
    """The lines of a file that was appended to; a last one without its end is cut off, in the file too."""
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if len(whole) < len(content):
        with path.open("r+b") as file:
            file.truncate(len(whole))
    return whole.splitlines()


def _append(file: BinaryIO, entry: bytes) -> None:
    file.write(entry + b"\n")
    file.flush()
    os.fsync(file.fileno())


def append_line(path: Path, entry: Mapping[str, Any]) -> None:
    """Add a JSON line to a file; it is on the disk when this returns."""
    with path.open("ab") as file:
        _append(file, json.dumps(entry, ensure_ascii=False).encode())
