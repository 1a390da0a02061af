"""Of what kind, of when, whose and about what a document named by its number is said to be.

Every part of such a description may stand in a passage and yet belong to another document of it. So what stands
right behind a number ("28-CT/TW ngày … của … về …") is taken as one description, and is laid beside those that
what is cited gives of the same number and of others. Kind and level are in the number itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from assistant.phrases import fold, words
from assistant.types import Difference, DifferenceKind
from assistant.unmarked import Pattern
from assistant.verification.analysis import Analysis, Item, Sort
from assistant.verification.landmarks import strength
from assistant.verification.moments import Moment
from assistant.verification.references import Reference
from assistant.verification.relations import Span
from assistant.verification.sources import Source
from ingest.numbers import KIND_CODES

_KINDS: Final = (
    "chỉ thị|nghị quyết|quyết định|quy định|quy chế|hướng dẫn|kế hoạch|chương trình|kết luận|báo cáo|thông báo|tờ trình"
    "|công văn|đề án|nghị định|thông tư|pháp lệnh|thông tri"
)
#: How an issuer is named → the name by which two are compared, the longer first.
_ISSUERS: Final = (
    ("ban bí thư", r"ban bí thư(?: trung ương)?"),
    ("bộ chính trị", r"bộ chính trị"),
    ("trung ương", r"(?:hội nghị )?(?:(?:lần thứ [^\s,]+ )?ban chấp hành )?trung ương(?: đảng)?"),
    ("ban của trung ương", r"(?:ban (?:tổ chức|tuyên giáo|dân vận|nội chính|kinh tế)|ủy ban kiểm tra|văn phòng) trung ương"),
    ("tỉnh ủy", r"(?:ban (?:thường vụ|chấp hành) )?(?:đảng bộ )?(?:tỉnh|thành)(?: ủy| uỷ)?(?! phố)"),
    ("huyện ủy", r"(?:ban (?:thường vụ|chấp hành) )?(?:huyện|quận|thị) (?:ủy|uỷ)"),
    ("đảng ủy", r"(?:ban (?:thường vụ|chấp hành) )?đảng (?:ủy|uỷ)"),
    ("chính phủ", r"(?:thủ tướng )?chính phủ"),
)  # fmt: skip
#: The end of a number → those of these names that it can be.
_LEVELS: Final = {
    "tw": {"ban bí thư", "bộ chính trị", "trung ương", "ban của trung ương"},
    "tu": {"tỉnh ủy"},
    "hu": {"huyện ủy"},
    "du": {"đảng ủy"},
    "cp": {"chính phủ"},
}
_ISSUER: Final = tuple((name, Pattern(rf"{way}(?!\w)")) for name, way in _ISSUERS)
_OF: Final = Pattern(r"\)?,?\s*(?:là\s+)?(?:của|do)\s+(?:một\s+|các\s+)?")
_BY: Final = Pattern(
    rf"(?P<issuer>{'|'.join(way for _, way in _ISSUERS)})(?:\s+[^\s,.;]+){{0,3}}?\s+(?:đã\s+)?ban hành\s+(?:(?:{_KINDS})\s+)?(?:số\s+)?$"
)
_OF_DATE: Final = Pattern(r"[\s,(]*(?:được\s+)?(?:ban hành\s+|ký\s+)?(?:vào\s+)?(?:ngày\s+)?")
_ABOUT: Final = Pattern(
    r"\)?,?\s*(?:[^\W\d]+\s+){0,3}?(?:bàn về|quy định(?: về)?|hướng dẫn(?: về)?|nói về|về việc|về|yêu cầu|nêu)\s+(?P<subject>[^.;:\n]{8,200})"
)
_KIND_BEFORE: Final = Pattern(rf"(?<!\w)(?P<kind>{_KINDS})\s+(?:số\s+)?$")
_KIND_BEHIND: Final = Pattern(rf"\s+là\s+(?:một\s+)?(?P<kind>{_KINDS})(?!\w)")
_BEARS: Final = Pattern(
    rf"(?:^|[.;,]\s)\s*(?P<kind>{_KINDS})(?!\s+số)[^.;]{{0,90}}?\s(?:mang|có|ghi|đề)\s+(?:ký hiệu\s+)?số(?: hiệu)?(?: là)?\s+$"
)
_CODE: Final = re.compile(r"-\s?([A-Za-zĐđ]{1,5})\s?/\s?([A-Za-zĐđƯư.]+)$")


@dataclass(frozen=True, slots=True)
class _Description:
    """What a text says right behind the number of a document."""

    item: Item
    end: int
    date: Item | None = None
    issuer: tuple[str, Span] | None = None
    subject: Span | None = None

    @property
    def number(self) -> str:
        value = self.item.value
        assert isinstance(value, Reference)
        return value.number


_Cited = Sequence[tuple[Source, _Description]]


def attribution_differences(analysis: Analysis, sources: Sequence[Source]) -> list[Difference]:
    """What a Vietnamese sentence says of a numbered document that is cited of another one, or cannot be."""
    found: list[Difference] = []
    cited = [(source, other) for source in sources for other in _descriptions(source.analysis)]
    for mine in _descriptions(analysis):
        found += _impossible(analysis, mine)
        same = [(source, other) for source, other in cited if other.number == mine.number]
        rest = [(source, other) for source, other in cited if other.number != mine.number]
        found += _date(mine, same, rest)
        found += _issuer(analysis, mine, same)
        found += _subject(analysis, mine, same, rest)
    found += _order(analysis, cited)
    return list(dict.fromkeys(found))


def _order(analysis: Analysis, cited: _Cited) -> Iterator[Difference]:
    """One document said to be older or newer than another by the dates of which it is the other way round."""
    named = [item for item in analysis.items if item.sort is Sort.DOCUMENT]
    for one, other in pairwise(named):
        match = _ISSUED.search(analysis.text[one.end : other.start])
        dates = [_issued_on(item, cited) for item in (one, other)]
        if match is None or dates[0] is None or dates[1] is None or dates[0] == dates[1]:
            continue
        if (dates[0] < dates[1]) is not (match["which"].lower() == "trước"):
            said = analysis.text[one.start : other.end]
            yield Difference(DifferenceKind.DIRECTION, said, f"{one.text} – {other.text}")


_ISSUED: Final = Pattern(
    rf"(?:ban hành|ra đời|ký|có)\s(?:[^,.;]{{0,25}}\s)?(?P<which>trước|sau)(?: khi có)?\s+(?:(?:{_KINDS})\s+)?(?:số\s+)?$"
)


def _issued_on(item: Item, cited: _Cited) -> tuple[int, int, int] | None:
    value = item.value
    assert isinstance(value, Reference)
    for _, other in cited:
        moment = other.date.value if other.date is not None else None
        if other.number == value.number and isinstance(moment, Moment) and moment.year is not None:
            return moment.year, moment.month or 0, moment.day or 0
    return None


def _descriptions(analysis: Analysis) -> Iterator[_Description]:
    text = analysis.text
    for item in analysis.items:
        if item.sort is not Sort.DOCUMENT:
            continue
        end, date, issuer, subject = item.end, None, None, None
        for _ in range(2):
            if date is None:
                date = next(
                    (i for i in analysis.items if i.sort is Sort.MOMENT and end <= i.start <= end + 24), None
                )
                if date is not None and _OF_DATE.fullmatch(text[end : date.start]) is None:
                    date = None
                end = date.end if date is not None else end
            if issuer is None:
                issuer = _issuer_at(text, end)
                end = issuer[1][1] if issuer is not None else end
        about = _ABOUT.within(text).match(text, end)
        subject = about.span("subject") if about else None
        if issuer is None:
            by = _BY.search(text[: item.start])
            named = by and _named(by["issuer"])
            issuer = (named, by.span("issuer")) if by and named else None
        yield _Description(item, end, date, issuer, subject)


def _issuer_at(text: str, end: int) -> tuple[str, Span] | None:
    of = _OF.within(text).match(text, end)
    if of is None:
        return None
    for name, pattern in _ISSUER:
        match = pattern.within(text).match(text, of.end())
        if match:
            return name, match.span()
    return None


def _named(written: str) -> str | None:
    return next((name for name, pattern in _ISSUER if pattern.fullmatch(written)), None)


def _impossible(analysis: Analysis, mine: _Description) -> Iterator[Difference]:
    """Of another kind, or of another level, than the number itself says."""
    text, item = analysis.text, mine.item
    code = _CODE.search(item.text)
    value = item.value
    assert isinstance(value, Reference)
    whole = next(
        (
            other.text
            for other in analysis.items
            if isinstance(other.value, Reference)
            and other.value.number == value.number
            and other.value.canonical
        ),
        "",
    )
    level = _CODE.search(whole)
    if code is not None:
        before = _KIND_BEFORE.search(text[: item.start]) or _BEARS.search(text[: item.start])
        behind = _KIND_BEHIND.within(text).match(text, item.end)
        for match in (before, behind):
            if match is not None and not _is_kind(code[1], match["kind"]):
                yield Difference(DifferenceKind.DOCUMENT_NUMBER, match["kind"], item.text)
    if level is not None and mine.issuer is not None:
        allowed = _LEVELS.get(fold(level[2]).replace(".", ""))
        if allowed is not None and mine.issuer[0] not in allowed:
            yield Difference(DifferenceKind.NAME, text[slice(*mine.issuer[1])], whole)


def _is_kind(code: str, kind: str) -> bool:
    named = KIND_CODES.get(code.lower())
    kind = fold(kind)
    return named is None or named == kind or (code.lower() == "qđ" and kind in {"quyet dinh", "quy dinh"})


def _date(mine: _Description, same: _Cited, rest: _Cited) -> Iterator[Difference]:
    """Another date than the cited one of that number, or, where that has none, the one of another number."""
    if mine.date is None or not isinstance(mine.date.value, Moment) or not same:
        return
    dated = [(source, other.date) for source, other in same if other.date is not None]
    if dated:
        if not any(_within(mine.date, date, source) for source, date in dated):
            yield Difference(DifferenceKind.DATE, mine.date.text, dated[0][1].text)
    elif mine.date.value.day is not None:
        for source, other in rest:
            if other.date is not None and _within(mine.date, other.date, source):
                cited = f"{other.item.text} {other.date.text}"
                yield Difference(DifferenceKind.DATE, mine.date.text, cited)
                return


def _within(mine: Item, other: Item, source: Source) -> bool:
    assert isinstance(mine.value, Moment)
    assert isinstance(other.value, Moment)
    return mine.value.within(other.value, source.years)


def _issuer(analysis: Analysis, mine: _Description, same: _Cited) -> Iterator[Difference]:
    """Another issuer than every cited one of that number; "Trung ương" alone may be any of the centre's."""
    cited = [(source, other.issuer) for source, other in same if other.issuer is not None]
    if mine.issuer is None or not cited:
        return
    name, span = mine.issuer
    said = analysis.text[slice(*span)]
    if fold(said) == "trung uong" and any(issuer[0] in _LEVELS["tw"] for _, issuer in cited):
        return
    if all(issuer[0] != name for _, issuer in cited):
        source, issuer = cited[0]
        yield Difference(DifferenceKind.NAME, said, source.analysis.text[slice(*issuer[1])])


def _subject(analysis: Analysis, mine: _Description, same: _Cited, rest: _Cited) -> Iterator[Difference]:
    """What is cited to be the subject of another document, in the very words."""
    if mine.subject is None or not same:
        return
    own = max((_held(analysis, mine.subject, source, other) for source, other in same), default=0.0)
    for source, other in rest:
        if other.subject is None or own >= _OWN:
            continue
        if _held(analysis, mine.subject, source, other) >= _OTHERS:
            cited = source.analysis.text[other.item.start : other.subject[1]]
            said = analysis.text[mine.item.start : mine.subject[1]]
            yield Difference(DifferenceKind.DOCUMENT_NUMBER, said, cited)
            return


#: Share of a subject's words that stand in that of the same number at least, and in another's at most.
_OWN, _OTHERS = 0.4, 0.6


def _held(analysis: Analysis, span: Span, source: Source, other: _Description) -> float:
    there = {}
    if other.subject is not None:
        there = dict.fromkeys(words(source.analysis.text[slice(*other.subject)]), 1.0)
    tokens = [t for t in analysis.tokens if span[0] <= t.start < span[1] and not t.steep]
    held = sum(max(strength(phrase, there) for phrase in token.phrases) for token in tokens)
    return held / len(tokens) if len(tokens) > 2 else 0.0
