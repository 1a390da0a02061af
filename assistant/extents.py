"""How far a figure reaches: of which year, and of the whole country, province or only a part.

The admissions of 2023 are none of 2024, and the members of a bloc in a province are not those of the province.
"""

from __future__ import annotations

import re
from functools import lru_cache

_RANGE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?(?:[-–]|đến(?: hết)?(?: năm)?|to)\s?((?:19|20)\d\d)(?!\d)")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d|[.,]\d)")
#: A number of a document or its date says when it was issued, not of when a figure is.
_ISSUED = re.compile(
    r"\d+\s?[-/]\s?[A-ZĐ][\w-]*(?:\s?[-/]\s?[A-ZĐ][\w-]*)*(?:,? (?:ngày |tháng )?\d{1,2}(?:[/.-]\d{1,2})?[/.-](?:19|20)\d\d)?"
    r"|(?:chỉ thị|nghị quyết|kế hoạch|quyết định|quy định|kết luận|hướng dẫn|thông báo)[^,;]{0,40},? ngày \d{1,2}(?:[/.-]| tháng )\d{1,2}(?:[/.-]| năm )(?:19|20)\d\d",
    re.IGNORECASE,
)
_EACH_YEAR = re.compile(
    r"(?:mỗi|hằng|hàng|từng) năm|/\s?năm|bình quân|trung bình|per year|annual", re.IGNORECASE
)
_UNTIL = re.compile(r"\b(?:đến|tới|hết|by|until)\b[^?]{0,12}(?:19|20)\d\d", re.IGNORECASE)
_WHOLE_COUNTRY = re.compile(
    r"\b(?:cả nước|toàn quốc|trên cả nước|toàn đảng(?! bộ)|nationwide|in the whole country|vietnam as a whole)\b",
    re.IGNORECASE,
)
_OF_COUNTRY = re.compile(r"\b(?:cả nước|toàn quốc|toàn đảng(?! bộ)|việt nam)\b", re.IGNORECASE)
_WHOLE_PROVINCE = re.compile(r"\b(?:đảng bộ tỉnh|toàn đảng bộ tỉnh|toàn tỉnh|cả tỉnh)\b", re.IGNORECASE)
_BLOC = re.compile(r"\b(?:đảng bộ|đảng ủy|đảng uỷ) khối\b", re.IGNORECASE)
#: Mentions of a bloc that make a document one about it.
_THROUGHOUT = 3


def of_year(sentence: str, headings: str, question: str) -> bool:
    """Whether the figures of a sentence may be of the years that a question names.

    They are not where the sentence names other years alone, and nothing over it names one that is asked for.
    """
    asked = _ranged(question)
    if not asked[0] and not asked[1]:
        return True
    wanted = asked[0] | {year for pair in asked[1] for year in pair}
    single, ranges = _ranged(_ISSUED.sub(" ", sentence))
    if not single and not ranges:
        return True
    if wanted & single or wanted & set(_ANY_YEAR.findall(headings)):
        return True
    if set(ranges) & set(asked[1]):
        return True
    ends = {last for _, last in ranges}
    if wanted & ends and (_UNTIL.search(question) or (not single and not asked[0])):
        return True
    within = any(first <= year <= last for first, last in ranges for year in wanted)
    return within and not single and _EACH_YEAR.search(sentence) is not None


def of_extent(sentence: str, around: str, question: str, document: str) -> bool:
    """Whether the figures of a sentence may be of the whole that a question names: the country, the province.

    Args:
        around: headings and title over the sentence.
        document: the text it stands in; one that speaks of a bloc throughout gives the bloc's figures.
    """
    if _WHOLE_COUNTRY.search(question) and not (_OF_COUNTRY.search(sentence) or _OF_COUNTRY.search(around)):
        return False
    if not _WHOLE_PROVINCE.search(question) or "khối" in question.lower():
        return True
    if _BLOC.search(sentence):
        return False
    return _WHOLE_PROVINCE.search(sentence) is not None or _blocs(document) < _THROUGHOUT


@lru_cache(maxsize=64)
def _blocs(document: str) -> int:
    return len(_BLOC.findall(document))


def _ranged(text: str) -> tuple[set[str], list[tuple[str, str]]]:
    """Single years, and ranges of years."""
    ranges = [(match[1], match[2]) for match in _RANGE.finditer(text)]
    return set(_ANY_YEAR.findall(_RANGE.sub(" ", text))), ranges
