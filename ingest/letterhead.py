"""The head of an official document: issuing body, number, place and date, kind and subject.

The layout is that of Hướng dẫn 36-HD/VPTW (Party) and Nghị định 30/2020/NĐ-CP (State), read line by line;
two columns may have been kept apart by spaces, tabs or bars, or have run together on one line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from ingest.dates import first_date
from ingest.issuers import is_issuer, official_name, ordinary_case
from ingest.kinds import kind_at_start
from ingest.numbers import DOCUMENT_NUMBER, fold
from ingest.places import one_tone_style
from ingest.types import Kind

_HEAD_LINES: Final = 40
_HEAD_CHARS: Final = 4000
_SUBJECT_LINES: Final = 6
_UNMARKED_LINES: Final = 8
_PARAGRAPH_CHARS: Final = 250
_SUBJECT_CHARS: Final = 400

_MOTTO: Final = re.compile(
    r"đảng\s+cộng\s+sản\s+việt\s+nam|cộng\s+hòa\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam|"
    r"độc\s+lập\s*[-–]\s*tự\s+do\s*[-–]\s*hạnh\s+phúc"
)
_RULE: Final = re.compile(r"[\s\-–—=_*~.…oO0]+$")
_NUMBER_LINE: Final = re.compile(
    rf"(?i:s[ốôỐÔ]|so)\s*[:.]?\s*(?P<number>{DOCUMENT_NUMBER.pattern})", re.VERBOSE
)
_BLANK_NUMBER: Final = re.compile(r"(?i:số)\s*[:.]?\s*[….\s_-]*[-/]?[A-ZĐ]{1,4}[-/][A-ZĐ]+\s*$")
_PLACE_DATE: Final = re.compile(
    r"(?P<place>[^\W\d_][\w .'’-]{1,40}?,\s*)?ngày\s*(?:[\d….\s]*)(?:tháng|/|-|\.)"
    r"\s*[\d….\s]*(?:năm|/|-|\.)\s*[\d….]*",
    re.IGNORECASE,
)
_BODY: Final = re.compile(
    r"\s*(?:căn cứ|thực hiện|kính gửi|để |nhằm |theo đề nghị|xét |qua |sau |trong |từ |điều \d|chương |"
    r"phần |mục |[ivx]+\s*[.\-/–)]|\d+\s*[.\-/)]|[a-zđ]\s*[-)/.]\s)",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(r"(?:v/v|về việc)\b", re.IGNORECASE)
_SECRECY: Final = re.compile(r"(?:tuyệt mật|tối mật|mật|lưu hành nội bộ|nội bộ)$")
_PERSON: Final = re.compile(
    r"(?:bộ trưởng|thủ tướng|chủ tịch|thống đốc|tổng|chánh án|viện trưởng|thủ trưởng|giám đốc)\b"
)
_ACTS: Final = re.compile(
    r"\b(?:về|thực hiện|thi hành|triển khai|hướng dẫn|sửa đổi|theo|ban hành|tổng kết|sơ kết|quán triệt|kèm)\b"
)
#: The name of a body after "của", up to what the title says next.
_BODY_NAME: Final = r"(.{3,80}?)(?=\s+(?:số|ngày|về|v/v|hướng dẫn|quy định|ban hành|\()|[,;:]|$)"
#: First words of a subject that are written small inside a title.
_SUBJECT_STARTS: Final = frozenset(
    [
        "về",
        "v/v",
        "của",
        "quy",
        "hướng",
        "sửa",
        "bổ",
        "ban",
        "thực",
        "tổng",
        "sơ",
        "triển",
        "kèm",
        "số",
        "một",
        "tăng",
        "nâng",
        "đẩy",
        "tiếp",
        "xây",
    ]
)
_SIGNED_FOR: Final = re.compile(r"\bT\s*[./]?\s*M\s*[./]?\s+(BAN BÍ THƯ|BỘ CHÍNH TRỊ)\b")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the head of an official document says; fields are ``None`` where it says nothing.

    Attributes:
        start, end: span of the head, title included: the body of the text begins after ``end``.
        title_start: where the kind line or subject begins.
        title: kind and subject in one line, ordinary case.
        superiors: every body named in the head as written, the issuer last.
        internal: marked MẬT or LƯU HÀNH NỘI BỘ.
    """

    start: int
    end: int
    title_start: int
    title: str | None = None
    kind: Kind | None = None
    number: str | None = None
    issuer: str | None = None
    superiors: tuple[str, ...] = ()
    issued_on: date | None = None
    internal: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    after_gap: bool


@dataclass(slots=True)
class _Marks:
    """What the lines of a head have said so far."""

    issuers: list[str] = field(default_factory=list)
    number: str | None = None
    issued_on: date | None = None
    subject: str | None = None
    motto: bool = False
    internal: bool = False
    blank_number: bool = False

    @property
    def official(self) -> bool:
        return self.motto or self.number is not None or self.blank_number


def find_letterhead(text: str) -> Letterhead | None:
    """The head of ``text``, or ``None`` where it is not laid out as an official document."""
    lines = _head_lines(text)
    marks = _Marks()
    marked: list[int] = []
    kind_at: int | None = None
    for i, line in enumerate(lines):
        if kind_at is None and _is_kind_line(line, marks.official, alone=i < 3 and i + 1 < len(lines)):
            kind_at = i
            continue
        if _read_line(line, marks, names=kind_at is None, follows=bool(marked) and marked[-1] == i - 1):
            marked.append(i)
        elif i - max([kind_at or 0, *marked[-1:]]) > _UNMARKED_LINES or (i > 0 and _is_body(line.text)):
            break
    if not marks.official and kind_at is None:
        return None
    if kind_at is None:
        # A line that only looks like a body's name may already be the title; the others cannot.
        sure = [i for i in marked if lines[i].text.strip() not in marks.issuers or i == marked[0]]
        end = lines[sure[-1]].end if sure else 0
        title_start, title, kind = end, marks.subject, None
    else:
        title, end = _title(lines, kind_at, set(marked))
        title_start, kind = lines[kind_at].start, _kind(lines[kind_at])
    if marks.number is None and not marks.blank_number and title:
        marks.number, issued, by = own_number(title)
        marks.issued_on = marks.issued_on or issued
        marks.issuers = marks.issuers or ([by] if by else [])
    start = min([lines[i].start for i in marked[:1]] + [title_start])
    trusted = marks.issuers if kind is not None or marks.number or marks.blank_number else []
    return Letterhead(
        start=start,
        end=end,
        title_start=title_start,
        title=title,
        kind=kind,
        number=marks.number,
        issuer=_issuer(title or "", trusted, text),
        superiors=tuple(trusted),
        issued_on=marks.issued_on,
        internal=marks.internal,
    )


def own_number(title: str) -> tuple[str | None, date | None, str | None]:
    """Number, date and issuer that a title gives for the document itself.

    "Chỉ thị số 28-CT/TW ngày 21/01/2019 của Ban Bí thư về …" does; a title that only speaks of another
    document ("Kết quả thực hiện Chỉ thị 28-CT/TW", "Chỉ thị 28-CT/TW: kết quả bước đầu") gives nothing.
    """
    named = kind_at_start(title)
    found = DOCUMENT_NUMBER.search(title)
    if not named or not found:
        return None, None, None
    between = title[named[1] : found.start()]
    after = title[found.end() :].lstrip()
    if re.search(r"[.!?]\s", between):  # another sentence, about another document
        return None, None, None
    if _ACTS.search(between.lower()) or len(between) > 120 or after.startswith((":", "?", "-", "–", "và ")):
        return None, None, None
    if not re.match(
        r"$|,?\s*(?:ngày|của|về|v/v|hướng dẫn|quy định|ban hành|sửa đổi|\()", after, re.IGNORECASE
    ):
        return None, None, None
    issued = first_date(after[:40]) if re.match(r",?\s*\(?ngày\b", after, re.IGNORECASE) else None
    by = re.search(rf"\b(?:của|liên tịch)\s+{_BODY_NAME}", title, re.IGNORECASE)
    issuer = by.group(1).strip() if by and is_issuer(by.group(1)) else None
    return _tidy_number(found.group()), issued, issuer


def _read_line(line: _Line, marks: _Marks, *, names: bool, follows: bool) -> bool:
    """Take what a line of the head says into ``marks``; whether it said anything."""
    plain = one_tone_style(line.text).lower()
    written, mottos = _without_motto(line.text, plain)
    marks.motto = marks.motto or mottos > 0
    said = mottos > 0
    for cell in re.split(r"\t+|\s{3,}|\|", written):
        cell = cell.strip().strip("*#_ ")
        if not cell or _RULE.fullmatch(cell):
            continue
        number = _NUMBER_LINE.match(cell)
        # Below the kind a line of the subject may begin with the number of another document.
        if number and (names or (cell[0] == "S" and re.fullmatch(r"\W*(?:ngày\b.*)?", cell[number.end() :]))):
            marks.number = marks.number or _tidy_number(number["number"])
            tail = cell[number.end() :]
            if _PLACE_DATE.search(tail):
                marks.issued_on = marks.issued_on or first_date(tail)
        elif _BLANK_NUMBER.match(cell):
            marks.blank_number = True
        elif _PLACE_DATE.fullmatch(cell.rstrip(" .")):
            marks.issued_on = marks.issued_on or first_date(cell)
        elif _SECRECY.fullmatch(one_tone_style(cell).lower()):
            marks.internal = True
        elif not names:
            continue
        elif _ABOUT.match(cell) and marks.official:
            marks.subject = re.sub(r"(?i)^v/v\b:?", "Về việc", cell)
        elif is_issuer(cell) and len(cell) < 120 and not cell.endswith((".", ";")):
            marks.issuers.append(cell)
        elif marks.issuers and len(cell) < 40 and (mottos or (follows and marks.number is None)):
            marks.issuers[-1] += " " + cell
        else:
            continue
        said = True
    return said


def _is_body(line: str) -> bool:
    return len(line) > _PARAGRAPH_CHARS or _BODY.match(line) is not None


def _head_lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    for match in re.finditer(r"[^\n]+", text[:_HEAD_CHARS]):
        if match.group().strip():
            gap = bool(lines) and text.count("\n", lines[-1].end, match.start()) > 1
            lines.append(_Line(match.start(), match.end(), match.group(), gap))
        if len(lines) == _HEAD_LINES:
            break
    return lines


def _without_motto(written: str, plain: str) -> tuple[str, int]:
    found = [match for match in _MOTTO.finditer(plain) if _is_motto(match, written, plain)]
    for match in reversed(found):
        written = written[: match.start()] + "\t" + written[match.end() :]
    return written, len(found)


def _is_motto(match: re.Match[str], written: str, plain: str) -> bool:
    """Whether the words stand as a motto, in a column of their own, and not in a sentence."""
    before, after = plain[: match.start()], plain[match.end() :]
    left = re.split(r"\t|\s{3,}|\|", before)[-1].strip(" *#_")
    right = re.split(r"\t|\s{3,}|\|", after)[0].strip(" *#_.-")
    if right:
        return False
    if not left or (match.group().startswith("độc lập") and len(left) < 40):
        return True
    if match.group().startswith("đảng"):
        return len(left) < 60 and written[match.start() : match.end()].isupper() and is_issuer(left)
    # The two columns have run together: "NGÂN HÀNG NHÀ NƯỚC CỘNG HÒA XÃ HỘI …"
    return len(left) < 60 and is_issuer(left) and not re.search(r"(?<!nhà )nước$", left)


def _kind(line: _Line) -> Kind | None:
    named = kind_at_start(line.text.strip().strip("*#_ "))
    return named[0] if named else None


def _is_kind_line(line: _Line, official: bool, *, alone: bool) -> bool:
    """Whether a line names the kind; without marks of a head only a name ``alone`` near the top does."""
    cell = line.text.strip().strip("*#_ ")
    named = kind_at_start(cell)
    if named is None:
        return False
    rest = cell[named[1] :].strip(" :*-–._")
    if not rest:
        return official or alone
    if not official or len(cell) > 200 or cell.endswith((".", ";")):
        return False
    capitals = cell[: named[1]].isupper()
    return capitals or re.match(r"(?:của|về|v/v|liên tịch|hội nghị|đại hội|số)\b", rest.lower()) is not None


def _title(lines: list[_Line], at: int, marked: set[int]) -> tuple[str, int]:
    """The lines of kind and subject in one, and where they end."""
    parts = [ordinary_case(_cell(lines[at]))]
    end = lines[at].end
    for i in range(at + 1, min(len(lines), at + _SUBJECT_LINES + len(marked))):
        line, cell = lines[i], _cell(lines[i])
        begun = len(parts) > 1
        if i in marked:
            end = line.end
            continue
        if not cell or _RULE.fullmatch(cell):
            if begun:
                break
            continue
        one_case = cell.isupper() or cell.islower()
        authority = one_case and (_PERSON.match(cell.lower()) or is_issuer(cell))
        if len(cell) > 300 or (begun and authority) or (authority and line.after_gap):
            break
        if begun and (parts[-1].endswith((".", ";", ":")) or (line.after_gap and not cell[0].islower())):
            break
        if _BODY.match(cell) and (begun or not cell.lower().startswith(("thực hiện", "phần"))):
            break
        parts.append(ordinary_case(cell, starts_sentence=False))
        end = line.end
        if sum(map(len, parts)) > _SUBJECT_CHARS:
            break
    title = parts[0]
    for part in parts[1:]:
        lowers = part.split(" ", 1)[0].lower() in _SUBJECT_STARTS and not is_issuer(part)
        title += " " + (part[0].lower() + part[1:] if lowers else part)
    title = re.sub(r"(?i)\bv/v\b:?", "về việc", re.sub(r"\s+", " ", title)).strip(" -–_*")
    return title[:1].upper() + title[1:], end


def _cell(line: _Line) -> str:
    return line.text.strip().strip("*#_ ").strip(" :")


def _issuer(title: str, issuers: list[str], text: str) -> str | None:
    name = official_name(issuers)
    by = re.match(rf"\S+(?:\s+\S+){{1,3}}?\s+(?:của|liên tịch)\s+{_BODY_NAME}", title, re.IGNORECASE)
    if by and is_issuer(by.group(1)) and not _PERSON.match(by.group(1).lower()):
        name = official_name([by.group(1)])
    if name and fold(name) == "ban chap hanh trung uong":
        signed = _SIGNED_FOR.search(text[-2500:])
        if signed:
            name = ordinary_case(signed.group(1))
    return name


def _tidy_number(number: str) -> str:
    return re.sub(r"\s*([-–—−/])\s*", lambda m: "/" if m[1] == "/" else "-", number).strip()
