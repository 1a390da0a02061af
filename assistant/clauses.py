"""Shorter quotes of long sentences: what may be left out at either end without changing what is said.

Half of the sentences of official texts are longer than 40 words, and most of that is grounds, purpose and
consequence around one statement. A cut is made only where a rule here says that what is left out adds to
the statement and does not limit it: an exception, a condition, a negation, a date or a subject is never
parted from its verb. What remains is one exact span.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from assistant.phrases import UPPER
from ingest.sentences import clauses

#: A sentence of at most this many words is quoted whole where there is room.
COMFORTABLE: Final = 40
#: Of the worth of the whole, what a shortened quote must keep.
_KEPT: Final = 0.9
_LEAST_WORDS: Final = 7
_LEAST_LAST: Final = 5

#: How a clause begins that adds detail, purpose or consequence to the one before it.
_ADDS = re.compile(
    r"(?:trong đó(?! không)|nhất là|đặc biệt(?: là)?|do vậy|do đó|vì vậy|vì thế|góp phần|qua đó|từ đó|đồng thời|nhằm"
    r"|gắn với|gắn liền|cụ thể|bảo đảm|đảm bảo|tạo (?:điều kiện|chuyển biến|sự|động lực)|nâng cao|tập trung|chú trọng"
    r"|tăng cường|tiếp tục|phấn đấu|xứng đáng|phát huy|đòi hỏi|thúc đẩy|từng bước|xây dựng|thực hiện|coi (?:đây|việc)"
    r"|để (?:từ đó|qua đó|phát|tạo|xây|nâng|góp|lãnh đạo|đánh giá|làm|có)|đẩy mạnh|kịp thời|thường xuyên)\b",
    re.IGNORECASE,
)
#: What limits a statement: leaving it out would say more than the document does.
_LIMITS = re.compile(
    r"\b(?:trừ|ngoại trừ|nếu|nhưng|song|tuy|tuy nhiên|chỉ|với điều kiện|trường hợp|không (?:kể|tính|gồm|bao gồm|áp dụng)"
    r"|mà không|trong đó không|không quá|ít nhất|tối thiểu|tối đa|khi|unless|except|only|but|if)\b",
    re.IGNORECASE,
)
_NEGATES = re.compile(r"\b(?:không|chưa|chẳng|cấm|trừ|nếu|khi|trường hợp|chỉ|tuy|mặc dù|dù)\b", re.IGNORECASE)
#: Words that only join a sentence to the one before it.
_JOINS = re.compile(
    r"\W*(?:theo đó|bên cạnh đó|ngoài ra|đồng thời|mặt khác|có thể nói|nhìn chung|thêm vào đó|qua đó|từ đó|vì vậy|do vậy"
    r"|do đó|cùng với đó|song song với đó|tiếp đó|bởi vậy),",
    re.IGNORECASE,
)
#: How an adverbial begins that only leads up to the statement behind it.
_LEADS_UP = re.compile(
    r"\W*(?:trong quá trình|với (?:phương châm|quan điểm|tinh thần|mong muốn|mục tiêu)|nhằm|để|nhận thức (?:rõ|được|đúng)"
    r"|xác định(?: rõ)?|quán triệt|trên cơ sở|chính nhờ|nằm trong)\b",
    re.IGNORECASE,
)
#: How a main clause begins: with the one who acts.
_SUBJECT = re.compile(
    rf"\W*(?:[{UPPER}]|(?:các (?:cấp|tổ|chi|đảng|ban)|tỉnh ủy|thành ủy|huyện ủy|chi bộ|chi ủy|cấp ủy|đảng bộ|đảng ủy|đồng chí|bà"
    r"|ông|những năm|thời gian) )"
)

Span = tuple[int, int]
#: What a text is worth as an answer, 0 or more.
Worth = Callable[[str], float]


def shortened(text: str, span: Span, worth: Worth, needed: Callable[[str], bool] = lambda _: False) -> Span:
    """The part of the sentence or part of a sentence ``text[span]`` that is worth quoting.

    Args:
        span: start and end of what would be quoted whole.
        worth: how much a text says of what was asked; a cut that loses more than a tenth of the
            worth is not made.
        needed: whether a text holds something that is never left out.

    Returns:
        A span within ``span``; ``span`` itself where nothing may be left out.
    """
    start, end = span
    full = worth(text[start:end])
    if _length(text, span) <= COMFORTABLE:
        return span
    best = span
    for begin in _beginnings(text, start, end):
        for stop in _ends(text, begin, end):
            part = (begin, stop)
            if _length(text, part) < _LEAST_WORDS or _length(text, part) >= _length(text, best):
                continue
            if needed(text[start:begin]) or needed(text[stop:end]):
                continue
            if worth(text[begin:stop]) >= _KEPT * full:
                best = part
    return best


def standing(text: str, span: Span) -> list[Span]:
    """The parts of ``text[span]`` that say nothing but what the whole says, the whole among them, longest first."""
    start, end = span
    found = {
        (begin, stop)
        for begin in _beginnings(text, start, end)
        for stop in _ends(text, begin, end)
        if _length(text, (begin, stop)) >= _LEAST_WORDS
    }
    return sorted(found | {span}, key=lambda part: (-_length(text, part), part))


def _length(text: str, span: Span) -> int:
    return len(text[span[0] : span[1]].split())


def _beginnings(text: str, start: int, end: int) -> list[int]:
    """Where a quote may begin: at the start, and behind an adverbial that only leads up to the subject."""
    joining = _JOINS.match(text, start, end)
    if joining:
        return [
            start,
            joining.end() + len(text[joining.end() : end]) - len(text[joining.end() : end].lstrip()),
        ]
    if not _LEADS_UP.match(text, start, end):
        return [start]
    spans = clauses(text, start, end)
    for before, (begin, _) in pairwise(spans):
        lead = text[start : before[1]]
        if re.search(r"\d", lead) or _NEGATES.search(lead) or not _balanced(lead):
            break
        if text[before[1] - 1] == "," and _SUBJECT.match(text, begin, end):
            return [start, begin]
    return [start]


def _ends(text: str, start: int, end: int) -> list[int]:
    """Where a quote that begins at ``start`` may end: at the end, and before what only adds to it."""
    found = [end]
    spans = clauses(text, start, end)
    for (last, stop), (begin, _) in reversed(list(pairwise(spans))):
        rest, kept = text[begin:end], text[start:stop]
        if _LIMITS.search(rest):
            break  # it limits what stands before it, and so does all that would be left out before it
        # Few words since the last comma are part of an enumeration, which goes on behind them.
        adds = _ADDS.match(rest) and _length(text, (last, stop)) >= _LEAST_LAST
        if kept[-1] in ",;" and (kept[-1] == ";" or adds) and _balanced(kept):
            found.append(stop - 1)
    return found


def _balanced(text: str) -> bool:
    """No quotation or bracket is open at the end of ``text``."""
    pairs = (("(", ")"), ("“", "”"), ("[", "]"), ("«", "»"))
    return all(text.count(left) <= text.count(right) for left, right in pairs) and text.count('"') % 2 == 0
