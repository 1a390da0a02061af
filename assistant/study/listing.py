"""Lists in a document whose items answer one question: announced by a colon, under a heading, or in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.lists import listing_at, style_of
from assistant.study.clause import body_of, points_outside
from assistant.study.gather import Line
from assistant.study.sourcing import heading_of, placed
from ingest.units import ITEM, outlined

Span = tuple[int, int]

_FEWEST, _MOST = 2, 7
_ITEM_WORDS = 24
#: "có bốn mức: khiển trách, cảnh cáo, cách chức, khai trừ" — the noun that is counted.
_COUNTED_NOUN = re.compile(
    r"(?P<before>.*?)(?P<number>hai|ba|bốn|năm|sáu|bảy|tám|\d) (?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)(?P<rest>[^:]{0,30})$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s+(?:và|hoặc)\s+(?=[^,]*$)")
#: What announces a row of people: "đối tượng kết nạp là công nhân, nông dân, trí thức …".
_ROW_HEAD = re.compile(r"\s(?:là|như|gồm|trong)\s(?:những |các )?")
_PEOPLE = re.compile(
    r"(?:đối tượng|nhóm|diện|nguồn|lực lượng|thành phần)(?:,? [^\W\d_]+){0,13}$", re.IGNORECASE
)
_ROW = re.compile(
    r"(?:[^\W\d_]+(?: [^\W\d_]+){0,11}, ){2,}[^\W\d_]+(?: [^\W\d_,;.]+){0,15}?(?=\s*(?:…|\.|;|$))"
)
#: Where the part of a sentence begins that such a row ends.
_INNER = re.compile(r"(?:trong đó |, )(?=(?:quan tâm|chú trọng|ưu tiên|chú ý|mở rộng|rà soát|tập trung)\b)")
_NO_ITEM = re.compile(
    r"(?:đã|được|có|không|làm|do|để|phải|nhất là|tiếp tục|phấn đấu|bảo đảm|trong đó|tạo|nâng)\b|\W|\d"
)
_ROW_ITEM_WORDS, _HEAD_WORDS = 9, (5, 40)


@dataclass(frozen=True, slots=True)
class Listing:
    """Items that all answer ``asks``.

    Attributes:
        asks: the question without "?": "Với đảng viên chính thức có bốn mức nào".
        items: the words of each and its span; ``lead`` is the span that announces them, ``None`` where a
            heading does.
        short: the items are names or terms, not sentences.
    """

    line: Line
    asks: str
    items: tuple[tuple[str, Span], ...]
    lead: Span | None
    short: bool


def listings(lines: tuple[Line, ...]) -> Iterator[Listing]:
    """The lists among the lines of one document, each once."""
    seen: set[int] = set()
    for line in lines:
        for found in (_announced(line), _structured(line), _in_row(line)):
            if found is not None and found.items[0][1][0] not in seen:
                seen.update(span[0] for _, span in found.items)
                yield found


def _announced(line: Line) -> Listing | None:
    """A clause with a number of things, a colon, and so many of them."""
    text = line.document.text
    start, end = body_of(line)
    colon = text.find(":", start, end)
    if colon < 0 or text[colon + 1 : end].count(":"):
        return None
    head = " ".join(text[start:colon].split())
    counted = _COUNTED_NOUN.match(head)
    tail_end = end
    bracket = re.search(r"\s*\((?:Điều|khoản)[^)]*\)\.?\s*$", text[colon:end])
    if bracket:
        tail_end = colon + bracket.start()
    items = tuple(_split(text, colon + 1, tail_end))
    if counted is None or not _FEWEST <= len(items) <= _MOST or points_outside(head):
        return None
    number = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}.get(
        counted["number"].lower()
    )
    if len(items) != (number or int(counted["number"])):
        return None
    asks = placed(f"{head} nào", line.document)
    return Listing(
        line, asks, items, (line.start, line.end), all(len(item.split()) <= 8 for item, _ in items)
    )


def _split(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """The parts of ``text[start:end]`` between commas (semicolons, where it has any) and the last "và"."""
    mark = ";" if ";" in text[start:end] else ","
    pieces: list[Span] = []
    begin = start
    for at in [m.start() for m in re.finditer(mark, text[start:end])]:
        pieces.append((begin, start + at))
        begin = start + at + 1
    last = text[begin:end]
    if mark == "," and (joint := _JOINED.search(last)):
        pieces += [(begin, begin + joint.start()), (begin + joint.end(), end)]
    else:
        pieces.append((begin, end))
    for first, stop in pieces:
        raw = text[first:stop]
        bare = raw.strip(" .;,…\n")
        bare = re.sub(r"^(?:và|hoặc)\s+", "", bare)
        if bare:
            at = first + raw.index(bare)
            yield " ".join(bare.split()), (at, at + len(bare))


def _structured(line: Line) -> Listing | None:
    """Items of a list that a heading, or a line with a colon, stands over."""
    document = line.document
    if style_of(line.text) is None or "|" in line.text:
        return None
    outline = outlined(document.text)
    found = listing_at(document.text, outline.blocks, max(0, outline.position(line.start)))
    if found is None or not 3 <= len(found.items) <= _MOST:
        return None
    items = []
    for start, end in found.items:
        sign = ITEM.match(document.text, start, end)
        begin = sign.end() if sign else start
        stop = begin + len(document.text[begin:end].rstrip(" ;.\n"))
        first = re.search(r"\.\s", document.text[begin:stop])
        stop = begin + first.start() if first else stop
        item = " ".join(document.text[begin:stop].split())
        if not 2 <= len(item.split()) <= _ITEM_WORDS or points_outside(item) or item.endswith(":"):
            return None
        items.append((item, (begin, stop)))
    heading = heading_of(line)
    if not heading or heading.endswith("?") or _is_topic_only(heading):
        return None
    return Listing(line, _heading_asks(heading), tuple(items), found.lead, False)


def _is_topic_only(heading: str) -> bool:
    return len(heading.split()) < 2


def _heading_asks(heading: str) -> str:
    if heading.lower().startswith("khi "):
        return f"{heading[:1].lower()}{heading[1:]} cần làm những việc nào"
    return f"mục “{heading}” nêu những nội dung nào"


def _in_row(line: Line) -> Listing | None:
    """People in a row at the end of a statement: "… là công nhân, chủ doanh nghiệp, nông dân và học sinh"."""
    text = line.document.text
    start, end = body_of(line)
    begins = [start] if text[start : start + 1].isupper() else []
    begins += [match.end() for match in _INNER.finditer(text, start, end)]
    for head in reversed(list(_ROW_HEAD.finditer(text, start, end))):
        row = _ROW.match(text, head.end(), end)
        begin = max((at for at in begins if at <= head.start()), default=None)
        if row is None or begin is None or not _PEOPLE.search(text[begin : head.start()]):
            continue
        before = " ".join(re.sub(r"\s(?:những|các)\s*$", "", text[begin : head.end()]).split())
        items = tuple(map(_without_joint, _split(text, *row.span())))
        if points_outside(before) or not _HEAD_WORDS[0] <= len(before.split()) <= _HEAD_WORDS[1]:
            continue
        if any(_NO_ITEM.match(item) for item, _ in items):
            continue
        items = tuple((item, span) for item, span in items if len(item.split()) <= _ROW_ITEM_WORDS)
        if len(items) >= _FEWEST + 1:
            asks = placed(before, line.document)
            return Listing(line, f"{asks} ……", items, (line.start, line.end), True)
    return None


def _without_joint(item: tuple[str, Span]) -> tuple[str, Span]:
    """An item without the "là" that it repeats: "là người theo tôn giáo, là cán bộ"."""
    said, (start, end) = item
    bare = said.removeprefix("là ")
    return bare, (start + len(said) - len(bare), end)
