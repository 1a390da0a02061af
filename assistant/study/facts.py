"""Typed facts of a text: figures, dates, numbers of documents, people, offices and bodies, as exact spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from assistant.persons import persons
from assistant.phrases import UPPER, words
from assistant.verification.analysis import Item, Sort, analysed
from assistant.verification.figures import Figure
from assistant.verification.moments import Moment
from ingest.numbers import find_numbers


class FactKind(StrEnum):
    """What a fact is; only facts of one kind can stand in each other's place."""

    COUNT = "count"
    AREA = "area"
    PERCENT = "percent"
    SHARE = "share"
    MONEY = "money"
    DURATION = "duration"
    FREQUENCY = "frequency"
    DATE = "date"
    PERIOD = "period"
    MONTH = "month"
    NUMBER = "number"
    BODY = "body"
    PERSON = "person"
    SUBJECT = "subject"
    REPLACED = "replaced"
    ROLE = "role"


#: How the value of a range begins.
RANGE = "range="
FIGURES = frozenset({FactKind.COUNT, FactKind.PERCENT, FactKind.SHARE, FactKind.MONEY, FactKind.DURATION})
DATES = frozenset({FactKind.DATE, FactKind.PERIOD, FactKind.MONTH})


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact at ``text[start:end]`` of the text it was found in.

    Attributes:
        text: that span: "57.763", "39,7%", "21/01/2019", "95-KH/TU", "Ban Bí thư".
        value: what it is compared by.
        unit: what is counted, or what kind of document or body it is; "" if unknown.
        size: of a figure, for choosing others of its magnitude; 0 for the rest.
    """

    kind: FactKind
    start: int
    end: int
    text: str
    value: str
    unit: str = ""
    size: float = 0.0

    @property
    def bounded(self) -> bool:
        """A figure between two others: "từ 3 đến 5%"."""
        return self.value.startswith(RANGE)


_UNIT_STOPS = frozenset(
    """trong với và là của ở tại cho không có được thay đạt so vào ra chiếm bằng về lên theo từ đến đang do dự thuộc
    gồm sau trước khi để nên thì mà đã theo học hoặc trở tính tăng giảm tham vượt tán đủ xuống hay đó cũng này cùng nêu giới chưa các""".split()
)
#: Nouns of two syllables whose second alone would end a unit.
_WHOLE_UNITS = frozenset({"trường học", "đại học", "tiểu học", "trung học", "lớp học", "buổi học", "môn học"})
_UNIT = re.compile(r"\s+((?:Đảng|[a-zà-ỹđ]+)(?:\s(?:Đảng|[a-zà-ỹđ]+)){0,4})")
#: A number in letters counts where one of these follows; "hai mặt", "ba nhóm" and the like are no figures.
_NO_PERSON = ("Đoàn ", "Ban ", "Bộ ", "Hội ")
_COUNTED = re.compile(
    r"\s+(?:tháng|tuổi|lần|đảng viên|mức|quyền|nhiệm vụ|chương|bài|lớp|hình thức|bước|người|nguyên tắc|trường hợp|học viên|buổi"
    r"|yếu tố|ngày|tuần|điểm|hội nghị|nghị quyết)\b"
)
_TIME_UNITS = frozenset({"tháng", "tuổi", "ngày", "tuần", "buổi", "giờ", "phút", "năm"})
#: A number after one of these names a thing and counts nothing.
_NAMED_BY = re.compile(
    r"(?<!\w)(?:thứ|khóa|số|điều|khoản|bài|câu|mục|chương|quý|lần|đại hội|ngày|tháng|mùng)\s+$", re.IGNORECASE
)
_MONEY = re.compile(r"\s*(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+)?đồng\b(?! chí)", re.IGNORECASE)
_AREA = re.compile(r"\s*(?:km2|km²|m2|ha)\b")
_FREQUENCY = re.compile(
    r"(?<!\w)(?:(?:mỗi|hằng|hàng) (?:tháng|quý|năm|tuần|tháng) (?:một|hai|1|2) lần|(?:một|hai|1|2) lần (?:một|mỗi) (?:tháng|quý|năm|tuần))(?!\w)",
    re.IGNORECASE,
)
#: Two numbers that bound one figure: "từ 3 đến 5%", "1.000 - 2.000 đảng viên", however they are spaced.
_SPELT = "một|hai|ba|bốn|sáu|bảy|tám|chín|mười(?: (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?"
_BOUND = r"\d+(?:[.,]\d+)*"
_RANGE = re.compile(
    rf"(?<![\w/.,:–-])(?:từ\s+)?(?:{_BOUND}\s*[-–]\s*(?=\d)|(?:{_BOUND}|{_SPELT})\s+(?:đến|tới)\s+)(?P<last>{_BOUND}|năm|{_SPELT})(?![\w/–-]|[.,:]\d|\s*[-–/]\s*\d)",
    re.IGNORECASE,
)
#: What shows that a fact goes on beyond its ends, as a date with a blank in it that nothing here reads.
_GOES_ON = re.compile(r"\s*[-–/]\s*\d|[.,]\d|\d")
_BEGAN_BEFORE = re.compile(r"(?:\d\s*[-–/]\s*|\d[.,]|\d)$")
_PERIOD_JOINT = re.compile(r"^\s*(?:đến|tới|-|–)\s*(?:hết\s+)?$")

_LEVEL = r"(?:(?:[Tt]ỉnh|[Tt]hành|[Hh]uyện|[Tt]hị|[Qq]uận) (?:ủy|uỷ)|Đảng (?:ủy|uỷ|bộ)(?: (?:xã|phường|tỉnh|huyện|thành phố))?)"
_PLACED = rf"(?! Công)(?: (?:(?:Khối|khối)(?: (?:các cơ quan và doanh nghiệp|Các cơ quan và doanh nghiệp|CCQ&DN|doanh nghiệp))?(?: \(CCQ&DN\))?(?: tỉnh)?))?(?:(?! [{UPPER}]\w+ [{UPPER}]\w+ [{UPPER}]) [{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]+)?)?"
_BODY_NAMES = (
    rf"Ban Bí thư(?: khóa [IVX]+)?|Bộ Chính trị|Ban Chấp hành (?:Trung ương(?: khóa [IVX]+)?|Đảng bộ tỉnh)|Hội nghị Trung ương \d+ khóa [IVX]+"
    rf"|Đại hội(?: đại biểu toàn quốc)? (?:lần thứ )?[IVX]+|(?:Ban Thường vụ|Thường trực|Ban Tổ chức|Ban Xây dựng Đảng của|Văn phòng) {_LEVEL}{_PLACED}"
    rf"|Ban Tổ chức Trung ương|Ban Xây dựng Đảng|{_LEVEL}{_PLACED}|Mặt trận Tổ quốc(?: \(MTTQ\))?(?: xã)?"
    r"|Đoàn TNCS Hồ Chí Minh|Đoàn Thanh niên|Hội LHPN|Công đoàn|(?:các )?[Bb]an xây dựng [Đđ]ảng|[Bb]an chấp hành (?:đoàn|công đoàn) cơ sở"
    r"|[Bb]í thư (?:chi bộ|Đảng ủy xã)|[Cc]hi (?:bộ|ủy)(?: cơ sở)?|[Cc]ấp ủy (?:cấp trên|có thẩm quyền|trực thuộc Trung ương|cơ sở)"
    r"|[Tt]rung tâm (?:bồi dưỡng )?chính trị(?: cấp huyện)?"
)
BODY = re.compile(rf"(?<![\w/-])(?:{_BODY_NAMES})(?![\w/-])")
#: Bodies by what they are; one takes the place of another of its class.
_BODY_CLASSES = (
    (
        "central",
        re.compile(r"ban bí thư|bộ chính trị|chấp hành trung ương|hội nghị trung ương|tổ chức trung ương"),
    ),
    ("congress", re.compile(r"^đại hội")),
    ("cell", re.compile(r"^(?:chi (?:bộ|ủy)|cấp ủy|bí thư|ban chấp hành (?:đoàn|công đoàn))")),
    ("union", re.compile(r"mặt trận|đoàn tncs|đoàn thanh niên|hội |^công đoàn")),
    ("members", re.compile(r"^đảng bộ")),
    ("school", re.compile(r"^trung tâm")),
    ("committee", re.compile(r"")),
)


_ROLE_WORDS = (3, 20)
_ROLES = (
    re.compile(
        r"(?<!\w)(?:coi|xác định|xem)\s[^,;:“”]{6,160}?\slà\s(?P<role>[^,;:.…“”()]{8,110})", re.IGNORECASE
    ),
    re.compile(
        r"^[^,;:“”]{0,60}?(?:nguyên nhân|phương châm|quan điểm|trọng tâm|lý do|bài học|kinh nghiệm)[^,;:“”]{0,50}?\slà\s(?P<role>[^;:.…“”()]{8,140})",
        re.IGNORECASE,
    ),
)


@lru_cache(maxsize=8192)
def facts(text: str) -> tuple[Fact, ...]:
    """The facts of a text, in order; none overlaps another of its kind, none ends inside a date or a range."""
    items = analysed(text, english=False).items
    counted = [*_figures(text, items), *_dates(text, items)]
    found = [fact for fact in counted if not _is_cut(text, fact)]
    found += [*_numbers(text), *_frequencies(text), *bodies(text), *_persons(text), *_roles(text)]
    return tuple(sorted(found, key=lambda fact: (fact.start, fact.end)))


def bodies(text: str) -> Iterator[Fact]:
    """Bodies and offices that act, by name."""
    for match in BODY.finditer(text):
        name = match.group()
        value = " ".join(words(name))
        unit = next(label for label, pattern in _BODY_CLASSES if pattern.search(name.lower()))
        yield Fact(FactKind.BODY, match.start(), match.end(), name, value, unit)


def _is_cut(text: str, fact: Fact) -> bool:
    return bool(_GOES_ON.match(text, fact.end) or _BEGAN_BEFORE.search(text[: fact.start]))


def _ranges(text: str, items: tuple[Item, ...]) -> dict[int, re.Match[str]]:
    """Ranges of figures by where each ends; what dates and numbers of documents take is none."""
    other = [item for item in items if item.sort in (Sort.MOMENT, Sort.DOCUMENT, Sort.LABEL)]
    return {
        match.end(): match
        for match in _RANGE.finditer(text)
        if not any(item.start < match.end() and match.start() < item.end for item in other)
        and not _NAMED_BY.search(text[: match.start()])
    }


def _figures(text: str, items: tuple[Item, ...]) -> Iterator[Fact]:
    ranges = _ranges(text, items)
    numbers = [(item.start, item.end) for item in items if item.sort in (Sort.DOCUMENT, Sort.LABEL)]
    repeated = [match.span() for match in _FREQUENCY.finditer(text)]
    for item in items:
        figure = item.value
        if item.sort is not Sort.FIGURE or not isinstance(figure, Figure) or figure.weak:
            continue
        if any(begin <= item.start < stop for begin, stop in (*numbers, *repeated)):
            continue
        within = next((m for m in ranges.values() if m.start() <= item.start < m.end()), None)
        if within is not None:
            if within.start("last") == item.start:
                yield _bounded(text, item, figure, within)
            continue
        spelt = not any(char.isdigit() for char in item.text)
        if spelt and not figure.percent and not _COUNTED.match(text, item.end):
            continue
        if _NAMED_BY.search(text[: item.start]) and (spelt or len(item.text) < 3):
            continue
        if text[item.end : item.end + 2].strip()[:1] in {")", "/"} and len(item.text) < 3:
            continue
        yield _figure(text, item, figure)


def _bounded(text: str, item: Item, figure: Figure, bounds: re.Match[str]) -> Fact:
    """Both ends of a range as one fact, with the kind and the unit of the last."""
    last = _figure(text, item, figure)
    said = text[bounds.start() : last.end]
    return replace(last, start=bounds.start(), text=said, value=f"{RANGE}{' '.join(said.split()).lower()}")


def _figure(text: str, item: Item, figure: Figure) -> Fact:
    size = float(figure.values[0])
    start, end = item.start, item.end
    if figure.percent:
        kind = FactKind.PERCENT if "%" in item.text or "phần trăm" in item.text else FactKind.SHARE
        return Fact(kind, start, end, item.text, f"{kind}={size:g}", "", size)
    if money := _MONEY.match(text, end):
        stop = money.end()
        return Fact(FactKind.MONEY, start, stop, text[start:stop], f"money={size:g}", "đồng", size)
    if area := _AREA.match(text, end):
        return Fact(FactKind.AREA, start, end, item.text, f"{size:g}", area.group().strip(), size)
    unit = unit_after(text, end)
    head = unit.split(" ")[0] if unit else ""
    if head in _TIME_UNITS:
        return Fact(FactKind.DURATION, start, end, item.text, f"{size:g}", head, size)
    return Fact(FactKind.COUNT, start, end, item.text, f"{size:g}", unit, size)


def unit_after(text: str, end: int) -> str:
    """What the figure that ends at ``end`` counts: the words behind it, up to a verb or a small word."""
    match = _UNIT.match(text, end)
    if match is None:
        return ""
    kept: list[str] = []
    for word in match.group(1).split():
        if word.lower() in _UNIT_STOPS and " ".join((*kept[-1:], word)).lower() not in _WHOLE_UNITS:
            break
        kept.append(word)
    return " ".join(kept).lower()


def _dates(text: str, items: tuple[Item, ...]) -> Iterator[Fact]:
    moments = [item for item in items if item.sort is Sort.MOMENT and isinstance(item.value, Moment)]
    taken = -1
    for at, item in enumerate(moments):
        moment = item.value
        if item.start < taken or not isinstance(moment, Moment) or moment.year is None:
            continue
        after = moments[at + 1] if at + 1 < len(moments) else None
        if moment.day and after is not None and isinstance(after.value, Moment) and after.value.day:
            between = text[item.end : after.start]
            if _PERIOD_JOINT.match(between) and re.search(r"từ\s+(?:ngày\s+)?$", text[: _bare(text, item)]):
                taken = after.end
                value = f"{_written(moment)}-{_written(after.value)}"
                begin = item.start
                yield Fact(FactKind.PERIOD, begin, after.end, text[begin : after.end], value)
                continue
        begin = _bare(text, item)
        if moment.day:
            yield Fact(FactKind.DATE, begin, item.end, text[begin : item.end], _written(moment))
        elif moment.month:
            yield Fact(FactKind.MONTH, begin, item.end, text[begin : item.end], _written(moment))


def _bare(text: str, item: Item) -> int:
    """Where a date begins without "ngày", "sáng"."""
    match = re.match(r"(?:ngày|sáng|chiều|tối|tháng)\s+", text[item.start : item.end], re.IGNORECASE)
    keep = match is None or " tháng " in item.text
    return item.start if keep or match is None else item.start + match.end()


def _written(moment: Moment) -> str:
    return "/".join(f"{part:02d}" for part in (moment.day, moment.month, moment.year) if part)


def _numbers(text: str) -> Iterator[Fact]:
    for mention in find_numbers(text):
        kind = re.search(r"((?:[^\W\d_]+ )?[^\W\d_]+)(?: số)?\s+$", text[: mention.start])
        unit = kind.group(1).lower() if kind else ""
        yield Fact(FactKind.NUMBER, mention.start, mention.end, mention.written, mention.canonical, unit)


def _frequencies(text: str) -> Iterator[Fact]:
    for match in _FREQUENCY.finditer(text):
        yield Fact(
            FactKind.FREQUENCY, match.start(), match.end(), match.group(), " ".join(words(match.group()))
        )


def _persons(text: str) -> Iterator[Fact]:
    for found in dict.fromkeys(persons(text)):
        name = found.removeprefix("Ông ")
        at = text.find(name)
        if name.startswith(_NO_PERSON) or len(name.split()) < 2:
            continue
        yield Fact(FactKind.PERSON, at, at + len(name), name, " ".join(words(name)))


def _roles(text: str) -> Iterator[Fact]:
    """What something is held to be: "coi … là nhiệm vụ thường xuyên", "nguyên nhân chính là thiếu nguồn"."""
    for pattern in _ROLES:
        for match in pattern.finditer(text):
            start, end = match.span("role")
            said = text[start:end].rstrip(" ,.")
            if _ROLE_WORDS[0] <= len(said.split()) <= _ROLE_WORDS[1] and not re.search(r"\d", said):
                unit = "" if pattern is _ROLES[0] else "reason"
                yield Fact(FactKind.ROLE, start, start + len(said), said, " ".join(words(said)), unit)
