"""In what two versions of a draft differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.study.changes import Change, Sort, changes, same, words_of
from assistant.study.tree import items
from assistant.study.types import Draft, Part
from tests.assistant.study.drafts import full_draft


@pytest.fixture(scope="module")
def draft() -> Draft:
    return full_draft()


def test_a_draft_differs_in_nothing_from_itself(draft: Draft) -> None:
    assert changes(draft, draft) == ()


def test_every_item_says_something(draft: Draft) -> None:
    assert all(words_of(entry) for entry in items(draft))


def test_what_was_edited_is_told_with_both_wordings(draft: Draft) -> None:
    first, *rest = draft.quiz
    new = replace(draft, quiz=(replace(first, stem="Câu mới?"), *rest))
    (change,) = changes(draft, new)
    assert (change.part, change.sort, change.id) == (Part.QUIZ, Sort.CHANGED, first.id)
    assert change.before.startswith(first.stem)
    assert change.after.startswith("Câu mới?")


def test_a_lock_is_a_difference_though_the_words_are_the_same(draft: Draft) -> None:
    first, *rest = draft.quiz
    locked = replace(first, locked=not first.locked)
    assert not same(first, locked)
    (change,) = changes(draft, replace(draft, quiz=(locked, *rest)))
    assert (change.sort, change.before) == (Sort.CHANGED, change.after)


def test_one_that_was_moved_far_is_told_once_and_not_those_it_passed(draft: Draft) -> None:
    first, *rest = draft.quiz
    assert [(c.sort, c.id) for c in changes(draft, replace(draft, quiz=(*rest, first)))] == [
        (Sort.MOVED, first.id)
    ]


def test_what_is_only_in_one_version_is_told_as_gone_or_added(draft: Draft) -> None:
    card = draft.flashcards[0]
    fewer = replace(draft, flashcards=draft.flashcards[1:])
    text = words_of(card)
    assert changes(draft, fewer) == (Change(Part.FLASHCARDS, Sort.GONE, card.id, before=text),)
    assert changes(fewer, draft) == (Change(Part.FLASHCARDS, Sort.ADDED, card.id, after=text),)


def test_a_part_made_again_is_compared_by_what_it_says(draft: Draft) -> None:
    again = replace(draft, quiz=tuple(replace(entry, id=f"n{entry.id}") for entry in draft.quiz))
    assert changes(draft, again) == ()
    without = replace(again, quiz=again.quiz[1:])
    assert [(c.sort, c.id) for c in changes(draft, without)] == [(Sort.GONE, draft.quiz[0].id)]


def test_a_point_that_is_edited_does_not_change_its_section(draft: Draft) -> None:
    lesson = draft.lessons[0]
    at = next(at for at, section in enumerate(lesson.sections) if section.points)
    section = lesson.sections[at]
    point = replace(section.points[0], text="Ý khác.")
    sections = list(lesson.sections)
    sections[at] = replace(section, points=(point, *section.points[1:]))
    new = replace(draft, lessons=(replace(lesson, sections=tuple(sections)), *draft.lessons[1:]))
    assert [(c.sort, c.id) for c in changes(draft, new)] == [(Sort.CHANGED, point.id)]


def test_a_whole_part_that_is_gone(draft: Draft) -> None:
    found = changes(draft, replace(draft, handout=None))
    assert {(change.part, change.sort) for change in found} == {(Part.HANDOUT, Sort.GONE)}
