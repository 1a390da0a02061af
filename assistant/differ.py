"""Where two documents give different figures or dates for the same thing, both are shown.

Only what is surely the same thing counts: the same noun counted, the same doing, place and period. A state at
two points of time ("tính đến 30/11/2019", "đến 31/12/2023") differs by its date, and both are shown with it;
what was done in two different years is two facts, and no difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.citations import name_document
from assistant.extract import Quote
from assistant.phrases import words
from assistant.places import SMALLER_UNIT
from assistant.quantities import DATE, figures
from assistant.reading import Reading
from assistant.scoring import Scored
from assistant.wanted import Wanted
from ingest.places import find_places
from ingest.types import Document
from prompts import render

#: A rival must speak of as much of the question as the best sentence, and not lie far behind it.
_OWN_SHARE, _MARGIN = 0.85, 0.5
#: Share of words that two sentences have in common where no place or issuer says that they mean the same.
_ALIKE = 0.6
_MOST = 2
#: "Toàn tỉnh có …" counts the same as "Đảng bộ tỉnh có …".
_OF_A_UNIT = frozenset({"đảng bộ", "đảng ủy"})
#: What is done in a period; a figure with none of these is a state at a point of time.
_DOINGS = re.compile(
    r"kết nạp|khai trừ|xóa tên|xoá tên|giới thiệu|phấn đấu|chỉ tiêu|mục tiêu|tập huấn|bồi dưỡng|công nhận|"
    r"tuyên dương|khen thưởng|chuyển|kỷ luật|giảm|tăng|mở|tổ chức|thành lập|giải thể|cử|thi hành|kiểm tra|"
    r"giám sát|trao|tặng|học",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:gần|trên|hơn|khoảng|chừng|xấp xỉ|tối thiểu|ít nhất|tối đa|không quá|dưới|từ|thêm)\s*$"
)
_PART = re.compile(r"\b(?:trong đó|trong số|bao gồm|gồm|riêng|mỗi|cứ|thứ)\b[^;:]*$", re.IGNORECASE)
#: What may follow the noun counted without making it another one.
_PLAIN_NEXT = frozenset(
    "ở tại trong thuộc của đang và sinh với tính đến trên toàn do vào theo mới hiện như so tăng giảm "
    "đạt vượt năm tháng ngày cho cả liên tục".split()
)
_AS_OF = re.compile(
    r"(?:tính\s+)?(?:đến|tới)\s+(?:hết\s+|cuối\s+|thời điểm\s+|ngày\s+)*"
    rf"(?:{DATE.pattern}|\d{{1,2}}[/-]\d{{4}})|(?:cuối|đầu)\s+năm\s+\d{{4}}",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?%")
_SPAN_OF_TIME = re.compile(
    r"(?<![\w/.,-])(\d+)\s(năm|tháng|tuần|ngày|giờ|buổi|phút)\b(?!\s+\d)", re.IGNORECASE
)
_FULL_DATE = re.compile(
    r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2} tháng \d{1,2} năm \d{4}", re.IGNORECASE
)
#: Levels of bodies: the members of a chi bộ are not those of a đảng bộ.
_LEVEL = re.compile(
    r"\b(?:chi bộ|đảng bộ|đảng ủy|tổ chức cơ sở đảng|toàn đảng|huyện|xã|phường|thị trấn|thị xã|tỉnh|thành phố"
    r"|khối|trường|công ty|doanh nghiệp|thôn|bản)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """The one figure or date of a sentence that answers the question.

    Attributes:
        value: by which two facts are compared.
        shown: as the text has it, with what is counted ("1.250 đảng viên").
        when: the point of time it holds for, as the text has it; "" where the sentence names none.
        years: those the sentence names.
        doings: what was done, in lower case; empty for a state.
        levels: of the bodies named before it.
    """

    value: str
    shown: str
    when: str
    years: frozenset[str]
    doings: frozenset[str]
    levels: frozenset[str]


def rivals(reading: Reading, best: Scored, scored: Sequence[Scored]) -> list[Scored]:
    """Sentences of other documents that give another figure or date for what ``best`` answers.

    Args:
        scored: admissible candidates, best first; at most one of a document is taken, two in all.
    """
    found: list[Scored] = []
    for entry in scored:
        taken = {other.candidate.document.id for other in found}
        if len(found) < _MOST and entry.candidate.document.id not in taken and differs(reading, best, entry):
            found.append(entry)
    return found


def notes(reading: Reading, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """A line that says that quoted documents differ, and what each says as of when; none where they agree."""
    entries = [quote.entry for quote in quotes]
    for at, first in enumerate(entries):
        others = [entry for entry in entries[at + 1 :] if differs(reading, first, entry)]
        if others:
            said = dict.fromkeys(_said(reading, entry) for entry in [first, *others])
            return (render("documents_differ", reading.language, facts="; ".join(said)),)
    return ()


def differs(reading: Reading, best: Scored, other: Scored) -> bool:
    """Whether two sentences of different documents answer the question differently."""
    left, right = fact(reading, best), fact(reading, other)
    if left is None or right is None or left.value == right.value:
        return False
    if best.candidate.document.id == other.candidate.document.id or left.doings != right.doings:
        return False
    if (
        left.levels != right.levels
        or other.own < _OWN_SHARE * best.own
        or not set(other.missing) <= set(best.missing)
    ):
        return False
    if other.score < best.score - _MARGIN * max(best.score, 1.0):
        return False
    return _same_subject(reading, best, other) and _same_period(reading, left, right, best, other)


def fact(reading: Reading, entry: Scored) -> Fact | None:
    """The figure or date in a sentence that answers the question, where there is exactly one."""
    if {Wanted.COMPARE, Wanted.SUPERLATIVE} & set(reading.wanted):
        return None
    text = entry.candidate.text
    find = next((_FINDERS[kind] for kind in reading.wanted if kind in _FINDERS), None)
    found = find(reading, text) if find is not None else []
    if len(found) != 1:
        return None
    ((value, shown, start),) = found
    as_of = _AS_OF.search(text)
    clause = text if Wanted.WHEN in reading.wanted else text[max(0, start - 80) : start + len(shown) + 40]
    return Fact(
        value=value,
        shown=shown,
        when=as_of.group() if as_of else "",
        years=frozenset(_YEAR.findall(text)) if Wanted.WHEN not in reading.wanted else frozenset(),
        doings=frozenset(match.group().lower() for match in _DOINGS.finditer(clause)),
        levels=_levels(text[:start]),
    )


_Found = list[tuple[str, str, int]]


def _counts(reading: Reading, text: str) -> _Found:
    """Figures directly before the noun that is asked about, or after it and "là", "có", ":"."""
    lowered, question = text.lower(), f" {' '.join(words(reading.text))} "
    units = sorted(reading.units, key=len, reverse=True)
    found: _Found = []
    for match in figures(text):
        before, after = lowered[: match.start()], lowered[match.end() :]
        if _ABOUT.search(before) or _PART.search(before) or re.match(r"\s?(?:%|phần trăm)", after):
            continue
        for unit in units:
            behind = re.match(rf"\s+{re.escape(unit)}\b", after)
            if behind is not None:
                following = re.match(r"\s+([^\W\d_]+)", after[behind.end() :])
                plain = following is None or following[1] in _PLAIN_NEXT or f" {following[1]} " in question
                if plain:
                    shown = text[match.start() : match.end() + behind.end()]
                    found.append((_plain(match.group()), shown, match.start()))
                break
            if re.search(rf"\b{re.escape(unit)}\b[^\d,.;]{{0,40}}(?:\blà|\bcó|\bđạt|:)\s*$", before) and (
                re.match(r"\s*(?:[,.;)]|người\b|đồng chí\b|$)", after)
            ):
                found.append((_plain(match.group()), f"{match.group()} {unit}", match.start()))
                break
    return found


def _percents(_: Reading, text: str) -> _Found:
    return [
        (match.group().replace(" ", ""), match.group(), match.start()) for match in _PERCENT.finditer(text)
    ]


def _durations(reading: Reading, text: str) -> _Found:
    unit = re.search(r"(?:mấy|bao nhiêu) (năm|tháng|tuần|ngày|giờ|buổi|phút)\b", reading.text.lower())
    return [
        (match.group().lower(), match.group(), match.start())
        for match in _SPAN_OF_TIME.finditer(text)
        if unit is None or match[2].lower() == unit[1]
    ]


def _dates(_: Reading, text: str) -> _Found:
    return [
        (" ".join(str(int(part)) for part in re.findall(r"\d+", match.group())), match.group(), match.start())
        for match in _FULL_DATE.finditer(text)
    ]


_FINDERS: dict[Wanted, Callable[[Reading, str], _Found]] = {
    Wanted.COUNT: _counts,
    Wanted.PERCENT: _percents,
    Wanted.DURATION: _durations,
    Wanted.WHEN: _dates,
}


def _plain(figure: str) -> str:
    return figure.replace(".", "")


def _same_subject(reading: Reading, best: Scored, other: Scored) -> bool:
    """The same place or issuer, the same levels and named units; else sentences that are nearly the same."""
    left, right = best.candidate, other.candidate
    if left.document.province != right.document.province or best.place is False or other.place is False:
        return False
    if _named(left.text) != _named(right.text):
        return False
    alike = _alike(left.text, right.text)
    if Wanted.WHEN in reading.wanted or Wanted.PERCENT in reading.wanted:
        return alike >= _ALIKE
    located = bool(reading.places or reading.names) or _one_source(left.document, right.document)
    return located or alike >= _ALIKE


def _one_source(left: Document, right: Document) -> bool:
    return left.province is not None or (left.issuer is not None and left.issuer == right.issuer)


def _levels(text: str) -> frozenset[str]:
    found = frozenset(match.group().lower() for match in _LEVEL.finditer(text))
    return found - _OF_A_UNIT or found


def _named(text: str) -> frozenset[str]:
    """Units and places that a sentence names."""
    units = {" ".join(words(match[1])) for match in SMALLER_UNIT.finditer(text)}
    return frozenset(units | {mention.name.lower() for mention in find_places(text)})


def _alike(left: str, right: str) -> float:
    """Share of the longer sentence's words that the other has, figures left out."""
    a, b = ({word for word in words(text) if not word[0].isdigit()} for text in (left, right))
    return len(a & b) / max(1, len(a), len(b))


def _same_period(reading: Reading, left: Fact, right: Fact, best: Scored, other: Scored) -> bool:
    """What was done must be of one period; a state may be of two points of time unless one is asked about."""
    if Wanted.WHEN in reading.wanted or Wanted.DURATION in reading.wanted:
        return left.years == right.years
    first, second = _years(left, best), _years(right, other)
    if left.doings:
        return first == second
    return not reading.years or first == second


def _years(of: Fact, entry: Scored) -> frozenset[str]:
    issued = entry.candidate.document.issued_on
    return of.years or frozenset([str(issued.year)] if issued else [])


def _said(reading: Reading, entry: Scored) -> str:
    found = fact(reading, entry)
    assert found is not None  # differs() has seen it
    when = found.when or ", ".join(sorted(f"năm {year}" for year in found.years))
    where = name_document(entry.candidate.document)
    return f"{found.shown} ({when}; {where})" if when else f"{found.shown} ({where})"
