"""Which document replaces which: "A thay thế B" is not "B thay thế A"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.types import Difference, DifferenceKind
from assistant.unmarked import Pattern
from assistant.verification.analysis import Analysis, Item, Sort
from assistant.verification.references import Reference
from assistant.verification.sources import Source

_VERB: Final = Pattern(
    r"(?<!\w)(?:thay thế|thay cho|bãi bỏ|hủy bỏ)(?!\w)|\b(?:replac\w+|supersed\w+|repeal\w+)\b"
)
_PASSIVE_BEFORE: Final = Pattern(r"(?:được|bị|was|were|been|is|be|being)(?: [^.;]{0,60})?\s*$")
_PASSIVE_AFTER: Final = Pattern(r"\s*(?:bởi|bằng|by)(?!\w)")
Pair = tuple[str, str]


def replacements(analysis: Analysis) -> list[tuple[Pair, int, int]]:
    """Pairs (new, old) of documents of which the one replaces the other, with the span that says so."""
    documents = [item for item in analysis.items if item.sort is Sort.DOCUMENT]
    found = []
    for verb in _VERB.finditer(analysis.text):
        before = [
            item
            for item in documents
            if item.end <= verb.start() and not _ends(analysis.text, item.end, verb.start())
        ]
        after = [
            item
            for item in documents
            if item.start >= verb.end() and not _ends(analysis.text, verb.end(), item.start)
        ]
        passive_after = _PASSIVE_AFTER.match(analysis.text[verb.end() :]) is not None
        between = analysis.text[before[-1].end : verb.start()] if before else ""
        if (len(before) >= 2 and not after) or (
            len(before) >= 2 and _PASSIVE_BEFORE.search(_gap(analysis, before))
        ):
            # "29 đã được 24 thay thế"
            if _PASSIVE_BEFORE.search(_gap(analysis, before)):
                found.append(((_key(before[-1]), _key(before[-2])), before[-2].start, verb.end()))
            continue
        if before and after:
            pair = (_key(before[-1]), _key(after[0]))
            if passive_after or re.search(
                r"(?<!\w)(?:được|bị|was|were|been|is|being)\s+(?:\w+\s+)?$", between
            ):
                pair = (pair[1], pair[0])
            found.append((pair, before[-1].start, after[0].end))
    return found


def _gap(analysis: Analysis, before: list[Item]) -> str:
    return analysis.text[before[-2].end : before[-1].start]


def _ends(text: str, start: int, end: int) -> bool:
    return re.search(r"(?<!No)[.;\n]\s", text[start:end]) is not None


def _key(item: Item) -> str:
    assert isinstance(item.value, Reference)
    return item.value.number


def settled(analysis: Analysis, sources: Sequence[Source]) -> frozenset[frozenset[str]]:
    """The pairs of documents of which a sentence and what it cites say alike which replaces which."""
    cited = {pair for source in sources for pair, _, _ in replacements(source.analysis)}
    return frozenset(frozenset(pair) for pair, _, _ in replacements(analysis) if pair in cited)


def replacing_differences(analysis: Analysis, sources: Sequence[Source]) -> list[Difference]:
    """Replacements that what is cited has the other way round."""
    mine = replacements(analysis)
    if not mine:
        return []
    cited = {
        pair: (source, start, end) for source in sources for pair, start, end in replacements(source.analysis)
    }
    found = []
    for (new, old), start, end in mine:
        if (new, old) not in cited and (old, new) in cited:
            source, begin, stop = cited[old, new]
            found.append(
                Difference(
                    DifferenceKind.DIRECTION, analysis.text[start:end], source.analysis.text[begin:stop]
                )
            )
    return found
