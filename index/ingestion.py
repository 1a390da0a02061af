"""Files into a library: what is new is read, split, embedded and stored; the rest is passed over."""

from __future__ import annotations

import fnmatch
import glob
import os
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from index.errors import LibraryError
from index.fingerprint import Fingerprints, Known
from index.library import Library
from index.progress import IngestEvent, Progress, Stage
from index.records import FileRecord, Outcome
from ingest.discover import discover
from ingest.errors import AssistantError, FileError, InvariantBroken, PathError
from ingest.load import load
from ingest.options import ReadOptions
from ingest.readers import SUFFIXES
from ingest.split import split
from ingest.types import Document, Passage
from ingest.units import units

#: Raised when more is read out of a text than before (2: relations, 3: units), so that libraries catch up.
RECIPE = 3
#: Texts embedded together, sorted by length; memory and progress set the bound, not speed.
BUFFER_PASSAGES = 2048
#: Longest passage in tokens unless told otherwise: shorter ones are found better than what a model can read.
DEFAULT_MAX_TOKENS = 256
#: Texts handed to the model at once: about a second of work, so that progress moves.
SLICE_PASSAGES = 32
#: Searches elsewhere see what was stored after this long at the latest, plus ten times what that costs.
REFRESH_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingestion did. Files are counted, except ``pruned``, the ids of documents removed.

    Attributes:
        failures: one error a file that could not be stored, in the order of paths.
        passages: stored by this ingestion.
        embedded: of these, those whose vector the catalogue did not have.
        seconds: wall time of all; ``encoder_seconds`` of it inside the embedding model.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    duplicates: int = 0
    pruned: tuple[str, ...] = ()
    failures: tuple[FileError, ...] = ()
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0
    encoder_seconds: float = 0.0


class UnexpectedError(FileError):
    """Reading a file failed in a way nobody foresaw: a defect, but the other files go on."""

    label = "unexpected error"


@dataclass(slots=True)
class _Pending:
    """A document read and split whose texts wait for their vectors."""

    path: Path
    file: FileRecord
    document: Document
    passages: list[Passage]
    quotable: list[list[str]]


@dataclass(slots=True)
class _Counts:
    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    unchanged: int = 0
    passages: int = 0
    embedded: int = 0
    encoder_seconds: float = 0.0
    pruned: list[str] = field(default_factory=list)
    failures: list[FileError] = field(default_factory=list)


def ingest(
    library: Library,
    patterns: Sequence[str | Path],
    *,
    read_options: ReadOptions | None = None,
    max_tokens: int | None = None,
    prune: bool = False,
    on_event: Callable[[IngestEvent], None] | None = None,
    alone: bool = True,
) -> IngestReport:
    """Store the documents of files, folders and glob patterns in ``library``.

    Args:
        max_tokens: longest passage in the embedding model's tokens; never more than it reads.
        prune: remove documents whose files are gone from the given folders.
        on_event: told of each step, in this thread.
        alone: keep other writers out from the first file to the last. Otherwise only while a document is
            stored, which a search finds at once: slower, for few files beside other work.

    A file that cannot be read becomes a failure in the report and the others go on. Each document is
    stored whole or not at all, whatever kills the process; the next ingestion goes on where it stopped.

    Raises:
        LibraryBusy: another process is writing to the library.
        LibraryError: the library or the embedding model cannot be used.
    """
    with library.writing() if alone else nullcontext():
        return _Ingestion(library, read_options or ReadOptions(), max_tokens, on_event, alone).run(
            patterns, prune
        )


class _Ingestion:
    def __init__(
        self,
        library: Library,
        options: ReadOptions,
        max_tokens: int | None,
        on_event: Callable[[IngestEvent], None] | None,
        alone: bool,
    ) -> None:
        self._library = library
        self._alone = alone
        self._embedder = library.embedder
        self._options = options
        most = self._embedder.max_tokens
        self._max_tokens = min(max_tokens or DEFAULT_MAX_TOKENS, most)
        self._progress = Progress(on_event)
        self._counts = _Counts()
        self._pending: list[_Pending] = []
        self._waiting: dict[str, None] = {}
        self._refreshed = time.monotonic()
        self._refresh_cost = 0.0

    def run(self, patterns: Sequence[str | Path], prune: bool) -> IngestReport:
        started = time.perf_counter()
        found = discover(patterns, suffixes=SUFFIXES)
        fingerprints = Fingerprints(self._library.catalogue, recipe=f"{RECIPE} {self._max_tokens}")
        given = {path: _absolute(path) for path in found.files}
        gone = _gone(fingerprints.paths(), patterns, set(given.values())) if prune else []
        self._counts.failures += [f for f in found.failures if not (prune and _absolute(f.path) in gone)]
        self._progress.start(given)
        for path, absolute in given.items():
            self._one(path, absolute, fingerprints)
        self._flush()
        if gone:
            self._prune(gone)
        counts = self._counts
        return IngestReport(
            added=counts.outcomes[Outcome.ADDED],
            replaced=counts.outcomes[Outcome.REPLACED],
            unchanged=counts.unchanged,
            duplicates=counts.outcomes[Outcome.DUPLICATE],
            pruned=tuple(counts.pruned),
            failures=tuple(sorted(counts.failures, key=lambda failure: str(failure.path))),
            passages=counts.passages,
            embedded=counts.embedded,
            seconds=time.perf_counter() - started,
            encoder_seconds=counts.encoder_seconds,
        )

    def _one(self, path: Path, absolute: Path, fingerprints: Fingerprints) -> None:
        self._progress.tell(Stage.STARTED, path)
        try:
            known, file = fingerprints.compare(path, absolute)
            if known is Known.SAME:
                self._counts.unchanged += 1
                self._progress.finish(Stage.UNCHANGED, path)
                return
            if known is Known.TOUCHED:
                with self._library.transaction() as tx:
                    tx.touch_file(file)
                self._counts.unchanged += 1
                self._progress.finish(Stage.UNCHANGED, path)
                return
            document = load(
                path,
                options=self._options,
                on_page=lambda done, total: self._progress.tell(Stage.PAGE, path, page=done, pages=total),
            )
            parts = split(document, count_tokens=self._embedder.count_tokens, max_tokens=self._max_tokens)
            for passage in parts:
                passage.check(document)
            quotable = [[unit.meaning for unit in units(document, passage)] for passage in parts]
        except Exception as error:
            self._fail(path, error)
            return
        self._progress.tell(Stage.READ, path, passages=len(parts))
        self._pending.append(_Pending(path, file, document, list(parts), quotable))
        texts = chain((passage.text for passage in parts), chain.from_iterable(quotable))
        self._waiting.update(dict.fromkeys(texts))
        if len(self._waiting) >= BUFFER_PASSAGES:
            self._flush()

    def _flush(self) -> None:
        """Embed the texts that wait, the shortest together, and store their documents."""
        missing = self._library.missing_vectors(list(self._waiting)) if self._waiting else []
        self._progress.expect(len(self._waiting) - len(missing), len(missing))
        missing.sort(key=len)
        for start in range(0, len(missing), SLICE_PASSAGES):
            texts = missing[start : start + SLICE_PASSAGES]
            # Kept at once: a kill costs a slice, not the hours that a large file may take.
            self._counts.encoder_seconds += self._library.embed(texts)
            self._counts.embedded += len(texts)
            self._progress.embedded(len(texts))
        self._waiting.clear()
        pending, self._pending = self._pending, []
        for waiting in pending:
            self._store(waiting)
        self._refresh_if_due()

    def _store(self, waiting: _Pending) -> None:
        try:
            with self._library.transaction() as tx:
                document_id, outcome = tx.add_or_replace(
                    waiting.document, waiting.passages, file=waiting.file, quotable=waiting.quotable
                )
        except LibraryError:
            raise  # not this file's fault: a full disk, a damaged catalogue
        except Exception as error:
            self._fail(waiting.path, error)
            return
        self._counts.outcomes[outcome] += 1
        stored = 0 if outcome is Outcome.DUPLICATE else len(waiting.passages)
        self._counts.passages += stored
        self._progress.finish(
            Stage.DUPLICATE if outcome is Outcome.DUPLICATE else Stage.STORED,
            waiting.path,
            document_id=document_id,
            passages=stored,
        )

    def _prune(self, gone: Iterable[Path]) -> None:
        for path in gone:
            with self._library.transaction() as tx:
                removed = tx.unlink_file(path)
            if removed is not None:
                self._counts.pruned.append(removed)
            self._progress.tell(Stage.PRUNED, path, document_id=removed)

    def _refresh_if_due(self) -> None:
        now = time.monotonic()
        if self._alone and now - self._refreshed > REFRESH_SECONDS + 10 * self._refresh_cost:
            self._library.refresh()
            self._refreshed = time.monotonic()
            self._refresh_cost = self._refreshed - now

    def _fail(self, path: Path, error: Exception) -> None:
        if isinstance(error, LibraryError):
            raise error
        if isinstance(error, FileError):
            failure = error
        elif isinstance(error, OSError) and error.filename is not None:
            reason = f"cannot be opened ({error.strerror or error})."
            failure = PathError(os.fsdecode(error.filename), reason, "Check its permissions.")
        else:
            what = str(error) if isinstance(error, AssistantError) else f"{type(error).__name__}: {error}"
            fix = "This is a defect of the program." if isinstance(error, InvariantBroken) else ""
            failure = UnexpectedError(path, " ".join(what.split()) or type(error).__name__, fix)
            failure.__cause__ = error
        self._counts.failures.append(failure)
        self._progress.finish(Stage.FAILED, path, error=failure)


def _absolute(path: Path) -> Path:
    # Not resolved: a link is another name, and its target may change.
    return Path(os.path.normpath(path.expanduser().absolute()))


def _gone(recorded: Iterable[Path], patterns: Sequence[str | Path], found: set[Path]) -> list[Path]:
    """Recorded files under ``patterns`` that exist no more.

    Nothing under a folder that is itself absent: it may be a disk that is not there today.
    """
    places = [str(_absolute(Path(pattern))) for pattern in patterns]
    folders = [place for place in places if Path(place).is_dir()]
    globs = [place for place in places if glob.has_magic(place) and not os.path.lexists(place)]

    def meant(path: Path) -> bool:
        name = str(path)
        return (
            name in places
            or any(path.is_relative_to(folder) for folder in folders)
            or any(fnmatch.fnmatchcase(name, pattern) for pattern in globs)
        )

    return sorted(
        path for path in recorded if path not in found and not os.path.lexists(path) and meant(path)
    )
