"""What a figure counts: "27 đảng viên" is not "27 chi bộ"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from assistant import lexicon
from assistant.phrases import fold, words
from assistant.verification.analysis import Analysis

#: Things that are counted, in groups of which one can be said for another where the passage speaks of both.
_PEOPLE: Final = (
    "đảng viên chính thức,đảng viên dự bị,đảng viên nữ,đảng viên mới,đảng viên,học viên,quần chúng ưu tú,quần chúng,đoàn viên,hội viên,cán bộ,công chức,viên chức"
    ",công nhân,nông dân,phụ nữ,thanh niên,sinh viên,học sinh,giáo viên,đại biểu,ủy viên,cấp ủy viên,chiến sĩ,lao động,giảng viên,trí thức"
)
_GENERIC: Final = "người,đồng chí,trường hợp,cá nhân,vị,suất"
_UNITS: Final = (
    "tổ chức cơ sở đảng,tổ chức đảng,chi bộ cơ sở,đảng bộ cơ sở,chi bộ,đảng bộ,đảng ủy,chi ủy,cấp ủy,đơn vị hành chính cấp huyện,đơn vị hành chính cấp xã,đơn vị cấp huyện,đơn vị cấp xã"
    ",đơn vị hành chính,đơn vị"
    ",cơ quan,doanh nghiệp,trường học,trường,huyện,xã,phường,thị trấn,thôn,bản,khu phố,tổ dân phố,công ty,hợp tác xã,hộ,gia đình,nơi,địa phương,tỉnh"
)
_TIME: Final = "năm,tháng,tuần,ngày,giờ,phút,buổi,quý,nhiệm kỳ,tuổi"
_THINGS: Final = (
    "điều,chương,khoản,câu,bài,văn bản,quy định,nghị quyết,chỉ thị,hướng dẫn,quyền,nhiệm vụ,hình thức,mức,lớp,lần,điểm,yếu tố,nhóm,việc,mục,bước,nội dung"
    ",đồng,km,km2,m2,ha,hội nghị,cuộc họp,giải pháp,tiêu chí,loại,phần,bản,kế hoạch,quyết định"
)
_ENGLISH: Final = {
    "people": "người", "persons": "người", "person": "người", "individuals": "người", "comrades": "đồng chí", "of them": "người",
    "days": "ngày", "day": "ngày", "months": "tháng", "month": "tháng", "years": "năm", "year": "năm", "weeks": "tuần",
    "hours": "giờ", "years old": "tuổi", "questions": "câu", "points": "điểm", "articles": "điều", "chapters": "chương",
    "times": "lần", "groups": "nhóm", "forms": "hình thức|mức", "lessons": "bài", "rights": "quyền", "places": "nơi",
    "duties": "nhiệm vụ", "classes": "lớp", "courses": "lớp", "women": "phụ nữ|nữ|người", "schools": "trường học",
    "villages": "thôn|bản", "districts": "huyện", "communes": "xã", "dong": "đồng", "cells": "chi bộ", "members": "đảng viên|người",
    "learners": "học viên|người", "trainees": "học viên|người", "participants": "học viên|người", "workers": "công nhân|người",
    "others": "người", "citizens": "quần chúng|người", "students": "học viên|người", "candidates": "quần chúng|người|học viên",
    "evenings": "buổi", "sessions": "buổi", "parts": "yếu tố|phần", "elements": "yếu tố", "resolutions": "nghị quyết",
    "km": "km", "km2": "km2", "square kilometres": "km2", "square kilometers": "km2", "communes and wards": "đơn vị cấp xã",
    "attendees": "người", "party committees": "đảng ủy|đảng bộ|cấp ủy", "committees": "đảng ủy|đảng bộ|cấp ủy", "branches": "chi bộ",
    "party organizations": "tổ chức đảng|đảng bộ|tổ chức cơ sở đảng", "party organisations": "tổ chức đảng|đảng bộ|tổ chức cơ sở đảng", "outstanding": "quần chúng", "non-party": "quần chúng", "grassroots": "tổ chức cơ sở đảng|chi bộ cơ sở|đảng bộ cơ sở",
}  # fmt: skip
_WORDS_AFTER = re.compile(r"[ \t\u00a0]*([^\W\d_]+2?(?:[ -][^\W\d_]+2?){0,5})")
_ADJECTIVES = re.compile(
    r"(?:new|newly|admitted|outstanding|official|probationary|more|other|active|young|party(?= (?:cells|members))|training|such)[ -]",
    re.IGNORECASE,
)


def _heads(text: str) -> list[str]:
    return sorted({" ".join(words(name)) for name in text.split(",")}, key=len, reverse=True)


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Normalised noun → its group."""
    table: dict[str, str] = {}
    for group, names in (
        ("people", _PEOPLE),
        ("generic", _GENERIC),
        ("units", _UNITS),
        ("time", _TIME),
        ("things", _THINGS),
    ):
        for head in _heads(names):
            table.setdefault(head, group)
    return table


def counted(analysis: Analysis, end: int) -> tuple[str, ...]:
    """Normalised Vietnamese nouns any of which is what the figure that ends at ``end`` counts; empty if unclear."""
    text = analysis.text
    following = _WORDS_AFTER.match(text, end)
    if following is None:
        return ()
    if analysis.english:
        return _counted_english(following[1])
    syllables = words(following[1])
    if not syllables:
        return ()
    for length in range(min(6, len(syllables)), 0, -1):
        phrase = " ".join(syllables[:length])
        if phrase in _known():
            return (phrase,)
        if analysis.text.isascii():
            folded = [head for head in _known() if fold(head) == phrase]
            if folded:
                return tuple(folded)
    return ()


@lru_cache(maxsize=1024)
def _counted_english(following: str) -> tuple[str, ...]:
    rest = following
    for _ in range(5):
        low = rest.lower()
        for length in (3, 2, 1):
            phrase = " ".join(low.split()[:length])
            if phrase in _ENGLISH:
                return tuple(" ".join(words(meaning)) for meaning in _ENGLISH[phrase].split("|"))
        terms = lexicon.english_terms(rest)
        if terms and terms[0][0] == 0:
            heads = tuple(" ".join(words(meaning)) for meaning in terms[0][2])
            known = tuple(head for head in heads if head in _known())
            if known:
                return (
                    *known,
                    *(("nguoi\u0300",) if any(_known()[head] == "people" for head in known) else ()),
                )
        adjective = _ADJECTIVES.match(rest)
        if adjective is None:
            return ()
        rest = rest[adjective.end() :]
    return ()


def alike(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """One of ``mine`` can be said for one of ``theirs``: the same, the more general, the shorter."""
    for head in mine:
        for their in theirs:
            if head == their or their in lexicon.synonyms(head) or their in _twins().get(head, ()):
                return True
            group, other = group_of(head), group_of(their)
            if group == other and _part(head, their):
                return True
            if {group, other} == {"people", "generic"} or group == other == "generic":
                return True
    return False


#: Things that are the same thing where they are counted.
_TWINS: Final = (
    "hình thức,mức",
    "văn bản,quy định,nghị quyết,chỉ thị,hướng dẫn,kế hoạch,quyết định",
    "nhóm,việc,nội dung,giải pháp,nhiệm vụ,điểm",
    "thôn,bản,nơi",
    "trường học,trường,nơi",
    "đơn vị,địa phương,nơi,huyện",
    "chi bộ,chi bộ cơ sở",
    "đảng bộ,đảng bộ cơ sở,đảng ủy",
    "học viên,quần chúng",
)


@lru_cache(maxsize=1)
def _twins() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for row in _TWINS:
        heads = tuple(_heads(row))
        for head in heads:
            table[head] = (*table.get(head, ()), *heads)
    return table


def group_of(head: str) -> str | None:
    """The group of a normalised noun; ``None`` for one that is not known to be counted."""
    return _known().get(head)


def _part(head: str, their: str) -> bool:
    """The one is the other said more fully: "tổ chức đảng" and "tổ chức cơ sở đảng", "đơn vị" and "đơn vị cấp xã"."""
    a, b = head.split(), their.split()
    return set(a) <= set(b) or set(b) <= set(a)


def counted_in(name: str) -> str | None:
    """The known noun that a column's name, in normalised syllables, begins with; ``None`` without one."""
    syllables = name.split()
    for length in range(min(5, len(syllables)), 0, -1):
        if " ".join(syllables[:length]) in _known():
            return " ".join(syllables[:length])
    return None
