"""Playing a quiz: a learner's answers, which of them are right, and what is left to try again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.study.shuffling import identity, shuffled
from assistant.study.types import QuizItem, QuizKind
from ingest.numbers import fold

#: What a learner gave: places of the options chosen ("0", "2"); "true" or "false"; the words typed; for each
#: left half the place of the right one chosen; the places of the steps in the order given.
Given = tuple[str, ...]

_GROUPED = re.compile(r"(?<=\d)[.\s](?=\d{3}(?!\d))")
_ENDS = re.compile(r"^[\s\"'“”‘’.,;:!?()]+|[\s\"'“”‘’.,;:!?()]+$")


@dataclass(frozen=True, slots=True)
class Turn:
    """What was given to one item.

    Attributes:
        claimed: it is counted as right because the learner judged so; of short answers only.
    """

    given: Given
    right: bool
    claimed: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """How many items were answered, how many of those are right, and how many there are."""

    right: int
    answered: int
    items: int


@dataclass(frozen=True, slots=True)
class Play:
    """One run through some items.

    Attributes:
        turns: one for each item, ``None`` until it is answered.
        at: the place of the item that is shown; that after the last shows the score.
        seed: of the order in which halves and steps are shown.
    """

    items: tuple[QuizItem, ...]
    turns: tuple[Turn | None, ...]
    at: int = 0
    seed: int = 0

    @property
    def over(self) -> bool:
        """The score is shown."""
        return self.at >= len(self.items)

    @property
    def score(self) -> Score:
        answered = [turn for turn in self.turns if turn is not None]
        return Score(sum(turn.right for turn in answered), len(answered), len(self.items))

    @property
    def wrong(self) -> tuple[QuizItem, ...]:
        """The items that were answered wrongly or not at all."""
        pairs = zip(self.items, self.turns, strict=True)
        return tuple(item for item, turn in pairs if turn is None or not turn.right)

    def answer(self, given: Given) -> Play:
        """Answer the item that is shown; an item that is answered stays as it is."""
        if self.over or self.turns[self.at] is not None:
            return self
        return self._with(Turn(given, is_right(self.items[self.at], given)))

    def claim(self) -> Play:
        """Count the short answer that is shown as right, as its learner judges."""
        turn = None if self.over else self.turns[self.at]
        if turn is None or turn.right or self.items[self.at].kind is not QuizKind.SHORT:
            return self
        return self._with(replace(turn, right=True, claimed=True))

    def go(self, at: int) -> Play:
        """Show another item, or the score."""
        return replace(self, at=max(0, min(at, len(self.items))))

    def again(self, *, only_wrong: bool) -> Play:
        """From the start, in another order of halves and steps."""
        return started(self.wrong if only_wrong else self.items, self.seed + 1)

    def _with(self, turn: Turn) -> Play:
        return replace(self, turns=(*self.turns[: self.at], turn, *self.turns[self.at + 1 :]))


def started(items: Sequence[QuizItem], seed: int) -> Play:
    """A run in which nothing is answered yet, of those items that are proved."""
    kept = tuple(item for item in items if not item.faults)
    return Play(kept, (None,) * len(kept), 0, seed)


def shown_order(item: QuizItem, seed: int) -> tuple[int, ...]:
    """The places of the right halves of pairs, or of steps, in the order shown: not the right one."""
    things = item.pairs if item.kind is QuizKind.MATCH else item.steps
    return shuffled(things, f"play/{seed}/{item.id}", unlike=[identity(things)])


def is_right(item: QuizItem, given: Given) -> bool:
    """Whether an answer is right.

    Typed words count whatever their capitals, marks and ends, and figures with or without points between
    their thousands.
    """
    match item.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            return set(given) == {str(at) for at, option in enumerate(item.options) if option.right}
        case QuizKind.TRUE_FALSE:
            return given == (str(item.truth).lower(),)
        case QuizKind.FILL | QuizKind.SHORT:
            typed = _bare(given[0]) if given else ""
            return bool(typed) and typed in {_bare(answer) for answer in item.accepted}
        case QuizKind.MATCH:
            # Two halves may read alike: what counts is what is read.
            halves = [pair.right for pair in item.pairs]
            chosen = [halves[int(at)] if at.isdecimal() and int(at) < len(halves) else "" for at in given]
            return chosen == halves
        case QuizKind.ORDER:
            return given == tuple(str(at) for at in range(len(item.steps)))


def _bare(text: str) -> str:
    text = _ENDS.sub("", unicodedata.normalize("NFC", text))
    return fold(" ".join(_GROUPED.sub("", text).split()))
