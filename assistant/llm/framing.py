"""What a model says around an answer, and how it says that there is none: no part of the answer."""

from __future__ import annotations

import re

from assistant.llm.prompt import NOT_FOUND

_SOURCES = (
    r"(?:(?:các|những|tất cả các)\s+)?(?:đoạn(?:\s+trích|\s+văn bản|\s+tài liệu|\s+văn)?|tài liệu|văn bản|thông tin|nguồn|dữ liệu"
    r"|nội dung)(?:\s+(?:trên|này|ở trên|đã cho|đã nêu|sau|sau đây|(?:được|đã|do bạn)\s+(?:cung cấp|trích|đưa ra|nêu)|có sẵn|kèm theo|số))*"
)
_ENGLISH_SOURCES = (
    r"(?:the\s+)?(?:(?:provided|given|above|enclosed|supplied)\s+)?(?:passages?|documents?|sources?|texts?|context|information|excerpts?)"
    r"(?:\s+(?:provided|given|above|enclosed|supplied))?"
)
#: "Theo các tài liệu: …", "Theo đoạn [1], …" less its marker, "According to the passages, …".
_OPENING = re.compile(
    rf"^(?:(?:theo|dựa\s+(?:trên|vào|theo)|căn\s+cứ(?:\s+(?:vào|theo))?|từ|trong)\s+{_SOURCES}\s*[,:]\s+"
    rf"|(?:according\s+to|based\s+on|from|in|as\s+stated\s+in)\s+{_ENGLISH_SOURCES}\s*[,:]\s+"
    r"|theo\s*,\s+|according\s+to\s*,\s+"
    r"|(?:câu\s+)?trả\s+lời\s*:\s+|đáp\s+án\s*:\s+|answer\s*:\s+)",
    re.IGNORECASE,
)
_ONLY_FRAME = re.compile(
    rf"^(?:(?:vâng|dạ|được|chắc chắn rồi|sure|certainly|of course|yes)[,.!:]*\s*)?(?:"
    rf"(?:theo|dựa\s+(?:trên|vào|theo)|căn\s+cứ(?:\s+(?:vào|theo))?|từ)\s+{_SOURCES}\W*"
    rf"|(?:according\s+to|based\s+on|from|in)\s+{_ENGLISH_SOURCES}\W*"
    r"|(?:dưới đây|sau đây|đây)\s+là\b.*|here\s+(?:is|are)\b.*|below\s+(?:is|are)\b.*"
    r"|(?:tôi\s+)?(?:hy|hi)\s+vọng\b.*|(?:i\s+)?hope\b.*|nếu\s+(?:bạn|anh|chị)\b.*|(?:please\s+)?let\s+me\s+know\b.*"
    r"|(?:câu\s+)?trả\s+lời\W*|đáp\s+án\W*|answer\W*|tóm\s+lại\W*|in\s+summary\W*|kết\s+luận\W*|cảm\s+ơn\b.*|thank\s+you\b.*"
    r")$",
    re.IGNORECASE,
)
#: What heads a list of sources; nothing after it is an answer.
_REFERENCES = re.compile(
    r"^(?:(?:các\s+)?nguồn(?:\s+(?:tham khảo|trích dẫn|tài liệu))?|tài liệu tham khảo|(?:các\s+)?trích dẫn|chú thích|ghi chú|sources?"
    r"|references?|citations?|notes?)\s*:?$",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    rf"^(?:rất tiếc|xin lỗi|tiếc rằng|sorry|unfortunately)?[,.!\s]*(?:tôi\s+)?(?:(?:trong\s+)?{_SOURCES}\s+(?:đều\s+|hoàn toàn\s+)?"
    r"(?:không|chưa)\s+(?:có|đề cập|nêu|nói|cung cấp|chứa|ghi|cho biết)"
    rf"|(?:không|chưa)\s+(?:có|tìm thấy|đủ)\s+(?:thông tin|dữ liệu|căn cứ|nội dung)\b.*"
    rf"|{_ENGLISH_SOURCES}\s+(?:do(?:es)?\s+not|don't|doesn't)\s+(?:say|mention|contain|provide|state|include|specify|give)"
    r"|there\s+is\s+no\s+(?:information|mention)\b)",
    re.IGNORECASE,
)


#: Words that may stand beside the agreed line.
_BESIDE_TOKEN = 3


def unframed(text: str) -> str:
    """A sentence less what it opens with: "Theo các tài liệu, năm 2019 …" → "Năm 2019 …"."""
    bare = _OPENING.sub("", text)
    return bare if bare == text else bare[:1].upper() + bare[1:]


def is_framing(text: str) -> bool:
    """Whether a sentence that cites nothing only leads up to others, or bows out."""
    return text.endswith(":") or _ONLY_FRAME.match(text) is not None


def heads_references(text: str) -> bool:
    """Whether what follows is a list of sources."""
    return _REFERENCES.match(text.strip(" *_#:")) is not None


def says_not_found(text: str) -> bool:
    """Whether a sentence is the line agreed on for questions that the passages do not answer, and little else."""
    before, found, after = text.replace("\\", "").upper().partition(NOT_FOUND)
    return bool(found) and len(before.split()) + len(after.split()) <= _BESIDE_TOKEN


def denies(text: str) -> bool:
    """Whether a sentence says in its own words that the passages do not answer."""
    return _DENIAL.match(text) is not None
