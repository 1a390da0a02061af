"""What teaching material is made from: the sentences of the library that speak of a topic, best first.

Nothing is written here; each line is an exact span of a document, with what is known of where it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.bylines import is_byline
from assistant.candidates import Candidate, candidates
from assistant.citations import cite
from assistant.retrieve import MEANING_CHARACTERS, Retrieval, retrieve
from assistant.semantic import SentenceMeaning
from assistant.study.spoken import elsewhere
from assistant.study.types import Wish
from assistant.types import Citation
from assistant.understanding import understand
from assistant.validity import Validity
from index.filtering import matching
from index.library import Library
from index.types import Hit
from index.vocabulary import Vocabulary
from ingest.numbers import canonical
from ingest.types import Document, Passage
from ingest.units import asks

#: Passages that are read for one wish.
MOST_PASSAGES = 240
#: How far, in cosine, a line may lie behind the best one and still speak of the topic. The cosines of the
#: bundled model lie close together: .80 for anything of the field, .90 for the topic itself.
_NEAR = 0.13
#: A line that shares words with the topic comes before one that is as near in meaning alone.
_WORDS_WEIGHT = 0.05
_LEAST_WORDS = 4

#: What a text says of itself, of its picture, or of the page it was saved from.
_ABOUT_ITSELF = re.compile(
    r"nhóm biên soạn|(?:tài liệu|bài viết|bài báo|bản tóm lược) (?:này|là|dưới đây)|bài dưới đây|dưới đây là|bảng dưới đây"
    r"|số liệu minh họa|số liệu minh hoạ|(?:là|chỉ để) minh h(?:ọa|oạ)\.?$|không nêu tại đây|có hiệu lực từ ngày ký|văn bản mẫu|để minh hoạ|tên giả định|lưu ý khi sử dụng|xem bản tóm lược|trích dẫn, hãy"
    r"|^\W*(?:chú thích )?ảnh\b|ảnh minh h(?:ọa|oạ)|quang cảnh|toàn cảnh (?:hội nghị|buổi)|phát biểu tại (?:hội nghị|buổi lễ)\.?$"
    r"|lượt (?:xem|truy cập)|tổng số truy cập|bình luận|bản quyền|đăng nhập|vui lòng|chia sẻ:|rao vặt|link gốc|liên kết website"
    r"|học viên tự trả lời|khi (?:tra cứu|áp dụng|cần trích dẫn)|người (?:dùng|đọc) (?:cần|phải)|tra bản gốc",
    re.IGNORECASE,
)
#: Captions of pictures, and teasers of other pages: they begin like a title and end without a stop.
_NO_STATEMENT = re.compile(r"^\W*\d[\d\s/:.,-]*$|\|\s{2,}|[…\w]\s{3,}\|")
_ENDS = re.compile(r"[.!…;:”\")]\W*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, or a part of a long one, that states something: ``document.text[start:end]``.

    Attributes:
        sentence: start and end of the sentence it is, or is a part of.
        heading: the headings it stands under, outermost first, as written ("## 1. Mục đích").
        question: start and end of the question it answers, in a document of questions and answers.
        score: how near it is to the topic; compares within one ``Material`` only.
        superseded: its document has been replaced or ended.
    """

    document: Document
    passage: Passage
    start: int
    end: int
    sentence: tuple[int, int]
    heading: tuple[str, ...]
    question: tuple[int, int] | None
    score: float
    superseded: bool = False

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    def cite(self, start: int | None = None, end: int | None = None, *, marker: int = 0) -> Citation:
        """A citation of the line, or of ``start:end`` within its document."""
        begin, stop = self.start if start is None else start, self.end if end is None else end
        return cite(self.document, self.passage, begin, stop, marker=marker, sentence=self.sentence)


@dataclass(frozen=True, slots=True)
class Material:
    """What the library has for a wish.

    Attributes:
        topic: as understood, diacritics put back; empty where none was given.
        lines: those on the topic, best first; those of superseded documents last.
        documents: those that the filters let in and that have such lines, the best first.
        more: what else those documents say in passages that were found, nearest first, for where the
            lines on the topic do not reach.
        elsewhere: how near the topic is to a matter that is none of the Party's.
    """

    topic: str
    lines: tuple[Line, ...]
    documents: tuple[Document, ...]
    more: tuple[Line, ...] = ()
    elsewhere: float = 0.0

    def of(self, document_id: str) -> tuple[Line, ...]:
        """The lines of one document, in reading order."""
        own = (line for line in self.lines if line.document.id == document_id)
        return tuple(sorted(own, key=lambda line: line.start))


def gather(library: Library, wish: Wish) -> Material:
    """The lines of the library for a wish: on its topic, from documents that its filters let in."""
    topic, hits = _hits(library, wish)
    found = [candidate for candidate in candidates(hits) if states_something(candidate)]
    nearness = _nearness(library, topic, found)
    best = max(nearness, default=0.0)
    superseded = Validity(library).superseded({candidate.document.id for candidate in found})
    scored = [
        _line(candidate, near, candidate.document.id in superseded)
        for candidate, near in zip(found, nearness, strict=True)
    ]
    scored.sort(key=lambda line: (line.superseded, -line.score, line.document.id, line.start))
    lines = [line for line in scored if not topic or line.score >= best - _NEAR]
    documents = {line.document.id: line.document for line in reversed(lines)}
    rest = [line for line in scored if topic and line.score < best - _NEAR and line.document.id in documents]
    other = elsewhere(library, topic[:MEANING_CHARACTERS]) if topic else 0.0
    return Material(topic, tuple(lines), tuple(documents.values())[::-1], tuple(rest), other)


def everything(library: Library) -> tuple[Line, ...]:
    """Every line of every document, in reading order: what may contradict an answer, and what else is true.

    Of a library of more than ``MOST_PASSAGES`` passages use ``gather``; this reads it whole.
    """
    hits = [
        Hit(passage, document, 1.0)
        for document in map(library.document, (summary.id for summary in library.documents()))
        for passage in library.passages(document.id)
    ]
    return tuple(line_of(candidate) for candidate in candidates(hits))


def line_of(candidate: Candidate) -> Line:
    """A candidate sentence as a line without a score."""
    return _line(candidate, 0.0, False)


def allowed(library: Library, wish: Wish) -> tuple[str, ...]:
    """Ids of the documents that the filters of a wish let in, in order."""
    rows: dict[int, dict[str, Any]] = {
        at: {
            "id": entry.id,
            "province": entry.province,
            "kind": entry.kind,
            "issuer": entry.issuer,
            "number": entry.number,
            "number_key": canonical(entry.number) if entry.number else None,
            "issued_on": entry.issued_on,
        }
        for at, entry in enumerate(library.documents())
    }
    return tuple(str(rows[at]["id"]) for at in matching(rows, wish.filters))


def states_something(candidate: Candidate) -> bool:
    """Whether a sentence says something of the world, and not of its own text or page."""
    text = candidate.text.strip()
    if candidate.is_label or asks(text) or is_byline(text) or len(text.split()) < _LEAST_WORDS:
        return False
    if _ABOUT_ITSELF.search(text) or _NO_STATEMENT.search(text):
        return False
    return bool(_ENDS.search(text)) or "|" in text or candidate.sentence != (candidate.start, candidate.end)


def _line(candidate: Candidate, score: float, superseded: bool) -> Line:
    return Line(
        document=candidate.document,
        passage=candidate.passage,
        start=candidate.start,
        end=candidate.end,
        sentence=candidate.sentence,
        heading=candidate.heading,
        question=candidate.question,
        score=score,
        superseded=superseded,
    )


def _hits(library: Library, wish: Wish) -> tuple[str, list[Hit]]:
    """The topic as understood, and the passages to read for it."""
    if wish.topic.strip():
        reading = understand(wish.topic, [], Vocabulary(library)).whole
        depth = Retrieval(top_k=MOST_PASSAGES, pool=MOST_PASSAGES)
        return reading.text, retrieve(library, reading, wish.filters, depth)
    documents = [library.document(document_id) for document_id in allowed(library, wish)]
    passages = [[Hit(p, document, 1.0) for p in library.passages(document.id)] for document in documents]
    longest = max(map(len, passages), default=0)
    # As much of each document as of the others.
    in_turn = [own[at] for at in range(longest) for own in passages if at < len(own)]
    return "", in_turn[:MOST_PASSAGES]


def _nearness(library: Library, topic: str, found: Sequence[Candidate]) -> list[float]:
    """How near each candidate is to the topic, or to what its own document is about where there is none."""
    if not found:
        return []
    if not topic:
        return _centrality(library, found)
    meanings = [candidate.meaning for candidate in found]
    cosines = SentenceMeaning(library).similarities(topic[:MEANING_CHARACTERS], meanings)
    wanted = set(_syllables(topic))
    shares = [
        len(wanted & set(_syllables(" ".join((candidate.text, *candidate.heading))))) / len(wanted)
        for candidate in found
    ]
    least = min((cosine for cosine in cosines if cosine is not None), default=0.0)
    return [
        (least if cosine is None else cosine) + _WORDS_WEIGHT * share
        for cosine, share in zip(cosines, shares, strict=True)
    ]


def _centrality(library: Library, found: Sequence[Candidate]) -> list[float]:
    """Cosine of each candidate with the mean of its document's; 0 where no vector was stored."""
    vectors = library.stored_vectors(list(dict.fromkeys(candidate.meaning for candidate in found)))
    by_document = defaultdict(list)
    for candidate in found:
        if candidate.meaning in vectors:
            by_document[candidate.document.id].append(vectors[candidate.meaning])
    means = {key: np.mean(rows, axis=0) for key, rows in by_document.items()}
    return [
        float(vectors[candidate.meaning] @ means[candidate.document.id])
        if candidate.meaning in vectors
        else 0.0
        for candidate in found
    ]


def _syllables(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())
