"""Offices and those who hold them: a title right beside a name."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.persons import people_named, persons, surnamed
from assistant.phrases import UPPER, words

_TITLES = (
    r"(?:phó )?tổng bí thư|(?:phó )?bí thư|(?:phó )?chủ tịch|(?:phó )?trưởng (?:ban|phòng|đoàn|khoa|thôn|bản)|(?:phó )?(?:tổng )?giám đốc"
    r"|(?:phó )?thủ tướng|bộ trưởng|thứ trưởng|(?:phó )?chủ nhiệm|(?:phó )?hiệu trưởng|(?:phó )?chánh (?:văn phòng|án|thanh tra)"
    r"|viện trưởng|(?:ủy|uỷ) viên|đại biểu|tư lệnh|chính ủy|chỉ huy trưởng|thư ký|thường trực|cán bộ|phóng viên|nhà báo"
)
_TITLE = re.compile(rf"(?<!\w)(?<!phó )(?:{_TITLES})(?!\w)", re.IGNORECASE)
#: Bodies that tell one office from another of the same title: the Bí thư of a province from that of a cell.
_BODY = re.compile(
    r"(?:tỉnh|thành|huyện|quận|thị|đảng|chi) (?:ủy|uỷ)|(?:đảng|chi) bộ|chi đoàn|tỉnh đoàn|huyện đoàn|thành đoàn|trung ương|quân ủy"
    r"|tổ chức|tuyên giáo|dân vận|kiểm tra|nội chính|hội đồng nhân dân|hđnd|(?:ủy|uỷ) ban nhân dân|ubnd|nước|quốc hội|mặt trận|mttq",
    re.IGNORECASE,
)
#: Between a title and the name lie the body, its place and further titles, and no verb.
_BETWEEN = (
    rf"(?:[,\s–-]+(?:[{UPPER}][\w.&-]*|và|các|cơ quan|doanh nghiệp|tỉnh|thành phố|huyện|quận|xã|phường|thị trấn|kiêm|đảng|ủy|uỷ|đoàn"
    r"|khối|nhân dân|chi bộ|đảng bộ|thường trực|ông|bà|đồng chí|đ/c))*?"
)
_BEFORE = re.compile(rf"(?<!\w)(?i:{_TITLES})(?!\w){_BETWEEN}[,\s]*$")
_BEHIND = re.compile(
    rf"\s*(?:[,(–-]|là|giữ chức(?: vụ)?|làm)\s*(?:hiện |nay |đang |là |giữ chức |giữ chức vụ )*(?i:{_TITLES})(?!\w)"
)
#: Questions for the one who holds an office; the title stands before "là ai" or behind "ai là".
_HOLDER_ASKED = re.compile(
    r"\bai (?:đang |hiện |hiện nay |hiện đang )*(?:là|làm|giữ (?:chức(?: vụ)?|cương vị))\b"
    r"|\blà (?:ai|người nào|đồng chí nào|ông nào|bà nào)\b|\btên (?:là )?gì\b",
    re.IGNORECASE,
)
_ENGLISH_HOLDER = re.compile(
    r"\bwho (?:is|was) (?:the )?(?:current |present )?((?:deputy |vice[- ]|standing |general |party |provincial |first )*"
    r"(?:secretary|chairman|chairwoman|chairperson|president|director|minister))\b",
    re.IGNORECASE,
)
_ENGLISH_TITLES = {
    "secretary": "bí thư",
    "chairman": "chủ tịch",
    "chairwoman": "chủ tịch",
    "chairperson": "chủ tịch",
    "president": "chủ tịch nước",
    "director": "giám đốc",
    "minister": "bộ trưởng",
}
_NEAR = 60


def office(sentence: str, question: str) -> float:
    """How well a sentence says which office those named in the question hold: 1 or 0."""
    named = [*people_named(question, "vi"), *surnamed(question)]
    names = {" ".join(words(name)) for name in named}
    return (
        1.0 if any(_has_title(sentence, *span) for name in names for span in _spans(sentence, name)) else 0.0
    )


@lru_cache(maxsize=64)
def holder_asked(question: str) -> tuple[str, ...]:
    """Title, and body where it is named, of the office whose holder is asked for; empty where none is."""
    english = _ENGLISH_HOLDER.search(question)
    if english is not None:
        *more, noun = re.split(r"[\s-]+", english[1].lower())
        called = _ENGLISH_TITLES[noun]
        return (f"phó {called}" if {"deputy", "vice"}.intersection(more) else called,)
    asked = _HOLDER_ASKED.search(question)
    if asked is None:
        return ()
    behind = asked.group().lower().startswith("ai ")
    named = (question[asked.end() :] if behind else question[: asked.start()]).lstrip()
    title = _TITLE.search(named[:_NEAR]) if behind else _TITLE.match(named)
    if title is None:
        return ()
    body = _BODY.search(named, title.end(), title.end() + _NEAR)
    return (title.group().lower(), body.group().lower()) if body else (title.group().lower(),)


def holds(sentence: str, asked: tuple[str, ...]) -> bool:
    """Whether a sentence names somebody who holds the office, as ``holder_asked`` gives it."""
    title, *bodies = asked
    for name in persons(sentence):
        for start, end in _spans(sentence, " ".join(words(name))):
            around = (sentence[max(0, start - 160) : start], sentence[end : end + 120])
            if _has_title(sentence, start, end) and any(_of(part, title, bodies) for part in around):
                return True
    return False


def _of(part: str, title: str, bodies: list[str]) -> bool:
    """A part of a sentence has the title itself, not that of a deputy, with the body close behind it."""
    for found in re.finditer(rf"(?<!\w)(?<!phó ){re.escape(title)}(?!\w)", part.lower()):
        if all(
            re.search(rf"(?<!\w){re.escape(body)}(?!\w)", part.lower()[found.end() : found.end() + _NEAR])
            for body in bodies
        ):
            return True
    return False


def _has_title(sentence: str, start: int, end: int) -> bool:
    return bool(_BEFORE.search(sentence[max(0, start - 160) : start]) or _BEHIND.match(sentence, end))


def _spans(sentence: str, name: str) -> list[tuple[int, int]]:
    """Where a normalised name stands in a sentence."""
    count = len(name.split())
    tokens = list(re.finditer(r"[^\W\d_]+", sentence))
    found = []
    for first in range(len(tokens) - count + 1):
        start, end = tokens[first].start(), tokens[first + count - 1].end()
        if " ".join(words(sentence[start:end])) == name:
            found.append((start, end))
    return found
