"""What users keep of their own in the catalogue: rows of one table, each with an id, a title and an owner.

Each method is one small transaction beside those that store documents; none changes what a search finds.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import Connection, ScalarSelect, Select, Table, select
from sqlalchemy.exc import IntegrityError

from index.catalogue import Catalogue
from index.errors import LibraryError
from index.schema import users

#: What a user is who came without logging in.
ROLE = "staff"

Row = TypeVar("Row")


class OwnedRows(ABC, Generic[Row]):
    """The rows of every user in ``table``. A user sees and changes his own only.

    Every method that names one raises ``unknown(id)`` where the user has none of that id, and every writing
    one ``LibraryError`` or ``LibraryBusy`` where the catalogue cannot be written.

    Attributes:
        table: has ``id``, ``user_key``, ``created_at`` and ``updated_at``.
    """

    table: ClassVar[Table]

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._turnstile = threading.Lock()

    @staticmethod
    @abstractmethod
    def unknown(row_id: str) -> LibraryError:
        """The error for an id that a user does not have."""

    @abstractmethod
    def _counted(self) -> ScalarSelect[Any]:
        """What is told of each as ``counted``: how many it has of what belongs to it."""

    @abstractmethod
    def _value(self, row: Any) -> Row:
        """A row of ``table``, ``counted`` beside its columns, as it is given out."""

    def find(self, user: str, row_id: str) -> Row:
        """That of an id."""
        with self._catalogue.read() as connection:
            row = connection.execute(self._of(user).where(self.table.c.id == row_id)).first()
        if row is None:
            raise self.unknown(row_id)
        return self._value(row)

    def listed(self, user: str, *, limit: int, offset: int = 0) -> list[Row]:
        """Those of a user, the one changed last first."""
        return self._in_order(self._of(user), limit, offset)

    def remove(self, user: str, row_id: str) -> None:
        """Delete it with all that belongs to it."""
        with self._writing() as connection:
            self._owner(connection, user, row_id)
            connection.execute(self.table.delete().where(self.table.c.id == row_id))

    # ---- within a transaction

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        # Threads of one process wait here in turn: SQLite makes them try again, later and later.
        with self._turnstile, self._catalogue.write(beside_others=True) as connection:
            yield connection

    def _insert(self, connection: Connection, user: str, row_id: str, **values: Any) -> datetime:
        """Put one in that is made now; gives that moment."""
        now, owner = datetime.now(UTC), user_key(connection, user)
        connection.execute(
            self.table.insert().values(id=row_id, user_key=owner, created_at=now, updated_at=now, **values)
        )
        return now

    def _change(self, connection: Connection, row_id: str, **values: Any) -> None:
        """Set columns of one. On PostgreSQL its row is what two writers wait for."""
        connection.execute(self.table.update().where(self.table.c.id == row_id).values(**values))

    def _owner(self, connection: Connection, user: str, row_id: str) -> int:
        """The key of the user whose it is."""
        found = connection.execute(
            select(users.c.key)
            .join_from(self.table, users)
            .where(self.table.c.id == row_id, users.c.name == user)
        ).scalar()
        if found is None:
            raise self.unknown(row_id)
        return int(found)

    def _of(self, user: str) -> Select[Any]:
        counted = self._counted().label("counted")
        return select(self.table, counted).join_from(self.table, users).where(users.c.name == user)

    def _in_order(self, query: Select[Any], limit: int, offset: int) -> list[Row]:
        columns = self.table.c
        query = query.order_by(columns.updated_at.desc(), columns.id).limit(limit).offset(offset)
        with self._catalogue.read() as connection:
            return [self._value(row) for row in connection.execute(query)]


def user_key(connection: Connection, name: str) -> int:
    """The key of the user of that name, who is made known here if he is not."""
    query = select(users.c.key).where(users.c.name == name)
    found = connection.execute(query).scalar()
    if found is None:
        row = {"name": name, "display_name": name, "role": ROLE, "active": True}
        try:
            with connection.begin_nested():
                connection.execute(users.insert().values(**row, created_at=datetime.now(UTC)))
        except IntegrityError:
            # Another writer was quicker; what he stored is found below.
            pass
        found = connection.execute(query).scalar_one()
    return int(found)


def utc(moment: datetime) -> datetime:
    """SQLite keeps no time zone; everything is written in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
