"""Errors planted in quiz items: each function changes an item, or says that it has no place for its error."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.study.types import QuizItem, QuizKind

#: Of an item and the texts of the documents; ``None`` where the error cannot be planted.
Plant = Callable[[QuizItem, Mapping[str, str]], QuizItem | None]

_DIGIT = re.compile(r"\d(?=\D*$)")
_SENTENCE = re.compile(r"[^.!?\n]{20,}[.!?]")


def digit_of_key(item: QuizItem, _: Mapping[str, str]) -> QuizItem | None:
    """Another last digit."""

    def other(text: str) -> str:
        return _DIGIT.sub(lambda match: str((int(match[0]) + 3) % 10), text)

    if item.accepted and _DIGIT.search(item.accepted[0]):
        return replace(item, accepted=(other(item.accepted[0]),))
    if item.kind is QuizKind.SINGLE and any(o.right and _DIGIT.search(o.text) for o in item.options):
        changed = (replace(o, text=other(o.text)) if o.right else o for o in item.options)
        return replace(item, options=tuple(changed))
    return None


def quote_moved(item: QuizItem, texts: Mapping[str, str]) -> QuizItem | None:
    """All quotes of a choice or an answer replaced by the sentence after the first."""
    if item.pairs or item.steps or item.truth is False:
        return None
    first = item.citations[0]
    found = _SENTENCE.search(texts[first.document_id], first.end)
    if found is None:
        return None
    moved = replace(first, start=found.start(), end=found.end(), quote=found[0])
    return replace(item, citations=(moved,))


def offsets_shifted(item: QuizItem, _: Mapping[str, str]) -> QuizItem | None:
    if item.pairs or item.steps:
        return None
    first = item.citations[0]
    return replace(
        item, citations=(replace(first, start=first.start + 2, end=first.end + 2), *item.citations[1:])
    )


def right_option_moved(item: QuizItem, _: Mapping[str, str]) -> QuizItem | None:
    """The next option marked right instead."""
    if item.kind is not QuizKind.SINGLE:
        return None
    place = next(n for n, option in enumerate(item.options) if option.right)
    right = (place + 1) % len(item.options)
    return replace(item, options=tuple(replace(o, right=n == right) for n, o in enumerate(item.options)))


def option_marked_otherwise(item: QuizItem, _: Mapping[str, str]) -> QuizItem | None:
    """The first option of a multiple choice."""
    if item.kind is not QuizKind.MULTIPLE:
        return None
    first, *rest = item.options
    return replace(item, options=(replace(first, right=not first.right), *rest))


def distractor_made_true(item: QuizItem, _: Mapping[str, str]) -> QuizItem | None:
    """A wrong option replaced by another way to write the key."""
    key = next((option.text for option in item.options if option.right), "")
    again = re.sub(r"(?<=\d)\.(?=\d{3})", "", f"0{key}")
    wrong = [n for n, option in enumerate(item.options) if not option.right]
    if item.kind is not QuizKind.SINGLE or not wrong or not re.fullmatch(r"[\d.]+", key):
        return None
    changed = (replace(o, text=again) if n == wrong[0] else o for n, o in enumerate(item.options))
    return replace(item, options=tuple(changed))


def truth_flipped(item: QuizItem, _: Mapping[str, str]) -> QuizItem | None:
    return replace(item, truth=not item.truth) if item.kind is QuizKind.TRUE_FALSE else None


def pair_exchanged(item: QuizItem, _: Mapping[str, str]) -> QuizItem | None:
    if len(item.pairs) < 2:
        return None
    one, other, *rest = item.pairs
    return replace(item, pairs=(replace(one, right=other.right), replace(other, right=one.right), *rest))


def order_exchanged(item: QuizItem, _: Mapping[str, str]) -> QuizItem | None:
    if len(item.steps) < 2:
        return None
    one, other, *rest = item.steps
    return replace(item, steps=(other, one, *rest))


PLANTS: Mapping[str, Plant] = {
    plant.__name__: plant
    for plant in (
        digit_of_key,
        quote_moved,
        offsets_shifted,
        right_option_moved,
        option_marked_otherwise,
        distractor_made_true,
        truth_flipped,
        pair_exchanged,
        order_exchanged,
    )
}
