"""Editing: every change gives a draft that is proved anew, numbered anew, and otherwise as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.errors import NoSuchItem, NothingElse
from assistant.study.editing import Editor
from assistant.study.tree import item, items
from assistant.study.types import Draft, Fault, KeyPoint, Layout, Part, QuizItem
from index.library import Library


@pytest.fixture(scope="session")
def editor(sample: Library) -> Editor:
    return Editor(sample)


def point_with(draft: Draft, words: str) -> KeyPoint:
    return next(
        point
        for lesson in draft.lessons
        for section in lesson.sections
        for point in section.points
        if words in point.text
    )


def faulty(draft: Draft) -> list[str]:
    return [entry.id for entry in items(draft) if getattr(entry, "faults", ())]


def test_an_edit_that_breaks_the_proof_is_marked_at_once(lesson: Draft, editor: Editor) -> None:
    point = point_with(lesson, "hai phần ba")
    edited = editor.edit(lesson, point.id, text=point.text.replace("hai phần ba", "ba phần tư"))
    assert item(edited, point.id).faults == (Fault.TEXT,)
    assert faulty(edited) == [point.id]
    mended = editor.edit(edited, point.id, text=point.text)
    assert mended == lesson


def test_other_words_that_say_the_same_are_no_fault(lesson: Draft, editor: Editor) -> None:
    point = point_with(lesson, "hai phần ba")
    told = (
        "Nghị quyết đề nghị kết nạp được thông qua khi ít nhất hai phần ba tổng số đảng viên chính thức "
        "tán thành."
    )
    edited = editor.edit(lesson, point.id, text=told)
    assert item(edited, point.id).text == told
    assert faulty(edited) == []


def test_an_empty_text_and_a_repeated_one_are_faults(lesson: Draft, editor: Editor) -> None:
    first, second = lesson.lessons[0].sections[1].points[:2]
    assert item(editor.edit(lesson, first.id, text=" "), first.id).faults == (Fault.FORM,)
    twice = editor.edit(lesson, second.id, text=first.text)
    assert Fault.REPEATED in item(twice, second.id).faults


def test_figures_and_cards_and_notes_are_proved_too(lesson: Draft, editor: Editor) -> None:
    assert lesson.handout is not None
    row, card = lesson.handout.figures[0], lesson.flashcards[0]
    assert item(editor.edit(lesson, row.id, value="123.456"), row.id).faults == (Fault.TEXT,)
    assert item(editor.edit(lesson, card.id, back="Hơn 900 tổ chức."), card.id).faults == (Fault.TEXT,)
    slide = next(slide for slide in lesson.slides if slide.layout is Layout.POINTS)
    told = editor.edit(lesson, slide.id, notes="Năm 1999 có 77.777 người.")
    assert item(told, slide.id).faults == (Fault.TEXT,)


def test_a_quiz_item_is_proved_by_the_quiz(whole: Draft, editor: Editor) -> None:
    entry = next(entry for entry in whole.quiz if entry.options)
    flipped = tuple(replace(option, right=not option.right) for option in entry.options)
    assert item(editor.edit(whole, entry.id, options=flipped), entry.id).faults


def test_what_an_item_rests_on_cannot_be_typed_over(lesson: Draft, editor: Editor) -> None:
    point = lesson.lessons[0].sections[1].points[0]
    for name in ("id", "citations", "faults", "colour"):
        with pytest.raises(NoSuchItem, match=name):
            editor.edit(lesson, point.id, **{name: ()})
    with pytest.raises(NoSuchItem, match="k999"):
        editor.edit(lesson, "k999", text="x")


def test_minutes_of_a_lesson_follow_its_sections(lesson: Draft, editor: Editor) -> None:
    section = lesson.lessons[0].sections[1]
    edited = editor.edit(lesson, section.id, minutes=section.minutes + 5)
    assert edited.lessons[0].minutes == lesson.lessons[0].minutes + 5


def test_moving_changes_the_order_and_the_markers(lesson: Draft, editor: Editor) -> None:
    section = next(section for section in lesson.lessons[0].sections if len(section.points) > 2)
    last = section.points[-1]
    moved = editor.move(lesson, last.id, 0)
    own = item(moved, section.id)
    assert [point.id for point in own.points] == [last.id, *(point.id for point in section.points[:-1])]
    assert [c.marker for c in moved.citations] == list(range(1, len(moved.citations) + 1))
    assert faulty(moved) == []
    assert {(c.start, c.end) for c in moved.citations} == {(c.start, c.end) for c in lesson.citations}


def test_a_point_goes_into_another_section(lesson: Draft, editor: Editor) -> None:
    one, other = lesson.lessons[0].sections[1:3]
    moved = editor.move(lesson, one.points[0].id, 1, into=other.id)
    assert one.points[0].id in [point.id for point in item(moved, other.id).points]
    assert len(item(moved, one.id).points) == len(one.points) - 1
    with pytest.raises(NoSuchItem):
        editor.move(lesson, lesson.flashcards[0].id, 0, into=other.id)


def test_removing_takes_one_out(lesson: Draft, editor: Editor) -> None:
    gone = editor.remove(lesson, lesson.flashcards[2].id)
    assert len(gone.flashcards) == len(lesson.flashcards) - 1
    assert faulty(gone) == []


def examples(draft: Draft) -> list[Any]:
    assert draft.handout is not None
    slide = next(slide for slide in draft.slides if slide.layout is Layout.POINTS)
    return [
        draft.lessons[0].sections[1].points[0],
        draft.handout.figures[0],
        draft.flashcards[0],
        slide,
        draft.quiz[0],
    ]


def test_another_item_takes_the_place_of_one(whole: Draft, editor: Editor) -> None:
    for found in examples(whole):
        replaced = editor.replace(whole, found.id)
        other = item(replaced, found.id)
        assert type(other) is type(found)
        assert other != found
        assert faulty(replaced) == []


def test_where_nothing_else_is_left_that_is_said(whole: Draft, editor: Editor) -> None:
    chart = next(slide for slide in whole.slides if slide.layout is Layout.TITLE)
    with pytest.raises(NothingElse):
        editor.replace(whole, chart.id)


@pytest.mark.parametrize("part", [Part.PLAN, Part.HANDOUT, Part.FLASHCARDS, Part.SLIDES, Part.QUIZ])
def test_a_part_is_made_again_around_what_is_locked(whole: Draft, editor: Editor, part: Part) -> None:
    assert whole.handout is not None
    found: Any = {
        Part.PLAN: whole.lessons[0].sections[2].points[0],
        Part.HANDOUT: whole.handout.sections[1].points[0],
        Part.FLASHCARDS: whole.flashcards[3],
        Part.SLIDES: whole.slides[4],
        Part.QUIZ: whole.quiz[1],
    }[part]
    again = editor.regenerate(editor.lock(whole, found.id), part)
    kept = item(again, found.id)
    assert kept.locked
    plain = replace(kept, locked=False)
    if isinstance(found, QuizItem):
        assert plain.stem == found.stem
    elif hasattr(found, "text"):
        assert plain.text == found.text
    assert faulty(again) == []
    identifiers = [entry.id for entry in items(again)]
    assert len(identifiers) == len(set(identifiers))
    assert [c.marker for c in again.citations] == list(range(1, len(again.citations) + 1))
    for other in set(Part) - {part}:
        attribute = {Part.PLAN: "lessons", Part.HANDOUT: "handout", Part.QUIZ: "quiz"}.get(other, other.value)
        untouched, before = getattr(again, attribute), getattr(whole, attribute)
        assert [e.id for e in items(untouched)] == [e.id for e in items(before)]
    assert sum(entry.minutes for entry in again.lessons) == whole.wish.minutes


def test_a_frame_cannot_be_locked(whole: Draft, editor: Editor) -> None:
    with pytest.raises(NoSuchItem):
        editor.lock(whole, whole.lessons[0].id)
