"""Statements as key points with their citations, whole or shortened."""

from __future__ import annotations

import re

from assistant.citations import cite
from assistant.clauses import standing
from assistant.study.marking import Identifiers
from assistant.study.sayings import Quoted, Saying, shown
from assistant.study.types import KeyPoint
from assistant.types import Citation
from ingest.sentences import clauses, sentences
from ingest.types import Document, Passage
from ingest.units import ITEM

#: What follows the cut where a line of a slide ends: something added, and no more of an enumeration.
_ADDED = re.compile(
    r"\s*(?:;|,\s*(?:trong đó|đồng thời|nhằm|góp phần|qua đó|từ đó|để|bảo đảm|gắn với|tạo|do vậy|vì vậy|do đó)\b)"
)
#: How a clause begins that says something of its own in a line below the one before it. After other commas a
#: sentence goes on, most often with an enumeration.
_BEGINS = re.compile(
    r"(?:trong đó|đồng thời|qua đó|từ đó|nhờ đó|do vậy|vì vậy|do đó|cho nên|nhưng|song|tuy nhiên)\b",
    re.IGNORECASE,
)
_PIECE = 4
#: Words of an answer that is shortened, at least.
_ANSWER = 9


def key_point(saying: Saying, ids: Identifiers, *, most: int | None = None) -> KeyPoint | None:
    """A statement as a key point, of at most ``most`` words; ``None`` where it cannot be told in so few."""
    spans = saying.spans
    text = saying.text
    if most is not None and saying.length > most:
        part = _shorter(saying, most)
        if part is None:
            return None
        text, spans = part
    citations = tuple(_cite(saying, span) for span in spans)
    return KeyPoint(ids.new("k"), text, citations, example=saying.place is not None)


def short_line(saying: Saying, most: int) -> tuple[str, Citation] | None:
    """A statement of one sentence in at most ``most`` words, cut where it may be; its place first."""
    text, last = saying.document.text, saying.spans[-1]
    inside = sentences(text, last.start, last.end)
    if len(inside) > 1 or saying.listed or saying.question:
        return None
    place = saying.place
    before = "" if place is None or place.said else f"{place.name[:1].upper()}{place.name[1:]}: "
    for begin, stop in standing(text, (last.start, last.end)):
        if stop < last.end and (not _ADDED.match(text, stop, last.end) or ":" in text[begin:stop]):
            continue
        if 3 <= len(before.split()) + len(text[begin:stop].split()) <= most:
            span = Quoted(start=begin, end=stop, sentence=last.sentence)
            return before + shown(text[begin:stop]).rstrip(".;"), _cite(saying, span)
    return None


def pieces_of(saying: Saying, most: int, lines: int, *, parted: bool = False) -> list[tuple[str, Citation]]:
    """All of a statement in at most ``lines`` lines of at most ``most`` words, parted at its sentences and
    items, each with its quote; empty where that cannot be done.

    Args:
        parted: also after a colon and before a clause that says something of its own.
    """
    text, last = saying.document.text, saying.spans[-1]
    found: list[tuple[str, Citation]] = []
    for start, end in sentences(text, last.start, last.end):
        begin = item.end() if (item := ITEM.match(text, start, end)) else start
        if saying.listed and text[begin:end].rstrip().endswith(":"):
            continue  # what announces the items is the title
        parts = _grouped(text, clauses(text, begin, end), most, parted=parted)
        for place, (first, stop) in enumerate(parts):
            said = " ".join(text[first:stop].replace("**", "").split()).strip("*_ ").rstrip(".,;")
            if len(said.split()) > most or len(found) == lines:
                return []
            own = place == 0 or text[parts[place - 1][1] - 1] == ";"
            told = said[:1].upper() + said[1:] if own else said
            found.append((told, _cite(saying, Quoted(start=first, end=stop, sentence=(start, end)))))
    return found


def _grouped(text: str, parts: list[tuple[int, int]], most: int, *, parted: bool) -> list[tuple[int, int]]:
    """Neighbouring clauses together, as many as go into ``most`` words; parted only where a clause can begin
    a line, and never so that less than a few words stand alone."""
    whole: list[tuple[int, int]] = []
    for start, end in parts:
        apart = bool(whole) and (
            text[whole[-1][1] - 1] == ";"
            or (parted and (text[whole[-1][1] - 1] == ":" or _BEGINS.match(text, start, end) is not None))
        )
        if apart and len(text[whole[-1][0] : whole[-1][1]].split()) >= _PIECE:
            whole.append((start, end))
        elif whole:
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    groups: list[tuple[int, int]] = []
    for start, end in whole:
        few = len(text[start:end].split()) < _PIECE
        if groups and (few or len(text[groups[-1][0] : end].split()) <= most):
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((start, end))
    return groups


def cited(saying: Saying) -> tuple[Citation, ...]:
    """The citations of a statement, that of the statement itself last."""
    return tuple(_cite(saying, span) for span in saying.spans)


def _shorter(saying: Saying, most: int) -> tuple[str, tuple[Quoted, ...]] | None:
    text, last = saying.document.text, saying.spans[-1]
    head = saying.spans[:-1]
    before = saying.text[: saying.text.rfind(shown(text[last.start : last.end])[:20])] if head else ""
    inside = sentences(text, last.start, last.end)
    parts = [(last.start, end) for _, end in reversed(inside)]  # fewer of its sentences
    parts += standing(text, inside[0]) if not saying.listed else []
    for start, end in parts:
        if saying.question and len(text[start:end].split()) < _ANSWER:
            continue
        if (
            len(before.split()) + len(text[start:end].split()) <= most
            and text[start:end].rstrip()[-1:] != ":"
        ):
            quoted = Quoted(start=start, end=end, sentence=last.sentence)
            return f"{before}{shown(text[start:end])}", (*head, quoted)
    return None


def _cite(saying: Saying, span: Quoted) -> Citation:
    document: Document = saying.document
    passage: Passage = saying.line.passage
    return cite(document, passage, span.start, span.end, marker=0, sentence=span.sentence)
