"""Every item that could be asked of a material, before any is proved."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.study.asking import Asked, asked_of
from assistant.study.citing import asked_of_reference
from assistant.study.gather import Line, Material
from assistant.study.listing import listings
from assistant.study.quiz.attempt import Attempt
from assistant.study.quiz.fill import fills
from assistant.study.quiz.match import matched_references, matched_rows
from assistant.study.quiz.multiple import issued_by, multiples
from assistant.study.quiz.order import ordered_items, ordered_references, ordered_rows
from assistant.study.quiz.said import Said
from assistant.study.quiz.several import above, mentioned
from assistant.study.quiz.short import shorts
from assistant.study.quiz.single import singles, terms
from assistant.study.quiz.true_false import judged, swapped
from assistant.study.references import references
from assistant.study.rows import Rows, rows_of
from assistant.study.types import QuizKind, Wish

ALL_KINDS = tuple(QuizKind)
_BETTER_PART = 0.4
_ASIDE = 0.04


def attempts(material: Material, said: Said, wish: Wish, kinds: Sequence[QuizKind]) -> Iterator[Attempt]:
    """The attempts of the wanted kinds, in the order of the material; the same for the same seed."""
    rng = random.Random(f"quiz {wish.seed}")
    near = tuple(line for line in material.lines if not line.superseded) or material.lines
    lines = near + tuple(line for line in material.more if not line.superseded)
    by_document = _on_topic(said, near)
    cited = [reference for line in lines for reference in references(line)]
    asked = [entry for line in lines for entry in asked_of(line)]
    asked += [entry for reference in cited for entry in asked_of_reference(reference)]
    for entry in asked:
        yield from _of_fact(entry, said, wish, kinds, rng)
    if QuizKind.TRUE_FALSE in kinds:
        for line in lines:
            yield from swapped(line, said, wish.language, rng)
    lists = [found for own in by_document for found in listings(own)]
    every_document = _documents(said, lines)
    every = [found for own in every_document for found in listings(own)]
    for listing in lists:
        if QuizKind.MULTIPLE in kinds:
            yield from multiples(listing, every, said, rng, wish.language)
        if QuizKind.ORDER in kinds:
            yield from ordered_items(listing, wish.language)
    doubtful = _ambiguous(rows for own in every_document for rows in rows_of(own))
    for rows in (_plain(found, doubtful) for own in by_document for found in rows_of(own)):
        if QuizKind.MATCH in kinds:
            yield from matched_rows(rows, rng, wish.language)
        if QuizKind.ORDER in kinds:
            yield from ordered_rows(rows, rng, wish.language)
        if QuizKind.SINGLE in kinds:
            yield from terms(rows, rng, wish.language)
        if QuizKind.MULTIPLE in kinds:
            yield from above(rows, rng, wish.language)
    if QuizKind.MULTIPLE in kinds:
        yield from issued_by(cited, rng, wish.language)
        yield from mentioned(cited, rng, wish.language)
    if QuizKind.MATCH in kinds:
        yield from matched_references(cited, rng, wish.language)
    if QuizKind.ORDER in kinds:
        yield from ordered_references(cited, rng, wish.language)


def _of_fact(
    asked: Asked, said: Said, wish: Wish, kinds: Sequence[QuizKind], rng: random.Random
) -> Iterator[Attempt]:
    if QuizKind.SINGLE in kinds:
        yield from singles(asked, said, rng, wish.language)
    if QuizKind.SHORT in kinds:
        yield from shorts(asked, wish.language)
    if QuizKind.FILL in kinds:
        yield from fills(asked, wish.language)
    if QuizKind.TRUE_FALSE in kinds:
        yield from judged(asked, said, rng, wish.language)


def _ambiguous(every: Iterable[Rows]) -> frozenset[str]:
    """The short forms that the library spells out in more than one way."""
    meanings: dict[str, set[str]] = {}
    for rows in every:
        for row in rows.rows if not rows.figures else ():
            meanings.setdefault(row.left, set()).add(row.right.lower())
    return frozenset(short for short, meant in meanings.items() if len(meant) > 1)


def _plain(rows: Rows, doubtful: frozenset[str]) -> Rows:
    return rows if rows.figures else replace(rows, rows=tuple(r for r in rows.rows if r.left not in doubtful))


def _on_topic(said: Said, lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """The lines by document, all of those documents that speak of the topic for the better part.

    The rows of a table, and what a list goes on with, share few words with any topic.
    """
    found = []
    every = {own[0].document.id: own for own in _documents(said, lines)}
    for document_id, own in ((own[0].document.id, own) for own in _by_document(lines)):
        whole = every.get(document_id, own)
        least = min(line.score for line in own)
        scores = {line.start: line for line in own}
        if len(own) >= _BETTER_PART * len(whole):
            own = tuple(scores.get(line.start, replace(line, score=least - _ASIDE)) for line in whole)
        found.append(own)
    return found


def _documents(said: Said, lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """The lines of the library by document; of a large one, those of the material."""
    return _by_document(said.lines or lines)


def _by_document(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    by_document: dict[str, list[Line]] = {}
    for line in lines:
        by_document.setdefault(line.document.id, []).append(line)
    return [tuple(sorted(own, key=lambda line: line.start)) for own in by_document.values()]
