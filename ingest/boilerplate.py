"""Which lines of a saved web page are the page's and not the article's.

The evidence is the shape of a line, where it stands (before the first sentence, after the last) and
the vocabulary of Vietnamese content management systems. A sentence is never dropped, except the
few that such systems themselves write ("Bình luận của bạn đã được gửi thành công.") and the teaser
under a headline that is repeated after the article's end.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.page_lines import (
    CHROME_KINDS,
    IMPRINT,
    LINK,
    LineKind,
    byline,
    is_official,
    kind_of,
    of_article,
    opens_official,
)
from ingest.press import publication_date


@dataclass(slots=True)
class Verdict:
    """Indices of the lines to drop, and what the lines at the edges say about the article."""

    drop: set[int] = field(default_factory=set)
    properties: dict[str, str] = field(default_factory=dict)


def judge(lines: Sequence[str], *, page: bool) -> Verdict:
    """Judge the lines of a text.

    Args:
        lines: as they stand; blank lines included.
        page: the text is known to come from a web page (HTML).
    """
    stripped = [" ".join(line.split()).strip() for line in lines]
    kinds = [kind_of(line) for line in stripped]
    if is_official(stripped):
        return Verdict(_around_official(stripped, kinds))
    verdict = Verdict()
    prose = [
        index for index, kind in enumerate(kinds) if kind is LineKind.SENTENCE and of_article(stripped[index])
    ]
    if not prose:
        return verdict
    first, last = prose[0], prose[-1]
    last = _before_teasers(stripped, kinds, last)
    tickers = {index for index in range(first + 1) if _is_ticker(stripped, index)}
    if tickers & {first}:
        first = next((index for index in prose if index not in tickers), first)
    seen = {stripped[index].lower() for index, kind in enumerate(kinds) if kind in CHROME_KINDS}
    certain = bool(tickers) or any(kind is LineKind.CERTAIN for kind in kinds)
    saved_page = page or certain or len(seen) >= 2 or last != prose[-1]
    _note_edges(stripped, kinds, first, last, verdict)
    title = _title(stripped, kinds, tickers, last)
    verdict.drop |= _repeated_title(stripped, kinds, title, last, always=saved_page)
    if saved_page:
        verdict.drop |= tickers | _head(stripped, kinds, title if title is not None else first, first)
        verdict.drop |= _inside(kinds, first, last)
        verdict.drop |= _tail(stripped, kinds, last)
    return verdict


def _is_ticker(lines: Sequence[str], index: int) -> bool:
    """A bar of headlines of other articles: "A | B | C |", alone on its line at the top."""
    parts = [part.split() for part in lines[index].split("|") if part.strip()]
    if len(parts) < 3 or sum(map(len, parts)) < 5 * len(parts):
        return False
    beside = [lines[other] for other in (index - 1, index + 1) if 0 <= other < len(lines)]
    return not any("|" in line for line in beside)  # else: rows of a table


def _title(lines: Sequence[str], kinds: Sequence[LineKind], tickers: set[int], last: int) -> int | None:
    for index in range(last):
        if kinds[index] is LineKind.LABEL and index not in tickers and len(lines[index].split()) >= 4:
            return index
        if kinds[index] is LineKind.SENTENCE and index not in tickers:
            return None
    return None


def _head(lines: Sequence[str], kinds: Sequence[LineKind], title: int, first: int) -> set[int]:
    """Controls between the top and the first sentence, and the menu above the title."""
    drop = {index for index in range(first) if kinds[index] in CHROME_KINDS}
    above = [index for index in range(min(title, first)) if kinds[index] is not LineKind.BLANK]
    menu = [index for index in above if kinds[index] is not LineKind.NOTE and len(lines[index].split()) <= 4]
    if len(menu) >= 4 and drop & set(menu):
        drop |= set(menu)
    return drop


def _inside(kinds: Sequence[LineKind], first: int, last: int) -> set[int]:
    """Controls between paragraphs, and the headlines that follow "Tin liên quan" without a gap."""
    drop: set[int] = set()
    listing = False
    for index in range(first, last + 1):
        kind = kinds[index]
        if kind in CHROME_KINDS:
            drop.add(index)
            listing = kind is LineKind.RELATED
        elif listing and kind is LineKind.LABEL:
            drop.add(index)
        else:
            listing = False
    return drop


#: A page lists no more other articles than fit on so many lines.
_TEASER_LINES = 200


def _before_teasers(lines: Sequence[str], kinds: Sequence[LineKind], last: int) -> int:
    """The last sentence of the article, where the page goes on with teasers of other articles.

    They follow the author's line or a heading such as "Tin liên quan", each under a headline of
    its own; without such a heading, one of the headlines must stand there twice.
    """
    sentences = [index for index, kind in enumerate(kinds) if kind is LineKind.SENTENCE]
    words = [len(line.split()) for line in lines]
    total, words_after = sum(words), 0
    for start in range(len(lines) - 1, max(-1, len(lines) - _TEASER_LINES), -1):
        words_after += words[start]
        if kinds[start] not in (LineKind.NOTE, LineKind.RELATED) or start > last:
            continue
        before = sentences[: bisect_left(sentences, start)]
        after = [index for index in range(start + 1, len(lines)) if kinds[index] is not LineKind.BLANK]
        if len(before) < 3 or not after or 2 * words_after > total:
            continue
        if kinds[start] is LineKind.RELATED and any(byline(lines[index]) for index in after):
            continue  # the author's line is still to come: the article goes on
        labels = [lines[index].lower() for index in after if kinds[index] is LineKind.LABEL]
        repeated = any(labels.count(label) > 1 and len(label.split()) >= 4 for label in labels)
        paired = all(
            kinds[after[place - 1]] is LineKind.LABEL and place > 0 and len(lines[index].split()) <= 70
            for place, index in enumerate(after)
            if kinds[index] is LineKind.SENTENCE and of_article(lines[index])
        )
        if paired and (repeated or kinds[start] is LineKind.RELATED):
            return before[-1]
    return last


def _repeated_title(
    lines: Sequence[str], kinds: Sequence[LineKind], title: int | None, last: int, *, always: bool
) -> set[int]:
    """The headline again as the text of a picture: above its caption."""
    if title is None:
        return set()
    again = {
        index
        for index in range(title + 1, len(lines))
        if lines[index] == lines[title] and kinds[index] is LineKind.LABEL
    }
    if always:
        return again
    captions = set()
    for index in again:
        following = next((line for line in lines[index + 1 : index + 6] if line), "")
        if following and len(following.split()) <= 25 and index < last:
            captions.add(index)
    return captions


def _tail(lines: Sequence[str], kinds: Sequence[LineKind], last: int) -> set[int]:
    """Everything from the first control or list after the last sentence on, but author and source."""
    begin = next(
        (
            index
            for index in range(last + 1, len(lines))
            if kinds[index] in CHROME_KINDS or IMPRINT.match(lines[index])
        ),
        len(lines),
    )
    note = next((index for index in range(last + 1, len(lines)) if kinds[index] is LineKind.NOTE), None)
    if note is not None and note < begin:
        labels = [lines[index] for index in range(note + 1, len(lines)) if kinds[index] is LineKind.LABEL]
        if begin < len(lines) or len(labels) != len(set(labels)):
            begin = note + 1
    return {
        index
        for index in range(begin, len(lines))
        if kinds[index] is not LineKind.BLANK and not (kinds[index] is LineKind.NOTE and index <= begin + 8)
    }


def _note_edges(
    lines: Sequence[str], kinds: Sequence[LineKind], first: int, last: int, verdict: Verdict
) -> None:
    """Take the time of publication and the link into the properties; the author stays in the text too."""
    edges = [*range(first), *range(last + 1, len(lines))]
    for index in edges:
        line = lines[index]
        if kinds[index] is not LineKind.NOTE:
            continue
        published, link = publication_date(line), LINK.fullmatch(line)
        if published is not None:
            verdict.properties.setdefault("date", published.isoformat())
            verdict.drop.add(index)
        elif link is not None:
            verdict.properties.setdefault("source", link["url"].rstrip(").,"))
            verdict.drop.add(index)
        elif index > last and (names := byline(line)) is not None:
            verdict.properties.setdefault("author", names)


def _around_official(lines: Sequence[str], kinds: Sequence[LineKind]) -> set[int]:
    """Beside an official document only what nothing else could mean, above its head and below its end."""
    marks = [i for i, line in enumerate(lines) if opens_official(line)]
    sentences = [index for index, kind in enumerate(kinds) if kind is LineKind.SENTENCE]
    start, end = marks[0], max([marks[-1], *sentences])
    return {
        index
        for index, kind in enumerate(kinds)
        if kind is LineKind.CERTAIN
        and (index < start or index > end)
        and lines[index].lower() != "chú thích ảnh"
    }
