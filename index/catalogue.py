"""The database under a library: opening, transactions, its notes about itself, its vectors."""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.pool import QueuePool

from index.errors import LibraryBusy, LibraryError
from index.schema import REVISION, meta, vectors
from index.types import Vectors

FILE_NAME = "catalogue.sqlite3"
#: How long a statement waits for another process's transaction to end.
BUSY_SECONDS = 15.0
#: What writers on several machines lock in PostgreSQL; SQLite's BEGIN IMMEDIATE needs no more.
_WRITERS = 5_274_011
#: SQLite takes 32,766 values in one statement, older builds 999.
_BATCH = 900


def text_hash(text: str) -> bytes:
    """What a vector is filed under: SHA-256 of a passage's text in UTF-8."""
    return hashlib.sha256(text.encode()).digest()


class Catalogue:
    """One database, SQLite in WAL mode by default.

    A commit is on the disk when it returns (``synchronous=FULL``): the caches beside the database are
    stamped with its generation, and a power cut must not take back a generation they show.

    Raises:
        LibraryError: the database cannot be opened, is damaged or of a later version.
    """

    def __init__(self, engine: Engine, name: str, *, read_only: bool = False) -> None:
        self._engine = engine
        self._name = name
        self.read_only = read_only
        self._server = engine.dialect.name == "postgresql"

    @classmethod
    def open(cls, folder: Path, *, url: str | None = None, read_only: bool = False) -> Catalogue:
        """Open the catalogue in ``folder``, or at ``url``; make or upgrade it unless ``read_only``."""
        if url is None:
            path = folder / FILE_NAME
            if read_only and not path.exists():
                raise LibraryError(f"No library at {folder}. Add documents to it with: pba ingest PATH")
            name, engine = str(path), _sqlite(path, read_only=read_only)
        else:
            name, engine = _remote(url)
        catalogue = cls(engine, name, read_only=read_only)
        try:
            catalogue._prepare(read_only=read_only)
        except BaseException:
            catalogue.close()
            raise
        return catalogue

    @property
    def name(self) -> str:
        """Path of the database, or its URL without the password."""
        return self._name

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database throughout."""
        with self._explained(), self._engine.connect() as connection:
            if self._server:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def write(self, *, beside_others: bool = False) -> Iterator[Connection]:
        """A transaction: committed when the block ends, undone if it raises.

        Args:
            beside_others: it touches no document, so that on PostgreSQL it need not wait for one that
                does; SQLite has one at a time.
        """
        with self._explained(), self._engine.connect() as connection:
            writing = connection.execution_options(pba_write=True)
            with writing.begin():
                if self._server and not beside_others:
                    writing.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
                yield writing

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            reason = _line(error)
            if "locked" in reason or "busy" in reason:
                raise LibraryBusy(
                    f"Another process has been writing to {self._name} for {BUSY_SECONDS:.0f} s. Try again."
                ) from error
            raise LibraryError(
                f"The catalogue {self._name} cannot be used: {reason}.{_fix(reason)}"
            ) from error
        except (DatabaseError, InterfaceError) as error:
            raise LibraryError(
                f"The catalogue {self._name} cannot be used: {_line(error)}. "
                "If the file is damaged, restore it from a backup or ingest into a new library."
            ) from error

    def _prepare(self, *, read_only: bool) -> None:
        with self.read() as connection:
            try:
                ready = self.note(connection, "schema") == REVISION
            except SQLAlchemyError as error:
                if not isinstance(error, OperationalError) and not self._server:
                    raise
                ready = False
        if ready:
            return
        if read_only:
            raise LibraryError(
                f"The catalogue {self._name} is of another version. Open it once for writing: pba doctor"
            )
        from index.migrations import upgrade

        with self.write() as connection:
            upgrade(connection)
            set_note(connection, "schema", REVISION)
            if self.note(connection, "library") is None:
                set_note(connection, "library", secrets.token_hex(8))
                set_note(connection, "generation", "0")

    @staticmethod
    def note(connection: Connection, name: str) -> str | None:
        """One of the catalogue's notes about itself, see ``index.schema.meta``."""
        return connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar_one_or_none()

    @staticmethod
    def generation(connection: Connection) -> int:
        """Counts the transactions that changed what a search can find."""
        return int(Catalogue.note(connection, "generation") or 0)


def set_note(connection: Connection, name: str, value: str) -> None:
    """Write one of the catalogue's notes about itself."""
    changed = connection.execute(meta.update().where(meta.c.name == name).values(value=value))
    if not changed.rowcount:
        connection.execute(meta.insert().values(name=name, value=value))


def known_vectors(connection: Connection, model: str, hashes: Iterable[bytes]) -> set[bytes]:
    """Which of ``hashes`` have a vector of ``model``."""
    column = vectors.c.text_sha256
    found: set[bytes] = set()
    for batch in _batches(hashes):
        query = select(column).where(vectors.c.model == model, column.in_(batch))
        found.update(bytes(row[0]) for row in connection.execute(query))
    return found


def load_vectors(connection: Connection, model: str, hashes: Iterable[bytes]) -> dict[bytes, Vectors]:
    """Hash → vector of those that are stored."""
    found: dict[bytes, Vectors] = {}
    for batch in _batches(hashes):
        query = select(vectors.c.text_sha256, vectors.c.vector).where(
            vectors.c.model == model, vectors.c.text_sha256.in_(batch)
        )
        found.update((bytes(key), unpack(stored)) for key, stored in connection.execute(query))
    return found


def store_vectors(connection: Connection, model: str, found: Mapping[bytes, Vectors]) -> None:
    """File vectors under the hashes of their texts; those already there stay as they are."""
    known = known_vectors(connection, model, found)
    rows = [
        {"text_sha256": key, "model": model, "vector": pack(vector)}
        for key, vector in found.items()
        if key not in known
    ]
    if rows:
        connection.execute(vectors.insert(), rows)


def pack(vector: Vectors) -> bytes:
    """A vector as stored: little-endian float16, which moves a cosine by less than 0.001."""
    return vector.astype("<f2").tobytes()


def unpack(stored: bytes) -> Vectors:
    """The inverse of ``pack``: shape ``(dimension,)``, float32."""
    return np.frombuffer(stored, "<f2").astype(np.float32)


def _fix(reason: str) -> str:
    """What to do about an error of SQLite, where that is known."""
    if "readonly" in reason or "unable to open" in reason:
        return " Check the permissions of its folder, or set library.directory to another."
    if "full" in reason or "disk I/O" in reason:
        return " Free some space on the disk and repeat: what was stored before is kept."
    return ""


def _line(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split()).rstrip(".")


def _batches(values: Iterable[Any]) -> Iterator[list[Any]]:
    everything = list(values)
    for start in range(0, len(everything), _BATCH):
        yield everything[start : start + _BATCH]


def _sqlite(path: Path, *, read_only: bool) -> Engine:
    # A library on a medium nobody can write to has no place for SQLite's shared memory file.
    query = ""
    if read_only:
        locked = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
        query = "?mode=ro&immutable=1" if locked else "?mode=ro"
    address = path.absolute().as_uri() + query

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None
        )
        connection.execute("PRAGMA foreign_keys=ON")
        if not read_only:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            # What is removed is overwritten, not only unlinked.
            connection.execute("PRAGMA secure_delete=ON")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=16, max_overflow=32)

    # sqlite3 begins transactions by rules of its own; SQLAlchemy's documented way around it.
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("pba_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _remote(address: str) -> tuple[str, Engine]:
    try:
        url = make_url(address)
        if url.get_backend_name() == "sqlite":
            raise ArgumentError("no server")  # the library makes its own, with the settings it needs
        engine = create_engine(url, pool_pre_ping=True)
    except ArgumentError as error:
        raise LibraryError(
            "database_url is no database address; it looks like postgresql+psycopg://user@host/name."
        ) from error
    except ImportError as error:
        raise LibraryError(
            f"database_url needs a driver that is not installed ({error.name}): pip install {error.name}"
        ) from error
    return url.render_as_string(hide_password=True), engine
