"""What bounds the reading of one file."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

MIB = 1024 * 1024


def _processors() -> int:
    """Processors this process may use, at most 8: pages at 300 dpi cost about 100 MB each."""
    affinity = getattr(os, "sched_getaffinity", None)
    count = len(affinity(0)) if affinity is not None else (os.cpu_count() or 1)
    return max(1, min(8, count))


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Limits and choices for reading; the defaults suit a library of official documents.

    Attributes:
        max_bytes: size on disk above which a file is refused.
        max_characters: length of the extracted text above which a file is refused.
        max_pages: pages above which a paged file is refused.
        timeout_seconds: wall time after which the parse of one file is stopped; for a
            scan it bounds each page instead, since recognition takes seconds a page.
        ocr: recognise the text of images and of pages without a text layer.
        ocr_language: Tesseract's name of the language, e.g. ``vie`` or ``vie+eng``.
        ocr_workers: pages recognised at the same time.
    """

    max_bytes: int = 64 * MIB
    max_characters: int = 10_000_000
    max_pages: int = 3000
    timeout_seconds: float = 180.0
    ocr: bool = True
    ocr_language: str = "vie"
    ocr_workers: int = field(default_factory=_processors)
