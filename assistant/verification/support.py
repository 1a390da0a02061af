"""Which sentences of the cited passages bear a statement out, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p

from assistant.verification.analysis import Analysis
from assistant.verification.general import general_offsets
from assistant.verification.landmarks import Weights, strength
from assistant.verification.sources import Source
from ingest.sentences import clauses

_MOST, _LEAST_GAIN = 5, 0.06
_BEHIND = 0.75  # what a heading or title says counts less than what a sentence does
_LANDMARK = 1.2
_MISSED = 0.3  # of what a general word counts that no sentence has


@dataclass(frozen=True, slots=True)
class Bearing:
    """The sentences that bear a statement out.

    Attributes:
        places: source and index of the sentence, the one that bears most first.
        coverage: share of the statement's words, by weight, that those sentences have, 0 to 1.
        uncovered: the weightiest words they have not, as the statement has them.
        weakest: of the statement's clauses of some length, the smallest coverage.
        worded: those sentences have a word of the statement, if it has any beside its figures.
    """

    places: tuple[tuple[Source, int], ...]
    coverage: float
    uncovered: tuple[str, ...]
    weakest: float
    worded: bool = True


def rarity(analysis: Analysis, sources: Sequence[Source]) -> Weights:
    """First phrase of each word of a statement → how much it tells: the less, the more sentences have it."""
    found: Weights = {}
    for token in analysis.tokens:
        own = token.phrases[0]
        if own in found or token.steep:
            continue
        count = sum(
            any(strength(phrase, words) > 0.5 for phrase in token.phrases)
            for source in sources
            for words in source.words
        )
        found[own] = 1.0 / (1.0 + 0.45 * log1p(count))
    return found


def bearing(analysis: Analysis, sources: Sequence[Source], weights: Mapping[str, float]) -> Bearing:
    """The sentences that together hold most of a statement, picked one after the other."""
    wanted = [
        (token.phrases, token.weight * weights.get(token.phrases[0], 1.0), token.start)
        for token in analysis.tokens
        if not token.steep
    ]
    worded = len(wanted)
    written = [analysis.text[token.start : token.end] for token in analysis.tokens if not token.steep]
    # A figure that is only near one cited has no landmark there; whether it may stand is decided elsewhere.
    there = {item.key for source in sources for item in source.analysis.items}
    wanted += [
        ((item.key,), _LANDMARK, item.start) for item in analysis.items if item.key and item.key in there
    ]
    written += [item.text for item in analysis.items if item.key and item.key in there]
    whole = sum(weight for _, weight, _ in wanted)
    if not whole:
        return Bearing((), 0.0, (), 0.0)
    places = [(source, at) for source in sources for at in range(len(source.spans))]
    held = {
        (id(source), at): [
            max(strength(phrase, source.words[at]) for phrase in phrases) for phrases, *_ in wanted
        ]
        for source, at in places
    }
    got = [0.0] * len(wanted)
    picked: list[tuple[Source, int]] = []
    while len(picked) < _MOST:
        best, most = None, 0.0
        for source, at in places:
            gain = sum(
                weight * max(0.0, have - had)
                for (_, weight, _), have, had in zip(wanted, held[id(source), at], got, strict=True)
            )
            if gain > most:
                best, most = (source, at), gain
        if best is None or (most < _LEAST_GAIN * whole and picked):
            break
        picked.append(best)
        got = [max(had, have) for had, have in zip(got, held[id(best[0]), best[1]], strict=True)]
    behind = [
        _BEHIND
        if any(strength(phrase, source.background) for source in sources for phrase in phrases)
        else 0.0
        for phrases, *_ in wanted
    ]
    got = [max(have, back) for have, back in zip(got, behind, strict=True)]
    light = general_offsets(analysis.text)
    wanted = [
        (phrases, weight * _MISSED if not have and at in light else weight, at)
        for (phrases, weight, at), have in zip(wanted, got, strict=True)
    ]
    # What is said over and over bears out no more than what is said once.
    once = {phrases[0]: (weight, have) for (phrases, weight, _), have in zip(wanted, got, strict=True)}
    coverage = sum(weight * have for weight, have in once.values()) / sum(w for w, _ in once.values())
    uncovered = tuple(
        text
        for text, (_, weight, _), have in zip(written, wanted, got, strict=True)
        if have < 0.3 and weight > 0.4
    )
    single = [[max(h, b) for h, b in zip(held[id(source), at], behind, strict=True)] for source, at in picked]
    has_words = not worded or max(got[:worded]) > 0.3
    return Bearing(tuple(picked), coverage, uncovered, _weakest(analysis, wanted, single), has_words)


def _weakest(
    analysis: Analysis, wanted: list[tuple[tuple[str, ...], float, int]], single: list[list[float]]
) -> float:
    """The smallest coverage of a clause by one sentence: words picked up here and there bear nothing out."""
    lowest = 1.0
    for start, end in clauses(analysis.text):
        inside = [n for n, (_, _, at) in enumerate(wanted) if start <= at < end]
        whole = sum(wanted[n][1] for n in inside)
        if len(inside) >= 4:
            best = max(
                sum(wanted[n][1] * have[n] for n in inside) / whole
                for have in single or [[0.0] * len(wanted)]
            )
            lowest = min(lowest, best)
    return lowest
