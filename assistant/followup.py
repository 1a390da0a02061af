"""Follow-up questions become standalone ones, by rule.

Three cases: a question that stands alone is left alone; one that only names something new ("Còn
Điện Biên thì sao?", "Thế năm 2023?") puts it where the earlier question had the same sort of
thing; any other takes the earlier question's topic in front of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.places import question_places
from assistant.reading import language_of
from assistant.wanted import Wanted, asked

_OPENING = re.compile(
    r"^\s*(?:(?:thế|vậy)?\s*còn|thế thì|thế|vậy thì|vậy|và|and what about|what about|how about|and)\b[\s,]*",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:trong (?:số )?đó|ở đó|tại đó|nơi đó|khi đó|lúc đó|năm đó|việc (?:này|đó|ấy)|điều (?:này|đó)|(?:văn bản|chỉ thị|nghị quyết"
    r"|quy định|hướng dẫn|kế hoạch|hội nghị|lớp|nơi|người|đồng chí|ông|bà|tỉnh|đơn vị|số|họ|tài liệu) (?:này|đó|ấy|trên)|nói vậy|như vậy|nêu trên"
    r"|họ|nó|ông ấy|bà ấy|của (?:nó|họ)|there|those|these|that|they|them|their|it|its|he|she|him|her|of which|of whom)\b",
    re.IGNORECASE,
)
_THEN_WHAT = re.compile(
    r"\s*(?:thì sao|thì thế nào|như thế nào|ra sao|thế nào|sao|thì)?\s*[?.!]*\s*$", re.IGNORECASE
)
_YEAR = re.compile(r"(?:năm |in )?(?<!\d)(?:19|20)\d{2}(?!\d)", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:tính )?từ đầu (?:nhiệm kỳ|năm)[^,?]{0,12}? đến nay|hiện nay|hiện tại", re.IGNORECASE
)
_SHORT = 4  # words; a question as short as this has no topic of its own


def is_followup(question: str) -> bool:
    """True when the question cannot be understood without an earlier one."""
    if _OPENING.match(question) or _POINTING.search(question):
        return True
    return len(question.split()) <= _SHORT and not question_places(question)


def _without_question_words(text: str) -> str:
    """The topic of a question: the question less its question words and end mark."""
    for entry in sorted(asked(text), key=lambda found: -found.start):
        if entry.end > entry.start and entry.wanted not in {Wanted.WHY, Wanted.COMPARE}:
            text = text[: entry.start] + text[entry.end :]
    text = re.sub(r"\b(?:là|có|được|đã)\s*[?.!]*\s*$", "", text.strip())
    return re.sub(r"\s{2,}", " ", text).strip(" ?.!,")


def _with_new_name(base: str, new: str) -> str:
    """``base`` asked about ``new``: in the slot of the same sort where it has one, else added to it."""
    places = question_places(new, language="en")
    old_places = question_places(base, language=language_of(base))
    if places and old_places:
        return f"{base[: old_places[0].start]}{new}{base[old_places[-1].end :]}"
    year = _YEAR.search(new)
    period = _YEAR.search(base) or _PERIOD.search(base)
    if year and period:
        return " ".join(f"{base[: period.start()]} {year.group()} {base[period.end() :]}".split())
    joint = " " if places or year else ", "
    return f"{base.rstrip(' ?.!')}{joint}{new}?"


def standalone(question: str, history: Sequence[str]) -> str:
    """The question with what it takes from the earlier ones.

    Args:
        question: NFC, with diacritics.
        history: earlier questions of the conversation, oldest first, likewise.

    Returns:
        ``question`` itself when it stands alone.
    """
    if not history or not is_followup(question):
        return question
    base = standalone(history[-1], history[:-1])
    rest = _OPENING.sub("", question, count=1).strip() or question
    bare = _THEN_WHAT.sub("", rest)
    bare = re.sub(r"^(?:ở|tại|của|về|in|at|for)\s+", "", bare, flags=re.IGNORECASE)
    only_names = asked(bare)[0].wanted is Wanted.ANY and len(bare.split()) <= 8
    if only_names:
        return _with_new_name(base, bare)
    topic = _without_question_words(base)
    if question_places(rest):
        for place in reversed(question_places(topic)):
            topic = (topic[: place.start] + topic[place.end :]).strip()
    if _YEAR.search(rest):
        topic = re.sub(r"\s{2,}", " ", _YEAR.sub("", topic)).strip()
    return f"{topic}, {rest}" if topic else rest
