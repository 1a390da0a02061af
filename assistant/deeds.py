"""What a question asks the doing of, or takes for done, and whether things rose or fell."""

from __future__ import annotations

import re

#: What was done, where doing something else is another fact.
_DEEDS = ("khai trừ", "xóa tên", "kỷ luật", "kết nạp", "khen thưởng", "giải thể")
#: Deeds that change what was: a question for their reason, time or doer supposes that they were done.
_SUPPOSED = (
    "khai trừ", "xóa tên", "kỷ luật", "miễn (?:sinh hoạt|công tác|giảm|đóng)", "giải thể", "giải tán", "sáp nhập", "bãi nhiệm", "miễn nhiệm", "cách chức", "đình chỉ", "từ chức",
    "phản đối", "từ chối", "bãi bỏ", "hủy bỏ", "thu hồi", "cấm", "cảnh cáo", "khiển trách", "khởi tố", "đóng cửa", r"(?<!đăng )(?<!chữ )ký(?= |$|\?)(?! (?:sinh|hiệu|ức|kết))",
)  # fmt: skip
_FALLS = re.compile(
    r"\b(?:giảm|sụt|suy giảm|đi xuống|tụt|hụt|thấp hơn|ít hơn|fell|decreas\w*|declin\w*|drop\w*)\b",
    re.IGNORECASE,
)
_RISES = re.compile(r"\b(?:tăng|vượt|cao hơn|nhiều hơn|đi lên|rose|increas\w*|grew)\b", re.IGNORECASE)


def deeds(question: str) -> tuple[str, ...]:
    """The deeds a question asks about, in lower case; an answer must speak of one of them."""
    return tuple(deed for deed in _DEEDS if deed in question.lower())


def supposed(question: str) -> tuple[str, ...]:
    """Deeds that a question takes for done; a sentence that answers it speaks of them."""
    found = (re.search(rf"\b{deed}\b", question.lower()) for deed in _SUPPOSED)
    return tuple(match.group() for match in found if match)


def opposite(question: str, sentence: str) -> bool:
    """Whether the question speaks only of a fall and the sentence only of a rise, or the other way round."""
    falls, rises = bool(_FALLS.search(question)), bool(_RISES.search(question))
    if falls == rises:
        return False
    said_falls, said_rises = bool(_FALLS.search(sentence)), bool(_RISES.search(sentence))
    return said_rises != said_falls and said_falls != falls
