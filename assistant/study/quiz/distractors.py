"""Wrong answers that look right: other facts of the library, of the same kind and magnitude, that no document
states of what is asked.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.phrases import UPPER, words
from assistant.study.asking import Asked
from assistant.study.facts import Fact, FactKind
from assistant.study.gather import Line
from assistant.study.quiz.said import Said, content, has, line_words
from assistant.study.quiz.wording import raised
from assistant.study.references import references
from assistant.study.types import Option
from ingest.numbers import kind_code

#: A line that shares so much of what is asked may speak of the same thing: nothing in it is a distractor.
SAME_THING = 0.5
_SENTENCES = frozenset({FactKind.SUBJECT, FactKind.ROLE, FactKind.FREQUENCY})
_FROM_BEST, _FARTHER = 7, 0.4
_MOST_DECADES = 1.0
_MOST_DECADES_OF_TIME = 0.8
_DAYS = {"ngày": 1, "tuần": 7, "tháng": 30, "năm": 365}
_HIGHER = frozenset({"central", "congress", "committee"})
_SMALL = "không một hai ba bốn năm sáu bảy tám chín mười".split()
_TENS = {
    value: f"mười {word}"
    for value, word in zip(range(11, 20), "một hai ba bốn lăm sáu bảy tám chín".split(), strict=True)
}
_PLACE = re.compile(
    rf"(?: (?:[Cc]ác cơ quan và [Dd]oanh nghiệp|CCQ&DN|[Dd]oanh nghiệp)(?: \(CCQ&DN\))?)?(?: (?:tỉnh|thành phố))?(?: [{UPPER}]\w+ [{UPPER}]\w+)?$"
)
_TERM = re.compile(r" khóa [IVX]+$")
_ONLY_LEVEL = re.compile(r"Đảng bộ|Đảng ủy")
_PEOPLE = re.compile(r"đảng viên|người|đồng chí|quần chúng|học viên|đoàn viên|bí thư")
_BODIES = re.compile(r"chi bộ|đảng bộ|tổ chức|đơn vị|thôn|bản|trường|nơi|huyện|xã")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer: ``text`` as shown, ``fact`` as ``line`` has it."""

    text: str
    fact: Fact
    line: Line

    def option(self) -> Option:
        """As a choice, with where it comes from."""
        cited = self.line.cite(self.line.start + self.fact.start, self.line.start + self.fact.end)
        return Option(self.text, False, cited)


def wrong_answers(asked: Asked, said: Said, rng: random.Random, count: int) -> list[Wrong]:
    """Up to ``count`` wrong answers, the most plausible first; fewer where the library has no more."""
    topic = _topic(asked)
    by_text: dict[str, tuple[float, Wrong]] = {}
    for line, fact in _others(asked, said):
        rank = _distance(asked.fact, fact)
        shown = shown_as(fact, asked)
        if rank is None or not shown or _is_key(asked, fact, shown):
            continue
        key = " ".join(words(shown))
        if key not in by_text or rank < by_text[key][0]:
            by_text[key] = (rank, Wrong(shown, fact, line))
    ranked = sorted(by_text.values(), key=lambda entry: (entry[0], entry[1].text))
    kept: list[Wrong] = []
    last = 0.0
    for rank, wrong in ranked:
        if len(kept) == max(_FROM_BEST, count) or (len(kept) >= count and rank > last + _FARTHER):
            break
        if not stated_of(topic, wrong.text, said, asked.claim):
            kept.append(wrong)
            last = rank if len(kept) <= count else last
    chosen = kept if len(kept) <= count else rng.sample(kept, count)
    return [wrong for wrong in kept if wrong in chosen]


def _topic(asked: Asked) -> frozenset[str]:
    """What is asked about; of what a thing is held to be, the thing alone."""
    if asked.fact.kind is FactKind.ROLE:
        thing = re.search(r"(?:coi|xác định|xem)\s(.+?)\slà\s*$", asked.claim[: asked.start], re.IGNORECASE)
        return content(thing.group(1) if thing else asked.claim[: asked.start])
    return content(asked.told(" "))


def _others(asked: Asked, said: Said) -> Iterator[tuple[Line, Fact]]:
    if asked.fact.kind in (FactKind.SUBJECT, FactKind.REPLACED):
        for line in said.near(asked.claim):
            for reference in references(line):
                if asked.fact.kind is FactKind.SUBJECT and reference.about:
                    yield (
                        line,
                        _span_fact(line, reference.about, reference.said(reference.about), FactKind.SUBJECT),
                    )
                elif asked.fact.kind is FactKind.REPLACED:
                    named = reference.said(reference.named)
                    if reference.kind.lower() == asked.fact.unit:
                        yield line, _span_fact(line, reference.named, named, FactKind.REPLACED)
        return
    for stated in said.stated(asked.fact.kind, asked.claim):
        if not stated.fact.text.lower().startswith("các "):
            yield stated.line, stated.fact


def _span_fact(line: Line, span: tuple[int, int], text: str, kind: FactKind) -> Fact:
    return Fact(kind, span[0] - line.start, span[1] - line.start, text, text.lower())


def shown_as(fact: Fact, asked: Asked) -> str:
    """A fact as a choice beside the key: figures in the way that the key is written."""
    key = asked.fact
    text = " ".join(fact.text.split())
    if fact.kind is FactKind.DATE and ("/" in key.text) != ("/" in text):
        return fact.value if "/" in key.text else ""
    if fact.kind in (FactKind.COUNT, FactKind.DURATION):
        text = _alike(fact, key)
    if fact.kind is FactKind.DURATION and text:
        return f"{text} {fact.unit}"
    if fact.kind is FactKind.BODY:
        return body_shown(text)
    return raised(text) if fact.kind in _SENTENCES else text


def body_shown(name: str) -> str:
    """A body without its place, which the title of its document would give away: "Tỉnh ủy Bắc Ninh" → "Tỉnh ủy"."""
    bare = _PLACE.sub("", _TERM.sub("", name))
    return raised(bare if bare and not _ONLY_LEVEL.fullmatch(bare) else name)


def _alike(fact: Fact, key: Fact) -> str:
    """A figure in letters where the key is, else in digits; "" where it cannot be written so."""
    spelt = not any(char.isdigit() for char in key.text)
    own_spelt = not any(char.isdigit() for char in fact.text)
    if spelt and fact.size == 1:
        return ""  # "một" is an article as well
    if spelt == own_spelt:
        return " ".join(fact.text.split()).lower()
    if fact.bounded or not fact.size.is_integer() or not 1 < fact.size < 20:
        return ""
    value = int(fact.size)
    if not spelt:
        return str(value)
    return _SMALL[value] if value <= 10 else _TENS[value]


def shown_key(asked: Asked) -> str:
    """The key as a choice."""
    text = asked.key
    if asked.fact.kind is FactKind.BODY:
        return body_shown(text)
    if asked.fact.kind in _SENTENCES:
        return raised(text)
    return text[:1].lower() + text[1:] if asked.fact.kind in (FactKind.COUNT, FactKind.DURATION) else text


def _is_key(asked: Asked, fact: Fact, shown: str) -> bool:
    """The fact is the key, or stands in the question or its quote, or is the same thing by another name."""
    if fact.value == asked.fact.value or has(asked.claim, shown) or has(asked.line.text, shown):
        return True
    sentence = asked.line.document.text[slice(*asked.line.sentence)]
    if shown.lower() in " ".join(sentence.lower().split()):
        return True  # within a longer figure, which a reader may take it for
    own, other = set(words(shown_key(asked))), set(words(shown))
    return fact.kind in (FactKind.BODY, FactKind.PERSON, FactKind.SUBJECT, FactKind.ROLE) and (
        own <= other or other <= own
    )


def _distance(key: Fact, other: Fact) -> float | None:
    """How unlike two facts are, 0 for the same unit and size; ``None`` where nobody would mistake them."""
    if key.bounded != other.bounded:
        return None  # a figure between two others is told from one alone at a glance
    if key.kind is FactKind.BODY:
        if key.unit == other.unit:
            return 0.0
        # Nobody takes a cell or a trade union for what issues directives; "đảng bộ nào" is asked of those alone.
        return 1.0 if {key.unit, other.unit} <= _HIGHER else None
    if key.kind is FactKind.DURATION:
        return _distance_in_days(key, other)
    if key.kind is FactKind.NUMBER:
        if kind_code(key.text) != kind_code(other.text):
            return None  # the question names the kind, which the code tells
        return 0.0 if key.text[-3:] == other.text[-3:] else 0.5
    if key.kind in (FactKind.DATE, FactKind.MONTH, FactKind.PERIOD):
        return abs(int(key.value[-4:]) - int(other.value[-4:])) / 10
    if key.kind is FactKind.ROLE and key.unit != other.unit:
        return None
    if key.size <= 0 or other.size <= 0:
        return 0.5
    decades = abs(math.log10(other.size) - math.log10(key.size))
    if decades > _MOST_DECADES:
        return None
    return decades + _unlike(key.unit, other.unit)


def _distance_in_days(key: Fact, other: Fact) -> float | None:
    """How unlike two spans of time are; ages and hours are compared among themselves."""
    if key.unit == other.unit:
        days, others = key.size, other.size
    elif key.unit in _DAYS and other.unit in _DAYS:
        days, others = key.size * _DAYS[key.unit], other.size * _DAYS[other.unit]
    else:
        return None
    if not days or not others:
        return None
    decades = abs(math.log10(others) - math.log10(days))
    return decades + (0.0 if key.unit == other.unit else 0.4) if decades <= _MOST_DECADES_OF_TIME else None


def _unlike(key: str, other: str) -> float:
    if key == other:
        return 0.0
    if key.split(" ")[0] == other.split(" ")[0]:
        return 0.3
    same = any(pattern.match(key) and pattern.match(other) for pattern in (_PEOPLE, _BODIES))
    return 0.6 if same else 1.5


def stated_of(topic: frozenset[str], answer: str, said: Said, near: str) -> bool:
    """Whether some line that speaks of the topic has the answer as well."""
    return any(said.overlap(topic, line_words(line)) >= SAME_THING for line in said.having(answer, near))
