"""Comparisons: one question about two things becomes one question about each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.phrases import UPPER
from assistant.places import question_places
from ingest.numbers import find_numbers

_AND = re.compile(r"\s(?:và|với|so với|hay|hoặc|and|with|versus|vs\.?|or|than)\s", re.IGNORECASE)
_OPENING = re.compile(r"^\s*(?:hãy |xin )?(?:so sánh|đối chiếu|compare)\s+(?:giữa\s+)?", re.IGNORECASE)
_DIFFER = re.compile(
    r"\s*(?:chênh (?:lệch )?(?:nhau )?(?:như )?(?:thế nào|ra sao|bao nhiêu)|khác (?:nhau|gì nhau|biệt)(?: (?:như )?thế nào| ra sao| gì)?|giống nhau[^?]*|nơi nào (?:nhiều|ít|cao|thấp) hơn|bên nào[^?]*)\s*",
    re.IGNORECASE,
)
_COMPARING = re.compile(
    r"so sánh|đối chiếu|chênh|khác|giống|hơn|so với|\bcompare|\bdiffer|\bversus\b|\bvs\b|\bmore\b|\bless\b|\bthan\b",
    re.IGNORECASE,
)
_BELONGING = re.compile(r"\b(?:của|ở|tại|giữa|cho|of|in|between|for|at)\s+", re.IGNORECASE)
_UNIT = re.compile(
    rf"(?i:\b(?:tỉnh|thành phố|huyện|xã|thị xã|thị trấn|phường|quận)) [{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{0,3}}"
)
_YEAR = re.compile(r"(?:năm |tháng \d{1,2}[/-]|in )?(?<!\d)(?:19|20)\d{2}(?!\d)", re.IGNORECASE)


def _mentions(text: str) -> Sequence[tuple[int, int]]:
    """Spans of the first sort of thing of which the text names two: places, numbers, years."""
    places = question_places(text)
    if len({(place.name, place.rank) for place in places}) >= 2:
        return [(place.start, place.end) for place in places]
    units = [match.span() for match in _UNIT.finditer(text)]
    if len(units) >= 2:
        return units
    numbers = find_numbers(text)
    if len({mention.canonical for mention in numbers}) >= 2:
        return [(mention.start, mention.end) for mention in numbers]
    years = [match.span() for match in _YEAR.finditer(text)]
    return years if len(years) >= 2 else ()


def sides(question: str) -> tuple[str, ...]:
    """One question for each thing compared; empty when the question compares nothing.

    "So sánh A của X và Y" → "A của X", "A của Y". The two things must be places, document
    numbers or years that a conjunction joins.
    """
    text = _DIFFER.sub(" ", _OPENING.sub("", question)).strip()
    spans = _mentions(text)
    if not _COMPARING.search(question) and len(spans) != 2:
        return ()  # two names joined in passing, beside a third that the question is about
    for first, second in pairwise(spans):
        between = text[first[1] : second[0]]
        joint = _AND.search(f" {between} ")
        if joint is None:
            continue
        cut = first[1] + max(0, joint.start() - 1)
        resume = first[1] + min(len(between), max(0, joint.end() - 1))
        heads = [match.end() for match in _BELONGING.finditer(text, 0, first[0])]
        head = heads[-1] if heads else first[0]
        own_noun = text[resume : second[0]]
        if own_noun.strip() and text[: first[0]].endswith(own_noun.lstrip()):
            head = first[0] - len(own_noun.lstrip())  # "Chỉ thị 28 … và Chỉ thị 05 …": each has its noun
        tail = text[second[1] :]
        if _YEAR.fullmatch(text[first[0] : first[1]]):
            head = first[0]
        # What follows the second belongs to both, unless the first has a period of its own.
        first_tail = "" if re.search(r"\d", text[first[1] : cut]) and re.search(r"\d", tail) else tail
        return (
            f"{text[:head]}{text[head:cut].strip()}{first_tail}",
            f"{text[:head]}{text[resume : second[1]].strip()}{tail}",
        )
    return ()
