"""A web page → its visible blocks of text in order, each with what tells content from chrome.

Nothing is executed or fetched: the page is only parsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CHROME_TAGS = frozenset({"nav", "aside", "form", "footer", "menu", "dialog"})
_HIDDEN = frozenset(
    {"script", "style", "noscript", "template", "head", "select", "option", "button", "textarea", "input"}
    | {"svg", "math", "iframe", "object", "audio", "video", "canvas", "map", "datalist"}
)
_BLOCKS = (
    frozenset(
        {"address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"}
        | {
            "fieldset",
            "figcaption",
            "figure",
            "header",
            "hr",
            "html",
            "legend",
            "li",
            "main",
            "ol",
            "p",
            "pre",
        }
        | {"section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
    )
    | HEADINGS
    | _CHROME_TAGS
)
_CHROME_NAMES = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|comments?|binh-?luan|share|sharing|social|related|"
    r"lien-?quan|tin-?khac|tags?|banner|ads?|advert\w*|ticker|popup|modal|pagination|cookie|toolbar|newsletter|"
    r"widget)(?:$|[-_\s])",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item or table of a page.

    Attributes:
        text: one line, or a line for each row of a table.
        heading: it is h1 … h6.
        chrome: it stands in an element that by its tag or name is no content.
        link_share: share of its characters that are links.
        path: the elements it stands in, outermost first.
    """

    text: str
    heading: bool = False
    chrome: bool = False
    link_share: float = 0.0
    path: tuple[Any, ...] = field(default=(), repr=False)


def blocks_of(root: Any) -> list[Block]:
    """The visible blocks of an lxml document, data tables as one block each."""
    from lxml import etree  # type: ignore[import-untyped]

    collector = _Collector()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if not isinstance(element.tag, str):  # a comment or processing instruction
            if event == "end":
                collector.text(element.tail)
            continue
        if event == "start":
            if _hidden(element):
                walk.skip_subtree()
                continue
            if element.tag == "table" and (rows := _data_rows(element)) is not None:
                collector.table(rows, element)
                walk.skip_subtree()
                continue
            collector.open(element)
            collector.text(element.text)
        else:
            collector.close(element)
            collector.text(element.tail)
    return collector.finish()


def _hidden(element: Any) -> bool:
    return (
        element.tag in _HIDDEN
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _INVISIBLE.search(element.get("style") or "") is not None
    )


class _Collector:
    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._path: list[Any] = []
        self._parts: list[str] = []
        self._linked = 0
        self._links = 0
        self._prefix = ""
        self._counts: dict[Any, int] = {}

    def open(self, element: Any) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
            self._path.append(element)
            if tag == "li":
                self._prefix = self._label(element)
        elif tag == "br":
            self._flush()
        elif tag == "a":
            self._links += 1

    def close(self, element: Any) -> None:
        if element.tag in _BLOCKS and self._path and self._path[-1] is element:
            self._flush()
            self._path.pop()
        elif element.tag == "a" and self._links:
            self._links -= 1

    def text(self, text: str | None) -> None:
        if text:
            self._parts.append(text)
            if self._links:
                self._linked += len(text.strip())

    def table(self, rows: Sequence[Sequence[str]], element: Any) -> None:
        self._flush()
        lines = [" | ".join(row) for row in rows if any(row)]
        if lines:
            links = sum(len("".join(link.itertext()).strip()) for link in element.iter("a"))
            text = "\n".join(lines)
            path = (*self._path, element)
            self._blocks.append(Block(text, False, _is_chrome(path), links / len(text), path))

    def finish(self) -> list[Block]:
        self._flush()
        return self._blocks

    def _flush(self) -> None:
        text = " ".join("".join(self._parts).split())
        if text:
            heading = any(element.tag in HEADINGS for element in self._path)
            path = tuple(self._path)
            share = min(1.0, self._linked / len(text))
            self._blocks.append(Block(self._prefix + text, heading, _is_chrome(path), share, path))
            self._prefix = ""
        self._parts.clear()
        self._linked = 0

    def _label(self, item: Any) -> str:
        """ "- " or the item's number: the browser draws it, the text does not hold it."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "- "
        start = parent.get("start") or "1"
        given = item.get("value") or ""
        count = self._counts.get(parent, int(start) - 1 if start.isdigit() else 0) + 1
        count = int(given) if given.isdigit() else count
        self._counts[parent] = count
        style = parent.get("type") or "1"
        if style in ("a", "A") and count <= 26:
            letter = chr(ord("a") + count - 1)
            return f"{letter if style == 'a' else letter.upper()}) "
        return f"{count}. "


def _is_chrome(path: Sequence[Any]) -> bool:
    for element in path:
        if element.tag in _CHROME_TAGS:
            return True
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
        if element.tag not in ("html", "body", "article", "main") and _CHROME_NAMES.search(names):
            return True
    return False


def _data_rows(table: Any) -> list[list[str]] | None:
    """The cells of a table of data, or ``None`` for one that only lays out the page.

    A data table has two rows and columns at least, no table inside, and cells of a line or two.
    """
    if table.find(".//table") is not None:
        return None
    rows = [
        [" ".join(" ".join(cell.itertext()).split()) for cell in row if cell.tag in ("td", "th")]
        for row in table.iter("tr")
    ]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    cells = [cell for cell in table.iter("td", "th") if "".join(cell.itertext()).strip()]
    paragraphs = sum(1 for cell in cells if sum(1 for _ in cell.iter("p", "div", "li", "br")) > 2)
    if any(len(cell) > 1500 for row in rows for cell in row) or (cells and paragraphs / len(cells) > 0.3):
        return None
    captions = [" ".join(caption.itertext()).split() for caption in table.iter("caption")]
    return [[" ".join(words)] for words in captions if words] + rows
