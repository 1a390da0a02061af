"""Runs ``pba`` and turns what went wrong into one line and an exit status.

Statuses are those of ``assistant.errors``; a closed pipe ends quietly with 1.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper

import typer

from assistant.cli.app import app
from assistant.cli.session import Session
from ingest.errors import AssistantError

INTERRUPTED = 130
DEFECT = 4


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Vietnamese must come out whole whatever the locale says.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    session = Session()
    try:
        status = _run(session, sys.argv[1:] if argv is None else list(argv))
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes stdout once more at exit; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _run(session: Session, arguments: list[str]) -> int:
    try:
        return app(args=arguments, prog_name="pba", standalone_mode=False, obj=session) or 0
    except BrokenPipeError:
        raise
    except typer.TyperException as error:
        usage = getattr(error, "ctx", None)
        hint = f" See: {usage.command_path} --help" if usage else ""
        return _fail(session, error.format_message() + hint, error.exit_code)
    except AssistantError as error:
        return _fail(session, str(error), error.exit_status)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except OSError as error:
        # A full disk, a folder that may not be written: the world's fault, not the program's.
        name = f"{error.filename}: " if error.filename else ""
        full = error.errno == errno.ENOSPC
        fix = " Free some space and repeat: what was stored before is kept." if full else ""
        return _fail(session, f"{name}{error.strerror or error}.{fix}", 3)
    except Exception as error:
        message = f"{type(error).__name__}: {error} (a defect; repeat with --verbose for the traceback)"
        return _fail(session, message, DEFECT)


def _fail(session: Session, message: str, status: int) -> int:
    if session.verbose:
        traceback.print_exc()
    print("pba:", " ".join(message.split()), file=sys.stderr)
    return status
