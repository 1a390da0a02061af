"""Questions that nothing in the library answers: what it says, asked of another place, year or document.

A twin is kept only where the library provably does not say it: the other name stands nowhere, or no passage
that has it states a fact of the kind asked for about the same thing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evaluate.suggest.drawing import unclear
from assistant.evaluate.suggest.types import Ground
from assistant.persons import persons
from assistant.study.asking import Asked, asked_of
from assistant.study.citing import asked_of_reference
from assistant.study.facts import FIGURES, Fact, FactKind, facts
from assistant.study.gather import Line
from assistant.study.quiz.said import Said, content, line_words
from assistant.study.quiz.wording import frame, heading_for, lowered, raised
from assistant.study.references import references
from assistant.study.sourcing import short_title
from ingest.divisions import FORMER_PROVINCES
from ingest.numbers import canonical, find_numbers
from ingest.places import Rank, find_places, gazetteer

_YEAR = re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)(?![\d/-])")
#: What a figure is as of; the day of an event has one year only, and cannot be asked of another.
_AS_OF = re.compile(
    r"(?:năm|(?:đến|tới)(?: hết| ngày| tháng| năm)*(?: \d{1,2}/)?(?:\d{1,2}/)?)\s?$", re.IGNORECASE
)
_SPAN_OF_YEARS = re.compile(
    r"(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d|(?:19|20)\d\d.{0,12}đến.{0,12}(?:19|20)\d\d"
)
_NOW = re.compile(r"hiện (?:nay|có|tại)|đến nay|nhiệm kỳ (?:qua|này|tới)|đầu nhiệm kỳ|vừa qua", re.IGNORECASE)
_ABOUT = re.compile(r"\svề\s")
#: So much of what is asked about, by weight, in one line: it may be an answer.
_NEAR = 0.5
_TRIES = 6
_YEARS_OFF = (-4, -3, -2, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Twin:
    """A question without an answer.

    Attributes:
        name: what was put into it; ``ground`` tells what the library has of it.
    """

    question: str
    name: str
    ground: Ground
    line: Line


@dataclass(frozen=True, slots=True)
class MaybeSaid:
    """A twin that was given up: the library may answer it."""

    question: str


def twins(lines: Sequence[Line], said: Said, rng: random.Random) -> Iterator[Twin | MaybeSaid]:
    """Twins of what the lines state, at most one of each way for a fact, in an order that ``rng`` decides."""
    shuffled = list(lines)
    rng.shuffle(shuffled)
    known = Known(said, lines)
    for line in shuffled:
        every = [*asked_of(line), *(a for r in references(line) for a in asked_of_reference(r))]
        rng.shuffle(every)
        for asked in every:
            yield from _of(asked, known, rng)


class Known:
    """What the library names: places, years, numbers of documents."""

    def __init__(self, said: Said, lines: Sequence[Line]) -> None:
        self._said = said
        self._lines = said.lines or tuple(lines)
        self.places = sorted({p.name for line in self._lines for p in find_places(_all_of(line))})
        self.numbers = {m.canonical for line in self._lines for m in find_numbers(_all_of(line))}

    def naming(self, name: str, near: str) -> list[Line]:
        """The lines that have a name in them, over them, or in what is known of their document."""
        lines = self._said.lines or (*self._said.near(near), *self._said.near(name))
        return [line for line in lines if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", _all_of(line))]

    def ground(self, question: str, name: str, fact: Fact) -> Ground | None:
        """Why the library has no answer to a question with ``name`` in it; ``None`` where it may have one."""
        naming = self.naming(name, question)
        if not naming:
            return Ground.NOWHERE
        topic = content(question.replace(name, " "))
        for line in naming:
            same = [one for one in facts(line.text) if _akin(one, fact)]
            if same and self._said.overlap(topic, line_words(line)) >= _NEAR:
                return None
        return Ground.NOT_SAID


def _akin(one: Fact, fact: Fact) -> bool:
    if fact.kind in FIGURES:
        return one.kind in FIGURES
    return one.kind is fact.kind or fact.kind in (FactKind.SUBJECT, FactKind.REPLACED, FactKind.ROLE)


def _all_of(line: Line) -> str:
    document = line.document
    day = document.issued_on
    known = (document.title, document.number or "", document.province or "", document.issuer or "")
    return " | ".join((line.text, *line.heading, *known, str(day.year) if day else ""))


def _of(asked: Asked, known: Known, rng: random.Random) -> Iterator[Twin | MaybeSaid]:
    question = asked.question
    if (
        not question
        or heading_for(asked) != ""
        or unclear(asked, question)
        or asked.fact.kind is FactKind.ROLE
    ):
        return
    ways = [_numbered, _placed, _dated]
    for way in ways:
        last = ""
        for twin, name in way(asked, known, rng):
            ground = known.ground(twin, name, asked.fact)
            if ground is not None:
                yield Twin(f"{raised(twin)}?", name, ground, asked.line)
                last = ""
                break
            last = twin
        if last:
            yield MaybeSaid(f"{raised(last)}?")


def _brings_figures(question: str) -> bool:
    """Whether a question takes a figure for given, which would not hold of another place."""
    return any(fact.kind in FIGURES or fact.kind is FactKind.AREA for fact in facts(question))


def _numbered(asked: Asked, known: Known, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Another document of the same kind and body, by a number that no document of the library has."""
    question = asked.question
    numbers = find_numbers(question)
    named = re.match(r"[^\W\d_]+ [^\W\d_]+ số $", question[: numbers[0].start]) if numbers else None
    if (
        named is None
        or len(numbers) != 1
        or _ABOUT.search(question.removesuffix("bàn về nội dung gì"))
        or _YEAR.search(question)
    ):
        return
    number = numbers[0]
    old = re.match(r"\d+", number.written)
    if old is None:
        return
    drawn = rng.sample(range(2, 99), _TRIES)
    for value in drawn:
        new = f"{value:02d}{number.written[old.end() :]}"
        if canonical(new) not in known.numbers:
            yield f"{question[: number.start]}{new}{question[number.end :]}", new


def _placed(asked: Asked, known: Known, rng: random.Random) -> Iterator[tuple[str, str]]:
    """The same of another province or city: one that the library names, else one of the country's."""
    question = asked.question
    mentions = find_places(question)
    names = {mention.name for mention in mentions}
    if len(names) != 1 or find_numbers(question) or _brings_figures(question) or not _timeless(question):
        return
    if persons(question):
        return
    [name] = names
    rank = next((mention.rank for mention in mentions if mention.rank), Rank.PROVINCE)
    ranks = gazetteer().ranks
    near = [one for one in known.places if rank in ranks.get(one, ())]
    far = [one for one in sorted(ranks) if rank in ranks[one] and one not in known.places]
    rng.shuffle(near)
    rng.shuffle(far)
    order = [*near[:_TRIES], *far] if rng.random() < 0.5 else [*far[:_TRIES], *near]
    for other in order[:_TRIES]:
        if _whole(other) == _whole(name) or other == name:
            continue
        twin = question
        for mention in reversed(mentions):
            twin = f"{twin[: mention.start]}{other}{twin[mention.end :]}"
        if name not in twin:
            yield twin, other


def _timeless(question: str) -> bool:
    return _NOW.search(question) is None


def _whole(name: str) -> str:
    """The province of today that a place belongs to."""
    return FORMER_PROVINCES.get(name, name)


def _dated(asked: Asked, known: Known, rng: random.Random) -> Iterator[tuple[str, str]]:
    """The same in another year."""
    question = asked.question
    years = list(_YEAR.finditer(question))
    if len(years) != 1 or _SPAN_OF_YEARS.search(question) or find_numbers(question):
        return
    if _brings_figures(question) or not _timeless(question):
        return
    old = years[0]["year"]
    if not _AS_OF.search(question[: years[0].start()]):
        return
    if not find_places(question):
        if old in short_title(asked.line.document):
            return
        question = f"{frame(asked.line, 'vi', text=question)} {lowered(question)}"
    at = question.rindex(old)
    issued = asked.line.document.issued_on
    newest = issued.year if issued else int(old)
    for off in rng.sample(_YEARS_OFF, len(_YEARS_OFF)):
        if int(old) + off > newest:
            continue  # that nothing is said of a later year needs no library
        year = str(int(old) + off)
        yield f"{question[:at]}{year}{question[at + 4 :]}", year
