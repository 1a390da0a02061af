"""What an ingestion tells while it runs: enough for a bar with files, passages, speed and time left."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ingest.errors import FileError


class Stage(StrEnum):
    """What just happened. The last four of a file end it; ``PRUNED`` is about a file that is gone."""

    STARTED = "started"
    PAGE = "page"
    READ = "read"
    EMBEDDED = "embedded"
    STORED = "stored"
    DUPLICATE = "duplicate"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    PRUNED = "pruned"


@dataclass(frozen=True, slots=True)
class IngestEvent:
    """One step of an ingestion, with where the whole of it stands.

    Attributes:
        path: the file it is about; ``None`` for ``EMBEDDED``, which is about several.
        files_done, files_total: files stored, passed over or failed, of all.
        passages_done: passages, and sentences that can be quoted, that have their vector, in this ingestion.
        passages_waiting: those read whose vector is still to be made.
        passages_per_second: made by the model so far.
        seconds_left: estimated from the bytes of the files done; ``None`` at the beginning.
        page, pages: of a file that is being recognised, in ``PAGE``.
        passages: of the file, in ``READ`` and ``STORED``.
        document_id: in ``STORED``, ``DUPLICATE`` and ``PRUNED``; ``None`` if another name keeps the document.
        error: in ``FAILED``.
    """

    stage: Stage
    path: Path | None
    files_done: int
    files_total: int
    passages_done: int
    passages_waiting: int
    passages_per_second: float
    seconds: float
    seconds_left: float | None
    page: int | None = None
    pages: int | None = None
    passages: int | None = None
    document_id: str | None = None
    error: FileError | None = None


class Progress:
    """Counts along and tells a listener."""

    def __init__(self, listener: Callable[[IngestEvent], None] | None) -> None:
        self._listener = listener
        self._started = time.monotonic()
        self._sizes: dict[Path, int] = {}
        self._total_bytes = 0
        self._done_bytes = 0
        self._files_done = 0
        self._free = 0
        self._made = 0
        self._waiting = 0
        self._read_bytes = 0
        self._batch = 0
        self._batch_made = 0

    def start(self, files: Mapping[Path, Path]) -> None:
        """Say which files there are; the sum of their sizes is the work."""
        for path, absolute in files.items():
            self._sizes[path] = 1
            with contextlib.suppress(OSError):
                self._sizes[path] += absolute.stat().st_size
        self._total_bytes = sum(self._sizes.values())

    def tell(
        self,
        stage: Stage,
        path: Path | None,
        *,
        page: int | None = None,
        pages: int | None = None,
        passages: int | None = None,
        document_id: str | None = None,
        error: FileError | None = None,
    ) -> None:
        """Tell the listener of a step."""
        if stage is Stage.READ:
            self._waiting += passages or 0
            self._read_bytes += self._sizes.get(path, 0) if path else 0
        if self._listener is None:
            return
        seconds = time.monotonic() - self._started
        share = self._share()
        self._listener(
            IngestEvent(
                stage=stage,
                path=path,
                files_done=self._files_done,
                files_total=len(self._sizes),
                passages_done=self._free + self._made,
                passages_waiting=self._waiting,
                passages_per_second=self._made / seconds if seconds > 0 else 0.0,
                seconds=seconds,
                seconds_left=seconds * (1 - share) / share if share > 0 else None,
                page=page,
                pages=pages,
                passages=passages,
                document_id=document_id,
                error=error,
            )
        )

    def finish(
        self,
        stage: Stage,
        path: Path,
        *,
        document_id: str | None = None,
        passages: int | None = None,
        error: FileError | None = None,
    ) -> None:
        """Tell of the last step of a file."""
        self._files_done += 1
        if stage in (Stage.UNCHANGED, Stage.FAILED):
            # Costs nothing worth counting, and would make the estimate too hopeful.
            self._total_bytes -= self._sizes.get(path, 0)
        else:
            self._done_bytes += self._sizes.get(path, 0)
            self._read_bytes = max(0, self._read_bytes - self._sizes.get(path, 0))
        self.tell(stage, path, document_id=document_id, passages=passages, error=error)

    def expect(self, free: int, to_make: int) -> None:
        """Say how many of the waiting passages have their vector already, and how many need one."""
        self._free += free
        self._waiting = self._batch = to_make
        self._batch_made = 0

    def embedded(self, count: int) -> None:
        """Say that ``count`` more passages have their vector."""
        self._made += count
        self._batch_made += count
        self._waiting -= count
        self.tell(Stage.EMBEDDED, None)

    def _share(self) -> float:
        """How much of the work is done, by the bytes of the files: 0 to 1."""
        under_way = self._read_bytes * self._batch_made / self._batch if self._batch else 0.0
        return min(1.0, (self._done_bytes + under_way) / self._total_bytes) if self._total_bytes else 0.0
