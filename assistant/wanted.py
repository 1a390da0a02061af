"""The kind of answer a question asks for, read from its question words.

Vietnamese question words stand where the answer will stand ("kết nạp **bao nhiêu** đảng viên"),
so the words beside them name what is counted or asked for; English ones open the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum


class Wanted(StrEnum):
    """What would satisfy the question."""

    COUNT = "count"
    PERCENT = "percent"
    DURATION = "duration"
    WHO = "who"
    OFFICE = "office"
    WHEN = "when"
    WHERE = "where"
    WHICH = "which"
    SUPERLATIVE = "superlative"
    DOCUMENT = "document"
    ABOUT = "about"
    WHY = "why"
    HOW = "how"
    LIST = "list"
    COMPARE = "compare"
    DEFINITION = "definition"
    YES_NO = "yes_no"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of answer and the question words that show it: ``question[start:end]``."""

    wanted: Wanted
    start: int
    end: int


_DOCUMENT_NOUN = (
    r"(?:văn bản|chỉ thị|nghị quyết|quy định|quy chế|hướng dẫn|kế hoạch|kết luận|quyết định|thông tư"
    r"|nghị định|(?<!kỷ )luật|đề án|công văn|tài liệu)"
)
_PLACE_NOUN = r"(?:nơi|tỉnh|huyện|xã|thành phố|địa phương|địa bàn|phường|vùng)"

#: Tried in order; a later pattern never claims words an earlier one took.
_PATTERNS: tuple[tuple[Wanted, str], ...] = (
    (
        Wanted.DOCUMENT,
        r"\b(?:mang|có|ghi) số(?: hiệu)? (?:là )?(?:bao nhiêu|mấy|nào|gì)|\bsố hiệu(?: của [^?]{1,60})? (?:là )?(?:bao nhiêu|mấy|nào|gì)"
        r"|what (?:is|was) the number of the (?:directive|resolution|regulation|guidance|decision|plan|conclusion)",
    ),
    (
        Wanted.COMPARE,
        r"so sánh|đối chiếu|chênh (?:nhau|lệch)|khác (?:nhau|gì|biệt)|giống nhau|\bcompare\b|\bdifferences? between\b|\bversus\b|\bvs\b",
    ),
    (
        Wanted.SUPERLATIVE,
        r"(?:có mức |mức |tỷ lệ )?(?:tăng |giảm )?(?:cao|thấp|nhiều|ít|lớn|nhỏ|nhanh|chậm) nhất|\b(?:nhiều|ít|cao|thấp|đông|nhanh|chậm|lớn|nhỏ)\b[^?,]{1,30}\bnhất\b|dẫn đầu|đứng đầu"
        r"|\b(?:most|highest|lowest|largest|smallest|fewest|leading)\b",
    ),
    (
        Wanted.WHEN,
        r"khi nào|bao giờ|lúc nào|(?:ngày|tháng|năm|thời (?:gian|điểm|hạn)|giai đoạn|dịp|hôm) (?:nào|mấy)|(?<!mỗi )(?<!một )(?:ngày|tháng) bao nhiêu"
        r"|từ đâu đến đâu|\bwhen\b|(?:what|which) (?:date|day|month|year|period)|since when|by when",
    ),
    (
        Wanted.PERCENT,
        r"bao nhiêu (?:phần trăm|%)|mấy (?:phần trăm|%)|(?:tỷ|tỉ) lệ(?=[^?]*(?:bao nhiêu|là gì|thế nào|mức nào))"
        r"|what (?:percentage|percent|share|proportion)|how many per ?cent",
    ),
    (
        Wanted.DURATION,
        r"bao lâu|(?:bao nhiêu|mấy) (?:năm|tháng|ngày|giờ|tuần|buổi)\b|how long|how many (?:days|months|years|weeks)",
    ),
    (
        Wanted.COUNT,
        r"bao nhiêu|(?<!tháng )(?<!ngày )(?<!thứ )(?<!số )\bmấy\b|tổng số|số lượng(?! (?:và|hay|hoặc|với))"
        r"|(?<!một )\bsố (?=(?:đảng viên|học viên|chi bộ|tổ chức|quần chúng|lớp|người|cán bộ|đoàn viên|doanh nghiệp)\b)|how (?:many|much)|what (?:is|was) the (?:total )?number|what number",
    ),
    (
        Wanted.DOCUMENT,
        rf"{_DOCUMENT_NOUN} (?:nào|số mấy)|văn bản gì"
        r"|(?:which|what) (?:directive|resolution|regulation|guidance|guideline|decision|conclusion|document|plan|law)s?",
    ),
    (
        Wanted.OFFICE,
        r"(?:giữ|làm|đảm nhiệm|nắm giữ|đang giữ|có) (?:những |các )?(?:chức(?: vụ| danh)?|cương vị|trọng trách)(?: gì| nào)"
        r"|(?:chức (?:vụ|danh)|cương vị)(?=[^?]*(?:là gì|gì|nào))(?:[^?]*?(?:là gì|gì|nào))"
        r"|what (?:position|post|office)s?(?=[^?]*\b(?:hold|held|have)\b)|what (?:is|was) the (?:position|post|office|job|title) of",
    ),
    (
        Wanted.WHERE,
        rf"ở đâu|tại đâu|{_PLACE_NOUN} nào|\bwhere\b|which (?:province|city|district|commune|place)",
    ),
    (
        Wanted.WHO,
        r"\bai\b|(?:đồng chí|người|ông|bà|lãnh đạo|cá nhân|tác giả|đại biểu|nhà báo|phóng viên) nào|\bwho\b|\bwhom\b|\bwhose\b"
        r"|do (?:cơ quan|tổ chức|cấp) nào",
    ),
    (
        Wanted.WHY,
        r"vì sao|tại sao|cớ sao|cớ gì|^sao\b|(?:do|nhờ|vì|bởi) đâu|(?:nguyên nhân|lý do|lí do)|\bwhy\b|\breasons?\b|\bcauses?\b",
    ),
    (
        Wanted.ABOUT,
        r"(?:nói|quy định|hướng dẫn|đề cập|bàn) (?:về )?(?:việc|vấn đề|điều|nội dung|những|cái)? ?gì"
        r"|về (?:việc|vấn đề|nội dung|cái) gì|nội dung (?:chính )?(?:là )?gì|\babout(?=\s*\??$)"
        r"|what (?:is|does|do|did)(?=[^?]*\b(?:say|regulate|cover|about)\b)",
    ),
    (
        Wanted.DEFINITION,
        r"là (?:gì|ai|thế nào)\s*(?:\?|$)|nghĩa là gì|có nghĩa gì|thế nào là|hiểu (?:là )?thế nào|viết tắt(?: (?:của|cho))?(?: (?:từ|cụm từ) (?:gì|nào))?|(?:viết |tên )?đầy đủ(?: là gì)?"
        r"|\bwhat (?:is|are|does)(?=[^?]*\b(?:mean|stand for))|\b(?:mean|stand for)(?=\s*\??$)|\bdefine\b|definition of",
    ),
    (Wanted.HOW, r"như thế nào|thế nào|ra sao|bằng cách nào|cách nào|làm (?:gì|sao) để|\bhow\b"),
    (
        Wanted.LIST,
        r"(?:trường hợp|đối tượng|điều kiện|tiêu chuẩn|nội dung|hình thức|giải pháp|nhiệm vụ|thành phần|thứ tiếng) nào|(?:những|các|gồm|bao gồm)(?=[^?,]* (?:nào|gì)\b)|liệt kê|kể (?:tên|ra)|nêu (?:các|những|tên)|\bgì\b"
        r"|\bwhat (?:are|were|did|do|does|should|must|can)\b|\blist\b|\bname the\b",
    ),
    (
        Wanted.YES_NO,
        r"có phải|có được(?=[^?]*\bkhông\b)|\bcó\b(?=[^?]*\bkhông\s*[?.!]*\s*$)|(?:hay|có|được|đúng|phải) không\s*\??\s*$|đúng hay sai"
        r"|^(?:is|are|was|were|do|does|did|can|may|must|has|have)\b",
    ),
    (Wanted.WHICH, r"\bnào\b|\bwhich\b"),
)
_COMPILED = tuple((wanted, re.compile(pattern, re.IGNORECASE)) for wanted, pattern in _PATTERNS)


#: A definition asks of a word or two; more of them before "là gì" describe the thing that is wanted.
_DEFINED_WORDS = 6


def _names_a_thing(entry: Asked, question: str) -> bool:
    """Whether "… là gì" asks which thing is meant, not what the word for it means."""
    if entry.wanted is not Wanted.DEFINITION or not question[entry.start :].lower().startswith(
        ("là gì", "là ai")
    ):
        return False
    return len(question[: entry.start].split()) > _DEFINED_WORDS


def asked(question: str) -> tuple[Asked, ...]:
    """Every kind of answer the question asks for, in the order of its words.

    Args:
        question: NFC, with diacritics, in Vietnamese or English.

    Returns:
        At least one entry; ``Wanted.ANY`` with an empty span when no question word is known.
    """
    taken: list[Asked] = []
    for wanted, pattern in _COMPILED:
        for match in pattern.finditer(question):
            if all(match.end() <= other.start or other.end <= match.start() for other in taken):
                taken.append(Asked(wanted, match.start(), match.end()))
    taken = [
        replace(entry, wanted=Wanted.WHICH) if _names_a_thing(entry, question) else entry for entry in taken
    ]
    if any(entry.wanted is Wanted.WHY for entry in taken):  # "nguyên nhân nào" asks for one thing only
        taken = [entry for entry in taken if entry.wanted is not Wanted.WHICH]
    if any(entry.wanted is Wanted.LIST for entry in taken):  # "những … nào" asks for more than one
        taken = [
            replace(entry, wanted=Wanted.LIST) if entry.wanted is Wanted.WHICH else entry for entry in taken
        ]
    if not taken:
        return (Asked(Wanted.ANY, 0, 0),)
    return tuple(sorted(taken, key=lambda found: found.start))
