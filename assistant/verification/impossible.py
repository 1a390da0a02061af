"""What cannot be, whatever is cited: "dưới 5 điểm trở lên", "giảm từ 18 lên 36", "Chỉ thị số 2016-2022"."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from assistant.types import Difference, DifferenceKind
from assistant.unmarked import Pattern
from assistant.verification.analysis import Analysis
from assistant.verification.figures import Figure

_BOUNDS: Final = (
    Pattern(r"(?<!\w)(?:dưới|chưa đến|chưa đầy|tối đa|không quá|nhiều nhất)\s\d[\d.,]*\s?%?(?:\s[^\s\d,.;:]+){0,3}?\strở lên(?!\w)"),
    Pattern(r"(?<!\w)(?:trên|hơn|quá|tối thiểu|ít nhất)\s\d[\d.,]*\s?%?(?:\s[^\s\d,.;:]+){0,3}?\strở xuống(?!\w)"),
)  # fmt: skip
_CHANGE: Final = Pattern(
    r"(?<!\w)(?:(?P<up>tăng|nâng)|(?P<down>giảm|hạ|rút))(?: [^\s\d,.;:]+){0,2}? từ (?P<from>[^,;:]{1,50}?) (?P<way>lên|xuống|còn|đến)(?: (?:tới|đến|còn))?(?= )"
)
_YEARS: Final = Pattern(
    r"(?<!\w)(?:chỉ thị|nghị quyết|quyết định|quy định|hướng dẫn|kế hoạch|kết luận|thông báo|báo cáo)\s+số\s+(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d(?![\w/-])"
)


def impossible_differences(analysis: Analysis) -> list[Difference]:
    """What a Vietnamese sentence says that contradicts itself."""
    text = analysis.text
    found = [
        Difference(DifferenceKind.NUMBER, match.group())
        for pattern in _BOUNDS
        for match in pattern.finditer(text)
    ]
    found += [Difference(DifferenceKind.DOCUMENT_NUMBER, m.group()) for m in _YEARS.finditer(text)]
    return found + list(_changes(analysis))


def _changes(analysis: Analysis) -> Iterator[Difference]:
    """Figures that rise where they are said to fall, or the other way round."""
    for match in _CHANGE.finditer(analysis.text):
        before = _figure(analysis, match.start("from"), match.end("from"))
        behind = _figure(analysis, match.end(), match.end() + 30)
        up = match["up"] is not None
        wrong_way = match["way"].lower() in (("xuống", "còn") if up else ("lên",))
        turned = before is not None and behind is not None and (behind < before if up else behind > before)
        if wrong_way or turned:
            yield Difference(DifferenceKind.DIRECTION, match.group())


def _figure(analysis: Analysis, start: int, end: int) -> Fraction | None:
    """The first figure of a span."""
    for item in analysis.items:
        if start <= item.start < end and isinstance(item.value, Figure) and not item.value.weak:
            return item.value.values[0]
    return None
