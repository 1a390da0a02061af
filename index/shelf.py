"""A document taken out of a library whole, as JSON, and put back without embedding anything again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from index.documents import load_document, load_passages
from index.errors import UnknownDocument
from index.library import Library
from index.records import FileRecord, Outcome
from index.schema import documents, files
from ingest.types import Access, Document, Kind, Locator, Origin, Page, Passage, Status
from ingest.units import units

_COLUMNS = tuple(column for column in files.c if column.name not in ("key", "document_key", "ingested_at"))


def file_records(library: Library, document_id: str) -> list[FileRecord]:
    """The files of a document as they were when they were read, the first one first."""
    query = (
        select(*_COLUMNS)
        .join(documents, documents.c.key == files.c.document_key)
        .where(documents.c.id == document_id)
        .order_by(files.c.key)
    )
    with library.catalogue.read() as connection:
        rows = connection.execute(query).mappings().all()
    return [_file(row) for row in rows]


def document_of_bytes(library: Library, sha256: str) -> str | None:
    """The id of the document that was read from a file with these bytes, or ``None``."""
    query = (
        select(documents.c.id)
        .join(files, files.c.document_key == documents.c.key)
        .where(files.c.sha256 == sha256)
        .order_by(files.c.key)
        .limit(1)
    )
    with library.catalogue.read() as connection:
        return connection.execute(query).scalar_one_or_none()


def document_of_text(library: Library, sha256: str) -> str | None:
    """The id of the document whose text has this SHA-256, or ``None``."""
    query = select(documents.c.id).where(documents.c.sha256 == sha256)
    with library.catalogue.read() as connection:
        return connection.execute(query).scalar_one_or_none()


def all_file_records(library: Library) -> list[FileRecord]:
    """Every file of the library as it was when it was read."""
    with library.catalogue.read() as connection:
        rows = connection.execute(select(*_COLUMNS).order_by(files.c.key)).mappings().all()
    return [_file(row) for row in rows]


def snapshot(library: Library, document_id: str) -> dict[str, Any]:
    """Everything that ``put_back`` needs, as JSON values. Raises ``UnknownDocument``."""
    records = file_records(library, document_id)
    with library.catalogue.read() as connection:
        key = connection.execute(
            select(documents.c.key).where(documents.c.id == document_id)
        ).scalar_one_or_none()
        document = None if key is None else load_document(connection, key)
        if key is None or document is None:
            raise UnknownDocument(f"No document {document_id!r} in the library. See: pba documents list")
        passages = load_passages(connection, key, document)
    return {
        "document": {
            **{name: value for name, value in asdict(document).items() if value is not None},
            "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        },
        "passages": [
            {"start": p.start, "end": p.end, "heading": p.heading, "locator": asdict(p.locator)}
            for p in passages
        ],
        "files": [{**asdict(record), "path": str(record.path)} for record in records],
    }


def put_back(
    library: Library, taken: Mapping[str, Any], *, moved: Mapping[Path, Path | None] | None = None
) -> tuple[str, Outcome]:
    """Store what ``snapshot`` gave; its vectors are made again only where they are gone.

    A file or an id that stands for another document by now stays that one's.

    Args:
        moved: a file's path then → its path now, ``None`` where the file is no more.

    Returns:
        The id it has now, and ``DUPLICATE`` where its text is in the library already.
    """
    document, passages = stored(taken)
    where = moved or {}
    others = {record.path for record in all_file_records(library)}
    kept = [
        replace(record, path=path)
        for record in map(_file, taken["files"])
        if (path := where.get(record.path, record.path)) is not None and path not in others
    ]
    ids, count = {entry.id for entry in library.documents()}, 2
    while not kept and document.id in ids:
        document, count = replace(document, id=f"{taken['document']['id']}~{count}"), count + 1
    quotable = quotable_texts(document, passages)
    with library.transaction() as tx:
        name, outcome = tx.add_or_replace(
            document, passages, file=kept[0] if kept else None, quotable=quotable
        )
        for record in kept[1:]:
            tx.link_file(name, record)
    return name, outcome


def rewrite(library: Library, document: Document, records: Sequence[FileRecord]) -> None:
    """Store ``document`` with the passages it has, after something else than its text changed."""
    passages = library.passages(document.id)
    with library.transaction() as tx:
        tx.add_or_replace(document, passages, quotable=quotable_texts(document, passages))
        for record in records:
            tx.link_file(document.id, record)


def forget(library: Library, taken: Mapping[str, Any]) -> None:
    """Let go of the vectors that were kept for putting a document back."""
    document, passages = stored(taken)
    texts = [passage.text for passage in passages]
    texts += [text for sentences in quotable_texts(document, passages) for text in sentences]
    with library.transaction() as tx:
        tx.forget_vectors(texts)


def stored(taken: Mapping[str, Any]) -> tuple[Document, list[Passage]]:
    """The document and the passages of a snapshot."""
    given = dict(taken["document"])
    given |= {
        "kind": Kind(given["kind"]),
        "status": Status(given["status"]),
        "access": Access(given["access"]),
        "issued_on": date.fromisoformat(given["issued_on"]) if given.get("issued_on") else None,
        "pages": tuple(Page(**page) for page in given["pages"]),
        "provenance": {name: Origin(origin) for name, origin in given["provenance"].items()},
        "names": tuple(given["names"]),
    }
    document = Document(**given)
    passages = [
        Passage(
            id=f"{document.id}#{ordinal}",
            document_id=document.id,
            ordinal=ordinal,
            start=row["start"],
            end=row["end"],
            text=document.text[row["start"] : row["end"]],
            locator=Locator(**row["locator"]),
            heading=row["heading"],
        )
        for ordinal, row in enumerate(taken["passages"], start=1)
    ]
    return document, passages


def quotable_texts(document: Document, passages: Sequence[Passage]) -> list[list[str]]:
    """For each passage, the sentences of it that vectors are kept of."""
    return [[unit.meaning for unit in units(document, passage)] for passage in passages]


def _file(row: Mapping[Any, Any]) -> FileRecord:
    return FileRecord(**{**{str(name): value for name, value in row.items()}, "path": Path(row["path"])})
