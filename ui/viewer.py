"""The source viewer: a document around a place, as HTML. Pure functions.

What is made here goes into the page as it is, so that escaping HTML is enough; and nothing but
escaping is done to the text, so that what is marked is exactly what is stored.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import groupby
from urllib.parse import quote

from assistant.notices import of_document
from assistant.originals import Original, OriginalState
from assistant.source_blocks import TextBlock
from assistant.sources import Place, SourceView
from ui.wording import Wording

Span = tuple[int, int]

_MARKDOWN = re.compile(r"^\s*(?:#{1,6}|>+)[ \t]+|\*\*|__", re.MULTILINE)
_BAR = re.compile(r"[ \t]*\|[ \t]*|\t+")
_RULE_OF_TABLE = re.compile(r"[\s|:+-]+")
_MARKDOWN_NAMES = (".md", ".markdown")


def shell(words: Wording) -> str:
    """The viewer's frame, in which documents are shown; hidden until a place is opened."""
    text = words.viewer
    return (
        f'<aside id="pba-viewer" role="dialog" aria-labelledby="pba-view-title" hidden>'
        f'<div class="pba-view-bar" role="toolbar" aria-label="{_attribute(text.tools)}">'
        f'<button type="button" class="pba-view-previous" title="{_attribute(text.previous)}"'
        f' aria-label="{_attribute(text.previous)}">‹</button>'
        f'<span class="pba-view-count" aria-live="polite"></span>'
        f'<button type="button" class="pba-view-next" title="{_attribute(text.next)}"'
        f' aria-label="{_attribute(text.next)}">›</button>'
        f'<span class="pba-view-space"></span>'
        f'<button type="button" class="pba-view-link">{escape(text.copy_link)}</button>'
        f'<button type="button" class="pba-view-close" title="{_attribute(text.close_hint)}">'
        f'<span aria-hidden="true">✕</span> {escape(text.close)}</button></div>'
        f'<div class="pba-view-top"></div>'
        f'<div class="pba-view-body" tabindex="0" role="region" aria-label="{_attribute(text.region)}">'
        f"</div></aside>"
    )


def document(view: SourceView, place: Place, words: Wording) -> str:
    """What the frame shows of a document: what it is, its warnings, its original, its text."""
    text = words.viewer
    title = _line(view.document.title)
    head = [
        f'<h2 id="pba-view-title" title="{_attribute(title)}">{escape(title)}</h2>',
        f'<p class="pba-view-facts">{" · ".join(escape(_line(fact)) for fact in facts(view, words))}</p>',
    ]
    for notice in view.notices:
        said = of_document(notice, view.document.id, words.language)
        head.append(f'<p class="pba-warning">{escape(said)}</p>')
    if view.span is None:
        head.append(f'<p class="pba-warning pba-view-moved" role="status">{escape(text.moved)}</p>')
    head.append(_original(view.original, place, words))
    up = _more(place, view.first, text.more_before, down=False) if view.before else ""
    last = view.first + len(view.blocks)
    down = _more(place, last, text.more_after, down=True) if view.after else ""
    return (
        f'<header class="pba-view-head">{"".join(head)}</header>'
        f'<div class="pba-view-text" lang="vi">{up}{blocks(view, place, words)}{down}</div>'
    )


def facts(view: SourceView, words: Wording) -> tuple[str, ...]:
    """What is known of the document, in words: kind, number, issuer, place, date, whether in force."""
    found = view.document
    known = (
        words.kind(found.kind.value),
        found.number,
        found.issuer,
        found.province,
        words.day(found.issued_on) if found.issued_on else words.viewer.undated,
        words.viewer.statuses.get(found.status.value),
    )
    return tuple(fact for fact in known if fact)


def more(view: SourceView, place: Place, words: Wording, *, down: bool) -> str:
    """The next part of the text, with the button for the part after it."""
    body = blocks(view, place, words)
    if down:
        last = view.first + len(view.blocks)
        return body + (_more(place, last, words.viewer.more_after, down=True) if view.after else "")
    return (_more(place, view.first, words.viewer.more_before, down=False) if view.before else "") + body


def problem(message: str, words: Wording) -> str:
    """Why a place cannot be shown."""
    return (
        f'<header class="pba-view-head"><h2 id="pba-view-title">{escape(words.viewer.problem)}</h2>'
        f'<p class="pba-failure" role="alert">{escape(message)}</p></header>'
    )


def blocks(view: SourceView, place: Place, words: Wording) -> str:
    """The text of a view laid out: page by page where it has pages."""
    markdown = view.document.id.lower().endswith(_MARKDOWN_NAMES)
    pieces = []
    for number, group in groupby(view.blocks, key=lambda block: block.page):
        on_page = list(group)
        text = _laid_out(on_page, view.span, markdown=markdown)
        pieces.append(text if number is None else _page(view, number, on_page, text, place, words))
    return "".join(pieces)


def address(kind: str, place: Place, **extra: int) -> str:
    """Where the server gives something of a place, relative to the page."""
    query = {"start": place.start, "end": place.end, "check": place.check, **extra}
    asked = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in query.items())
    return f"pba/{kind}/{quote(place.document_id, safe='')}?{asked}"


def _page(
    view: SourceView, number: int, on_page: Sequence[TextBlock], text: str, place: Place, words: Wording
) -> str:
    said = words.viewer
    page = view.pages.get(number)
    name = said.page.format(number=number)
    if page is not None and page.confidence is not None:
        name += " · " + words.recognised_with.format(confidence=round(100 * page.confidence))
    marked = view.span is not None and any(_cut(block, view.span) for block in on_page)
    picture = ""
    if view.drawn:
        boxes = f' data-boxes="{_attribute(address("boxes", place))}"' if marked else ""
        source = f"pba/page/{quote(view.document.id, safe='')}/{number}.png"
        if view.original is not None:
            # A browser keeps pictures; of another file they are others.
            source += f"?v={view.original.file.sha256[:8]}"
        picture = (
            f'<figure class="pba-page-picture"><button type="button" class="pba-zoom" aria-pressed="false"'
            f' aria-label="{_attribute(said.zoom.format(number=number))}">'
            f'<img src="{_attribute(source)}" alt="{_attribute(said.picture.format(number=number))}"'
            f' loading="{"eager" if marked else "lazy"}">'
            f'<span class="pba-boxes" aria-hidden="true"{boxes}></span></button>'
            f'<figcaption class="pba-page-state" role="status"></figcaption></figure>'
        )
    return (
        f'<section class="pba-page" data-page="{number}" aria-label="{_attribute(name)}">'
        f'<p class="pba-page-name">{escape(name)}</p>{picture}'
        f'<div class="pba-page-text">{text}</div></section>'
    )


def _laid_out(found: Sequence[TextBlock], span: Span | None, *, markdown: bool) -> str:
    pieces = []
    for is_table, group in groupby(found, key=lambda block: block.kind == "table_row"):
        if is_table:
            rows = "".join(_row(block, span) for block in group)
            pieces.append(
                f'<div class="pba-table-frame"><div class="pba-table" role="table">{rows}</div></div>'
            )
        else:
            pieces += [_block(block, span, markdown=markdown) for block in group]
    return "".join(pieces)


def _block(block: TextBlock, span: Span | None, *, markdown: bool) -> str:
    hidden = [match.span() for match in _MARKDOWN.finditer(block.text)] if markdown else []
    text = _pieces(block, span, hidden)
    if block.kind == "heading":
        level = min(6, 3 + max(0, block.depth - 1))
        return f'<h{level} class="pba-block">{text}</h{level}>'
    style = {"clause": "pba-clause", "list_item": "pba-item"}.get(block.kind, "pba-paragraph")
    return f'<p class="pba-block {style}">{text}</p>'


def _row(block: TextBlock, span: Span | None) -> str:
    """A row of a table; the bars between its cells are there, unseen, so that nothing is left out."""
    bars = [match.span() for match in _BAR.finditer(block.text)]
    if _RULE_OF_TABLE.fullmatch(block.text):
        return f'<span class="pba-syntax">{_text(block, 0, len(block.text), span)}</span>'
    cells = []
    at = 0
    for start, end in [*bars, (len(block.text), len(block.text))]:
        # A bar at the edge of the row bounds no cell.
        if start > at or (at and start < len(block.text)):
            cells.append(f'<span class="pba-cell" role="cell">{_text(block, at, start, span)}</span>')
        if end > start:
            cells.append(f'<span class="pba-syntax">{_text(block, start, end, span)}</span>')
        at = end
    return f'<div class="pba-row" role="row">{"".join(cells)}</div>'


def _pieces(block: TextBlock, span: Span | None, hidden: Sequence[Span]) -> str:
    """The text of a block, what is only notation of Markdown set apart."""
    pieces = []
    at = 0
    for start, end in hidden:
        pieces.append(_text(block, at, start, span))
        pieces.append(f'<span class="pba-syntax">{_text(block, start, end, span)}</span>')
        at = end
    pieces.append(_text(block, at, len(block.text), span))
    return "".join(pieces)


def _text(block: TextBlock, start: int, end: int, span: Span | None) -> str:
    """``block.text[start:end]``, what of it lies in ``span`` (offsets of the document) marked."""
    cut = _cut(block, span) if span is not None else None
    if cut is None or cut[1] <= start or cut[0] >= end:
        return escape(block.text[start:end])
    first, last = max(start, cut[0]), min(end, cut[1])
    return (
        f"{escape(block.text[start:first])}<mark>{escape(block.text[first:last])}</mark>"
        f"{escape(block.text[last:end])}"
    )


def _cut(block: TextBlock, span: Span) -> Span | None:
    """The part of ``span`` within the block, as offsets of its text."""
    start, end = max(span[0], block.start), min(span[1], block.end)
    return (start - block.start, end - block.start) if start < end else None


def _original(original: Original | None, place: Place, words: Wording) -> str:
    text = words.viewer
    if original is None or original.state is OriginalState.MISSING:
        return f'<p class="pba-view-original">{escape(text.missing)}</p>'
    changed = original.state is OriginalState.CHANGED
    link = f"pba/original/{quote(place.document_id, safe='')}" + ("?changed=1" if changed else "")
    note = f' <span class="pba-view-changed">{escape(text.changed)}</span>' if changed else ""
    return (
        f'<p class="pba-view-original"><a class="pba-original" href="{_attribute(link)}" download>'
        f"{escape(text.original)}</a> <span>({escape(_line(original.name))})</span>{note}</p>"
    )


def _more(place: Place, index: int, label: str, *, down: bool) -> str:
    link = address("more", place, at=index, down=int(down))
    way = "down" if down else "up"
    return (
        f'<button type="button" class="pba-more" data-way="{way}" data-from="{_attribute(link)}">'
        f"{escape(label)}</button>"
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _attribute(text: str) -> str:
    return escape(text, quote=True)
