"""Papers with the same questions in other orders, so that neighbours cannot copy; each with its key.

The order of questions, of options, of a matching's right column and of the steps to be put in order is drawn
from the seed and the paper's code. Two papers have the same order only where there are not enough orders.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.study.shuffling import identity, shuffled, taken
from assistant.study.types import Draft, Option, QuizItem, QuizKind

CODES = ("101", "102", "103", "104")
#: Options that speak of their neighbours ("Cả A và B", "Tất cả các ý trên") keep their place.
_SPEAKS_OF_OTHERS = re.compile(
    r"^\s*(?:(?:tất )?cả\b.*(?:\btrên\b|\b[A-F]\b)|không (?:có )?(?:ý|câu|đáp án|phương án) nào"
    r"|[A-F] (?:và|hoặc) [A-F]\b|all of the above|none of the above|both [A-F])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """An item as one paper shows it; letters and numbers are those that the learner sees.

    Attributes:
        number: 1-based, in this paper.
        options: of a choice, by letter in their order.
        left, right: of MATCH, its columns; ``left`` is numbered, ``right`` lettered.
        steps: of ORDER, lettered.
        key: letters of right options ("B", "A, C"); of TRUE_FALSE "true" or "false"; of MATCH the letter that
            goes with each number of ``left``; of ORDER the letters in the right order; else the answers that
            count as right.
    """

    number: int
    item: QuizItem
    options: tuple[Option, ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One variant of a quiz."""

    code: str
    questions: tuple[Question, ...]


def papers(draft: Draft, codes: Sequence[str] = CODES) -> tuple[Paper, ...]:
    """The draft's quiz, once for each code; the same draft gives the same papers."""
    orders = _orders(draft.quiz, f"{draft.wish.seed}/questions", codes)
    shown = {item.id: _shown(item, draft.wish.seed, codes) for item in draft.quiz}
    return tuple(
        Paper(
            code,
            tuple(
                _question(number, item, shown[item.id][place])
                for number, item in enumerate(taken(draft.quiz, orders[place]), 1)
            ),
        )
        for place, code in enumerate(codes)
    )


def in_order(draft: Draft) -> Paper:
    """The quiz as it was drafted, without a code; only a matching and an ordering are shuffled."""
    shown = {item.id: _shown(item, draft.wish.seed, ("",))[0] for item in draft.quiz}
    return Paper(
        "",
        tuple(
            _question(number, item, identity(item.options) if item.options else shown[item.id])
            for number, item in enumerate(draft.quiz, 1)
        ),
    )


def letters(count: int) -> tuple[str, ...]:
    """A, B, C, …; at most 26."""
    return tuple(chr(ord("A") + index) for index in range(count))


def _orders(
    things: Sequence[object], seed: str, codes: Iterable[str], *, never: Sequence[tuple[int, ...]] = ()
) -> list[tuple[int, ...]]:
    """An order for each code: none of ``never``, and none twice while there are others."""
    orders: list[tuple[int, ...]] = []
    for code in codes:
        order = shuffled(things, f"{seed}/{code}", unlike=[*never, *orders])
        if order in never:
            order = shuffled(things, f"{seed}/{code}", unlike=never)
        orders.append(order)
    return orders


def _shown(item: QuizItem, seed: int, codes: Sequence[str]) -> list[tuple[int, ...]]:
    """In which order each paper shows the parts of an item."""
    parts: Sequence[object] = item.options or item.pairs or item.steps
    if any(_SPEAKS_OF_OTHERS.search(option.text) for option in item.options):
        return [identity(parts) for _ in codes]
    # What learners are to put in order, or in pairs, never stands as the key has it.
    never = () if item.options else (identity(parts),)
    return _orders(parts, f"{seed}/{item.id}", codes, never=never)


def _question(number: int, item: QuizItem, order: tuple[int, ...]) -> Question:
    names = letters(len(order))
    match item.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            options = taken(item.options, order)
            key = tuple(name for name, option in zip(names, options, strict=True) if option.right)
            return Question(number, item, options=options, key=key)
        case QuizKind.TRUE_FALSE:
            return Question(number, item, key=("true" if item.truth else "false",))
        case QuizKind.FILL | QuizKind.SHORT:
            return Question(number, item, key=item.accepted)
        case QuizKind.MATCH:
            right = tuple(pair.right for pair in taken(item.pairs, order))
            key = tuple(names[right.index(pair.right)] for pair in item.pairs)
            return Question(number, item, left=tuple(pair.left for pair in item.pairs), right=right, key=key)
        case QuizKind.ORDER:
            steps = tuple(step.text for step in taken(item.steps, order))
            key = tuple(names[order.index(place)] for place in identity(item.steps))
            return Question(number, item, steps=steps, key=key)
