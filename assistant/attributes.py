"""What a question asks the figure of, and of which group: "**tuổi trung bình** của …", "bao nhiêu đảng viên **nữ**".

A document that counts members answers neither a question for their age nor one for the women among them: a
figure of something else, or of all, is a wrong figure. What is asked must be spoken of near the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from assistant import lexicon
from assistant.concepts import Concept
from assistant.phrases import UPPER, words

#: "… là bao nhiêu", with what is asked of before it.
_OF = re.compile(
    r"^(?P<of>.+?)\s(?:hiện |hiện nay |đang )?(?:là|bằng|ở mức)\s(?:khoảng |tầm )?(?:bao nhiêu|mấy)\b",
    re.IGNORECASE,
)
#: A place, time or source before the thing itself: "Năm 2023, …".
_SETTING = re.compile(
    r"^(?:năm|tháng|ngày|đến|tính đến|từ|trong|tại|ở|theo|giai đoạn|nhiệm kỳ|hiện nay|hiện tại)\b[^,]*,\s*",
    re.IGNORECASE,
)
#: Where the name of the thing ends at the latest.
_ENDS = re.compile(
    r"\s(?:của|ở|tại|trong|trên|cho|đối với|với|năm|tháng|ngày|quý|giữa|từ|đến|vào|do|bởi|mà|để|tính|khi|theo|so|về|nhiệm kỳ"
    r"|hằng|hàng|mỗi|một|toàn|tỉnh|thành phố|huyện|xã|phường|thị trấn|tối thiểu|tối đa|được|đã|sẽ|phải|là|có)\s"
    rf"|\s(?=[{UPPER}\d(“\"])"
)
#: Names of figures that say nothing of what is counted or measured.
_BARE = re.compile(
    r"^(?:(?:ước tính|tổng cộng|tổng số|tổng|số lượng|lượng|con số|số|tỷ lệ|tỉ lệ|phần trăm|mức độ|mức|kết quả|quy mô|thời gian|thời lượng"
    r"|thời hạn|chỉ tiêu|mục tiêu|kế hoạch|dự kiến)\b\s*)+",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:và|hay|hoặc)\s|,\s")


_MEASURED_IN_ENGLISH = re.compile(
    r"\b(population|budget|costs?|fees?|dues|area|age|salary|prices?)\b|\bhow (old)\b", re.IGNORECASE
)
#: What is said behind the noun that is counted, up to where and when.
_ABOUT_COUNTED = re.compile(r"\b(?:bao nhiêu|mấy)\s(?P<said>[^?,;:.]+)", re.IGNORECASE)
_WHERE_AND_WHEN = re.compile(
    r"\s(?:ở|tại|năm|tháng|quý|tính|từ|đến|trong (?:năm|tháng|quý|nhiệm kỳ|giai đoạn|thời gian|số|đó)|nhiệm kỳ|giai đoạn|và|so với|hiện)(?:\s|$)"
)
_LEAST_SAID = 3


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing a figure is asked of.

    Attributes:
        names: what it is called, normalised; any of them is enough.
        phrases: the pairs of syllables of its name, so that it is known in other words; may be empty.
        least: share of ``phrases`` that must be spoken of where no name is.
    """

    names: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    least: float = 0.5


def attributes(question: str, language: str) -> tuple[Attribute, ...]:
    """What "… là bao nhiêu" is asked of, and what is said of those counted; nothing where neither is named.

    Args:
        question: NFC, with diacritics.
    """
    if language == "en":
        return _in_english(question)
    return (*_asked_of(question), *_said_of_counted(question))


def _in_english(question: str) -> tuple[Attribute, ...]:
    found = []
    for match in _MEASURED_IN_ENGLISH.finditer(question):
        terms = [t for *_, names in lexicon.english_terms(match[1] or "age") for t in names]
        if terms:
            found.append(Attribute(tuple(" ".join(words(term)) for term in terms)))
    return tuple(found)


def _said_of_counted(question: str) -> tuple[Attribute, ...]:
    """ "… bao nhiêu đảng viên **được tặng Huy hiệu**": a figure of members at large is not of these."""
    result = []
    for match in _ABOUT_COUNTED.finditer(question):
        said = match["said"]
        end = _WHERE_AND_WHEN.search(f"{said} ")
        syllables = words(said[: end.start()] if end else said)
        pairs = tuple(" ".join(pair) for pair in pairwise(syllables[2:]))
        if len(pairs) >= _LEAST_SAID:
            result.append(Attribute((), pairs, least=1 / len(pairs)))
    return tuple(result)


def _asked_of(question: str) -> tuple[Attribute, ...]:
    found = _OF.search(question)
    if found is None:
        return ()
    named = _SETTING.sub("", found["of"]).strip()
    end = _ENDS.search(f"{named} ")
    named = named[: end.start()] if end else named
    result = []
    for part in _AND.split(named):
        syllables = words(_BARE.sub("", part.strip()))
        if syllables:
            pairs = tuple(" ".join(pair) for pair in pairwise(syllables)) or syllables
            result.append(Attribute((" ".join(syllables),), pairs))
    return tuple(result)


#: Groups of people within those who are counted, each with the words by which documents speak of it.
_GROUPS: tuple[tuple[str, ...], ...] = (
    ("nữ", "phụ nữ"),
    ("nam giới", "đảng viên nam"),
    ("dân tộc thiểu số", "dân tộc ít người", "người dân tộc"),
    ("theo tôn giáo", "có đạo", "tôn giáo", "công giáo", "giáo dân"),
    ("hưu trí", "nghỉ hưu", "về hưu", "hưu"),
    ("sinh viên", "học sinh"),
    ("cao tuổi", "lớn tuổi", "tuổi cao"),
    ("dự bị",),
    ("nông dân",),
    ("công nhân", "người lao động"),
    ("giáo viên", "nhà giáo"),
    ("thanh niên", "đoàn viên", "trẻ", "tuổi trẻ"),
    ("trí thức",),
    ("bộ đội", "quân nhân", "lực lượng vũ trang", "quân đội"),
)
#: "bao nhiêu đảng viên nữ", "bao nhiêu là nữ", "đảng viên nữ chiếm bao nhiêu": the group beside what is counted.
_COUNTED = r"(?:người|đảng viên|đồng chí|quần chúng|học viên|cán bộ|đoàn viên|hội viên|đại biểu|cấp ủy viên|công nhân)"


def groups(question: str) -> tuple[tuple[str, ...], ...]:
    """The groups of people whose figure is asked for, each with its other names, lower case.

    Args:
        question: NFC, with diacritics.
    """
    lowered = question.lower()
    found = []
    for names in _GROUPS:
        any_name = "|".join(map(re.escape, names))
        beside = (
            rf"\b(?:bao nhiêu|mấy)\b(?:\s{_COUNTED})?(?:\s(?:mới|là|theo|người|trong|số|đó))*\s(?:{any_name})\b"
            rf"|\b(?:{any_name})(?:\s{_COUNTED})?(?:\s(?:mới|kết nạp|chiếm|là|có|tỷ lệ|đạt|khoảng))*\s(?:bao nhiêu|mấy)\b"
        )
        named = rf"\b(?:số|số lượng|tổng số|tỷ lệ|tỉ lệ)\s{_COUNTED}(?:\s(?:mới|là|mới kết nạp|người))*\s(?:{any_name})\b"
        if re.search(beside, lowered) or re.search(named, lowered):
            found.append(names)
    return tuple(found)


def alternatives(phrase: str, concepts: Iterable[Concept]) -> tuple[str, ...]:
    """The phrase and what documents say for it, as the question's concepts have it."""
    for concept in concepts:
        if phrase == concept.alternatives[0]:
            return concept.alternatives
    return (phrase, *lexicon.synonyms(phrase))
