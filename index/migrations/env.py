"""Called by Alembic: runs migrations on the connection that ``upgrade`` hands over."""

from __future__ import annotations

from alembic import context

from index.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite can undo CREATE TABLE; Alembic assumes it cannot. A kill leaves all or nothing.
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
