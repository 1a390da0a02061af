"""The process in which files are parsed: ``python -m ingest.readers.worker``.

Reads one request a line on standard input and answers in lines on standard output, both JSON.
A parser that never returns, eats all memory or crashes takes this process with it, not the one
that ingests; see ``isolated``.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest.errors import FileError
from ingest.options import ReadOptions
from ingest.readers.extract import Parsed

#: Address space of this process; a parse that needs more is refused.
MEMORY_BYTES = 4 * 1024**3
#: After this long beyond its time limit a parse whose parent has gone ends by itself.
_GRACE_SECONDS = 10.0


def _pdf(path: Path, options: ReadOptions) -> Parsed:
    from ingest.readers.pdf import parse_pdf

    return parse_pdf(path, options)


def _docx(path: Path, options: ReadOptions) -> Parsed:
    from ingest.readers.docx import parse_docx

    return parse_docx(path, options)


def _rtf(path: Path, options: ReadOptions) -> Parsed:
    from ingest.readers.rtf import parse_rtf

    return parse_rtf(path, options)


def _html(path: Path, options: ReadOptions) -> Parsed:
    from ingest.readers.html import parse_html

    return parse_html(path, options)


def _page(path: Path, request: dict[str, Any]) -> dict[str, Any]:
    from ingest.readers.page_drawing import draw_page

    return draw_page(path, request["page"], request["longest_side"], Path(request["picture"]))


PARSERS: dict[str, Callable[[Path, ReadOptions], Parsed]] = {
    "pdf": _pdf,
    "docx": _docx,
    "rtf": _rtf,
    "html": _html,
}


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The reply to one request: ``{"parsed": …}``, ``{"page": …}``, ``{"error": …}`` or ``{"crash": …}``."""
    path, options = Path(request["path"]), ReadOptions(**request["options"])
    try:
        if request["parser"] == "page":
            return {"page": _page(path, request)}
        return {"parsed": asdict(PARSERS[request["parser"]](path, options))}
    except FileError as error:
        return {"error": [type(error).__name__, error.reason, error.fix]}
    except MemoryError:
        return {"error": ["TooLarge", f"needs more than {MEMORY_BYTES // 1024**3} GiB of memory.", ""]}
    except Exception as error:
        return {"crash": f"{type(error).__name__}: {error}", "traceback": traceback.format_exc()}


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _set_alarm(seconds: float) -> None:
    """Let the system end this process after ``seconds``; 0 calls that off."""
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def main() -> None:
    # Parsers and the libraries under them may print; only answers go to the real output.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _limit_memory()
    replies.write("{}\n")
    replies.flush()
    for line in sys.stdin:
        request = json.loads(line)
        _set_alarm(request["options"]["timeout_seconds"] + _GRACE_SECONDS)
        replies.write(json.dumps(answer(request)) + "\n")
        replies.flush()
        _set_alarm(0)


if __name__ == "__main__":
    main()
