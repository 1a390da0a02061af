"""Brings the tables of a catalogue to the revision this code works with."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from index.errors import LibraryError
from index.schema import REVISION

SCRIPTS = Path(__file__).parent


def current_revision(connection: Connection) -> str | None:
    """The revision recorded in the database, or ``None`` for one without tables of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def upgrade(connection: Connection, revision: str = REVISION) -> None:
    """Run every missing migration inside the transaction of ``connection``.

    Raises:
        LibraryError: the catalogue was made by a later version of the program.
    """
    # Alembic takes 0.2 s to import; a catalogue that is up to date never comes here.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    found = current_revision(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise LibraryError(
            f"The library's catalogue has revision {found}, this program knows {REVISION}: "
            "it was made by a later version. Upgrade party-building-assistant."
        )
    command.upgrade(config, revision)
