"""Figures that stand in a passage, but count something else there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.phrases import words
from assistant.types import Difference, DifferenceKind
from assistant.verification.analysis import Analysis, Item, Sort
from assistant.verification.counted import alike, counted, counted_in, group_of
from assistant.verification.figures import Figure
from assistant.verification.landmarks import Weights, landmarks, likeness
from assistant.verification.matching import Match
from assistant.verification.sources import Source, column_words, first_column

_WHAT = re.compile(r"\s*(?:nội dung|chỉ tiêu|tiêu chí|số liệu|hạng mục|mục)?\s*$", re.IGNORECASE)
#: A figure may stand in several places; those that fit nearly as well as the best are looked at too.
_AS_LIKELY = 0.12
#: Between two figures of which the second is named with what both count.
_ON_TO = re.compile(r"\s+(?:lên|xuống|đến|tới|còn|và|hoặc|hay|-|–)\s+(?:đến |tới |còn )?(?=\d)")
_BEHIND = re.compile(r"[ \t\u00a0]*([^\W\d_]+2?(?:[ -][^\W\d_]+2?){0,3})")


def unit_differences(
    analysis: Analysis, matches: Sequence[Match], sources: Sequence[Source], rarity: Weights
) -> list[Difference]:
    """The figures of a sentence that count another thing in all places where they are found."""
    found = []
    for match in matches:
        figure = match.item.value
        if not isinstance(figure, Figure) or match.best is None or figure.percent:
            continue
        mine = counted(analysis, match.item.end)
        if not mine:
            continue
        around = landmarks(analysis, match.item)
        places = [
            (source, item)
            for source in sources
            for index, item in enumerate(source.analysis.items)
            if isinstance(item.value, Figure)
            and (figure.equals(item.value) or figure.approximates(item.value))
            and likeness(around, source.contexts[index], rarity) >= match.best.like - _AS_LIKELY
        ]
        if not any(_counts(mine, source, item) for source, item in places):
            said = _with_unit(analysis, match.item)
            found.append(
                Difference(DifferenceKind.UNIT, said, _with_unit(match.best.source.analysis, match.best.item))
            )
    return found


def _counts(mine: tuple[str, ...], source: Source, item: Item) -> bool:
    """Whether the figure ``item`` of a passage may count one of ``mine``."""
    theirs = counted(source.analysis, item.end)
    line = _line(source, item)
    near = f" {' '.join(words(line))} "
    if not theirs:
        return _counts_unsaid(mine, source, item, near)
    if any(group_of(head) == "generic" for head in theirs) and not set(mine) & set(theirs):
        # "có 209 người được kết nạp": the passage says elsewhere who they are.
        people = [head for head in mine if group_of(head) in ("people", "generic")]
        return any(
            f" {head} " in near or f" {head} " in source.phrases or group_of(head) == "generic"
            for head in people
        )
    return alike(mine, theirs)


def _counts_unsaid(mine: tuple[str, ...], source: Source, item: Item, near: str) -> bool:
    """Nothing known to be counted stands behind the figure, but before it, in the heading or in the table."""
    line = _line(source, item)
    if "|" in line:
        return _column_counts(mine, source, item)
    following = _BEHIND.match(source.analysis.text, item.end)
    beyond = _ON_TO.match(source.analysis.text, item.end)
    other = next((one for one in source.analysis.items if beyond and one.start == beyond.end()), None)
    if other is not None and isinstance(other.value, Figure):
        return alike(mine, counted(source.analysis, other.end))  # "từ 34 lên 41 đảng viên"
    if following is not None:
        own = " ".join(words(following[1])[:2])
        if any(head in own or own.startswith(head) for head in mine):
            return True
        begin = source.spans[source.sentence_of(item.start)][0] if source.spans else 0
        before = f" {' '.join(words(source.analysis.text[begin : item.start]))} "
        return any(f" {head} " in before and group_of(head) != "time" for head in mine)
    return any(
        f" {head} " in near or f" {head} " in source.phrases or group_of(head) == "generic" for head in mine
    )


def _column_counts(mine: tuple[str, ...], source: Source, item: Item) -> bool:
    """Whether the column in which a figure of a table stands is of one of ``mine``."""
    # Under "Nội dung" a row's label says what it counts; under "Chi bộ" it is a name.
    counts = _WHAT.match(first_column(source)) is not None
    label = counted_in(" ".join(words(_line(source, item).split("|")[0]))) if counts else None
    if label is not None and alike(mine, (label,)):
        return True
    name = f" {' '.join(column_words(source, item))} "
    if name.isspace():
        return True
    if any(f" {head} " in name or head in name.split() for head in mine):
        return True
    people = any(group_of(head) in ("people", "generic") for head in mine)
    return people and counted_in(name) is None and (label is None or group_of(label) in ("people", "generic"))


def _line(source: Source, item: Item) -> str:
    if not source.spans:
        return source.analysis.text
    start, end = source.spans[source.sentence_of(item.start)]
    return source.analysis.text[start:end]


def _with_unit(analysis: Analysis, item: Item) -> str:
    following = _BEHIND.match(analysis.text, item.end)
    behind = " ".join(following[1].split()[:2]) if following and item.sort is Sort.FIGURE else ""
    return f"{item.text} {behind}".strip()
