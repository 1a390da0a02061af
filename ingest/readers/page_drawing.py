"""One page of a PDF or of a picture, drawn as a PNG, with the places of its letters.

Runs in the process of ``worker``: what crashes the library that draws must not crash a server, and
pdfium may not be used by two threads at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ingest.errors import Damaged

_PDF = b"%PDF-"
#: Enlarged no further than this; a small page of large letters needs no more.
_LARGEST_SCALE = 3.0


def draw_page(path: Path, number: int, longest_side: int, picture: Path) -> dict[str, Any]:
    """Draw page ``number`` (1-based) into the file ``picture``.

    Returns:
        ``width`` and ``height`` of the page in points and ``lines`` in reading order: each its
        ``text``, ``box``, ``boxes`` of its letters and whether it is a ``table``. A page that is a
        picture has none.

    Raises:
        Damaged: there is no such page, or it cannot be drawn.
    """
    with path.open("rb") as file:
        pdf = _PDF in file.read(1024)
    return (
        _pdf_page(path, number, longest_side, picture) if pdf else _frame(path, number, longest_side, picture)
    )


def _pdf_page(path: Path, number: int, longest_side: int, picture: Path) -> dict[str, Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Damaged(path, "is no readable PDF any more.", "Put the file back.") from error
    try:
        if not 1 <= number <= len(document):
            raise Damaged(path, f"has no page {number} any more.", "Load the file again.")
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(_LARGEST_SCALE, longest_side / max(width, height, 1.0))
        page.render(scale=scale).to_pil().save(picture, "PNG", compress_level=4)
        lines = _lines(path, number, page)
    except pypdfium2.PdfiumError as error:
        raise Damaged(path, f"has a page that cannot be drawn (page {number}).", "Scan it again.") from error
    finally:
        document.close()
    return {"width": width, "height": height, "lines": lines}


def _lines(path: Path, number: int, page: Any) -> list[dict[str, Any]]:
    """As ``pdf.parse_pdf`` reads the page, so that the letters come in the order of the stored text."""
    from ingest.readers.pdf import font_encodings, ruled_tables
    from ingest.readers.pdf_chars import lines_of, read_chars
    from ingest.readers.pdf_layout import in_columns

    found = read_chars(page)
    tables = ruled_tables(path, [number - 1] if found.ruled and found.chars else [])
    layout = in_columns(lines_of(found, font_encodings([found]), tables.get(number - 1, ()), boxed=True))
    return [
        {
            "text": line.text,
            "box": (line.left, line.top, line.right, line.bottom),
            "boxes": line.boxes,
            "table": line.table,
        }
        for line in layout.lines
    ]


def _frame(path: Path, number: int, longest_side: int, picture: Path) -> dict[str, Any]:
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as image:
            image.seek(number - 1)
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Damaged(path, f"is no picture of {number} pages any more.", "Put the file back.") from error
    upright.thumbnail((longest_side, longest_side))
    upright.save(picture, "PNG", compress_level=4)
    return {"width": float(upright.width), "height": float(upright.height), "lines": []}
