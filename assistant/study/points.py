"""Statements as key points with their citations, whole or shortened."""

from __future__ import annotations

from assistant.citations import cite
from assistant.clauses import standing
from assistant.study.marking import Identifiers
from assistant.study.sayings import Quoted, Saying, points_back, shown
from assistant.study.types import KeyPoint
from assistant.types import Citation
from ingest.sentences import sentences
from ingest.types import Document, Passage
from ingest.units import ITEM


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


def lines_of(saying: Saying, most: int) -> list[tuple[str, Citation]]:
    """The sentences or items of a statement of at most ``most`` words, cut where they may be, with quotes."""
    text, last = saying.document.text, saying.spans[-1]
    found = []
    for at, (start, end) in enumerate(sentences(text, last.start, last.end)):
        if item := ITEM.match(text, start, end):
            start = item.end()
        if not saying.question and not saying.listed and at and points_back(text[start:end]):
            continue
        for begin, stop in standing(text, (start, end)):
            if 3 <= len(text[begin:stop].split()) <= most and text[begin:stop].rstrip()[-1:] != ":":
                span = Quoted(start=begin, end=stop, sentence=(start, end))
                found.append((shown(text[begin:stop]).rstrip(".;"), _cite(saying, span)))
                break
    return found


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
