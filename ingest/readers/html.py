"""Saved web pages: the article, whole, without the page around it.

trafilatura finds where the article is and what the page says of itself. Its own text leaves out
repeated lines, captions and the author's line (measured: each "b) Báo cáo." after the first), so
the text is taken from the page's blocks between the first and the last that it calls article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.errors import Damaged, NotText
from ingest.options import ReadOptions
from ingest.readers.encoding import convert, decode, decode_as, legacy_encoding, reads_as_vietnamese
from ingest.readers.extract import Parsed
from ingest.readers.html_blocks import Block, blocks_of
from ingest.readers.tidy import plain_lines

MEDIA_TYPE = "text/html"
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>|&#?\w+;", re.IGNORECASE | re.DOTALL)
_OFFICIAL = re.compile(
    r"^\s*(?:cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|đảng cộng sản việt nam|nơi nhận\s*:"
    r"|độc lập\s*[-–]\s*tự do)",
    re.IGNORECASE | re.MULTILINE,
)
_ARTICLES = re.compile(r"^\s*Điều\s+\d+\s*[.:]", re.IGNORECASE | re.MULTILINE)
#: A block most of whose characters are links is a menu or a list of other articles.
_LINKED = 0.6
_SIGNATURE_WORDS = 12
_SIGNATURE_BLOCKS = 4


def parse_html(path: Path, options: ReadOptions) -> Parsed:
    """The article's headings, paragraphs, lists and tables, one line each.

    Properties: ``title``, ``author``, ``date`` (only where the page declares it), ``source`` (its own
    address) and ``site``.

    Raises:
        NotText: no known encoding.
        Damaged: it holds nothing that can be parsed.
    """
    del options
    from lxml import etree  # type: ignore[import-untyped]
    from lxml import html as lxml_html

    text = _decode(path, path.read_bytes())
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=False)
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        if not _MARKUP.sub("", text).strip():
            return Parsed(MEDIA_TYPE)
        raise Damaged(path, "is no HTML that can be parsed.", "Save the page again.") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise Damaged(path, "is HTML nested too deeply to be read whole.", "Save the page again.")
    blocks = blocks_of(root)
    article, properties = _understood(text)
    lines: list[str] = []
    for block in choose(blocks, article):
        lines += ["", block.text] if block.heading else [block.text]
    result = "\n".join(lines)
    encoding = legacy_encoding(result)
    if encoding is not None:  # before tidying, which takes the soft hyphen out: TCVN3's letter ư
        result = convert(result, encoding)
        properties = {name: convert(value, encoding) for name, value in properties.items()}
    return Parsed(MEDIA_TYPE, text=plain_lines(result), properties=properties)


def choose(blocks: Sequence[Block], article: str) -> list[Block]:
    """The blocks of the article.

    Args:
        article: trafilatura's text of it; "" where it found none.
    """
    whole = "\n".join(block.text for block in blocks)
    if _OFFICIAL.search(whole) or len(_ARTICLES.findall(whole)) >= 3:
        # A legal text set in bare paragraphs and tables: only what is plainly chrome is left out.
        return [block for block in blocks if not _is_chrome(block)]
    marked = [index for index, block in enumerate(blocks) if _within(block.text, article)]
    if not marked:
        return [block for block in blocks if not _is_chrome(block)]
    # All that stands in the element most of the article stands in is of it: trafilatura leaves
    # out short paragraphs, and many of them in a short text.
    home = Counter(blocks[index].path[:-1] for index in marked).most_common(1)[0][0]
    at_home = [index for index, block in enumerate(blocks) if block.path[: len(home)] == home]
    first = _first_heading(blocks, min(marked[0], at_home[0]))
    last = _last_signature(blocks, max(marked[-1], at_home[-1]))
    inside = set(marked)
    return [
        block
        for index, block in enumerate(blocks[first : last + 1], start=first)
        if index in inside or not _is_chrome(block)
    ]


def _is_chrome(block: Block) -> bool:
    return block.chrome or block.link_share > _LINKED


def _within(text: str, article: str) -> bool:
    # Tables and list labels are written differently there: any full line of the block will do.
    lines = [re.sub(r"^(?:- |\d+\. |[a-z]\) )", "", line) for line in text.split("\n")]
    return any(len(line) > 15 and _squeezed(line) in article for line in lines)


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def _first_heading(blocks: Sequence[Block], first: int) -> int:
    """Back to the headline above the article, if it stands a few blocks before it."""
    for index in range(first, max(-1, first - 8), -1):
        if blocks[index].heading and not _is_chrome(blocks[index]):
            return index
    return first


def _last_signature(blocks: Sequence[Block], last: int) -> int:
    """On to the author's line and source under the article: short blocks in the same element."""
    home = blocks[last].path[:-1]
    end = last
    for index in range(last + 1, min(len(blocks), last + 1 + _SIGNATURE_BLOCKS)):
        block = blocks[index]
        short = len(block.text.split()) <= _SIGNATURE_WORDS
        if block.path[: len(home)] != home or block.heading or not short:
            break
        end = index
    return end


def _understood(text: str) -> tuple[str, dict[str, str]]:
    """trafilatura's text of the article, squeezed, and what the page declares about itself."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(
        text,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=True,
        # Without this a date anywhere in the text, or the year of a footer, becomes the page's.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None:
        return "", {}
    values = {
        "title": found.title,
        "author": found.author,
        "date": found.date,
        "source": found.url,
        "site": found.sitename,
    }
    properties = {name: " ".join(value.split()) for name, value in values.items() if value}
    return _squeezed(found.text or ""), properties


def _decode(path: Path, data: bytes) -> str:
    found = _CHARSET.search(data[:4096])
    declared = found.group(1).decode("ascii") if found else None
    try:
        return decode(path, data, declared=declared, repairing=False)
    except NotText:
        # Judged by its words alone, without the markup.
        for encoding in ("cp1258", "cp1252"):
            text = decode_as(data, encoding)
            visible = _MARKUP.sub(" ", text) if text is not None else ""
            if text is not None and (
                reads_as_vietnamese(visible) if encoding == "cp1258" else legacy_encoding(visible)
            ):
                return text
        raise
