"""The part of a quote that is the answer itself: the figure, the name, the date, the reason, to be shown in bold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from assistant.evidence import DURATION, PLACE_NAME
from assistant.persons import persons
from assistant.quantities import DATE, PERCENT, figures
from assistant.reading import Reading
from assistant.tables import cell
from assistant.types import Statement
from assistant.wanted import Wanted
from ingest.numbers import find_numbers
from ingest.places import find_places

Span = tuple[int, int]

#: More parts in bold than this point at nothing.
_MOST = 4
_NEAR = 3  # words between a figure and what it counts
_WORD_AFTER = re.compile(r"\s+[^\W\d_]+")
_CAUSE = re.compile(
    r"\b(?:do|vì|bởi(?: vì)?|nhờ|nguyên nhân(?: là| do)?|lý do(?: là)?|xuất phát từ|bắt nguồn từ)\s",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[;.]\s|[;.]$|,\s(?:nên|vì vậy|do đó|do vậy|dẫn đến|khiến)\b|$")
_SUBJECT_MATTER = re.compile(r"\bvề\s")


def emphasis(reading: Reading, text: str) -> tuple[Span, ...]:
    """Spans of ``text`` that give what is asked, in order, at most four; none where that is not one part.

    Args:
        text: a quote as it is shown.
    """
    found: list[Span] = []
    for kind in dict.fromkeys(reading.wanted):
        finder = _FINDERS.get(kind)
        if finder is not None:
            spans = list(dict.fromkeys(finder(reading, text)))
            found += spans if len(spans) <= _MOST else []
    kept: list[Span] = []
    for span in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept[:_MOST])


def emphasised(reading: Reading, statement: Statement, text: str) -> Statement:
    """The statement with the parts of its quote that give what is asked; what leads up to it has none.

    Args:
        text: of the document that is quoted.
    """
    citation = statement.citations[-1]
    quote = " ".join(citation.quote.split())
    at = statement.text.rfind(quote)
    if at < 0:
        return statement
    asked = cell(reading.text, text, citation.start, citation.end)
    if asked is None:
        spans = emphasis(reading, quote)
    else:  # of a row of a table: the cell under the name of the column
        begin = quote.find(text[slice(*asked)], len(" ".join(text[citation.start : asked[0]].split())))
        spans = ((begin, begin + asked[1] - asked[0]),) if begin >= 0 else ()
    return replace(statement, emphasis=tuple((start + at, end + at) for start, end in spans))


def _counts(reading: Reading, text: str) -> Iterable[Span]:
    """Figures with what they count: those beside the noun asked about, or all where none is."""
    lowered = text.lower()
    every: list[Span] = []
    beside: list[Span] = []
    for match in figures(text):
        if match.start() == 0 and text[match.end() : match.end() + 1] in (".", ")"):
            continue  # the number of an item
        percent = re.match(r"\s?(?:%|phần trăm)", text[match.end() :])
        if percent and Wanted.PERCENT not in reading.wanted:
            continue
        end, position, counted = match.end(), match.end(), False
        for _ in range(_NEAR):
            unit = next(
                (unit for unit in reading.units if lowered.startswith(f" {unit}", position)),
                None,
            )
            if unit is not None:
                end, counted = position + 1 + len(unit), True
                break
            word = _WORD_AFTER.match(text, position)
            if word is None:
                break
            position = word.end()
        (beside if counted else every).append((match.start(), end))
    return beside or every


def _pattern(pattern: re.Pattern[str]) -> Callable[[Reading, str], Iterable[Span]]:
    return lambda _, text: [match.span() for match in pattern.finditer(text)]


def _dates(_: Reading, text: str) -> Iterable[Span]:
    """Dates; bare years only where no fuller one stands."""
    spans = [match.span() for match in DATE.finditer(text)]
    full = [(start, end) for start, end in spans if end - start > len("năm 2020")]
    return full or spans


def _people(_: Reading, text: str) -> Iterable[Span]:
    for name in persons(text):
        start = text.find(name)
        if start >= 0:
            yield start, start + len(name)


def _places(reading: Reading, text: str) -> Iterable[Span]:
    asked = {place.name for place in reading.places}
    named = [(m.start, m.end) for m in find_places(text) if m.name not in asked]
    return named or [match.span() for match in PLACE_NAME.finditer(text)]


def _documents(reading: Reading, text: str) -> Iterable[Span]:
    mentions = find_numbers(text)
    return [(m.start, m.end) for m in mentions if m.canonical not in reading.numbers]


def _reason(_: Reading, text: str) -> Iterable[Span]:
    cause = _CAUSE.search(text)
    if cause is None:
        return
    end = _CLAUSE_END.search(text, cause.end())
    yield cause.start(), end.start() if end else len(text)


def _matter(reading: Reading, text: str) -> Iterable[Span]:
    """What a document is about: what follows "về" behind its number."""
    for mention in find_numbers(text):
        if reading.numbers and mention.canonical not in reading.numbers:
            continue
        about = _SUBJECT_MATTER.search(text, mention.end)
        if about is not None:
            end = _CLAUSE_END.search(text, about.end())
            yield about.start(), end.start() if end else len(text)
            return


_FINDERS: dict[Wanted, Callable[[Reading, str], Iterable[Span]]] = {
    Wanted.COUNT: _counts,
    Wanted.PERCENT: _pattern(PERCENT),
    Wanted.DURATION: _pattern(DURATION),
    Wanted.WHEN: _dates,
    Wanted.WHO: _people,
    Wanted.WHERE: _places,
    Wanted.DOCUMENT: _documents,
    Wanted.WHY: _reason,
    Wanted.ABOUT: _matter,
}
