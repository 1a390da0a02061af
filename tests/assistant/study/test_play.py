"""Playing a quiz: which answers are right, what the score is, what is tried again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.study.play import Score, is_right, shown_order, started
from assistant.study.types import Fault, Option, Pair, QuizItem, QuizKind, Step
from assistant.types import Citation

CITED = Citation(1, "d", "d#1", 0, 3, "abc")


def quiz_item(kind: QuizKind, **values: object) -> QuizItem:
    return replace(QuizItem(kind.value, kind, "Câu hỏi?", (CITED,)), **values)  # type: ignore[arg-type]


def options(*rights: bool) -> tuple[Option, ...]:
    return tuple(Option(f"phương án {at}", right) for at, right in enumerate(rights))


SINGLE = quiz_item(QuizKind.SINGLE, options=options(False, True, False))
MULTIPLE = quiz_item(QuizKind.MULTIPLE, options=options(True, False, True))
CLAIM = quiz_item(QuizKind.TRUE_FALSE, truth=False)
FILL = quiz_item(QuizKind.FILL, accepted=("6.611", "6.611 đảng viên"))
DATE = quiz_item(QuizKind.FILL, accepted=("31/8/2020",))
SHARE = quiz_item(QuizKind.FILL, accepted=("11,1%",))
SHORT = quiz_item(QuizKind.SHORT, accepted=("Ban Tổ chức Thành ủy",))
MATCH = quiz_item(QuizKind.MATCH, pairs=tuple(Pair(a, b, CITED) for a, b in ("A1", "B2", "C2")))
ORDER = quiz_item(QuizKind.ORDER, steps=tuple(Step(text, CITED) for text in ("một", "hai", "ba")))


@pytest.mark.parametrize(
    ("item", "given", "right"),
    [
        (SINGLE, ("1",), True),
        (SINGLE, ("0",), False),
        (SINGLE, ("0", "1"), False),
        (SINGLE, (), False),
        (MULTIPLE, ("2", "0"), True),
        (MULTIPLE, ("0",), False),
        (MULTIPLE, ("0", "1", "2"), False),
        (CLAIM, ("false",), True),
        (CLAIM, ("true",), False),
        (FILL, ("6611",), True),
        (FILL, (" 6 611 đảng viên. ",), True),
        (FILL, ("66.11",), False),
        (FILL, ("6.612",), False),
        (FILL, ("",), False),
        (DATE, ("31/8/2020",), True),
        (DATE, ("31/82020",), False),
        (SHARE, ("11,1%",), True),
        (SHARE, ("111%",), False),
        (SHORT, ("“ban to chuc thanh uy”",), True),
        (SHORT, ("Ban Tổ chức",), False),
        # Two right halves read alike: either place of them is right.
        (MATCH, ("0", "2", "1"), True),
        (MATCH, ("1", "0", "2"), False),
        (MATCH, ("0", "9", "x"), False),
        (MATCH, ("0",), False),
        (ORDER, ("0", "1", "2"), True),
        (ORDER, ("0", "2", "1"), False),
    ],
)
def test_what_counts_as_right(item: QuizItem, given: tuple[str, ...], right: bool) -> None:
    assert is_right(item, given) is right


@pytest.mark.parametrize("item", [MATCH, ORDER])
def test_halves_and_steps_never_stand_in_the_right_order(item: QuizItem) -> None:
    for seed in range(40):
        order = shown_order(item, seed)
        assert sorted(order) == [0, 1, 2]
        assert order != (0, 1, 2)
    assert shown_order(item, 7) == shown_order(item, 7)


def test_the_score_counts_answers_and_an_answer_stays() -> None:
    play = started([SINGLE, CLAIM, FILL], 1).answer(("1",)).answer(("0",))
    assert play.turns[0] is not None
    assert play.turns[0].right
    play = play.go(1).answer(("true",))
    assert play.score == Score(1, 2, 3)
    assert [item.kind for item in play.wrong] == [QuizKind.TRUE_FALSE, QuizKind.FILL]
    assert not play.over
    assert play.go(9).over


def test_only_what_was_wrong_is_asked_again() -> None:
    play = started([SINGLE, CLAIM], 1).answer(("1",)).go(1).answer(("true",))
    again = play.again(only_wrong=True)
    assert again.items == (CLAIM,)
    assert again.turns == (None,)
    assert again.seed != play.seed
    assert play.again(only_wrong=False).items == (SINGLE, CLAIM)


def test_only_a_short_answer_can_be_claimed() -> None:
    play = started([SHORT, FILL], 1).answer(("Ban tổ chức của thành ủy",))
    assert play.score.right == 0
    play = play.claim()
    assert play.score.right == 1
    assert play.turns[0] is not None
    assert play.turns[0].claimed
    assert play.go(1).answer(("7",)).claim().score.right == 1


def test_what_is_not_proved_is_not_asked() -> None:
    broken = replace(CLAIM, faults=(Fault.KEY,))
    assert started([broken, FILL], 1).items == (FILL,)
