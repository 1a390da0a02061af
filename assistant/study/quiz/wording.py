"""The words around what documents say: how a stem names its source, asks, and instructs; in two languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.phrases import UPPER, words
from assistant.study.asking import BLANK, Asked
from assistant.study.gather import Line
from assistant.study.sourcing import english_source_of, heading_of, source_of

VI: Final = {
    "choose_blank": "{source} chọn nội dung đúng điền vào chỗ trống: “{text}”.",
    "fill": "{source} điền vào chỗ trống: “{text}”.",
    "multiple": "{question}? (Chọn tất cả các phương án đúng.)",
    "multiple_blank": "{source} những phương án nào điền đúng vào chỗ trống: “{text}”? (Chọn tất cả các phương án đúng.)",
    "match_figures": "{source} hãy nối mỗi {of} với {what} tương ứng{about}.",
    "match_terms": "{source} hãy nối mỗi {of} với {what}.",
    "match_dates": "Hãy nối mỗi văn bản với ngày ban hành của văn bản đó.",
    "match_bodies": "Hãy nối mỗi văn bản với cơ quan ban hành.",
    "match_replaced": "Hãy nối mỗi văn bản với văn bản mà nó thay thế.",
    "match_about": "Hãy nối mỗi văn bản với nội dung của văn bản đó.",
    "issued_by": "Những văn bản nào sau đây do {body} ban hành? (Chọn tất cả các phương án đúng.)",
    "above": "{source} những {of} nào sau đây có {what} trên {bound}{about}? (Chọn tất cả các phương án đúng.)",
    "mentioned": "{source} những văn bản nào sau đây được nhắc đến? (Chọn tất cả các phương án đúng.)",
    "order_dates": "Hãy sắp xếp các văn bản sau theo thời gian ban hành, từ sớm nhất đến muộn nhất.",
    "order_figures": "{source} hãy sắp xếp các {of} sau theo {what}{about}, từ cao nhất đến thấp nhất.",
    "order_steps": "{source} hãy sắp xếp các nội dung sau theo đúng thứ tự.",
    "order_lessons": "{source} hãy sắp xếp các nội dung của mục “{heading}” theo đúng thứ tự.",
    "section": "(mục “{about}”)",
    "really": "Tài liệu ghi: “{text}”.",
    "term": "{source} “{term}” là chữ viết tắt của cụm từ nào?",
}
EN: Final = {
    "choose_blank": "{source} choose what completes the statement: “{text}”.",
    "fill": "{source} fill in the blank: “{text}”.",
    "multiple": "{question} (Select all that apply.)",
    "multiple_blank": "{source} which of these complete the statement: “{text}”? (Select all that apply.)",
    "match_figures": "{source} match each item ({of}) with its figure ({what}){about}.",
    "match_terms": "{source} match each short form with what it stands for.",
    "match_dates": "Match each document with its date of issue.",
    "match_bodies": "Match each document with the body that issued it.",
    "match_replaced": "Match each document with the one that it replaces.",
    "match_about": "Match each document with its subject.",
    "issued_by": "Which of these documents did {body} issue? (Select all that apply.)",
    "above": "{source} which of these ({of}) have a figure ({what}) above {bound}{about}? (Select all that apply.)",
    "mentioned": "{source} which of these documents are mentioned? (Select all that apply.)",
    "order_dates": "Put these documents in order of issue, the earliest first.",
    "order_figures": "{source} put these ({of}) in order of their figures ({what}){about}, the highest first.",
    "order_steps": "{source} put these in the right order.",
    "order_lessons": "{source} put the contents of “{heading}” in the right order.",
    "multiple_list": "{source} which of these belong to “{text}”? (Select all that apply.)",
    "complete_blank": "{source} complete the statement: “{text}”.",
    "judge": "{source} is this true or false? “{text}”",
    "section": "(section “{about}”)",
    "really": "The document says: “{text}”.",
    "term": "{source} what does “{term}” stand for?",
}
_PROPER_FIRST = re.compile(
    rf"(?:Đảng (?:bộ|ủy|Cộng)|Ban (?!đầu)|Bộ (?:Chính|trưởng)|(?:Tỉnh|Thành|Huyện) (?:ủy|uỷ)|Điều (?:lệ|\d)|Đoàn |Hội (?!nghị)|Mặt trận|Công đoàn|Đại hội [IVXđ]"
    rf"|Trung ương|Văn phòng Đảng|Thường trực|(?:Chỉ thị|Nghị quyết|Quy định|Quyết định|Hướng dẫn|Kế hoạch|Kết luận) (?:số|nào)"
    rf"|[{UPPER}]\S* [{UPPER}]|[{UPPER}]{{2,}}|\d)"
)
_TITLED = re.compile(r"(?:Ông|Bà|Đồng chí|Tỉnh(?! ủy| uỷ)|Thành phố|Huyện(?! ủy)|Toàn|Công an|Xã) ")
_FRAME = re.compile(
    r"^(?:Theo|According to) (?:(?:bài|tài liệu) )?(?:“[^”]*”|[^,“”]+?)(?: \((?:ngày )?[\d/]+\))?(?:,? (?:mục|phần|section) “[^”]*”)?,\s+",
)
_QUOTED = re.compile(r"“([^”]*" + BLANK + r"[^”]*)”")
_SHORT, _TELLING = 14, 4
_SHARED_HEADING, _SHARED_QUESTION = 0.6, 0.42
_NO_SUBJECT = frozenset(words("và của các những là gì ai nào có thì khi ở đâu mấy thế bao nhiêu lâu một"))
_COMMON_FIRST = re.compile(r"(?:Mỗi|Hằng|Hàng|Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười) ")
_JUDGED = re.compile(r"true or false\? “(.+)”$")
_NOW = re.compile(r"(?<!\w)(?:hiện (?:có|nay|tại|đang)|đến nay)(?!\w)")
_INTERROGATIVE = re.compile(
    r"bao nhiêu phần trăm|bao nhiêu phần(?=\s(?:tổng|số|thời))|bao nhiêu tiền|bao nhiêu tuổi|bao nhiêu"
    r"|ngày nào đến ngày nào|ngày nào|bao lâu một lần|bao lâu|vào tháng, năm nào|(?<=về )nội dung gì|(?:cấp|cơ quan|tổ chức|đảng bộ|đơn vị|đại hội|văn bản|cụm từ) nào|(?<!\w)ai(?!\w)|(?<=là )gì$"
    rf"|{BLANK}",
    re.IGNORECASE,
)


def phrase(name: str, language: str, **values: str) -> str:
    """The wording of that name, with its values; blanks put right."""
    said = (EN if language == "en" else VI)[name].format(**values)
    said = " ".join(said.split())
    return said[:1].upper() + said[1:]


def frame(line: Line, language: str, *, heading: str = "", text: str = "") -> str:
    """How a stem begins that names its document: "Theo Kế hoạch số 12-KH/ĐU của Đảng ủy xã A, mục “Kinh phí”,".

    Args:
        text: of the stem; where it says "hiện nay", the date of the document is told as well.
    """
    document = line.document
    english = language == "en"
    source = english_source_of(document) if english else source_of(document)
    if document.issued_on and _NOW.search(text):
        day = document.issued_on
        source += f" ({day.day}/{day.month}/{day.year})"
    where = ""
    if heading:
        word = "section" if english else ("phần" if heading.endswith("?") else "mục")
        where = f", {word} “{heading}”"
    return f"{'According to' if english else 'Theo'} {source}{where},"


def about(rows_about: str, told: Sequence[str], language: str) -> str:
    """Where a table stands, in brackets, unless that is told already."""
    return (
        f" {phrase('section', language, about=rows_about)}" if rows_about and rows_about not in told else ""
    )


def lowered(text: str) -> str:
    """``text`` as it goes on in a sentence: its first letter small, unless a name begins it."""
    if _TITLED.match(text):
        return text[:1].lower() + text[1:]
    return text if _PROPER_FIRST.match(text) else text[:1].lower() + text[1:]


def raised(text: str) -> str:
    """``text`` as a sentence begins."""
    return text[:1].upper() + text[1:]


def heading_for(asked: Asked) -> str | None:
    """The heading that a stem must name to be understood; "" where it needs none, ``None`` where it cannot.

    A clause without a subject needs one, an answer needs its question, and a short clause the heading whose
    words it leaves out.
    """
    line, text = asked.line, asked.clause.text
    name = _item_name(line)
    heading = name or heading_of(line)
    if asked.clause.answers:
        return ""
    unsaid = heading_unsaid(heading, text)
    wanted = (
        asked.clause.fragment
        or name
        or (unsaid and (line.question is not None or len(text.split()) <= _SHORT))
    )
    if not wanted or (asked.named and not asked.clause.fragment):
        return ""
    if heading.endswith("?") and len(heading.split()) < _TELLING:
        return None  # "Ai giới thiệu?" does not say what is spoken of
    if not heading:
        return "" if len(text.split()) > 9 and not asked.clause.bare_verb else None
    return None if asked.key.lower() in heading.lower() else heading


def heading_unsaid(heading: str, text: str) -> bool:
    """Whether a heading has words that tell its subject and that ``text`` leaves out."""
    said = set(words(text))
    own = [word for word in words(heading) if word not in _NO_SUBJECT]
    least = _SHARED_QUESTION if heading.endswith("?") else _SHARED_HEADING
    return bool(own) and sum(word in said for word in own) < least * len(own)


def _item_name(line: Line) -> str:
    """The short name of the item that a line goes on with: "3. Xin ra khỏi Đảng. Chi bộ xem xét …"; "" for none."""
    text = line.document.text
    begin = text.rfind("\n", 0, line.start) + 1
    found = re.match(r"\s*(?:\d{1,2}|[a-zđ])[.)]\s+(?P<name>[^.]{4,60})\.\s", text[begin : line.start])
    return found["name"] if found else ""


def stem_of(asked: Asked, language: str, *, choose: bool = True) -> str:
    """The question with its source; "" where it cannot be put so that it stands alone.

    Args:
        choose: choices follow.
    """
    heading = heading_for(asked)
    if heading is None or not asked.question:
        return ""
    if language == "en":
        source = frame(asked.line, language, heading=heading, text=asked.claim)
        name = "choose_blank" if choose else "complete_blank"
        return phrase(name, language, source=source, text=raised(asked.blanked))
    if asked.named and not heading:
        return f"{raised(asked.question)}?"
    return f"{frame(asked.line, language, heading=heading, text=asked.question)} {lowered(asked.question)}?"


def claim_stem(asked: Asked, told: str, language: str) -> str:
    """A claim with its source; "" where it cannot be put so that it stands alone."""
    heading = heading_for(asked)
    if heading is None:
        return ""
    if language == "en":
        source = frame(asked.line, language, heading=heading, text=told)
        return phrase("judge", language, source=source, text=raised(told))
    if asked.named and not heading:
        return f"{raised(told)}."
    return f"{frame(asked.line, language, heading=heading, text=told)} {lowered(told)}."


def blank_stem(asked: Asked, language: str) -> str:
    """The statement with a blank for its figure, and its source; "" where it cannot stand alone."""
    heading = heading_for(asked)
    if heading is None:
        return ""
    source = frame(asked.line, language, heading=heading, text=asked.claim)
    return phrase("fill", language, source=source, text=raised(asked.blanked))


def bare(stem: str) -> str:
    """A stem without the name of its source and what tells the learner what to do."""
    quoted = _QUOTED.search(stem) or _JUDGED.search(stem)
    if quoted:
        return quoted.group(1)
    return _FRAME.sub("", re.sub(r"\s*\([^)]*(?:phương án|apply)[^)]*\)", "", stem), count=1)


def answered(stem: str, answer: str) -> str:
    """The statement that a question makes with an answer in the place of what asks; "" where nothing asks."""
    text = bare(stem).rstrip(" ?")
    found = list(_INTERROGATIVE.finditer(text))
    if not found:
        return ""
    last = found[-1]
    head = text[: last.start()]
    if head.strip() and _COMMON_FIRST.match(answer):
        answer = answer[:1].lower() + answer[1:]
    if last.group().lower() == "ngày nào" and answer[:1].isdigit():
        answer = f"ngày {answer}"
    if last.group() == "vào tháng, năm nào":
        return f"Tháng {answer}, {head.strip()}"
    return f"{head}{answer}{text[last.end() :]}"
