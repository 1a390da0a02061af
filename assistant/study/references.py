"""What a text says of documents that it cites: kind, number, date, issuer, subject, and what they replace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.phrases import UPPER
from assistant.study.facts import BODY
from assistant.study.gather import Line
from ingest.numbers import DOCUMENT_NUMBER, canonical

_KIND = (
    r"(?:Chỉ thị|Nghị quyết|Quy định|Quyết định|Hướng dẫn|Kế hoạch|Kết luận|Chương trình|Thông báo|Quy chế)"
)
_HEAD = re.compile(rf"(?P<kind>{_KIND})\s+(?:số\s+)?(?=\d)")
_DATE = re.compile(r",?\s+(?:ban hành\s+)?ngày\s+(?P<date>\d{1,2}/\d{1,2}/\d{4})")
_OF = re.compile(r"\s+(?:của|do)\s+")
_ISSUED = re.compile(r"\s+ban hành(?:\s+ngày\s+(?P<date>\d{1,2}/\d{1,2}/\d{4}))?")
_ABOUT = re.compile(r",?\s+(?:bàn\s+)?về\s+(?P<about>[^;:()]+?)(?=,\s+thay thế|\.(?:\s|$)|[;:(]|$)")
_REPLACES = re.compile(rf"(?:,)?\s+thay thế\s+(?P<kind>{_KIND})\s+số\s+(?=\d)")
_MOST_ABOUT = 36

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reference:
    """A document as a line cites it; every span is one of the line's document.

    Attributes:
        number: the number alone; ``named`` with its kind ("Chỉ thị số 28-CT/TW").
        about: what it deals with, after "về".
        replaced: the document it replaces, with its kind.
        end: where the citation ends.
    """

    line: Line
    kind: str
    named: Span
    number: Span
    date: Span | None
    body: Span | None
    about: Span | None
    replaced: Span | None
    end: int

    def said(self, span: Span | None) -> str:
        """The words at a span, with single blanks; "" for none."""
        return " ".join(self.line.document.text[slice(*span)].split()) if span else ""

    @property
    def key(self) -> str:
        """What the document is told from others by: its number, with its year where that is said."""
        year = self.said(self.date)[-4:]
        return f"{canonical(self.said(self.number))}@{year}"


def references(line: Line) -> Iterator[Reference]:
    """The documents that a line cites by number and of which it says something more."""
    text = line.document.text
    for head in _HEAD.finditer(text, line.start, line.end):
        number = DOCUMENT_NUMBER.match(text, head.end(), line.end)
        if number is None:
            continue
        found = _read(line, head, number.end())
        if found.date or found.body or found.about or found.replaced:
            yield found


def _read(line: Line, head: re.Match[str], at: int) -> Reference:
    text, stop = line.document.text, line.end
    number = (head.end(), at)
    date = body = about = replaced = None
    if found := _DATE.match(text, at, stop):
        date, at = found.span("date"), found.end()
    if of := _OF.match(text, at, stop):
        name = BODY.match(text, of.end(), stop)
        if name and not re.match(rf"\s+[{UPPER}]", text[name.end() : name.end() + 2]):
            body, at = name.span(), name.end()
            if issued := _ISSUED.match(text, at, stop):
                at = issued.end()
                date = issued.span("date") if issued["date"] else date
    if found := _ABOUT.match(text, at, stop):
        start, end = found.span("about")
        if 3 <= len(text[start:end].split()) <= _MOST_ABOUT:
            about = (start, start + len(text[start:end].rstrip(" ,.")))
        at = end
    comma = re.search(r"thay thế", text[at:stop])
    if comma and comma.start() < 40 and not re.search(r"[.;]", text[at : at + comma.start()]):
        other = _REPLACES.search(text, at, stop)
        if other and (old := DOCUMENT_NUMBER.match(text, other.end(), stop)):
            replaced, at = (other.start("kind"), old.end()), old.end()
    return Reference(line, head["kind"], (head.start(), number[1]), number, date, body, about, replaced, at)
