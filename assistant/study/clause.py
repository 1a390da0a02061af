"""The part of a sentence that states one fact and can be understood by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.phrases import UPPER
from assistant.study.facts import BODY, Fact
from assistant.study.gather import Line
from assistant.study.sourcing import plain_heading
from assistant.study.standing import stands
from ingest.units import ITEM

#: Words that only join a sentence to the one before it.
_JOINS = re.compile(
    r"(?:tuy (?:nhiên|vậy|thế)|bên cạnh đó|đặc biệt|theo đó|đồng thời|ngoài ra|thêm vào đó|nói cách khác|vì vậy|do vậy|do đó|nhờ vậy"
    r"|nhìn chung|cần phân biệt|trong khi đó|điều đáng nói là|có thể nói|mặt khác|theo số liệu nói trên|song song với [^,;]{4,40}|trong đó|ví dụ|lưu ý|trả lời|đáp)\s*[,:]\s+"
    r"|(?:chính )?nhờ [^,.;]{4,40} nên\s+|(?:vì vậy|do vậy|do đó|chính|riêng|còn)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
#: An adverbial of purpose or ground before the statement.
_LEADS = re.compile(
    r"(?:với (?:phương châm|tinh thần|quan điểm)|trong quá trình|nhằm|nhận thức rõ|xác định|quán triệt|bám sát|trên cơ sở)\b"
    r"(?:[^,“”]|“[^”]*”)*(?:,(?! (?:trong|tính|từ|năm|sáng|Tỉnh|Thành|tỉnh|Ban|Đảng|các|những|Thường))(?:[^,“”]|“[^”]*”)*)*,\s+",
    re.IGNORECASE,
)
#: Before these a statement may end: what follows adds to it.
_CUT = re.compile(
    r",\s+(?=(?:trong đó|trong số|riêng|đạt|vượt|bằng|chiếm|tức|tương đương|đồng thời|nhằm|để|góp phần|qua đó|từ đó|do vậy|vì vậy|nhất là"
    r"|đặc biệt|số lượng|nâng|tạo|thu hút|ra đời|không|là các|lấy từ|chi cho|và năm|gắn với|khi đó|tiếp tục|thay thế|đứng sau|đòi hỏi|xong"
    r"|khác với|đã giáo dục|với \d|có \d|có hơn|số thôn|có những|gồm|tính theo|tính từ)\b)"
    r"|\s+(?=\()|;\s*|,\s+(?=\d[\d.,]*(?:\s[^\W\d_]+){1,4}\s*(?:[.;(]|,\s|$))"
)
#: A colon close behind a figure announces what it counts ("có bốn mức: …").
_ANNOUNCES = re.compile(r"(?:\s[^\W\d_]+){1,4}(?=:\s)")
_BEFORE_FACT = re.compile(r";\s+")
#: What points outside of the clause; "trong đó" is allowed where what it points to stands before it.
_POINTS = re.compile(
    r"(?<!\w)(?:này|ấy|đó|kia|đấy|họ|nó|nói trên|trên đây|như vậy|như thế|vì thế|thế|vậy|đây|nêu trên|dưới đây|sau đây|bản cũ|bản năm"
    r"|hai văn bản đầu|cũng|lại|còn|vẫn|đều|trước đó|sau đó|năm trước|năm sau|tới|vừa qua|kể trên|khác|theo bảng sau|như sau|xem bản|kết quả đó"
    r"|khâu này|có nơi|một số đại biểu|bài viết|bạn|ông nhắc|ông cho|bà cho)(?!\w)",
    re.IGNORECASE,
)
_ALLOWED = re.compile(
    r"trong đó|trong số đó|như sau khi|từ đầu nhiệm kỳ đến nay|nhiệm kỳ tới|thời gian tới|những năm tới|trường hợp khác|đến tận|đến nay"
    r"|không còn|còn lại|còn nhiều|còn hạn chế|còn thấp|còn ít|còn trẻ|tới các|tới từng|hoặc còn|công tác khác|tổ chức khác|chưa còn",
    re.IGNORECASE,
)
#: What is said as of a time that the clause does not name, and adds nothing to the question.
_THEN = re.compile(r"\s(?:khi (?:ấy|đó)|vì thế|vì vậy)(?=\s)")
_MOST_WORDS, _LEAST_WORDS = 42, 5
_UNEVEN = re.compile(r"(?<=\d)(?:- | -)(?=\d)")
_CAN_FOLLOW = re.compile(r"(?:đã |đang )?(?:tổ chức|kết nạp|mở|chỉ đạo|ban hành|thực hiện|xây dựng)(?!\w)")
#: A doing of the subject of the whole sentence, behind another clause in its part.
_LATER_DOING = re.compile(r",\s+(?=đã (?:kết nạp|tổ chức|mở)\s)")
_LEAD_WORDS = 14
_LEAD_BY = re.compile(
    r"(?:(?:từ|tính|trong|đến|năm|sau|những năm|hằng năm|kể từ)\b[^,]*,\s+)?", re.IGNORECASE
)
_BARE_VERB = re.compile(
    r"(?:tiếp tục|tập trung|tăng cường|gắn|thực hiện|phải|cần|phân công|từng bước|tổ chức(?! (?:đảng|cơ sở))|lãnh đạo|coi|kịp thời|giúp|bồi|nâng|đưa"
    r"|xếp|ưu tiên|rà soát|làm|nghe|xét|giao|xem|giáo dục|không|hằng năm lấy|chú trọng|xây dựng|kiểm tra|ghi|cấp(?! ủy| trên))\b",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(
    rf"(?:{_BARE_VERB.pattern}|(?:với|khi|có|thường|thông|là|hai|ba|cuối|dự|ngày cuối|mỗi|lớp|trường hợp|nơi|ít|kết quả|nghị quyết|quyền|tổng"
    r"|số|giảng viên|bài|điều \d+)\b)",
    re.IGNORECASE,
)
#: A clause that ends where what somebody says would begin.
_UNFINISHED = re.compile(r"(?:nhấn mạnh|cho biết|cho rằng|khẳng định|cho thấy|nhắc|là|của|và|gồm|với|,)$")
#: (question, how its answer begins, what stands for that) → a statement.
_ANSWERS = (
    (re.compile(r"Khi nào (?:thì )?(?P<subject>.+)\?$"), re.compile(r"Khi "), "khi "),
    (re.compile(r"(?P<subject>.+?) là (?:gì|ai|những ai)\?$"), re.compile(r"(?:Là|Đó là) "), "là "),
    (re.compile(r"(?P<subject>.+?) bao lâu một lần\?$"), re.compile(r"Thường lệ "), "thường lệ "),
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a line that states something: ``document.text[start:end]``, read as ``text``.

    Attributes:
        text: with single blanks, without words that join it to what stands before.
        at: offset in ``text`` of the fact it was made for.
        subject: start and end, in the document, of the subject put before it from its own sentence.
        fragment: it needs its heading to be understood.
        bare_verb: it begins with what is to be done.
        answers: it begins with words of the question that it answers.
    """

    line: Line
    start: int
    end: int
    text: str
    at: int
    subject: tuple[int, int] | None = None
    fragment: bool = False
    bare_verb: bool = False
    answers: bool = False


def body_of(line: Line) -> tuple[int, int]:
    """Start and end, in the document, of what a line states: without its number and joining words."""
    text = line.document.text
    start, end = line.start, line.end
    if item := ITEM.match(text, start, end):
        start = item.end()
    for pattern in (_JOINS, _LEADS, _JOINS):
        if found := pattern.match(text, start, end):
            start = found.end()
    return start, end


def clause_with(line: Line, fact: Fact | None, *, whole: bool = False) -> Clause | None:
    """The smallest part of ``line`` around a fact that can stand alone; ``None`` where there is none.

    Args:
        fact: with offsets into ``line.text``; ``None`` for the whole statement.
        whole: do not cut what follows the fact.
    """
    text = line.document.text
    start, end = body_of(line)
    at = start if fact is None else line.start + fact.start
    stop = end if fact is None else line.start + fact.end
    if at < start:
        return None
    within = _depth(text[start:at]) > 0
    subject = None
    if fact is not None:
        for semicolon in _BEFORE_FACT.finditer(text, start, at):
            if not within and _depth(text[start : semicolon.start()]) == 0:
                if not _opens_alone(text, semicolon.end(), end):
                    return None
                start = semicolon.end()
        if announced := _ANNOUNCES.match(text, stop, end):
            end = announced.end()
        elif within:
            closing = text.find(")", stop, end)
            if closing < 0:
                return None
            end = closing + 1
        elif not whole:
            for cut in _CUT.finditer(text, stop, end):
                if _depth(text[start : cut.start()]) == 0:
                    end = cut.start()
                    break
    if not _opens_sentence(text, line, start):
        if later := _LATER_DOING.search(text, start, at):
            start = later.end()
        subject = _subject(line, start)
        if subject is None:
            return None
    return _finished(line, start, end, at, subject, whole=fact is None)


def _finished(
    line: Line, start: int, end: int, at: int, subject: tuple[int, int] | None, *, whole: bool
) -> Clause | None:
    document = line.document.text
    head = f"{document[slice(*subject)]} " if subject else ""
    raw = document[start:end]
    lead, begin = _answering(line, start)
    if lead and (begin <= at or whole):
        at = max(at, begin)
        head, start, raw = lead, begin, document[begin:end]
    lead_up = head + document[start:at]
    before = _THEN.sub("", evenly(lead_up) + " " * lead_up[-1:].isspace())
    after = _THEN.sub("", evenly(raw[at - start :]))
    text = (before + after).rstrip(" .;:,…")
    if text.count("“") != text.count("”") or text.count("(") != text.count(")") or text.count('"') % 2:
        return None
    if points_outside(text) or not stands(text) or not _LEAST_WORDS <= len(text.split()) <= _MOST_WORDS:
        return None
    if _UNFINISHED.search(text):
        return None
    fragment = _FRAGMENT.match(text) is not None
    answers = bool(lead) and head == lead
    return Clause(
        line,
        start,
        end,
        text,
        len(before),
        subject,
        fragment and not answers,
        _BARE_VERB.match(text) is not None,
        answers,
    )


def _answering(line: Line, start: int) -> tuple[str, int]:
    """What the question over an answer lends it as a beginning, and where the answer goes on; "" for nothing.

    "Khi nào chi bộ có chi ủy?" – "Khi có từ 9 đảng viên …" gives "Chi bộ có chi ủy khi có từ 9 đảng viên …".
    """
    if line.question is None or start != line.start:
        return "", start
    text = line.document.text
    asked = plain_heading(text[slice(*line.question)])
    for question, answer, lead in _ANSWERS:
        if (found := question.match(asked)) and (said := answer.match(text, start, line.end)):
            subject = found["subject"].strip()
            return f"{subject[:1].upper()}{subject[1:]} {lead}", said.end()
    return "", start


def evenly(text: str) -> str:
    """A text with single blanks, and none at one side alone of a dash between numbers: "10- 2010" → "10-2010"."""
    return _UNEVEN.sub("-", " ".join(text.split()))


def points_outside(text: str) -> bool:
    """Whether a text has words that point to what it does not hold."""
    return _POINTS.search(_ALLOWED.sub(" ", text)) is not None


def _opens_sentence(text: str, line: Line, start: int) -> bool:
    """Whether what begins at ``start`` has its subject with it: it begins a sentence, or follows what joins it."""
    first = text[start : start + 1]
    if line.start == line.sentence[0]:
        return first.isupper() or first.isdigit() or (start > line.start and text[start - 1] != ";")
    return first.isupper()


def _opens_alone(text: str, start: int, end: int) -> bool:
    """Whether a part behind a semicolon has a subject of its own."""
    return bool(
        BODY.match(text, start, end)
        or re.match(
            rf"(?:[{UPPER}]|người|danh sách|đoàn viên|cấp ủy|bí thư|đảng viên|dân tộc|nữ|học viên)",
            text[start:end],
        )
    )


def _subject(line: Line, start: int) -> tuple[int, int] | None:
    """The subject of a later part of a sentence: the body that its first part begins with.

    With its verb where the part begins with a number: "… đã tổ chức 2 lớp …; 3 lớp … cho 471 đồng chí".
    """
    text = line.document.text
    begin = line.sentence[0]
    verb = _CAN_FOLLOW.match(text, start)
    counted = re.match(r"\d+ [^\W\d_]", text[start : start + 12])
    if start <= begin or not (verb or counted):
        return None
    lead = _LEAD_BY.match(text, begin)
    at = lead.end() if lead else begin
    found = BODY.match(text, at)
    if found is None or found.end() >= start:
        return None
    opening = begin if lead and len(lead.group().split()) <= _LEAD_WORDS else found.start()
    if verb:
        return opening, found.end()
    doing = re.match(r"\s(?:đã |đang )?(?:tổ chức|mở|có|kết nạp)(?=\s\d)", text[found.end() : start])
    return (opening, found.end() + doing.end()) if doing else None


def _depth(text: str) -> int:
    return text.count("(") - text.count(")")
