"""Names of files that come from elsewhere, made fit for a folder of ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import PurePosixPath

#: Bytes of a name in UTF-8; file systems take 255, and "name (12).docx.meta.toml" must fit as well.
LONGEST = 180
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
#: Windows refuses these whatever their ending; a library may be copied there.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_NAMELESS = "tai-lieu"


def clean_name(name: str) -> str:
    """The last part of ``name``, as a visible file name that every system takes; its ending is kept."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = "".join(c for c in last if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    kept = " ".join(_FORBIDDEN.sub("_", kept).split()).lstrip(".~$ ").rstrip(". ")
    stem, suffix = _split(kept)
    stem = stem.strip(". ") or _NAMELESS
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    room = LONGEST - len(suffix.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + suffix


def free_name(name: str, taken: Callable[[str], bool]) -> str:
    """``name``, or with the first count behind its stem that is not taken: ``name (2).docx``."""
    stem, suffix = _split(name)
    candidate, count = name, 2
    while taken(candidate):
        candidate = f"{stem} ({count}){suffix}"
        count += 1
    return candidate


def _split(name: str) -> tuple[str, str]:
    suffix = PurePosixPath(name).suffix
    if len(suffix.encode()) > 20:
        suffix = ""
    return (name[: len(name) - len(suffix)] if suffix else name), suffix
