"""Choosing the sentences that answer: the best first, then what belongs to it, within a length.

A reader wants the fact in the first line and no more than is needed. Questions for one fact get
the best sentence and those nearly as good; questions for a list, a reason or a way of doing get
the sentences that stand with the best one: under the same heading, or going on after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.candidates import Candidate
from assistant.clauses import Worth, shortened
from assistant.evidence import STRICT, heading_gives
from assistant.lists import announces, listing_at
from assistant.phrases import Phrases
from assistant.quantities import figures
from assistant.reading import Reading
from assistant.scoring import Scored, heading_share, quotable
from assistant.wanted import Wanted
from ingest.types import Passage
from ingest.units import ITEM, outlined

_RUNS_ON = frozenset({Wanted.LIST, Wanted.WHY, Wanted.HOW, Wanted.ABOUT, Wanted.DEFINITION})
_LISTS = frozenset({Wanted.LIST, Wanted.WHY, Wanted.HOW})
_GOES_ON = re.compile(
    r"^\s*(?:[-+•*–]|\d+[.)]|[a-zđ][.)]|một số|ngoài ra|bên cạnh|đồng thời|thêm vào đó|cùng với|một bộ phận"
    r"|mặt khác|họ|hai việc|tên gọi|(?:thứ|một|hai|ba|bốn|năm) (?:nhất|hai|ba|tư|là)|cụ thể|trong đó|tiếp tục"
    r"|tăng cường|vì vậy|do vậy|do đó|theo đó|cần)",
    re.IGNORECASE,
)
#: How a sentence begins that draws the conclusion from the one before.
_CONCLUDES = re.compile(
    r"\W*(?:vì vậy|vì thế|do vậy|do đó|do thế|bởi vậy|chính vì (?:vậy|thế)|từ đó|điều (?:này|đó)|vậy nên|cho nên|nhờ (?:vậy|đó|thế))\b",
    re.IGNORECASE,
)
_HEADING_MATTERS = 0.2
#: A sentence that opens an account of several things, which its paragraph goes on with.
_OPENS = re.compile(
    r"\b(?:một số|những|các|nhiều|sau đây|hai|ba|bốn|năm) (?:[^\W\d_]+ ){1,8}?(?:sau|đó là|như)?:"
    r"|\b(?:thứ nhất|một là|trước hết)\b",
    re.IGNORECASE,
)
#: A list of more items than this is a document of its own; the items that answer are quoted alone.
_LONGEST_LIST = 14
_WITH_ALL = 1.5
#: An answer of so many words needs not be shown with its question.
_SPEAKS_FOR_ITSELF = 15
#: More words than this under one heading are about more than what is asked.
_ONE_SUBJECT = 300

Span = tuple[int, int]
#: (document id, offset) → the passage that holds it.
PassageAt = Callable[[str, int], Passage | None]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an answer may be.

    Attributes:
        words: in all quotes together. Beyond it go only a first quote that is longer, a list, which is
            never broken off, and what goes on with the best sentence: that may be half as long again.
        statements: number of quotes; a list, its lead and all its items, counts as one.
        margin: how far below the best score another quote may lie, as a share of the best.
    """

    words: int = 120
    statements: int = 6
    margin: float = 0.4


@dataclass(frozen=True, slots=True)
class Quote:
    """A span to quote: a candidate sentence, whole or less what only leads up or adds to it.

    Attributes:
        lead: a span shown before it, without which it would not be understood: the question that it
            answers, or the sentence that announces the list it is an item of.
    """

    entry: Scored
    start: int
    end: int
    lead: Span | None = None

    @property
    def candidate(self) -> Candidate:
        return self.entry.candidate

    @property
    def words(self) -> int:
        text = self.candidate.document.text
        spans = [(self.start, self.end), *([self.lead] if self.lead else [])]
        return sum(len(text[start:end].split()) for start, end in spans)


#: What is aimed at is told in figures.
_AIM = re.compile(r"\b(?:chỉ tiêu|targets?|quotas?)\b", re.IGNORECASE)


def choose(
    reading: Reading,
    scored: Sequence[Scored],
    limits: Limits | None = None,
    *,
    worth: Worth | None = None,
    passage_at: PassageAt | None = None,
) -> list[Quote]:
    """The spans to quote, those of the best sentence's document first.

    Args:
        scored: admissible candidates, best first.
        worth: how much a text says of what was asked; without it, long sentences stay whole.
        passage_at: gives the passage of an offset, so that a list comes whole even where retrieval found
            only some of its passages.
    """
    limits = limits or Limits()
    useful = [entry for entry in scored if quotable(reading, entry.candidate)]
    if not useful:
        return []
    # Where figures are asked for, none of those in a sentence is left out of its quote.
    counting = bool({Wanted.COUNT, Wanted.PERCENT}.intersection(reading.wanted) or _AIM.search(reading.text))
    single = any(kind in STRICT for kind in reading.wanted)
    runs_on = not single and any(kind in _RUNS_ON for kind in reading.wanted)
    best = useful[0]
    if best.candidate.numbers.intersection(reading.numbers):  # the others speak of other documents
        useful = [entry for entry in useful if _of_numbers(entry.candidate, reading.numbers)]
    if _of_years(best.candidate, reading.years):  # another document's figures may be those of other years
        own = best.candidate.document.id
        useful = [
            e for e in useful if e.candidate.document.id == own or _of_years(e.candidate, reading.years)
        ]
    lists = not single and any(kind in _LISTS for kind in reading.wanted)
    chosen = _listing(best, passage_at) if lists or announces(best.candidate.text) else []
    if Wanted.LIST not in reading.wanted and sum(quote.words for quote in chosen) > limits.words * _WITH_ALL:
        chosen = [
            quote for quote in chosen if _holds(quote, best.candidate)
        ]  # one item of a long list answers
    listed = bool(chosen)
    used = sum(quote.words for quote in chosen)
    order = _together(reading, best, useful) if runs_on else [best]
    if sum(len(entry.candidate.text.split()) for entry in order) > limits.words:
        order.sort(key=lambda entry: (entry is not best, -entry.score))
    # What goes on with the best sentence belongs to it: with that, an answer may be half as long again.
    together = {id(entry) for entry in order}
    floor = best.score - limits.margin * max(best.score, 1.0)
    order += [entry for entry in useful if entry.score >= floor and entry not in order]
    first = list(chosen)
    room = limits.statements + max(0, len(chosen) - 1)
    for entry in order:
        if len(chosen) >= room or (listed and used >= limits.words):
            break
        if any(_alike(entry, quote.entry) for quote in chosen):
            continue
        most = limits.words * _WITH_ALL if runs_on and id(entry) in together else limits.words
        quote = _fitting(entry, int(most) - used if chosen else None, worth, counting=counting)
        if quote is not None:
            chosen.append(quote)
            used += quote.words
            if id(entry) in together:
                first.append(quote)
    return _grouped(chosen, first)


def _holds(quote: Quote, candidate: Candidate) -> bool:
    return quote.start <= candidate.start and candidate.end <= quote.end


def _fitting(entry: Scored, room: int | None, worth: Worth | None, *, counting: bool) -> Quote | None:
    """A quote of the sentence, in at most ``room`` words (any length for ``None``); ``None`` if none fits."""
    candidate = entry.candidate
    whole = Quote(entry, candidate.start, candidate.end, _question(candidate))
    if worth is None:
        return whole if room is None or whole.words <= room else None
    start, end = shortened(
        candidate.document.text,
        (candidate.start, candidate.end),
        worth,
        _has_figures if counting else _needs_nothing,
    )
    for lead in dict.fromkeys((whole.lead, None)):
        quote = Quote(entry, start, end, lead)
        if room is None or quote.words <= room:
            return quote
    return None


def _has_figures(text: str) -> bool:
    return bool(figures(text))


def _needs_nothing(_: str) -> bool:
    return False


def _of_numbers(candidate: Candidate, numbers: Sequence[str]) -> bool:
    """Whether a sentence names one of the document numbers, or stands in a document of that number."""
    return bool((candidate.numbers | candidate.document_numbers | candidate.lead_numbers) & set(numbers))


def _of_years(candidate: Candidate, years: Sequence[str]) -> bool:
    """Whether a sentence, what stands beside and over it, or its document is of one of the years."""
    said = (candidate.own, candidate.near, candidate.lead, candidate.context)
    return any(text.has(year) for year in years for text in said)


def _question(candidate: Candidate) -> Span | None:
    """The question a short answer is not understood without; a long one speaks for itself."""
    return candidate.question if len(candidate.text.split()) < _SPEAKS_FOR_ITSELF else None


def _listing(best: Scored, passage_at: PassageAt | None) -> list[Quote]:
    """The list that the best sentence announces or is an item of, whole; empty where it is neither."""
    candidate = best.candidate
    document = candidate.document
    outline = outlined(document.text)
    listing = listing_at(document.text, outline.blocks, max(0, outline.position(candidate.start)))
    if listing is None or len(listing.items) > _LONGEST_LIST:
        return []
    spans = ([listing.lead] if listing.lead else []) + list(listing.items)
    quotes = []
    for start, end in spans:
        passage = candidate.passage
        if not passage.start <= start < passage.end:
            found = passage_at(document.id, start) if passage_at else None
            if found is None:
                return []
            passage = found
        text = document.text[start:end]
        item = replace(
            candidate, passage=passage, start=start, end=end, sentence=(start, end), own=Phrases.of(text)
        )
        quotes.append(Quote(replace(best, candidate=item), start, end))
    return quotes


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
        under = [entry for entry in same if entry.candidate.heading[:depth] == heading]
        if sum(len(entry.candidate.text.split()) for entry in under) <= _ONE_SUBJECT:
            return under
    together = [best]
    if Wanted.WHY in reading.wanted and _CONCLUDES.match(candidate.text):
        together = [*_before(best, same), best]
    opens = _OPENS.search(candidate.text) is not None
    for entry in same[same.index(best) + 1 :]:
        between = candidate.document.text[together[-1].candidate.end : entry.candidate.start]
        if not (_goes_on(together[-1].candidate, entry.candidate) or (opens and not between.strip(" ;"))):
            break
        together.append(entry)
    return together


def _before(best: Scored, same: Sequence[Scored]) -> list[Scored]:
    """The sentence right before the best one, in its paragraph: the reason of which that is the conclusion."""
    at = same.index(best)
    if at == 0:
        return []
    candidate, previous = best.candidate, same[at - 1].candidate
    between = candidate.document.text[previous.end : candidate.start]
    return [] if "\n" in between or between.strip() else [same[at - 1]]


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
    """Near-duplicates: the same sentence in another document, or a teaser of it; not two parts of one."""
    one, other = left.candidate, right.candidate
    if one.document.id == other.document.id:
        if one.start < other.end and other.start < one.end:
            return True
        if one.sentence == other.sentence:
            return False
    a, b = set(left.candidate.own.exact.split()), set(right.candidate.own.exact.split())
    return len(a & b) >= 0.8 * min(len(a), len(b))


def _grouped(chosen: Sequence[Quote], first: Sequence[Quote]) -> list[Quote]:
    """What belongs together first, as read; then the others, those of one document together, as chosen."""
    order: dict[str, int] = {}
    for quote in (*first, *chosen):
        order.setdefault(quote.candidate.document.id, len(order))
    rank = {id(quote): position for position, quote in enumerate(chosen)}
    belongs = {id(quote) for quote in first}

    def place(quote: Quote) -> tuple[int, bool, int]:
        together = id(quote) in belongs
        return (
            order[quote.candidate.document.id],
            not together,
            quote.start if together else rank[id(quote)],
        )

    return sorted(chosen, key=place)
