"""What is said of what: the predicate of one cited clause behind the subject of another.

"Kết quả kết nạp" and "được giao soạn văn bản" may both stand in a passage, and yet not of one another:
there it is "Ban Tổ chức" that "được giao soạn văn bản". So each clause of a sentence is parted into its
subject and what is said of it. Where all cited clauses that say the same have a subject of their own, of
which the sentence has nothing, and the sentence's subject stands elsewhere in what is cited, the two were
put together. Who acts is told apart more closely in ``roles``; here the subject may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.types import Difference, DifferenceKind
from assistant.verification.actors import parties
from assistant.verification.analysis import Analysis
from assistant.verification.landmarks import Weights, strength
from assistant.verification.sources import Source
from assistant.verification.tokens import Token

_W: Final = r"(?<![\w-])"
_B: Final = r"(?![\w-])"
#: Words with which what is said of a subject begins.
_SAYS: Final = re.compile(
    rf"{_W}(?:đã|đang|sẽ|được|bị|phải|cần|là|chưa|không|vẫn|cũng|đều|có|còn|do|mới|chỉ|lại|nên"
    r"|gồm|đạt|tăng|giảm|chiếm|thuộc|thiếu|kiến nghị|đề nghị|đề xuất|quyết định|ban hành"
    r"|phát động|triển khai"
    r"|xác định|yêu cầu|phân công|giao|mở|lập|duyệt|xét|xem xét|chủ trì|thông qua"
    r"|thực hiện|tiến hành|trình bày"
    r"|quy định|nêu|ghi|đánh giá|kiểm tra|giám sát"
    r"|hướng dẫn|chỉ đạo|lãnh đạo|báo cáo|giúp|gửi|cấp|bầu|dạy|chấm"
    rf"|diễn ra|bắt đầu|kết thúc|kéo dài|gặp|tham gia|tham mưu|theo dõi|coi|dùng|dựa|đưa|chọn|lấy|ra){_B}",
    re.IGNORECASE,
)
#: The same where a verb may be part of the subject: "việc xét kết nạp …", "chất lượng của đảng viên được …".
_SAYS_OF_DOING: Final = re.compile(
    rf"{_W}(?:đã|đang|sẽ|phải|cần|là|chưa|không|vẫn|cũng|đều|được|bị|còn){_B}", re.IGNORECASE
)
_DOING: Final = re.compile(
    r"(?:việc|công tác|sự|quá trình|khâu|nhiệm vụ|quyền|lễ|hội nghị|kế hoạch)(?!\w)", re.IGNORECASE
)
_CUT: Final = re.compile(
    rf"[;:|\n]|,\s|\.(?=\s|$)|{_W}(?:nhưng|song(?! (?:hành|song|phương))|trong khi(?: đó)?|trong đó|mà|nên"
    rf"|thì|vì|bởi|khi|nếu|để|nhằm|rằng|đồng thời){_B}",
    re.IGNORECASE,
)
_HARD: Final = re.compile(r"[;|\n]|\.(?=\s|$)")
_PASSIVE: Final = re.compile(
    r"(?:\s*(?:đã|đang|sẽ|phải|cần|chưa|không|vẫn|cũng|đều|có thể))*\s*(?:được|bị|do)(?!\w)", re.IGNORECASE
)
#: Before a subject.
_OPENING: Final = re.compile(
    rf"(?:[-+•*–]\s+|\d{{1,2}}[.)]\s+|[a-zđ][.)]\s+"
    rf"|(?:còn|riêng|và|tuy nhiên|tuy vậy|bên cạnh đó|ngoài ra){_B}|\s+)+",
    re.IGNORECASE,
)
#: What begins with one of these is no subject.
_NO_SUBJECT: Final = re.compile(
    r"(?:trong|tại|ở|theo|từ|đến|qua|với|về|do|nhờ|sau|trước|ngoài|đây|đó|dưới|trên|giữa|cùng|như|hãy"
    r"|khác|nhất|vừa"
    r"|bằng|cho|hay|hoặc|của|dù|tuy|chính|thậm chí|tiếp tục|tăng cường|tập trung|đẩy mạnh|nâng cao"
    r"|phấn đấu|phát huy"
    r"|thường xuyên|tích cực|chủ động|kịp thời|hằng|hàng|mỗi năm|năm|quý|ngày|nay|hiện|thông thường"
    r"|họ|nó|ai)(?!\w)",
    re.IGNORECASE,
)
#: What ends with one of these names what was spoken of before.
_SPOKEN_OF: Final = re.compile(r"(?:này|đó|ấy|đây|trên|kia|sau|họ|nó|ta|mình)$", re.IGNORECASE)
_LONGEST: Final = 9
#: Words that what is said of a subject has at least; their share in a cited clause.
_LEAST_WORDS, _SAME, _NEARLY = 3, 0.6, 0.8
#: Share of a subject's words that some other cited sentence has.
_ELSEWHERE: Final = 0.75
#: Share of the words of another subject with which a sentence names it too.
_NAMED: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause with a subject at ``text[start:end]``.

    Attributes:
        words: those of its subject.
        said: those said of it.
        passive: it is done to the subject.
    """

    start: int
    end: int
    words: tuple[Token, ...]
    said: tuple[Token, ...]
    passive: bool


@lru_cache(maxsize=2048)
def _clauses(text: str, tokens: tuple[Token, ...], start: int, end: int) -> tuple[_Clause, ...]:
    """The clauses of a sentence whose subject can be told, each as far as the next that has one."""
    found: list[tuple[int, int, int]] = []
    at = start
    cuts = [*(match.span() for match in _CUT.finditer(text, start, end)), (end, end)]
    for stop, after in cuts:
        subject = _subject(text, at, stop)
        if subject is not None:
            found.append((*subject, at))
        at = after
    clauses = []
    for n, (begin, stop, _) in enumerate(found):
        until = found[n + 1][2] if n + 1 < len(found) else end
        hard = _HARD.search(text, stop, until)
        until = hard.start() if hard else until
        clauses.append(
            _Clause(
                begin,
                stop,
                tuple(t for t in tokens if begin <= t.start < stop and not t.steep),
                tuple(t for t in tokens if stop <= t.start < until and not t.steep),
                _PASSIVE.match(text, stop) is not None,
            )
        )
    return tuple(clauses)


def _subject(text: str, start: int, end: int) -> tuple[int, int] | None:
    opening = _OPENING.match(text, start, end)
    start = opening.end() if opening else start
    if start >= end or _NO_SUBJECT.match(text, start, end):
        return None
    says = (_SAYS_OF_DOING if _DOING.match(text, start, end) else _SAYS).search(text, start, end)
    if says is None or not 0 < len(text[start : says.start()].split()) <= _LONGEST:
        return None
    return start, start + len(text[start : says.start()].rstrip())


def subject_differences(analysis: Analysis, sources: Sequence[Source], weights: Weights) -> list[Difference]:
    """Subjects of a Vietnamese sentence of which nothing cited says what the sentence says of them."""
    found = []
    for mine in _clauses(analysis.text, analysis.tokens, 0, len(analysis.text)):
        if len(mine.said) < _LEAST_WORDS or not mine.words:
            continue
        rivals = _saying(mine, sources, weights)
        if not rivals or not _stands_elsewhere(mine, sources, rivals, weights):
            continue
        if all(_is_other(analysis, mine, source, at, other, weights) for source, at, other in rivals):
            source, _, other = rivals[0]
            assert other is not None
            found.append(
                Difference(
                    DifferenceKind.NAME,
                    analysis.text[mine.start : mine.end],
                    source.analysis.text[other.start : other.end],
                )
            )
    return found


_Rival = tuple[Source, int, _Clause | None]


def _saying(mine: _Clause, sources: Sequence[Source], weights: Weights) -> list[_Rival]:
    """The cited clauses that say most of what a clause says, with their sentence; without a clause where a
    sentence says as much elsewhere."""
    held: list[tuple[float, _Rival]] = []
    for source in sources:
        for at, (start, end) in enumerate(source.spans):
            whole = _held(mine.said, source.words[at], weights)
            if whole < _SAME:
                continue
            clauses = _clauses(source.analysis.text, source.analysis.tokens, start, end)
            shares = [(_held(mine.said, _words(one.said), weights), one) for one in clauses]
            best, clause = max(shares, key=lambda pair: pair[0], default=(0.0, None))
            held.append((whole, (source, at, clause if best >= _NEARLY * whole else None)))
    most = max((share for share, _ in held), default=0.0)
    return [rival for share, rival in held if share >= _NEARLY * most]


def _is_other(
    analysis: Analysis, mine: _Clause, source: Source, at: int, other: _Clause | None, weights: Weights
) -> bool:
    """A cited clause says it of something else, and its sentence has nothing of the subject of ``mine``."""
    if other is None or not other.words or mine.passive != other.passive:
        return False
    text = source.analysis.text
    own = [token for token in mine.words if not _has(_words(mine.said), token)] or mine.words
    if _SPOKEN_OF.search(text[other.start : other.end]) or _held(own, source.words[at], weights):
        return False
    if _held(other.words, _words(mine.words), weights):
        return False
    if _held(other.words, _words(analysis.tokens), weights) > _NAMED:
        return False
    said = parties(analysis.text[mine.start : mine.end])
    cited = parties(text[other.start : other.end])
    return not any(one.likeness(their) for one in said for their in cited)


def _stands_elsewhere(
    mine: _Clause, sources: Sequence[Source], rivals: Sequence[_Rival], weights: Weights
) -> bool:
    """The subject of a clause is that of other cited sentences, or stands in them."""
    taken = {(id(source), at) for source, at, _ in rivals}
    return any(
        _held(mine.words, source.words[at], weights) >= _ELSEWHERE
        for source in sources
        for at in range(len(source.spans))
        if (id(source), at) not in taken
    )


def _words(tokens: Sequence[Token]) -> dict[str, float]:
    return {part: 1.0 for token in tokens for part in token.phrases[0].split(" ")}


def _held(tokens: Sequence[Token], words: dict[str, float], weights: Weights) -> float:
    """Share of some words, by weight, that are among others."""
    whole = have = 0.0
    for token in tokens:
        weight = token.weight * weights.get(token.phrases[0], 1.0)
        whole += weight
        have += weight * _has(words, token)
    return have / whole if whole else 0.0


def _has(words: dict[str, float], token: Token) -> bool:
    return max(strength(phrase, words) for phrase in token.phrases) > 0.5
