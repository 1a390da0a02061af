from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from index.catalogue import Catalogue
from index.conversations import ConversationStore
from index.errors import LibraryError
from index.feedback import FeedbackStore
from index.migrations import SCRIPTS, current_revision, upgrade
from index.schema import REVISION, metadata


def test_migrations_end_at_the_revision_the_code_works_with() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [REVISION]


def test_migrations_make_just_the_tables_of_the_schema(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'made.sqlite3'}")
    with engine.connect() as connection:
        upgrade(connection)
        connection.commit()
        assert current_revision(connection) == REVISION
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        keys = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'passages'")).scalar_one()
        assert "AUTOINCREMENT" in keys


def test_conversations_of_an_earlier_revision_are_kept(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'catalogue.sqlite3'}")
    day = "'2026-01-02 03:04:05'"
    with engine.begin() as connection:
        upgrade(connection, "0002")
        for statement in (
            f"INSERT INTO users VALUES (1, 'an', 'An', 'staff', NULL, 1, {day})",
            f"INSERT INTO conversations VALUES ('c', 1, 'Tên', {day}, {day})",
            f"INSERT INTO turns VALUES (7, 'c', 1, 'Hỏi?', '{{}}', {day})",
            f"INSERT INTO feedback VALUES (3, 7, 1, 'Hỏi?', '{{}}', -1, 'sai', {day})",
        ):
            connection.execute(text(statement))
    catalogue = Catalogue.open(tmp_path)
    [turn] = ConversationStore(catalogue).turns("an", "c")
    assert (turn.key, turn.question, turn.state, turn.rating, turn.comment) == (
        7,
        "Hỏi?",
        "answered",
        -1,
        "sai",
    )
    assert ConversationStore(catalogue).find("an", "c").filters == "{}"
    assert FeedbackStore(catalogue).listed()[0].history == "[]"
    catalogue.close()


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        catalogue = Catalogue.open(tmp_path)
        with catalogue.read() as connection:
            assert current_revision(connection) == REVISION
            name = catalogue.note(connection, "library")
        catalogue.close()
    assert name is not None
    assert len(name) == 16


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path) -> None:
    catalogue = Catalogue.open(tmp_path)
    catalogue.close()
    (tmp_path / "catalogue.sqlite3").unlink()
    (tmp_path / "catalogue.sqlite3").touch()
    engine = create_engine(f"sqlite:///{tmp_path / 'catalogue.sqlite3'}")
    with engine.begin() as connection:
        # One of the tables is in the way of a migration that makes it half-way through.
        connection.execute(text("CREATE TABLE passages (x INTEGER)"))
    with pytest.raises(LibraryError):
        Catalogue.open(tmp_path)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["passages"]


def test_a_catalogue_of_a_later_version_is_refused(tmp_path: Path) -> None:
    catalogue = Catalogue.open(tmp_path)
    with catalogue.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("UPDATE meta SET value = '9999' WHERE name = 'schema'"))
    catalogue.close()
    with pytest.raises(LibraryError, match="later version"):
        Catalogue.open(tmp_path)
    with pytest.raises(LibraryError, match="another version"):
        Catalogue.open(tmp_path, read_only=True)


def test_the_tables_are_valid_for_postgresql() -> None:
    dialect = postgresql.dialect()
    for table in metadata.sorted_tables:
        statement = str(CreateTable(table).compile(dialect=dialect))
        if "key" in table.c and table.c.key.autoincrement is True:
            assert "BIGSERIAL" in statement
        for index in table.indexes:
            assert len(str(index.name)) < 63
            str(CreateIndex(index).compile(dialect=dialect))
