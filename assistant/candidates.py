"""Candidate sentences: every sentence of the passages that retrieval found, as exact spans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.phrases import Phrases
from index.types import Hit
from ingest.numbers import find_numbers, find_short_numbers, short
from ingest.sentences import clauses, sentences
from ingest.structure import Block, BlockKind, outline
from ingest.types import Document, Passage

_SHORTEST = 4  # syllables; anything shorter is a label ("Quang cảnh", "Tag:"), no statement
#: Lines of an official layout that state nothing: place and date, grounds, what introduces the whole.
_FORMAL_LINE = re.compile(
    r"^\W*[^\W\d_][^,\n]{1,40}, ngày \d{1,2} tháng \d{1,2} năm \d{4}\W*$"
    r"|^\W*(?:căn cứ|nơi nhận|kính gửi|xét đề nghị|theo đề nghị|t/m|thay mặt)\b"
    r"|^\W*(?:căn cứ|thực hiện|để thực hiện|tại phiên họp|trên cơ sở|ban)\b.*(?:như sau|quy định|kết luận|quyết định)\s*:\s*$",
    re.IGNORECASE | re.DOTALL,
)
_ENDS = '.!?…:;”")'
_LONG, _LEAST_PART = 55, 8  # words
#: The sign before an item of a list.
ITEM = re.compile(r"\s*(?:[-+•*–]|\d{1,2}[.)]|[a-zđ][.)])\s")
#: How many paragraphs below a question may belong to its answer.
_ANSWERED_WITHIN = 3
_NUMBERED_QUESTION = re.compile(r"\W*(?:câu(?: hỏi)?|hỏi)\s*(?:\d{1,3})?\s*[.:)–-]", re.IGNORECASE)
_ANSWER = re.compile(r"\W*(?:đáp án|trả lời|đáp|giải thích)\b", re.IGNORECASE)
_SOURCE_LINE = re.compile(r"^\s*(?:nguồn|link gốc|theo|ảnh|source)\s*:", re.IGNORECASE)
_TABLE_CELLS = " | "


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence that might be quoted, or a part of a long one: ``document.text[start:end]``.

    Attributes:
        sentence: start and end of the sentence it is, or is a part of.
        order: index of the sentence within its passage.
        heading: the headings it stands under, outermost first; a question that it answers, in a
            document of questions and answers, is one of them.
        own, near, lead, title, around, context: what is said in the sentence itself; in it and its
            two neighbours; in ``heading``; in the nearest heading; in its passage; in its document's
            title, place, issuer, number and year.
        numbers: canonical document numbers in it, short forms too.
        question: start and end of the question that it answers, in a document of questions and answers.
        rank: 0-based rank of its passage.
        retrieval: fused score of its passage less that of the best passage (0 for the best).
    """

    document: Document
    passage: Passage
    start: int
    end: int
    sentence: tuple[int, int]
    order: int
    heading: tuple[str, ...]
    own: Phrases
    near: Phrases
    lead: Phrases
    title: Phrases
    around: Phrases
    context: Phrases
    numbers: frozenset[str]
    rank: int
    retrieval: float
    question: tuple[int, int] | None = None

    @property
    def document_numbers(self) -> frozenset[str]:
        """The document's own number, as ``numbers`` has them."""
        return numbers_in(self.document.number or "")

    @property
    def lead_numbers(self) -> frozenset[str]:
        """Document numbers in the headings over it, as ``numbers`` has them."""
        return numbers_in(" | ".join(self.heading))

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    @property
    def is_label(self) -> bool:
        """No statement: a caption or title without an end, a question, a line that names a source.

        What follows a question answers it, however short it is.
        """
        text = self.text.rstrip()
        if asks(text) or _SOURCE_LINE.match(text) or _FORMAL_LINE.match(text):
            return True
        if self.question is not None or self.sentence != (self.start, self.end):
            return False
        unended = text[-1:] not in '.!…;:"”)' and len(text.split()) < 25
        return unended and _TABLE_CELLS not in text and not ITEM.match(text)


class Outline:
    """The blocks of a document by offset."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.blocks: list[Block] = outline(text)
        self._starts = [block.start for block in self.blocks]

    def position(self, offset: int) -> int:
        """Index of the block of a character; -1 before the first."""
        return bisect_right(self._starts, offset) - 1

    def at(self, offset: int) -> tuple[Block | None, bool]:
        """The block of a character, and whether it is a heading, or the head of a table."""
        position = self.position(offset)
        if position < 0:
            return None, False
        block = self.blocks[position]
        row = block.kind is BlockKind.TABLE_ROW
        first = row and (position == 0 or self.blocks[position - 1].kind is not BlockKind.TABLE_ROW)
        return block, block.kind is BlockKind.HEADING or first

    def question_over(self, offset: int) -> tuple[int, int] | None:
        """The question that the text at ``offset`` answers: the nearest one above it, with no heading between."""
        position = self.position(offset)
        for above in range(position, max(-1, position - _ANSWERED_WITHIN - 1), -1):
            block = self.blocks[above]
            span = (block.start, min(block.end, offset))
            if asks(self._text[span[0] : span[1]]):
                return span
            if block.kind is BlockKind.HEADING and above < position:
                return None
        return None


@lru_cache(maxsize=256)
def outlined(text: str) -> Outline:
    """The outline of a document's text, kept for the next question."""
    return Outline(text)


def asks(text: str) -> bool:
    """Whether a line is a question, or the number and wording of one in a list of them."""
    text = text.rstrip(" *_\n")
    return text.endswith("?") or (_NUMBERED_QUESTION.match(text) is not None and not _ANSWER.match(text))


def candidates(hits: Sequence[Hit]) -> list[Candidate]:
    """The sentences of the passages of ``hits``, in the order of the hits; headings are none."""
    found: list[Candidate] = []
    seen: set[tuple[str, int]] = set()
    for rank, hit in enumerate(hits):
        document, passage = hit.document, hit.passage
        blocks = outlined(document.text)
        spans = sentences(document.text, passage.start, passage.end)
        texts = [document.text[start:end] for start, end in spans]
        context = Phrases.of(" | ".join(_about(document)))
        around = Phrases.of(f"{passage.heading} | {passage.text}")
        first, last = _cut(document.text, passage)
        for order, ((start, end), text) in enumerate(zip(spans, texts, strict=True)):
            # A sentence too long for one passage goes on beyond it: what is seen of it is a part.
            sentence = (start - (first and order == 0), end + (last and order == len(spans) - 1))
            block, is_head = blocks.at(start)
            question = None if asks(text) else blocks.question_over(start)
            shortest = _SHORTEST if question is None else 1
            if (document.id, start) in seen or len(text.split()) < shortest:
                continue
            if is_head:
                continue
            seen.add((document.id, start))
            heading = block.heading_path if block is not None else ()
            if question is not None and (asked := document.text[question[0] : question[1]]) not in heading:
                heading = (*heading, asked)
            near = Phrases.of(" | ".join(texts[max(0, order - 1) : order + 2]))
            lead, title = Phrases.of(" | ".join(heading)), Phrases.of(heading[-1] if heading else "")
            for part_start, part_end in parts(document.text, start, end):
                part = document.text[part_start:part_end]
                found.append(
                    Candidate(
                        document=document,
                        passage=passage,
                        start=part_start,
                        end=part_end,
                        sentence=sentence,
                        order=order,
                        heading=heading,
                        own=Phrases.of(part),
                        near=near,
                        lead=lead,
                        title=title,
                        around=around,
                        context=context,
                        numbers=numbers_in(part),
                        rank=rank,
                        retrieval=hit.score - hits[0].score,
                        question=question,
                    )
                )
    return found


def _cut(text: str, passage: Passage) -> tuple[bool, bool]:
    """Whether a passage begins, and ends, in the middle of a sentence."""
    before = text[: passage.start].rstrip(" \t")[-1:]
    after = text[passage.end :].lstrip(" \t")[:1]
    ended = text[: passage.end].rstrip()[-1:] in _ENDS
    return bool(before) and before not in _ENDS + "\n", bool(after) and after != "\n" and not ended


def parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a long sentence between its semicolons, without them; a short one whole.

    Official sentences string measures together with semicolons; each part stands for itself. A part
    too short to do so stays with the one before it.
    """
    if len(text[start:end].split()) <= _LONG:
        return [(start, end)]
    spans: list[tuple[int, int]] = []
    begin = start
    for _, clause_end in clauses(text, start, end):
        if text[clause_end - 1] == ";" and len(text[begin:clause_end].split()) >= _LEAST_PART:
            spans.append((begin, clause_end - 1))
            begin = clause_end + len(text[clause_end:end]) - len(text[clause_end:end].lstrip())
    if begin < end:
        if spans and len(text[begin:end].split()) < _LEAST_PART:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((begin, end))
    return spans


def _about(document: Document) -> list[str]:
    facts = (document.title, document.province, document.issuer, document.number)
    year = str(document.issued_on.year) if document.issued_on else None
    return [fact for fact in (*facts, year) if fact]


@lru_cache(maxsize=4096)
def numbers_in(text: str) -> frozenset[str]:
    """Canonical document numbers of a text, and their short forms."""
    full = find_numbers(text)
    shorts = {short(mention.written) for mention in full} | {m.canonical for m in find_short_numbers(text)}
    return frozenset({mention.canonical for mention in full} | {form for form in shorts if form})
