"""The units of a passage that can be quoted: its sentences, and the parts of long ones, as exact spans."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from ingest.sentences import clauses, sentences
from ingest.structure import Block, BlockKind, outline
from ingest.types import Document, Passage

_SHORTEST = 4  # syllables; anything shorter is a label ("Quang cảnh", "Tag:"), no statement
_SHORT = 25  # words
_ENDS = '.!?…:;”")'
_LONG, _LEAST_PART = 55, 8  # words
#: The sign before an item of a list.
ITEM = re.compile(r"\s*(?:[-+•*–]|\d{1,2}[.)]|[a-zđ][.)])\s")
#: How many paragraphs below a question may belong to its answer.
_ANSWERED_WITHIN = 3
_NUMBERED_QUESTION = re.compile(r"\W*(?:câu(?: hỏi)?|hỏi)\s*(?:\d{1,3})?\s*[.:)–-]", re.IGNORECASE)
_ANSWER = re.compile(r"\W*(?:đáp án|trả lời|đáp|giải thích)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """What can be quoted by itself: ``document.text[start:end]``.

    Attributes:
        sentence: start and end of the sentence it is, or is a part of.
        order: index of that sentence within its passage.
        heading: the headings it stands under, outermost first; a question that it answers, in a
            document of questions and answers, is the last of them.
        question: start and end of that question.
        meaning: what is embedded of it: a short one needs the heading it stands under.
    """

    start: int
    end: int
    sentence: tuple[int, int]
    order: int
    heading: tuple[str, ...]
    question: tuple[int, int] | None
    meaning: str


def units(document: Document, passage: Passage) -> list[Unit]:
    """The units of a passage, in order; headings, and what is too short to state anything, are none."""
    text = document.text
    blocks = outlined(text)
    spans = sentences(text, passage.start, passage.end)
    first, last = _cut(text, passage)
    found: list[Unit] = []
    for order, (start, end) in enumerate(spans):
        # A sentence too long for one passage goes on beyond it: what is seen of it is a part.
        sentence = (start - (first and order == 0), end + (last and order == len(spans) - 1))
        block, is_head = blocks.at(start)
        if is_head:
            continue
        question = None if asks(text[start:end]) else blocks.question_over(start)
        if len(text[start:end].split()) < (_SHORTEST if question is None else 1):
            continue
        heading = block.heading_path if block is not None else ()
        if question is not None and (asked := text[question[0] : question[1]]) not in heading:
            heading = (*heading, asked)
        for part_start, part_end in parts(text, start, end):
            meaning = text[part_start:part_end]
            if heading and len(meaning.split()) < _SHORT:
                meaning = f"{heading[-1]}: {meaning}"
            found.append(Unit(part_start, part_end, sentence, order, heading, question, meaning))
    return found


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
        """The question that the text at ``offset`` answers: the nearest above it, no heading between."""
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
