"""What frames teaching material: titles, activities, objectives, questions; nothing that documents say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.study.aspects import Aspect
from assistant.study.types import Audience


@dataclass(frozen=True, slots=True)
class Framing:
    """The framing of one language. ``{name}`` marks what is filled in with ``str.format``.

    Attributes:
        aspects: title of a section on one side of a topic; ``joint``: of two sides together.
        named: what a section on a side teaches, within an objective; ``{deed}`` is the topic in a sentence,
            ``{work}`` what is done about it, ``{work_first}`` that at the beginning of one.
        aims: for each audience, the verb that begins an objective on a side.
        activities: what is done in a section on a side.
        questions: to discuss, on a side, each answered by its section; ``placed_questions`` where that tells
            of one place, ``{place}``.
        deed: the topic within a sentence, where it begins with what is done ("việc kết nạp đảng viên").
        matter, document: what is done about one that is no deed, and about a document.
        roles: name of a section by its role: opening, discussion, closing, agenda, sources, figures.
        doing: what is done in the sections that are no content.
    """

    draft: str
    lesson: str
    part_of: str
    handout: str
    deed: str
    matter: str
    document: str
    aspects: Mapping[Aspect, str]
    joint: Mapping[tuple[Aspect, Aspect], str]
    named: Mapping[Aspect, str]
    aims: Mapping[Audience, Mapping[Aspect, str]]
    activities: Mapping[Aspect, str]
    questions: Mapping[Aspect, str]
    placed_questions: Mapping[Aspect, str]
    roles: Mapping[str, str]
    doing: Mapping[str, str]
    audiences: Mapping[Audience, str]
    minutes: str
    chart: str
    figures_over: str
    notes_source: str
    everything: str
    what_is: str


def framing(language: str) -> Framing:
    """The framing of "vi" or "en"."""
    if language == "en":
        from assistant.study.framing_en import FRAMING
    else:
        from assistant.study.framing_vi import FRAMING
    return FRAMING


#: How a topic begins that is something done.
_DEED = re.compile(
    r"(?:kết nạp|phát triển|xây dựng|nâng cao|bồi dưỡng|sinh hoạt|thu nộp|đóng|kiểm tra|giám sát|tạo nguồn|chuyển|thi hành|rà soát"
    r"|sàng lọc|học tập|đổi mới|tổ chức|giới thiệu|quản lý|đánh giá|xếp loại|tuyên truyền|vận động|củng cố|xét|công nhận|thực hiện|phòng|chống|kỷ luật|đưa|khen thưởng|xử lý|phân công|giáo dục|rèn luyện|lập|mở|bầu)\b",
    re.IGNORECASE,
)


def said_within(topic: str, words: Framing) -> dict[str, str]:
    """The topic within a sentence, as ``{deed}``, ``{work}`` and ``{work_first}`` of a framing."""
    first = topic.split(" ")[0] if topic else ""
    numbered = any(ch.isdigit() for ch in topic)
    named = numbered or (len(first) > 1 and first[1:].isupper())
    inner = topic if named else topic[:1].lower() + topic[1:]
    deed = words.deed.format(topic=inner) if _DEED.match(inner) else inner
    work = deed if deed != inner else (words.document if numbered else words.matter).format(topic=inner)
    return {"deed": deed, "work": work, "work_first": work[:1].upper() + work[1:]}
