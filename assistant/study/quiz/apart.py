"""Two items of one quiz: whether they ask the same, and whether one gives the other's answer away."""

from __future__ import annotations

from assistant.study.quiz.said import Said, content, has
from assistant.study.quiz.shown import asks_about, cited, claim, keys, read
from assistant.study.types import QuizItem, QuizKind
from ingest.numbers import find_numbers

_SAME_QUESTION, _SAME_CLAIM, _GIVES_AWAY, _FROM_SAME_LINE = 0.6, 0.65, 0.45, 0.2
_LISTS = frozenset({QuizKind.MULTIPLE, QuizKind.ORDER})


def repeats(item: QuizItem, other: QuizItem, said: Said) -> bool:
    """Whether two items ask for the same fact, or in the same words."""
    if item.stem == other.stem:
        return True
    if item.kind is QuizKind.MATCH or other.kind is QuizKind.MATCH:
        return _pairs_repeat(item, other)
    if item.kind in _LISTS and other.kind in _LISTS:
        own, others = {key.lower() for key in keys(item)}, {key.lower() for key in keys(other)}
        return item.kind is other.kind and len(own & others) >= min(len(own), len(others)) - 1
    if QuizKind.TRUE_FALSE in (item.kind, other.kind):
        return _overlapping(item, other) and (_judges(item, other, said) or _judges(other, item, said))
    same_key = any(has(one, two) or has(two, one) for one in keys(item) for two in keys(other))
    near = max(
        said.overlap(asks_about(item), asks_about(other)), said.overlap(asks_about(other), asks_about(item))
    )
    return same_key and (near >= _SAME_QUESTION or _overlapping(item, other))


def gives_away(item: QuizItem, other: QuizItem, said: Said) -> bool:
    """Whether the answer of ``item`` can be read in ``other``."""
    if item.kind is QuizKind.TRUE_FALSE:
        # Whoever reads the true statement elsewhere knows which it is.
        return any(_near(claim(item), text, said) >= 0.9 for text in read(other)) and _overlapping(
            item, other
        )
    if item.kind in _LISTS:
        held = max((sum(has(text, key) for key in keys(item)) for text in read(other)), default=0)
        return other.kind is not QuizKind.ORDER and held >= len(keys(item)) >= 2
    asked = asks_about(item)
    if item.kind is QuizKind.MATCH:
        return any(
            has(text, pair.left) and has(text, pair.right) for pair in item.pairs for text in read(other)
        )
    numbers = {number.canonical for number in find_numbers(item.stem)}
    if numbers:  # "Tóm lược Chỉ thị số 28-CT/TW ngày 21/01/2019" names the day, whatever else is asked of it
        for text in (other.stem, *read(other)):
            named = {number.canonical for number in find_numbers(text)}
            if numbers <= named and any(has(text, key) for key in keys(item)):
                return True
    least = _FROM_SAME_LINE if _overlapping(item, other) else _GIVES_AWAY
    return any(
        has(text, key) and said.overlap(asked, content(text)) >= least
        for key in keys(item)
        for text in read(other)
    )


def _judges(judged: QuizItem, asked: QuizItem, said: Said) -> bool:
    """Whether the claim of a true or false item holds what another asks about."""
    if judged.kind is not QuizKind.TRUE_FALSE:
        return False
    return said.overlap(asks_about(asked), content(claim(judged))) >= _SAME_CLAIM


def _pairs_repeat(item: QuizItem, other: QuizItem) -> bool:
    """Two items share a pair, or the one asks for what the other pairs."""
    if item.kind is other.kind is QuizKind.MATCH:
        own = {(pair.left.lower(), pair.right.lower()) for pair in item.pairs}
        return bool(own & {(pair.left.lower(), pair.right.lower()) for pair in other.pairs})
    paired, single = (item, other) if item.kind is QuizKind.MATCH else (other, item)
    if single.kind is QuizKind.ORDER:
        lefts = {pair.left.lower() for pair in paired.pairs}
        return len(lefts & {step.text.lower() for step in single.steps}) > 1
    text = f"{claim(single)} {single.stem}"
    return any(has(text, pair.left) and has(text, pair.right) for pair in paired.pairs)


def _near(one: str, other: str, said: Said) -> float:
    first, second = content(one), content(other)
    return min(said.overlap(first, second), said.overlap(second, first))


def _overlapping(item: QuizItem, other: QuizItem) -> bool:
    return any(
        one.document_id == two.document_id and one.start < two.end and two.start < one.end
        for one in cited(item)
        for two in cited(other)
    )
