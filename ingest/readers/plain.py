"""Plain text and Markdown."""

from __future__ import annotations

from pathlib import Path

from ingest.options import ReadOptions
from ingest.readers.encoding import decode
from ingest.readers.tidy import tidy
from ingest.types import RawText

MEDIA_TYPES = {".txt": "text/plain", ".md": "text/markdown"}


def read_plain(path: Path, options: ReadOptions) -> RawText:
    """The text as it stands; YAML front matter is left where it is.

    Raises:
        NotText: the bytes are in no encoding that Vietnamese is written in.
    """
    del options  # its limits are checked for every format alike, before and after
    return RawText(tidy(decode(path, path.read_bytes())), media_type=MEDIA_TYPES[path.suffix.lower()])
