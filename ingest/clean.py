"""Cleaning: odd spaces and blank lines out of every text, the page around it out of saved web pages.

Where text goes, the spans of pages move with it exactly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from ingest.boilerplate import judge
from ingest.readers.tidy import INVISIBLE
from ingest.types import Page, RawText

_PAGES_OF_THE_WEB: Final = frozenset({"text/html", "application/xhtml+xml"})
_SAVED_TEXT: Final = _PAGES_OF_THE_WEB | {"text/plain"}
_MARKDOWN: Final = "text/markdown"

# An invisible character may keep a letter and its mark apart.
_UNSEEN: Final = re.compile(f"(\\w?)[{INVISIBLE}]+([\u0300-\u036f]*)")
_LINE_END_SPACES: Final = re.compile(r"[^\S\n]+(?=\n|\Z)")
_INDENT: Final = re.compile(r"^[^\S\n]+", re.MULTILINE)
_SPACES: Final = re.compile(r"(?<=[^\s])(?:[^\S\n]{2,}|[^\S\n \t])(?=\S)")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_EDGES: Final = re.compile(r"\A\s*\n|\A[^\S\n]+(?=\S)|\s+\Z")


def clean(raw: RawText) -> RawText:
    """``raw`` without odd spaces, runs of blank lines and, if it is a saved web page, without the page.

    Nothing but white space is taken from formats other than HTML and plain text, nor from an official
    document in those. From an article, menus, tickers, counters, comment forms, lists of other
    articles and imprints are taken. Time and address of publication move into
    ``properties`` (``date``, ``source``), where the format itself had not given them; the author's
    line is copied there (``author``).
    """
    raw = _substituted(raw, _UNSEEN, lambda match: unicodedata.normalize("NFC", match[1] + match[2]))
    if raw.media_type in _SAVED_TEXT:
        raw = _without_page(raw)
    raw = _substituted(raw, _LINE_END_SPACES, lambda match: "")
    if raw.media_type != _MARKDOWN:  # where an indent means something
        raw = _substituted(raw, _INDENT, lambda match: "")
    raw = _substituted(raw, _SPACES, lambda match: "\t" if "\t" in match[0] else " ")
    raw = _substituted(raw, _BLANK_LINES, lambda match: "\n\n")
    return _substituted(raw, _EDGES, lambda match: "")


def _without_page(raw: RawText) -> RawText:
    lines = raw.text.split("\n")
    verdict = judge(lines, page=raw.media_type in _PAGES_OF_THE_WEB)
    edits: list[tuple[int, int, str]] = []
    start = 0
    for index, line in enumerate(lines):
        end = start + len(line) + 1
        if index in verdict.drop:
            edits.append((start, min(end, len(raw.text)), ""))
        start = end
    return replace(_edited(raw, edits), properties={**verdict.properties, **raw.properties})


def _substituted(raw: RawText, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> RawText:
    matches = pattern.finditer(raw.text)
    edits = ((match.start(), match.end(), change(match)) for match in matches)
    return _edited(raw, [edit for edit in edits if raw.text[edit[0] : edit[1]] != edit[2]])


def _edited(raw: RawText, edits: Sequence[tuple[int, int, str]]) -> RawText:
    """Apply ``edits``, which are in order and do not overlap, to the text and to the page spans."""
    if not edits:
        return raw
    parts: list[str] = []
    place = 0
    for start, end, text in edits:
        parts += [raw.text[place:start], text]
        place = end
    parts.append(raw.text[place:])
    borders = sorted({border for page in raw.pages for border in (page.start, page.end)})
    moved = dict(zip(borders, _moved(borders, edits), strict=True))
    pages = tuple(
        Page(page.number, moved[page.start], moved[page.end], page.confidence) for page in raw.pages
    )
    return replace(raw, text="".join(parts), pages=pages)


def _moved(borders: Sequence[int], edits: Iterable[tuple[int, int, str]]) -> list[int]:
    """Where offsets of the old text are in the new one.

    A border inside an edit moves to the end of what takes the edit's place, which so belongs to the
    page it began on.
    """
    result: list[int] = []
    pending = iter(edits)
    edit = next(pending, None)
    shift = 0
    for border in borders:
        while edit is not None and edit[1] <= border:
            shift += len(edit[2]) - (edit[1] - edit[0])
            edit = next(pending, None)
        inside = edit is not None and edit[0] < border
        result.append(edit[0] + shift + len(edit[2]) if inside and edit is not None else border + shift)
    return result
