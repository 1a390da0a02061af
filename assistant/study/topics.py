"""Topics that a library has material on: phrases it repeats, its headings, what its documents are about."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import log

from assistant.concepts import FUNCTION
from assistant.persons import persons
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
    r"^(?:chữ viết tắt.*|số liệu .*|quy định chung|tổ chức thực hiện|mục đích.*|yêu cầu|nội dung.*|kết quả(?: đạt được| bước đầu)?|số liệu.*|hiệu lực|phạm vi.*|kinh phí"
    r"|giải thích từ ngữ|điều khoản.*|đối tượng.*|giải pháp|hạn chế|khó khăn.*|nguyên nhân|hướng đi.*|quy mô chung|cơ cấu.*|chỉ tiêu.*|thời gian.*"
    r"|địa điểm|nguồn|phụ lục.*|tự kiểm tra|giảng viên|trách nhiệm.*|văn bản nói.*|vì sao.*|bài \d.*|.*bài học.*|ví dụ.*|kiến nghị|kết luận)$",
    re.IGNORECASE,
)
_KIND_FIRST = re.compile(
    r"^(?:bàn cách|đẩy nhanh|tóm lược|hướng dẫn|quy định|kế hoạch|báo cáo(?: tóm lược)?|sổ tay|hỏi\s*[-–]?\s*đáp|đề án|nghị quyết|chỉ thị|bài|hội nghị|tài liệu)\b"
    r"(?:\s+(?:về|của|văn bản|chuyên đề về|dùng cho))*\s*[:–-]?\s*",
    re.IGNORECASE,
)
#: What no phrase that names a topic begins or ends with, beside small words.
_NO_EDGE = frozenset(
    "đồng chí năm tháng ngày tỉnh huyện xã phường số đoạn điều khoản câu bài mục việc làm được nhiều ít lần người hằng hàng mới toàn cả"
    " chưa không cấp công các những một hai ba bốn nơi khi xét".split()
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
_BODY = re.compile(
    r"(?:đảng (?:bộ|ủy)|chi ủy|cấp ủy|(?:thành|tỉnh|huyện) ủy|ban (?:thường vụ|chấp hành|tổ chức|bí thư|tuyên giáo|xây dựng đảng)|bộ chính trị"
    r"|trung ương|ủy ban nhân dân|hội đồng nhân dân|mặt trận tổ quốc|đoàn thanh niên|đoàn tncs|hội (?:phụ nữ|nông dân|cựu chiến binh|lhpn)|văn phòng"
    r"|thường trực)(?!\w)"
)
#: Headings that go on from what they stand under.
_GOES_ON = re.compile(
    r"(?:từ|về|khi|sau|trước|theo|cách|bảng|một số|hướng dẫn một số|chữ viết tắt|ký hiệu|.* cần làm gì|.* khác$)\b",
    re.IGNORECASE,
)
#: What adds nothing to a topic: two that differ by it are one.
_ADDS_NOTHING = re.compile(
    r"\b(?:mở|công tác|kết quả|việc|hoạt động|tổng số|trở thành|lớp|nâng cao chất lượng|năm 20\d\d|giai đoạn [\d -]+)\b|\d+",
    re.IGNORECASE,
)
_TITLE_WORDS, _PARTED = range(2, 15), re.compile(r"\s[-–]\s|:\s|[?!]|, số liệu")
_ASKS = re.compile(r"(?<!\w)(?:nào|gì|ai|sao|bao nhiêu)(?!\w)", re.IGNORECASE)
#: Times that a phrase of one document alone is in it.
_OF_ONE = 4
#: A word that so many topics have is too wide a topic beside them.
_WIDE = 3


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
    """Up to ``most`` topics of the documents that the filters let in: what several speak of most first, of two
    syllables after the longer ones, which tell more."""
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
    ranked = sorted(
        found, key=lambda key: (found[key].documents < several, len(key.split()) == 2, order[key])
    )
    return tuple(_distinct([found[key] for key in ranked]))[:most]


def _distinct(ranked: list[Topic]) -> Iterator[Topic]:
    """The topics without those that say again what a better one says, and the words that many of them have."""
    keys = [f" {' '.join(words(topic.text))} " for topic in ranked]
    told: set[frozenset[str]] = set()
    for topic, key in zip(ranked, keys, strict=True):
        syllables = frozenset(words(_ADDS_NOTHING.sub(" ", topic.text)))
        wide = len(key.split()) == 2 and sum(key in other for other in keys) > _WIDE
        if syllables and syllables not in told and not wide:
            told.add(syllables)
            yield topic


def _named(documents: list[Document]) -> Iterator[tuple[str, Source]]:
    """Headings and titles that say what is told of."""
    for document in documents:
        for at, part in enumerate(_PARTED.split(_KIND_FIRST.sub("", document.title))):
            title = (_KIND_FIRST.sub("", part) if at else part).strip(" .,:–-")
            place = any(f" {word} " in f" {title} " for word in gazetteer().ranks) and len(title.split()) < 5
            if len(title.split()) in _TITLE_WORDS and not (
                place or _ASKS.search(title) or _names_no_topic(title)
            ):
                yield title[:1].upper() + title[1:], Source.TITLE
                break
        for block in outlined(document.text).blocks:
            said = document.text[block.start : block.end]
            if block.kind is not BlockKind.HEADING or asks(said):
                continue
            heading = plain_heading(said).rstrip(".:;")
            heading = heading.capitalize() if heading.isupper() else heading
            plain = len(heading.split()) in _HEADING_WORDS and not re.search(r"\d|[|:]", heading)
            if plain and not (_names_no_topic(heading) or _tells_nothing(_syllables(heading))):
                yield heading, Source.HEADING


def _names_no_topic(text: str) -> bool:
    """Whether a text names a body, or what stands in any document, or goes on from what is above it."""
    return any(pattern.match(text) for pattern in (_COMMON, _GOES_ON)) or bool(_BODY.match(text.lower()))


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
    kept = [
        run
        for run, count in counts.items()
        if count >= _LEAST
        and len(run) <= max(_LENGTHS) - 1
        and (len(held[run]) > 1 or len(documents) == 1 or (len(run) > 2 and count >= _OF_ONE))
        and longer[run] < _PIECE * count
        and _names(run, headed)
    ]

    def telling(run: tuple[str, ...]) -> float:
        weight = len(held[run]) * log(1 + counts[run]) * (1.6 if run in headed else 1.0)
        return float(weight * len(run) ** 0.5)

    kept.sort(key=lambda run: (-telling(run), run))
    for run in kept:
        said = _as_written(run, documents)
        if any(persons(said)):
            continue
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
    if edges & (FUNCTION | _NO_EDGE) or "là" in run or any(any(ch.isdigit() for ch in term) for term in run):
        return False
    said = " ".join(run)
    if _names_no_topic(said) or said.title() in gazetteer().ranks or _tells_nothing(run):
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
