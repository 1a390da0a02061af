"""Who does what to whom: the parties of a sentence against those that do the same in what it cites.

A sentence may have all its words from a passage and exchange who acts: "Chi bộ báo cáo với người giới thiệu".
So it is taken apart into frames (``frames``). The frames of the cited passages that have most of the words
of one tell who is meant; where every one of them has another party in that place, the sentence says something
else. What is said without a party, or in the passive, is borne out by any.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from assistant.types import Difference, DifferenceKind
from assistant.verification.actors import Party, parties
from assistant.verification.analysis import Analysis
from assistant.verification.frames import SOME, Frame, frames
from assistant.verification.sources import Source
from assistant.verification.tokens import Token

#: Before a party that does what follows ("được nhân dân tín nhiệm"), or that is only where something happens.
_NO_TARGET: Final = re.compile(
    rf"(?<!\w)(?:được|bị|trong|ở|tại|thuộc|trên|từ|theo|như|so với|giữa)\s+{SOME}$", re.IGNORECASE
)
#: Between two parties of which the one is said to be the other.
_IS: Final = re.compile(r"\s*(?:đều |chủ yếu |chính |cũng )?là\s+(?:các |những |một )?", re.IGNORECASE)
#: Behind one of several, not a kind: "là chi bộ có chỉ tiêu cao nhất".
_OF_WHICH: Final = re.compile(r"\s*(?:có|mà|nơi|duy nhất|đầu tiên)(?!\w)", re.IGNORECASE)
#: Share of a frame's words that a cited frame must have to speak of the same; of those before a target.
_AGREE: Final = 0.5
_AGREE_TARGET: Final = 0.6
#: Words before a target that tell what is done to it.
_LEADING: Final = 3
#: Frames that have this much of what the best one has are asked too.
_NEARLY: Final = 0.8
#: Syllables from which on a frame says enough by itself.
_LEAST_WORDS: Final = 3
#: What may stand between parties that are named side by side.
_LISTED: Final = re.compile(r"[^\d.;:]{0,40}")
#: Syllables, and share of a frame, that only others' frames have.
_RUN_WORDS: Final = 4
_PART: Final = 0.4


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
    found = _same_differences(analysis.text, sources)
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
    """The party of a frame, where whatever cited says most of the same, or a part of it, has another."""
    if not frame.doers or frame.inherited or len(frame.tokens) < _LEAST_WORDS:
        return []
    named = parties(text)
    near = _nearest(frame.tokens, cited, weights, _AGREE)
    if near and all(_other_doer(frame, one, named) for one in near):
        return [_difference(text, frame.doers[0], near[0], near[0].frame.doers[0])]
    agreeing = [one for one in cited if not _other_doer(frame, one, named)]
    strange = [token for token in frame.tokens if not any(_has(one.words, token) for one in agreeing)]
    for other in cited:
        run = [token for token in strange if _has(other.words, token)]
        if len(run) >= _RUN_WORDS and _weight(run, weights) > _PART * _weight(frame.tokens, weights):
            return [_difference(text, frame.doers[0], other, other.frame.doers[0])]
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
    if frame.receives:
        theirs += [party for party in (other.frame.target, *other.beside) if party is not None]
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
    if frame.target is None or _NO_TARGET.search(text, frame.tokens[0].start, frame.target.start):
        return []
    if len(frame.tokens) < _LEAST_WORDS:
        return _of_few_words(text, frame, cited, weights)
    near = _nearest(frame.tokens[-_LEADING:], cited, weights, _AGREE_TARGET)
    if any(_leads_to(frame, other) for other in near):
        return []
    near = _nearest(frame.tokens, near, weights, _AGREE)
    targets = [other.frame.target for other in near]
    if not near or targets[0] is None or None in targets:
        return []
    return [_difference(text, frame.target, near[0], targets[0])]


def _leads_to(frame: Frame, other: _Cited) -> bool:
    """Whether the words of a cited frame lead to the target of ``frame``, or to a list that it is of."""
    first = other.frame.target
    if first is None or frame.target is None:
        return False
    theirs = [first, *other.frame.agents]
    theirs += [party for party in other.beside if _LISTED.fullmatch(other.text, first.end, party.start)]
    if other.frame.passive or frame.passive:
        theirs += other.frame.doers
    return any(frame.target.likeness(their) for their in theirs)


def _of_few_words(
    text: str, frame: Frame, cited: Sequence[_Cited], weights: Mapping[str, float]
) -> list[Difference]:
    """ "A báo cáo B" where B does it to A, C to B, or A to C: between two parties few words say much."""
    assert frame.target is not None
    near = _nearest(frame.tokens, cited, weights, 1.0)
    if not frame.doers or frame.inherited or not near:
        return []
    mine = frame.doers[0]
    for other in near:
        doers, target = other.frame.doers, other.frame.target
        if not doers or target is None or other.frame.inherited or frame.passive != other.frame.passive:
            return []
        straight = max(mine.likeness(doer) for doer in doers)
        exchanged = mine.likeness(target) + max(frame.target.likeness(doer) for doer in doers)
        one_of_both = {straight, frame.target.likeness(target)} == {0, 2}
        if straight + frame.target.likeness(target) >= exchanged and not one_of_both:
            return []
    first = near[0].frame
    if first.target is not None and mine.likeness(first.doers[0]):
        return [_difference(text, frame.target, near[0], first.target)]
    return [_difference(text, mine, near[0], first.doers[0])]


def _same_differences(text: str, sources: Sequence[Source]) -> list[Difference]:
    """Parties of which the one is said to be the other, where nothing cited puts them side by side."""
    beside = [
        (one, other)
        for source in sources
        for one, other in pairwise(parties(source.analysis.text))
        if _LISTED.fullmatch(source.analysis.text, one.end, other.start)
    ]
    return [
        Difference(DifferenceKind.NAME, text[one.start : other.end])
        for one, other in pairwise(parties(text))
        if _IS.fullmatch(text, one.end, other.start)
        and not _OF_WHICH.match(text, other.end)
        and not one.likeness(other)
        and not any(
            (one.likeness(a) and other.likeness(b)) or (one.likeness(b) and other.likeness(a))
            for a, b in beside
        )
    ]


def _difference(text: str, mine: Party, other: _Cited, theirs: Party) -> Difference:
    return Difference(DifferenceKind.NAME, text[mine.start : mine.end], other.text[theirs.start : theirs.end])
