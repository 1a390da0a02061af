"""One turn of a conversation taken apart: how it opens, what is left, whether that asks enough by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.periods import periods, relative, shifted
from assistant.phrases import words
from assistant.reading import language_of
from assistant.slots import Slot, Sort, document_named, slots, without
from assistant.statement import unaddressed
from assistant.unmarked import Pattern, is_unmarked
from ingest.numbers import fold

_CONTRAST = Pattern(
    r"^(?:(?:thế|vậy|rồi|nhưng|mà|thì) )?còn(?: (?:với|về|đối với|như|riêng|trường hợp))?(?!\w)(?! lại| (?:gì|ai) nữa)[\s,]*"
)
_MILD = Pattern(r"^(?:thế thì|vậy thì|vậy là|thế|vậy|và|rồi|nhưng|riêng|đối với|với|mà)(?!\w)(?! nào)[\s,]*")
_ENGLISH_CONTRAST = re.compile(
    r"^(?:(?:and|but|so|ok|then) )?(?:what about|how about|what of|and for|as for)\b[\s,]*|^and\b[\s,]*(?!$)",
    re.I,
)
_ENGLISH_MILD = re.compile(r"^(?:so|then|but|well)\b[\s,]*", re.I)
_ENGLISH_START = re.compile(
    r"^(?:(?:and|but|so|then|ok) )?(?:what|how|why|when|where|who|whom|whose|which|and|in (?:19|20)\d\d|of (?:which|these|them|those)|more detail"
    r"|for example|tell me|give|an example|elaborate|be (?:more )?specific|the (?:next|previous|following|year)|(?:next|last) year|does|did|is|are|was|were"
    r"|(?:two|three|\d+) years)\b",
    re.IGNORECASE,
)
_THEN_WHAT = Pattern(
    r"[\s,]*(?<!\w)(?:thì (?:sao|thế nào|như thế nào|ra sao|bao nhiêu|là bao nhiêu)|như thế nào|ra sao|thế nào|sao|thì)(?: (?:ạ|nhỉ|vậy))?\s*[?.!]*\s*$"
)
_STRONG_THEN_WHAT = Pattern(r"(?<!\w)thì (?:sao|thế nào|như thế nào|ra sao)(?: (?:ạ|nhỉ|vậy))?\s*[?.!]*\s*$")
_SMALL_TALK = Pattern(
    r"(?:(?:dạ|vâng|ừ|à|ok|okay|rất|xin|tôi|mình|em|cảm ơn|cám ơn|thanks?|thank you|thank|many|so|very|much|good|great|nice|hi|hello|xin chào|chào|bye|goodbye|tạm biệt|tốt|hay|quá|lắm|bạn|nhiều"
    r"|được rồi|đúng rồi|hiểu rồi|rõ rồi|tuyệt vời|tuyệt|yes|no|không cần|thôi|nhé|nha|ạ|rồi|the help|for|your help|you|anh|chị|trợ lý|i see|got it|understood|perfect)(?!\w)[\s,.!?]*)+"
)
#: Words that ask.
_ASKING = Pattern(
    r"(?<!\w)(?:bao nhiêu|bao lâu|bao giờ|khi nào|lúc nào|ở đâu|tại đâu|từ đâu|do đâu|đến đâu|vì sao|tại sao|sao|như thế nào|thế nào|ra sao|(?:bằng )?cách nào|là gì|gì|nào"
    r"|mấy|ai|có phải|phải không|đúng không|hay không|không(?=\s*\?*\s*$)|chưa(?=\s*\?*\s*$)|liệt kê|kể tên)(?!\w)"
)
_ENGLISH_ASKING = re.compile(
    r"\b(?:what|how|why|when|where|who|whom|whose|which|list)\b|^(?:is|are|was|were|do|does|did|can|may|must|has|have|should)\b",
    re.I,
)
_FUNCTION = Pattern(
    r"(?<!\w)(?:là|và|của|ở|tại|trong|trên|cho|với|về|từ|đến|tới|theo|để|do|bởi|thì|mà|có|được|bị|đã|đang|sẽ|cũng|chỉ|những|các|một|mỗi|này|đó|ấy|kia|đấy|đây"
    r"|vậy|thế|còn|nữa|thêm|lại|ra|vào|lên|phần trăm|khoảng|tất cả|tổng cộng|cả|như|số|người|đồng chí|hay|hoặc|không|chưa|phải|rồi|nhất|hơn|họ|nó|ông|bà|trên đây|cần)(?!\w)"
)
#: Nouns of something else: a question about them alone leaves open of what. Verbs likewise.
_RELATIONAL = Pattern(
    r"(?<!\w)(?:tỷ lệ|tỉ lệ|tổng số|số lượng|con số|mức|nguyên nhân|lý do|lí do|mục đích|mục tiêu|ý nghĩa|kết quả|hậu quả|điều kiện|tiêu chuẩn|hồ sơ|thủ tục"
    r"|quy trình|trình tự|thời gian|thời hạn|hạn chót|hạn cuối|thẩm quyền|nội dung(?: chính)?|đối tượng|thành phần|hình thức|nhiệm vụ|giải pháp|biện pháp|chỉ tiêu"
    r"|trách nhiệm|quyền hạn|nguyên tắc|phương châm|phạm vi|hiệu lực|căn cứ|cơ sở|kinh phí|kế hoạch|địa điểm|ví dụ|trường hợp|ngoại lệ|hạn chế|khó khăn|thuận lợi"
    r"|ưu điểm|khuyết điểm|bài học|kinh nghiệm|thành tích|chủ đề|tên|nguồn|chức vụ|lần|phần|loại|bước|khoản|điểm|điều|phút|ngày|tháng|năm|xong|nữ|nam|dự bị|chính thức"
    r"|trẻ|dân tộc thiểu số|dân tộc|sinh viên|học sinh|tôn giáo|người đứng đầu|cơ quan|tổ chức|cấp|văn bản|bao gồm|gồm|chi tiết|cụ thể"
    r"|ký|họp|học|bầu|khai giảng|ban hành|chủ trì|soạn thảo|phê duyệt|công bố|phát biểu|quyết định|quy định|xem xét|thông qua|xác nhận|chịu|thực hiện|diễn ra|khai mạc|bế mạc|bắt đầu|kết thúc"
    r"|áp dụng|tham dự|dự|tham gia|báo cáo|trình bày|thay thế|nộp|gửi|làm|xử lý|tăng|giảm|chiếm|đạt|hoàn thành|nói|nhấn mạnh|khẳng định|cho biết|đề nghị|kiến nghị"
    r"|trả lời|mở|tính|đưa|yêu cầu|giao|cao|thấp|nhiều|ít|đúng|kéo dài|so)(?!\w)"
)
_ENGLISH_EMPTY = frozenset(
    """the a an of and or in on at to for from by with about is are was were be been do does did has have had it its they them their there that this these
    those he she him her his what which who whom whose when where why how many much exactly so then percentage percent share rate total number reason reasons
    cause causes purpose result results condition conditions deadline procedure content date place location duration signed sign issued issue said say says
    decide decided apply applies men women female male example examples details more specific else any some please long often old take takes start starts end
    ends effect into cost costs""".split()
)
_DEFINING = Pattern(r"(?<!\w)(?:là (?:gì|ai)|nghĩa là gì|thế nào là|viết tắt)(?!\w)")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question taken apart.

    Attributes:
        typed: the question.
        rest: it without its opening ("Thế còn") and, where the earlier question lets it be worked out,
            with "năm sau" as a year.
        contrast: it opens by setting something beside what was asked ("Còn", "what about").
        mild: it opens with a word that may also begin a new topic ("Vậy", "Thế", "so").
        then_what: it ends in "thì sao".
        english: it is in English.
    """

    typed: str
    rest: str
    contrast: bool = False
    mild: bool = False
    then_what: bool = False
    english: bool = False

    @property
    def slots(self) -> tuple[Slot, ...]:
        """What it names."""
        return slots(self.rest, english=self.english)

    @property
    def bare(self) -> str:
        """What it names, as typed: without "thì sao" and its end mark."""
        text = self.rest if self.english else _THEN_WHAT.sub("", self.rest)
        return text.strip(" ?.!,")

    @property
    def asks(self) -> bool:
        """It has a question word besides "thì sao"."""
        return (
            _ENGLISH_ASKING.search(self.rest)
            if self.english
            else _ASKING.search(_STRONG_THEN_WHAT.sub("", self.rest))
        ) is not None


def parted(question: str, topic: str = "") -> Turn:
    """Take a question apart, working out a relative year by the earlier question ``topic``."""
    text = unaddressed(question)
    english = speaks_english(text)
    contrast = mild = False
    rest = text
    opening = (_ENGLISH_CONTRAST if english else _CONTRAST).match(text)
    if opening and opening.end() < len(text.rstrip(" ?.!")):
        rest, contrast = text[opening.end() :], True
    else:
        opening = (_ENGLISH_MILD if english else _MILD).match(text)
        if opening and opening.end() < len(text.rstrip(" ?.!")):
            rest, mild = text[opening.end() :], True
    then_what = not english and _STRONG_THEN_WHAT.search(rest) is not None
    moved = relative(rest, english=english)
    if moved and topic:
        base = [
            p for p in periods(topic, english=speaks_english(topic)) if p.years or moved.unit == "congress"
        ]
        period = shifted(base[0].text, moved) if base else None
        if period:
            rest = f"{rest[: moved.start]} {_in_words(period, english)} {rest[moved.end :]}".strip()
            rest = re.sub(r"\s+(?=[?.!,])", "", " ".join(rest.split()))
    return Turn(text, rest, contrast, mild, then_what, english)


def _in_words(period: str, english: bool) -> str:
    year = re.search(r"(?:19|20)\d\d", period)
    if not year or not re.fullmatch(r"(?:in|năm|trong năm|vào năm) (?:19|20)\d\d", period, re.IGNORECASE):
        return period
    return f"in {year.group()}" if english else f"năm {year.group()}"


def speaks_english(text: str) -> bool:
    """``text`` is English, however short ("why?")."""
    return language_of(text) == "en" or _ENGLISH_START.match(text) is not None


def is_small_talk(turn: Turn) -> bool:
    """Thanks, greetings and the like: neither a question nor a topic."""
    return _SMALL_TALK.fullmatch(turn.typed) is not None


def content(text: str, *, english: bool = False, relational: bool = False) -> tuple[str, ...]:
    """The syllables that say what ``text`` is about: no names, question words or function words.

    Args:
        relational: count nouns and verbs that need a complement ("tỷ lệ", "ký") as well.
    """
    text = without(text, slots(text, english=english))
    if english:
        return tuple(
            word
            for word in re.findall(r"[^\W\d_]+", text.lower())
            if word not in _ENGLISH_EMPTY or (relational and len(word) > 4)
        )
    text = _ASKING.sub(" | ", text)
    if not relational:
        text = _RELATIONAL.sub(" | ", text)
    return words(_FUNCTION.sub(" | ", text))


def echoes(turn: Turn, topic: str) -> bool:
    """Everything that the question speaks of, the earlier one spoke of."""
    own = content(turn.rest, english=turn.english, relational=True)
    plain = is_unmarked(turn.rest) or is_unmarked(topic)
    said = words(topic)
    if plain:
        return set(map(fold, own)) <= set(map(fold, said))
    return set(own) <= set(said)


def is_definition(turn: Turn) -> bool:
    """It asks what a thing is that it names itself ("Đảng phí là gì?")."""
    return _DEFINING.search(turn.rest) is not None and bool(content(turn.rest))


def lacks_document(turn: Turn) -> bool:
    """It names an article but not of what document."""
    named = any(slot.sort is Sort.ARTICLE for slot in turn.slots)
    return named and document_named(turn.rest) is None and not _DOCUMENT_WORD.search(turn.rest)


_DOCUMENT_WORD = Pattern(
    r"(?<!\w)(?:điều lệ|hiến pháp|bộ luật|luật|nghị định|thông tư|quy chế|charter|constitution|law)(?!\w)"
)


def is_relational(text: str) -> bool:
    """It begins with a noun of something else ("tỷ lệ …", "nguyên nhân …"), not with who does something."""
    return _RELATIONAL.match(text) is not None
