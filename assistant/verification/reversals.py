"""What a citation denies of a whole phrase, or a sentence with emphasis, and which way a share is said to go.

"Không vì số lượng mà giảm chất lượng" denies that quality is lowered, some words behind the denial; whoever says
that it may be lowered says the opposite. "Không giúp gì" denies more than a report does by the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from assistant.types import Difference, DifferenceKind
from assistant.unmarked import Pattern
from assistant.verification.analysis import Analysis
from assistant.verification.denials import denials
from assistant.verification.figures import Figure
from assistant.verification.landmarks import strength
from assistant.verification.matching import Match
from assistant.verification.sources import Source
from assistant.verification.tokens import Token

_MEANS: Final = Pattern(
    r"(?<!\w)(?:không|chớ|đừng|chẳng)(?! (?:phải|chỉ|những))(?:\s[^.;:\n]{2,90}?)\smà(?=\s)(?! (?:là|vẫn|còn|phải|cần|chủ yếu))"
)
_DENYING: Final = Pattern(
    r"(?<!\w)(?:không|chưa|chẳng|đừng|chớ|cấm|tránh|ngăn|chống|phê phán|thay vì|khắc phục|bỏ)(?!\w)"
)
_EMPHATIC: Final = Pattern(
    r"(?<!\w)(?:không|chẳng|chưa)\s+(?:hề|(?:[^\s,.;]+\s+){1,3}?(?:gì|chút nào|bao giờ))(?!\w)|(?<!\w)(?:tuyệt nhiên|hoàn toàn) không(?!\w)"
)
#: How a share is said to go → in which words.
_WAYS: Final = (
    ("over", Pattern(r"(?<!\w)(?:vượt(?: quá| mức)?|cao hơn|nhiều hơn)(?!\w)")),
    ("up", Pattern(r"(?<!\w)tăng(?: thêm)?(?!\w)")),
    ("down", Pattern(r"(?<!\w)(?:giảm|sụt|hụt)(?!\w)")),
    ("reached", Pattern(r"(?<!\w)(?:bằng|đạt|hoàn thành|chiếm)(?!\w)")),
)  # fmt: skip
#: Ways that cannot both be right of one figure: over the plan by so much, or so much of it.
_OPPOSED: Final = frozenset(
    {frozenset({"over", "reached"}), frozenset({"up", "down"}), frozenset({"over", "down"})}
)
_CLAUSE: Final = Pattern(r"[,;.:](?=\s)|\n|(?<!\w)(?:còn|và|nhưng|trong khi)(?!\w)")
_TOGETHER, _HEADING = 3.5, 400


def reversal_differences(
    analysis: Analysis,
    matches: Sequence[Match],
    bearing: Sequence[tuple[Source, int]],
    sources: Sequence[Source],
) -> list[Difference]:
    """Where a Vietnamese sentence affirms what is cited to be out of the question, or denies with emphasis what
    nothing cited denies, or has a share go the other way, or calls the least the most.

    Args:
        bearing: the sentences of the sources that bear it out, by index.
    """
    return [
        *_affirmed(analysis, sources),
        *_emphatic(analysis, sources),
        *_shares(analysis, matches),
        *_superlatives(analysis, bearing),
        *_extremes(analysis, matches),
    ]


def _affirmed(analysis: Analysis, sources: Sequence[Source]) -> Iterator[Difference]:
    for source in sources:
        text = source.analysis.text
        for match in _MEANS.finditer(text):
            following = text[match.end() :].split(maxsplit=1)
            if following and following[0].lower() in match.group().lower().split():
                continue  # "không dựa vào A mà dựa vào B": that is what holds
            phrase = [t for t in source.analysis.tokens if t.start >= match.end() and not t.steep][:2]
            if len(phrase) < 2 or phrase[1].x - phrase[0].x > _TOGETHER:
                continue
            mine = _together(analysis, phrase)
            if mine is not None and not _DENYING.search(analysis.text[: mine[0].start]):
                said = analysis.text[mine[0].start : mine[1].end]
                cited = text[match.start() : phrase[1].end]
                yield Difference(DifferenceKind.NEGATION, said, " ".join(cited.split()))
                return


def _together(analysis: Analysis, phrase: Sequence[Token]) -> tuple[Token, Token] | None:
    """Two words of a sentence that are those of a phrase, the one not far behind the other."""
    for first in analysis.tokens:
        if first.steep or not _is(first, phrase[0]):
            continue
        for second in analysis.tokens:
            if 0 < second.x - first.x <= _TOGETHER and not second.steep and _is(second, phrase[1]):
                return first, second
    return None


def _is(token: Token, other: Token) -> bool:
    own = dict.fromkeys(other.phrases[0].split(" "), 1.0)
    return any(strength(phrase, own) > 0.5 for phrase in token.phrases)


def _emphatic(analysis: Analysis, sources: Sequence[Source]) -> Iterator[Difference]:
    for match in _EMPHATIC.finditer(analysis.text):
        mine = next((d for d in denials(analysis) if match.start() <= d.start < match.end()), None)
        if mine is None or not mine.heads:
            continue
        denied = [head for source in sources for d in denials(source.analysis) for head in d.heads]
        if not any(_is(mine.heads[0], head) for head in denied):
            yield Difference(DifferenceKind.NEGATION, match.group())


def _superlatives(analysis: Analysis, bearing: Sequence[tuple[Source, int]]) -> Iterator[Difference]:
    mine = {match["how"].lower(): match.group() for match in _MOST.finditer(analysis.text)}
    theirs: dict[str, str] = {}
    for source, at in bearing:
        text = source.analysis.text
        for match in _MOST.within(text).finditer(text, *source.spans[at]):
            theirs.setdefault(match["how"].lower(), match.group())
    for how, said in mine.items():
        other = _ANTONYMS[how]
        if how not in theirs and other in theirs and other not in mine:
            yield Difference(DifferenceKind.DIRECTION, said, theirs[other])


def _extremes(analysis: Analysis, matches: Sequence[Match]) -> Iterator[Difference]:
    """Figures called the lowest that the clause in which they are cited calls the highest."""
    figures = [m for m in matches if isinstance(m.item.value, Figure) and m.best is not None]
    for said in _MOST.finditer(analysis.text):
        match = min(figures, key=lambda m: abs(m.item.start - said.start()), default=None)
        if match is None or match.best is None:
            continue
        text, at = match.best.source.analysis.text, match.best.item.start
        start, end = match.best.source.spans[match.best.source.sentence_of(at)]
        cuts = [start, *(m.end() for m in _COMMA.finditer(text, start, end)), end]
        begin, stop = next((a, b) for a, b in pairwise(cuts) if a <= at < b)
        there = {
            other["how"].lower(): other.group() for other in _MOST.within(text).finditer(text, begin, stop)
        }
        how = said["how"].lower()
        if how not in there and _ANTONYMS[how] in there:
            yield Difference(DifferenceKind.DIRECTION, said.group(), there[_ANTONYMS[how]])


_COMMA: Final = re.compile(r"[,;]\s")
_ANTONYMS: Final = {
    one: other
    for pair in (
        "cao thấp", "lớn nhỏ", "mạnh yếu", "nặng nhẹ", "sớm muộn", "mới cũ", "nhanh chậm", "tốt kém", "dài ngắn", "trẻ già", "đông vắng",
    )
    for one, other in (pair.split(), pair.split()[::-1])
}  # fmt: skip
_MOST: Final = Pattern(rf"(?<!\w)(?P<how>{'|'.join(_ANTONYMS)}) nhất(?!\w)")


def _shares(analysis: Analysis, matches: Sequence[Match]) -> Iterator[Difference]:
    for match in matches:
        figure = match.item.value
        if not isinstance(figure, Figure) or not figure.percent or match.best is None:
            continue
        said = _way(analysis.text, match.item.start)
        there = match.best.source.analysis.text
        at = match.best.item.start
        cited = _way(there, at) or _way_of_rows(there, at)
        if said and cited and frozenset({said[0], cited[0]}) in _OPPOSED:
            yield Difference(DifferenceKind.DIRECTION, said[1], cited[1])


def _way(text: str, start: int) -> tuple[str, str] | None:
    """The way a figure is said to go by the last word of its clause before it that says one."""
    cuts = [match.end() for match in _CLAUSE.within(text).finditer(text, max(0, start - 80), start)]
    return _last(text, cuts[-1] if cuts else max(0, start - 80), start)


def _way_of_rows(text: str, start: int) -> tuple[str, str] | None:
    """The same by what stands over a list or table."""
    line = text.rfind("\n", 0, start)
    return _last(text, max(0, line - _HEADING), line) if line >= 0 and _listed(text, start) else None


def _listed(text: str, start: int) -> bool:
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return "|" in line or " - " in line


def _last(text: str, start: int, end: int) -> tuple[str, str] | None:
    found = [
        (match.start(), way, match.group())
        for way, pattern in _WAYS
        for match in pattern.within(text).finditer(text, start, end)
    ]
    return max(found)[1:] if found else None
