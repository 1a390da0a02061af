"""PDF files with a text layer; pages without one are marked for recognition."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.errors import Damaged, Encrypted, TooLarge
from ingest.options import ReadOptions
from ingest.readers.encoding import convert, encoding_of_font, holds_unicode_letters, legacy_encoding
from ingest.readers.extract import Parsed, ParsedPage
from ingest.readers.pdf_chars import CharPage, lines_of, read_chars
from ingest.readers.pdf_layout import in_columns, layouts_to_texts

MEDIA_TYPE = "application/pdf"
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_SAVE_AGAIN = "Open it in a PDF reader and print it to a new PDF."
#: A page is a scan if a picture covers this much of it and its text layer is no longer than a
#: stamp ("Người ký: … Thời gian ký: …").
_SCAN_SHARE = 0.5
_STAMP_CHARACTERS = 250


def parse_pdf(path: Path, options: ReadOptions) -> Parsed:
    """Read the text layer page by page.

    Raises:
        Encrypted: it opens only with a password.
        Damaged: it, or one of its pages, cannot be read.
        TooLarge: more pages or characters than ``options`` allow.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
            raise Encrypted(path, "is protected by a password.", "Save it without one.") from error
        raise Damaged(path, "is no readable PDF.", _SAVE_AGAIN) from error
    try:
        count = len(document)
        if count == 0:
            raise Damaged(path, "is a PDF without pages.", _SAVE_AGAIN)
        if count > options.max_pages:
            reason = f"has {count} pages, more than the {options.max_pages} allowed."
            raise TooLarge(path, reason, "Split it, or raise ingest.max_pages.")
        pages = list(_char_pages(document, count, path, options))
        encodings = font_encodings(pages)
        properties = _properties(document, {encoding for encoding in encodings.values() if encoding})
    finally:
        document.close()
    return Parsed(MEDIA_TYPE, pages=tuple(_as_text(path, pages, encodings)), properties=properties)


def _char_pages(document: Any, count: int, path: Path, options: ReadOptions) -> Iterator[CharPage]:
    import pypdfium2

    characters = 0
    for index in range(count):
        try:
            page = document[index]
        except pypdfium2.PdfiumError as error:
            raise Damaged(path, f"has a page that cannot be read (page {index + 1}).", _SAVE_AGAIN) from error
        try:
            found = read_chars(page)
        finally:
            page.close()
        characters += len(found.chars)
        if characters > options.max_characters:
            reason = f"has more than the {options.max_characters} characters allowed."
            raise TooLarge(path, reason, "Split it, or raise ingest.max_characters.")
        yield found


def _as_text(
    path: Path, pages: Sequence[CharPage], encodings: Mapping[str, str | None]
) -> Iterator[ParsedPage]:
    tables = ruled_tables(path, [index for index, page in enumerate(pages) if page.ruled and page.chars])
    layouts = [
        in_columns(lines_of(page, encodings, tables.get(index, ()))) for index, page in enumerate(pages)
    ]
    for page, (text, continues) in zip(pages, layouts_to_texts(layouts), strict=True):
        yield ParsedPage(
            text=text,
            continues=continues,
            scanned=page.image_share >= _SCAN_SHARE and len(page.chars) < _STAMP_CHARACTERS,
            longest_side=max(page.width, page.height),
        )


def font_encodings(pages: Sequence[CharPage]) -> dict[str, str | None]:
    """Which legacy encoding each font's characters are in.

    A font's name tells (.VnTime, VNI-Times); where no name tells, the text of all such fonts
    together is judged.
    """
    texts: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        for char in page.chars:
            texts[char.font].append(" " + char.text if char.spaced or char.breaks else char.text)
    encodings = {font: encoding_of_font(font) for font in texts}
    unnamed = "\n".join("".join(texts[font]) for font, encoding in encodings.items() if encoding is None)
    by_content = legacy_encoding(unnamed)
    return {font: encoding or by_content for font, encoding in encodings.items()}


def ruled_tables(path: Path, indices: Sequence[int]) -> dict[int, list[Any]]:
    """pdfplumber's ruled tables of at least two rows and columns, by page index."""
    if not indices:
        return {}
    import pdfplumber

    found: dict[int, list[Any]] = {}
    with pdfplumber.open(path, pages=[index + 1 for index in indices]) as document:
        for index, page in zip(indices, document.pages, strict=True):
            tables = [
                table
                for table in page.find_tables()
                if len(table.rows) >= 2 and max(len(row.cells) for row in table.rows) >= 2
            ]
            if tables:
                found[index] = tables
            page.close()
    return found


def _properties(document: Any, encodings: Collection[str]) -> dict[str, str]:
    """What the file says of itself; its author typed it in the same font as the text."""
    wanted = {"Title": "title", "Author": "author", "CreationDate": "date"}
    values = document.get_metadata_dict(skip_empty=True)
    properties = {name: " ".join(values[key].split()) for key, name in wanted.items() if values.get(key)}
    if stamp := re.match(r"D:(\d{4})(\d{2})(\d{2})", properties.get("date", "")):
        properties["date"] = "-".join(stamp.groups())
    if len(encodings) == 1:
        (encoding,) = encodings
        for name in ("title", "author"):
            if name in properties and not holds_unicode_letters(properties[name]):
                properties[name] = convert(properties[name], encoding)
    return properties
