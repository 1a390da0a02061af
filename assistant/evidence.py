"""How well a sentence gives the kind of answer that was asked for.

Each test looks at the surface of one sentence: a count beside the noun that is counted, a name
after a title, a date, a document number, a word of cause. Values are 0 (no sign of such an
answer) to 1 (the answer stands there in so many words).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.bylines import authorship_asked, is_byline
from assistant.offices import holder_asked, holds, office
from assistant.persons import persons, placed
from assistant.phrases import UPPER
from assistant.quantities import DATE, FRACTION, PERCENT, figures
from assistant.superlatives import superlative
from assistant.wanted import Wanted
from ingest.numbers import find_numbers

_NAME = rf"(?:[{UPPER}][^\W\d_]*)(?: [{UPPER}][^\W\d_]*){{1,3}}"
_TITLE = (
    r"(?:đồng chí|ông|bà|anh|chị|bí thư|phó bí thư|chủ tịch|phó chủ tịch|trưởng ban|phó trưởng ban|giám đốc"
    r"|thường trực tỉnh ủy|thường trực thành ủy|ủy viên|tổng bí thư|nhà báo|tác giả|chủ nhiệm|bộ trưởng"
    r"|thường trực|tỉnh ủy|thành ủy|huyện ủy|hđnd tỉnh|ubnd tỉnh)"
)
#: One spoken of before, by the given name alone: "ông Khanh".
_GIVEN_NAME = re.compile(rf"(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Đđ]ồng chí|đ/c) [{UPPER}][^\W\d_]+(?![\w])")
_WROTE = re.compile(r"\b(?:tác giả|viết|chụp|ảnh|bài|phóng viên|nhà báo)\b", re.IGNORECASE)
_ANY_NAME = re.compile(rf"(?<![\w])[{UPPER}][\w.&'’-]+(?: (?:& )?[{UPPER}][\w.&'’-]*)+")
_TITLED_NAME = re.compile(rf"(?i:{_TITLE})[,]? (?:[{UPPER}]\S* )?{_NAME}")
#: Bodies that act: an answer to "ai" where the question may mean an organisation.
_BODY = re.compile(
    r"\b(?:Ban Bí thư|Bộ Chính trị|Hội nghị Trung ương|Đại hội|Quốc hội|Chính phủ|Thủ tướng|Ban Chấp hành|Ban Thường vụ|Thường trực|Ban Tổ chức|Ủy ban|Tỉnh ủy|Thành ủy|Huyện ủy"
    r"|Đảng ủy|[Cc]hi bộ|[Cc]ấp ủy|[Cc]hi ủy|[Đđ]ảng viên chính thức|[Bb]í thư|[Bb]an chấp hành đoàn)\b"
)

_SPELLED = re.compile(
    r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?= (?P<noun>người|lần|tháng|năm|ngày|đảng viên|bước|loại|hình thức|lớp|nhóm|điểm|điều))"
)
#: What members are counted by: a count of those admitted is none of those there are.
_ACTIONS = (
    "kết nạp", "khai trừ", "xóa tên", "giới thiệu", "phấn đấu", "chỉ tiêu", "mục tiêu", "tập huấn", "bồi dưỡng",
    "công nhận", "tuyên dương", "chuyển", "kỷ luật", "giảm", "mở",
)  # fmt: skip
#: What is aimed at is not yet done.
_AIMS = frozenset({"phấn đấu", "chỉ tiêu", "mục tiêu"})
_OTHER_ACTION, _AS_FRACTION = 0.6, 0.5
#: A unit or body by its name; for showing, the whole of it.
PLACE_NAME = re.compile(
    rf"(?i:\b(?:tỉnh|huyện|xã|phường|thành phố|thị trấn|thị xã|thôn|bản|công ty|đảng bộ|chi bộ)) (?:(?i:huyện|xã|tỉnh|thành phố) )?"
    rf"[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{0,3}}"
)
#: Nouns for what does not go well, and the words by which a sentence speaks of it.
PROBLEM = re.compile(
    r"khó khăn|hạn chế|tồn tại|vướng mắc|khuyết điểm|yếu kém|bất cập|thách thức", re.IGNORECASE
)
_SHORTFALL = re.compile(
    r"\b(?:tuy (?:nhiên|vậy)|còn (?:nổi lên|nhiều|một số|hạn chế|thấp|chậm|thiếu|ít)|chưa|hạn chế|(?<!đặc biệt )(?<!vùng )(?<!bàn )khó khăn|thiếu"
    r"|chậm|lúng túng|yếu|không đều)\b",
    re.IGNORECASE,
)
#: How a sentence begins that turns from what went well to what did not.
_TURNS = re.compile(
    r"\W*(?:tuy (?:nhiên|vậy|thế)|bên cạnh (?:những |các )?(?:kết quả|ưu điểm|mặt|thuận lợi)|song)\b|\bcòn (?:nổi lên|bộc lộ|gặp|có|tồn tại) (?:một số|những|nhiều|không ít)\b"
    r"|\b(?:một số|những) (?:hạn chế|tồn tại|khó khăn|khuyết điểm|vướng mắc|bất cập)\b",
    re.IGNORECASE,
)
_AREA = re.compile(r"\b(?:vùng|địa bàn|khu vực|nơi|thôn|bản|xã|huyện|tỉnh|thành phố|phường)\b", re.IGNORECASE)
_NAMED_UNIT = re.compile(
    r"(?:tỉnh|thành phố|huyện|xã|phường) nào|which (?:province|city|district)", re.IGNORECASE
)
_SHORT_FORM = re.compile(rf"(?<!\w)[{UPPER}]{{2,}}(?:[&-][{UPPER}]{{2,}})*(?!\w)")
#: More than 1: no other sentence can answer what an abbreviation stands for.
_SPELT_OUT = 2.5
_CONDITION = re.compile(r"\b(?:khi|trường hợp|trước khi|sau khi|chậm nhất|hằng|định kỳ)\b", re.IGNORECASE)
#: Nouns that people are counted by, whatever they were called in the question.
_MONEY = re.compile(r"\btiền\b|(?:triệu|tỷ|nghìn|ngàn|\d) đồng\b|kinh phí|dự toán")
#: Nouns behind a figure that is of time, money or lessons, whatever else the sentence speaks of.
_OTHER_UNIT = re.compile(r"\s?(năm|tháng|ngày|tuần|giờ|phút|tuổi|buổi|tiết|km|ha|đồng|lần)\b")
_TIME_ASKED = re.compile(
    r"kéo dài|thời (?:gian|hạn|lượng)|lâu|mấy giờ|tuổi|giờ nào|diện tích|dài|rộng|how (?:long|old|often)|lần",
    re.IGNORECASE,
)
#: What is paid, in money or as a share of an income.
_FEES = re.compile(
    r"(?:đảng|lệ|học|chi) phí|mức (?:đóng|lương|thưởng|chi)|phụ cấp|tiền (?:lương|thưởng)|\bfees?\b|\bdues\b"
)
_PEOPLE = re.compile(
    r"người|đồng chí|đảng viên|học viên|quần chúng|cán bộ|đối tượng|đoàn viên|hội viên|sinh viên|học sinh|công nhân|chiến sĩ|dân\b"
)
DURATION = re.compile(
    r"(?:\d+|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười(?: hai)?)\s(?:năm|tháng|tuần|ngày|giờ|buổi|phút)\b"
    r"|\b(?:mỗi|hằng|hàng) (?:năm|quý|tháng|tuần|ngày)\b|\b(?:một|hai|\d+) lần\b",
    re.IGNORECASE,
)
_DAY_ASKED = re.compile(r"\bngày (?:nào|mấy|bao nhiêu)\b|\b(?:what|which) day\b", re.IGNORECASE)
_DAY = re.compile(
    r"\d{1,2}\s?[/.-]\s?\d{1,2}|\b(?:ngày|mùng|mồng) (?:\d{1,2}|đầu|cuối|mùng|mồng)|\bthứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:nguyên nhân|lý do|do|vì|bởi|nhờ|xuất phát từ|bắt nguồn|khiến|dẫn đến|dẫn tới|dựa trên|nên)\b",
    re.IGNORECASE,
)
_STRONG_CAUSE = re.compile(r"\b(?:nguyên nhân|lý do|là do|do đó|nhờ vậy|vì vậy)\b", re.IGNORECASE)
_MANNER = re.compile(
    r"\b(?:bằng|thông qua|phải|cần|trên cơ sở|theo hướng|gắn với|chú trọng|tập trung|tăng cường|tiếp tục|thực hiện)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    rf"(?i:\b(?:tỉnh|huyện|xã|phường|thành phố|thị trấn|thị xã|thôn|bản|đảng bộ|chi bộ|công ty|tại))"
    rf" (?i:(?:huyện|tỉnh) )?[{UPPER}]"
)
_ENUMERATION = re.compile(r";|:|…|\bgồm\b|\bnhư\b|\bmột số\b|\bmột là\b|\bhai là\b", re.IGNORECASE)
_DEFINING = re.compile(r"\blà\b|\bđược hiểu\b|\bnghĩa là\b|\(")
_RULE = re.compile(r"\b(?:phải|được|không được|không|có thể|có)\b", re.IGNORECASE)


def _counts_such(lowered: str, units: Sequence[str]) -> bool:
    """Whether a sentence can count what is asked: it names it, or another word for people or money.

    The rows of a table leave the noun to their head.
    """
    if not units or " | " in lowered:
        return True
    named = any(re.search(rf"\b{re.escape(unit.split()[0])}\b", lowered) for unit in units)
    people = any(_PEOPLE.search(unit) for unit in units) and _PEOPLE.search(lowered)
    money = any(_MONEY.search(unit) for unit in units) and _MONEY.search(lowered)
    return bool(named or people or money)


def _count(sentence: str, units: Sequence[str], question: str) -> float:
    """A figure directly before (or within a few words of) what is counted, of the same doing."""
    lowered = sentence.lower()
    found = figures(sentence)
    best = 0.0
    asked = {action for action in _ACTIONS if action in question.lower()}
    if re.search(r"phát triển (?:được|mới)|(?:thêm|có thêm) [^?]*đảng viên", question.lower()):
        asked.add("kết nạp")
    fees = _FEES.search(question.lower())
    share = fees or re.search(r"tăng|giảm|chiếm|đạt|vượt|tỷ lệ|phần trăm", question.lower())
    found = [match for match in found if share or not re.match(r"\s?(?:%|phần trăm)", lowered[match.end() :])]
    known_unit = _counts_such(lowered, units)
    money = fees or _MONEY.search(question.lower())
    for match in found:
        other = _OTHER_UNIT.match(lowered, match.end())
        if (
            other
            and not money
            and not _TIME_ASKED.search(question)
            and not any(u.startswith(other[1]) for u in units)
        ):
            continue  # "3 tháng" counts no members
        following = lowered[match.end() : match.end() + 45]
        before = lowered[max(0, match.start() - 60) : match.start()]
        value = 0.55 if known_unit else 0.0
        for unit in units:
            at = following.find(unit)
            if 0 <= at <= 2:
                value = 1.0
            elif at >= 0 or unit in before[-40:]:
                value = max(value, 0.8)
        if money:
            value = 0.95 if _MONEY.search(lowered) or (fees and "%" in lowered) else 0.0
        done = {action for action in _ACTIONS if action in re.split(r"[;(]", before)[-1]}
        if (done - asked and not done & asked) or bool(done & _AIMS) != bool(asked & _AIMS):
            value *= _OTHER_ACTION
        best = max(best, value)
    if not found and not money and _spelt(lowered, units):
        best = 0.5
    if best < _AS_FRACTION and known_unit and not money and FRACTION.search(lowered):
        best = _AS_FRACTION
    return best


def _spelt(lowered: str, units: Sequence[str]) -> bool:
    """A number in letters, of what is counted."""
    people = any(_PEOPLE.search(unit) for unit in units)
    return any(
        not units
        or any(unit.startswith(match["noun"].split()[0]) for unit in units)
        or (people and match["noun"] == "người")
        for match in _SPELLED.finditer(lowered)
    )


def _who(sentence: str, question: str) -> float:
    if authorship_asked(question):
        if is_byline(sentence):
            return 1.0
        return 0.8 if persons(sentence) and _WROTE.search(sentence) else 0.0
    asked = holder_asked(question)
    if asked:  # the one who holds an office is wanted, not one who does something
        return 1.0 if holds(sentence, asked) else 0.0
    if persons(sentence):
        return 1.0 if _TITLED_NAME.search(sentence) else 0.8
    if _GIVEN_NAME.search(sentence):
        return 0.8
    if _BODY.search(sentence):
        return 0.3
    # Names in other languages, and of teams and companies: weak, for a place's name looks the same.
    return 0.2 if any(not placed(match.group()) for match in _ANY_NAME.finditer(sentence, 1)) else 0.0


def _when(sentence: str, question: str) -> float:
    if _DAY_ASKED.search(question):  # "mỗi tháng" is no day
        return 1.0 if _DAY.search(sentence) else 0.0
    lengths = [len(match.group()) for match in DATE.finditer(sentence)]
    if not lengths:
        return 0.4 if DURATION.search(sentence) or _CONDITION.search(sentence) else 0.0
    return 1.0 if max(lengths) > 4 else 0.8


def _document(sentence: str, question: str) -> float:
    """A document by its number; laws and charters are known by their names."""
    if find_numbers(sentence):
        return 1.0
    return 0.9 if _BY_NAME.search(question) and _LAW.search(sentence) else 0.0


_BY_NAME = re.compile(r"luật|điều lệ|hiến pháp|\blaws?\b|charter|constitution", re.IGNORECASE)
_LAW = re.compile(rf"(?:Bộ luật|Luật|Điều lệ|Hiến pháp|Pháp lệnh) [{UPPER}]")


#: A document says at its head what it is about, where its number stands on another line.
_SAYS_ABOUT = re.compile(
    r"\W*(?:(?:quy|quyết) định|chỉ thị|nghị quyết|hướng dẫn|kế hoạch|kết luận|thông báo|quy chế|đề án)(?: này)? (?:[^\W\d_]+ ){0,3}?về\b",
    re.IGNORECASE,
)


def about(sentence: str, numbers: Sequence[str]) -> float:
    """A document number, of those asked about if any, followed closely by what the document is about."""
    for mention in find_numbers(sentence):
        if numbers and mention.canonical not in numbers:
            continue
        following = sentence[mention.end : mention.end + 90].lower()
        stop = following.find(";")
        if re.search(r"\bvề\b", following if stop < 0 else following[:stop]):
            return 1.0
    if _SAYS_ABOUT.match(sentence):
        return 0.6
    return 0.2 if re.search(r"\bvề\b", sentence) else 0.0


def _why(sentence: str, _: Sequence[str]) -> float:
    if _STRONG_CAUSE.search(sentence):
        return 1.0
    return 0.6 if _CAUSE.search(sentence) else 0.0


def _list(sentence: str, _: Sequence[str]) -> float:
    marks = len(_ENUMERATION.findall(sentence)) + sentence.count(",") / 3
    return 0.35 + 0.3 * min(1.0, marks / 3)


def _presence(pattern: re.Pattern[str], value: float = 1.0) -> Callable[[str, Sequence[str]], float]:
    return lambda sentence, _: value if pattern.search(sentence) else 0.0


_TESTS: dict[Wanted, Callable[[str, Sequence[str]], float]] = {
    Wanted.PERCENT: _presence(PERCENT),
    Wanted.WHICH: _presence(re.compile(rf"\s[{UPPER}]"), 0.5),
    Wanted.SUPERLATIVE: lambda sentence, _: superlative(sentence),
    Wanted.WHY: _why,
    Wanted.LIST: _list,
    Wanted.YES_NO: _presence(_RULE, 0.5),
}


#: Questions for how something is, not how it is done: what is said of it is a judgement.
_STATE_ASKED = re.compile(
    r"(?:nhận xét|đánh giá|tình hình|thực trạng|chất lượng|kết quả|diễn biến|chuyển biến|mức độ)\b[^?]*(?:thế nào|ra sao)|\bhow (?:well|good|far|was|were|has|have)\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\b(?:nhìn chung|đánh giá|nhận xét|tốt|khá|trung bình|yếu|đạt|tăng|giảm|vững vàng|gương mẫu|nâng lên|chuyển biến|còn|chưa|cao|thấp"
    r"|tích cực|hiệu quả|đa số|phần lớn)\b",
    re.IGNORECASE,
)


def _how(sentence: str, question: str) -> float:
    signs = _STATE if _STATE_ASKED.search(question) else _MANNER
    return 0.6 if signs.search(sentence) else 0.0


#: "Mấy ngày" asks for a number of them; how often is no answer.
_LENGTH_ASKED = re.compile(
    r"(?:bao nhiêu|mấy) (?:năm|tháng|ngày|giờ|tuần|buổi|phút)|how many (?:years|months|weeks|days|hours)",
    re.IGNORECASE,
)
_OFTEN = re.compile(r"^(?:mỗi|hằng|hàng|một lần|hai lần|\d+ lần)", re.IGNORECASE)


def _duration(sentence: str, question: str) -> float:
    found = [match.group() for match in DURATION.finditer(sentence)]
    if _LENGTH_ASKED.search(question):
        found = [length for length in found if not _OFTEN.match(length)]
    return 1.0 if found else 0.0


def _where(sentence: str, question: str) -> float:
    """A place by its name; a kind of area is an answer too where no unit's name is asked for."""
    if _PLACE.search(sentence):
        return 1.0
    return 0.5 if _AREA.search(sentence) and not _NAMED_UNIT.search(question) else 0.0


def _definition(sentence: str, question: str) -> float:
    """What says what something is; of an abbreviation, the place where both its forms stand."""
    for short in _SHORT_FORM.findall(question):
        if re.search(rf"\({re.escape(short)}\)|(?<!\w){re.escape(short)}\s*(?:[|:(=]|là )", sentence):
            return _SPELT_OUT
    return 0.6 if _DEFINING.search(sentence) else 0.0


def _shortfall(sentence: str) -> float:
    """How much a sentence speaks of what does not go well; one that says so outright comes before the others."""
    return 1.0 if _TURNS.search(sentence) else min(0.8, 0.4 * len(_SHORTFALL.findall(sentence)))


#: Headings under which an answer of a kind stands.
_HEADINGS = {
    Wanted.WHY: re.compile(r"nguyên nhân|lý do|khó khăn|hạn chế|vì sao|tại sao", re.IGNORECASE),
    Wanted.HOW: re.compile(
        r"giải pháp|biện pháp|cách làm|nhiệm vụ|quy trình|trình tự|kinh nghiệm", re.IGNORECASE
    ),
}


def heading_gives(wanted: Sequence[Wanted], headings: Sequence[str]) -> float:
    """How well the headings over a sentence announce what is wanted: 0 or 0.9."""
    return (
        0.9
        if any(_HEADINGS[kind].search(" ".join(headings)) for kind in wanted if kind in _HEADINGS)
        else 0.0
    )


#: Kinds of answer that a sentence cannot give without the sign looked for.
STRICT = frozenset(
    {Wanted.COUNT, Wanted.PERCENT, Wanted.DURATION, Wanted.WHO, Wanted.OFFICE, Wanted.WHEN, Wanted.WHERE, Wanted.DOCUMENT}
)  # fmt: skip


def gives(
    wanted: Sequence[Wanted],
    sentence: str,
    units: Sequence[str] = (),
    numbers: Sequence[str] = (),
    question: str = "",
) -> float:
    """How well ``sentence`` gives what is wanted: the mean over the kinds asked for, 0 to 1.

    Where an abbreviation is spelt out for a question about it, more than 1.

    Args:
        wanted: kinds of answer; ``ANY`` and ``COMPARE`` ask nothing of the surface.
        sentence: NFC text.
        units: lower-case nouns that a count is asked of ("đảng viên", "lớp").
        numbers: canonical document numbers that the question names.
        question: the question in Vietnamese words.
    """
    values = [_TESTS[kind](sentence, units) for kind in dict.fromkeys(wanted) if kind in _TESTS]
    if Wanted.WHEN in wanted:
        values.append(_when(sentence, question))
    if Wanted.DURATION in wanted:
        values.append(_duration(sentence, question))
    if Wanted.COUNT in wanted:
        values.append(_count(sentence, units, question))
    if Wanted.HOW in wanted:
        values.append(_how(sentence, question))
    if Wanted.WHO in wanted:
        values.append(_who(sentence, question))
    if Wanted.OFFICE in wanted:
        values.append(office(sentence, question))
    if Wanted.DOCUMENT in wanted:
        values.append(_document(sentence, question))
    if Wanted.WHERE in wanted:
        values.append(_where(sentence, question))
    if PROBLEM.search(question) and not STRICT.intersection(wanted):
        values.append(_shortfall(sentence))
    if Wanted.DEFINITION in wanted:
        values.append(_definition(sentence, question))
    if Wanted.ABOUT in wanted:
        values.append(about(sentence, numbers))
    return sum(values) / len(values) if values else 0.5
