"""Abbreviations that a text itself explains: "tổ chức cơ sở đảng (TCCSĐ)", "gọi tắt là TCCSĐ". Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from ingest.numbers import fold

_SHORT: Final = r"[A-ZĐƯÔƠÂĂÊ]{2,}(?:\s?[&-]\s?[A-ZĐƯÔƠÂĂÊ]{2,})*"
_EXPLAINED: Final = re.compile(
    rf"[(,;–-]?\s*(?:\(|(?:gọi|viết)\s+tắt(?:\s+chung)?\s+là:?)\s*[\"“'‘]?(?P<short>{_SHORT})[\"”'’]?(?=\s*[),.;:]|\s|$)"
)
_EXPLAINING: Final = re.compile(rf"(?<![\w/-])(?P<short>{_SHORT})\s*\((?P<long>[^()\n]{{4,90}})\)")
_WORD: Final = re.compile(r"[^\W\d_]+")
#: Words that an abbreviation may pass over.
_SILENT: Final = frozenset({"và", "của", "các", "với", "cho", "về", "trong"})
_BEFORE: Final = 120
_LETTERS: Final = 12


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Each (abbreviation, long form in lower case) that ``text`` explains and whose initials fit."""
    text = unicodedata.normalize("NFC", text)
    for match in _EXPLAINED.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        before = re.split(r"[\n.;:!?()]", re.sub(r"[\s,(]*(?:sau|dưới) đây\s*(?:được\s*)?$", "", before))[-1]
        if long := _ending(before, match["short"]):
            yield match["short"].replace(" ", ""), long
    for match in _EXPLAINING.finditer(text):
        long = _ending(match["long"], match["short"])
        if long and long == " ".join(_WORD.findall(match["long"].lower())):
            yield match["short"].replace(" ", ""), long


def _ending(text: str, short: str) -> str | None:
    """The last words of ``text`` if their initials are the letters of ``short``."""
    letters = [fold(c).lower() for c in short if c.isalpha()]
    words = _WORD.findall(text.lower())
    if len(letters) > _LETTERS:
        return None
    at = len(words)
    for letter in reversed(letters):
        at -= 1
        while at >= 0 and fold(words[at][0]) != letter and words[at] in _SILENT:
            at -= 1
        if at < 0 or fold(words[at][0]) != letter:
            return None
    return " ".join(words[at:]) if len(words) - at > 1 else None
