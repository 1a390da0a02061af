"""The marks with which Vietnamese documents number their parts: "Chương II", "Điều 4.", "I.", "1.1.", "a)".

One line is looked at at a time; whether a mark fits the numbering around it is decided in ``structure``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

#: Order of points in Vietnamese texts; some skip the letters with diacritics or add the foreign ones.
LETTERS: Final = "abcdđefghijklmnopqrstuvwxyz"


class Level(IntEnum):
    """Depth of a unit; a unit ends all open ones of its level or deeper."""

    PART = 1
    CHAPTER = 2
    SECTION = 3
    ROMAN = 4
    TITLED = 5  # a heading without a number
    ARTICLE = 6
    CLAUSE = 7
    SUBCLAUSE = 8
    POINT = 9


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbering mark at the head of a line.

    Attributes:
        designation: as a citation gives it: "II", "4", "1.1", "a", "thứ nhất".
        order: its place among its siblings, from 1; 0 where that cannot be told.
        style: what kind of mark it is; siblings share it.
        rest: offset in the line at which the text behind the mark begins.
    """

    level: Level
    designation: str
    order: int
    style: str
    rest: int


_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ORDINALS: Final = [
    "nhất",
    "hai",
    "ba",
    "tư",
    "năm",
    "sáu",
    "bảy",
    "tám",
    "chín",
    "mười",
]  # thứ nhất, thứ hai …
_LEAD: Final = r"[ \t\u00a0]*(?:#{1,6}[ \t]+)?(?:\*\*|__)?[ \t\u00a0]*"
_END: Final = r"(?:\*\*|__)?[ \t]*"
_CAPITAL: Final = r"[A-ZĐÀ-ỸÁ-Ý\"“‘(«*\[]"

_NAMED: Final = (
    (Level.PART, "part", re.compile(rf"{_LEAD}(?i:phần)\s+(?i:thứ\s+)(?P<d>(?i:{'|'.join(_ORDINALS)}))\b")),
    (Level.PART, "part", re.compile(rf"{_LEAD}(?:Phần|PHẦN)\s+(?P<d>[IVXLC]+|\d{{1,2}}|[A-HĐ])(?![\w/])")),
    (Level.CHAPTER, "chapter", re.compile(rf"{_LEAD}(?:Chương|CHƯƠNG)\s+(?P<d>[IVXLC]+|\d{{1,2}})(?![\w/])")),
    (Level.SECTION, "section", re.compile(rf"{_LEAD}(?:Mục|MỤC)\s+(?P<d>[IVXLC]+|\d{{1,2}})(?![\w/])")),
)
_AFTER_NAMED: Final = re.compile(rf"{_END}(?:[.:–—-]+[ \t]*|$|(?={_CAPITAL})|[ \t]+(?={_CAPITAL}))")
_OTHER_DOCUMENT: Final = re.compile(
    r"\s*(?:Điều|Luật|Nghị|Quy|Chỉ thị|Hiến pháp|Bộ luật|Thông tư|Chương|Phần)\b"
)
_ARTICLE: Final = re.compile(
    rf"{_LEAD}(?:Điều|ĐIỀU)\s+(?P<d>\d{{1,3}}[a-zđ]?)\s*(?:[.:–—-]+(?!\d)|(?:\*\*|__)?\s*$){_END}"
)
#: Without a full stop a title must follow that can be no sentence: "Điều 4 Phạm vi áp dụng".
_ARTICLE_BARE: Final = re.compile(
    rf"{_LEAD}(?:Điều|ĐIỀU)\s+(?P<d>\d{{1,3}}[a-zđ]?)[ \t]+(?=[A-ZĐÀ-Ỹ][^.;,:]{{3,90}}$)"
)
_KHOAN: Final = re.compile(rf"{_LEAD}(?:Khoản|KHOẢN)\s+(?P<d>\d{{1,2}})\s*[.:]{_END}")
_ROMAN: Final = re.compile(
    rf"{_LEAD}(?P<d>[IVX]{{1,6}})\s*(?P<s>[.)/:–—-])(?:\s*[-–]\s)?{_END}(?=[^\W\d_]|[\"“(]|$)(?![A-Z]\.)"
)
_LETTER_PART: Final = re.compile(rf"{_LEAD}(?P<d>[A-HĐ])\s*[.–—/-]\s*{_END}(?=[^\W\d_]|[\"“(])")
_DECIMAL: Final = re.compile(
    rf"{_LEAD}(?P<d>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\s*[.):–—-]?\s*(?:[-–]\s)?{_END}(?={_CAPITAL}|[^\W\d_])(?!\d)"
)
_NUMBER: Final = re.compile(
    rf"{_LEAD}(?P<d>\d{{1,2}}[a-zđ]?)\s*(?P<s>[.)/]|\s?[–—-])\s*{_END}(?=[^\W\d_]|[\"“(«*]|$)"
)
_BRACKETED: Final = re.compile(rf"{_LEAD}\((?P<d>\d{{1,2}}|[a-zđ]|[ivx]{{1,4}})\)\s*{_END}(?=\S)")
_POINT: Final = re.compile(rf"{_LEAD}(?P<d>[a-zđ])\s*(?P<s>[.)/]|[–—-])\s*{_END}(?=\S)(?!c\s+[A-ZĐ]|[vV]\.)")
BULLET: Final = re.compile(r"[ \t\u00a0]*[-–—−+•●▪○◦·*][ \t\u00a0]*(?=[^\s*\-–—=_|])")
MARKDOWN: Final = re.compile(r"[ ]{0,3}(?P<hashes>#{1,6})[ \t]+(?=\S)")


def roman_value(numeral: str) -> int:
    """Value of a Roman numeral in capitals; 0 if it is not written as one."""
    values = [_ROMAN_VALUES[c] for c in numeral]
    total = sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))
    return total if 0 < total < 90 and to_roman(total) == numeral else 0


def to_roman(value: int) -> str:
    """Roman numeral of 1 to 89."""
    out = ""
    for digits, size in (("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)):
        while value >= size:
            out, value = out + digits, value - size
    return out


def mark_of(line: str) -> Mark | None:
    """The numbering mark at the head of ``line``, or ``None``. References in a sentence are no marks."""
    for level, style, pattern in _NAMED:
        match = pattern.match(line)
        if match:
            after = _AFTER_NAMED.match(line, match.end())
            if after is None or (not after.group().strip(" *_") and _is_reference(line[after.end() :])):
                return None
            ordinal = match["d"].lower() in _ORDINALS
            designation = f"thứ {match['d'].lower()}" if ordinal else match["d"]
            return Mark(level, designation, _order(match["d"]), style, after.end())
    if match := _ARTICLE.match(line):
        return Mark(Level.ARTICLE, match["d"], int(re.sub(r"\D", "", match["d"])), "article", match.end())
    if (match := _ARTICLE_BARE.match(line)) and not _is_reference(line[match.end() :]):
        return Mark(Level.ARTICLE, match["d"], int(re.sub(r"\D", "", match["d"])), "article", match.end())
    if match := _KHOAN.match(line):
        return Mark(Level.CLAUSE, match["d"], int(match["d"]), "khoan", match.end())
    if match := _ROMAN.match(line):
        value = roman_value(match["d"])
        hyphen = match["s"] in "–—-" and line[match.end("s") :][:1].islower()  # "I-ta-li-a"
        if value and not hyphen:
            return Mark(Level.ROMAN, match["d"], value, "roman", match.end())
    if match := _LETTER_PART.match(line):
        return Mark(Level.PART, match["d"], LETTERS.index(match["d"].lower()) + 1, "letter", match.end())
    if match := _DECIMAL.match(line):
        return Mark(
            Level.SUBCLAUSE,
            match["d"],
            int(match["d"].split(".")[-1]),
            match["d"].rpartition(".")[0],
            match.end(),
        )
    if match := _NUMBER.match(line):
        rest = line[match.end() :]
        if "." in match["s"] or ")" in match["s"] or re.match(_CAPITAL, rest):
            style = "1)" if ")" in match["s"] else "1."
            return Mark(Level.CLAUSE, match["d"], int(re.sub(r"\D", "", match["d"])), style, match.end())
        return None
    if match := _BRACKETED.match(line):
        return Mark(
            Level.POINT, match["d"], _order(match["d"]), "(1)" if match["d"].isdigit() else "(a)", match.end()
        )
    if match := _POINT.match(line):
        dash = match["s"] in "–—-"
        return Mark(Level.POINT, match["d"], _order(match["d"]), "a-" if dash else "a)", match.end())
    return None


def _is_reference(rest: str) -> bool:
    return bool(_OTHER_DOCUMENT.match(rest)) and not rest.isupper()


def _order(designation: str) -> int:
    low = designation.lower()
    if low.isdigit():
        return int(low)
    if low in _ORDINALS:
        return _ORDINALS.index(low) + 1
    if designation.isupper() and all(c in _ROMAN_VALUES for c in designation):
        return roman_value(designation)
    return LETTERS.index(low) + 1 if len(low) == 1 and low in LETTERS else 0
