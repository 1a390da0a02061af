"""What a sentence says was done: whether what it cites says so too.

A sentence may have nearly all its words from a passage and yet say what is nowhere in it: "Các lớp bồi dưỡng
của huyện đã bị hủy" of a passage that announces these classes. So the word that says what was done ("bị …",
"được …", "đã …", "was …ed") must stand in what is cited, unless it says next to nothing ("được tổ chức").
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.types import Difference, DifferenceKind
from assistant.verification.language import is_english
from ingest.numbers import fold

_WORD = re.compile(r"[^\W_]+")
#: "đã bị hủy", "không còn được công nhận", "phải dừng": the words that lead up to the deed, and it.
_DEED = re.compile(
    r"(?<!\w)(?:đã|vừa|sắp|sẽ|đang|bị|được|phải|từng|không|chưa|chẳng(?! hạn)|không còn|không cần)"
    r"(?:\s+(?:đã|vừa|sẽ|đang|bị|được|phải|từng|không|chưa|còn|cần|hề|tiếp tục|cùng|cũng|đều|chính thức|hoàn toàn|tự|lại|chỉ))*"
    r"\s+(?P<deed>[^\W\d_]+)(?P<more>\s+[^\W\d_]+)?",
    re.IGNORECASE,
)
#: Deeds that a writer may put in for another, or that say next to nothing.
_LIGHT = frozenset(
    """có là tổ thực tiến triển diễn làm mở đưa nêu ghi quy xác xem coi gọi tính giao nhận đạt lên xuống ra vào đến tới về theo
    cho với bởi do để đi hơn kém gần khoảng trên dưới nhiều ít thêm các những một hai ba cả mỗi người thể gồm bao diễn học viết
    dùng lập đặt chia kéo trở thành hoàn phần tăng giảm hướng tham dự tập trung đáp ứng tạo giúp chỉ trình lấy cần nên muốn
    tiếp cấp bằng tại trong ngoài như nào gì ai phải nhất quá rất mới chọn đề""".split()
)
_ENGLISH_DEED = re.compile(
    r"\b(?:was|were|is|are|be|been|being|has|have|had|got)\s+(?:(?:not|no longer|already|all|also|been)\s+)*"
    r"(?P<deed>[a-z]+(?:ed|en|wn|nt|ght))\b",
    re.IGNORECASE,
)
_ENGLISH_LIGHT = frozenset(
    "held based opened used given made called located noted mentioned stated needed listed".split()
)
_STEM = 5
#: Deeds that nobody reads out of a Vietnamese text without a word for them in it, by their first letters.
_IN_VIETNAMESE = {
    "cance": "huy|bai bo|dinh chi",
    "disso": "giai the|giai tan",
    "postp": "hoan|lui",
    "delay": "hoan|cham|lui|tre",
    "aboli": "bai bo|xoa bo|huy",
    "repea": "bai bo|het hieu luc|huy",
    "revok": "thu hoi|huy|tuoc",
    "expel": "khai tru|xoa ten",
    "disci": "ky luat",
    "repri": "khien trach",
    "exemp": "mien",
    "suspe": "dinh chi|tam dung|ngung",
    "banne": "cam",
    "prohi": "cam|khong duoc",
    "forbi": "cam|khong duoc",
    "dismi": "cach chuc|mien nhiem|bai nhiem|buoc thoi",
    "arres": "bat",
    "merge": "sap nhap|hop nhat|nhap",
    "rejec": "tu choi|bac|khong",
    "refus": "tu choi|khong",
    "rewar": "thuong|khen",
    "punis": "phat|ky luat",
    "stole": "trom|cap|chiem doat",
    "corru": "tham nhung|tham o|hong",
}


def unsourced(said: str, cited: Iterable[str]) -> tuple[Difference, ...]:
    """What ``said``, a sentence without markers, says was done and none of the ``cited`` texts has a word for."""
    texts = list(cited)
    syllables = [_WORD.findall(fold(text)) for text in texts]
    there = {word for found in syllables for word in found}
    missing = []
    if is_english(said):
        english = all(map(is_english, texts))
        stems = {word[:_STEM] for word in there}
        running = " ".join(f" {' '.join(found)} " for found in syllables)
        for match in _ENGLISH_DEED.finditer(said):
            deed = match["deed"].lower()
            words = _IN_VIETNAMESE.get(deed[:_STEM], "")
            if deed in _ENGLISH_LIGHT or deed[:_STEM] in stems:
                continue
            if english or (words and not re.search(rf" (?:{words}) ", running)):
                missing.append(deed)
    else:
        for match in _DEED.finditer(said):
            deed = match["deed"].lower()
            if deed not in _LIGHT and fold(deed) not in there:
                missing.append(f"{deed}{(match['more'] or '').lower()}")
    return tuple(Difference(DifferenceKind.SUPPORT, deed) for deed in dict.fromkeys(missing))
