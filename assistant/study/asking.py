"""Questions about facts: a clause with its fact replaced by the words that ask for it.

Vietnamese asks in place ("có 57.763 đảng viên" → "có bao nhiêu đảng viên"), so what is asked is said in the
words of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.phrases import UPPER
from assistant.study.clause import Clause, clause_with, evenly
from assistant.study.facts import DATES, FIGURES, Fact, FactKind, facts
from assistant.study.gather import Line
from assistant.study.sourcing import placed
from assistant.study.standing import situation, without_subject

BLANK = "……"


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact with the ways in which it can be asked for.

    Attributes:
        question: the clause as a question, without "?" and the name of its source; "" where it reads badly.
        claim: the clause as a statement, the key in it at ``start:end``.
        key: the answer in the words of the document.
        named: the clause itself names what it is about: a document, or a place and a time.
    """

    clause: Clause
    fact: Fact
    question: str
    claim: str
    start: int
    end: int
    key: str
    named: bool

    @property
    def line(self) -> Line:
        return self.clause.line

    @property
    def blanked(self) -> str:
        """The statement with a blank for the key."""
        return f"{self.claim[: self.start]}{BLANK}{self.claim[self.end :]}"

    def told(self, answer: str) -> str:
        """The statement with another answer in place of the key."""
        return f"{self.claim[: self.start]}{answer}{self.claim[self.end :]}"


_VERBS = (
    r"(?:đã |đang |sẽ |phải |cần |luôn |không ngừng |đều |chỉ |trực tiếp |được giao |được |chủ động )*"
    r"(?:ban hành|mở|tổ chức|lập|xây dựng|quyết định|xem xét|xét|phân công|yêu cầu|đề nghị|kiến nghị|giao|chỉ đạo|cử|đề cao|xác định|bầu"
    r"|gửi|báo cáo|họp|đăng ký|duy trì|thông qua|soạn|hướng dẫn|giới thiệu|phối hợp|tạo điều kiện|căn cứ|nêu|dùng|đề xuất|tuyên dương|kết nạp"
    r"|rút ra|coi|tiếp tục|dạy|tập trung|quản lý|kỷ luật|làm|đưa|ra|chủ trì|nhấn mạnh|cho biết|cho rằng|trao đổi|thay|đứng ra)"
)
_ACTS = re.compile(rf"\s+{_VERBS}(?!\w)")
_PERSON_LEAD = re.compile(r"(?:(?:Đồng chí|Ông|Bà|ông|bà|đồng chí)\s+)$")
_TIME_LEAD = re.compile(
    r"^(?:(?:tính |thống kê )?(?:từ|đến|tới|trong|sau|vào|năm|tháng|đầu|cuối|hằng|mỗi|sáng|ngày|hết|kết thúc|ở|tại)\b[^,]{2,60},\s+)",
    re.IGNORECASE,
)
#: A body that names an office is not who acts: "Phó Bí thư Thường trực Tỉnh ủy".
_OF_OFFICE = re.compile(r"(?:Bí thư|Chủ tịch|Trưởng [Bb]an|Ủy viên|[Tt]hường trực|đồng chí|Trưởng)\s$")
_ROW = re.compile(r"^[^.]{2,60} [-–] [\d.,]+\s?%?$")
#: What began before this sentence, or is not said of anything in it.
_OPENS_BADLY = re.compile(
    r"(?:trong đó|để|nhằm|trong số này|phụ nữ chiếm|\w+ chiếm|kết quả đó|họ |số này|cứ |nguồn:|link|ảnh|lễ kết nạp|người trẻ|tài liệu|ví dụ"
    r"|(?:kế hoạch|chỉ thị|nghị quyết|hướng dẫn|hội nghị) (?:đặt|nêu|này|có))\b",
    re.IGNORECASE,
)
_HELD = re.compile(r"(?:phải |cần )?(?P<held>xác định|coi|xem) (?P<what>.+?) là $", re.IGNORECASE)
_SAID_BY = re.compile(r"^[^,“”]{0,60}(?:cho biết|nhấn mạnh|cho rằng|khẳng định|yêu cầu)[,:]?\s")
_COORDINATED = re.compile(r"^(?:\s[^\W\d_]+){1,5}(?:,| và)\s(?:gần |hơn |khoảng )?(?:\d|hai |ba |bốn )")
_LEAD_DATE = re.compile(
    r"(?:(?:tính|thống kê)?\s*(?:đến|tới|từ)(?: hết| ngày| tháng)*|số liệu [^,]*)\s*$", re.IGNORECASE
)
_NAMED = re.compile(
    rf"(?:tỉnh|thành phố|huyện|Tỉnh ủy|Thành ủy|Đảng ủy|Đảng bộ) (?:tỉnh |thành phố |xã |huyện )?[{UPPER}]|Khối .* tỉnh [{UPPER}]"
)
_TIMED = re.compile(r"(?:19|20)\d\d")


def asked_of(line: Line) -> Iterator[Asked]:
    """Every fact of a line that can be asked for, in order."""
    if opens_badly(line.text):
        return
    for fact in facts(line.text):
        made = _asked(line, fact)
        if made is not None:
            yield made


def opens_badly(text: str) -> bool:
    """Whether a line is a row of a table, or began before it."""
    bare = re.sub(r"^(?:\d{1,2}|[a-zđ])[.)]\s+", "", text)
    return "|" in text or _ROW.match(text) is not None or _OPENS_BADLY.match(bare) is not None


def _asked(line: Line, fact: Fact) -> Asked | None:
    clause = clause_with(line, fact)
    if clause is None or (found := _within(clause, fact)) is None:
        return None
    if _OPENS_BADLY.match(clause.text):
        return None
    if fact.kind is FactKind.BODY and _OF_OFFICE.search(clause.text[: found[0]]):
        return None
    start, end = found
    text = clause.text
    question = _question(text, start, end, fact)
    where = situation(text, line.document) if fact.kind in FIGURES and not clause.fragment else ""
    if where:
        full = f"{where}{text[:1].lower()}{text[1:]}"
        question = f"{where}{question[:1].lower()}{question[1:]}" if question else ""
        start, end = start + len(where), end + len(where)
    elif clause.subject is None and without_subject(text):
        return None
    elif (full := placed(text, line.document)) != text:
        shift = _shift(text, full, start)
        start, end = start + shift, end + shift
        if full[start:end] != text[start - shift : end - shift]:
            return None
        question = placed(question, line.document) if question else ""
    named = bool(re.search(r"số \d", _without(full, start, end))) or bool(
        _NAMED.search(_without(full, start, end)) and _TIMED.search(_without(full, start, end))
    )
    return Asked(clause, fact, question, full, start, end, full[start:end], named)


def _within(clause: Clause, fact: Fact) -> tuple[int, int] | None:
    """Where the fact stands in the text of its clause, with the unit that belongs to the answer."""
    wanted = evenly(fact.text)
    at = clause.text.find(wanted, max(0, clause.at - 2))
    if at < 0:
        return None
    end = at + len(wanted)
    if fact.kind is FactKind.DURATION and (unit := re.match(r"\s[^\W\d_]+", clause.text[end:])):
        end += unit.end()
    return at, end


def _shift(before: str, after: str, at: int) -> int:
    """How far a position moved when words were put into a text before it."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    return len(after) - len(before) if same <= at else 0


def _without(text: str, start: int, end: int) -> str:
    return f"{text[:start]} {text[end:]}"


def _question(text: str, start: int, end: int, fact: Fact) -> str:
    before, after = text[:start], text[end:]
    if before.count("(") > before.count(")") or (_SAID_BY.match(text) and fact.kind is not FactKind.PERSON):
        return ""
    if fact.kind in FIGURES:
        return _of_figure(before, after, fact, text[start:end])
    if fact.kind in DATES:
        return _of_date(before, after, fact)
    if fact.kind is FactKind.FREQUENCY:
        lead = re.match(r",\s+", after)
        if not before.strip() and lead:
            return f"{_upper(after[lead.end() :])} bao lâu một lần"
        return f"{before}bao lâu một lần{after}" if before.strip() else ""
    if fact.kind is FactKind.NUMBER:
        kind = re.search(r"([^\W\d_]+ [^\W\d_]+) số $", before)
        if kind is None or len(before.split()) <= 3:
            return ""  # a document named first is asked for as such
        if (
            re.search(r"\d-|/TW|/TU|/ĐU", after) is None
            and len(after.split()) < 4
            and len(before.split()) < 6
        ):
            return ""
        return f"{before}bao nhiêu{after}"
    if fact.kind is FactKind.BODY:
        return _of_body(before, after, fact)
    if fact.kind is FactKind.ROLE:
        if not before.endswith("là "):
            return ""
        held = _HELD.match(before)
        return f"{_upper(held['what'])} được {held['held'].lower()} là gì" if held else f"{before}gì"
    return _of_person(before, after)


def _of_figure(before: str, after: str, fact: Fact, key: str) -> str:
    if _COORDINATED.match(after) or (re.search(r"(?:lên|xuống)\s$", before) and "từ " in before[-20:]):
        return ""
    if re.match(r"\s(?:lên|xuống|đến)\s", after) or re.search(
        r"(?:^|\s)(?:cứ|ngày)\s$", before, re.IGNORECASE
    ):
        return ""
    if not before.strip() and re.match(r"\s(?:đầu|cuối) năm", after):
        return ""
    before = re.sub(r"(\d [^\d,]{3,40}),\s$", r"\1 và ", before)
    if fact.kind is FactKind.PERCENT:
        return f"{before}bao nhiêu phần trăm{after}"
    if fact.kind is FactKind.SHARE:
        return f"{before}bao nhiêu phần{after}" if re.match(r"\s(?:tổng|số|thời)", after) else ""
    if fact.kind is FactKind.MONEY:
        return f"{before}bao nhiêu tiền{after}"
    if fact.kind is FactKind.DURATION:
        asks = "bao nhiêu tuổi" if key.endswith("tuổi") else "bao lâu"
        return f"{before}{asks}{after}" if before.strip() else ""
    if not fact.unit:
        return ""
    return f"{before}bao nhiêu{'' if after.startswith(' ') else ' '}{after}"


def _of_date(before: str, after: str, fact: Fact) -> str:
    if fact.kind is FactKind.PERIOD:
        return (
            re.sub(r"(?:từ )(?:ngày )?$", "từ ngày nào đến ngày nào", before) + after
            if before.strip()
            else ""
        )
    if re.search(r"số \d[\w /-]*,?\s(?:ngày\s)?$", before) or re.search(r"(?:19|20)\d\d\)?\s$", before):
        return ""  # the date of a document: asked as that
    if fact.kind is FactKind.MONTH:
        lead = re.match(r",\s+", after)
        if before.strip().lower() in ("tháng", "đầu tháng") and lead:
            return f"{_upper(after[lead.end() :])} vào tháng, năm nào"
        return ""
    bare = re.sub(r"(?:sáng |chiều |tối )?(?:ngày )?$", "", before)
    bare = re.sub(r",\s$", " vào ", bare)
    if not bare.strip() or _LEAD_DATE.search(bare):
        return ""
    return f"{bare}ngày nào{after}"


def _of_body(before: str, after: str, fact: Fact) -> str:
    asks = {"cell": "cấp nào", "union": "tổ chức nào", "congress": "đại hội nào"}.get(
        fact.unit, "cơ quan nào"
    )
    if fact.text.lower().startswith("bí thư"):
        asks = "ai"
    if fact.unit == "members":
        return ""  # the title of the document tells whose figures these are
    if fact.text.lower().startswith("trung tâm"):
        asks = "đơn vị nào"
    if (
        re.search(r"(?:^|[\s,])(?:do|giao cho|giao|thuộc|thì|được)\s$", before)
        and len(before.split()) + len(after.split()) >= 5
    ):
        return f"{before}{asks}{after}"
    lead = _TIME_LEAD.match(before)
    if (before == "" or (lead and lead.end() == len(before))) and _ACTS.match(after):
        if asks.endswith("nào") and after.startswith(" tổ chức") and asks.startswith("tổ chức"):
            return ""
        return f"{before}{asks if before else _upper(asks)}{after}"
    return ""


def _of_person(before: str, after: str) -> str:
    titled = _PERSON_LEAD.search(before)
    head = before[: titled.start()] if titled else before
    office = re.match(rf"(?:,\s(?:khi đó là |là )?[{UPPER}][^,]*?)+?,?\s(?={_VERBS}(?!\w))", after)
    if head.endswith("là "):
        return f"{head}ai"
    if re.search(r"(?:^|\s)do\s$", head):
        return f"{head}ai{after}"
    if head.strip():
        return ""
    rest = after[office.end() :] if office else after.lstrip()
    does = re.match(_VERBS, rest) and not re.match(r"(?:nhấn mạnh|cho biết|cho rằng)", rest)
    return f"Ai {rest}" if does and len(rest.split()) >= 3 else ""


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
