"""Patterns of Vietnamese words that also read text typed without diacritics."""

from __future__ import annotations

import re
import unicodedata

_MARKED = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)


def is_unmarked(text: str) -> bool:
    """No letter of ``text`` has a Vietnamese mark."""
    return _MARKED.search(text) is None


def _plain(letter: str) -> str:
    if letter in "đĐ":
        return "d"
    return unicodedata.normalize("NFD", letter)[0]


class Pattern:
    """A case-blind pattern that takes its marked letters as plain ones where the text has no marks at all.

    Half a text with marks is read strictly, or "con" (child) would be "còn" (and what of).
    """

    def __init__(self, pattern: str) -> None:
        """``pattern`` must not put letters with marks inside a character class."""
        self._strict = re.compile(pattern, re.IGNORECASE)
        loose = "".join(f"[{c}{_plain(c)}]" if _MARKED.match(c) else c for c in pattern)
        self._loose = re.compile(loose, re.IGNORECASE)

    def within(self, text: str) -> re.Pattern[str]:
        """The compiled pattern that suits ``text``."""
        return self._loose if is_unmarked(text) else self._strict

    def search(self, text: str) -> re.Match[str] | None:
        return self.within(text).search(text)

    def match(self, text: str) -> re.Match[str] | None:
        return self.within(text).match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.within(text).fullmatch(text)

    def finditer(self, text: str) -> list[re.Match[str]]:
        return list(self.within(text).finditer(text))

    def sub(self, replacement: str, text: str, count: int = 0) -> str:
        return self.within(text).sub(lambda _: replacement, text, count=count)
