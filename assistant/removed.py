"""Documents removed on the page: out of the search at once, and back again while they are kept.

Each removed document is one JSON file that holds everything of it, and a folder with its files where they
were ours. In which order things are written makes a kill at any moment leave the document in the library
or among the removed ones, whole.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.file_names import free_name
from index.durable import sync_folder, write_text_durably
from index.library import Library
from index.shelf import document_of_text, forget, put_back, snapshot
from ingest.sidecar import sidecar_paths

#: How long a removed document can come back.
KEPT = timedelta(days=30)


class NotRemoved(AssistantError):
    """A removed document is asked for that is not kept, or no longer."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A removed document that can come back until ``until``."""

    id: str
    document_id: str
    title: str
    number: str | None
    passages: int
    removed_at: datetime
    until: datetime


class RemovedDocuments:
    """Removes documents of a library, keeps them for ``KEPT``, and puts them back.

    Args:
        folder: of the removed documents, made if absent.
        own: the folder whose files go and come with their documents; files elsewhere are never touched.
    """

    def __init__(self, library: Library, folder: Path, *, own: Path) -> None:
        self._library = library
        self._folder = folder
        self._own = own
        folder.mkdir(parents=True, exist_ok=True)

    def remove(self, document_id: str) -> Removed:
        """Take a document out of the library.

        Raises:
            UnknownDocument: there is none of that id.
            LibraryBusy: another process is writing to the library.
        """
        removed_id = secrets.token_hex(8)
        taken = snapshot(self._library, document_id)
        record = {"removed_at": datetime.now(UTC).isoformat(), "taken": taken, "moved": {}}
        self._write(removed_id, record)
        try:
            with self._library.transaction() as tx:
                tx.remove(document_id, keep_vectors=True)
        except BaseException:
            self._file(removed_id).unlink(missing_ok=True)
            raise
        self._take_files(removed_id, taken)
        return _removed(removed_id, record)

    def restore(self, removed_id: str) -> str:
        """Put a removed document back; gives its id, which is another where its own is taken by now.

        Raises:
            NotRemoved: it is not kept, or no longer.
            LibraryBusy: another process is writing to the library; nothing has changed.
        """
        record = self._read(removed_id)
        with self._library.writing():
            moved = self._return_files(removed_id, record)
            document_id, _ = put_back(self._library, record["taken"], moved=moved)
        self._drop(removed_id)
        return document_id

    def purge(self, removed_id: str) -> None:
        """Delete a removed document for good, with its own files and its vectors. Raises ``NotRemoved``."""
        record = self._read(removed_id)
        shutil.rmtree(self._folder / removed_id, ignore_errors=True)
        forget(self._library, record["taken"])
        self._drop(removed_id)

    def kept(self) -> list[Removed]:
        """The removed documents that can come back, the latest first."""
        found = []
        for file in self._folder.glob("*.json"):
            with suppress(NotRemoved):
                found.append(_removed(file.stem, self._read(file.stem)))
        return sorted(found, key=lambda entry: entry.removed_at, reverse=True)

    def recover(self) -> None:
        """After a start: finish what a kill left half done, and delete what was kept long enough."""
        for entry in self.kept():
            record = self._read(entry.id)
            if document_of_text(self._library, record["taken"]["document"]["sha256"]) is None:
                self._take_files(entry.id, record["taken"])
            elif not any(self._folder.joinpath(entry.id).glob("*")):
                self._drop(entry.id)  # never removed, or put back
            if entry.until < datetime.now(UTC):
                self.purge(entry.id)

    # ---- files

    def _take_files(self, removed_id: str, taken: Mapping[str, Any]) -> None:
        """Move the document's own files, if they are still what was read, in among the removed ones."""
        for row in taken["files"]:
            path = Path(row["path"])
            if path.parent != self._own or not _unchanged(path, row):
                continue
            folder = self._folder / removed_id
            folder.mkdir(exist_ok=True)
            for each in (sidecar_paths(path)[0], path):
                with suppress(FileNotFoundError):
                    each.replace(folder / each.name)
            sync_folder(folder)
            sync_folder(path.parent)

    def _return_files(self, removed_id: str, record: dict[str, Any]) -> dict[Path, Path | None]:
        """Move files back, under a free name where theirs is taken. Path then → path now."""
        folder = self._folder / removed_id
        for row in record["taken"]["files"]:
            path = Path(row["path"])
            if path.parent == self._own and (folder / path.name).exists():
                name = free_name(path.name, lambda name: os.path.lexists(self._own / name))
                if name != path.name:
                    record["moved"][str(path)] = str(self._own / name)
        self._write(removed_id, record)
        for row in record["taken"]["files"]:
            path = Path(row["path"])
            if path.parent != self._own:
                continue
            now = Path(record["moved"].get(str(path), path))
            for before, after in (
                (folder / sidecar_paths(path)[0].name, sidecar_paths(now)[0]),
                (folder / path.name, now),
            ):
                with suppress(FileNotFoundError):
                    before.replace(after)
        sync_folder(self._own)
        return {Path(before): Path(after) for before, after in record["moved"].items()}

    # ---- records

    def _file(self, removed_id: str) -> Path:
        if not removed_id.isalnum():  # it comes from a browser
            raise NotRemoved(f"No removed document {removed_id!r}.")
        return self._folder / f"{removed_id}.json"

    def _read(self, removed_id: str) -> dict[str, Any]:
        try:
            record: dict[str, Any] = json.loads(self._file(removed_id).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise NotRemoved(
                f"The removed document {removed_id} is no longer kept in {self._folder}. Ingest its file."
            ) from error
        return record

    def _write(self, removed_id: str, record: Mapping[str, Any]) -> None:
        write_text_durably(self._file(removed_id), json.dumps(record, ensure_ascii=False))

    def _drop(self, removed_id: str) -> None:
        shutil.rmtree(self._folder / removed_id, ignore_errors=True)
        self._file(removed_id).unlink(missing_ok=True)


def _unchanged(path: Path, row: Mapping[str, Any]) -> bool:
    try:
        stat = path.stat()
    except OSError:
        return False
    return (stat.st_size, stat.st_mtime_ns) == (row["size"], row["mtime_ns"])


def _removed(removed_id: str, record: Mapping[str, Any]) -> Removed:
    document = record["taken"]["document"]
    at = datetime.fromisoformat(record["removed_at"])
    return Removed(
        id=removed_id,
        document_id=document["id"],
        title=document["title"],
        number=document.get("number"),
        passages=len(record["taken"]["passages"]),
        removed_at=at,
        until=at + KEPT,
    )
