"""The files that documents were read from, as the catalogue lists them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from index.errors import UnknownDocument
from index.library import Library
from index.schema import documents, files


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file as it was when its document was read.

    Attributes:
        path: absolute.
        sha256: of its bytes.
        size: in bytes.
        mtime_ns: time of its last change, nanoseconds since 1970.
    """

    path: Path
    sha256: str
    size: int
    mtime_ns: int


def listed_files(library: Library, document_id: str) -> tuple[ListedFile, ...]:
    """Every file whose text is the document, the first ingested first.

    Raises:
        UnknownDocument: the library has no document of that id.
    """
    with library.catalogue.read() as connection:
        key = connection.execute(select(documents.c.key).where(documents.c.id == document_id)).scalar()
        if key is None:
            raise UnknownDocument(f"No document {document_id!r} in the library. See: pba documents list")
        c = files.c
        query = select(c.path, c.sha256, c.size, c.mtime_ns).where(c.document_key == key).order_by(c.key)
        return tuple(
            ListedFile(Path(row.path), row.sha256, row.size, row.mtime_ns)
            for row in connection.execute(query)
        )
