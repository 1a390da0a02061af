"""Whose office, and which unit of a name: the secretary of which committee, the province or its capital."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.phrases import fold, words
from assistant.types import Difference, DifferenceKind
from assistant.verification.analysis import Analysis, Item, Sort
from assistant.verification.matching import Match
from assistant.verification.names import Name
from assistant.verification.sources import Source

#: From so much in common on, a sentence that names the other unit is the one meant.
_MEANT: Final = 0.45
_OF: Final = re.compile(r"\s*(?:của|of(?: the)?)?\s*(?:[^\W\d_]+ [^\W\d_]+ )?")


def _held(analysis: Analysis) -> list[tuple[Item, Item]]:
    """Offices with the body named right behind them."""
    bodies = [item for item in analysis.items if item.sort is Sort.BODY]
    found = []
    for office in (item for item in analysis.items if item.sort is Sort.OFFICE):
        body = next((body for body in bodies if body.start >= office.end), None)
        if body is not None and _OF.fullmatch(analysis.text[office.end : body.start]):
            found.append((office, body))
    return found


def office_differences(analysis: Analysis, sources: Sequence[Source]) -> list[Difference]:
    """Offices that what is cited names only as those of other bodies."""
    cited = [(office, body, source) for source in sources for office, body in _held(source.analysis)]
    found = []
    for office, body in _held(analysis):
        same = [(their, source, there) for there, their, source in cited if _value(there) == _value(office)]
        if same and not any(_value(their) == _value(body) for their, _, _ in same):
            _, source, there = same[0]
            end = same[0][0].end
            said = analysis.text[office.start : body.end]
            found.append(Difference(DifferenceKind.NAME, said, source.analysis.text[there.start : end]))
    return found


def _value(item: Item) -> str:
    return item.value.value if isinstance(item.value, Name) else ""


def rank_differences(matches: Sequence[Match], bearing: Sequence[tuple[Source, int]]) -> list[Difference]:
    """Places of the other rank than the one a document is about, named in it only to be told apart."""
    near = {(id(source), at) for source, at in bearing}
    found = []
    for match in matches:
        name = match.item.value
        if not isinstance(name, Name) or not name.rank or match.best is None:
            continue
        source = match.best.source
        about = source.document.province or ""
        same = fold(" ".join(words(about))).endswith(f" {fold(name.value)}")
        if same and not about.startswith(name.rank):
            place = (id(source), source.sentence_of(match.best.item.start))
            if place not in near and match.best.like < _MEANT:
                found.append(Difference(DifferenceKind.PLACE, match.item.text, about))
    return found
