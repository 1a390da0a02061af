"""What can be changed in a library, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, literal, select, update

from index.catalogue import Catalogue, set_note, text_hash
from index.documents import LOCATOR_FIELDS, in_use
from index.errors import UnknownDocument
from index.records import FileRecord, Outcome, RelationKind
from index.relating import relate, retie
from index.schema import documents, files, pages, passages, provenance, relations, removals, units, vectors
from ingest.numbers import canonical
from ingest.types import Document, Passage

#: Values in one SQL statement.
_AT_ONCE = 500


class Transaction:
    """Changes to a library that become visible together, made by ``Library.transaction``.

    Args:
        connection: an open write transaction of the catalogue.
        embed: sees to it that each of some texts has a vector in the catalogue.
    """

    def __init__(self, connection: Connection, embed: Callable[[Connection, Sequence[str]], None]) -> None:
        self._connection = connection
        self._embed = embed
        self._generation: int | None = None
        self._before = 0
        #: Texts that came and went, for what the library learns from its texts.
        self.added_texts: list[str] = []
        self.removed_texts: list[str] = []

    @property
    def generations(self) -> tuple[int, int] | None:
        """The catalogue's generation before and after; ``None`` if nothing was changed."""
        return None if self._generation is None else (self._before, self._generation)

    def add_or_replace(
        self,
        document: Document,
        parts: Iterable[Passage],
        *,
        file: FileRecord | None = None,
        quotable: Sequence[Sequence[str]] = (),
    ) -> tuple[str, Outcome]:
        """Store a document with its passages, in place of what its file held before.

        ``quotable`` holds, for each passage, the texts in it that vectors are kept of as well.
        A text the library has already, from another file, is not stored again: ``file`` becomes one more
        name of it. Without ``file`` the document takes the place of the one with its id.

        Returns:
            The id it has in the library, and whether it was added, replaced or found there.

        Raises:
            OffsetMismatch: a passage is not the span of the text it claims to be.
        """
        passages_ = list(parts)
        for passage in passages_:
            passage.check(document)
        here = self._document_of(file.path) if file else self._key(document.id)
        twin = self._connection.execute(
            select(documents.c.key).where(documents.c.sha256 == document.sha256)
        ).scalar_one_or_none()
        if twin is not None and twin != here:
            return self._one_more_name(twin, here, file)
        if here is not None and twin is None and file and self._files_of(here) > 1:
            here = None  # the text changed in this file only; the others keep the old document
        formerly = None if here is None else self._number_key(here)
        if here is None:
            name = self._free_id(document.id, file.path if file else None)
            key, outcome = self._insert(replace(document, id=name)), Outcome.ADDED
        else:
            name, key, outcome = self._id(here), here, Outcome.REPLACED
            self._clear(here)
            self._update(here, document)
        self._describe(key, document)
        self._insert_passages(key, passages_)
        self._insert_units(key, quotable)
        relate(self._connection, key, document, formerly=formerly)
        if file is not None:
            self._record(file, key)
        return name, outcome

    def remove(self, document_id: str, *, keep_vectors: bool = False) -> None:
        """Remove a document, its passages and its files' records.

        Args:
            keep_vectors: its vectors stay, so that it can come back without being embedded again;
                ``forget_vectors`` removes them.

        Raises:
            UnknownDocument: no document has that id.
        """
        key = self._key(document_id)
        if key is None:
            raise UnknownDocument(f"No document {document_id!r} in the library. See: pba documents list")
        self._drop(key, keep_vectors=keep_vectors)

    def forget_vectors(self, texts: Iterable[str]) -> None:
        """Remove the vectors of those of ``texts`` that no document has."""
        self._forget_vectors([text_hash(text) for text in texts])

    def link_file(self, document_id: str, file: FileRecord) -> None:
        """Record ``file`` as one more name of a document, or anew what is known of it.

        Raises:
            UnknownDocument: no document has that id.
        """
        key = self._key(document_id)
        if key is None:
            raise UnknownDocument(f"No document {document_id!r} in the library. See: pba documents list")
        before = self._document_of(file.path)
        self._record(file, key)
        if before is not None and before != key and not self._files_of(before):
            self._drop(before)

    def touch_file(self, file: FileRecord) -> None:
        """Record that a file whose content is the same has another time or name now. No generation passes."""
        self._connection.execute(
            update(files)
            .where(files.c.path == str(file.path))
            .values(size=file.size, mtime_ns=file.mtime_ns, sidecar_mtime_ns=file.sidecar_mtime_ns)
        )

    def unlink_file(self, path: Path) -> str | None:
        """Forget a file; its document goes too unless it has other names.

        Returns:
            The id of the document that went, or ``None`` if none did.
        """
        key = self._document_of(path)
        if key is None:
            return None
        self._change()
        self._connection.execute(delete(files).where(files.c.path == str(path)))
        if self._files_of(key):
            return None
        document_id = self._id(key)
        self._drop(key)
        return document_id

    def add_relation(
        self,
        document_id: str,
        kind: RelationKind,
        number: str,
        *,
        span: tuple[int, int] | None = None,
        target_id: str | None = None,
    ) -> None:
        """Record that a document replaces, ends or amends the one of ``number``.

        ``target_id`` names it where it is known which one is meant: a number alone is no identity.

        Raises:
            UnknownDocument: one of the two ids is not in the library.
        """
        source, target = self._key(document_id), self._key(target_id) if target_id else None
        if source is None or (target_id and target is None):
            raise UnknownDocument(f"No document {target_id if source else document_id!r} in the library.")
        start, end = span or (None, None)
        self._connection.execute(
            insert(relations).values(
                document_key=source,
                kind=str(kind),
                number=number,
                number_key=canonical(number),
                start=start,
                end=end,
                target_key=target,
            )
        )

    def _change(self) -> int:
        if self._generation is None:
            self._before = Catalogue.generation(self._connection)
            self._generation = self._before + 1
            set_note(self._connection, "generation", str(self._generation))
        return self._generation

    def _one_more_name(self, twin: int, here: int | None, file: FileRecord | None) -> tuple[str, Outcome]:
        if file is not None:
            self._record(file, twin)
        if here is not None and (file is None or not self._files_of(here)):
            self._drop(here)
        return self._id(twin), Outcome.DUPLICATE

    def _key(self, document_id: str) -> int | None:
        query = select(documents.c.key).where(documents.c.id == document_id)
        return self._connection.execute(query).scalar_one_or_none()

    def _id(self, key: int) -> str:
        return str(
            self._connection.execute(select(documents.c.id).where(documents.c.key == key)).scalar_one()
        )

    def _document_of(self, path: Path) -> int | None:
        query = select(files.c.document_key).where(files.c.path == str(path))
        return self._connection.execute(query).scalar_one_or_none()

    def _number_key(self, key: int) -> str | None:
        query = select(documents.c.number_key).where(documents.c.key == key)
        return self._connection.execute(query).scalar_one_or_none()

    def _files_of(self, key: int) -> int:
        query = select(func.count()).select_from(files).where(files.c.document_key == key)
        return self._connection.execute(query).scalar_one()

    def _free_id(self, wanted: str, path: Path | None) -> str:
        for candidate in _candidates(wanted, path):
            if self._key(candidate) is None:
                return candidate
        raise AssertionError("the candidates never end")

    def _insert(self, document: Document) -> int:
        self._change()
        self.added_texts.append(document.text)
        added: Any = self._connection.execute(
            insert(documents).values(id=document.id, added_at=datetime.now(UTC), **_columns(document))
        )
        return int(added.inserted_primary_key[0])

    def _update(self, key: int, document: Document) -> None:
        self._forget_text(key)
        self.added_texts.append(document.text)
        self._connection.execute(update(documents).where(documents.c.key == key).values(**_columns(document)))

    def _describe(self, key: int, document: Document) -> None:
        page_rows = [
            {
                "document_key": key,
                "number": p.number,
                "start": p.start,
                "end": p.end,
                "confidence": p.confidence,
            }
            for p in document.pages
        ]
        if page_rows:
            self._connection.execute(insert(pages), page_rows)
        origins = [
            {"document_key": key, "field": field, "origin": str(origin)}
            for field, origin in document.provenance.items()
        ]
        if origins:
            self._connection.execute(insert(provenance), origins)

    def _insert_passages(self, key: int, parts: Sequence[Passage]) -> None:
        generation = self._change()
        self._embed(self._connection, [passage.text for passage in parts])
        rows = [
            {
                "document_key": key,
                "ordinal": ordinal,
                "start": passage.start,
                "end": passage.end,
                "text_sha256": text_hash(passage.text),
                "heading": passage.heading,
                "generation": generation,
                **{name: getattr(passage.locator, name) for name in LOCATOR_FIELDS},
            }
            for ordinal, passage in enumerate(parts, start=1)
        ]
        if rows:
            self._connection.execute(insert(passages), rows)

    def _insert_units(self, key: int, quotable: Sequence[Sequence[str]]) -> None:
        self._embed(self._connection, [text for texts in quotable for text in texts])
        mine = select(passages.c.key).where(passages.c.document_key == key).order_by(passages.c.ordinal)
        rows = [
            {"passage_key": passage, "text_sha256": found}
            for passage, texts in zip(self._connection.execute(mine).scalars().all(), quotable, strict=False)
            for found in dict.fromkeys(map(text_hash, texts))
        ]
        if rows:
            self._connection.execute(insert(units), rows)

    def _units_of(self, key: int) -> ColumnElement[bool]:
        """The condition that a row of ``units`` belongs to a document."""
        return units.c.passage_key.in_(select(passages.c.key).where(passages.c.document_key == key))

    def _clear(self, key: int) -> None:
        """Remove what hangs on a document, and note which passages an index must forget."""
        generation = self._change()
        gone = select(passages.c.key, literal(generation)).where(passages.c.document_key == key)
        self._connection.execute(insert(removals).from_select(["passage_key", "generation"], gone))
        self._connection.execute(delete(units).where(self._units_of(key)))
        self._connection.execute(delete(passages).where(passages.c.document_key == key))
        for table in (pages, provenance, relations):
            self._connection.execute(delete(table).where(table.c.document_key == key))

    def _forget_text(self, key: int) -> None:
        query = select(documents.c.text).where(documents.c.key == key)
        self.removed_texts.append(self._connection.execute(query).scalar_one())

    def _drop(self, key: int, *, keep_vectors: bool = False) -> None:
        mine = (
            select(passages.c.text_sha256).where(passages.c.document_key == key),
            select(units.c.text_sha256).where(self._units_of(key)),
        )
        hashes = [found for query in mine for found in self._connection.execute(query).scalars()]
        self._clear(key)
        self._forget_text(key)
        number = self._number_key(key)
        self._connection.execute(delete(documents).where(documents.c.key == key))
        if number is not None:
            retie(self._connection, number)
        if not keep_vectors:
            # A document that only changed may return to its old text; what is removed leaves no vector.
            self._forget_vectors(hashes)

    def _forget_vectors(self, hashes: Sequence[bytes]) -> None:
        used = in_use()
        for at in range(0, len(hashes), _AT_ONCE):
            some = hashes[at : at + _AT_ONCE]
            self._connection.execute(delete(vectors).where(vectors.c.text_sha256.in_(some), ~used))

    def _record(self, file: FileRecord, key: int) -> None:
        self._change()
        values = {
            "given": file.given,
            "sha256": file.sha256,
            "size": file.size,
            "mtime_ns": file.mtime_ns,
            "sidecar_sha256": file.sidecar_sha256,
            "sidecar_size": file.sidecar_size,
            "sidecar_mtime_ns": file.sidecar_mtime_ns,
            "recipe": file.recipe,
            "document_key": key,
            "ingested_at": datetime.now(UTC),
        }
        known = self._connection.execute(update(files).where(files.c.path == str(file.path)).values(**values))
        if not known.rowcount:
            self._connection.execute(insert(files).values(path=str(file.path), **values))


def _candidates(wanted: str, path: Path | None) -> Iterator[str]:
    """Ids to try: the file's name, with its folder, and with a count behind."""
    name = wanted if path is None else path.name
    yield name
    if path is not None and path.parent.name:
        name = f"{path.parent.name}/{name}"
        yield name
    count = 2
    while True:
        yield f"{name}~{count}"
        count += 1


def _columns(document: Document) -> dict[str, object]:
    return {
        "sha256": document.sha256,
        "title": document.title,
        "text": document.text,
        "number": document.number,
        "number_key": canonical(document.number) if document.number else None,
        "kind": str(document.kind),
        "issuer": document.issuer,
        "province": document.province,
        "issued_on": document.issued_on,
        "status": str(document.status),
        "source": document.source,
        "access": str(document.access),
    }
