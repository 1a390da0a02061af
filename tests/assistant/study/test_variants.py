"""Papers with the same questions in other orders, and their keys."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from io import StringIO

import pytest

from assistant.study.export import FORMATS
from assistant.study.types import Draft, QuizKind
from assistant.study.variants import CODES, Paper, papers

from .quiz_draft import options, quiz_draft


@pytest.fixture(scope="module")
def draft() -> Draft:
    return quiz_draft()


@pytest.fixture(scope="module")
def made(draft: Draft) -> tuple[Paper, ...]:
    return papers(draft)


def test_every_paper_asks_every_item_in_an_order_of_its_own(draft: Draft, made: tuple[Paper, ...]) -> None:
    assert tuple(paper.code for paper in made) == CODES
    orders = [tuple(question.item.id for question in paper.questions) for paper in made]
    assert len(set(orders)) == len(CODES)
    for paper, order in zip(made, orders, strict=True):
        assert sorted(order) == sorted(item.id for item in draft.quiz)
        assert [question.number for question in paper.questions] == list(range(1, len(draft.quiz) + 1))


def test_no_item_shows_its_parts_in_one_order_twice(made: tuple[Paper, ...], draft: Draft) -> None:
    for item in draft.quiz:
        shown = [
            question.options or question.right or question.steps
            for paper in made
            for question in paper.questions
            if question.item.id == item.id
        ]
        if shown[0]:
            assert len(set(shown)) == len(CODES)


def test_a_key_read_with_its_paper_is_the_items_key(made: tuple[Paper, ...]) -> None:
    for paper in made:
        for question in paper.questions:
            item = question.item
            match item.kind:
                case QuizKind.SINGLE | QuizKind.MULTIPLE:
                    chosen = {question.options[ord(name) - ord("A")].text for name in question.key}
                    assert chosen == {option.text for option in item.options if option.right}
                    assert {o.text for o in question.options} == {o.text for o in item.options}
                case QuizKind.MATCH:
                    joined = [question.right[ord(name) - ord("A")] for name in question.key]
                    assert list(zip(question.left, joined, strict=True)) == [
                        (p.left, p.right) for p in item.pairs
                    ]
                case QuizKind.ORDER:
                    ordered = [question.steps[ord(name) - ord("A")] for name in question.key]
                    assert ordered == [step.text for step in item.steps]
                case QuizKind.TRUE_FALSE:
                    assert question.key == ("true" if item.truth else "false",)
                case _:
                    assert question.key == item.accepted


def test_no_paper_shows_steps_or_pairs_as_the_key_has_them(made: tuple[Paper, ...], draft: Draft) -> None:
    two = replace(draft.quiz[6], id="two", pairs=draft.quiz[6].pairs[:2])
    for paper in (*made, *papers(replace(draft, quiz=(two,)))):
        for question in paper.questions:
            if question.steps:
                assert question.steps != tuple(step.text for step in question.item.steps)
            if question.right:
                assert question.right != tuple(pair.right for pair in question.item.pairs)


def test_the_seed_alone_tells_the_order(draft: Draft, made: tuple[Paper, ...]) -> None:
    assert papers(draft) == made
    other = papers(replace(draft, wish=replace(draft.wish, seed=102)))
    assert [q.item.id for q in other[0].questions] != [q.item.id for q in made[0].questions]


@pytest.mark.parametrize(
    "text", ["Tất cả các ý trên", "Cả A và B", "A và C", "Không có đáp án nào", "All of the above"]
)
def test_options_that_speak_of_others_keep_their_places(text: str, draft: Draft) -> None:
    item = replace(draft.quiz[0], options=options("438", "652", "903", text, right=(1,)))
    for paper in papers(replace(draft, quiz=(item,))):
        assert paper.questions[0].options == item.options
        assert paper.questions[0].key == ("B",)


def test_more_papers_than_orders_still_are_made(draft: Draft) -> None:
    item = replace(draft.quiz[0], options=options("438", "652", right=(1,)))
    assert len(papers(replace(draft, quiz=(item,)))) == len(CODES)


def test_an_empty_quiz_makes_empty_papers(draft: Draft) -> None:
    assert [paper.questions for paper in papers(replace(draft, quiz=()))] == [()] * len(CODES)


def test_the_table_of_keys_is_that_of_the_papers(draft: Draft, made: tuple[Paper, ...]) -> None:
    text = FORMATS["keys"].write(draft).decode("utf-8-sig")
    head, *lines = list(csv.reader(StringIO(text, newline="")))
    assert head == ["Câu", *(f"Mã đề {code}" for code in CODES)]
    for column, paper in enumerate(made, 1):
        for question in paper.questions:
            cell = lines[question.number - 1][column]
            match question.item.kind:
                case QuizKind.SINGLE | QuizKind.MULTIPLE:
                    assert cell == ", ".join(question.key)
                case QuizKind.TRUE_FALSE:
                    assert cell == ("Đúng" if question.item.truth else "Sai")
                case QuizKind.ORDER:
                    assert tuple(cell.split(" → ")) == question.key
                case QuizKind.MATCH:
                    assert tuple(re.findall(r"–([A-Z])", cell)) == question.key
                case _:
                    assert cell == " | ".join(f"“{answer}”" for answer in question.key)
