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
from functools import lru_cache
from itertools import pairwise
from typing import Final

from assistant.types import Difference, DifferenceKind
from assistant.verification.actors import Party, parties
from assistant.verification.analysis import Analysis
from assistant.verification.sources import Source
from assistant.verification.tokens import Token
from ingest.places import find_places

#: Between two parts of a sentence each of which may have a subject of its own.
_HARD: Final = re.compile(r"[;:.!?\n|]|(?<!\w)(?:nhưng|song|trong khi(?: đó)?|trong đó|nơi|mà|nên|thì|(?<=, )còn)(?!\w)", re.IGNORECASE)
#: After one of these what follows may be done by the first party as well as by the last one named.
_SOFT: Final = re.compile(r"[,)]|(?<!\w)(?:và|rồi|để|nhằm|sau đó|đồng thời|vừa|khi)(?!\w)", re.IGNORECASE)
_PASSIVE: Final = re.compile(r"\s*(?:[^\W\d_]+\s+){0,3}?(?:được|bị|do)(?!\w)", re.IGNORECASE)
_BY: Final = re.compile(r"(?<!\w)(?:do|bởi|của|từ|theo|về phía)\s+(?:chính |các |những |từng |mỗi )?$", re.IGNORECASE)
_SOME: Final = (
    "(?:mặt |tất cả |các |những |toàn thể |mọi |mỗi |từng |một |số |đội ngũ |lực lượng |bộ phận )*"
)
#: Before a party that something is done with or for, and that may act then.
_ASIDE: Final = re.compile(rf"(?<!\w)(?:cùng|giúp|đối với|với|cho|vì|nhờ|nhờ có|là|làm|thành)\s+{_SOME}$", re.IGNORECASE)
#: Before a party that something belongs to, or that is where it happens.
_OF: Final = re.compile(
    rf"(?<!\w)(?:theo|tại|ở|trong|trước|như|từ|thuộc|trên|giữa|qua|so với|về|của|bằng|(?<!một )số|số lượng|tỷ lệ)\s+{_SOME}$", re.IGNORECASE
)
#: Before a party that is to do what follows.
_CAUSED: Final = re.compile(
    r"(?<!\w)(?:phân công|giao|giao cho|cử|yêu cầu|đề nghị|kiến nghị|hướng dẫn|chỉ đạo|mời|vận động|giúp|để|khi|do|bởi)\s+"
    r"(?:các |những |mỗi |từng |một |một số )?$",
    re.IGNORECASE,
)
#: Behind a party that does what follows.
_ACTS: Final = re.compile(
    r"\s*(?:[^\W\d_]+\s+){0,2}?(?:phải|cần|được|bị|đã|sẽ|đang|chưa|không|có thể|cũng|đều|chịu trách nhiệm)(?!\w)", re.IGNORECASE
)
#: Before the party that does what was named before: "kế hoạch do Tỉnh ủy ban hành".
_AGENT: Final = re.compile(r"(?<!\w)(?:do|bởi)\s+(?:chính |các |những |từng |mỗi |một )?$", re.IGNORECASE)
#: Before a party that does what follows to the one named before: "được nhân dân tín nhiệm".
_UNDERGONE: Final = re.compile(r"(?<!\w)(?:được|bị)\s+(?:các |những )?$", re.IGNORECASE)
_NEW: Final = re.compile(r"(?:,|(?<!\w)còn)\s*(?:các |những |mỗi |từng |một số )?$")
_AGREE: Final = 0.5
_AGREE_TARGET: Final = 0.6
_LEADING: Final = 4
_NEARLY: Final = 0.8
_LEAST_WORDS: Final = 3
#: Characters within which a party may be of the list that another begins.
_IN_LIST: Final = 40
_RUN_WORDS: Final = 4
_PART: Final = 0.4


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
        inherited: the doers are those of an earlier part of the sentence, which may not hold here.
    """

    doers: tuple[Party, ...]
    tokens: tuple[Token, ...]
    target: Party | None
    passive: bool
    agents: tuple[Party, ...]
    inherited: bool


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
        inherited = True
        passive = False
        words: list[Token] = []
        for low, party, high, following in _stretches(text, inside, begin, stop):
            if party is not None:
                passive = _PASSIVE.match(text, party.end, high) is not None
                if _OF.search(text, begin, party.start):
                    doers = (*doers[:1], party) if doers else ()
                elif _ASIDE.search(text, begin, party.start):
                    doers, inherited = (party, *doers[:1]), False
                else:
                    alone = _CAUSED.search(text, begin, party.start) or _ACTS.match(text, party.end)
                    doers = (party,) if alone or lead is None else (party, lead)
                    lead, inherited = lead or party, False
            elif lead is not None and lead not in doers:
                doers = (*doers, lead)
            else:
                # A comma or "và" of what one party does.
                low = found.pop().tokens[0].start if words else low
            words = [token for token in within if low <= token.start < high]
            if words:
                if following is not None and _AGENT.search(text, low, following.start):
                    found.append(Frame((following,), tuple(words), None, False, (), False))
                    continue
                agents = [p for p in inside if p.start >= high and _BY.search(text, begin, p.start)]
                found.append(Frame(doers, tuple(words), following, passive, tuple(agents[:1]), inherited))
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
    for (_, low, party), (high, _, following) in pairwise(edges):
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
    cited = [
        frame
        for source in sources
        for frame in _cited(source.analysis.text, source.analysis.tokens, source.spans)
    ]
    found = []
    for frame in frames(analysis.text, analysis.tokens, 0, len(analysis.text)):
        found += _doer_differences(analysis.text, frame, cited, weights)
        found += _target_differences(analysis.text, frame, cited, weights)
    return found


@dataclass(frozen=True, slots=True)
class _Cited:
    """A frame of a cited sentence, its words, and the other parties of the sentence."""

    text: str
    frame: Frame
    words: frozenset[str]
    beside: tuple[Party, ...]


@lru_cache(maxsize=512)
def _cited(text: str, tokens: tuple[Token, ...], spans: tuple[tuple[int, int], ...]) -> tuple[_Cited, ...]:
    """The frames of a passage, kept for the next sentence that cites it."""
    named = parties(text)
    return tuple(
        _Cited(
            text,
            frame,
            frozenset(part for token in frame.tokens for part in token.phrases[0].split(" ")),
            tuple(p for p in named if start <= p.start < end and p not in (*frame.doers, *frame.agents)),
        )
        for start, end in spans
        for frame in frames(text, tokens, start, end)
    )


def _held(tokens: Sequence[Token], words: frozenset[str], weights: Mapping[str, float]) -> float:
    """Share of some words, by weight, that are among others."""
    whole = _weight(tokens, weights)
    return _weight([token for token in tokens if _has(words, token)], weights) / whole if whole else 0.0


def _has(words: frozenset[str], token: Token) -> bool:
    return any(all(part in words for part in phrase.split(" ")) for phrase in token.phrases)


def _weight(tokens: Sequence[Token], weights: Mapping[str, float]) -> float:
    return sum(token.weight * weights.get(token.phrases[0], 1.0) for token in tokens)


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
    """The party of a frame, where every cited frame that says most of the same, or a part of it, has another."""
    if not frame.doers or frame.inherited or len(frame.tokens) < _LEAST_WORDS:
        return []
    named = parties(text)
    near = _nearest(frame.tokens, cited, weights, _AGREE)
    if near and all(_other_doer(frame, one, named) for one in near):
        return [_difference(text, frame.doers[0], near[0], near[0].frame.doers[0])]
    agreeing = [one for one in cited if not _other_doer(frame, one, named)]
    strange = [token for token in frame.tokens if not any(_has(one.words, token) for one in agreeing)]
    if len(strange) >= _RUN_WORDS:
        far = [one for one in cited if sum(_has(one.words, token) for token in strange) >= _RUN_WORDS]
        if far and _held(strange, far[0].words, weights) * _weight(strange, weights) > _PART * _weight(
            frame.tokens, weights
        ):
            return [_difference(text, frame.doers[0], far[0], far[0].frame.doers[0])]
    return []


def _other_doer(frame: Frame, other: _Cited, named: Sequence[Party]) -> bool:
    """Whether somebody else does what ``other`` says than who does what ``frame`` says.

    Args:
        named: everybody in the sentence of ``frame``.
    """
    if not other.frame.doers or other.frame.inherited or (frame.passive and not other.frame.passive):
        return False
    theirs = [*other.frame.doers, *other.frame.agents]
    if other.frame.target is not None and other.frame.passive and not frame.passive:
        theirs.append(other.frame.target)
    like = max(mine.likeness(their) for mine in frame.doers for their in theirs)
    # A wider name does not stand for one party where both have their own names in both sentences.
    return like == 0 or (
        like == 1
        and any(frame.doers[0].likeness(one) == 2 for one in other.beside)
        and any(other.frame.doers[0].likeness(one) == 2 for one in named)
    )


def _target_differences(
    text: str, frame: Frame, cited: Sequence[_Cited], weights: Mapping[str, float]
) -> list[Difference]:
    """The party that the words of a frame lead to, where they lead to others in what is cited."""
    if frame.target is None or _UNDERGONE.search(text, frame.tokens[0].start, frame.target.start):
        return []
    if len(frame.tokens) < _LEAST_WORDS:
        return _exchanged(text, frame, cited, weights)
    near = _nearest(frame.tokens[-_LEADING:], cited, weights, _AGREE_TARGET)
    near = _nearest(frame.tokens, near, weights, 0.0)
    for other in near:
        theirs = [other.frame.target] if other.frame.target is not None else []
        theirs += other.frame.agents
        theirs += [p for p in other.beside if theirs and 0 <= p.start - theirs[0].end <= _IN_LIST]
        if other.frame.passive or frame.passive:
            theirs += other.frame.doers
        if other.frame.target is None or any(frame.target.likeness(their) for their in theirs):
            return []
    there = near[0].frame.target if near else None
    return [_difference(text, frame.target, near[0], there)] if there is not None else []


def _exchanged(
    text: str, frame: Frame, cited: Sequence[_Cited], weights: Mapping[str, float]
) -> list[Difference]:
    """ "A báo cáo B" where B does it to A."""
    assert frame.target is not None
    near = _nearest(frame.tokens, cited, weights, 1.0)
    if not frame.doers or not near:
        return []
    for other in near:
        doers, target = other.frame.doers, other.frame.target
        if not doers or target is None or frame.passive != other.frame.passive:
            return []
        straight = frame.doers[0].likeness(doers[0]) + frame.target.likeness(target)
        if straight >= frame.doers[0].likeness(target) + frame.target.likeness(doers[0]):
            return []
    return [_difference(text, frame.doers[0], near[0], near[0].frame.doers[0])]


def _difference(text: str, mine: Party, other: _Cited, theirs: Party) -> Difference:
    return Difference(
        DifferenceKind.NAME, text[mine.start : mine.end], other.text[theirs.start : theirs.end]
    )
