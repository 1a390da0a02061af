"""The question of a command: an argument, or standard input for ``-``."""

from __future__ import annotations

import sys

from assistant.errors import BadQuestion

#: More is never read: no question may be that long, whatever stands in the pipe.
_MOST_BYTES = 100_000


def question_text(argument: str) -> str:
    """The question that an argument stands for.

    Raises:
        BadQuestion: bytes that are not UTF-8; what else a question may not be, ``Assistant`` says.
    """
    if argument == "-":
        piped = sys.stdin.buffer.read(_MOST_BYTES)
        if len(piped) == _MOST_BYTES:
            raise BadQuestion(f"The question is longer than {_MOST_BYTES:,} bytes. Shorten it.")
        text = piped.decode("utf-8-sig", errors="surrogateescape")
    else:
        text = argument
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise BadQuestion("The question is not UTF-8 text. Save or type it as UTF-8.")
    return text
