"""Matching: things side by side in a document, each with its figure, its full form, its date."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from assistant.study.gather import Line
from assistant.study.quiz.attempt import Attempt
from assistant.study.quiz.wording import about, frame, phrase
from assistant.study.references import Reference, Span
from assistant.study.rows import Row, Rows
from assistant.study.types import Difficulty, Pair, QuizItem, QuizKind
from assistant.types import Citation

PAIRS, FEWEST = 5, 3
_WORTH = 0.06
_MOST_WORDS = 24


def matched_rows(rows: Rows, rng: random.Random, language: str) -> Iterator[Attempt]:
    """Items of rows of a table or series; long ones make more than one item."""
    for part in parts(rows.rows, rng):
        pairs = tuple(Pair(_upper(row.left), row.right, row.line.cite(*row.span)) for row in part)
        line = part[0].line
        source = frame(line, language)
        place = about(rows.about, (rows.what, rows.of), language)
        name = "match_figures" if rows.figures else "match_terms"
        values = {"source": source, "of": rows.of, "what": rows.said, "about": place}
        if name == "match_terms":
            values.pop("about")
        stem = phrase(name, language, **values)
        yield _attempt(
            stem, pairs, tuple({row.line.start: row.line for row in part}.values()), _heads(part), rows.what
        )


def matched_references(
    references: Sequence[Reference], rng: random.Random, language: str
) -> Iterator[Attempt]:
    """Cited documents with their dates, issuers, subjects and what they replaced."""
    sides: tuple[tuple[str, Callable[[Reference], Span | None]], ...] = (
        ("match_dates", lambda one: one.date),
        ("match_bodies", lambda one: one.body),
        ("match_replaced", lambda one: one.replaced),
        ("match_about", lambda one: one.about),
    )
    for name, side in sides:
        known = [
            one
            for one in unique(references)
            if (span := side(one)) and len(one.said(span).split()) <= _MOST_WORDS
        ]
        rng.shuffle(known)
        kept: list[Reference] = []
        for one in known:
            others = {other.said(side(other)).lower() for other in kept}
            if not any(_nested(one.said(side(one)).lower(), other) for other in others) and len(kept) < PAIRS:
                kept.append(one)
        if len(kept) < FEWEST:
            continue
        kept.sort(key=lambda one: one.line.start)
        pairs = tuple(
            Pair(one.said(one.named), one.said(side(one)), one.line.cite(one.line.start, one.line.end))
            for one in kept
        )
        lines = tuple(one.line for one in kept)
        yield _attempt(phrase(name, language), pairs, lines, (), name)


def unique(references: Sequence[Reference]) -> list[Reference]:
    """The first reference to each document, by kind and number; none of a number that two documents bear."""
    by_number: dict[str, Reference] = {}
    years: dict[str, set[str]] = {}
    for one in references:
        number = one.said(one.named)
        by_number.setdefault(number, one)
        if one.date:
            years.setdefault(number, set()).add(one.said(one.date))
    return [one for number, one in by_number.items() if len(years.get(number, ())) <= 1]


def parts(rows: Sequence[Row], rng: random.Random) -> list[list[Row]]:
    """The rows in random groups of at most ``PAIRS``, each in the order of the document."""
    order = list(rows)
    rng.shuffle(order)
    groups = [order[at : at + PAIRS] for at in range(0, len(order), PAIRS)]
    return [sorted(group, key=lambda row: row.span) for group in groups if len(group) >= FEWEST]


def _heads(part: Sequence[Row]) -> tuple[Citation, ...]:
    spans = {row.head: row.line for row in part if row.head}
    return tuple(line.cite(*span) for span, line in spans.items() if span)


def _attempt(
    stem: str, pairs: tuple[Pair, ...], lines: tuple[Line, ...], heads: tuple[Citation, ...], sort: str
) -> Attempt:
    cited = tuple(dict.fromkeys((*heads, *(pair.citation for pair in pairs))))
    difficulty = Difficulty.MEDIUM if len(pairs) <= 4 else Difficulty.HARD
    item = QuizItem("", QuizKind.MATCH, stem, cited, difficulty, pairs=pairs)
    return Attempt(item, lines, max(line.score for line in lines) + _WORTH, sort)


def _nested(one: str, other: str) -> bool:
    return one in other or other in one


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
