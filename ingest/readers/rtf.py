"""Rich Text Format, through viparse."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.errors import Damaged
from ingest.options import MIB, ReadOptions
from ingest.readers.extract import Parsed
from ingest.readers.tidy import plain_lines

MEDIA_TYPE = "application/rtf"
MAGIC = b"{\\rtf"
_SAVE_AGAIN = "Open it in Word or LibreOffice and save it again."


def parse_rtf(path: Path, options: ReadOptions) -> Parsed:
    """Paragraphs one a line; table rows as "a | b".

    Raises:
        Damaged: it is no RTF, or ends in the middle.
    """
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    if not data.startswith(MAGIC):
        raise Damaged(path, "is no RTF file.", _SAVE_AGAIN)
    if _open_groups(data) > 0:
        raise Damaged(path, "is cut off: its last groups are not closed.", _SAVE_AGAIN)
    import viparse

    (loaded,) = viparse.load(path, output="text", encoding="auto", max_bytes=max(options.max_bytes, MIB))
    lines = (_cells(line) for line in loaded.text.split("\n"))
    return Parsed(MEDIA_TYPE, text=plain_lines("\n".join(lines)))


def _open_groups(data: bytes) -> int:
    """Groups that are still open at the end; an escaped brace is a character."""
    marks = re.sub(rb"\\[\\{}]", b"", data)
    return marks.count(b"{") - marks.count(b"}")


def _cells(line: str) -> str:
    """striprtf ends every table cell with a bar: "a|b|" is the row "a | b"."""
    if not line.rstrip().endswith("|"):
        return line
    cells = [" ".join(cell.split()) for cell in line.rstrip()[:-1].split("|")]
    return " | ".join(cells) if any(cells) else ""
