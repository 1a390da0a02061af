"""Topics that a library has material on: phrases it repeats, its headings, what its documents are about."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import log

from assistant.concepts import FUNCTION
from assistant.phrases import Phrases, words
from assistant.study.gather import allowed
from assistant.study.sayings import plain_heading
from assistant.study.types import Wish
from index.library import Library
from index.types import Filters
from ingest.places import gazetteer
from ingest.sentences import sentences
from ingest.structure import BlockKind
from ingest.types import Document
from ingest.units import asks, outlined

#: Characters that are read of a library; topics of more show in these as well.
_READ = 4_000_000
_LENGTHS = range(2, 6)
_LEAST = 3
#: A phrase most of whose places belong to a longer one is a piece of that.
_PIECE = 0.55
_HEADING_WORDS = range(2, 9)
#: Headings that every document may have, and that tell of no topic.
_COMMON = re.compile(
    r"^(?:quy định chung|tổ chức thực hiện|mục đích.*|yêu cầu|nội dung.*|kết quả(?: đạt được| bước đầu)?|số liệu.*|hiệu lực|phạm vi.*|kinh phí"
    r"|giải thích từ ngữ|điều khoản.*|đối tượng.*|giải pháp|hạn chế|khó khăn.*|nguyên nhân|hướng đi.*|quy mô chung|cơ cấu.*|chỉ tiêu.*|thời gian.*"
    r"|địa điểm|nguồn|phụ lục.*|tự kiểm tra|giảng viên|trách nhiệm.*|văn bản nói.*|vì sao.*|bài \d.*|.*bài học.*|ví dụ.*|kiến nghị|kết luận)$",
    re.IGNORECASE,
)
_KIND_FIRST = re.compile(
    r"^(?:tóm lược|hướng dẫn|quy định|kế hoạch|báo cáo(?: tóm lược)?|sổ tay|hỏi\s*[-–]?\s*đáp|đề án|nghị quyết|chỉ thị|bài|hội nghị|tài liệu)\b"
    r"(?:\s+(?:về|của|văn bản|chuyên đề về|dùng cho))*\s*[:–-]?\s*",
    re.IGNORECASE,
)
#: What no phrase that names a topic begins or ends with, beside small words.
_NO_EDGE = frozenset(
    "đồng chí năm tháng ngày tỉnh huyện xã phường số đoạn điều khoản câu bài mục việc làm được nhiều ít lần người hằng hàng mới toàn cả"
    " chưa không cấp công các những một hai ba bốn nơi khi".split()
)


#: Two syllables that stand in headings of anything.
_TELL_NOTHING = frozenset(
    "văn bản|kế hoạch|số liệu|kết quả|thời gian|thực hiện|nội dung|tài liệu|báo cáo|danh sách|đồng chí|địa phương|giai đoạn|đối tượng"
    "|yêu cầu|hướng dẫn|quy định|tổ chức|nhiệm vụ|thông báo|nâng cao|chất lượng|kinh nghiệm|hội nghị|quá trình|biên soạn|mục đích|tổng hợp"
    "|quy trình|trách nhiệm|điều kiện|áp dụng|xây dựng|chuyên đề|công tác|cơ quan|tập trung|giải pháp|khó khăn|nguyên nhân|hạn chế"
    "|cơ sở|giới thiệu|kiểm tra|chính trị|đội ngũ|nhiệm kỳ|nhà nước|khu vực|ban hành|thành phố|coi trọng|tích cực|chuyển biến|tăng cường"
    "|tiếp tục|quán triệt|xã hội|cụ thể|hiệu quả|thường xuyên|chủ động|phối hợp|chỉ đạo|lãnh đạo|quan tâm|chú trọng|đẩy mạnh|triển khai"
    "|tốt|thực|trường hợp|ký hiệu|giảng viên|tạo điều|điều kiện|tổng số|bộ|năng lực|trở thành|lực lượng|hoạt động|kịp thời|trực thuộc|nhóm|trên".split(
        "|"
    )
)


#: Bodies: what they do can be taught, they cannot.
_BODIES = frozenset(
    "đảng bộ|đảng ủy|chi ủy|thành ủy|tỉnh ủy|huyện ủy|ban thường vụ|ban chấp hành|ban tổ chức|ban bí thư|bộ chính trị|trung ương"
    "|ban tuyên giáo|ủy ban nhân dân|hội đồng nhân dân".split("|")
)


class Source(StrEnum):
    """Where a topic was found."""

    PHRASE = "phrase"
    HEADING = "heading"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that documents speak of: ``documents`` is how many have the phrase."""

    text: str
    documents: int
    source: Source


def topics(library: Library, filters: Filters = Filters(), *, most: int = 30) -> tuple[Topic, ...]:
    """Up to ``most`` topics of the documents that the filters let in: what several speak of most first."""
    read, documents = 0, []
    for document_id in allowed(library, Wish("", filters=filters)):
        document = library.document(document_id)
        documents.append(document)
        read += len(document.text)
        if read > _READ:
            break
    told = [Phrases.of(f"{document.title} | {document.text}") for document in documents]
    found: dict[str, Topic] = {}
    for text, source in (*_phrases(documents), *_named(documents)):
        key = " ".join(words(text))
        held = sum(phrases.has(key) for phrases in told)
        if key and held and key not in found:
            found[key] = Topic(text, held, source)
    order = {key: at for at, key in enumerate(found)}
    several = min(2, len(documents))
    ranked = sorted(found, key=lambda key: (found[key].documents < several, order[key]))
    return tuple(found[key] for key in ranked[:most])


def _named(documents: list[Document]) -> Iterator[tuple[str, Source]]:
    """Headings and titles that say what is told of."""
    for document in documents:
        title = _KIND_FIRST.sub("", document.title).strip(" .:–-")
        if len(title.split()) in _HEADING_WORDS:
            yield title[:1].upper() + title[1:], Source.TITLE
        for block in outlined(document.text).blocks:
            said = document.text[block.start : block.end]
            if block.kind is not BlockKind.HEADING or asks(said):
                continue
            heading = plain_heading(said).rstrip(".:;")
            heading = heading.capitalize() if heading.isupper() else heading
            plain = len(heading.split()) in _HEADING_WORDS and not re.search(r"\d|[|:]", heading)
            if plain and not _COMMON.match(heading):
                yield heading, Source.HEADING


def _phrases(documents: list[Document]) -> Iterator[tuple[str, Source]]:
    """Runs of two to five syllables that documents repeat, whole ones, the most telling first."""
    counts: Counter[tuple[str, ...]] = Counter()
    held: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    headed: set[tuple[str, ...]] = set()
    for document in documents:
        text = document.text
        spans = sentences(text)
        for start, end in spans:
            for clause in re.split(r"[,;:()“”\"|–.?!]", text[start:end]):
                _count(_syllables(clause), counts, held, document.id)
        heads = [
            document.title,
            *(text[b.start : b.end] for b in outlined(text).blocks if b.kind is BlockKind.HEADING),
        ]
        for head in heads:
            terms = _syllables(head)
            headed |= {terms[at : at + n] for n in _LENGTHS for at in range(len(terms) - n + 1)}
    longer: Counter[tuple[str, ...]] = Counter()
    for run, count in counts.items():
        if len(run) > 2:
            for part in (run[1:], run[:-1]):
                longer[part] = max(longer[part], count)
    least = 2 if len(documents) > 1 else 1
    kept = [
        run
        for run, count in counts.items()
        if count >= _LEAST
        and len(run) <= max(_LENGTHS) - 1
        and len(held[run]) >= least
        and longer[run] < _PIECE * count
        and _names(run, headed)
    ]

    def telling(run: tuple[str, ...]) -> float:
        weight = len(held[run]) * log(1 + counts[run]) * (1.6 if run in headed else 1.0)
        return float(weight * len(run) ** 0.5)

    kept.sort(key=lambda run: (-telling(run), run))
    for run in kept:
        said = _as_written(run, documents)
        yield said[:1].upper() + said[1:], Source.PHRASE


def _count(
    terms: tuple[str, ...],
    counts: Counter[tuple[str, ...]],
    held: defaultdict[tuple[str, ...], set[str]],
    document_id: str,
) -> None:
    for n in (*_LENGTHS, max(_LENGTHS) + 1):
        for at in range(len(terms) - n + 1):
            run = terms[at : at + n]
            counts[run] += 1
            if n in _LENGTHS:
                held[run].add(document_id)


def _names(run: tuple[str, ...], headed: set[tuple[str, ...]]) -> bool:
    """Whether a run can name a topic: no small word at its edges, no figure in it, a short one in a heading."""
    edges = {run[0], run[-1]}
    if edges & (FUNCTION | _NO_EDGE) or any(any(ch.isdigit() for ch in term) for term in run):
        return False
    said = " ".join(run)
    if said in _BODIES or said.title() in gazetteer().ranks or _tells_nothing(run):
        return False
    return len(run) >= 3 or run in headed


def _tells_nothing(run: tuple[str, ...]) -> bool:
    """It is made of words that stand in texts on anything, or begins with what is done to something."""
    if " ".join(run[:2]) in _TELL_NOTHING and "đảng" not in run:
        return True
    at = 0
    while at < len(run):
        if " ".join(run[at : at + 2]) in _TELL_NOTHING:
            at += 2
        elif run[at] in _TELL_NOTHING or run[at] in FUNCTION or run[at] in _NO_EDGE:
            at += 1
        else:
            return False
    return True


def _as_written(run: tuple[str, ...], documents: list[Document]) -> str:
    """The phrase with the capitals that it mostly has: "Hồ Chí Minh"."""
    pattern = re.compile(r"\s+".join(map(re.escape, run)), re.IGNORECASE)
    forms = Counter(" ".join(m.group().split()) for d in documents for m in pattern.finditer(d.text))
    said = max(forms, key=lambda form: (forms[form], form)) if forms else " ".join(run)
    return said.lower() if said.isupper() else said


def _syllables(text: str) -> tuple[str, ...]:
    """Its syllables and numbers as written, in lower case."""
    return tuple(re.findall(r"[^\W_]+", text.lower()))
