"""Short answers: a fact asked for without choices, in words short enough to be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.study.asking import Asked
from assistant.study.facts import DATES, FactKind
from assistant.study.quiz.attempt import Attempt, attempt_of, citations_of
from assistant.study.quiz.single import difficulty_of
from assistant.study.quiz.wording import stem_of
from assistant.study.types import Difficulty, QuizItem, QuizKind

_MOST_WORDS = 8
_LONG = frozenset({FactKind.SUBJECT, FactKind.ROLE})
_OF_TWO = frozenset(
    {
        "đảng viên",
        "quần chúng",
        "học viên",
        "đồng chí",
        "chi bộ",
        "đảng bộ",
        "đoàn viên",
        "tổ chức",
        "nhiệm vụ",
        "hình thức",
        "bí thư",
        "cán bộ",
        "cấp ủy",
        "công nhân",
        "doanh nghiệp",
        "đại biểu",
        "đơn vị",
        "giảng viên",
        "hội nghị",
        "hội viên",
        "khu phố",
        "nguyên tắc",
        "thanh niên",
        "trường học",
        "trường hợp",
        "văn bản",
        "yếu tố",
    }
)
_OF_ONE = frozenset(
    "người lớp thôn bản xã phường huyện tỉnh câu bài điều khoản chương mức quyền nhóm bước buổi điểm lần đợt nơi hộ ấp".split()
)
_NUMERALS = {
    word: value for value, word in enumerate("một hai ba bốn năm sáu bảy tám chín mười".split(), start=1)
} | {"mười hai": 12, "mười tám": 18}


def shorts(asked: Asked, language: str) -> Iterator[Attempt]:
    """The short answer item for a fact, where its question stands alone."""
    stem = stem_of(asked, language, choose=False)
    if not stem or len(asked.key.split()) > _MOST_WORDS or asked.fact.kind in _LONG:
        return
    harder = Difficulty.MEDIUM if difficulty_of(asked) is Difficulty.EASY else Difficulty.HARD
    item = QuizItem("", QuizKind.SHORT, stem, citations_of(asked), harder, accepted=accepted_of(asked))
    yield attempt_of(asked, item)


def accepted_of(asked: Asked) -> tuple[str, ...]:
    """The key as written, and the other ways in which a learner may write it."""
    key = asked.key
    forms = [key]
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", key):
        forms.append(key.replace(".", ""))
    if re.fullmatch(r"[\d.,]+\s?%", key):
        bare = key.rstrip(" %")
        forms += [bare, f"{bare.replace(',', '.')}%", f"{bare} phần trăm"]
    if asked.fact.kind in DATES and asked.fact.kind is not FactKind.PERIOD:
        parts = [part for part in re.split(r"\D+", asked.fact.value) if part]
        forms += ["/".join(parts), "/".join(part.lstrip("0") for part in parts)]
        if len(parts) == 3:
            day, month, year = (int(part) for part in parts)
            forms.append(f"ngày {day} tháng {month} năm {year}")
    head, _, unit = key.rpartition(" ")
    for word in (key.lower(), head.lower()):
        if word in _NUMERALS:
            number = str(_NUMERALS[word])
            forms.append(
                f"{number} {unit}" if word == head.lower() and unit and word != key.lower() else number
            )
    if money := re.fullmatch(r"(\d+(?:,\d+)?) (triệu|tỷ|nghìn) đồng", key):
        forms.append(f"{money[1]} {money[2]}")
    if asked.fact.kind is FactKind.NUMBER:
        forms.append(f"số {key}")
    if asked.fact.kind is FactKind.COUNT and asked.fact.unit:
        unit = asked.claim[asked.end :].strip()
        if unit.lower().startswith(asked.fact.unit.split(" ")[0]) and (noun := _counted(asked.fact.unit)):
            forms.append(f"{key} {noun}")
    return tuple(dict.fromkeys(form for form in forms if form))


def _counted(unit: str) -> str:
    """The noun that is counted, without what is said of it: "đảng viên mới" → "đảng viên"; "" if unknown.

    A first syllable that is no noun by itself would make no answer: "600 bí" of "600 bí thư các chi bộ".
    """
    nouns = unit.split()
    if " ".join(nouns[:2]) in _OF_TWO:
        return " ".join(nouns[:2])
    return nouns[0] if nouns[0] in _OF_ONE else ""
