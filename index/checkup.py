"""Does a library hold together? Checks every invariant, and mends what can be mended."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, func, select, update

from index.catalogue import FILE_NAME, Catalogue, text_hash, unpack
from index.documents import load_document, passage_map, passage_of, passage_rows
from index.encoding import EmbedderSource, recorded_model
from index.following import INDEX_WRITTEN
from index.library import Library
from index.local import LocalIndex
from index.schema import documents, files, pages, passages, removals, units, vectors
from ingest.units import units as units_of

REPAIR = "pba doctor --repair"


class Level(StrEnum):
    """How bad a finding is: an ``ERROR`` makes answers wrong or missing."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold.

    Attributes:
        what: the thing, e.g. ``vectors``, or the id of a document.
        detail: what is wrong with it.
        repair: what to do about it: a command, or words.
    """

    level: Level
    what: str
    detail: str
    repair: str


def check(
    directory: Path | str, *, embedder: EmbedderSource | None = None, database_url: str | None = None
) -> list[Finding]:
    """Everything that does not hold in the library of ``directory``; empty if all is well.

    A search index that is merely behind, as a kill leaves it, is brought up to date first, as the next
    search would do it. Nothing else is changed and nothing is embedded.

    Args:
        embedder: also check that it is the one whose vectors the library holds.

    Raises:
        LibraryError: there is no library, or its catalogue cannot be opened at all.
        LibraryBusy: another process is writing to it.
        ModelMismatch: ``embedder`` is another model than the library's.
    """
    _must_exist(directory, database_url)
    with Library.open(directory, embedder=embedder, database_url=database_url) as library:
        if embedder is not None and library.model is not None:
            _ = library.embedder
        with library.writing():
            return _findings(library)


def repair(
    directory: Path | str, *, embedder: EmbedderSource | None = None, database_url: str | None = None
) -> list[Finding]:
    """Mend what can be mended and return what is left.

    Caches are rebuilt from the catalogue. Only vectors that the catalogue lacks are made, and only with
    an ``embedder``. Files of documents that are damaged in the catalogue are marked, so that the
    next ingestion reads them again. Raises as ``check`` does.
    """
    _must_exist(directory, database_url)
    with Library.open(directory, embedder=embedder, database_url=database_url) as library, library.writing():
        with library.catalogue.read() as connection:
            sentences = _sentences_without_vector(connection)
            lacking = [*_texts_without_vector(connection), *filter(None, sentences.values())]
            broken = {key for key, _, _ in _broken_documents(connection)}
        if (lacking or sentences) and embedder is not None:
            with library.catalogue.write() as connection:
                connection.execute(
                    vectors.delete().where(vectors.c.text_sha256.in_(_bad_vectors(connection)))
                )
                strays = [digest for digest, text in sentences.items() if text is None]
                connection.execute(units.delete().where(units.c.text_sha256.in_(strays)))
            if lacking:
                library.embed(list(dict.fromkeys(lacking)))
            lacking = []
        if broken:
            with library.catalogue.write() as connection:
                connection.execute(
                    update(files).where(files.c.document_key.in_(broken)).values(sha256="", mtime_ns=0)
                )
        if not lacking:
            index = _local(library)
            faulty = {finding.what for finding in _index_findings(library, index)}
            library.rebuild_index([part for part in (index.vectors, index.words) if part.name in faulty])
        return _findings(library)


def _must_exist(directory: Path | str, database_url: str | None) -> None:
    folder = Path(directory).expanduser()
    # A file is enough: a kill may have left it without its tables, which opening it makes.
    if database_url is not None or not (folder / FILE_NAME).exists():
        Catalogue.open(folder, url=database_url, read_only=True).close()


def _findings(library: Library) -> list[Finding]:
    found: list[Finding] = []
    with library.catalogue.read() as connection:
        found += _database(connection)
        if found:
            return found  # what a damaged database says of its content is worth nothing
        for _, document_id, problem in _broken_documents(connection):
            found.append(Finding(Level.ERROR, document_id, problem, f"{REPAIR}, then ingest its file again"))
        found += _keys(connection)
        found += _vectors(connection)
        found += _files(connection)
    if not any(finding.what == "vectors in the catalogue" for finding in found):
        found += _index_findings(library, _local(library))
    return found


def _local(library: Library) -> LocalIndex:
    assert isinstance(library.index, LocalIndex)
    return library.index


def _database(connection: Connection) -> list[Finding]:
    if connection.dialect.name != "sqlite":
        return []
    result = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    fix = "restore the catalogue from a backup, or ingest into a new library"
    found = [Finding(Level.ERROR, "catalogue", line, fix) for line in result if line != "ok"]
    if dangling:
        found.append(Finding(Level.ERROR, "catalogue", f"{len(dangling)} rows point at nothing", fix))
    return found


def _broken_documents(connection: Connection) -> Iterator[tuple[int, str, str]]:
    """Key, id and fault of documents whose text, passages or pages do not hold."""
    listed = connection.execute(select(documents.c.key, documents.c.id).order_by(documents.c.key)).all()
    for key, document_id in listed:
        row = connection.execute(select(documents).where(documents.c.key == key)).one()
        problem = _text_fault(connection, key, row.text, row.sha256)
        if problem:
            yield key, document_id, problem


def _text_fault(connection: Connection, key: int, text: str, sha256: str) -> str | None:
    if hashlib.sha256(text.encode()).hexdigest() != sha256:
        return "its text is not the one its fingerprint was taken of"
    query = select(passages.c.ordinal, passages.c.start, passages.c.end, passages.c.text_sha256)
    rows = connection.execute(query.where(passages.c.document_key == key).order_by(passages.c.ordinal)).all()
    for expected, (ordinal, start, end, digest) in enumerate(rows, start=1):
        if ordinal != expected:
            return f"passage {expected} is missing"
        if not 0 <= start < end <= len(text) or text_hash(text[start:end]) != bytes(digest):
            return f"passage {ordinal} is not characters {start}:{end} of its text"
    for page in connection.execute(select(pages).where(pages.c.document_key == key)):
        if not 0 <= page.start <= page.end <= len(text):
            return f"page {page.number} is not within its text"
    return None


def _keys(connection: Connection) -> list[Finding]:
    generation = Catalogue.generation(connection)
    both = select(func.count()).select_from(passages.join(removals, removals.c.passage_key == passages.c.key))
    found = []
    if reused := connection.execute(both).scalar_one():
        found.append(
            Finding(
                Level.ERROR, "passages", f"{reused} passage keys were used twice", "ingest into a new library"
            )
        )
    newest = connection.execute(select(func.max(passages.c.generation))).scalar_one() or 0
    if newest > generation:
        found.append(
            Finding(
                Level.ERROR, "passages", f"of generation {newest}, the catalogue is at {generation}", REPAIR
            )
        )
    return found


def _bad_vectors(connection: Connection) -> list[bytes]:
    """Hashes of vectors that are of another length, not finite, or not of unit length."""
    model = recorded_model(connection)
    bad = []
    query = select(vectors.c.text_sha256, vectors.c.vector).where(vectors.c.model == (model or ("", 0))[0])
    for digest, stored in connection.execute(query):
        good = model is not None and len(stored) == 2 * model[1]
        if not good or not abs(float(np.linalg.norm(unpack(stored))) - 1) < 0.01:
            bad.append(bytes(digest))
    return bad


def _texts_without_vector(connection: Connection) -> list[str]:
    model = (recorded_model(connection) or ("", 0))[0]
    bad = set(_bad_vectors(connection))
    same = (vectors.c.text_sha256 == passages.c.text_sha256) & (vectors.c.model == model)
    query = select(passages, vectors.c.model).outerjoin(vectors, same).order_by(passages.c.key)
    texts: dict[str, None] = {}
    for row in connection.execute(query).all():
        if row.model is None or bytes(row.text_sha256) in bad:
            text = connection.execute(
                select(documents.c.text).where(documents.c.key == row.document_key)
            ).scalar_one()
            texts[text[row.start : row.end]] = None
    return list(texts)


def _sentences_without_vector(connection: Connection) -> dict[bytes, str | None]:
    """Hash → text, read out of its document again, of each sentence whose vector is missing or damaged.

    ``None`` where the document has no such sentence: nothing can be made of that.
    """
    model = (recorded_model(connection) or ("", 0))[0]
    bad = set(_bad_vectors(connection))
    same = (vectors.c.text_sha256 == units.c.text_sha256) & (vectors.c.model == model)
    query = (
        select(passages.c.document_key, units.c.passage_key, units.c.text_sha256, vectors.c.model)
        .join(passages, passages.c.key == units.c.passage_key)
        .outerjoin(vectors, same)
        .order_by(passages.c.document_key)
    )
    lacking = [row for row in connection.execute(query) if row.model is None or bytes(row.text_sha256) in bad]
    found: dict[bytes, str | None] = {bytes(row.text_sha256): None for row in lacking}
    for key, group in groupby(lacking, key=lambda row: row.document_key):
        document = load_document(connection, key)
        assert document is not None
        for row in passage_rows(connection, {entry.passage_key for entry in group}).values():
            for unit in units_of(document, passage_of(row, document)):
                if (digest := text_hash(unit.meaning)) in found:
                    found[digest] = unit.meaning
    return found


def _vectors(connection: Connection) -> list[Finding]:
    found = []
    for what, texts in (
        ("passage texts", _texts_without_vector(connection)),
        ("sentences", _sentences_without_vector(connection)),
    ):
        if texts:
            detail = f"{len(texts)} {what} have no vector, or a damaged one"
            fix = f"{REPAIR} (embeds these texts)"
            found.append(Finding(Level.ERROR, "vectors in the catalogue", detail, fix))
    return found


def _files(connection: Connection) -> list[Finding]:
    recorded = connection.execute(select(files.c.path).order_by(files.c.path)).scalars().all()
    gone = [path for path in recorded if not Path(path).exists()]
    if not gone:
        return []
    detail = f"{len(gone)} of {len(recorded)} files are no longer there, the first is {gone[0]}"
    return [Finding(Level.WARNING, "files", detail, "pba ingest --prune FOLDER, if they are gone for good")]


def _index_findings(library: Library, index: LocalIndex) -> list[Finding]:
    with library.catalogue.read() as connection:
        written = Catalogue.note(connection, INDEX_WRITTEN) is not None
        generation = Catalogue.generation(connection)
        keys = passage_map(connection).keys
        found = []
        for part in (index.vectors, index.words):
            problem = part.damage() if written and len(keys) else None  # of nothing, no cache need be there
            if problem is not None:
                found.append(Finding(Level.ERROR, part.name, f"the cache is damaged: {problem}", REPAIR))
        if found:
            return found
        library.follow_index()
        for part in (index.vectors, index.words):
            if part.generation != generation:
                detail = f"shows generation {part.generation}, the catalogue is at {generation}"
                found.append(Finding(Level.ERROR, part.name, detail, REPAIR))
            elif not np.array_equal(part.keys(), keys):
                detail = f"holds {len(part)} passages, not the {len(keys)} of the catalogue"
                found.append(Finding(Level.ERROR, part.name, detail, REPAIR))
        return found or _vector_contents(connection, index)


def _vector_contents(connection: Connection, index: LocalIndex) -> list[Finding]:
    model = (recorded_model(connection) or ("", 0))[0]
    same = (vectors.c.text_sha256 == passages.c.text_sha256) & (vectors.c.model == model)
    query = select(passages.c.key, vectors.c.vector).join(vectors, same)
    other = sum(
        not np.array_equal(index.vectors.vector(key), unpack(stored))
        for key, stored in connection.execute(query)
    )
    if not other:
        return []
    return [Finding(Level.ERROR, "vectors", f"{other} vectors differ from those of the catalogue", REPAIR)]
