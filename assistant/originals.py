"""The original files of documents: where they are, and whether they are still the ones that were read."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from assistant.errors import OriginalMissing
from index.library import Library
from index.originals import ListedFile, listed_files


class OriginalState(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Original:
    """A file that the catalogue lists for a document, and how it compares with what was read.

    Attributes:
        name: of the file, without its folder.
    """

    file: ListedFile
    state: OriginalState

    @property
    def name(self) -> str:
        return self.file.path.name

    @property
    def path(self) -> Path:
        return self.file.path


def original_of(library: Library, document_id: str) -> Original | None:
    """The best of a document's files: an unchanged one before a changed one before a missing one.

    ``None`` where the catalogue lists no file. Reads a file only if its size or time differs.

    Raises:
        UnknownDocument: the library has no document of that id.
    """
    found = [Original(file, _state(file)) for file in listed_files(library, document_id)]
    order = list(OriginalState)
    return min(found, key=lambda original: order.index(original.state), default=None)


def opened(library: Library, document_id: str) -> tuple[Original, BinaryIO, int]:
    """The original of a document, open for reading, and its size in bytes.

    What is read from the open file is what its state was judged by, even if another file takes its
    name meanwhile.

    Raises:
        UnknownDocument: the library has no document of that id.
        OriginalMissing: none of its files is there, or can be read.
    """
    best = original_of(library, document_id)
    if best is None or best.state is OriginalState.MISSING:
        raise OriginalMissing(
            f"The file of {document_id!r} is no longer where it was read. Put it back, or load it again."
        )
    try:
        file = best.path.open("rb")
    except OSError as error:
        raise OriginalMissing(f"{best.path} cannot be read ({error.strerror}).") from error
    try:
        size = os.fstat(file.fileno()).st_size
        same = hashlib.file_digest(file, "sha256").hexdigest() == best.file.sha256
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return Original(best.file, OriginalState.SAME if same else OriginalState.CHANGED), file, size


def _state(file: ListedFile) -> OriginalState:
    try:
        found = file.path.stat()
        if not stat.S_ISREG(found.st_mode):
            return OriginalState.MISSING
        if (found.st_size, found.st_mtime_ns) == (file.size, file.mtime_ns):
            return OriginalState.SAME
        if found.st_size != file.size:
            return OriginalState.CHANGED
        with file.path.open("rb") as content:
            same = hashlib.file_digest(content, "sha256").hexdigest() == file.sha256
        return OriginalState.SAME if same else OriginalState.CHANGED
    except OSError:
        return OriginalState.MISSING
