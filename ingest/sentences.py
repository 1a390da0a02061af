"""Sentences and clauses of Vietnamese text as exact spans.

A line end always ends a sentence. A full stop does not where it belongs to an abbreviation ("TP.",
"PGS.TS."), an initial, a number ("57.763"), a date ("10.9.2020") or a reference ("số 28.").
"""

from __future__ import annotations

import re
from typing import Final

_OPENERS: Final = "\"“‘'«([{"
_CLOSERS: Final = "\"”’'»)]}"

#: One or more sentence-ending signs with the quotes and brackets closed behind them.
_STOP: Final = re.compile(
    rf"(?:[!?]+|\.{{3,}}|…+\.?|\.)[{re.escape(_CLOSERS)}*_]*(?=\s|$|[{re.escape(_OPENERS)}])"
)

#: Words before a full stop that do not end a sentence, lower case.
_ABBREVIATIONS: Final = frozenset(
    re.split(
        r"\s+",
        "tp tt tx q p h x ts ths gs pgs gs.ts pgs.ts gs.tskh pgs.tskh tskh bs bscki bsckii ks cn kts ds "
        "nsnd nsưt ngnd ngưt đ/c đc t.ư tr nxb hcm vd mr mrs ms dr v/v tm t/m kt tl tuq tel fax đt",
    )
)
#: Abbreviations that may end a sentence: the next word decides.
_MAY_END: Final = frozenset({"v.v", "vv", "v.v."})
_INITIAL: Final = re.compile(r"(?:^|[\s(.\"“])(?:[A-ZĐÁÀẢẠÂĂÊÔƠƯÍÚÝ])$")
_NAME_PART: Final = re.compile(r"[A-ZĐÀ-Ỹ][^\W\d_]*$")
_NUMBERING: Final = re.compile(
    r"(?:^|\n)\s*(?:[-–+*]\s*)?(?:(?:Điều|Mục|Chương|Phần|Bài|Câu|Khoản)\s+)?(?:\d{1,3}(?:\.\d{1,2})*|[IVXLC]{1,6}|[a-zđA-HĐ])$"
)
_REFERENCE: Final = re.compile(r"(?:^|\s)(?:số|Số|điều|Điều|khoản|mục|điểm|chương|tập|trang|tr)$")

#: Words before which a long sentence may be cut.
_CONNECTIVES: Final = (
    "trong đó|đồng thời|tuy nhiên|tuy vậy|bên cạnh đó|nhất là|đặc biệt là|do đó|vì vậy|qua đó|từ đó|"
    "cụ thể là|cụ thể|nhằm|để|nhưng|song|còn|theo đó|gắn với|góp phần|bảo đảm|tập trung|chú trọng|"
    "tiếp tục|tăng cường"
)
_CUT: Final = re.compile(
    rf";(?=\s)|:(?=\s)|,(?=\s)|\s+[–—-](?=\s)|(?<=\s)(?=(?:{_CONNECTIVES})\b)", re.IGNORECASE
)


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text[start:end]``, in order, without blanks at their ends.

    Every character that is no blank is in exactly one span. Offsets refer to ``text``.
    """
    end = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    line_start = start
    while line_start < end:
        line_end = text.find("\n", line_start, end)
        line_end = end if line_end < 0 else line_end
        begin = line_start
        for match in _STOP.finditer(text, line_start, line_end):
            if match.end() >= line_end or _ends_sentence(text, begin, match, line_end):
                _add(found, text, begin, match.end())
                begin = match.end()
        _add(found, text, begin, line_end)
        line_start = line_end + 1
    return found


def clauses(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the clauses of the sentence ``text[start:end]``.

    Cut behind ";", ":", "," and a dash between blanks, and before connectives ("trong đó", "tuy nhiên").
    Nothing is cut inside brackets or in a number ("39,7%"). The spans without blanks at their ends cover
    every character that is no blank, so that joined they give the sentence again.
    """
    end = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    begin, depth, last = start, 0, start
    for match in _CUT.finditer(text, start, end):
        for char in text[last : match.start()]:
            depth += (char in "([{") - (char in ")]}" and depth > 0)
        last = match.start()
        if depth == 0 and match.end() > begin:
            _add(found, text, begin, match.end())
            begin = match.end()
    _add(found, text, begin, end)
    return found


def _ends_sentence(text: str, begin: int, match: re.Match[str], line_end: int) -> bool:
    """Whether the sign at ``match`` ends a sentence, given the sentence so far and the rest of its line."""
    following = text[match.end() : line_end].lstrip()
    if not following:
        return True
    starts_new = _starts_sentence(following)
    sign = match.group()
    if not starts_new:
        return False
    if sign[0] in "!?":
        return True
    before = text[begin : match.start()]
    if sign[0] == "…" or sign.startswith("..."):
        return True
    word = before.split()[-1].lstrip(_OPENERS) if before.split() else ""
    low = word.lower()
    if low in _MAY_END:
        return True
    if low in _ABBREVIATIONS or low.rstrip(".") in _ABBREVIATIONS:
        return False
    if _NUMBERING.search(before):
        return False
    if _INITIAL.search(before) and len(sign) == 1:
        # "Nguyễn Văn A. Ông …" ends, "V. I. Lênin" and "A. Nguyễn" do not.
        words = before.split()
        return len(words) > 1 and bool(_NAME_PART.match(words[-2])) and len(words[-2]) > 1
    if re.search(r"\d$", before):
        return not (following[:1].isdigit() and _REFERENCE.search(before.rstrip("0123456789.").rstrip()))
    return True


def _starts_sentence(following: str) -> bool:
    bare = following.lstrip(_OPENERS + "*_ ")
    first = bare[:1]
    return bool(first) and (first.isupper() or first.isdigit() or first in "-–+•" or following[:1] in '“"«')


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    part = text[start:end]
    bare = part.strip()
    if bare:
        at = start + part.index(bare)
        found.append((at, at + len(bare)))
