"""What a question demands of a sentence before it may be quoted: that it speaks of what the question names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

from assistant import lexicon
from assistant.asked_figures import figure_demands
from assistant.candidates import numbers_in
from assistant.concepts import ConceptKind
from assistant.deeds import opposite, supposed
from assistant.evidence import STRICT
from assistant.phrases import Phrases, fold, words
from assistant.reading import Reading
from assistant.reasons import Reason
from assistant.scoring import Scored, quotable, reaches
from assistant.superlatives import superlative
from assistant.wanted import Wanted
from ingest.numbers import find_numbers, find_short_numbers

#: Share of the word pairs of the thing asked about that a sentence, or the heading over it, must have.
_NAMED = 0.5
#: A unit that is told from its like by a number: "Chi bộ 2", "Quận 4".
_NUMBERED_UNIT = re.compile(
    r"\b((?:chi bộ|đảng bộ|quận|tổ|khu|khu phố|đội|phòng|lớp|khóa|phân xưởng|khối)(?: số)? \d{1,3})\b(?![/.-]\d)",
    re.IGNORECASE,
)
#: Kinds of answer that tell whether, how often or when something was done.
_DOING = frozenset({Wanted.COUNT, Wanted.YES_NO, Wanted.WHEN})
#: What somebody did at a meeting or with a document, beside the word that asks who it was.
_ACT_ASKED = re.compile(
    r"\b(?:ai|người nào|đồng chí nào|lãnh đạo nào|đại biểu nào)(?: đã| sẽ| là người)? (chủ trì|điều hành|phát biểu|khai mạc|bế mạc|trình bày|báo cáo|ký)\b",
    re.IGNORECASE,
)
#: Kinds of answer to a question that supposes a deed.
_SUPPOSING = frozenset(
    {Wanted.WHY, Wanted.WHO, Wanted.WHEN, Wanted.HOW, Wanted.DOCUMENT, Wanted.LIST, Wanted.WHICH}
)
#: Questions for when a document was issued.
_ISSUE_ASKED = re.compile(r"\b(?:ban hành|ra đời|được ký|có hiệu lực|ký)\b|\bissued\b", re.IGNORECASE)
#: How a text goes on behind a document number that says what the document is about, or of when it is.
_TELLS = re.compile(
    r"\bvề\b|[:“\"(|]|\b(?:quy định|hướng dẫn|yêu cầu|nêu rõ|chỉ rõ|xác định|nhấn mạnh|đề ra|nhằm|là|cho phép|giao)\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"[^;:]{0,30}?\b(?:ngày|năm|tháng)?\s?\d{1,4}[^;:]{0,3}(?:[/.-]| tháng|\b)", re.IGNORECASE
)
_FOLLOWING = 160
#: Buildings and rooms that are asked for by their name.
_BUILDING_ASKED = re.compile(
    r"\b(hội trường|khách sạn|nhà văn hóa|nhà khách|phòng họp|trụ sở|trung tâm) nào\b", re.IGNORECASE
)
_AGE_ASKED = re.compile(r"\b(?:bao nhiêu|mấy) tuổi\b|\bhow old\b", re.IGNORECASE)
_AGE = re.compile(
    r"\d+\s(?:năm )?tuổi|\btuổi\b[^.;]{0,30}\d|\bmười (?:\w+ )?tuổi|\b\w+ mươi (?:\w+ )?tuổi", re.IGNORECASE
)
_BIRTH_ASKED = re.compile(
    r"\bsinh (?:vào )?(?:năm|ngày|tháng|khi|ở|tại)\b|\bquê (?:ở|quán)\b|\bborn\b|\bbirth", re.IGNORECASE
)
_BIRTH = re.compile(
    r"\bsinh (?:năm|ngày|tháng|tại|ở|trưởng)\b|\bquê\b|\(\s?(?:sn |sinh năm )?19\d\d\)", re.IGNORECASE
)
_ARTICLE = " ".join(words("điều"))
#: One article of a document refers to another of the same.
_REFERS = re.compile(
    r"\bđiều \d{1,3}(?:,? (?:và|hoặc|khoản|điểm|điều) \S+)* (?:của )?(?:bộ )?(?:luật|quy định|điều lệ|nghị định|quy chế|thông tư|nghị quyết) này\b",
    re.IGNORECASE,
)


def demands(reading: Reading) -> Iterator[tuple[Reason, Callable[[Scored], bool]]]:
    """What a question demands of a sentence, and why nothing is found where none of them meets it."""
    yield Reason.NOTHING_NEAR, lambda entry: quotable(reading, entry.candidate)
    if reading.titled:
        yield (
            Reason.NAME_ABSENT,
            lambda entry: _is_titled(entry, reading.titled),
        )
    if reading.numbers:
        yield (
            Reason.NUMBER_ABSENT,
            lambda entry: not any(concept.kind is ConceptKind.NUMBER for concept in entry.missing),
        )
    if reading.places:
        yield Reason.PLACE_ABSENT, lambda entry: bool(entry.place)
    years = {word for year in reading.years for word in words(year)}
    if years:
        yield (
            Reason.PERIOD_ABSENT,
            lambda entry: not any(years.intersection(concept.alternatives) for concept in entry.missing),
        )
    if reading.names:
        yield Reason.NAME_ABSENT, lambda entry: any(_names(entry, name) for name in reading.names)
    if reading.people:
        yield Reason.NAME_ABSENT, lambda entry: any(reaches(entry, name) for name in reading.people)
    if reading.bodies:
        yield Reason.NAME_ABSENT, lambda entry: all(_spoken_of(entry, name) for name in reading.bodies)
    if reading.congresses:
        yield Reason.PERIOD_ABSENT, lambda entry: any(reaches(entry, one) for one in reading.congresses)
    units = _numbered_units(reading.text)
    if units:
        yield (
            Reason.NAME_ABSENT,
            lambda entry: all(_names(entry, unit) or _goes_on_about(entry, unit) for unit in units),
        )
    if reading.articles:
        yield Reason.ARTICLE_ABSENT, lambda entry: any(_in_article(entry, one) for one in reading.articles)
    if reading.days:
        yield Reason.PERIOD_ABSENT, lambda entry: all(entry.candidate.around.has(day) for day in reading.days)
    if reading.deeds and _DOING.intersection(reading.wanted):
        yield Reason.NO_SUCH_FACT, lambda entry: any(_speaks_of(entry, deed) for deed in reading.deeds)
    yield from figure_demands(reading)
    if reading.numbers and Wanted.ABOUT in reading.wanted:
        yield Reason.NO_SUCH_FACT, lambda entry: _tells_of_number(reading, entry)
    if reading.numbers and Wanted.WHEN in reading.wanted and _ISSUE_ASKED.search(reading.text):
        yield Reason.NO_SUCH_FACT, lambda entry: _dates_number(reading, entry)
    if Wanted.SUPERLATIVE in reading.wanted:
        yield Reason.NO_SUCH_FACT, lambda entry: superlative(entry.candidate.text) > 0
    act = _ACT_ASKED.search(reading.text) if Wanted.WHO in reading.wanted else None
    if act:
        acts = [" ".join(words(other)) for other in (act[1], *lexicon.synonyms(" ".join(words(act[1]))))]
        yield Reason.NO_SUCH_FACT, lambda entry: any(_speaks_of(entry, one) for one in acts)
    building = _BUILDING_ASKED.search(reading.text)
    if building:
        yield Reason.NO_SUCH_FACT, lambda entry: _speaks_of(entry, building[1])
    if _AGE_ASKED.search(reading.text):
        yield Reason.NO_SUCH_FACT, lambda entry: _AGE.search(entry.candidate.text) is not None
    if _BIRTH_ASKED.search(reading.text):
        yield Reason.NO_SUCH_FACT, lambda entry: _BIRTH.search(entry.candidate.text) is not None
    deeds = supposed(reading.text) if _SUPPOSING.intersection(reading.wanted) else ()
    if deeds:
        yield Reason.NO_SUCH_FACT, lambda entry: any(_speaks_of(entry, deed) for deed in deeds)
    yield Reason.NO_SUCH_FACT, lambda entry: not opposite(reading.text, entry.candidate.text)
    if any(kind in STRICT for kind in reading.wanted):
        yield Reason.NO_SUCH_FACT, lambda entry: entry.answer > 0
    if Wanted.DEFINITION in reading.wanted:  # what something is stands where it is named
        yield Reason.NO_SUCH_FACT, lambda entry: entry.answer > 1 or _is_named(reading, entry)


def _is_named(reading: Reading, entry: Scored) -> bool:
    """The thing asked about is named and said to be something, or is named in the heading above.

    Its word pairs count, not its syllables: "Ủy viên dự khuyết" has three of those of "đảng viên dự bị".
    """
    pairs = [concept for concept in reading.concepts if concept.kind is ConceptKind.PAIR]
    candidate = entry.candidate

    def share(*texts: Phrases) -> float:
        had = [any(text.has(other) for other in pair.alternatives for text in texts) for pair in pairs]
        return sum(had) / len(pairs) if pairs else 1.0

    if share(candidate.title) >= _NAMED and pairs:
        return True
    return entry.answer > 0 and share(candidate.own, candidate.title) >= _NAMED


def _names(entry: Scored, name: str) -> bool:
    candidate = entry.candidate
    return any(text.has(name) for text in (candidate.own, candidate.lead, candidate.context))


def _goes_on_about(entry: Scored, unit: str) -> bool:
    """The document is mostly about the unit, or names it beside the sentence; the sentence names no other.

    Other units are those that only a number tells from it: "Chi bộ 1" from "Chi bộ 2".
    """
    candidate = entry.candidate
    kind = unit.rsplit(" ", 1)[0]
    if any(other != unit and other.rsplit(" ", 1)[0] == kind for other in _numbered_units(candidate.text)):
        return False
    return candidate.near.has(unit) or _mostly(candidate.document.text, kind) == unit


@lru_cache(maxsize=64)
def _mostly(text: str, kind: str) -> str | None:
    """The numbered unit of a kind that a text names most often; ``None`` if there is none, or no one such."""
    units = (unit for unit in _numbered_units(text) if unit.rsplit(" ", 1)[0] == kind)
    most = Counter(units).most_common(2)
    if not most or (len(most) == 2 and most[0][1] == most[1][1]):
        return None
    return most[0][0]


def _numbered_units(text: str) -> list[str]:
    return [" ".join(words(match[1])) for match in _NUMBERED_UNIT.finditer(text)]


def _spoken_of(entry: Scored, name: str) -> bool:
    """The document names it anywhere, in capitals or not."""
    candidate = entry.candidate
    return name.lower() in _lower(candidate.document.text) or reaches(entry, " ".join(words(name)))


@lru_cache(maxsize=64)
def _lower(text: str) -> str:
    return text.lower()


def _in_article(entry: Scored, article: str) -> bool:
    """It stands in the article, or says what the article says; not what only refers to it from another."""
    candidate = entry.candidate
    phrase = f"{_ARTICLE} {article}"
    if candidate.passage.locator.article == article or candidate.lead.has(phrase):
        return True
    if candidate.passage.locator.article is not None and _REFERS.search(candidate.text):
        return False
    return candidate.own.has(phrase)


def _is_titled(entry: Scored, title: str) -> bool:
    """The document has the title, diacritics aside: those of a title are restored less surely."""
    return fold(title) in fold(" ".join(words(entry.candidate.document.title)))


def _own(reading: Reading, entry: Scored) -> bool:
    """The sentence stands in the document asked about itself, or under a heading or title that names it."""
    candidate = entry.candidate
    named = candidate.document_numbers | candidate.title_numbers | candidate.lead_numbers
    return bool(named.intersection(reading.numbers))


def _behind_numbers(reading: Reading, entry: Scored) -> Iterator[str]:
    """What a sentence says right behind each number asked about, up to the next number."""
    text = entry.candidate.text
    found = [*find_numbers(text), *find_short_numbers(text)]
    starts = sorted(mention.start for mention in found)
    for mention in found:
        if numbers_in(text[mention.start : mention.end]).intersection(reading.numbers):
            following = [start for start in starts if start > mention.end]
            yield text[mention.end : min(following[0] if following else len(text), mention.end + _FOLLOWING)]


def _tells_of_number(reading: Reading, entry: Scored) -> bool:
    """The sentence says what the document is about, and does not only name it."""
    return _own(reading, entry) or any(_TELLS.search(part) for part in _behind_numbers(reading, entry))


def _dates_number(reading: Reading, entry: Scored) -> bool:
    """The day stands right behind the number, so that it is the document's."""
    return _own(reading, entry) or any(_DATED.match(part) for part in _behind_numbers(reading, entry))


def _speaks_of(entry: Scored, deed: str) -> bool:
    candidate, phrase = entry.candidate, " ".join(words(deed))
    return any(text.has(phrase) for text in (candidate.own, candidate.near, candidate.lead))
