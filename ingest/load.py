"""File → ``Document``: read it, take out what its owner says of it, clean it, describe it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from ingest.clean import clean
from ingest.errors import EmptyDocument
from ingest.metadata import Overrides, describe
from ingest.options import ReadOptions
from ingest.readers import read
from ingest.sidecar import merged, read_sidecar, split_front_matter
from ingest.types import Document, RawText

_FRONT_MATTER_SUFFIXES: Final = frozenset({".md", ".markdown"})


def load(
    path: Path, *, options: ReadOptions | None = None, on_page: Callable[[int, int], None] | None = None
) -> Document:
    """The document in the file ``path``, its id the file's name.

    Args:
        options: limits of reading; the defaults if ``None``.
        on_page: called with (pages done, pages) while pages are recognised.

    Raises:
        FileError: the file cannot be read, holds no text, or its metadata cannot be used.
    """
    sidecar = read_sidecar(path)
    raw = read(path, options=options or ReadOptions(), on_page=on_page)
    front = Overrides()
    if path.suffix.lower() in _FRONT_MATTER_SUFFIXES:
        front, begin = split_front_matter(raw.text, path)
        raw = replace(raw, text=raw.text[begin:].lstrip("\n")) if begin else raw
    return document_of(raw, path, merged(sidecar, front))


def document_of(raw: RawText, path: Path, overrides: Overrides | None = None) -> Document:
    """The document made of text that was read from ``path``; cleans and describes it.

    Raises:
        EmptyDocument: nothing is left after cleaning.
    """
    cleaned = clean(raw)
    if not cleaned.text.strip():
        raise EmptyDocument(path, "There is no text in it.", "Check that the file is the right one.")
    found = describe(cleaned, path, overrides, uncleaned=raw.text)
    name = unicodedata.normalize("NFC", path.name)
    return Document(
        id=name,
        sha256=hashlib.sha256(cleaned.text.encode("utf-8")).hexdigest(),
        title=found.title,
        text=cleaned.text,
        number=found.number,
        kind=found.kind,
        issuer=found.issuer,
        province=found.province,
        issued_on=found.issued_on,
        status=found.status,
        source=found.source,
        access=found.access,
        pages=cleaned.pages,
        provenance=found.provenance,
        names=(name,),
    )
