"""The tables of the catalogue, the one truth of a library.

Works unchanged on SQLite and PostgreSQL. A change here needs a migration in
``index/migrations/versions`` and a new ``REVISION``; a test holds the two together.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

#: The migration this code works with.
REVISION = "0005"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


# SQLite counts up without reusing only where the type is INTEGER; PostgreSQL wants the room.
_Key = BigInteger().with_variant(Integer(), "sqlite")


def _key() -> Column[int]:
    return Column("key", _Key, primary_key=True, autoincrement=True)


def _of(table: str, name: str, *, null: bool = False, unlink: bool = False) -> Column[int]:
    """A column that points at the key of ``table``; its row goes with that row unless ``unlink``."""
    action = "SET NULL" if unlink else "CASCADE"
    return Column(name, _Key, ForeignKey(f"{table}.key", ondelete=action), nullable=null, index=True)


#: library (random name of this library), generation, embedding.model, embedding.dimension
meta = Table(
    "meta",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    _key(),
    Column("id", String(512), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("number", Text),
    Column("number_key", Text, index=True),
    Column("kind", String(64), nullable=False),
    Column("issuer", Text),
    Column("province", Text),
    Column("issued_on", Date),
    Column("status", String(64), nullable=False),
    Column("source", Text),
    Column("access", String(64), nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)

pages = Table(
    "pages",
    metadata,
    Column("document_key", _Key, ForeignKey("documents.key", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("confidence", Float),
)

provenance = Table(
    "provenance",
    metadata,
    Column("document_key", _Key, ForeignKey("documents.key", ondelete="CASCADE"), primary_key=True),
    Column("field", String(64), primary_key=True),
    Column("origin", String(64), nullable=False),
)

#: One row for every file whose text is in the library; several may share one document.
files = Table(
    "files",
    metadata,
    _key(),
    Column("path", Text, nullable=False, unique=True),
    Column("given", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("sidecar_sha256", String(64)),
    Column("sidecar_size", BigInteger),
    Column("sidecar_mtime_ns", BigInteger),
    Column("recipe", String(64), nullable=False),
    _of("documents", "document_key"),
    Column("ingested_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)

#: The text of a passage is its span of the document; ``text_sha256`` proves that the span holds.
#: ``key`` is never used twice, so that an index can never show one passage for another.
passages = Table(
    "passages",
    metadata,
    _key(),
    _of("documents", "document_key"),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text_sha256", LargeBinary(32), nullable=False, index=True),
    Column("heading", Text, nullable=False),
    Column("part", Text),
    Column("chapter", Text),
    Column("section", Text),
    Column("article", Text),
    Column("clause", Text),
    Column("point", Text),
    Column("page", Integer),
    Column("generation", BigInteger, nullable=False, index=True),
    UniqueConstraint("document_key", "ordinal"),
    sqlite_autoincrement=True,
)

#: Keys of passages that are gone, so that an index of an older generation can follow.
removals = Table(
    "removals",
    metadata,
    Column("passage_key", _Key, primary_key=True, autoincrement=False),
    Column("generation", BigInteger, nullable=False, index=True),
)

#: Little-endian float16, unit length; a text that comes back is not embedded again.
vectors = Table(
    "vectors",
    metadata,
    Column("text_sha256", LargeBinary(32), primary_key=True),
    Column("model", String(255), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

#: The texts of the sentences of a passage that can be quoted, which vectors are kept of as well.
units = Table(
    "units",
    metadata,
    Column("passage_key", _Key, ForeignKey("passages.key", ondelete="CASCADE"), primary_key=True),
    Column("text_sha256", LargeBinary(32), primary_key=True, index=True),
)

#: ``document`` replaces, ends or amends what ``number`` names; ``target`` where that is in the library.
relations = Table(
    "relations",
    metadata,
    _key(),
    _of("documents", "document_key"),
    Column("kind", String(32), nullable=False),
    Column("number", Text, nullable=False),
    Column("number_key", Text, nullable=False, index=True),
    Column("start", Integer),
    Column("end", Integer),
    _of("documents", "target_key", null=True, unlink=True),
    sqlite_autoincrement=True,
)

users = Table(
    "users",
    metadata,
    _key(),
    Column("name", String(255), nullable=False, unique=True),
    Column("display_name", Text, nullable=False),
    Column("role", String(32), nullable=False),
    Column("password_hash", Text),
    Column("active", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)

#: ``filters`` as JSON; ``language`` is set where the reader pinned one; ``folded`` is the title without
#: diacritics, for searching.
conversations = Table(
    "conversations",
    metadata,
    Column("id", String(64), primary_key=True),
    _of("users", "user_key", null=True),
    Column("title", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("filters", Text, nullable=False, server_default="{}"),
    Column("language", String(8)),
    Column("folded", Text, nullable=False, server_default=""),
)

#: ``answer`` is the documented JSON of an answer, as it was shown, or empty where there is none: ``state``
#: says whether the turn was answered, failed or stopped, ``reason`` why it failed.
turns = Table(
    "turns",
    metadata,
    _key(),
    Column("conversation_id", String(64), ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("state", String(16), nullable=False, server_default="answered"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("folded", Text, nullable=False, server_default=""),
    UniqueConstraint("conversation_id", "ordinal"),
    sqlite_autoincrement=True,
)

#: Keeps its own copy of what was asked and answered: it outlives the conversation. ``history`` is a JSON
#: array of the questions before; ``rating`` is 1 or -1.
feedback = Table(
    "feedback",
    metadata,
    _key(),
    _of("turns", "turn_key", null=True, unlink=True),
    _of("users", "user_key", null=True, unlink=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("rating", Integer, nullable=False),
    Column("comment", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("reason", String(32)),
    Column("history", Text, nullable=False, server_default="[]"),
    Index(None, "created_at"),
    sqlite_autoincrement=True,
)

#: Teaching material under way; what it says is in its versions.
drafts = Table(
    "drafts",
    metadata,
    Column("id", String(64), primary_key=True),
    _of("users", "user_key", null=True),
    Column("title", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
)

#: Each state of a draft that was saved, counted from 1, and never changed afterwards; ``index.drafts`` packs
#: the JSON in ``content``.
draft_versions = Table(
    "draft_versions",
    metadata,
    _key(),
    Column("draft_id", String(64), ForeignKey("drafts.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("draft_id", "ordinal"),
    sqlite_autoincrement=True,
)

#: Test questions that were drafted; what each says is in its entries. ``left_out`` is a JSON array.
question_sets = Table(
    "question_sets",
    metadata,
    Column("id", String(64), primary_key=True),
    _of("users", "user_key", null=True),
    Column("title", Text, nullable=False),
    Column("left_out", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
)

#: A question as it was drafted or, ``decided``, as a person left it. The last of a question holds; the last
#: decision of a set is undone by taking it out.
question_entries = Table(
    "question_entries",
    metadata,
    _key(),
    Column(
        "set_id", String(64), ForeignKey("question_sets.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("question_id", String(64), nullable=False),
    Column("decided", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)
