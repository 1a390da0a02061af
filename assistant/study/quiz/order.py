"""Ordering: documents by date, things by their figures, lessons and steps as they are numbered."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.study.gather import Line
from assistant.study.listing import Listing
from assistant.study.quiz.attempt import Attempt
from assistant.study.quiz.match import unique
from assistant.study.quiz.wording import about, frame, phrase
from assistant.study.references import Reference
from assistant.study.rows import UNLIKE, Rows
from assistant.study.sourcing import heading_of
from assistant.study.types import Difficulty, QuizItem, QuizKind, Step
from ingest.dates import first_date

STEPS, FEWEST = 5, 3
_WORTH = 0.05
_NUMBERED = re.compile(r"^(?:Bài|Bước) \d+\s*[:.]\s*")
_PROCEDURE = re.compile(r"quy trình|các bước|trình tự|thủ tục", re.IGNORECASE)


def ordered_references(
    references: Sequence[Reference], rng: random.Random, language: str
) -> Iterator[Attempt]:
    """Cited documents by their dates of issue; many make more than one item."""
    dated = [(when, one) for one in unique(references) if (when := _when(one))]
    rng.shuffle(dated)
    groups: list[list[tuple[date, Reference]]] = []
    for entry in dated:
        group = next((g for g in groups if len(g) < STEPS and all(entry[0] != other[0] for other in g)), None)
        if group is None:
            groups.append([entry])
        else:
            group.append(entry)
    for group in groups:
        if len(group) < FEWEST + 1:
            continue
        group.sort(key=lambda entry: entry[0])
        steps = tuple(Step(one.said(one.named), one.line.cite(), one.said(one.date)) for _, one in group)
        yield _attempt(phrase("order_dates", language), steps, tuple(one.line for _, one in group), "dates")


def ordered_rows(rows: Rows, rng: random.Random, language: str) -> Iterator[Attempt]:
    """Things by their figures, the highest first."""
    if not rows.figures or rows.of in UNLIKE:
        return
    by_size = {row.size: row for row in rows.rows}
    if len(by_size) != len(rows.rows) or len(by_size) < FEWEST:
        return
    kept = rng.sample(sorted(by_size), min(STEPS, len(by_size)))
    own = [by_size[size] for size in sorted(kept, reverse=True)]
    line = own[0].line
    place = about(rows.about, (rows.what, rows.of), language)
    stem = phrase(
        "order_figures", language, source=frame(line, language), of=rows.of, what=rows.said, about=place
    )
    steps = tuple(
        Step(row.left[:1].upper() + row.left[1:], row.line.cite(*row.span), row.right) for row in own
    )
    yield _attempt(stem, steps, tuple({row.line.start: row.line for row in own}.values()), rows.what)


def ordered_items(listing: Listing, language: str) -> Iterator[Attempt]:
    """The items of a list that are numbered lessons or steps, or the steps of a document on a procedure."""
    line = listing.line
    texts = [text for text, _ in listing.items]
    numbered = all(_NUMBERED.match(text) for text in texts)
    heading = heading_of(line)
    if len(texts) < FEWEST or not (numbered or _PROCEDURE.search(heading)):
        return
    steps = tuple(
        Step(_NUMBERED.sub("", text), line.cite(*span), number)
        for number, (text, span) in enumerate_texts(listing.items)
    )
    stem = phrase("order_lessons", language, source=frame(line, language), heading=heading)
    yield _attempt(stem, steps[: STEPS + 1], (line,), "lessons")


def enumerate_texts(
    items: Sequence[tuple[str, tuple[int, int]]],
) -> Iterator[tuple[str, tuple[str, tuple[int, int]]]]:
    """The items with their places as text, from "1"."""
    return ((str(place), item) for place, item in enumerate(items, start=1))


def _when(one: Reference) -> date | None:
    return first_date(one.said(one.date)) if one.date else None


def _attempt(stem: str, steps: tuple[Step, ...], lines: tuple[Line, ...], sort: str) -> Attempt:
    cited = tuple(dict.fromkeys(step.citation for step in steps))
    item = QuizItem("", QuizKind.ORDER, stem, cited, Difficulty.HARD, steps=steps)
    return Attempt(item, lines, max(line.score for line in lines) + _WORTH, sort)
