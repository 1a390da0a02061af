"""The lesson plan: what a trainer holds in hand before the class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.study.export.papers.composing import bullets, letterhead, one_line, point, sources
from assistant.study.export.papers.types import (
    Block,
    Contents,
    Heading,
    Notes,
    Paper,
    Paragraph,
    Run,
    Style,
    Table,
    Title,
)
from assistant.study.export.papers.wording import wording
from assistant.study.types import Draft, Lesson, Section


def plan_blocks(draft: Draft, notes: Notes) -> tuple[Block, ...]:
    """All lessons: objectives, time plan, points with examples, questions; then the sources."""
    words = wording(draft.wish.language)
    blocks: list[Block] = [
        letterhead(words),
        Title(words["plan"], one_line(draft.title)),
        _about(draft, words),
        Contents(words["contents"]),
    ]
    for number, lesson in enumerate(draft.lessons, 1):
        blocks += _lesson(number, lesson, notes, words)
    cited = [
        citation
        for lesson in draft.lessons
        for section in lesson.sections
        for said in section.points
        for citation in said.citations
    ]
    return (*blocks, *sources(cited, words))


def plan(draft: Draft) -> Paper:
    """The plan as a paper of its own."""
    notes = Notes(draft.wish.language)
    blocks = plan_blocks(draft, notes)
    words = wording(draft.wish.language)
    title, told = one_line(draft.title), tuple(notes.texts)
    return Paper(title, draft.wish.language, blocks, told, words["notes"], official=True)


def _about(draft: Draft, words: Mapping[str, str]) -> Table:
    length = words["lessons"].format(
        lessons=len(draft.lessons), minutes=sum(lesson.minutes for lesson in draft.lessons)
    )
    facts = [
        (words["topic"], _capital(one_line(draft.wish.topic))),
        (words["audience"], words[draft.wish.audience.value]),
        (words["length"], length),
    ]
    rows = tuple(((Run(name, bold=True),), (Run(fact),)) for name, fact in facts if fact)
    return Table((), rows, (0.24, 0.76))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lesson(number: int, lesson: Lesson, notes: Notes, words: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(words["lesson"].format(number=number, title=one_line(lesson.title)), 1)
    if lesson.objectives:
        yield Heading(words["objectives"], 2)
        yield from bullets(lesson.objectives)
    if lesson.sections:
        yield Heading(words["time_plan"], 2)
        yield _times(lesson, words)
        yield Heading(words["content"], 2)
    for place, section in enumerate(lesson.sections, 1):
        yield from _section(place, section, notes, words)


def _times(lesson: Lesson, words: Mapping[str, str]) -> Table:
    head = (words["order"], words["step"], words["activity"], words["time"])
    rows: list[tuple[tuple[Run, ...], ...]] = [
        (
            (Run(str(place)),),
            (Run(one_line(section.title)),),
            (Run(one_line(section.activity)),),
            (Run(words["minutes"].format(minutes=section.minutes)),),
        )
        for place, section in enumerate(lesson.sections, 1)
    ]
    total = words["minutes"].format(minutes=lesson.minutes)
    rows.append(((), (Run(words["total"], bold=True),), (), (Run(total, bold=True),)))
    return Table(head, tuple(rows), (0.08, 0.38, 0.37, 0.17), frozenset({0, 3}), total=True)


def _section(place: int, section: Section, notes: Notes, words: Mapping[str, str]) -> Iterator[Block]:
    minutes = words["minutes"].format(minutes=section.minutes)
    yield Heading(f"{place}. {one_line(section.title)} ({minutes})", 3)
    if section.activity:
        told = f"{words['activity']}: {one_line(section.activity)}"
        yield Paragraph((Run(told, italic=True),), keep=bool(section.points or section.questions))
    for said in section.points:
        if not said.example:
            yield point(said, notes, words)
    examples = [said for said in section.points if said.example]
    if examples:
        yield Paragraph((Run(f"{words['examples']}:", bold=True),), keep=True)
        for said in examples:
            yield point(said, notes, words)
    if section.questions:
        yield Paragraph((Run(f"{words['questions']}:", bold=True),), keep=True)
        for number, question in enumerate(section.questions, 1):
            yield Paragraph((Run(f"{number}. {one_line(question)}"),), Style.OPTION)
