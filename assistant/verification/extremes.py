"""Superlatives beside a figure: the highest must be the highest of those that stand with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.types import Difference, DifferenceKind
from assistant.unmarked import Pattern
from assistant.verification.analysis import Analysis
from assistant.verification.figures import Figure
from assistant.verification.matching import Match
from assistant.verification.sameness import Found

_MOST: Final = Pattern(r"(?<!\w)(?:cao nhất|lớn nhất|đông nhất|highest|largest|greatest|biggest)(?!\w)")
_LEAST: Final = Pattern(r"(?<!\w)(?:thấp nhất|nhỏ nhất|lowest|smallest)(?!\w)")
_IS: Final = Pattern(r"\s+(?:là|is|being)(?!\w)")
#: Characters within which a figure stands behind a superlative that ranks it.
_NEAR: Final = 60
#: Characters around a figure within which others of its sort stand with it.
_WITH: Final = 400


def extreme_differences(analysis: Analysis, matches: Sequence[Match]) -> list[Difference]:
    """Figures called the highest or lowest of which what is cited has a higher or lower one beside them.

    Where the passage itself says so in words, those are compared elsewhere.
    """
    found = []
    for pattern, sign in ((_MOST, 1), (_LEAST, -1)):
        for said in pattern.finditer(analysis.text):
            match = min(
                (m for m in matches if isinstance(m.item.value, Figure) and m.best is not None),
                key=lambda m: abs(m.item.start - said.start()),
                default=None,
            )
            if match is None or match.best is None or _said_there(match.best):
                continue
            if _names_one(analysis, said.end()):
                continue
            beyond = _beyond(match.best, sign)
            if beyond is not None:
                found.append(Difference(DifferenceKind.DIRECTION, said.group(), beyond))
    return found


def _names_one(analysis: Analysis, end: int) -> bool:
    """What follows a superlative is named in words: "ba mức, cao nhất là giải tán" ranks no figures."""
    if _IS.match(analysis.text[end:]) is None:
        return False
    return not any(
        isinstance(item.value, Figure) and end <= item.start < end + _NEAR for item in analysis.items
    )


def _said_there(found: Found) -> bool:
    text = found.source.analysis.text
    start, end = found.source.spans[found.source.sentence_of(found.item.start)]
    return any(pattern.search(text[start:end]) for pattern in (_MOST, _LEAST))


def _beyond(found: Found, sign: int) -> str | None:
    """The figure that goes beyond the one found, of those that stand with it and are shares if it is one."""
    own = found.item.value
    assert isinstance(own, Figure)
    for item in found.source.analysis.items:
        other = item.value
        if (
            not isinstance(other, Figure)
            or other.percent != own.percent
            or abs(item.start - found.item.start) > _WITH
        ):
            continue
        if _column(found, item.start) != _column(found, found.item.start) or _TOTAL.match(
            _row(found, item.start)
        ):
            continue
        if (other.values[0] - own.values[0]) * sign > 0:
            return item.text
    return None


_TOTAL: Final = Pattern(r"\s*(?:tổng cộng|tổng số|tổng|cộng|toàn tỉnh|total)(?!\w)")


def _row(found: Found, offset: int) -> str:
    """The line of a source, up to its end."""
    text = found.source.analysis.text
    end = text.find("\n", offset)
    return text[text.rfind("\n", 0, offset) + 1 : end if end >= 0 else len(text)]


def _column(found: Found, offset: int) -> int:
    """The column of a table in which a character stands; 0 outside of tables."""
    text = found.source.analysis.text
    return text.count("|", text.rfind("\n", 0, offset) + 1, offset)
