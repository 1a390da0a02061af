"""Quantities and dates in a sentence: which of its numbers count something.

Official texts are full of numbers that name a thing (a document, an article, a unit, the item of a list);
none of them may answer "bao nhiêu".
"""

from __future__ import annotations

import re

from ingest.numbers import find_numbers

DATE = re.compile(
    r"(?:ngày |sáng |chiều |tối )?\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}"
    r"|ngày \d{1,2} tháng \d{1,2}(?: năm \d{4})?"
    r"|(?:ngày|sáng|chiều|tối|trước|hết|đến|từ) \d{1,2}[/-]\d{1,2}(?![\d/%])"
    r"|tháng \d{1,2}\s?(?:[/-]|năm)\s?\d{4}"
    r"|(?:năm |giai đoạn |nhiệm kỳ )?(?<!\d)(?:19|20)\d{2}(?:\s?[-–]\s?(?:19|20)\d{2})?(?!\d)",
    re.IGNORECASE,
)
FIGURE = re.compile(r"(?<![\w/.-])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|(?<![\w/.-])\d+(?:,\d+)?(?![\d/])")
PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?(?:%|phần trăm)")
#: A share of those who vote or belong, where their number is asked for.
FRACTION = re.compile(
    r"(?<![\d/])[1-9]/[2-9](?![\d/])"
    r"|\b(?:một|hai|ba|bốn) phần (?:hai|ba|tư|năm)\b|\bquá (?:một )?nửa\b|\bđa số\b|\b100%"
)
#: A number after one of these names a thing and counts nothing ("Chi bộ 2", "Quận 4", "Điều 5", "lần thứ 3").
_NAMING = re.compile(
    r"(?:(?<!\w)(?:chi bộ|đảng bộ|quận|phường|lầu|tầng|khu phố|phân xưởng|điều|khoản|chương|mục|câu|phụ lục"
    r"|mẫu|trang|thứ|số|hạng|đề án|chỉ thị|nghị quyết|quy định|quyết định|kết luận|hướng dẫn|kế hoạch"
    r"|thông báo|nghị định|thông tư|article|question|district|ward|cell|no\.)"
    r"|(?:^|\n)\W*(?:\d+[.)]\s*)?)\s*$",
    re.IGNORECASE,
)
#: A number at the head of a line counts an item of a list, if it ends like this.
_ITEM_END = re.compile(r"[.)](?!\d)")
_COUNTED = re.compile(r"\s*(?:đảng viên|đồng chí|người|học viên|%)", re.IGNORECASE)


def figures(sentence: str) -> list[re.Match[str]]:
    """The quantities of a sentence: its numbers less those of dates, document numbers, units and items."""
    taken = [match.span() for match in DATE.finditer(sentence)]
    taken += [(mention.start, mention.end) for mention in find_numbers(sentence)]
    return [
        match
        for match in FIGURE.finditer(sentence)
        if not any(start <= match.start() < end for start, end in taken)
        and not _names_a_thing(sentence, match)
    ]


def _names_a_thing(sentence: str, figure: re.Match[str]) -> bool:
    before = _NAMING.search(sentence[: figure.start()])
    if before is None:
        return False
    if not before.group().strip(" \n\t*-–+#"):
        return _ITEM_END.match(sentence, figure.end()) is not None
    return len(figure.group()) < 4 and _COUNTED.match(sentence, figure.end()) is None
