"""Text without what a reader does not see: what goes to a model, or comes from one, is what it looks like.

Instructions can be hidden in characters that no page shows: zero-width ones, changes of direction, the
"tag" letters of the block U+E0000, variation selectors. People do not read them; models do.
"""

from __future__ import annotations

import unicodedata

#: Letters and marks by category that are drawn as nothing, or as a blank that is none.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u2800\u3164\uffa0")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_VARIATIONS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


class _Table(dict[int, int | None]):
    """What ``str.translate`` makes of each character, found out once."""

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        category = unicodedata.category(char)
        kept: int | None = code
        if char in "\n\t":
            pass
        elif category in ("Zl", "Zp"):
            kept = ord("\n")
        elif (
            category in _UNSEEN
            or char in _BLANK_LETTERS
            or any(code in variation for variation in _VARIATIONS)
        ):
            kept = None
        self[code] = kept
        return kept


_TABLE = _Table()


def seen(text: str) -> str:
    """``text`` less invisible and control characters but line end and tab; character by character."""
    return text.translate(_TABLE)


def visible(text: str) -> str:
    """``text`` less invisible and control characters, in NFC: they may keep a letter and its mark apart."""
    return unicodedata.normalize("NFC", seen(text))
