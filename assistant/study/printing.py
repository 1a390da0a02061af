"""A draft as plain text, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.study.framing import framing
from assistant.study.types import Draft, Handout, KeyPoint, QuizItem, Section, Slide
from assistant.types import Citation

_CHECKED, _OPEN = "●", "○"


def lines_of(draft: Draft) -> Iterator[str]:
    """The draft line by line; markers [n] stand for the sources at the end."""
    words = framing(draft.wish.language)
    yield draft.title.upper()
    yield ""
    for lesson in draft.lessons:
        yield f"{lesson.title} ({words.minutes.format(minutes=lesson.minutes)})"
        yield from (f"  • {objective}" for objective in lesson.objectives)
        for section in lesson.sections:
            yield from _section(section, words.minutes)
        yield ""
    if draft.handout is not None:
        yield from _handout(draft.handout)
    for number, item in enumerate(draft.quiz, start=1):
        yield from _item(number, item)
    for card in draft.flashcards:
        yield f"[{card.id}] {card.front}"
        yield f"     → {card.back} {_marks(card.citations)}{_faults(card.faults)}"
    if draft.flashcards:
        yield ""
    for number, slide in enumerate(draft.slides, start=1):
        yield from _slide(number, slide)
    yield ""
    yield from (f"[{c.marker}] {c.label}: “{' '.join(c.quote.split())}”" for c in draft.citations)


def _section(section: Section, minutes: str) -> Iterator[str]:
    time = f" ({minutes.format(minutes=section.minutes)})" if section.minutes else ""
    yield f"  {section.title}{time}"
    if section.activity:
        yield f"    {section.activity}"
    yield from (f"    - {_point(point)}" for point in section.points)
    yield from (f"    ? {question}" for question in section.questions)


def _point(point: KeyPoint) -> str:
    return f"{point.text} {_marks(point.citations)}{_faults(point.faults)}"


def _handout(handout: Handout) -> Iterator[str]:
    yield handout.title
    for section in handout.sections:
        yield from _section(section, "{minutes}")
    for row in handout.figures:
        cells = (row.label, row.value, row.unit, row.date, _marks(row.citations))
        yield f"    {' | '.join(cells)}{_faults(row.faults)}"
    for series in handout.series:
        yield f"    {series.title} ({series.unit})"
        yield from (f"      {p.label}: {p.written} [{p.citation.marker}]" for p in series.points)
    yield ""


def _item(number: int, item: QuizItem) -> Iterator[str]:
    yield f"{number}. ({item.kind.value}) {item.stem} {_marks(item.citations)}{_faults(item.faults)}"
    for option in item.options:
        yield f"   {_CHECKED if option.right else _OPEN} {option.text}"
    if item.truth is not None:
        yield f"   = {item.truth}"
    yield from (f"   = {answer}" for answer in item.accepted)
    yield from (f"   {pair.left} – {pair.right}" for pair in item.pairs)
    yield from (f"   {at}) {step.text}" for at, step in enumerate(item.steps, start=1))


def _slide(number: int, slide: Slide) -> Iterator[str]:
    yield f"— {number}. {slide.title}{_faults(slide.faults)}"
    yield from (f"    • {_point(point)}" for point in slide.points)
    if slide.series is not None:
        yield from (f"      {p.label}: {p.written} [{p.citation.marker}]" for p in slide.series.points)
    yield from (f"      | {line}" for line in slide.notes.splitlines())


def _marks(citations: Iterable[Citation]) -> str:
    return "".join(f"[{marker}]" for marker in dict.fromkeys(citation.marker for citation in citations))


def _faults(faults: Iterable[object]) -> str:
    found = ", ".join(str(fault) for fault in faults)
    return f" (!! {found})" if found else ""
