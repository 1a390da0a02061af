"""What must be done and what may be: "phải bầu" is not "có thể bầu".

A modal word is compared with the one that a citation has before the same verb, where it has one there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from assistant.types import Difference, DifferenceKind
from assistant.unmarked import Pattern
from assistant.verification.analysis import Analysis
from assistant.verification.landmarks import strength
from assistant.verification.sources import Source
from assistant.verification.tokens import Token


class Force(StrEnum):
    """How binding what is said is."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


_WAYS: Final = (
    (Force.MUST, r"bắt buộc phải|bắt buộc|buộc phải|cần phải|nhất thiết phải|phải(?! (?:là|chăng|không|cách))"),
    (Force.SHOULD, r"cần(?! (?:thiết|phải|có|kíp))|nên(?= [^\W\d_]+ )"),
    (Force.MAY, r"có thể|được phép|khuyến khích|ưu tiên|tự nguyện|có quyền|tùy ý|tuỳ ý|không bắt buộc(?: phải)?|không nhất thiết(?: phải)?"),
)  # fmt: skip
_PATTERNS: Final = tuple((force, Pattern(rf"(?<![\w-])(?:{ways})(?![\w-])")) for force, ways in _WAYS)
_DENIED: Final = Pattern(r"(?<!\w)(?:không|chưa|chẳng|khó|nếu|khi|mới)\s+(?:được\s+)?$")
_NEXT: Final = 3.0


@dataclass(frozen=True, slots=True)
class _Modal:
    start: int
    end: int
    force: Force


@lru_cache(maxsize=2048)
def _modals(text: str) -> tuple[_Modal, ...]:
    """The modal words of a Vietnamese text that nothing denies, in order."""
    found: list[_Modal] = []
    for force, pattern in reversed(_PATTERNS):
        for match in pattern.finditer(text):
            inside = any(one.start <= match.start() < one.end for one in found)
            if not inside and not _DENIED.search(text[: match.start()]):
                found.append(_Modal(*match.span(), force))
    return tuple(sorted(found, key=lambda one: one.start))


def duty_differences(analysis: Analysis, bearing: Sequence[tuple[Source, int]]) -> list[Difference]:
    """What a Vietnamese sentence says that must be done of which its citations say that it may be, and the
    other way round.

    Args:
        bearing: the sentences of the sources that bear it out, by index.
    """
    found = []
    for mine in _modals(analysis.text):
        verb = _verb(analysis, mine.end)
        if not verb or mine.force is Force.SHOULD:
            continue
        theirs = [
            (source, other, there)
            for source, at in bearing
            for other in _modals(source.analysis.text)
            if source.spans[at][0] <= other.start < source.spans[at][1]
            and _same(verb, there := _verb(source.analysis, other.end))
        ]
        if theirs and all(_opposed(mine.force, other.force) for _, other, _ in theirs):
            source, other, there = theirs[0]
            said = analysis.text[mine.start : verb[-1].end]
            cited = source.analysis.text[other.start : there[-1].end]
            found.append(Difference(DifferenceKind.DIRECTION, said, cited))
    return found


def _opposed(mine: Force, other: Force) -> bool:
    """The one leaves open what the other does not; what should be done may well be called a duty."""
    if mine is Force.MUST:
        return other is Force.MAY
    return other is not Force.MAY


def _verb(analysis: Analysis, end: int) -> list[Token]:
    """The two content words right behind a modal word."""
    x = analysis.ruler.at(max(0, end - 1))
    return list(_near(analysis, end, x))[:2]


def _near(analysis: Analysis, end: int, x: float) -> Iterator[Token]:
    for token in analysis.tokens:
        if token.start >= end and not token.steep and token.x - x <= _NEXT:
            yield token


def _same(verb: Sequence[Token], other: Sequence[Token]) -> bool:
    """Both begin with the same word, and go on with it if either goes on."""
    there = {part: 1.0 for token in other for part in token.phrases[0].split(" ")}
    return bool(other) and all(any(strength(p, there) > 0.5 for p in token.phrases) for token in verb)
