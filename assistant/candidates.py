"""Candidate sentences: every sentence of the passages that retrieval found, as exact spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.llm import injected
from assistant.phrases import Phrases
from assistant.tables import header_text
from index.types import Hit
from ingest.numbers import find_numbers, find_short_numbers, short
from ingest.sentences import sentences
from ingest.types import Document, Passage
from ingest.units import ITEM, asks, units

#: Lines of an official layout that state nothing: place and date, grounds, what introduces the whole.
_FORMAL_LINE = re.compile(
    r"^\W*[^\W\d_][^,\n]{1,40}, ngày \d{1,2} tháng \d{1,2} năm \d{4}\W*$"
    r"|^\W*(?:căn cứ|nơi nhận|kính gửi|xét đề nghị|theo đề nghị|t/m|thay mặt)\b"
    r"|^\W*(?:căn cứ|thực hiện|để thực hiện|tại phiên họp|trên cơ sở|ban)\b.*(?:như sau|quy định|kết luận|quyết định)\s*:\s*$",
    re.IGNORECASE | re.DOTALL,
)
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
        meaning: what is embedded of it.
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
    meaning: str = ""

    @property
    def document_numbers(self) -> frozenset[str]:
        """The document's own number, as ``numbers`` has them."""
        return numbers_in(self.document.number or "")

    @property
    def title_numbers(self) -> frozenset[str]:
        """Document numbers in the title: what an article about a document is about."""
        return numbers_in(self.document.title)

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


def candidates(hits: Sequence[Hit]) -> list[Candidate]:
    """The sentences of the passages of ``hits``, in the order of the hits.

    Headings are none, and neither is what tells the assistant what to say.
    """
    found: list[Candidate] = []
    seen: set[tuple[str, int]] = set()
    for rank, hit in enumerate(hits):
        document, passage = hit.document, hit.passage
        context = Phrases.of(" | ".join(_about(document)))
        around = Phrases.of(f"{passage.heading} | {passage.text}")
        texts = [
            document.text[start:end] for start, end in sentences(document.text, passage.start, passage.end)
        ]
        for unit in units(document, passage):
            if (document.id, unit.start) in seen:
                continue
            seen.add((document.id, unit.start))
            if injected.touches(document, passage, unit.start, unit.end):
                continue
            own = document.text[unit.start : unit.end]
            heading = unit.heading
            found.append(
                Candidate(
                    document=document,
                    passage=passage,
                    start=unit.start,
                    end=unit.end,
                    sentence=unit.sentence,
                    order=unit.order,
                    heading=heading,
                    own=Phrases.of(own),
                    near=Phrases.of(" | ".join(texts[max(0, unit.order - 1) : unit.order + 2])),
                    lead=Phrases.of(" | ".join((*heading, header_text(document.text, unit.start)))),
                    title=Phrases.of(heading[-1] if heading else ""),
                    around=around,
                    context=context,
                    numbers=numbers_in(own),
                    rank=rank,
                    retrieval=hit.score - hits[0].score,
                    question=unit.question,
                    meaning=unit.meaning,
                )
            )
    return found


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
