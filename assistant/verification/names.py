"""Names in a sentence: people, places, bodies of the Party and State, offices; in either language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from assistant.persons import persons
from assistant.phrases import UPPER, words
from assistant.places import question_places
from index.syllables import is_syllable
from ingest.numbers import find_numbers, fold
from ingest.places import find_places


class NameKind(StrEnum):
    """What a name names."""

    PERSON = "person"
    PLACE = "place"
    BODY = "body"
    OFFICE = "office"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Name:
    """A name at ``text[start:end]``.

    Attributes:
        value: normalised syllables by which it is looked for, joined by blanks; of a body or an office, the
            Vietnamese name it goes by.
        rank: "tỉnh" or "thành phố", where a place is said to be one.
        also: other Vietnamese names that an English one may stand for.
    """

    start: int
    end: int
    kind: NameKind
    value: str
    rank: str = ""
    also: tuple[str, ...] = ()


#: Vietnamese name → how English texts call it.
_BODIES: Final = {
    "ban bí thư": "(?:party )?secretariat",
    "bộ chính trị": "politburo|political bureau",
    "ban chấp hành trung ương": "(?:party )?central committee",
    "ban chấp hành": "executive committee|executive board",
    "ban thường vụ": "standing board|standing committee|standing committees",
    "thường trực": "(?!)",
    "ban tổ chức": "organi[sz]ation commission|organi[sz]ing commission|organi[sz]ation board",
    "ban tuyên giáo": "(?:propaganda|communication) (?:and education )?commission",
    "ban dân vận": "mass mobili[sz]ation commission",
    "ban nội chính": "internal affairs commission",
    "ban xây dựng đảng": "party[- ]building (?:board|committee|commission|department)",
    "ủy ban kiểm tra": "(?:inspection|inspectorate) commission",
    "ủy ban nhân dân": "people's committee",
    "hội đồng nhân dân": "people's council",
    "văn phòng": "(?:party )?committee office|party office",
    "chính phủ": "government",
    "quốc hội": "national assembly",
    "tỉnh ủy": "provincial party committee",
    "thành ủy": "(?:city|municipal) party committee",
    "huyện ủy": "district party committee",
    "mặt trận tổ quốc": "(?:vietnam )?fatherland front",
    "đoàn thanh niên": "youth union(?! (?:members?|officials?|cadres?))",
    "công đoàn": "trade unions?(?! members?)",
    "hội phụ nữ": "women's union",
    "hội nông dân": "farmers' union|farmers' association",
    "hội cựu chiến binh": "(?:war )?veterans'? association|veterans' union",
}
#: Other names of the same body in Vietnamese texts.
_ALSO: Final = {
    "ủy ban nhân dân": "ubnd", "hội đồng nhân dân": "hđnd", "mặt trận tổ quốc": "mttq|mặt trận",
    "đoàn thanh niên": "đoàn tncs hồ chí minh|đoàn thanh niên cộng sản hồ chí minh|đoàn tncs", "hội phụ nữ": "hội lhpn|hội liên hiệp phụ nữ",
    "ủy ban kiểm tra": "ubkt", "ban thường vụ": "btv", "ban chấp hành": "bch",
    "ban chấp hành trung ương": "bch trung ương|trung ương đảng", "hội cựu chiến binh": "hội ccb",
}  # fmt: skip
_OFFICES: Final = {
    "phó bí thư thường trực": "(?:standing|permanent) deputy (?:party )?secretary|(?:standing|permanent) vice secretary",
    "phó bí thư": "deputy (?:party )?secretary|vice secretary",
    "bí thư": "secretary",
    "phó chủ tịch": "(?:vice|deputy) chair(?:man|woman|person)?",
    "chủ tịch": "chair(?:man|woman|person)?|president",
    "phó trưởng ban": "deputy head",
    "trưởng ban": "head of the (?:organi[sz]ation|organi[sz]ing|propaganda|commission)",
    "phó giám đốc": "deputy director",
    "giám đốc": "director",
    "tổng bí thư": "general secretary",
}
#: English names of more than one body.
_EITHER: Final = {
    "standing committee": ("thường trực", "ban thường vụ"),
    "standing board": ("thường trực", "ban thường vụ"),
    "executive committee": ("ban chấp hành trung ương", "ban chấp hành"),
    "central committee": ("trung ương", "ban chấp hành trung ương"),
    "secretary": ("bí thư",),
}


def _table(entries: dict[str, str], also: dict[str, str]) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all names of all entries, and the group of each."""
    parts, by_group = [], {}
    for at, (name, english) in enumerate(sorted(entries.items(), key=lambda entry: -len(entry[0]))):
        group = f"g{at}"
        by_group[group] = name
        own = re.escape(name).replace("ủy", "(?:ủy|uỷ)").replace(r"\ ", r"\s+")
        if name == "thường trực":
            own = r"(?<!thư )(?<!ban )thường trực(?= (?:tỉnh|thành|huyện|đảng|cấp|hội))"
        parts.append(f"(?P<{group}>{'|'.join(filter(None, [own, also.get(name), english]))})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE), by_group


_BODY, _BODY_NAMES = _table(_BODIES, _ALSO)
_OFFICE, _OFFICE_NAMES = _table(_OFFICES, {})

_CAPITAL = rf"[{UPPER}][^\W\d_]*"
_RUN = re.compile(rf"(?<![\w/-]){_CAPITAL}(?:[ \t-]{_CAPITAL})*(?![\w/])")
_TITLE = re.compile(
    r"^(?:Ông|Bà|Anh|Chị|Đồng|Đ/c|Mr|Ms|Mrs|Comrade|The|In|At|By|For|From|On|Of|And|As|To|With|Theo|Tại|Từ|Trong|Ở|Năm|Riêng|Còn|Với|Do"
    r"|Trước|Sau|Nhiều|Các|Những|Toàn|Cả|Khi|Nếu|Đến|Tới|Về|Tỉnh|Huyện|Xã|Thôn|Bản|Phường|Quận|Báo|Trang|Thành|Province|City)[ \t-]+"
)
_HONORIFIC = re.compile(r"(?:\b(?:ông|bà|đồng chí|anh|chị|mr|ms|mrs|comrade)\.?\s+)$", re.IGNORECASE)
_UNIT_BEFORE = re.compile(
    r"(?:\b(?:huyện|xã|thị xã|thị trấn|phường|quận|thôn|bản|tỉnh|thành phố|làng|district|commune|ward|village)\s+)$",
    re.IGNORECASE,
)
_UNIT_AFTER = re.compile(r"\s+(?:district|commune|ward|village|province|city|town)\b", re.IGNORECASE)
#: Written with capitals, yet no name by itself, or one that every document bears.
_COMMON: Final = frozenset(
    fold(name)
    for name in (
        "việt nam,đảng cộng,đảng viên,đảng bộ,đảng ủy,trung ương,điều lệ,chi bộ,đại hội,nghị quyết,chỉ thị,quy định,hướng dẫn,kế hoạch,kết luận"
        ",đảng cộng sản việt nam,phó bí,thanh niên,bí thư,vietnam,cương lĩnh,tổ chức,đoàn thanh,hội đồng,mặt trận,văn phòng"
        ",đảng,đoàn,bác hồ,ban chấp,khối các,đảng cộng sản,hội nghị,công đoàn,hội phụ,ban bí,bộ chính,ban xây,ban tổ,ban thường,nhà nước,ủy ban"
    ).split(",")
)
_ENGLISH_CAPITALS: Final = frozenset(
    """party central committee secretary standing deputy board commission congress directive regulation resolution
    plan guidance conclusion union people council national assembly charter youth communist fatherland front trade
    women politburo secretariat provincial municipal city province district article chapter vietnam no bloc the
    in a an to on bí thư""".split()
)


def find_names(text: str, *, english: bool) -> list[Name]:
    """The names in ``text``, in order, none inside of another of its kind."""
    numbers = [(mention.start, mention.end) for mention in find_numbers(text)]
    found = [*_places(text, english=english), *_fixed(text, _BODY, _BODY_NAMES, NameKind.BODY)]
    found += _fixed(text, _OFFICE, _OFFICE_NAMES, NameKind.OFFICE)
    taken = [(name.start, name.end) for name in found if name.kind is NameKind.PLACE]
    fixed = [(name.start, name.end) for name in found if name.kind is not NameKind.PLACE]
    people = set(persons(text))
    for start, end in _runs(text, [*taken, *numbers]):
        if any(begin <= start < stop for begin, stop in fixed):
            continue
        name = text[start:end]
        kind = _kind(text, start, end, people, english=english)
        if kind is not None:
            if kind is NameKind.PLACE and " " not in name and (unit := _UNIT_BEFORE.search(text[:start])):
                name = f"{unit.group()}{name}"  # "Thôn Nam": the second word alone stands in many names
            found.append(
                Name(start, end, kind, " ".join(words(name)), also=_CALLED.get(fold(name).lower(), ()))
            )
    called = [name.start for name in found if name.also == _UNCLE_HO]
    return sorted(
        (name for name in found if not _titles(text, name, called)),
        key=lambda name: name.start,
    )


#: What Vietnamese call one whose name everybody knows, and what stands before it as a title.
_UNCLE_HO: Final = ("Bác Hồ", "Bác", "Hồ Chủ tịch")
_CALLED: Final = {"ho chi minh": _UNCLE_HO}


def _titles(text: str, name: Name, called: list[int]) -> bool:
    """An office is the title of a name that may as well stand without it."""
    return name.kind is NameKind.OFFICE and any(
        name.end <= start and not text[name.end : start].strip() for start in called
    )


def _fixed(text: str, pattern: re.Pattern[str], names: dict[str, str], kind: NameKind) -> list[Name]:
    found = []
    for match in pattern.finditer(text):
        group = match.lastgroup
        if group is not None and not (
            names[group] == "bí thư" and text[match.start() - 4 : match.start()].lower() == "ban "
        ):
            found.append(
                Name(
                    match.start(),
                    match.end(),
                    kind,
                    names[group],
                    also=_EITHER.get(match.group().lower(), ()),
                )
            )
    return found


def _places(text: str, *, english: bool) -> list[Name]:
    if english:
        return [
            Name(place.start, place.end, NameKind.PLACE, " ".join(words(place.name)), str(place.rank or ""))
            for place in question_places(text, language="en")
            if text[place.start : place.end][:1].isupper() or place.rank
        ]
    return [
        Name(place.start, place.end, NameKind.PLACE, " ".join(words(place.name)), str(place.rank or ""))
        for place in find_places(text)
    ]


def _runs(text: str, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Words with capitals that stand together, less titles, words that open a sentence, and what is taken."""
    for start, end in taken:
        text = f"{text[:start]}{'|' * (end - start)}{text[end:]}"
    found = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        while (title := _TITLE.match(text[start:end])) is not None:
            start += title.end()
        found.append((start, end))
    return found


def _kind(text: str, start: int, end: int, people: set[str], *, english: bool) -> NameKind | None:
    name = text[start:end]
    parts = re.split(r"[ \t-]+", name)
    before = text[max(0, start - 20) : start]
    if name.isupper() and len(parts) == 1:
        return None
    if fold(name) in _COMMON:
        return None
    if english and any(part.lower() in _ENGLISH_CAPITALS or not is_syllable(fold(part)) for part in parts):
        return None
    if _UNIT_BEFORE.search(before) or (english and _UNIT_AFTER.match(text, end)):
        return NameKind.PLACE if len(parts) > 1 or not _opens(text, start) else None
    if _HONORIFIC.search(before):
        return NameKind.PERSON
    if len(parts) == 1:
        return None
    if any(person in name or name in person for person in people):
        return NameKind.PERSON
    if english and len(parts) >= 3:
        return NameKind.PERSON
    return NameKind.OTHER


def _opens(text: str, start: int) -> bool:
    return not text[:start].strip()
