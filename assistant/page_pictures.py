"""Pictures of pages of original files, drawn when they are first looked at and kept on disk.

The folder is a cache: any file of it may be deleted at any time, and its size is bounded.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
import threading
from dataclasses import asdict
from pathlib import Path

from index.durable import replacement
from index.originals import ListedFile
from ingest.options import ReadOptions
from ingest.page_boxes import PageLine
from ingest.page_view import PageView, draw, recognise

log = logging.getLogger(__name__)

#: What the folder may hold, in bytes; the pages looked at longest ago go first.
BUDGET = 256 * 1024 * 1024
#: Pages drawn or recognised at the same time; each keeps a core busy.
_AT_ONCE = 2
#: Seconds that one page may take to be recognised again.
_RECOGNITION_SECONDS = 60.0


class PagePictures:
    """Pages of files that are still as they were read. Safe to use from several threads.

    Args:
        folder: where pictures are kept; a temporary one where this process may not write to it.
        budget: bytes they may fill.
    """

    def __init__(self, folder: Path, *, budget: int = BUDGET) -> None:
        self._wanted = folder
        self._budget = budget
        self._folder: Path | None = None
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._lock = threading.Lock()
        self._keys: dict[str, threading.Lock] = {}
        self._turns = threading.BoundedSemaphore(_AT_ONCE)

    def picture(self, file: ListedFile, number: int) -> Path:
        """The PNG of page ``number`` (1-based) of an unchanged file.

        Raises:
            FileError: it cannot be drawn.
        """
        return self._drawn(file, number)[0]

    def view(self, file: ListedFile, number: int, *, recognised: bool) -> PageView:
        """The size of a page and the places of its lines.

        Args:
            recognised: its text was recognised, so that its lines have to be found the same way
                (4 s a page, kept afterwards).

        Raises:
            FileError: it cannot be drawn or recognised.
        """
        picture, drawn = self._drawn(file, number)
        if not recognised:
            return drawn
        kept = picture.with_suffix(".ocr.json")
        with self._one(kept.name):
            found = _read(kept)
            if found is None:
                options = ReadOptions(timeout_seconds=_RECOGNITION_SECONDS, ocr_workers=1)
                with self._turns:
                    found = recognise(file.path, number, (drawn.width, drawn.height), options=options)
                _write(kept, found)
        return found

    def _drawn(self, file: ListedFile, number: int) -> tuple[Path, PageView]:
        picture = self._place() / f"{file.sha256}-{number}.png"
        kept = picture.with_suffix(".json")
        with self._one(picture.name):
            found = _read(kept) if picture.is_file() else None
            if found is None:
                handle, name = tempfile.mkstemp(".png.tmp", ".page", picture.parent)
                os.close(handle)
                try:
                    with self._turns:
                        found = draw(file.path, number, Path(name))
                    Path(name).replace(picture)
                finally:
                    Path(name).unlink(missing_ok=True)
                # Written last: it tells that the picture is whole.
                _write(kept, found)
                self._make_room(spare={picture, kept})
            else:
                _touch(picture)
        return picture, found

    def _one(self, key: str) -> threading.Lock:
        """A lock that keeps two threads from drawing the same page."""
        with self._lock:
            if len(self._keys) > 1000:
                self._keys = {name: lock for name, lock in self._keys.items() if lock.locked()}
            return self._keys.setdefault(key, threading.Lock())

    def _place(self) -> Path:
        with self._lock:
            if self._folder is None:
                try:
                    self._wanted.mkdir(parents=True, exist_ok=True)
                    if not os.access(self._wanted, os.W_OK):
                        raise PermissionError
                    self._folder = self._wanted
                except OSError:
                    self._temporary = tempfile.TemporaryDirectory(prefix="pba-pages-")
                    self._folder = Path(self._temporary.name)
            return self._folder

    def _make_room(self, spare: set[Path]) -> None:
        with self._lock:
            kept = []
            for path in self._folder.iterdir() if self._folder else ():
                try:
                    found = path.stat()
                except OSError:
                    continue
                kept.append((found.st_mtime_ns, found.st_size, path))
            total = sum(size for _, size, _ in kept)
            for _, size, path in sorted(kept):
                if total <= self._budget:
                    break
                if path not in spare:
                    path.unlink(missing_ok=True)
                    total -= size


def _read(path: Path) -> PageView | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        lines = (
            PageLine(line["text"], tuple(line["box"]), tuple(map(tuple, line["boxes"])), line["table"])
            for line in found["lines"]
        )
        return PageView(found["width"], found["height"], tuple(lines))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        log.warning("%s is damaged and is made anew.", path)
        return None


def _write(path: Path, view: PageView) -> None:
    with replacement(path) as file:
        file.write(json.dumps(asdict(view), ensure_ascii=False).encode())


def _touch(path: Path) -> None:
    """Its time of change is when it was last looked at."""
    try:
        os.utime(path)
    except OSError:
        log.debug("the time of %s cannot be set", path)
