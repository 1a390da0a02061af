"""What an owner says of a document on the page, kept where ingestion looks for it: beside the file.

``name.meta.toml`` wins over what is read in a text and over its front matter, so that an edit outlasts
reading the file again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from index.durable import write_text_durably
from index.fingerprint import Fingerprints
from index.library import Library
from index.records import FileRecord
from index.shelf import all_file_records, file_records, rewrite
from ingest.errors import BadSidecar
from ingest.sidecar import checked, read_sidecar, sidecar_paths, sidecar_text
from ingest.types import Document, Origin

#: The fields that the page edits, in its order.
EDITABLE = ("title", "number", "kind", "issuer", "province", "issued_on", "status")
#: Those of which a document may have none.
OPTIONAL = frozenset({"number", "issuer", "province", "issued_on"})


class BadValue(AssistantError):
    """A value given for a field of a document cannot be used.

    Attributes:
        field: which one.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class NotKept(AssistantError):
    """What an owner said of a document cannot be written beside its file."""


def edit(library: Library, document_id: str, values: Mapping[str, str]) -> Document:
    """Change what is known of a document; a search and an answer use it at once.

    Args:
        values: field → new value as typed; empty says that there is none. Fields left out stay.

    Raises:
        BadValue: a field that is not one of ``EDITABLE``, or a value that cannot be used; nothing changed.
        NotKept: the folder of its file cannot be written to; nothing changed.
        LibraryBusy: another process is writing; the edit is read at the next ingestion.
    """
    document = library.document(document_id)
    changes = _changes(document, values)
    if not changes:
        return document
    records = file_records(library, document_id)
    for record in records:
        if record.path.is_file():
            kept = dict(read_sidecar(record.path).values)
            _write(record.path, {**kept, **changes})
    changed = replace(
        document, **changes, provenance={**document.provenance, **dict.fromkeys(changes, Origin.SIDECAR)}
    )
    rewrite(library, changed, _fresh(library, records))
    return changed


def forget_edits(library: Library, document_id: str) -> list[Path]:
    """Take back what was said of a document on the page.

    Returns:
        Its files, which are to be read again.

    Raises:
        NotKept: the folder of its file cannot be written to.
    """
    paths = []
    for record in file_records(library, document_id):
        if not record.path.is_file():
            continue
        kept = dict(read_sidecar(record.path).values)
        if kept.keys() & set(EDITABLE):
            _write(record.path, {key: value for key, value in kept.items() if key not in EDITABLE})
            paths.append(record.path)
    return paths


def unread_edits(library: Library) -> list[Path]:
    """Files beside which something was said that the library does not know yet, as a kill may leave them."""
    found = []
    for record in all_file_records(library):
        sidecar = next((path for path in sidecar_paths(record.path) if path.is_file()), None)
        now = sidecar.stat().st_mtime_ns if sidecar else None
        if record.path.is_file() and now != record.sidecar_mtime_ns:
            found.append(record.path)
    return found


def _changes(document: Document, values: Mapping[str, str]) -> dict[str, Any]:
    """The values that differ from what the document has, checked."""
    changes: dict[str, Any] = {}
    for field, typed in values.items():
        if field not in EDITABLE:
            raise BadValue(field, f"{field} cannot be edited here. It is one of: {', '.join(EDITABLE)}.")
        given: object = typed if typed.strip() or field not in OPTIONAL else False
        try:
            value = checked(Path(document.id), {field: given}).values[field]
        except BadSidecar as error:
            raise BadValue(field, f"{error.reason} {error.fix}") from error
        if value == getattr(document, field):
            continue
        changes[field] = value
    return changes


def _write(path: Path, values: Mapping[str, Any]) -> None:
    sidecar = sidecar_paths(path)[0]
    try:
        if values:
            write_text_durably(sidecar, sidecar_text(values))
        else:
            sidecar.unlink(missing_ok=True)
    except OSError as error:
        raise NotKept(
            f"{sidecar} cannot be written ({error.strerror or error}). Make its folder writable, "
            "or hand in a copy of the file on the page."
        ) from error


def _fresh(library: Library, records: list[FileRecord]) -> list[FileRecord]:
    """The records with the metadata files as they are now; a file whose content changed stays to be read."""
    found = []
    for record in records:
        if not record.path.is_file():
            continue
        _, now = Fingerprints(library.catalogue, recipe=record.recipe).compare(
            Path(record.given), record.path
        )
        if now.sha256 == record.sha256:
            found.append(now)
    return found
