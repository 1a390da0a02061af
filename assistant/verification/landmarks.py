"""What stands around an item of a sentence, and how much of it stands around one of what is cited."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.verification.analysis import Analysis, Item

_DECAY, _REACH = 0.84, 40.0
Landmarks = Sequence[tuple[tuple[str, ...], float]]
#: Word → how much it tells.
Weights = dict[str, float]


def landmarks(analysis: Analysis, item: Item) -> list[tuple[tuple[str, ...], float]]:
    """What stands around an item of a sentence: phrases for each word or landmark, and its weight."""
    found: list[tuple[tuple[str, ...], float]] = []
    for token in analysis.tokens:
        apart = max(item.x - token.x, token.x - item.x_end, 0.0)
        if apart > _REACH or item.start <= token.start < item.end:
            continue
        if token.steep:
            if apart <= 2.5 and token.start < item.start:
                found.append((tuple(f"~{phrase}" for phrase in token.phrases), token.weight))
            continue
        found.append((token.phrases, token.weight * _DECAY**apart))
    for other in analysis.items:
        if other.key and other is not item:
            apart = max(item.x - other.x_end, other.x - item.x_end, 0.0)
            if apart <= _REACH:
                found.append(((other.key,), 1.5 * _DECAY**apart))
    return found


def likeness(around: Landmarks, context: dict[str, float], rarity: Weights) -> float:
    """Share of the landmarks, by weight and rarity, that a context holds."""
    whole = held = 0.0
    for phrases, weight in around:
        weight *= rarity.get(phrases[0], 1.0)
        whole += weight
        held += weight * max((strength(phrase, context) for phrase in phrases), default=0.0)
    return held / whole if whole else 0.0


def strength(phrase: str, context: dict[str, float]) -> float:
    """How near the words of a phrase stand in a context, 0 to 1; less where some of them do not."""
    if " " not in phrase:
        return context.get(phrase, 0.0)
    parts = [context.get(part, 0.0) for part in phrase.split(" ")]
    low = min(parts)
    return low if low else 0.4 * sum(parts) / len(parts)
