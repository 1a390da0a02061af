"""Word documents (.docx)."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from ingest.errors import Damaged, Encrypted
from ingest.options import MIB, ReadOptions
from ingest.readers.encoding import convert, holds_unicode_letters
from ingest.readers.extract import Parsed
from ingest.readers.tidy import plain_lines

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AGAIN = "Open it in Word or LibreOffice and save it again."
#: What the parts of one document may unpack to, and how densely a large part may be packed.
#: Zip never packs text of a document beyond about 1:100, a bomb 1:1000.
_UNPACKED_BYTES = 512 * MIB
_DENSE_BYTES = 16 * MIB
_DENSITY = 200
_PARTS = 20_000


def parse_docx(path: Path, options: ReadOptions) -> Parsed:
    """Paragraphs one a line, with the labels of automatic lists; table rows as "a | b".

    Raises:
        Encrypted: it opens only with a password.
        Damaged: it is no Word document, is cut off, or unpacks to far more than its size.
    """
    check_archive(path)
    del options
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    from ingest.readers.docx_blocks import lines_of, notes_of
    from ingest.readers.docx_fonts import to_unicode
    from ingest.readers.docx_numbering import write_out
    from ingest.readers.docx_prepare import prepare

    try:
        document = docx.Document(str(path))
        notes = notes_of(document)
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Damaged(path, "is no readable Word document.", _SAVE_AGAIN) from error
    write_out(document)
    prepare(document)
    encoding = to_unicode(document, notes)
    properties = _properties(document)
    if encoding is not None:
        properties = {name: _converted(value, encoding) for name, value in properties.items()}
    text = "\n".join(lines_of(document, notes))
    return Parsed(MEDIA_TYPE, text=plain_lines(text), properties=properties)


def check_archive(path: Path) -> None:
    """Refuse what is no Word archive, needs a password, or unpacks beyond measure, unpacking nothing.

    Sizes are those the archive declares; ``zipfile`` never unpacks a part beyond its own.
    """
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(OLE_MAGIC):
        if is_encrypted_package(path):
            raise Encrypted(path, "is protected by a password.", "Save it without one.")
        raise Damaged(path, "is an old Word document, no .docx.", "Rename it to end in .doc.")
    if not start.startswith(b"PK"):
        raise Damaged(path, "is no .docx file: it is not a zip archive.", _SAVE_AGAIN)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Damaged(path, "is a .docx file that is cut off or broken.", _SAVE_AGAIN) from error
    if any(part.flag_bits & 0x1 for part in parts):
        raise Encrypted(path, "is protected by a password.", "Save it without one.")
    if "word/document.xml" not in {part.filename for part in parts}:
        raise Damaged(path, "is a zip archive but no Word document.", _SAVE_AGAIN)
    unpacked = sum(part.file_size for part in parts)
    dense = any(
        part.file_size > _DENSE_BYTES and part.file_size > _DENSITY * max(part.compress_size, 1)
        for part in parts
    )
    if dense or unpacked > _UNPACKED_BYTES or len(parts) > _PARTS:
        reason = f"would unpack to {unpacked // MIB} MiB in {len(parts)} parts: an archive bomb."
        raise Damaged(path, reason, "Do not open it.")


def is_encrypted_package(path: Path) -> bool:
    """Whether an OLE file is a password-protected .docx."""
    import olefile  # type: ignore[import-untyped]

    try:
        with olefile.OleFileIO(str(path)) as ole:
            return bool(ole.exists("EncryptedPackage"))
    except OSError:
        return False


def _converted(value: str, encoding: str) -> str:
    return value if holds_unicode_letters(value) else convert(value, encoding)


def _properties(document: Any) -> dict[str, str]:
    core = document.core_properties
    created = core.created or core.modified
    found = {
        "title": core.title,
        "author": core.author,
        "date": created.date().isoformat() if created is not None else "",
    }
    return {name: " ".join(value.split()) for name, value in found.items() if value and value.strip()}
