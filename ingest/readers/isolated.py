"""Running a parser in another process, with a time limit that holds."""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import os
import queue
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

import ingest
from ingest import errors
from ingest.errors import Damaged, FileError, TimedOut
from ingest.options import ReadOptions
from ingest.readers.extract import Parsed, ParsedPage

_log = logging.getLogger(__name__)

#: A process serves this many files, then is replaced: parsers leak.
_FILES_PER_PROCESS = 200
_IDLE_PROCESSES = 4
_START_SECONDS = 30.0


def parse(parser: str, path: Path, options: ReadOptions, *, name: Path | None = None) -> Parsed:
    """Run one of ``worker.PARSERS`` on ``path``.

    Args:
        name: the file to name in errors where ``path`` is a conversion of it.

    Raises:
        FileError: what the parser found wrong; ``TimedOut`` after ``options.timeout_seconds``;
            ``Damaged`` where the parser crashed.
    """
    reply = _asked({"parser": parser}, path, options, name or path)
    parsed = reply["parsed"]
    pages = tuple(ParsedPage(**page) for page in parsed.pop("pages"))
    return Parsed(**parsed, pages=pages)


def page(
    path: Path, number: int, *, longest_side: int, picture: Path, options: ReadOptions
) -> dict[str, Any]:
    """Draw one page of a file as a PNG; see ``page_drawing.draw_page``, whose result this is.

    Raises:
        FileError: as ``parse``.
    """
    request = {
        "parser": "page",
        "page": number,
        "longest_side": longest_side,
        "picture": str(picture.absolute()),
    }
    found: dict[str, Any] = _asked(request, path, options, path)["page"]
    return found


def _asked(request: dict[str, Any], path: Path, options: ReadOptions, shown: Path) -> dict[str, Any]:
    """The worker's reply to ``request`` about ``path``; raises what it reports."""
    try:
        worker = _take()
    except (TimeoutError, EOFError):
        raise TimedOut(shown, "waited in vain for a process to parse in.", "Free some memory.") from None
    try:
        reply = worker.ask(
            {**request, "path": str(path.absolute()), "options": asdict(options)},
            timeout=options.timeout_seconds,
        )
    except TimeoutError:
        worker.kill()
        seconds = f"{options.timeout_seconds:g} seconds"
        raise TimedOut(
            shown, f"could not be read in {seconds}.", "Split it, or raise ingest.timeout_seconds."
        ) from None
    except EOFError:
        worker.kill()
        raise Damaged(shown, "made its parser crash.", "Open it and save it again.") from None
    except BaseException:
        worker.kill()
        raise
    _give_back(worker)
    return _checked(reply, shown)


def _checked(reply: dict[str, Any], path: Path) -> dict[str, Any]:
    if "error" in reply:
        kind, reason, fix = reply["error"]
        error: type[FileError] = getattr(errors, kind)
        raise error(path, reason, fix)
    if "crash" in reply:
        _log.debug("parsing %s\n%s", path, reply["traceback"])
        summary = " ".join(str(reply["crash"]).split())[:200]
        raise Damaged(path, f"cannot be parsed ({summary}).", "Open it and save it again.")
    return reply


class _Worker:
    def __init__(self) -> None:
        self.served = 0
        self.owner = os.getpid()
        root = str(Path(ingest.__file__).parent.parent)
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ingest.readers.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # ASCII lines: every other character travels as a JSON escape.
            encoding="ascii",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            start_new_session=True,  # Ctrl-C is for the parent, which then ends this one
        )
        self._replies: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        try:
            self._reply(_START_SECONDS)  # the worker's first line says that it is up
        except BaseException:
            self.kill()
            raise

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._replies.put(line)
        self._replies.put("")

    def ask(self, request: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        """The reply to ``request``; ``TimeoutError`` or, where the process ended, ``EOFError``."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except OSError as error:  # it ended before it was asked
            raise EOFError from error
        self.served += 1
        return self._reply(timeout)

    def _reply(self, timeout: float) -> dict[str, Any]:
        try:
            line = self._replies.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError from None
        if not line:
            raise EOFError
        reply: dict[str, Any] = json.loads(line)
        return reply

    @property
    def usable(self) -> bool:
        fresh = self.served < _FILES_PER_PROCESS and self.owner == os.getpid()
        return fresh and self._process.poll() is None

    def kill(self) -> None:
        if self.owner == os.getpid():
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with contextlib.suppress(OSError):  # what was not sent cannot be
                    if pipe is not None:
                        pipe.close()


_idle: list[_Worker] = []
_lock = threading.Lock()


def _take() -> _Worker:
    with _lock:
        while _idle:
            worker = _idle.pop()
            if worker.usable:
                return worker
            worker.kill()
    return _Worker()


def _give_back(worker: _Worker) -> None:
    with _lock:
        if worker.usable and len(_idle) < _IDLE_PROCESSES:
            _idle.append(worker)
            return
    worker.kill()


@atexit.register
def _end_all() -> None:
    with _lock:
        while _idle:
            _idle.pop().kill()
