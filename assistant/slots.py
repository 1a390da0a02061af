"""The slots of a question: the place, the period, the document and the article it names.

A follow-up that names another thing of a sort puts it into the slot of that sort.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.periods import Period, periods
from assistant.phrases import UPPER
from assistant.places import question_places
from assistant.unmarked import Pattern, is_unmarked
from ingest.numbers import find_numbers, find_short_numbers, fold
from ingest.places import Rank, gazetteer


class Sort(StrEnum):
    """What sort of thing stands in a slot."""

    PLACE = "place"
    UNIT = "unit"
    PERIOD = "period"
    DOCUMENT = "document"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Slot:
    """A thing named at ``question[start:end]``."""

    sort: Sort
    start: int
    end: int
    text: str


_KIND = (
    r"(?:chỉ thị|nghị quyết|quy định|quyết định|quy chế|hướng dẫn|kế hoạch|kết luận|thông tri|thông báo|công văn|đề án|báo cáo"
    r"|nghị định|thông tư|luật|directive|resolution|regulation|decision|guidance|guideline|plan|conclusion|decree|circular)"
)
_KIND_BEFORE = Pattern(rf"(?<!\w){_KIND}(?: số| no\.?| number)?:?\s*$")
#: An article, clause or point, smaller before larger; joined ones are one slot.
_LEVELS = (
    r"điểm [a-zđ](?!\w)|point [a-z](?!\w)",
    r"khoản \d{1,2}|clause \d{1,2}",
    r"điều \d{1,3}[a-z]?|article \d{1,3}[a-z]?",
    r"mục (?:[ivx]+|\d{1,2})(?!\w)|section (?:[ivx]+|\d{1,2})(?!\w)",
    r"(?:chương|phần) (?:[ivx]+|\d{1,2})(?!\w)|(?:chapter|part) (?:[ivx]+|\d{1,2})(?!\w)",
)
_ONE = "|".join(f"(?:{level})" for level in _LEVELS)
_ARTICLE = Pattern(rf"(?<!\w)(?:{_ONE})(?:(?:,? | of |,? của )(?:{_ONE}))*(?!\w)")
_LEVEL = tuple(Pattern(level) for level in _LEVELS)
_SMALLER = r"(?:huyện ủy|thị ủy|quận ủy|huyện|xã|thị xã|thị trấn|phường|quận|thôn|bản|đặc khu|tổ dân phố)"
_UNIT = Pattern(rf"(?<!\w){_SMALLER}(?!\w)")
#: A body by its name: "Chi bộ 2 Chi cục Thuế Quận 4", "Khối CCQ&DN Hà Tĩnh", "Chi bộ thôn Suối Giếng".
_NAME_PART = rf"(?:[{UPPER}](?:[^\W\d_]|[&-](?=\w))*|\d{{1,2}}(?![\d/.%]))"
_NAMED_PART = re.compile(rf"(?<!\w){_NAME_PART}")
_BODY = re.compile(
    r"(?<!\w)(?i:chi bộ|đảng bộ|đảng ủy|đảng uỷ|khối|chi đoàn|chi cục|công ty|phân hiệu|trường|bệnh viện|hợp tác xã)"
    r"(?! (?i:tỉnh|thành phố|trực thuộc)(?!\w))"
    r"(?: (?:(?i:thôn|bản|ấp|xã|phường|thị trấn|huyện|quận|tỉnh|thành phố|tổ dân phố|khu phố|khối|chi cục|cục"
    rf"|công ty|cổ phần|trường|đại học|cao đẳng|các|cơ quan|và|doanh nghiệp|tại)(?= )|{_NAME_PART})){{0,9}}"
)
_CAPITALS = re.compile(rf" (?:[{UPPER}][^\W\d_]*|\d{{1,2}})(?: [{UPPER}][^\W\d_]*){{0,3}}")
_LOWER_NAME = re.compile(r" [^\W\d_]+ [^\W\d_]+")
_RANK_BEFORE = re.compile(r"(?<!\w)(?:tinh|thanh pho)\s+$", re.IGNORECASE)
_NO_NAME = Pattern(
    r"(?:có|là|này|đó|ấy|nào|được|đã|gồm|kết|của|bao|phải|trong|ở|năm|thì|cấp|sẽ|và|hay|trên|bị|mới|khó|với|do)(?!\w)"
)


@lru_cache(maxsize=256)
def slots(text: str, *, english: bool = False) -> tuple[Slot, ...]:
    """Every slot of ``text``, in order, none overlapping another."""
    found = [*_documents(text), *_articles(text), *_places(text, english), *_periods(text, english)]
    kept: list[Slot] = []
    for slot in sorted(found, key=lambda slot: (slot.start, -slot.end)):
        if not kept or slot.start >= kept[-1].end:
            kept.append(slot)
    return tuple(kept)


def of_sort(text: str, *sorts: Sort, english: bool = False) -> tuple[Slot, ...]:
    """The slots of ``text`` that are of one of ``sorts``."""
    return tuple(slot for slot in slots(text, english=english) if slot.sort in sorts)


def without(text: str, removed: tuple[Slot, ...]) -> str:
    """``text`` less its slots."""
    for slot in sorted(removed, key=lambda slot: -slot.start):
        text = f"{text[: slot.start]} {text[slot.end :]}"
    return " ".join(text.split())


def _slot(sort: Sort, text: str, start: int, end: int) -> Slot:
    return Slot(sort, start, end, text[start:end])


def _documents(text: str) -> list[Slot]:
    found = []
    full = find_numbers(text)
    for mention in [*full, *find_short_numbers(text)]:
        kind = _KIND_BEFORE.search(text[: mention.start])
        found.append(_slot(Sort.DOCUMENT, text, kind.start() if kind else mention.start, mention.end))
    return found


def _articles(text: str) -> list[Slot]:
    return [_slot(Sort.ARTICLE, text, m.start(), m.end()) for m in _ARTICLE.finditer(text)]


def _places(text: str, english: bool) -> list[Slot]:
    plain = "en" if english or is_unmarked(text) else "vi"
    found = []
    for place in question_places(text, language=plain):
        rank = _RANK_BEFORE.search(text[: place.start])  # the gazetteer reads it only with its marks
        found.append(_slot(Sort.PLACE, text, rank.start() if rank else place.start, place.end))
    found += _bodies(text)
    for match in _UNIT.finditer(text):
        name = _CAPITALS.match(text, match.end())
        lower = _LOWER_NAME.match(text, match.end())
        if name is None and lower and not _NO_NAME.match(lower.group().strip()) and text.islower():
            second = lower.group().split()[1]
            name = None if _NO_NAME.match(second) else lower
        if name:
            found.append(_slot(Sort.UNIT, text, match.start(), name.end()))
    return found


def _bodies(text: str) -> list[Slot]:
    """Bodies named in capitals or by a number; the small words between the parts of a name end none."""
    found = []
    for match in _BODY.finditer(text):
        parts = list(_NAMED_PART.finditer(text, match.start() + 1, match.end()))
        if parts:
            found.append(_slot(Sort.UNIT, text, match.start(), parts[-1].end()))
    return found


def _periods(text: str, english: bool) -> list[Slot]:
    return [Slot(Sort.PERIOD, p.start, p.end, p.text) for p in periods(text, english=english)]


# ---- putting a new thing into a slot


def put(base: str, new: Slot, *, english: bool) -> str | None:
    """``base`` with ``new`` in place of what it names of that sort; ``None`` where it names none."""
    if new.sort is Sort.ARTICLE:
        return _put_article(base, new.text, english)
    sorts = (Sort.PLACE, Sort.UNIT) if new.sort is Sort.PLACE else (new.sort,)
    old = of_sort(base, *sorts, english=english)
    if not old and new.sort is Sort.UNIT:
        old = of_sort(base, Sort.PLACE, english=english)
    if not old:
        return None
    last = _last_joined(base, old)
    text = new.text
    if new.sort is Sort.PLACE:
        text = _ranked(new.text, old[0].text, english)
    elif new.sort is Sort.PERIOD:
        text = fitted(new.text, old[0].text, english=english)
    elif new.sort is Sort.DOCUMENT:
        text = _with_kind(new.text, old[0].text)
    start = old[0].start
    if (
        new.sort is Sort.UNIT
        and (noun := _HEAD.match(text))
        and base[:start].lower().endswith(f"{noun.group().lower()} ")
    ):
        start -= len(noun.group()) + 1  # "Đảng bộ tỉnh X", and now "đảng bộ huyện Y"
    if start == 0:
        text = text[:1].upper() + text[1:]
    return f"{base[:start]}{text}{base[last.end :]}"


_HEAD = re.compile(r"(?i:chi bộ|đảng bộ|đảng ủy|khối)")


def _last_joined(base: str, old: tuple[Slot, ...]) -> Slot:
    """The last of the slots that are named together ("huyện X, tỉnh Y"; "A và B")."""
    last = old[0]
    for slot in old[1:]:
        if not re.fullmatch(
            r"\s*(?:,|và|va|với|voi|hay|and|or|of|của|cua|-|thuộc)?\s*", base[last.end : slot.start]
        ):
            break
        last = slot
    return last


def _ranked(new: str, old: str, english: bool) -> str:
    """A place named without its rank takes that of the old one, where there is a unit of that rank."""
    places = question_places(new, language="en")
    if len(places) != 1:
        return new
    name = places[0].name if places[0].rank is None else new
    if places[0].rank is not None:
        return new
    rank = re.match(r"(tỉnh|thành phố|tinh|thanh pho) ", old, re.IGNORECASE)
    if rank and not english:
        wanted = Rank.PROVINCE if fold(rank.group(1)) == "tinh" else Rank.CITY
        if wanted in gazetteer().ranks[name]:
            return f"{rank.group(1)} {name}"
    return name


def fitted(new: str, old: str, *, english: bool) -> str:
    """A period in the words of the one it replaces: "2021" for "Trong năm 2020" is "Trong năm 2021"."""
    year = re.fullmatch(r"(?:(?:năm|nam|in|for|for the year|year) )?(\d{4})", new, re.IGNORECASE)
    same = re.fullmatch(
        r"((?:[^\W\d]+ )*?(?:năm |nam |in |during |for |year )?)(?:19|20)\d\d", old, re.IGNORECASE
    )
    if (
        year
        and same
        and not re.search(
            r"(?:đầu|cuối|giữa|hết|đến|dau|cuoi|den) (?:năm|nam)? ?$|end|start|by |since ",
            same.group(1),
            re.I,
        )
    ):
        before = same.group(1) or ("in " if english else "")
        return f"{before}{year.group(1)}"
    if year:
        return f"in {year.group(1)}" if english else f"năm {year.group(1)}"
    lacks_year = not re.search(r"(?:19|20)\d\d", new)
    old_year = re.search(r"(?:19|20)\d\d", old)
    if lacks_year and old_year and re.match(r"(?:quý|tháng|quy|thang|\d+ tháng|sáu tháng)", new, re.I):
        joint = " " if new.lower().endswith(("năm", "nam")) else " năm "
        return (
            f"{new}{joint}{old_year.group()}"
            if joint == " " or "/" not in old
            else f"{new}/{old_year.group()}"
        )
    return new


def _with_kind(new: str, old: str) -> str:
    """A bare number keeps the old one's "Chỉ thị (số)", unless it says itself that it is of another kind."""
    if _KIND_BEFORE.search(new.split(" ")[0] + " ") or not re.match(r"\d", new):
        return new
    head = re.match(r"\D*", old)
    noun = head.group() if head else ""
    code, old_code = (re.search(r"\d\W*(?:\d{4}\W)?\s?([A-Za-zĐđ]+)", text) for text in (new, old))
    same = code and old_code and fold(code.group(1)) == fold(old_code.group(1))
    return f"{noun}{new}" if same or not code else new


def _put_article(base: str, new: str, english: bool) -> str | None:
    old = of_sort(base, Sort.ARTICLE, english=english)
    if not old:
        document = of_sort(base, Sort.DOCUMENT, english=english)
        at = document[0].start if document else None
        if at is None:
            named = _NAMED_DOCUMENT.search(base)
            at = named.start() if named else None
        if at is None:
            return None
        joint = " of " if english else " "
        return f"{base[:at]}{new if at else new[:1].upper() + new[1:]}{joint}{base[at:]}"
    slot = old[0]
    text = _at_level(slot.text, new)
    return f"{base[: slot.start]}{text if slot.start else text[:1].upper() + text[1:]}{base[slot.end :]}"


_NAMED_DOCUMENT = Pattern(
    r"(?<!\w)(?:điều lệ|hiến pháp|luật|quy định|quy chế|nghị quyết|hướng dẫn|party charter|charter|constitution)(?!\w)"
)


def _at_level(old: str, new: str) -> str:
    """ "khoản 2" in "Điều 4" is "khoản 2 Điều 4"; "Điều 5" replaces "khoản 2 Điều 4" whole."""
    level = min(i for i, pattern in enumerate(_LEVEL) if pattern.search(new))
    larger = [match for i, pattern in enumerate(_LEVEL) if i > level for match in pattern.finditer(old)]
    if not larger or any(pattern.search(new) for pattern in _LEVEL[level + 1 :]):
        return new
    return f"{new} {old[min(match.start() for match in larger) :]}"


def document_named(text: str) -> str | None:
    """The document a question names, by number or by name ("Điều lệ Đảng"), as text."""
    numbered = of_sort(text, Sort.DOCUMENT)
    if numbered:
        return numbered[0].text
    named = _NAMED_PHRASE.search(text)
    return named.group() if named else None


_NAMED_PHRASE = Pattern(
    r"(?<!\w)(?:điều lệ (?:đảng|đoàn|hội)(?: cộng sản việt nam)?|hiến pháp(?: năm \d{4})?|party charter)(?!\w)"
)


def period_of(text: str, *, english: bool = False) -> Period | None:
    """The first period of a question."""
    found = periods(text, english=english)
    return found[0] if found else None
