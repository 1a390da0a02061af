"""Questions about documents that a text cites: who issued which, when, about what, and in place of which."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.study.asking import Asked
from assistant.study.clause import Clause
from assistant.study.facts import Fact, FactKind, facts
from assistant.study.references import Reference, Span
from assistant.study.sourcing import placed

_LEAST_ABOUT, _MOST_ABOUT = 4, 30


def asked_of_reference(reference: Reference) -> Iterator[Asked]:
    """What can be asked about a cited document, each with a question that stands alone."""
    said, document = reference.said, reference.line.document
    number, date, about = said(reference.number), said(reference.date), said(reference.about)
    kind, body = reference.kind, placed(said(reference.body), document) if reference.body else ""
    replaced = said(reference.replaced)
    of, dated = f" của {body}" if body else "", f" ngày {date}" if date else ""
    subject = f" về {about}" if about and len(about.split()) <= _MOST_ABOUT else ""
    # A provincial number says nothing without its body: every province has a "07-NQ/TU".
    named = bool(body) or not re.search(r"/(?:TU|ĐU|HU)$", number)
    if date and (body or about):
        yield from _made(
            reference, reference.date, f"{kind} số {number}{of}{subject} được ban hành ngày nào", named
        )
    if reference.body and (date or about):
        yield from _made(
            reference, reference.body, f"{kind} số {number}{dated}{subject} do cơ quan nào ban hành", True
        )
    if subject and body:
        yield from _made(reference, reference.number, f"{kind}{of}{subject} mang số bao nhiêu", True)
    elif date and body:
        yield from _made(
            reference, reference.number, f"{kind}{of} ban hành ngày {date} mang số bao nhiêu", True
        )
    if reference.about and _LEAST_ABOUT <= len(about.split()) <= _MOST_ABOUT:
        yield from _made(
            reference, reference.about, f"{kind} số {number}{dated}{of} bàn về nội dung gì", named
        )
    if replaced:
        yield from _made(
            reference, reference.replaced, f"{kind} số {number}{dated}{of} thay thế văn bản nào", named
        )


def _made(reference: Reference, span: Span | None, question: str, named: bool) -> Iterator[Asked]:
    if span is None:
        return
    line, text = reference.line, reference.line.document.text
    begin, stop = reference.named[0], reference.end
    claim = " ".join(text[begin:stop].split())
    key = reference.said(span)
    at = len(" ".join(text[begin : span[0]].split()))
    start = claim.find(key, max(0, at - 1))
    fact = _fact(reference, span)
    if start < 0 or fact is None:
        return
    clause = Clause(line, begin, stop, claim, start)
    yield Asked(clause, fact, question, claim, start, start + len(key), key, named)


def _fact(reference: Reference, span: Span) -> Fact | None:
    """The fact at a span, with offsets into the line's text."""
    line = reference.line
    start, end = span[0] - line.start, span[1] - line.start
    if span == reference.about:
        return Fact(FactKind.SUBJECT, start, end, reference.said(span), reference.said(span).lower())
    if span == reference.replaced:
        said = reference.said(span)
        return Fact(FactKind.REPLACED, start, end, said, said.lower(), reference.kind.lower())
    return next((fact for fact in facts(line.text) if fact.start == start and fact.end == end), None)
