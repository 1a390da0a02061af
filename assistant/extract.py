"""Choosing the sentences that answer: the best first, then what belongs to it, within a length.

A reader wants the fact in the first line and no more than is needed. Questions for one fact get
the best sentence and those nearly as good; questions for a list, a reason or a way of doing get
the sentences that stand with the best one: under the same heading, or going on after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.candidates import ITEM, Candidate
from assistant.evidence import heading_gives
from assistant.reading import Reading
from assistant.scoring import Scored, heading_share
from assistant.wanted import Wanted

_RUNS_ON = frozenset({Wanted.LIST, Wanted.WHY, Wanted.HOW, Wanted.ABOUT, Wanted.DEFINITION})
_GOES_ON = re.compile(
    r"^\s*(?:[-+•*–]|\d+[.)]|[a-zđ][.)]|một số|ngoài ra|bên cạnh|đồng thời|thêm vào đó|cùng với|một bộ phận"
    r"|mặt khác|họ|hai việc|tên gọi|(?:thứ|một|hai|ba|bốn|năm) (?:nhất|hai|ba|tư|là)|cụ thể|trong đó|tiếp tục"
    r"|tăng cường|vì vậy|do vậy|do đó|theo đó|cần)",
    re.IGNORECASE,
)
#: Where a sentence may be broken off when a list would not fit whole: before what only adds detail or
#: draws a conclusion. What stands before is complete: no negation, condition or subject is parted from its verb.
_DETAIL = re.compile(
    r",\s+(?=trong đó (?:có|chú trọng)|nhất là|đặc biệt là|do vậy|do đó|vì vậy)", re.IGNORECASE
)
_HEADING_MATTERS = 0.2


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an answer may be.

    Attributes:
        words: in all quotes together; the first quote may be longer.
        statements: number of quotes.
        margin: how far below the best score another quote may lie, as a share of the best.
    """

    words: int = 120
    statements: int = 6
    margin: float = 0.25


@dataclass(frozen=True, slots=True)
class Quote:
    """A span to quote: a candidate sentence, whole or broken off before a detail."""

    entry: Scored
    end: int

    @property
    def candidate(self) -> Candidate:
        return self.entry.candidate

    @property
    def left_out(self) -> tuple[bool, bool]:
        """Whether something of the sentence was left out before the quote, and after it."""
        start, end = self.candidate.sentence
        return self.candidate.start > start, self.end < end

    @property
    def words(self) -> int:
        return len(self.candidate.document.text[self.candidate.start : self.end].split())


def choose(reading: Reading, scored: Sequence[Scored], limits: Limits | None = None) -> list[Quote]:
    """The spans to quote, those of the best sentence's document first.

    Args:
        scored: admissible candidates, best first.
    """
    limits = limits or Limits()
    useful = [entry for entry in scored if not entry.candidate.is_label]
    if not useful:
        return []
    runs_on = any(kind in _RUNS_ON for kind in reading.wanted)
    best = useful[0]
    floor = best.score - limits.margin * max(best.score, 1.0)
    order = _together(reading, best, useful) if runs_on else _with_items(best, useful)
    crowded = sum(len(entry.candidate.text.split()) for entry in order) > limits.words
    order += [entry for entry in useful if entry.score >= floor and entry not in order]
    chosen: list[Quote] = []
    used = 0
    for entry in order:
        if len(chosen) == limits.statements:
            break
        if any(_alike(entry, other.entry) for other in chosen):
            continue
        ends = _ends(entry.candidate)
        for end in reversed(ends) if crowded else ends:
            quote = Quote(entry, end)
            if not chosen or used + quote.words <= limits.words:
                chosen.append(quote)
                used += quote.words
                break
    return _grouped(chosen, in_document_order=runs_on)


def _ends(candidate: Candidate) -> list[int]:
    """Where a quote of the sentence may end: at its end, else before a detail, the longest first."""
    cuts = [candidate.start + match.start() for match in _DETAIL.finditer(candidate.text)]
    return [candidate.end, *reversed([cut for cut in cuts if cut - candidate.start > 40])]


def _together(reading: Reading, best: Scored, useful: Sequence[Scored]) -> list[Scored]:
    """The best sentence and what stands with it, in reading order.

    Under a heading that speaks of what is asked: everything under it, from its first sentence.
    Elsewhere: the sentences after the best one that go on with it, in the same paragraph.
    """
    candidate = best.candidate
    same = sorted(
        (entry for entry in useful if entry.candidate.document.id == candidate.document.id),
        key=lambda entry: entry.candidate.start,
    )
    depth = _announcing(reading, candidate)
    if depth:
        heading = candidate.heading[:depth]
        return [entry for entry in same if entry.candidate.heading[:depth] == heading]
    together = [best]
    for entry in same[same.index(best) + 1 :]:
        if not _goes_on(together[-1].candidate, entry.candidate):
            break
        together.append(entry)
    return together


def _announcing(reading: Reading, candidate: Candidate) -> int:
    """How many headings down the one stands that speaks most of what is asked; 0 for none.

    The title of the document is none: everything stands under it.
    """
    best, depth = _HEADING_MATTERS, 0
    for level, heading in enumerate(candidate.heading, start=1):
        if level == 1 and heading.strip("# ") == candidate.document.title:
            continue
        share = heading_share(reading, heading) + heading_gives(reading.wanted, (heading,))
        if share >= best:
            best, depth = share, level
    return depth


def _with_items(best: Scored, useful: Sequence[Scored]) -> list[Scored]:
    """The best sentence, and where it announces items by a colon, those items."""
    if not best.candidate.text.rstrip().endswith(":"):
        return [best]
    same = [entry for entry in useful if entry.candidate.document.id == best.candidate.document.id]
    together = [best]
    for entry in sorted(same, key=lambda entry: entry.candidate.start):
        if entry.candidate.start > together[-1].candidate.end and _goes_on(
            together[-1].candidate, entry.candidate
        ):
            together.append(entry)
    return together


def _goes_on(before: Candidate, after: Candidate) -> bool:
    """``after`` directly follows ``before`` and continues what it says."""
    between = before.document.text[before.end : after.start]
    if between.strip(" ;\n") or between.count("\n") > 2 or before.heading[:1] != after.heading[:1]:
        return False
    if before.sentence == after.sentence or before.text.rstrip().endswith((":", ";")):
        return True
    if ITEM.match(before.text) and ITEM.match(after.text):
        return True
    return "\n" not in between and bool(_GOES_ON.match(after.text))


def _alike(left: Scored, right: Scored) -> bool:
    """Near-duplicates: the same sentence in another document, or a teaser of it."""
    a, b = set(left.candidate.own.exact.split()), set(right.candidate.own.exact.split())
    return len(a & b) >= 0.8 * min(len(a), len(b))


def _grouped(chosen: Sequence[Quote], *, in_document_order: bool) -> list[Quote]:
    """Documents in the order of their first choice; within one, as read or as chosen."""
    order: dict[str, int] = {}
    for quote in chosen:
        order.setdefault(quote.candidate.document.id, len(order))
    rank = {id(quote): position for position, quote in enumerate(chosen)}
    return sorted(
        chosen,
        key=lambda quote: (
            order[quote.candidate.document.id],
            quote.candidate.start if in_document_order else rank[id(quote)],
        ),
    )
