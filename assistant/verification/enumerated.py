"""How many things a passage lists: "ba yêu cầu" of one that has a), b) and c) is a figure of nobody's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from assistant.verification.analysis import Analysis, Item
from assistant.verification.counted import alike, counted
from assistant.verification.figures import Figure
from assistant.verification.sources import Source

#: Signs of items in their order, each with the text that may stand before it.
_START: Final = r"(?:^|\n)[ \t]*(?:[-+*•][ \t]+)?"
_SIGNS: Final = (
    (_START, [rf"{n}[.)]" for n in range(1, 21)]),
    (_START, [rf"{letter}[.)]" for letter in "abcdđeghiklmnopq"]),
    (r"(?:^|\s)", [rf"\({n}\)" for n in range(1, 21)]),
    (r"(?<!\w)", [f"{n} là" for n in ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")]),
    (r"(?<!\w)", [f"thứ {n}[,:]" for n in ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám")]),
)
_BULLET: Final = re.compile(r"(?:^|\n)[ \t]*([-+*•])[ \t]+(?=\S)")
#: Things of which a reader says how many are listed.
_LISTED: Final = re.compile(
    r"\s+(?:(?:nhóm|loại|điểm|nội dung|ý|mục|phần|khoản|điều|việc|vấn đề|yêu cầu|nhiệm vụ|mục đích|mục tiêu"
    r"|chỉ tiêu|giải pháp|biện pháp|câu hỏi|câu|bài|bước|khâu|tiêu chí|tiêu chuẩn|điều kiện|lý do|nguyên nhân"
    r"|khó khăn|hạn chế|kiến nghị|đề xuất|ý kiến|hình thức|trường hợp|đối tượng|văn bản|quy định|hướng dẫn"
    r"|yếu tố|quyền|hướng|thông tin|lưu ý)(?!\w)"
    r"|(?:points?|items?|questions?|requirements?|tasks?|steps?|reasons?|proposals?|conditions?|parts?|documents?)\b)",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def list_lengths(text: str) -> frozenset[int]:
    """How many items each list in ``text`` has; of one item is none."""
    found: set[int] = set()
    for before, signs in _SIGNS:
        length = at = 0
        for sign in signs:
            match = re.compile(before + sign, re.IGNORECASE).search(text, at)
            if match is None:
                break
            length, at = length + 1, match.end()
        found.add(length)
    bullets = [match[1] for match in _BULLET.finditer(text)]
    found.update(bullets.count(sign) for sign in set(bullets))
    return frozenset(length for length in found if length > 1)


def counts_a_list(analysis: Analysis, item: Item, sources: Sequence[Source]) -> bool:
    """A figure that no source has says how many things one of them lists.

    Where a source counts things of that name itself, the figure must be found there.
    """
    figure = item.value
    if not isinstance(figure, Figure) or figure.percent:
        return False
    if _counts_its_own(analysis.text, item, figure):
        return True
    if not _LISTED.match(analysis.text, item.end):
        return False
    mine = counted(analysis, item.end)
    said = any(
        isinstance(other.value, Figure) and alike(mine, counted(source.analysis, other.end))
        for source in sources
        for other in source.analysis.items
    )
    lengths = {length for source in sources for length in list_lengths(source.passage.text)}
    return not (mine and said) and any(value in lengths for value in figure.values)


#: "Đoàn thanh niên và hội cựu chiến binh là hai tổ chức", "hai mức: khiển trách và cảnh cáo".
_BEFORE: Final = re.compile(r"(?P<list>[^.;:()]*?)\s+(?:là|đều là|are|were)\s+$", re.IGNORECASE)
_BEHIND: Final = re.compile(
    r"\s+[^.;:,()\d]{0,40}?(?:(?<!\w)(?:là|gồm|gồm có|bao gồm|namely)(?!\w)|:)\s*(?P<list>[^.;:()]+)",
    re.IGNORECASE,
)
_PART: Final = re.compile(r"\s*(?:,\s*(?:và|and)?|(?<!\w)(?:và|and|hoặc|or)(?!\w))\s*", re.IGNORECASE)


def _counts_its_own(text: str, item: Item, figure: Figure) -> bool:
    """The figure says how many things the sentence itself names; those are looked at one by one."""
    for match in (_BEFORE.search(text[: item.start]), _BEHIND.match(text, item.end)):
        parts = [part for part in _PART.split(match["list"]) if part.strip()] if match else []
        if len(parts) > 1 and len(parts) in figure.values:
            return True
    return False
