"""A question without its question words: what it is about, to be asked about anew."""

from __future__ import annotations

import re

from assistant.places import question_places
from assistant.unmarked import Pattern

_POLITE = Pattern(
    r"^(?:(?:dạ|vâng|ok|okay|được rồi|cảm ơn|tốt|hãy|xin|vui lòng|làm ơn|please|well|yes|thanks|thank you)(?!\w)[\s,.!]*)+"
    r"|^(?:xin )?(?:cho (?:tôi |mình |em |anh |chị )?(?:hỏi|biết)|tôi (?:muốn |cần )?(?:hỏi|biết)|(?:can you |could you )?tell me(?! more)|i want to know)(?!\w)[\s,:]*(?:(?:thêm|là|rằng)(?!\w)[\s,:]*)?"
)
_ASKED = Pattern(
    r"(?<!\w)(?:"
    r"(?:là |được |bằng |chiếm |khoảng )?bao nhiêu(?: (?:phần trăm|%))?"
    r"|(?:là |vào |từ |đến |trong |kể từ )*(?:khi nào|lúc nào|bao giờ|(?:ngày|năm|tháng|thời gian|thời điểm|giai đoạn) (?:nào|mấy))"
    r"|(?:trong |là )?bao lâu|mất bao lâu|(?:là )?(?:ở|tại|từ) đâu|do đâu|là đâu"
    r"|do (?:ai|cơ quan nào|tổ chức nào|cấp nào)|(?:là |của |cho |những )?ai(?: là)?"
    r"|vì sao|tại sao|^sao|(?:được |bị )?(?:như thế nào|thế nào|ra sao)|bằng cách nào|làm (?:sao|gì) để"
    r"|(?:gồm |bao gồm |có |là |được |về )?(?:những |các )?(?:việc|vấn đề|điều|nội dung)? ?gì"
    r"|(?:bao )?nào|mấy|(?<=cho )biết|phải không|có phải(?: là)?|đúng không|(?:hay )?không(?=\s*[?.!]*$)|chưa(?=\s*[?.!]*$)"
    r"|(?:thì )?sao(?=\s*[?.!]*$)|nhỉ|nhé|hả|ạ"
    r")(?!\w)"
)
_IMPERATIVE = Pattern(
    r"^(?:hãy )?(?:liệt kê|kể tên|kể ra|kể|nêu rõ|nêu|trình bày|giải thích|tóm tắt|cho biết|nói rõ|nói)(?: (?:các|những|về))?(?!\w)\s*"
)
_DANGLING = Pattern(r"(?:,|(?<!\w)(?:là|có|được|đã|gồm|vào|thì|do|bao gồm|và|của|những|các))\s*$")
_ENGLISH_ASKED = re.compile(
    r"^(?:what (?:is|are|was|were) the|what (?:is|are|was|were)|how (?:many|much)|who (?:is|are|was|were)(?: the)?|who|whom|which|what|when|where|why|how|list|name|explain|describe)\s+",
    re.IGNORECASE,
)
_AUXILIARY = r"(?:did|does|do|is|are|was|were|has|have|had|can|could|must|should|may|will)"
_ENGLISH_FORM = re.compile(
    rf"^(?P<word>how many|how much|which|what|who|when|where|why|how)(?P<noun>(?: (?!{_AUXILIARY}\b)[^\s?]+)*?)"
    rf" (?P<aux>{_AUXILIARY}) (?P<rest>[^?]+?)\s*[?.!]*$",
    re.IGNORECASE,
)


def unaddressed(question: str) -> str:
    """``question`` less "Dạ", "cho tôi hỏi", "please" before it."""
    return _POLITE.sub("", question.strip()).strip() or question.strip()


def statement(question: str, *, english: bool = False) -> str:
    """The question less its question words, its request and its end mark."""
    text = unaddressed(question).strip(" ?.!")
    if english:
        form = _ENGLISH_FORM.match(text)
        if form and form["word"].lower() in {"how many", "how much", "which", "what"} and form["noun"]:
            return f"{form['noun'].strip()} that {_declared(form['aux'], form['rest'])}"
        if form and form["word"].lower() == "what":
            return f"what {_declared(form['aux'], form['rest'])}"
        if form and form["aux"].lower() in {"did", "do", "does", "has", "have", "can", "must", "should"}:
            return form["rest"]
        return _ENGLISH_ASKED.sub("", text).strip(" ?.!")
    text = _IMPERATIVE.sub("", text)
    text = " ".join(_ASKED.sub(" ", text).split())
    while (shorter := _DANGLING.sub("", text.strip(" ?.!,;")).strip()) != text:
        text = shorter
    text = _OF_WHICH_IS.within(text).sub(r"\1 ", text)
    return re.sub(r"\s+([,;])", r"\1", text)


_OF_WHICH_IS = Pattern(r"(trong (?:số )?đó)(?: có)?(?: là)? ")


def _declared(auxiliary: str, rest: str) -> str:
    """ "did Sơn La admit" → "Sơn La did admit"; where no subject is recognised, without "did"."""
    places = question_places(rest, language="en")
    if auxiliary.lower() in {"is", "are", "was", "were"}:
        return f"{auxiliary} {rest}"
    if places and rest[places[0].end :].strip():
        return f"{rest[: places[0].end]} {auxiliary}{rest[places[0].end :]}"
    return rest if auxiliary.lower() in {"do", "did", "does"} else f"{auxiliary} {rest}"


def with_adverb(adverb: str, question: str) -> str:
    """An English question asked with another adverb: "Why", and the rest of it."""
    text = question.strip(" ?.!")
    form = _ENGLISH_FORM.match(text)
    if form is None:
        who = re.match(r"who(?! is| are| was| were) ", text, re.IGNORECASE)
        if who:
            return f"{adverb} was it that someone {text[who.end() :]}?"
        return f"{adverb}, as to {_ENGLISH_ASKED.sub('', text)}?"
    noun, auxiliary, rest = form["noun"].strip(), form["aux"], form["rest"]
    if not noun:
        return (
            f"{adverb} {auxiliary} {rest}?"
            if form["word"].lower() != "who"
            else f"{adverb}, as to who {auxiliary} {rest}?"
        )
    if auxiliary.lower() in {"is", "are", "was", "were"} and not rest.lower().startswith("there"):
        return f"{adverb} {auxiliary} {noun} {rest}?"
    places = question_places(rest, language="en")
    verb = re.match(r"\s*([^\s,]+)(.*)", rest[places[0].end :]) if places else None
    if places and verb:
        return f"{adverb} {auxiliary} {rest[: places[0].end]} {verb.group(1)} {noun}{verb.group(2)}?"
    return f"{adverb}, as to the {noun} that {_declared(auxiliary, rest)}?"


_NAME_FIRST = re.compile(
    r"^(?:Đảng(?! (?:viên|phí))|Bác|Trung ương|Chính phủ|Quốc hội|Nhà nước|Bộ|Ban|Khối|Điều lệ|Hiến pháp)\b"
)


_RANKS = frozenset({"tỉnh", "thành", "huyện", "xã", "phường", "quận", "thị", "tinh", "năm", "tính"})


def inside(text: str) -> str:
    """``text`` as it is written after other words: in lower case, unless it begins with a name."""
    first = text.split(" ")[0] if text else ""
    second = text[len(first) :].strip()[:1]
    if first.lower() in _RANKS:
        return text[0].lower() + text[1:]
    if not first or first[1:] != first[1:].lower() or second.isupper() or _NAME_FIRST.match(text):
        return text
    places = question_places(text)
    if places and places[0].start == 0 and text[0].lower() not in "t":
        return text
    return text[0].lower() + text[1:]


def as_question(text: str) -> str:
    """``text`` with a capital before and one question mark behind."""
    text = " ".join(text.split()).strip(" ,")
    text = re.sub(r"\s+([,;?])", r"\1", text).rstrip(" ?.!,")
    return f"{text[:1].upper()}{text[1:]}?"
