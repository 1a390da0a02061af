"""Writing a file so that a kill or a power cut leaves the old or the new one, never half of one."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

#: Layout of the cache files; another number means they are made anew.
FORMAT = 1
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a cache file says of itself.

    Attributes:
        library: random name of the library it belongs to.
        generation: of the catalogue whose passages it holds.
        count: passages in it.
    """

    library: str
    generation: int
    count: int


def write_durably(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Let ``write`` fill a temporary file beside ``path``, then put it in its place."""
    with replacement(path) as file:
        write(file)


def write_text_durably(path: Path, text: str) -> None:
    """Put ``text`` in UTF-8 in the place of ``path``."""
    with replacement(path) as file:
        file.write(text.encode())


@contextmanager
def replacement(path: Path) -> Iterator[BinaryIO]:
    """A file to write that becomes ``path`` when the block ends without an error; one writer at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f".{path.name}.*.tmp"):
        left.unlink(missing_ok=True)  # by one that was killed; the caller keeps other writers out
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names that were just added to or changed in ``folder`` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def checksum(path: Path) -> int:
    """CRC-32 of a file (6 GB/s here): enough against damage, not against forgery."""
    value = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            value = zlib.crc32(chunk, value)
    return value
