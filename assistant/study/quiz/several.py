"""Choices of several that a document settles alone: what lies above a figure, which documents it names."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import product

from assistant.study.facts import FIGURES, facts
from assistant.study.quiz.attempt import Attempt
from assistant.study.quiz.match import unique
from assistant.study.quiz.wording import about, frame, phrase, raised
from assistant.study.references import Reference
from assistant.study.rows import Row, Rows
from assistant.study.types import Difficulty, Option, QuizItem, QuizKind
from ingest.numbers import find_numbers
from ingest.types import Document

_FEWEST_ROWS, _MOST_ROWS = 4, 6
_MOST_RIGHT, _MOST_WRONG = 3, 3
#: Of two figures, how much larger the one above a bound is.
_APART = 1.15
_WORTH = 0.05
_BOUND = re.compile(r"(?:có [^?]{2,80}? trên|above) (?P<bound>\d[\d.,]*\s?%?)")
_MENTIONED = re.compile(r"văn bản nào sau đây được nhắc đến|documents are mentioned")
_FIGURE = re.compile(r"\d[\d.,]*(?:\s?%)?")


def above(rows: Rows, rng: random.Random, language: str) -> Iterator[Attempt]:
    """Which things of a row of figures lie above a round one."""
    plain = [row for row in rows.rows if row.size and _one_figure(row)]
    if not rows.figures or len(plain) < _FEWEST_ROWS:
        return
    kept = rng.sample(plain, min(_MOST_ROWS, len(plain)))
    kept.sort(key=lambda row: -row.size)
    places = [at for at in range(2, len(kept) - 1) if kept[at - 1].size > _APART * kept[at].size]
    if not places:
        return
    at = max(places, key=lambda place: kept[place - 1].size / kept[place].size)
    percent = all(row.right.endswith("%") for row in kept)
    if not percent and any(row.right.endswith("%") for row in kept):
        return
    scale = 100 if percent else 1
    bound = _between(kept[at].size * scale, kept[at - 1].size * scale)
    if bound is None:
        return
    said = f"{bound:,}".replace(",", ".") + "%" * percent
    line = kept[0].line
    place = about(rows.about, (rows.what, rows.of), language)
    source = frame(line, language)
    stem = phrase("above", language, source=source, of=rows.of, what=rows.said, bound=said, about=place)
    options = [Option(raised(row.left), at > n, row.line.cite(*row.span)) for n, row in enumerate(kept)]
    rng.shuffle(options)
    cited = tuple(dict.fromkeys(row.line.cite(*row.span) for row in kept[:at]))
    item = QuizItem("", QuizKind.MULTIPLE, stem, cited, Difficulty.HARD, options=tuple(options))
    lines = tuple({row.line.start: row.line for row in kept}.values())
    yield Attempt(item, lines, max(one.score for one in lines) + _WORTH, "above")


def mentioned(references: Sequence[Reference], rng: random.Random, language: str) -> Iterator[Attempt]:
    """Which documents a text names, beside those that only others name."""
    known = unique(references)
    for document in {one.line.document.id: one.line.document for one in known}.values():
        held = _numbers(document.text) | _numbers(document.title)
        own = [one for one in known if one.line.document.id == document.id and not _titled(one)]
        others = [one for one in known if not _numbers(one.said(one.number)) & held]
        if len(own) < 2 or len(others) < 2:
            continue
        right = rng.sample(own, min(_MOST_RIGHT, len(own)))
        wrong = rng.sample(others, min(_MOST_WRONG, len(others)))
        options = [Option(one.said(one.named), one in right, one.line.cite()) for one in (*right, *wrong)]
        rng.shuffle(options)
        lines = tuple(one.line for one in right)
        item = QuizItem(
            "",
            QuizKind.MULTIPLE,
            phrase("mentioned", language, source=frame(lines[0], language)),
            tuple(dict.fromkeys(line.cite() for line in lines)),
            Difficulty.HARD,
            options=tuple(options),
        )
        yield Attempt(item, lines, max(line.score for line in lines) + _WORTH / 2, "mentioned")


def bound_of(stem: str) -> str:
    """The figure above which a stem asks for things, as written; "" where it asks for none."""
    found = _BOUND.search(stem)
    return found["bound"].strip() if found else ""


def is_above(option: Option, bound: str) -> bool | None:
    """Whether what an option is cited for lies above a bound; ``None`` where its quote does not tell."""
    if option.origin is None or option.text.lower() not in option.origin.quote.lower():
        return None
    figures = _FIGURE.findall(option.origin.quote.lower().replace(option.text.lower(), " "))
    limit = _size(bound)
    return _size(figures[0]) > limit if len(figures) == 1 and limit else None


def asks_for_mentions(stem: str) -> bool:
    """Whether a stem asks which documents a text names."""
    return _MENTIONED.search(stem) is not None


def names_document(option: Option, document: Document) -> bool:
    """Whether a text names the document of an option."""
    return bool(_numbers(option.text) & (_numbers(document.text) | _numbers(document.title)))


def _size(figure: str) -> float:
    found = [fact for fact in facts(f"có {figure} đơn vị") if fact.kind in FIGURES]
    return found[0].size if found else 0.0


def _one_figure(row: Row) -> bool:
    text = row.line.document.text[slice(*row.span)]
    return len(_FIGURE.findall(text)) == 1


def _between(low: float, high: float) -> int | None:
    """The roundest whole number between two figures, at least a little off both."""
    least, most = low * 1.02, high * 0.98
    for leading in ((1, 2, 5), (3, 4, 6, 7, 8, 9), (15, 25), range(11, 100)):
        rounded: list[int] = [m * 10**e for m, e in product(leading, range(8))]
        fitting = [number for number in rounded if least < number < most]
        if fitting:
            return max(fitting)
    return None


def _numbers(text: str) -> frozenset[str]:
    return frozenset(mention.canonical for mention in find_numbers(text))


def _titled(one: Reference) -> bool:
    return bool(_numbers(one.said(one.number)) & _numbers(one.line.document.title))
