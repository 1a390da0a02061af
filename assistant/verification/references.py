"""What a sentence refers to by number: documents ("28-CT/TW", "Directive 28"), articles, congresses, terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ingest.numbers import find_numbers, find_short_numbers, short

_ROMAN: Final = {
    numeral: number
    for number, numeral in enumerate(
        "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV XXVI XXVII"
        " XXVIII XXIX XXX".split(),
        start=1,
    )
}
_ORDINALS: Final = {
    "nhất": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
}  # fmt: skip
#: Word before (or, of English ordinals, after) a number that names one of many → what is named.
_NAMES: Final = {
    "điều": "article", "khoản": "clause", "điểm": "point", "chương": "chapter", "mục": "section", "câu": "question",
    "bài": "lesson", "khóa": "tenure", "khoá": "tenure", "lần thứ": "congress", "đại hội": "congress",
    "quý": "quarter", "trung ương": "plenum", "lớp thứ": "class", "thứ": "ordinal", "chi bộ": "cell", "quận": "district",
    "phường": "ward", "tổ": "group", "phụ lục": "annex", "mẫu": "form",
    "article": "article", "articles": "article", "clause": "clause", "point": "point", "chapter": "chapter",
    "section": "section", "question": "question", "lesson": "lesson", "congress": "congress", "tenure": "tenure",
    "term": "tenure", "plenum": "plenum", "district": "district", "quarter": "quarter", "class": "class",
    "central committee": "tenure", "session": "congress",
}  # fmt: skip
_NUMBER = r"(?:\d{1,3}(?![\d.,/-]*\d)(?!\s?%)|[IVX]{1,7}(?![^\W\d_]))"
_BEFORE = "|".join(sorted(_NAMES, key=len, reverse=True))
_LABEL = re.compile(
    rf"(?<!\w)(?i:(?P<name>{_BEFORE}))\s+(?i:số\s+|lần\s+thứ\s+|no\.?\s+)?(?P<number>{_NUMBER}|(?i:{'|'.join(_ORDINALS)})(?!\w))"
)
_MORE = re.compile(
    rf"\s*(?:,|và|hoặc|đến|and|to|or)\s+(?:(?i:{_BEFORE})\s+)?(?P<number>{_NUMBER})(?!\w| [^\W\d_]*ngày)"
)
_ENGLISH_ORDINAL = re.compile(
    rf"(?<!\w)(?P<number>\d{{1,2}}(?=st|nd|rd|th)|[IVX]{{1,7}}|(?i:{'|'.join(word for word in _ORDINALS if word.isascii() and len(word) > 3)}))(?:st|nd|rd|th)?"
    r"(?: (?:[A-Z][a-z]+|party|national|class)){0,3}? (?P<name>(?i:congress|tenure|term|plenum|central committee|lesson|class))(?!\w)"
)
_ENGLISH_KINDS: Final = {
    "directive": "ct", "resolution": "nq", "regulation": "qd", "decision": "qd", "guidance": "hd", "guideline": "hd",
    "instruction": "hd", "plan": "kh", "conclusion": "kl", "report": "bc", "programme": "ctr", "program": "ctr",
    "decree": "nd", "circular": "tt", "notice": "tb",
}  # fmt: skip
_ENGLISH_SHORT = re.compile(
    rf"(?<!\w)(?P<kind>{'|'.join(_ENGLISH_KINDS)})s?\s+(?:No\.?\s*|number\s+)?(?P<serial>\d{{1,4}})(?![\w/%]|[.,-]\d|[-–/]\w)",
    re.IGNORECASE,
)
#: A naming word that is plural counts ("12 chương"), and so does a number before a unit ("điểm 5 trở lên").
_COUNTED = re.compile(
    r"\s+(?:triệu|tỷ|tỉ|nghìn|ngàn|đồng|người|đảng viên|đồng chí|học viên|ngày|tháng|năm|lần|tuổi|chi bộ)(?!\w)",
    re.IGNORECASE,
)
_ORDINAL_COUNTS = re.compile(r"(?<!\w)(?:hai|ba|năm|sáu|bảy|tám|chín|mười)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """A document, or a part or turn of something, named by number at ``text[start:end]``.

    Attributes:
        name: what is numbered; "document" for one.
        number: of a label; of a document its short form ("28ct"), or its canonical one where it has none.
        canonical: of a document, its whole number; "" where only serial and kind are said.
    """

    start: int
    end: int
    name: str
    number: str
    canonical: str = ""


def find_documents(text: str) -> list[Reference]:
    """The documents that ``text`` names by number, in order."""
    found = [
        Reference(m.start, m.end, "document", short(m.written) or m.canonical, m.canonical)
        for m in find_numbers(text)
    ]
    taken = [(reference.start, reference.end) for reference in found]
    shorts = [Reference(m.start, m.end, "document", m.canonical) for m in find_short_numbers(text)]
    for match in _ENGLISH_SHORT.finditer(text):
        number = f"{int(match['serial'])}{_ENGLISH_KINDS[match['kind'].lower()]}"
        shorts.append(Reference(match.start(), match.end(), "document", number))
    for reference in shorts:
        if not any(start < reference.end and reference.start < end for start, end in taken):
            found.append(reference)
            taken.append((reference.start, reference.end))
    return sorted(found, key=lambda reference: reference.start)


def find_labels(text: str) -> list[Reference]:
    """Articles, clauses, congresses, terms of office and the like that are named by number, in order."""
    found: list[Reference] = []
    for match in _ENGLISH_ORDINAL.finditer(text):
        number = _number(match["number"])
        if number is not None:
            found.append(Reference(match.start(), match.end(), _NAMES[match["name"].lower()], str(number)))
    for match in _LABEL.finditer(text):
        if any(reference.start <= match.start() < reference.end for reference in found):
            continue
        number = _number(match["number"])
        name = _NAMES[match["name"].lower()]
        word = match["number"].lower() in _ORDINALS
        if number is None or (word and name != "ordinal" and name not in {"class", "congress"}):
            continue
        if _COUNTED.match(text, match.end()) and name not in {"tenure", "congress"} and not word:
            continue
        found.append(Reference(match.start(), match.end(), name, str(number)))
        end = match.end()
        while more := _MORE.match(text, end):
            following = _number(more["number"])
            if following is None or name in {"ordinal"} or _COUNTED.match(text, more.end()):
                break
            found.append(Reference(more.start("number"), more.end(), name, str(following)))
            end = more.end()
    return sorted(found, key=lambda reference: reference.start)


def _number(written: str) -> int | None:
    if written.isdigit():
        return int(written)
    return _ROMAN.get(written) or _ORDINALS.get(written.lower())
