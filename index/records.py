"""The values the library speaks in, beside those of ``index.types``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from ingest.types import Access, Kind, Status


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it was when its text was read.

    Attributes:
        path: absolute.
        given: as the user named it.
        sha256: of its bytes.
        size: in bytes.
        mtime_ns: time of its last change, nanoseconds since 1970.
        sidecar_sha256, sidecar_size, sidecar_mtime_ns: the same of ``name.meta.toml`` beside it;
            ``None`` without one.
        recipe: fingerprint of how it was split and what was read out of it; another one means that it
            is read again.
    """

    path: Path
    given: str
    sha256: str
    size: int
    mtime_ns: int
    sidecar_sha256: str | None = None
    sidecar_size: int | None = None
    sidecar_mtime_ns: int | None = None
    recipe: str = ""


class Outcome(StrEnum):
    """What became of a document handed to a transaction."""

    ADDED = "added"
    REPLACED = "replaced"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document without its text.

    Attributes:
        names: file names under which its text was ingested, the first first.
        paths: absolute paths of those files.
        ingested_at: when the latest of them was read, UTC.
        passages: how many it has.
        characters: length of its text.
    """

    id: str
    title: str
    number: str | None
    kind: Kind
    issuer: str | None
    province: str | None
    issued_on: date | None
    status: Status
    source: str | None
    access: Access
    names: tuple[str, ...]
    paths: tuple[Path, ...]
    passages: int
    characters: int
    ingested_at: datetime


class RelationKind(StrEnum):
    """What a document does to the one it names."""

    REPLACES = "replaces"
    ENDS = "ends"
    AMENDS = "amends"


@dataclass(frozen=True, slots=True)
class Relation:
    """``document_id`` replaces, ends or amends the document of ``number``.

    Attributes:
        number: as the text names it.
        start, end: where in the text of ``document_id`` that is said, or ``None``.
        target_id: the document of that number, where the library holds exactly that one.
    """

    document_id: str
    kind: RelationKind
    number: str
    start: int | None = None
    end: int | None = None
    target_id: str | None = None


@dataclass(frozen=True, slots=True)
class LibraryStats:
    """How much a library holds. ``unused_vectors`` belong to no passage now; they speed a return."""

    documents: int
    files: int
    passages: int
    characters: int
    vectors: int
    unused_vectors: int
    generation: int
    model: str | None
    dimension: int | None
