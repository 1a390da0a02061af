"""Whether a clause reads as a sentence of its own: with a subject, a main clause, and one thing said of one thing.

A cut that is right by its facts may still be no sentence: "Nghị quyết số 8, ngày …, Đảng ủy đã xây dựng …" begins
with what another verb governed, "đã kết nạp 20 đảng viên" lacks who did, "khi có từ 9 đảng viên trở lên" what then.
"""

from __future__ import annotations

import re

from assistant.phrases import words
from assistant.study.facts import BODY
from assistant.study.places import named_place
from ingest.places import find_places
from ingest.types import Document, Kind

_KIND = (
    r"(?:Chỉ thị|Nghị quyết|Quy định|Quyết định|Hướng dẫn|Kế hoạch|Kết luận|Chương trình|Thông báo|Quy chế)"
)
_ACTS = r"(?:đã|đang|sẽ|luôn|tiếp tục|chủ động|tập trung|ban hành|xây dựng|tổ chức|chỉ đạo)"
#: A document named first, with whoever acts behind it: what stood before the name is gone.
_CITED_FIRST = re.compile(rf"(?:các\s+)?{_KIND}(?:\s+số)?\s+\d", re.IGNORECASE)
_ACTOR_BEHIND = re.compile(rf",\s+(?={BODY.pattern}[^,]{{0,60}}?\s{_ACTS}\s)")
_WHEN = (
    r"(?:(?:tính |kể )?từ [^,]{2,50}? (?:đến nay|trở lại đây|đến hết [^,]{2,24})|(?:trong |ngay )?(?:nhiệm kỳ|năm|thời gian) qua"
    r"|(?:trong |đến |tính đến )?(?:hết )?(?:tháng \d{1,2}[/-]|ngày [\d/]+|(?:đầu |cuối )?năm )?\d{4}|đến nay|hiện nay|hằng năm"
    r"|những năm qua|thời gian tới|mới đây|qua đó|sau đó|\d+ (?:năm|tháng) qua|(?:tính )?(?:từ|đến) đầu (?:nhiệm kỳ|năm))"
)
_DOES = (
    r"(?:(?:đã|đang|sẽ|cũng|mới|chỉ(?! thị)|vừa)\s+(?:được\s+)?[^\W\d_]|(?:kết nạp|xác định|tổ chức|phấn đấu|hoàn thành|ban hành|mở|giảm"
    r"|thành lập|bồi dưỡng|cử|giao|rà soát|xem xét|công nhận|chuyển|xóa tên|khai trừ)(?:\s+được)?\s)"
)
_NO_SUBJECT = re.compile(rf"(?:{_WHEN},?\s+)?{_DOES}", re.IGNORECASE)
#: A condition or a purpose with nothing that follows from it.
_NO_MAIN = re.compile(
    r"(?!do\s[^,;:]*\bban hành\b)(?:khi|nếu|để|nhằm|vì|do|tuy|mặc dù|sau khi|trước khi|trừ|với|bằng|theo|qua|gồm|bao gồm|như)\s[^,;:]*$",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"(?P<left>[^,;:.]{4,60}?) (?:có|là|giống|khác|cao hơn|thấp hơn|nhiều hơn|ít hơn)[^,;:]{0,40}? (?:như|với|so với|hơn) (?P<right>[^,;:.]+)")  # fmt: skip
_WHOSE = re.compile(
    r"(?<!\w)(?:các (?:cấp|chi|đảng|tổ chức|đơn vị)|(?:toàn|cả|trong) (?:tỉnh|thành phố|huyện|xã|đảng bộ|khối|nước)|đảng bộ|chi bộ|khối)(?!\w)",
    re.IGNORECASE,
)


def stands(text: str) -> bool:
    """Whether a clause, its blanks single and its joining words gone, is a sentence that a class can read."""
    if _NO_MAIN.match(text) or says_nothing(text):
        return False
    return not (_CITED_FIRST.match(text) and _ACTOR_BEHIND.search(text))


def without_subject(text: str) -> bool:
    """Whether a clause begins with what was done, or with when, and never says who did it."""
    return _NO_SUBJECT.match(text) is not None and BODY.match(text) is None


def says_nothing(text: str) -> bool:
    """Whether a clause compares a thing with itself: "đảng viên dự bị có các quyền như đảng viên dự bị"."""
    found = _COMPARES.search(text)
    if found is None:
        return False
    left, right = words(found["left"]), words(found["right"])
    return bool(left) and right[: len(left)] == left


def situation(text: str, document: Document) -> str:
    """The place that a clause with a figure tells of, to stand before it ("Ở tỉnh Bắc Ninh, ").

    "" where the clause names the place or whose the figure is, and of documents that a stem names by their
    numbers, which are told with their issuers.
    """
    told = BODY.search(text) is not None or _WHOSE.search(text) is not None or bool(find_places(text))
    if (document.number and document.kind is not Kind.ARTICLE) or (told and not without_subject(text)):
        return ""
    named = named_place(document, text)
    return "" if named is None or named.said else f"Ở {named.name}, "
