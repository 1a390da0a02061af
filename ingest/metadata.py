"""What is known about a document, each value with where it was found.

Nothing is guessed: a number counts as the document's own only in its head or title, a date only where
the text gives one for the document itself, a province only where title, issuer and text agree on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from ingest.dates import iso_date
from ingest.issuers import is_central, ordinary_case
from ingest.kinds import kind_at_start, kind_of_number
from ingest.letterhead import Letterhead, find_letterhead, own_number
from ingest.places import about
from ingest.press import is_edge_note, press_notes
from ingest.types import Access, Kind, Origin, RawText, Status

_HEADLINE_CHARS: Final = 250
_CENTRAL_NUMBER: Final = re.compile(r"/(?:TW|TTg)$|[-/](?:CP|QH\d+|TTg)$|[-/][A-Z]*TW$")
_REPORT_TITLE: Final = re.compile(
    r"\s*(?:số|về|của|tình hình|kết quả|tổng kết|sơ kết|chính trị|công tác|thực hiện|hội nghị|tại|năm|tháng|"
    r"quý)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The described fields of a ``Document``; ``provenance`` tells of each one found where it came from."""

    title: str
    number: str | None = None
    kind: Kind = Kind.OTHER
    issuer: str | None = None
    province: str | None = None
    issued_on: date | None = None
    status: Status = Status.UNKNOWN
    source: str | None = None
    access: Access = Access.PUBLIC
    provenance: Mapping[str, Origin] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overrides:
    """Metadata the owner gave, checked: field name → value, and where each value was given."""

    values: Mapping[str, Any] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)


def describe(
    raw: RawText, path: Path, overrides: Overrides | None = None, *, uncleaned: str | None = None
) -> Metadata:
    """Metadata of the text in ``raw``, read from the file ``path``.

    Args:
        overrides: what the owner gave; it wins over everything found.
        uncleaned: the text before cleaning, for publication lines and links that cleaning removes.
    """
    found = _Findings()
    head = find_letterhead(raw.text)
    notes = press_notes(raw.text)
    if uncleaned is not None and head is None:
        before = press_notes(uncleaned)
        notes = replace(
            notes,
            published=notes.published or before.published,
            agency=notes.agency or before.agency,
            link=notes.link or before.link,
            is_article=notes.is_article or before.is_article,
        )
    _find_title(found, raw, path, head)
    if head is not None:
        found.add("number", head.number)
        found.add("issued_on", head.issued_on)
        found.add("issuer", head.issuer)
        found.add("kind", head.kind or (kind_of_number(head.number) if head.number else None))
        found.add("access", Access.INTERNAL if head.internal else None)
    else:
        _from_title(found, dated=notes.published is not None)
    is_page = raw.media_type in ("text/html", "application/xhtml+xml")
    if "kind" not in found.values and (notes.is_article or is_page):
        found.add("kind", Kind.ARTICLE)
    if head is None:
        found.add("issued_on", notes.published)
        found.add("issuer", notes.agency)
    if is_page:
        if found.values.get("kind") is Kind.ARTICLE:
            found.add("issued_on", iso_date(raw.properties.get("date", "")), Origin.FILE_PROPERTIES)
            found.add("issuer", raw.properties.get("site"), Origin.FILE_PROPERTIES)
        found.add("source", raw.properties.get("source"), Origin.FILE_PROPERTIES)
    found.add("source", notes.link)
    _find_province(found, raw.text, head)
    return _with_overrides(found, overrides or Overrides())


class _Findings:
    """Values found so far; the first one found for a field stays."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.origins: dict[str, Origin] = {}

    def add(self, name: str, value: object, origin: Origin = Origin.TEXT) -> None:
        if value and name not in self.values:
            self.values[name] = value
            self.origins[name] = origin


def _find_title(found: _Findings, raw: RawText, path: Path, head: Letterhead | None) -> None:
    if head is not None:
        kind = head.kind or (kind_of_number(head.number) if head.number else None)
        if head.kind is None and kind is not None and head.title:
            subject = head.title[0].lower() + head.title[1:]
            found.add("title", f"{kind.capitalize()} {head.number} {subject}")
        elif head.title and (head.kind is None or len(head.title) > len(head.kind) + 2):
            found.add("title", head.title)
        elif kind is not None and head.number:
            found.add("title", f"{kind.capitalize()} {head.number}")
    if raw.media_type in ("text/html", "application/xhtml+xml"):
        found.add("title", _one_line(raw.properties.get("title", "")), Origin.FILE_PROPERTIES)
    found.add("title", headline(raw.text[head.end :] if head is not None else raw.text))
    if head is not None:
        found.add("title", head.title)
    found.add("title", _one_line(raw.properties.get("title", "")), Origin.FILE_PROPERTIES)
    found.add("title", _one_line(path.stem) or path.name, Origin.FILE_NAME)


def headline(text: str) -> str | None:
    """The headline of a text without letterhead: its first line, if that is one and not a sentence.

    Lines in capitals or small letters that follow at once belong to it.
    """
    lines = text[:4000].lstrip("\ufeff").split("\n")
    for i, line in enumerate(lines):
        bare = _one_line(re.sub(r"^\s*#+\s*|[*_]{2,}", "", line))
        if not bare or is_edge_note(bare) or not any(c.isalpha() for c in bare) or bare.count(" | ") > 1:
            continue
        if len(bare) > _HEADLINE_CHARS or (bare.endswith((".", ";", ",")) and len(bare) > 80):
            return None
        for following in lines[i + 1 : i + 4]:
            more = _one_line(following)
            if not more or not ((bare.isupper() and more.isupper()) or more[0].islower()) or len(more) > 150:
                break
            bare = f"{bare} {more}"
        return ordinary_case(bare) if bare.isupper() and " " in bare else bare
    return None


def _from_title(found: _Findings, *, dated: bool) -> None:
    title = found.values["title"]
    number, issued, issuer = own_number(title)
    named = kind_at_start(title)
    if number is not None and not dated:
        found.add("number", number)
        found.add("issued_on", issued)
        found.add("issuer", ordinary_case(issuer) if issuer else None)
        found.add("kind", named[0] if named else kind_of_number(number))
    elif named and not dated and _REPORT_TITLE.match(title[named[1] :]):
        found.add("kind", named[0])


def _find_province(found: _Findings, text: str, head: Letterhead | None) -> None:
    issuer = "\n".join(head.superiors) if head is not None else found.values.get("issuer", "")
    named = found.values.get("issuer", "")
    number = found.values.get("number", "")
    is_press = found.values.get("kind") is Kind.ARTICLE
    national = not is_press and bool(is_central(named) or _CENTRAL_NUMBER.search(number))
    place = about(found.values["title"], "" if is_press else issuer, text, national=national)
    found.add("province", str(place) if place else None)


def _with_overrides(found: _Findings, overrides: Overrides) -> Metadata:
    values = {**found.values, **overrides.values}
    origins = {**found.origins, **overrides.origins}
    known = {f.name for f in fields(Metadata)} - {"provenance"}
    return Metadata(**{k: v for k, v in values.items() if k in known}, provenance=origins)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
