"""Which files a command means: names, folders and glob patterns become a list of files."""

from __future__ import annotations

import glob
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import FileError, PathError, UnsupportedType

SIDECAR_SUFFIX = ".meta.toml"


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found.

    Attributes:
        files: readable files, sorted by path, each once however many ways lead to it.
        failures: paths that were asked for and cannot be used.
        skipped: files inside folders or matched by a pattern that are of no supported type.
    """

    files: tuple[Path, ...]
    failures: tuple[FileError, ...]
    skipped: int = 0


def discover(patterns: Sequence[str | Path], *, suffixes: Collection[str]) -> Discovery:
    """Find the files that ``patterns`` name.

    Args:
        patterns: files, folders (searched through all levels) and glob patterns (``**`` too).
            A name that exists is taken literally even where it looks like a pattern.
        suffixes: supported file name endings, lower case with the dot.

    Hidden files, editors' lock files and ``*.meta.toml`` inside folders are passed over. Links inside
    a folder are followed as long as they stay inside it. Nothing is raised: every path that
    cannot be used becomes an entry of ``failures``.
    """
    search = _Search(frozenset(suffixes))
    for pattern in patterns:
        search.add(pattern)
    return search.result()


class _Search:
    def __init__(self, suffixes: frozenset[str]) -> None:
        self._suffixes = suffixes
        self._files: dict[str, Path] = {}
        self._failures: dict[str, FileError] = {}
        self._skipped: set[str] = set()

    def result(self) -> Discovery:
        files = tuple(sorted(self._files.values(), key=str))
        skipped = len(self._skipped - self._files.keys())
        return Discovery(files, tuple(self._failures[name] for name in sorted(self._failures)), skipped)

    def add(self, pattern: str | Path) -> None:
        text = os.fspath(pattern)
        if not text.strip() or "\0" in text:
            self._fail(PathError(repr(text), "is no path.", "Name a file, a folder or a pattern."))
            return
        path = Path(text).expanduser()
        try:
            if os.path.lexists(path):
                self._named(path)
            elif glob.has_magic(text):
                self._matched(str(path))
            else:
                self._fail(PathError(path, "does not exist.", "Check the spelling of the path."))
        except OSError as error:
            self._fail(
                PathError(
                    path, f"cannot be opened ({error.strerror or error}).", "Check its name and permissions."
                )
            )

    def _named(self, path: Path) -> None:
        if path.is_dir():
            self._folder(path)
        elif problem := _unusable(path):
            self._fail(problem)
        elif not self._supported(path):
            known = " ".join(sorted(self._suffixes))
            self._fail(
                UnsupportedType(path, f"files of type {path.suffix or '(none)'} cannot be read.", known)
            )
        else:
            self._keep(path)

    def _matched(self, pattern: str) -> None:
        matches = [Path(name) for name in sorted(self._expanded(pattern))]
        if not matches:
            self._fail(PathError(pattern, "matches no file.", "Check the pattern; quote it in the shell."))
        for path in matches:
            if path.is_dir():
                # "**" yields every folder beside every file; only a folder matched by a
                # pattern that does not descend by itself is meant as a folder.
                if "**" not in Path(pattern).parts:
                    self._folder(path)
            elif problem := _unusable(path):
                self._fail(problem)
            else:
                self._offer(path)

    def _expanded(self, pattern: str) -> Iterator[str]:
        """What a pattern matches. "**" descends as a folder does: glob's own goes round in links."""
        parts = Path(pattern).parts
        if "**" not in parts:
            # Not Path.glob: a pattern may be absolute, and start anywhere.
            yield from glob.glob(pattern)  # noqa: PTH207
            return
        at = parts.index("**")
        head, tail = Path(*parts[:at]), parts[at + 1 :] or ("*",)
        for base in glob.glob(str(head)):  # noqa: PTH207
            for folder, _ in self._walk(Path(base)) if Path(base).is_dir() else ():
                yield from self._expanded(str(Path(glob.escape(str(folder)), *tail)))

    def _folder(self, folder: Path) -> None:
        root = folder.resolve()
        for here, names in self._walk(folder):
            for name in names:
                path = here / name
                if name.startswith("."):
                    continue
                if path.is_symlink() and (problem := _leads_astray(path, root)):
                    self._fail(problem)
                elif path.is_file():
                    self._offer(path)

    def _walk(self, folder: Path) -> Iterator[tuple[Path, list[str]]]:
        """``folder`` and those below it, each with the names of its files."""
        root, linked = folder.resolve(), set[Path]()
        for parent, folders, names in os.walk(folder, onerror=self._fail_os, followlinks=True):
            here = Path(parent)
            folders[:] = sorted(
                name
                for name in folders
                if not name.startswith(".") and self._enters(here / name, root, linked)
            )
            yield here, sorted(names)

    def _enters(self, folder: Path, root: Path, linked: set[Path]) -> bool:
        """Whether to descend; a link that leads out of ``root`` or to its own parents is reported.

        ``linked`` holds where links led so far. Nowhere twice: folders that link to each other would
        be entered in every order.
        """
        if not folder.is_symlink():
            return True
        problem = _leads_astray(folder, root)
        if problem is None and folder.absolute().parent.resolve().is_relative_to(folder.resolve()):
            problem = PathError(folder, "is a link to a folder above it, and was not followed.", "Delete it.")
        if problem is not None:
            self._fail(problem)
            return False
        target = folder.resolve()
        new = target not in linked
        linked.add(target)
        return new

    def _offer(self, path: Path) -> None:
        if path.name.lower().endswith(SIDECAR_SUFFIX) or path.name.startswith("~$"):
            return
        if self._supported(path):
            self._keep(path)
        else:
            self._skipped.add(os.path.realpath(path))

    def _supported(self, path: Path) -> bool:
        return path.suffix.lower() in self._suffixes

    def _keep(self, path: Path) -> None:
        try:
            str(path.absolute()).encode()
        except UnicodeEncodeError:
            self._fail(PathError(path, "has a name or a folder whose name is not UTF-8.", "Rename it."))
            return
        # The shortest name stands for a file that several links lead to, so that the result
        # does not depend on the order of the arguments.
        real = os.path.realpath(path)
        known = self._files.get(real)
        if known is None or (len(str(path)), str(path)) < (len(str(known)), str(known)):
            self._files[real] = path

    def _fail(self, error: FileError) -> None:
        self._failures.setdefault(str(error.path), error)

    def _fail_os(self, error: OSError) -> None:
        name = error.filename or "?"
        self._fail(PathError(name, f"cannot be opened ({error.strerror}).", "Check its permissions."))


def _unusable(path: Path) -> PathError | None:
    """Why a path that is no folder cannot be read as a file."""
    if path.is_symlink() and (problem := _broken(path)):
        return problem
    if not path.is_file():
        return PathError(path, "is neither a file nor a folder.", "Name a file or a folder.")
    return None


def _broken(link: Path) -> PathError | None:
    try:
        link.resolve(strict=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: Python 3.11's answer to a loop
        if isinstance(error, FileNotFoundError):
            return PathError(link, "is a link to something that does not exist.", "Mend it, or delete it.")
        return PathError(link, "is a link that turns in a circle.", "Delete it.")
    return None


def _leads_astray(link: Path, root: Path) -> PathError | None:
    """Why a link found inside the folder ``root`` is not followed, or ``None`` if it may be."""
    if problem := _broken(link):
        return problem
    if not link.resolve().is_relative_to(root):
        return PathError(link, "is a link that leads outside the folder.", "Name its target to ingest it.")
    return None
