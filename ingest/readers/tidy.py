"""Bringing extracted text into the form every reader returns, and assembling pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.types import Page, RawText

# Line and paragraph separators that are no "\n"; NEL and form feed end a line too.
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Soft hyphen, zero-width space/joiners, directional marks, word joiner, BOM.
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_JUNK = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f{INVISIBLE}\ufffe\uffff\ud800-\udfff]")


def tidy(text: str) -> str:
    """NFC, ``\\n`` line ends, no control or invisible character but ``\\n`` and ``\\t``."""
    text = _LINE_ENDS.sub("\n", text)
    # After removing what may stand between a letter and its mark, compose.
    return unicodedata.normalize("NFC", _JUNK.sub("", text))


def plain_lines(text: str) -> str:
    """``tidy`` text with single spaces, no space at a line's ends, no empty lines at the ends."""
    lines = [re.sub(r"[^\S\n]+", " ", line).strip() for line in tidy(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as a reader found it.

    Attributes:
        text: of the page; tidied on assembly.
        confidence: of recognition, 0 to 1; ``None`` for a text layer.
        continues: the page starts in the middle of a sentence of the page before.
    """

    text: str
    confidence: float | None = None
    continues: bool = False


def assemble(
    pages: Iterable[PageText], *, media_type: str, properties: Mapping[str, str] | None = None
) -> RawText:
    """Join pages into one text whose ``Page`` spans cover it without a gap.

    What stands between two pages (a blank line, or a space inside a sentence) belongs to the earlier.
    """
    parts: list[str] = []
    spans: list[Page] = []
    length = 0
    for number, page in enumerate(pages, start=1):
        text = plain_lines(page.text)
        if spans and text and length:
            joint = " " if page.continues else "\n\n"
            parts.append(joint)
            length += len(joint)
            last = spans[-1]
            spans[-1] = Page(last.number, last.start, length, last.confidence)
        parts.append(text)
        spans.append(Page(number, length, length + len(text), page.confidence))
        length += len(text)
    return RawText("".join(parts), tuple(spans), dict(properties or {}), media_type)
