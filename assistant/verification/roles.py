"""Who does what to whom: the parties of a sentence against those that do the same in what it cites.

A sentence may have all its words from a passage and exchange who acts: "Chi bộ báo cáo với người giới thiệu". It is
taken apart into frames: a party, the words after it, the party they lead to. The frames of the cited passages
that have most of those words tell who is meant; where every one of them has another party in that place, the
sentence says something else. What is said without a party, or in the passive, is borne out by any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.types import Difference, DifferenceKind
from assistant.verification.actors import Party, parties
from assistant.verification.analysis import Analysis
from assistant.verification.sources import Source
from assistant.verification.tokens import Token
from ingest.places import find_places

#: Between two parts of a sentence each of which may have a subject of its own.
_HARD: Final = re.compile(r"[;:.!?\n|]|(?<!\w)(?:nhưng|song|trong khi(?: đó)?|trong đó|nơi|mà|nên|thì)(?!\w)", re.IGNORECASE)
#: After one of these what follows may be done by the first party as well as by the last one named.
_SOFT: Final = re.compile(r"[,)]|(?<!\w)(?:và|rồi|để|nhằm|sau đó|đồng thời|vừa|khi)(?!\w)", re.IGNORECASE)
_PASSIVE: Final = re.compile(r"\s*(?:[^\W\d_]+\s+){0,3}?(?:được|bị|do)(?!\w)", re.IGNORECASE)
_BY: Final = re.compile(r"(?<!\w)(?:do|bởi|của|từ|theo|về phía)\s+(?:chính |các |những |từng |mỗi )?$", re.IGNORECASE)
#: Before a party that is where something happens, or who says it, not who does it.
_ASIDE: Final = re.compile(
    r"(?<!\w)(?:theo|tại|ở|trong|trước|cùng|như|từ|thuộc|trên|giữa|qua|so với|đối với|với|về|của|cho|vì|nhờ|nhờ có|là|làm|thành)\s+"
    r"(?:mặt |tất cả |các |những |toàn thể |mọi |mỗi |từng |một |số |đội ngũ |lực lượng |bộ phận )*$",
    re.IGNORECASE,
)
#: Before a party that is to do what follows.
_CAUSED: Final = re.compile(
    r"(?<!\w)(?:phân công|giao|giao cho|cử|yêu cầu|đề nghị|kiến nghị|hướng dẫn|chỉ đạo|mời|vận động|giúp|để|khi|do|bởi)\s+"
    r"(?:các |những |mỗi |từng |một |một số )?$",
    re.IGNORECASE,
)
_NEW: Final = re.compile(r"(?:,|(?<!\w)còn)\s*(?:các |những |mỗi |từng |một số )?$")
_AGREE: Final = 0.5
_AGREE_TARGET: Final = 0.6
_LEADING: Final = 4
_NEARLY: Final = 0.8
_LEAST_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """Words said of a party.

    Attributes:
        doers: who may do it: the party named last before, the first one of that part of the sentence too where a comma
            or "và" stands between; none where nobody is named.
        tokens: the words, up to the next party, comma or "và", or the end of that part.
        target: the party they lead to.
        passive: it is done to the doers.
        agents: a party further on that is named as who does it ("do …", "của …").
    """

    doers: tuple[Party, ...]
    tokens: tuple[Token, ...]
    target: Party | None
    passive: bool
    agents: tuple[Party, ...]


def frames(text: str, tokens: Sequence[Token], start: int, end: int) -> list[Frame]:
    """The frames of the sentence ``text[start:end]``, of whose text ``tokens`` are the words."""
    found: list[Frame] = []
    named = [party for party in parties(text) if start <= party.start and party.end <= end]
    placed = [(name.start, name.end) for name in find_places(text)]
    within = [
        token
        for token in tokens
        if start <= token.start < end
        and not token.steep
        and not any(a <= token.start < b for a, b in placed)
    ]
    cuts = _cuts(text, named, start, end)
    first: Party | None = None
    for begin, stop in zip([start, *cuts], [*cuts, end], strict=True):
        inside = [party for party in named if begin <= party.start < stop]
        lead: Party | None = None
        doers = (first,) if first is not None else ()
        passive = False
        for low, party, high, following in _stretches(text, inside, begin, stop):
            if party is not None:
                passive = _PASSIVE.match(text, party.end, high) is not None
                if _ASIDE.search(text, begin, party.start):
                    doers = (party, *doers[:1])
                elif lead is None or _CAUSED.search(text, begin, party.start):
                    doers = (party,)
                else:
                    doers = (party, lead)
                lead = lead or (None if _ASIDE.search(text, begin, party.start) else party)
            elif lead is not None and lead not in doers:
                doers = (*doers, lead)
            words = tuple(token for token in within if low <= token.start < high)
            if words:
                agents = [p for p in inside if p.start >= high and _BY.search(text, begin, p.start)]
                found.append(Frame(doers, words, following, passive, tuple(agents[:1])))
        first = first or lead
    return found


def _stretches(
    text: str, inside: Sequence[Party], begin: int, stop: int
) -> Iterator[tuple[int, Party | None, int, Party | None]]:
    """Where words stand between parties and soft breaks: start, the party right before, end, the one right behind."""
    edges: list[tuple[int, int, Party | None]] = [(begin, begin, None)]
    edges += [(party.start, party.end, party) for party in inside]
    taken = [(party.start, party.end) for party in inside]
    edges += [
        (match.start(), match.end(), None)
        for match in _SOFT.finditer(text, begin, stop)
        if not any(a <= match.start() < b for a, b in taken)
    ]
    edges.sort(key=lambda edge: edge[:2])
    edges.append((stop, stop, None))
    for (_, low, party), (high, _, following) in zip(edges, edges[1:], strict=False):
        yield low, party, high, following


def _cuts(text: str, named: Sequence[Party], start: int, end: int) -> list[int]:
    """Where a part of a sentence ends that may have a subject of its own."""
    cuts = {match.end() for match in _HARD.finditer(text, start, end)}
    # ", các đảng bộ xây dựng …": a comma right before a party that is no part of a list.
    cuts |= {party.start for party in named if _NEW.search(text, start, party.start)}
    return sorted(cut for cut in cuts if start < cut < end)


def role_differences(
    analysis: Analysis, sources: Sequence[Source], weights: Mapping[str, float]
) -> list[Difference]:
    """Parties of a sentence in whose place what is cited has others."""
    if analysis.english:
        return []
    cited = [frame for source in sources for frame in _cited(source)]
    found = []
    for frame in frames(analysis.text, analysis.tokens, 0, len(analysis.text)):
        found += _doer_differences(analysis.text, frame, cited, weights)
        found += _target_differences(analysis.text, frame, cited, weights)
    return found


@dataclass(frozen=True, slots=True)
class _Cited:
    text: str
    frame: Frame
    words: frozenset[str]


def _cited(source: Source) -> list[_Cited]:
    text = source.analysis.text
    return [
        _Cited(text, frame, frozenset(part for token in frame.tokens for part in token.phrases[0].split(" ")))
        for start, end in source.spans
        for frame in frames(text, source.analysis.tokens, start, end)
    ]


def _held(tokens: Sequence[Token], words: frozenset[str], weights: Mapping[str, float]) -> float:
    """Share of some words, by weight, that are among others."""
    whole = held = 0.0
    for token in tokens:
        weight = token.weight * weights.get(token.phrases[0], 1.0)
        whole += weight
        held += weight * any(all(part in words for part in phrase.split(" ")) for phrase in token.phrases)
    return held / whole if whole else 0.0


def _nearest(
    tokens: Sequence[Token], cited: Sequence[_Cited], weights: Mapping[str, float], least: float
) -> list[_Cited]:
    """The cited frames that have most of some words, and those that have nearly as many."""
    shares = [_held(tokens, other.words, weights) for other in cited]
    best = max(shares, default=0.0)
    if best < least:
        return []
    return [other for other, share in zip(cited, shares, strict=True) if share >= _NEARLY * best]


def _doer_differences(
    text: str, frame: Frame, cited: Sequence[_Cited], weights: Mapping[str, float]
) -> list[Difference]:
    if not frame.doers or frame.passive or len(frame.tokens) < _LEAST_WORDS:
        return []
    near = _nearest(frame.tokens, cited, weights, _AGREE)
    for other in near:
        theirs = (*other.frame.doers, *other.frame.agents)
        if other.frame.target is not None and other.frame.passive:
            theirs = (*theirs, other.frame.target)
        if not other.frame.doers or any(mine.may_be(their) for mine in frame.doers for their in theirs):
            return []
    return [_difference(text, frame.doers[0], near[0], near[0].frame.doers[0])] if near else []


def _target_differences(
    text: str, frame: Frame, cited: Sequence[_Cited], weights: Mapping[str, float]
) -> list[Difference]:
    if frame.target is None or len(frame.tokens) < _LEAST_WORDS:
        return []
    near = _nearest(frame.tokens[-_LEADING:], cited, weights, _AGREE_TARGET)
    for other in near:
        theirs = [other.frame.target] if other.frame.target is not None else []
        theirs += other.frame.agents
        if other.frame.passive or frame.passive:
            theirs += other.frame.doers
        if other.frame.target is None or any(frame.target.may_be(their) for their in theirs):
            return []
    there = near[0].frame.target if near else None
    return [_difference(text, frame.target, near[0], there)] if there is not None else []


def _difference(text: str, mine: Party, other: _Cited, theirs: Party) -> Difference:
    return Difference(
        DifferenceKind.NAME, text[mine.start : mine.end], other.text[theirs.start : theirs.end]
    )
