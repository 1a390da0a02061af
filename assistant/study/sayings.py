"""What a line of the library says by itself: whole statements that a lesson can put before a class.

A sentence that points back ("việc này", "Đó là") is joined to the one before it, an item to the line that
announces its list, a short answer to its question, and left out where none of these makes it whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.lists import Listing, announces, listing_at, style_of
from assistant.phrases import words
from assistant.quantities import figures
from assistant.study.gather import Line, Material
from assistant.study.places import Named, named_place
from ingest.places import find_places
from ingest.sentences import sentences
from ingest.structure import BlockKind
from ingest.types import Document, Kind
from ingest.units import ITEM, outlined

Span = tuple[int, int]

#: Words of a statement, at least and at most; of a list or an answer, at most.
FEWEST, MOST, LONGEST = 6, 62, 95
#: Characters of a list that is told whole, at most.
_LONGEST_LIST = 900
#: Words of an item that is told without its list, at least: where a heading announces it, and where a line does.
_ITEM_ALONE, _ITEM_UNLED = 9, 14
_ANNOUNCING = re.compile(r"(?:sau đây|dưới đây|như sau|sau)\b", re.IGNORECASE)
#: Words that only join a sentence to the one before it.
_JOINS = re.compile(
    r"(?:tuy (?:nhiên|vậy|thế)|bên cạnh đó|đặc biệt|theo đó|đồng thời|ngoài ra|thêm vào đó|nói cách khác|vì vậy|do vậy"
    r"|do đó|nhờ vậy|nhìn chung|cần phân biệt|điều đáng nói là|có thể nói|mặt khác|theo số liệu nói trên|cùng với đó)"
    r"\s*(?:[,:]\s*|(?=\s(?:các|những|cần|đặc biệt|yêu cầu)\s)\s)",
    re.IGNORECASE,
)
#: What points at something said before, where a statement begins with it or has it near its beginning.
_POINTS_FIRST = re.compile(
    r"\W*(?:đó|đây|này|ấy|họ|nó|trong (?:đó|số)|trong khi đó|nhờ (?:vậy|đó|thế|các)|vì (?:vậy|thế)|do (?:vậy|đó|thế)|qua đó|từ đó"
    r"|khi đó|sau đó|trước đó|tương tự|cũng|còn|riêng|như vậy|như thế|thế là|lại|và|nhưng|song|mà|thì|nên|nếu vậy|kết quả đó|điều đó"
    r"|ngoài (?:ra|những)|bên cạnh|theo (?:đó|ông|bà|đồng chí|số liệu nói)|là|cách này|hai việc|ông|bà|đồng chí|một hướng mở khác"
    r"|phần còn lại|(?:[^\W\d_]+ ){1,2}cũng|bài dưới đây|hệ quả|tên gọi|một là|hai là|ba là)(?!\w)",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?<!\w)(?:này|ấy|đấy|nó|nói trên|nêu trên|trên đây|kể trên|dưới đây|sau đây|như sau|vừa nêu|kia|khi đó|vì thế|vì vậy|theo bảng"
    r"|(?<!trong )(?<!do )(?<!từ )(?<!qua )(?<!trong số )(?<!theo )(?<!nhờ )(?<!sau )đó|bản cũ|hai văn bản đầu|nhóm việc)(?!\w)",
    re.IGNORECASE,
)
#: News of a meeting: who came, who spoke, who opened it.
NEWS = re.compile(
    r"chủ trì|cùng dự|dự (?:hội nghị|lễ|buổi)|tham dự|phát biểu (?:khai mạc|kết luận|chỉ đạo)|khai mạc|bế mạc|tuyên dương"
    r"|(?:tổ chức|mở) (?:một )?(?:hội nghị|cuộc họp)|cuộc họp chuyên đề|tại hội nghị|các đại biểu|đại biểu các|một số đại biểu|đa số ý kiến|làm việc với"
    r"|cho biết|đồng chí giao|ý kiến cho rằng|phóng viên|lễ kết nạp đảng viên tại|trao (?:quyết định|giấy)",
    re.IGNORECASE,
)
#: How a measure begins that stands without the one who is to take it.
_IMPERATIVE = re.compile(
    r"(?:tăng cường|đẩy mạnh|nâng cao|chú trọng|tập trung|tiếp tục|phát huy|thực hiện tốt|làm tốt|thường xuyên|kịp thời|coi trọng"
    r"|quan tâm|đổi mới|gắn|phân công|giao|rà soát|phát hiện|kiểm tra|tạo điều kiện)\b"
)
_UPPER_START = re.compile(r"[\W\d_]*[^\W\d_a-zà-ỹđ]")
_MARKUP = re.compile(r"^[\s#*_>]+|[\s*_]+$")
_NUMBERING = re.compile(
    r"^[#\s*]*(?:(?:câu(?: hỏi)?|phần|mục|chương|điều|bài|hỏi)\s*(?:\d+|[IVXLC]+)?\s*[.:)–-]\s*|(?:\d+|[IVXLC]+|[a-zđ])[.)]\s*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """An exact span that a statement rests on, with the sentence it belongs to."""

    start: int
    end: int
    sentence: Span


@dataclass(frozen=True)
class Saying:
    """One statement of a document that can be understood by itself.

    Attributes:
        line: the line it was made from, of which it takes document, passage and score.
        text: what is shown: the words of ``spans`` in order, blanks aside, with a capital at the beginning.
        spans: what it rests on; the last is the statement itself, those before introduce it.
        question: the question of its document that it answers, without its number; "" for none.
        listed: it is a list with what announces it.
        place: that it tells of, where it tells of one.
    """

    line: Line
    text: str
    spans: tuple[Quoted, ...]
    question: str = ""
    listed: bool = False
    place: Named | None = None

    @property
    def document(self) -> Document:
        return self.line.document

    @property
    def start(self) -> int:
        return self.spans[-1].start

    @property
    def length(self) -> int:
        """In words."""
        return len(self.text.split())

    @cached_property
    def terms(self) -> frozenset[str]:
        """Its words, for telling whether another says the same."""
        return frozenset(words(self.text))

    @property
    def heading(self) -> str:
        """The nearest heading above it that is no question, without its number; "" for none."""
        asked = self.question
        found = [plain_heading(entry) for entry in self.line.heading]
        return next(
            (entry for entry in reversed(found) if entry and entry != asked and entry[-1] not in "?:"), ""
        )


def sayings(material: Material) -> list[Saying]:
    """The statements of the material, best first; each place of a document is in one of them only."""
    found: list[Saying] = []
    for document in material.documents:
        found += _of_document(material.of(document.id))
    found.sort(
        key=lambda saying: (saying.line.superseded, -saying.line.score, saying.document.id, saying.start)
    )
    return found


def _of_document(lines: Sequence[Line]) -> Iterator[Saying]:
    """In reading order; what one statement takes in is not said again by another."""
    made: list[Saying] = []
    for line in lines:
        if made and made[-1].spans[-1].end >= line.end:
            continue
        saying = _made(line)
        if saying is None:
            continue
        if made and saying.start < made[-1].spans[-1].end:
            made.pop()  # what it points back to is told with it
        made.append(saying)
    return map(_placed, made)


def _made(line: Line) -> Saying | None:
    if (
        line.question is not None
        and plain_heading(line.document.text[slice(*line.question)]) != line.document.title
    ):
        return _answering(line)
    if (listing := _listing(line)) is not None:
        listed = _listed(line, listing)
        # What a line announces is not told without it, unless an item says much by itself.
        enough = _ITEM_ALONE if listing.lead is None else _ITEM_UNLED
        return listed or (_alone(line) if len(line.text.split()) >= enough else None)
    return _joined(line) or _alone(line)


# ---- one line


def _alone(line: Line) -> Saying | None:
    """The line as a statement, without the sign of an item and the words that join it."""
    text = line.document.text
    start, end = line.start, line.end
    if "|" in text[start:end] or announces(text[start:end]):
        return None
    if item := ITEM.match(text, start, end):
        start = item.end()
    if joins := _JOINS.match(text, start, end):
        start = joins.end()
    said = text[start:end]
    if not _whole(said, _ITEM_ALONE if item else FEWEST, MOST) or not _subjected(said, line.document):
        return None
    headless = line.start > line.sentence[0] and not _UPPER_START.match(said)
    if headless and (not _IMPERATIVE.match(said) or re.search(r"\d", said) or "đã" in said.split()[:8]):
        return None
    return Saying(line, shown(said), (Quoted(start=start, end=end, sentence=line.sentence),))


def _whole(said: str, fewest: int, most: int) -> bool:
    """Whether a text states something by itself in so many words."""
    count = len(said.split())
    if not fewest <= count <= most or NEWS.search(said) or points_back(said):
        return False
    if said[:1] in "“\"'…(" or said.rstrip()[-1:] in ",:" or said.rstrip().endswith(("...", "…")):
        return False
    pairs = (("(", ")"), ("“", "”"), ("[", "]"))
    return all(said.count(left) == said.count(right) for left, right in pairs) and said.count('"') % 2 == 0


#: Whose a figure is: a body, or a whole.
_WHOSE = re.compile(
    r"(?<!\w)(?:đảng bộ|đảng ủy|đảng uỷ|chi bộ|tỉnh|thành phố|huyện|xã|phường|thị xã|khối|khu vực|doanh nghiệp|toàn|cả|thôn|bản"
    r"|mỗi|các (?:cấp|huyện|đảng)|tỉnh ủy|thành ủy|lớp)(?!\w)",
    re.IGNORECASE,
)


def _subjected(said: str, document: Document) -> bool:
    """Whether a statement with a figure says whose it is; a document of one place leaves that to its title."""
    found = figures(said)
    if not found:
        return True
    if document.province is None:
        whole = re.search(r"(?:toàn|cả) (?:tỉnh|thành phố|huyện)", said.lower())
        return bool(find_places(said)) or (document.kind is not Kind.ARTICLE and whole is None)
    return _WHOSE.search(said[: found[0].start()]) is not None


def points_back(said: str) -> bool:
    """Whether a statement begins by pointing at what was said before it, or does so within."""
    return _POINTS_FIRST.match(said) is not None or _POINTS.search(said) is not None


def shown(said: str) -> str:
    """A span as a reader sees it: single blanks, no markup, a capital first and a stop last."""
    text = " ".join(_MARKUP.sub("", said).replace("**", "").split()).rstrip(" ;,")
    text = text[:1].upper() + text[1:]
    return text if text[-1:] in ".!?…:”)" else f"{text}."


# ---- with what stands before


def _answering(line: Line) -> Saying | None:
    """The whole answer to the question of its document that a line is a part of, after the question."""
    if line.question is None:
        return None
    text = line.document.text
    start, end = line.question
    asked = plain_heading(text[start:end])
    span = _answer_span(line)
    if span is None or not asked.endswith("?"):
        return None
    said = text[slice(*span)]
    if len(said.split()) + len(asked.split()) > LONGEST or re.search(
        r"(?:bài|tài liệu) (?:dưới đây|này)", said
    ):
        return None
    begin = start + text[start:end].index(asked[:1] + asked[1:]) if asked in text[start:end] else start
    question = Quoted(start=begin, end=begin + len(asked), sentence=(start, end))
    if text[question.start : question.end] != asked:
        return None
    return Saying(
        line,
        f"{asked} {shown(said)}",
        (question, Quoted(start=span[0], end=span[1], sentence=span)),
        question=asked,
    )


def _answer_span(line: Line) -> Span | None:
    """The paragraph that answers, from its first character to its last."""
    outline = outlined(line.document.text)
    block, is_head = outline.at(line.start)
    if block is None or is_head or block.kind is BlockKind.TABLE_ROW:
        return None
    passage = line.passage
    if not (passage.start <= block.start and block.end <= passage.end):
        return None
    return block.start, block.end


def _listing(line: Line) -> Listing | None:
    """The list that a line announces or is an item of."""
    text = line.document.text
    outline = outlined(text)
    position = outline.position(line.start)
    if position < 0 or "|" in line.text:
        return None
    return listing_at(text, outline.blocks, position)


def _listed(line: Line, listing: Listing) -> Saying | None:
    """The whole list, with the line or the heading that announces it."""
    text = line.document.text
    first, last = listing.items[0][0], listing.items[-1][1]
    full = style_of(text[first:last]) == "number" and listing.lead is None
    if full or last - first > _LONGEST_LIST or "|" in text[first:last]:
        return None
    spans: list[Quoted] = []
    if listing.lead is not None:
        lead = listing.lead
        begin = lead[0]
        if item := ITEM.match(text, *lead):
            begin = item.end()
        last_sentence = sentences(text, begin, lead[1])[-1]
        if not points_back(_ANNOUNCING.sub("", text[slice(*last_sentence)])):
            begin = max(begin, last_sentence[0])
        # The announcement and its items follow each other: one span holds both.
        whole = Quoted(start=begin, end=last, sentence=(begin, last))
        head, said = text[begin : lead[1]], text[begin:last]
        spans.append(whole)
        if re.search(r"bảng|\?", head):
            return None
        if points_back(_ANNOUNCING.sub("", head)):
            return None
    else:
        heading = _heading_block(line, line.heading)
        if heading is None:
            return None
        spans += [heading, Quoted(start=first, end=last, sentence=(first, last))]
        said = f"{text[heading.start : heading.end].rstrip(':')}: {text[first:last]}"
    if not FEWEST <= len(said.split()) <= LONGEST:
        return None
    return Saying(line, shown(said), tuple(spans), listed=True)


def _heading_block(line: Line, path: Sequence[str]) -> Quoted | None:
    """Where the nearest heading above a line stands, without its number."""
    if not path:
        return None
    text = line.document.text
    bare = plain_heading(path[-1])
    at = text.rfind(bare, 0, line.start)
    if not bare or at < 0 or len(bare.split()) < 2:
        return None
    return Quoted(start=at, end=at + len(bare), sentence=(at, at + len(bare)))


def _joined(line: Line) -> Saying | None:
    """A line that points back, after the sentence before it in its paragraph, as one quote."""
    text = line.document.text
    said = text[line.start : line.end]
    if not points_back(said) or ITEM.match(said) or line.start > line.sentence[0]:
        return None
    block, _ = outlined(text).at(line.start)
    if block is None or "|" in said:
        return None
    before = [span for span in sentences(text, block.start, line.start) if span[1] <= line.start]
    if not before or before[-1][0] < line.passage.start:
        return None
    start, end = before[-1][0], line.end
    if item := ITEM.match(text, start, end):
        start = item.end()
    if joins := _JOINS.match(text, start, end):
        start = joins.end()
    first = text[start : before[-1][1]]
    if not _subjected(text[start:end], line.document):
        return None
    if not _whole(first, FEWEST, MOST) or not 0 < len(text[start:end].split()) <= MOST or NEWS.search(said):
        return None
    if re.search(r"(?:dưới đây|sau đây|nói trên|như sau|bảng)", said):
        return None
    return Saying(line, shown(text[start:end]), (Quoted(start=start, end=end, sentence=(start, end)),))


def _placed(saying: Saying) -> Saying:
    """The statement with the place it tells of; where it does not name the place, with a quote that does."""
    named = named_place(saying.document, saying.text)
    if named is None:
        return saying
    if named.said or saying.question or saying.document.text[saying.start : saying.start + 1] in '“"':
        return Saying(saying.line, saying.text, saying.spans, saying.question, saying.listed, named)
    introducing = Quoted(start=named.start, end=named.end, sentence=named.sentence)
    text = f"{shown(named.name).rstrip('.')}: {saying.text}"
    return Saying(saying.line, text, (introducing, *saying.spans), saying.question, saying.listed, named)


def plain_heading(heading: str) -> str:
    """A heading without markup and number: "## 1. Mục đích" → "Mục đích"."""
    text = " ".join(_MARKUP.sub("", heading).split())
    bare = _NUMBERING.sub("", text).strip(" *_")
    return bare if bare else text
