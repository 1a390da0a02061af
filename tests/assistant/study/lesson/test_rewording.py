"""A model's words stand where its line's quotes bear them out, and nowhere else."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "llm"))

from assistant.answer import Assistant
from assistant.llm.errors import Failing, ModelFailed
from assistant.llm.types import Message
from assistant.study.proving import proved
from assistant.study.rewording import Rewording
from assistant.study.tree import items
from assistant.study.types import Draft, Layout
from index.library import Library

from ...llm.conftest import SayingModel

_LINE = re.compile(r"\[(\d+)\] <quote-(\w+)>(.*?)</quote-\2>", re.DOTALL)


def echo(change: dict[str, str]) -> SayingModel:
    """A model that gives each line back, with words exchanged."""

    def reply(messages: Sequence[Message]) -> str:
        lines = []
        for number, _, text in _LINE.findall(messages[-1].content):
            for old, new in change.items():
                text = text.replace(old, new)
            lines.append(f"[{number}] {text}")
        return "\n".join(lines)

    return SayingModel(reply, max_tokens=4000, context_window=32_000)


def texts(draft: Draft) -> list[str]:
    return [p.text for lesson in draft.lessons for section in lesson.sections for p in section.points]


def test_words_that_say_the_same_take_the_place_of_the_extract(sample: Library, lesson: Draft) -> None:
    model = echo({"được thông qua khi có ít nhất": "được thông qua khi ít nhất"})
    told = Rewording(sample, model).reworded(lesson)
    assert any("thông qua khi ít nhất hai phần ba" in text for text in texts(told))
    sections = sum(bool(section.points) for entry in lesson.lessons for section in entry.sections)
    slides = sum(slide.layout is Layout.POINTS for slide in lesson.slides)
    assert len(model.requests) == sections + slides
    assert not [entry for entry in items(proved(sample, told)) if getattr(entry, "faults", ())]


@pytest.mark.parametrize(
    "change",
    [
        {"hai phần ba": "ba phần tư"},
        {"652": "852"},
        {"đảng viên": "đoàn viên"},
        {"không": ""},
        {".": ". Xem http://vi-du.vn"},
    ],
)
def test_what_quotes_do_not_bear_out_stays_the_extract(
    sample: Library, lesson: Draft, change: dict[str, str]
) -> None:
    told = Rewording(sample, echo(change)).reworded(lesson)
    assert not [entry for entry in items(proved(sample, told)) if getattr(entry, "faults", ())]
    assert not [text for text in texts(told) if "http" in text or "852" in text or "ba phần tư" in text]


def test_a_locked_point_is_not_asked_about(sample: Library, lesson: Draft) -> None:
    from assistant.study.editing import Editor

    point = next(p for s in lesson.lessons[0].sections for p in s.points if "hai phần ba" in p.text)
    held = Editor(sample).lock(lesson, point.id)
    model = echo({"khi có ít nhất": "khi ít nhất"})
    told = Rewording(sample, model).reworded(held)
    assert point.text in texts(told)


def test_a_model_that_fails_is_left_alone(sample: Library, lesson: Draft) -> None:
    model = SayingModel([ModelFailed("away", Failing.UNREACHABLE)])
    assert Rewording(sample, model).reworded(lesson) == lesson
    assert len(model.requests) == 1


def test_the_desk_uses_the_model_of_the_assistant(sample: Library, lesson: Draft) -> None:
    model = echo({"được thông qua khi có ít nhất": "được thông qua khi ít nhất"})
    assistant = Assistant(sample, llm=model)
    told = assistant.desk.make(lesson.wish)
    assert any("thông qua khi ít nhất hai phần ba" in text for text in texts(told))
    assert texts(assistant.desk.make(lesson.wish, quoted=True)) == texts(lesson)
    assert assistant.desk.topics(most=5)
