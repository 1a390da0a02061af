"""Rows of the catalogue ↔ ``Document``, ``Passage`` and their summaries. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, RowMapping, func, or_, select

from index.catalogue import unpack
from index.errors import LibraryError
from index.records import DocumentSummary, LibraryStats, Relation, RelationKind
from index.schema import documents, files, pages, passages, provenance, relations, removals, units, vectors
from index.types import IndexEntry
from ingest.types import Access, Document, Kind, Locator, Origin, Page, Passage, Status

LOCATOR_FIELDS = tuple(field.name for field in fields(Locator))


def load_document(connection: Connection, key: int) -> Document | None:
    """The document of ``key`` with its pages, provenance and names, or ``None``."""
    row = connection.execute(select(documents).where(documents.c.key == key)).mappings().one_or_none()
    if row is None:
        return None
    page_rows = connection.execute(select(pages).where(pages.c.document_key == key).order_by(pages.c.number))
    origins = connection.execute(
        select(provenance.c.field, provenance.c.origin).where(provenance.c.document_key == key)
    )
    return Document(
        id=row["id"],
        sha256=row["sha256"],
        title=row["title"],
        text=row["text"],
        number=row["number"],
        kind=Kind(row["kind"]),
        issuer=row["issuer"],
        province=row["province"],
        issued_on=row["issued_on"],
        status=Status(row["status"]),
        source=row["source"],
        access=Access(row["access"]),
        pages=tuple(Page(page.number, page.start, page.end, page.confidence) for page in page_rows),
        provenance={field: Origin(origin) for field, origin in origins},
        names=_names(row["id"], paths_of(connection, [key]).get(key, [])),
    )


def paths_of(connection: Connection, keys: Sequence[int] | None = None) -> dict[int, list[Path]]:
    """Document key → paths of its files, the first ingested first; of all documents for ``None``."""
    query = select(files.c.document_key, files.c.path).order_by(files.c.key)
    if keys is not None:
        query = query.where(files.c.document_key.in_(keys))
    found: dict[int, list[Path]] = {}
    for key, path in connection.execute(query):
        found.setdefault(key, []).append(Path(path))
    return found


def summaries(connection: Connection) -> list[DocumentSummary]:
    """Every document without its text, by id."""
    owner = passages.c.document_key
    per_document = select(owner, func.count()).group_by(owner)
    counts: dict[int, int] = dict(connection.execute(per_document).all())
    newest = select(files.c.document_key, func.max(files.c.ingested_at)).group_by(files.c.document_key)
    read_at: dict[int, datetime] = dict(connection.execute(newest).all())
    paths = paths_of(connection)
    columns = [column for column in documents.c if column.name != "text"]
    query = select(*columns, func.length(documents.c.text).label("characters")).order_by(documents.c.id)
    return [
        DocumentSummary(
            id=row["id"],
            title=row["title"],
            number=row["number"],
            kind=Kind(row["kind"]),
            issuer=row["issuer"],
            province=row["province"],
            issued_on=row["issued_on"],
            status=Status(row["status"]),
            source=row["source"],
            access=Access(row["access"]),
            names=_names(row["id"], paths.get(row["key"], [])),
            paths=tuple(paths.get(row["key"], [])),
            passages=counts.get(row["key"], 0),
            characters=row["characters"],
            ingested_at=_utc(read_at.get(row["key"], row["added_at"])),
        )
        for row in connection.execute(query).mappings()
    ]


def load_passages(connection: Connection, document_key: int, document: Document) -> list[Passage]:
    """Every passage of a document, in order."""
    query = select(passages).where(passages.c.document_key == document_key).order_by(passages.c.ordinal)
    return [_passage(row, document) for row in connection.execute(query).mappings()]


def passage_rows(connection: Connection, keys: Iterable[int]) -> dict[int, RowMapping]:
    """Passage key → its row, for those of ``keys`` that are there."""
    query = select(passages).where(passages.c.key.in_(list(keys)))
    return {row["key"]: row for row in connection.execute(query).mappings()}


def passage_of(row: RowMapping, document: Document) -> Passage:
    """The passage of a row of ``passages``."""
    return _passage(row, document)


@dataclass(frozen=True, slots=True)
class PassageMap:
    """Which passages there are: two arrays side by side, by ascending key."""

    keys: NDArray[np.int64]
    document_keys: NDArray[np.int64]

    def of(self, chosen: Iterable[int]) -> NDArray[np.int64]:
        """Keys of the passages of some documents."""
        return self.keys[np.isin(self.document_keys, np.fromiter(chosen, np.int64))]


def passage_map(connection: Connection) -> PassageMap:
    """All live passages; 15 ms for 20,000."""
    rows = connection.execute(select(passages.c.key, passages.c.document_key).order_by(passages.c.key)).all()
    both = np.array([tuple(row) for row in rows], np.int64).reshape(-1, 2)
    return PassageMap(np.ascontiguousarray(both[:, 0]), np.ascontiguousarray(both[:, 1]))


def entries_since(
    connection: Connection, generation: int, model: str | None, *, chunk: int = 1000
) -> Iterator[list[IndexEntry]]:
    """What an index of ``generation`` lacks, in chunks of about ``chunk`` passages, by document.

    Raises:
        LibraryError: a passage has no vector of ``model``.
    """
    batch: list[IndexEntry] = []
    same = (vectors.c.text_sha256 == passages.c.text_sha256) & (vectors.c.model == (model or ""))
    for key, text, title, number in _documents_since(connection, generation):
        query = (
            select(passages.c.key, passages.c.start, passages.c.end, passages.c.heading, vectors.c.vector)
            .outerjoin(vectors, same)
            .where(passages.c.document_key == key, passages.c.generation > generation)
            .order_by(passages.c.key)
        )
        for row in connection.execute(query):
            if row.vector is None:
                raise LibraryError(
                    "A passage in the catalogue has no vector. Mend it with: pba doctor --repair"
                )
            batch.append(
                IndexEntry(row.key, text[row.start : row.end], row.heading, title, number, unpack(row.vector))
            )
        if len(batch) >= chunk:
            yield batch
            batch = []
    if batch:
        yield batch


def removed_since(connection: Connection, generation: int) -> list[int]:
    """Keys of passages that an index of ``generation`` may still show and must not."""
    query = select(removals.c.passage_key).where(removals.c.generation > generation)
    return list(connection.execute(query).scalars())


def relations_of(connection: Connection, key: int) -> list[Relation]:
    """What a document says it replaces, ends or amends, and what says so of it."""
    source = documents.alias("source")
    target = documents.alias("target")
    query = (
        select(relations, source.c.id.label("source_id"), target.c.id.label("target_id"))
        .join(source, source.c.key == relations.c.document_key)
        .outerjoin(target, target.c.key == relations.c.target_key)
        .where((relations.c.document_key == key) | (relations.c.target_key == key))
        .order_by(relations.c.key)
    )
    return [
        Relation(row.source_id, RelationKind(row.kind), row.number, row.start, row.end, row.target_id)
        for row in connection.execute(query)
    ]


def in_use() -> ColumnElement[bool]:
    """The condition that a vector is one of a passage or of a unit."""
    return or_(
        *(
            select(table.c.text_sha256).where(table.c.text_sha256 == vectors.c.text_sha256).exists()
            for table in (passages, units)
        )
    )


def count_everything(
    connection: Connection, generation: int, model: str | None, dimension: int | None
) -> LibraryStats:
    """The figures of ``Library.stats``."""

    def count(query: Any) -> int:
        return int(connection.execute(query).scalar_one() or 0)

    used = in_use()
    return LibraryStats(
        documents=count(select(func.count()).select_from(documents)),
        files=count(select(func.count()).select_from(files)),
        passages=count(select(func.count()).select_from(passages)),
        characters=count(select(func.sum(func.length(documents.c.text)))),
        vectors=count(select(func.count()).select_from(vectors)),
        unused_vectors=count(select(func.count()).select_from(vectors).where(~used)),
        generation=generation,
        model=model,
        dimension=dimension,
    )


def _documents_since(connection: Connection, generation: int) -> Iterator[Any]:
    changed = (
        connection.execute(
            select(passages.c.document_key).where(passages.c.generation > generation).distinct()
        )
        .scalars()
        .all()
    )
    for key in sorted(changed):
        query = select(documents.c.key, documents.c.text, documents.c.title, documents.c.number)
        yield connection.execute(query.where(documents.c.key == key)).one()


def _passage(row: RowMapping, document: Document) -> Passage:
    return Passage(
        id=f"{document.id}#{row['ordinal']}",
        document_id=document.id,
        ordinal=row["ordinal"],
        start=row["start"],
        end=row["end"],
        text=document.text[row["start"] : row["end"]],
        locator=Locator(**{name: row[name] for name in LOCATOR_FIELDS}),
        heading=row["heading"],
    )


def _names(document_id: str, paths: Sequence[Path]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path.name for path in paths)) or (document_id,)


def _utc(moment: datetime) -> datetime:
    # SQLite keeps no time zone; everything is written in UTC.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def document_rows(connection: Connection) -> dict[int, dict[str, Any]]:
    """Document key → id and what filters ask for, of every document."""
    c = documents.c
    query = select(
        c.key,
        c.id,
        c.title,
        c.province,
        c.kind,
        c.issuer,
        c.number,
        c.number_key,
        c.issued_on,
        c.access,
    )
    return {
        row["key"]: {str(name): value for name, value in row.items()}
        for row in connection.execute(query).mappings()
    }
