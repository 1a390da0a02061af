"""How many of them, and nothing else: what a sentence says of all, most, none or only one, against what it cites.

A passage that says something of some bears out nothing of all. One that says it of a thing does not say that it
holds of that thing only: that has to be said, or what is left over denied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from assistant.phrases import words
from assistant.types import Difference, DifferenceKind
from assistant.unmarked import Pattern
from assistant.verification.analysis import Analysis
from assistant.verification.landmarks import strength
from assistant.verification.sources import Source
from assistant.verification.tokens import Token


class Extent(IntEnum):
    """Of how many something is said, from none to all."""

    NONE = 0
    FEW = 1
    SOME = 2
    MANY = 3
    MOST = 4
    ALL = 5


@dataclass(frozen=True, slots=True)
class Quantifier:
    """A word at ``text[start:end]`` that says of how many."""

    start: int
    end: int
    extent: Extent


_PLACES: Final = r"nơi|chỗ|lúc|khi|đồng chí|trường hợp|người"
_ONES: Final = "thôn|bản|xóm|xã|phường|huyện|tỉnh|chi bộ|đảng bộ|cấp ủy|đơn vị|cơ quan|doanh nghiệp|địa phương|cơ sở|tổ|lớp|ban"
_WAYS: Final = (
    (Extent.NONE, rf"không (?:có |một )?(?:{_PLACES}) nào|không ai|chẳng ai|không có(?= (?:[^\s,.;]+ ){{1,4}}nào(?!\w))"),
    (Extent.FEW, r"rất ít(?! nhất)|hiếm|số ít"),
    (Extent.SOME, rf"một số|một bộ phận|một phần|một vài|vài|có (?:{_PLACES})|(?:{_PLACES}) thì|(?:có|còn)(?= (?:{_ONES}) (?:chưa|không|còn|vẫn|đã|lại|thì|bị|chỉ|mới|phải)(?!\w))|trong đó(?: có)?(?: ít nhất| chỉ| hơn| gần| khoảng| trên)?(?= \d)"),
    (Extent.MANY, r"không ít|nhiều(?! (?:nhất|hơn|lần|năm))"),
    (Extent.MOST, r"phần lớn|phần đông|đa số|đa phần|hầu hết|đại bộ phận|phần nhiều|chủ yếu"),
    (Extent.ALL, rf"(?:tất cả|mọi)(?: các| những)? (?:{_PLACES})|tất cả|mọi|toàn bộ|toàn thể|100\s?%|(?:{_PLACES}) nào cũng|ai cũng|luôn luôn|luôn|đều"),
)  # fmt: skip
_PATTERNS: Final = tuple((extent, Pattern(rf"(?<!\w)(?:{ways})(?!\w)")) for extent, ways in _WAYS)
_ONLY: Final = Pattern(
    r"(?<!không )(?<!chưa )(?<!chẳng )(?<!mới )(?<!\w)(?:chỉ(?! (?:tiêu|thị|đạo|huy|số|dẫn|ra|rõ|định|báo))|duy nhất|độc nhất)(?!\w)"
)
_ALONE: Final = Pattern(
    r"(?<!\w)(?:chỉ(?! (?:tiêu|thị|đạo|huy|số|dẫn|ra|rõ|định|báo))|duy nhất|riêng|mới|chưa|không|trừ)(?!\w)"
)
_SOLE: Final = Pattern(
    r"(?<!\w)(?:chỉ(?! (?:tiêu|thị|đạo|huy|số|dẫn|ra|rõ|định|báo))|duy nhất|độc nhất|riêng)(?!\w)"
)
_NOT_ONLY: Final = Pattern(r"(?<!\w)(?:không|chẳng|chưa) (?:phải )?(?:chỉ|riêng|những)(?!\w)")
#: "chỉ có 8", "chỉ bằng một nửa": how little that is, not that there is nothing else.
_LITTLE: Final = Pattern(
    r"(?:\s+[^\s\d.,;]+){0,3}?\s+(?:\d|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|ít|nửa|phần)(?!\w))"
)
_NEEDED: Final = frozenset(words("cần nên"))
#: "chỉ được lập khi có 9": a condition, which rules state without saying "only".
_CONDITION: Final = Pattern(r"(?<!\w)(?:khi|nếu|trong trường hợp)(?!\w)")
#: "dưới 9 thì chỉ bầu bí thư": the condition before, the rest of the rule behind.
_THEN: Final = Pattern(r"(?<!\w)thì\s+$")
_DENIED: Final = Pattern(r"(?<!\w)(?:không|chưa|chẳng)(?!\w)[^,.;]{0,40}$")
#: Words behind a quantifier among which what it counts stands, and among which it is looked for; the share of a
#: sentence's words that a place must hold to be the one it is about.
_REACH, _FURTHER, _ABOUT = 5.0, 9.0, 0.4


@lru_cache(maxsize=2048)
def quantifiers(text: str) -> tuple[Quantifier, ...]:
    """The quantifiers of a Vietnamese text, in order."""
    found = [
        Quantifier(*match.span(), extent) for extent, pattern in _PATTERNS for match in pattern.finditer(text)
    ]
    return tuple(
        sorted(
            (
                one
                for one in found
                if not any(
                    other.start <= one.start
                    and one.end <= other.end
                    and other.extent != one.extent
                    and (other.end - other.start) > (one.end - one.start)
                    for other in found
                )
            ),
            key=lambda one: one.start,
        )
    )


def scope_differences(analysis: Analysis, bearing: Sequence[tuple[Source, int]]) -> list[Difference]:
    """What a Vietnamese sentence says of more than its citations say it of.

    Args:
        bearing: the sentences of the sources that bear it out, by index.
    """
    found = []
    for mine in quantifiers(analysis.text):
        if mine.extent not in (Extent.NONE, Extent.MOST, Extent.ALL):
            continue
        counted = [words for at in _said_of(analysis, mine) if (words := _first_word(_behind(analysis, at)))]
        if not counted:
            continue
        theirs = [
            (source, other)
            for source, at in bearing
            for other in quantifiers(source.analysis.text)
            if source.spans[at][0] <= other.start < source.spans[at][1]
            and any(_about(words, _behind(source.analysis, other.end, _FURTHER)) for words in counted)
            and _about_the_same(analysis, source, at)
        ]
        less = [(source, other) for source, other in theirs if _falls_short(mine.extent, other.extent)]
        if less and len(less) == len(theirs):
            source, other = less[0]
            cited = source.analysis.text[other.start : _end(source.analysis, other.end)]
            said = analysis.text[mine.start : _end(analysis, mine.end)]
            found.append(Difference(DifferenceKind.DIRECTION, said, cited))
    return found + list(_limits_denied(analysis, bearing))


def _limits_denied(analysis: Analysis, bearing: Sequence[tuple[Source, int]]) -> Iterator[Difference]:
    """What is said to be the only one of which a citation says that it is not."""
    for match in _ONLY.finditer(analysis.text):
        if _DENIED.search(analysis.text[: match.start()]):
            continue
        mine = [token for token in _behind(analysis, match.end()) if token.phrases[0] not in _NEEDED][:3]
        for source, at in bearing:
            text = source.analysis.text
            for other in _NOT_ONLY.within(text).finditer(text, *source.spans[at]):
                theirs = _behind(source.analysis, other.end(), _FURTHER)[:4]
                if len(mine) > 1 and _about(mine, theirs):
                    cited = text[other.start() : theirs[-1].end]
                    yield Difference(
                        DifferenceKind.DIRECTION, analysis.text[match.start() : mine[-1].end], cited
                    )


def unstated_limits(
    analysis: Analysis, bearing: Sequence[tuple[Source, int]], sources: Sequence[Source]
) -> list[tuple[str, str]]:
    """What a Vietnamese sentence says to be the only one, where nothing cited does or denies the rest; with
    what is cited to be not the only one."""
    found = []
    near = {(id(source), at) for source, at in bearing}
    texts = [
        source.analysis.text[slice(*span)]
        for source in sources
        for at, span in enumerate(source.spans)
        if (id(source), at) in near or _about_the_same(analysis, source, at)
    ]
    for match in _ONLY.finditer(analysis.text):
        if _LITTLE.within(analysis.text).match(analysis.text, match.end()):
            continue
        if _DENIED.search(analysis.text[: match.start()]) or _CONDITION.search(analysis.text[match.end() :]):
            continue
        if _THEN.search(analysis.text[: match.start()]):
            continue
        sole = match.group().lower() != "chỉ"
        if not sole and any(_says_no_more(source, at, analysis) for source, at in bearing):
            continue
        said = analysis.text[match.start() : _end(analysis, match.end())]
        beyond = next((text for text in texts if _NOT_ONLY.search(text)), "")
        plain = [_NOT_ONLY.sub(" ", text) for text in texts]
        if not any((_SOLE if sole else _ALONE).search(text) for text in plain):
            found.append((said, beyond))
    return found


def _says_no_more(source: Source, at: int, analysis: Analysis) -> bool:
    """A cited sentence lists nothing that the one that is checked leaves out."""
    there = {part: 1.0 for token in analysis.tokens for part in token.phrases[0].split(" ")}
    start, end = source.spans[at]
    own = [t for t in source.analysis.tokens if start <= t.start < end and not t.steep]
    return len(own) >= 2 and all(any(strength(p, there) > 0.5 for p in t.phrases) for t in own)


def _said_of(analysis: Analysis, mine: Quantifier) -> Iterator[int]:
    """Where what is counted begins, and what is said of all of it."""
    yield mine.end
    if mine.extent is Extent.ALL:
        said = _PREDICATE.within(analysis.text).search(analysis.text, mine.end)
        if said and not _CLAUSE.search(analysis.text[mine.end : said.start()]):
            yield said.end()


_PREDICATE: Final = Pattern(r"\s(?:đều(?: là| đã| được| bị| phải)?|là|đã|được|bị|chưa|không)(?=\s)")
_CLAUSE: Final = Pattern(r"[,;:]\s")


def _behind(analysis: Analysis, end: int, reach: float = _REACH) -> list[Token]:
    """The content words behind a quantifier, as far as what it counts may stand."""
    x = analysis.ruler.at(max(0, end - 1))
    return [
        token for token in analysis.tokens if token.start >= end and not token.steep and token.x - x <= reach
    ]


def _first_word(tokens: Sequence[Token]) -> Sequence[Token]:
    """The first of some tokens, with the one right behind it, of which it may be a part."""
    together = len(tokens) > 1 and tokens[1].start - tokens[0].end <= 1
    return tokens[: 2 if together else 1]


def _end(analysis: Analysis, end: int) -> int:
    """The end of the second content word behind a quantifier."""
    tokens = _behind(analysis, end)[:2]
    return tokens[-1].end if tokens else end


def _about(counted: Sequence[Token], others: Sequence[Token]) -> bool:
    """What is counted stands among the words behind another quantifier."""
    there = {part: 1.0 for token in others for part in token.phrases[0].split(" ")}
    return all(any(strength(phrase, there) > 0.5 for phrase in token.phrases) for token in counted)


def _about_the_same(analysis: Analysis, source: Source, at: int) -> bool:
    tokens = [token for token in analysis.tokens if not token.steep]
    whole = sum(token.weight for token in tokens)
    held = sum(
        token.weight * max(strength(phrase, source.words[at]) for phrase in token.phrases) for token in tokens
    )
    return held >= _ABOUT * whole


def _falls_short(mine: Extent, other: Extent) -> bool:
    if mine is Extent.NONE:
        return other is not Extent.NONE
    if mine is Extent.MOST:
        return other < Extent.MANY
    return other < Extent.ALL
