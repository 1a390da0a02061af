"""Files handed in by a browser: kept durably, then read one after the other by one thread.

What was accepted is written down before the caller is told so; a process that is killed takes up at its
next start what it had accepted and not read. Each document is stored whole or not at all.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.file_names import clean_name, free_name
from assistant.intake_journal import Journal
from assistant.intake_types import FINISHED, Received, State
from index.durable import sync_folder
from index.errors import LibraryBusy
from index.ingestion import IngestReport, ingest
from index.library import Library
from index.progress import IngestEvent, Stage
from index.shelf import document_of_bytes
from ingest.errors import AssistantError, FileError
from ingest.options import MIB, ReadOptions
from ingest.readers import SUFFIXES

log = logging.getLogger(__name__)

#: Seconds until a library that another process is writing to is tried again.
BUSY_PAUSE = 2.0
#: Seconds that ``close`` waits for the file under way; what is not stored by then is read again next time.
CLOSE_SECONDS = 5.0
_CHUNK = 1 << 20


class _Stopped(BaseException):
    """Ends the ingestion of a file at its next step. No ``Exception``: that would count as a bad file."""


class Intake:
    """Takes files into a library in the background. Safe in several threads.

    Args:
        folder: where the files are kept, made if absent.
        max_tokens: longest passage, as for ``index.ingestion.ingest``.
        on_newer: told of the document that a newer file of the same name stands for, after that is stored.

    Raises:
        LibraryBusy: another process uses the folder.
    """

    def __init__(
        self,
        library: Library,
        folder: Path,
        *,
        options: ReadOptions | None = None,
        max_tokens: int | None = None,
        on_newer: Callable[[str], object] | None = None,
    ) -> None:
        self.folder = folder
        self.options = options or ReadOptions()
        self._library = library
        self._max_tokens = max_tokens
        self._on_newer = on_newer
        self._incoming = folder / ".incoming"
        self._changed = threading.Condition()
        self._closing = False
        self._thread: threading.Thread | None = None
        self._incoming.mkdir(parents=True, exist_ok=True)
        # Held until the process ends: another one would take the files under way for left ones.
        self._lock = FileLock(folder / ".lock", thread_local=False)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise LibraryBusy(
                f"Another process takes documents into {folder} ({self._lock.lock_file} is locked). "
                "Close it, or set another home."
            ) from None
        self._journal = Journal(folder / ".intake.json")
        self._files: dict[str, Received] = {entry.id: entry for entry in self._journal.read()}
        self._take_up()

    # ---- what others ask

    def received(self) -> tuple[Received, ...]:
        """Every file of the list, the latest first."""
        with self._changed:
            return tuple(reversed(self._files.values()))

    @property
    def busy(self) -> bool:
        """Whether a file is read or waits."""
        with self._changed:
            return any(entry.state not in FINISHED for entry in self._files.values())

    def wait(self, timeout: float) -> bool:
        """Wait until nothing is left to read; whether that came about in time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self.busy, timeout)

    def accept(self, path: Path, name: str, *, newer: bool = False) -> Received:
        """Keep a copy of the file at ``path``, to be read soon. Nothing is raised: a refusal is a result.

        Args:
            name: as its owner calls it.
            newer: it takes the place of the document of that file name, once it has been read.
        """
        entry = Received(secrets.token_hex(8), " ".join(name.split())[:300], clean_name(name), _now())
        try:
            entry = self._kept(entry, path, newer)
        except FileError as error:
            entry = _failed(entry, error.label, error.reason, error.fix)
        except OSError as error:
            log.warning("A file could not be kept: %s", error)
            reason = f"cannot be kept in {self.folder} ({error.strerror or error})."
            entry = _failed(
                entry, "not kept", reason, "Free some space on the disk, or check the permissions."
            )
        with self._changed:
            self._put(entry)
        self.start()
        return entry

    def reread(self, path: Path) -> None:
        """Read a file that is in the library once more, because what its owner says of it has changed."""
        with self._changed:
            self._put(Received(secrets.token_hex(8), path.name, str(path.absolute()), _now()))
        self.start()

    def retry(self, received_id: str) -> None:
        """Read a failed file once more; without effect on any other."""
        with self._changed:
            entry = self._files.get(received_id)
            if entry is None or entry.state is not State.FAILED or not entry.kept:
                return
            self._put(replace(entry, state=State.WAITING, label="", reason="", fix="", finished_at=None))
        self.start()

    def discard(self, received_id: str) -> None:
        """Take a finished file off the list; the copy of one that failed is deleted."""
        with self._changed:
            entry = self._files.get(received_id)
            if entry is None or entry.state not in FINISHED:
                return
            del self._files[received_id]
            self._journal.write(self._files.values())
        if entry.state is State.FAILED and entry.kept:
            (self.folder / entry.stored).unlink(missing_ok=True)

    def clear(self) -> None:
        """Take every file that was read well off the list."""
        for entry in self.received():
            if entry.state in FINISHED and entry.state is not State.FAILED:
                self.discard(entry.id)

    # ---- the thread

    def start(self) -> None:
        """Begin to read what waits, unless that is under way."""
        with self._changed:
            self._changed.notify_all()
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._work, name="intake", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Stop at the next step; what was not read waits for the next start."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(CLOSE_SECONDS)
        self._lock.release()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._next() is not None)
                entry = self._next()
                if self._closing or entry is None:
                    return
                self._show(replace(entry, state=State.READING))
            try:
                done = self._read(entry)
            except _Stopped:
                return
            except LibraryBusy:
                with self._changed:
                    self._show(entry)
                    self._changed.wait_for(lambda: self._closing, BUSY_PAUSE)
                continue
            except Exception as error:
                if not isinstance(error, AssistantError):
                    log.exception("A file could not be taken in.")
                done = _failed(entry, "library", str(error) or type(error).__name__, "")
            with self._changed:
                self._put(done)

    def _next(self) -> Received | None:
        return next((entry for entry in self._files.values() if entry.state is State.WAITING), None)

    def _read(self, entry: Received) -> Received:
        document_id: str | None = None
        error: FileError | None = None

        def follow(event: IngestEvent) -> None:
            nonlocal document_id, error
            if self._closing:
                raise _Stopped
            document_id = event.document_id or document_id
            error = event.error or error
            with self._changed:
                self._show(_progressed(self._files.get(entry.id, entry), event))

        path = self.folder / entry.stored
        report = ingest(
            self._library,
            [path],
            read_options=self.options,
            max_tokens=self._max_tokens,
            on_event=follow,
            alone=False,
        )
        failures = report.failures or ((error,) if error else ())
        if failures:
            failure = failures[0]
            return _failed(entry, failure.label, failure.reason, failure.fix)
        state = _outcome(report)
        if state is State.UNCHANGED or document_id is None:
            document_id = document_of_bytes(self._library, entry.sha256) or document_id
        if entry.newer_than and state is State.ADDED and entry.newer_than != document_id:
            if self._on_newer is not None:
                self._on_newer(entry.newer_than)
            state = State.CHANGED
        return replace(entry, state=state, document_id=document_id, finished_at=_now())

    # ---- keeping files

    def _kept(self, entry: Received, path: Path, newer: bool) -> Received:
        suffix = Path(entry.stored).suffix
        if suffix.lower() not in SUFFIXES:
            from ingest.errors import UnsupportedType

            known = " ".join(sorted(SUFFIXES))
            raise UnsupportedType(entry.name, f"files of type {suffix or '(none)'} cannot be read.", known)
        size = path.stat().st_size
        if size > self.options.max_bytes:
            from ingest.errors import TooLarge

            most = self.options.max_bytes / MIB
            reason = f"has {size / MIB:.1f} MiB, more than the {most:.1f} MiB allowed."
            raise TooLarge(entry.name, reason, "Split it, or raise ingest.max_bytes.")
        part = self._incoming / entry.id
        try:
            entry = replace(entry, size=size, sha256=_copy(path, part))
            return self._placed(entry, part, newer)
        finally:
            part.unlink(missing_ok=True)

    def _placed(self, entry: Received, part: Path, newer: bool) -> Received:
        """Give the copy its name, unless its content is here already."""
        known = document_of_bytes(self._library, entry.sha256)
        if known is not None:
            return replace(entry, state=State.UNCHANGED, document_id=known, finished_at=_now())
        with self._changed:
            for other in self._files.values():
                if other.sha256 == entry.sha256 and other.kept and (self.folder / other.stored).is_file():
                    del self._files[other.id]  # the same file, handed in again before it was read
                    return replace(entry, stored=other.stored, kept=True)
            names = {other.stored for other in self._files.values() if other.state not in FINISHED}
            stored = free_name(
                entry.stored, lambda name: name in names or os.path.lexists(self.folder / name)
            )
            older = self._document_named(entry.stored) if newer else None
            entry = replace(entry, stored=stored, newer_than=older, kept=True)
            # First the entry, then the file in its place: a file nobody knows of would never be read.
            self._put(entry)
            part.replace(self.folder / stored)
        sync_folder(self.folder)
        return entry

    def _document_named(self, name: str) -> str | None:
        """The one document of a file name; ``None`` where there is none, or no telling which."""
        found = [entry.id for entry in self._library.documents() if name in entry.names]
        return found[0] if len(found) == 1 else None

    def _take_up(self) -> None:
        """After a start: finish what the last process had begun."""
        for entry in list(self._files.values()):
            part, path = self._incoming / entry.id, self.folder / entry.stored
            if entry.kept and not path.exists() and part.is_file():
                part.replace(path)
            elif entry.state not in FINISHED and not path.exists():
                reason = "is no longer in the folder of documents."
                self._files[entry.id] = _failed(entry, "bad path", reason, "Hand it in again.")
        for left in self._incoming.iterdir():
            with suppress(OSError):
                left.unlink()

    def _put(self, entry: Received) -> None:
        self._files[entry.id] = entry
        self._journal.write(self._files.values())
        self._files = {kept.id: kept for kept in self._journal.bounded(self._files.values())}
        self._changed.notify_all()

    def _show(self, entry: Received) -> None:
        """Like ``_put``, for what need not survive a restart."""
        if entry.id in self._files:
            self._files[entry.id] = entry
            self._changed.notify_all()


def _copy(path: Path, to: Path) -> str:
    """Copy a file so that a power cut does not take it back; gives the SHA-256 of its bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as source, to.open("wb") as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    shutil.copymode(path, to, follow_symlinks=True)
    return digest.hexdigest()


def _outcome(report: IngestReport) -> State:
    if report.added:
        return State.ADDED
    if report.replaced:
        return State.CHANGED
    return State.DUPLICATE if report.duplicates else State.UNCHANGED


def _progressed(entry: Received, event: IngestEvent) -> Received:
    if event.stage is Stage.PAGE:
        return replace(entry, done=event.page or 0, total=event.pages or 0, counted="pages")
    if event.stage is Stage.EMBEDDED:
        total = event.passages_done + event.passages_waiting
        return replace(entry, done=event.passages_done, total=total, counted="passages")
    return entry


def _failed(entry: Received, label: str, reason: str, fix: str) -> Received:
    return replace(
        entry, state=State.FAILED, label=label, reason=reason, fix=fix, finished_at=_now(), done=0, total=0
    )


def _now() -> datetime:
    return datetime.now(UTC)
