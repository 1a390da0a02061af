"""Numbers written in words: "hai mươi bảy", "ba phần tư", "một nửa", "twenty-seven", "two thirds"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

_DIGITS: Final = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES: Final = {"nghìn": 1000, "ngàn": 1000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_FIRST = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười"
_INNER = "|".join([*_DIGITS, "mười", "mươi", "trăm", "linh", "lẻ", *_SCALES])
_SPELT = re.compile(rf"(?<!\w)(?:{_FIRST})(?: (?:{_INNER}))*(?!\w)", re.IGNORECASE)
_SHARE = re.compile(
    r"(?<!\w)(?P<over>một|hai|ba|bốn|năm|sáu|bảy|tám|chín) phần (?P<under>hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)(?!\w)"
    r"|(?<!\w)(?P<half>một nửa|phân nửa|(?<=quá )nửa)(?!\w)",
    re.IGNORECASE,
)
#: "cứ mười đảng viên thì có ba …": three tenths.
_OUT_OF: Final = re.compile(
    rf"(?<!\w)cứ (?P<under>\d+|{_FIRST})(?!\w)(?P<between>[^.;\n\d]{{1,60}}?)(?<!\w)(?:thì|lại|mới)(?: (?:chỉ|lại|có|mới|khoảng|gần|hơn))*"
    rf" (?P<over>\d+|{_FIRST})(?!\w)",
    re.IGNORECASE,
)
#: What "năm" follows where it is a year, and precedes where it is the number five.
_YEAR_BEFORE = re.compile(
    r"(?:\d|mỗi|hằng|hàng|từng|cuối|đầu|giữa|cả|các|những|mấy|nhiều|một|hai|ba|bốn|sáu|bảy|tám|chín|mười|nửa)\s+$",
    re.IGNORECASE,
)
#: "trong năm huyện mở hai lớp" is of a year, "trong năm ngày" of five days.
_IN_BEFORE = re.compile(r"(?:trong|của|vào)\s+$", re.IGNORECASE)
_TIME_AFTER = re.compile(r"\s+(?:ngày|tháng|tuần|buổi|lần|năm)(?!\w)", re.IGNORECASE)
_FIVE_BEFORE = re.compile(
    r"\s+(?:ngày|bài|lớp|năm|tháng|người|đồng chí|đảng viên|chi bộ|nhóm|nội dung|việc|điều|nhiệm vụ|mục|phần|khoản"
    r"|mươi|trăm|nghìn|triệu|đơn vị|huyện|xã|lần|buổi|câu|mức|hình thức|quyền|yếu tố|giải pháp|huyện|tỉnh|nơi|liền)(?!\w)",
    re.IGNORECASE,
)
#: "Hai là …" opens an item, "một số" and "một cách" count nothing.
_COUNTS_NOTHING = re.compile(
    r"\s+(?:là(?=[\s,:])|số|cách|phần(?! (?:hai|ba|tư|năm|mười))|bộ phận|chút|vài|mặt(?= khác)|khi|mực|lòng)(?!\w)",
    re.IGNORECASE,
)
_ORDINAL_BEFORE = re.compile(r"(?:thứ|tháng|khóa|khoá|quý|bài|câu|điều|mục|phần)\s+$", re.IGNORECASE)

_ENGLISH_SMALL: Final = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
}
_ENGLISH_TENS: Final = {
    word: number * 10
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_ENGLISH_WORDS = "|".join([*list(_ENGLISH_SMALL)[1:], *_ENGLISH_TENS])
_ENGLISH = re.compile(
    rf"(?<![\w-])(?:{_ENGLISH_WORDS})(?:(?:[ -]| and )(?:{_ENGLISH_WORDS}|hundred|thousand|million))*(?!\w)",
    re.IGNORECASE,
)
_ENGLISH_UNDER: Final = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "tenth": 10,
}
_ENGLISH_SHARE = re.compile(
    r"(?<!\w)(?P<over>one|two|three|four|a)[ -](?P<under>third|quarter|fourth|fifth|sixth|tenth)s?(?= of|[,.;]|$| the)"
    r"|(?<!\w)half(?= (?:of|the|a)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spelt:
    """A number in words at ``text[start:end]``.

    Attributes:
        share: it is a part of a whole ("hai phần ba").
    """

    start: int
    end: int
    value: Fraction
    share: bool = False


def spelt(text: str, *, english: bool = False) -> list[Spelt]:
    """The numbers in words, in order; ordinals, and "một" that is no more than an article, are none."""
    found = _english(text) if english else _vietnamese(text)
    return sorted(found, key=lambda number: number.start)


def _vietnamese(text: str) -> list[Spelt]:
    found = []
    for match in _SHARE.finditer(text):
        value = (
            Fraction(1, 2)
            if match["half"]
            else Fraction(_DIGITS[match["over"].lower()], _value_of(match["under"].lower()))
        )
        found.append(Spelt(match.start(), match.end(), value, share=True))
    for match in _OUT_OF.finditer(text):
        over, under = (int(n) if n.isdigit() else _value_of(n.lower()) for n in match.group("over", "under"))
        if 0 < over < under:
            found.append(Spelt(match.start(), match.end(), Fraction(over, under), share=True))
    shares = [(number.start, number.end) for number in found]
    at = 0
    while (run := _SPELT.search(text, at)) is not None:
        match = run  # of one type for the rest of the loop
        words = match.group().split()
        length = _length([word.lower() for word in words])
        end = match.start() + len(" ".join(words[:length]))
        at = match.start() + len(words[0])
        if any(start <= match.start() < stop for start, stop in shares):
            continue
        before, after = text[: match.start()], text[end:]
        if _ORDINAL_BEFORE.search(before) or _COUNTS_NOTHING.match(after):
            at = end
            continue
        if words[0].lower() == "năm" and not _is_five(before, text[at:]):
            continue  # a year; what follows it may be a number of its own
        number = _value([word.lower() for word in words[:length]])
        if number is not None:
            found.append(Spelt(match.start(), end, Fraction(number)))
            at = end
    return found


def _is_five(before: str, after: str) -> bool:
    """Whether "năm" is the number, by what stands before and after it."""
    if _YEAR_BEFORE.search(before):
        return False
    if _IN_BEFORE.search(before):
        return _TIME_AFTER.match(after) is not None
    return _FIVE_BEFORE.match(after) is not None


def _value_of(word: str) -> int:
    return 10 if word == "mười" else _DIGITS[word]


def _length(words: list[str]) -> int:
    """How many of the words belong to one number: "hai ba người" are two."""
    for at in range(1, len(words)):
        first, second = words[at - 1], words[at]
        if second == "năm" and first in _DIGITS:
            return at
        if first in _DIGITS and (second in _DIGITS or second == "mười"):
            return at
        if first == "mười" and (second in {"mươi", "mười"}):
            return at
        # "mười năm": ten years rather than fifteen, which is "mười lăm".
        if first == "mười" and second == "năm":
            return at
    return len(words)


def _value(words: list[str]) -> int | None:
    """The value of number words: "ba nghìn một trăm linh năm" → 3105."""
    total = part = digit = 0
    for word in words:
        if word in _DIGITS:
            digit = _DIGITS[word]
        elif word == "mười":
            part, digit = part + 10, 0
        elif word == "mươi":
            part, digit = part + digit * 10, 0
        elif word == "trăm":
            part, digit = part + (digit or 1) * 100, 0
        elif word in _SCALES:
            total, part, digit = total + ((part + digit) or 1) * _SCALES[word], 0, 0
    return (total + part + digit) or None


def _english(text: str) -> list[Spelt]:
    found = []
    for match in _ENGLISH_SHARE.finditer(text):
        if match["under"] is None:
            value = Fraction(1, 2)
        else:
            over = {"a": 1}.get(match["over"].lower()) or _ENGLISH_SMALL[match["over"].lower()]
            value = Fraction(over, _ENGLISH_UNDER[match["under"].lower()])
        found.append(Spelt(match.start(), match.end(), value, share=True))
    shares = [(number.start, number.end) for number in found]
    for match in _ENGLISH.finditer(text):
        if any(start <= match.start() < end for start, end in shares):
            continue
        total = part = 0
        for word in re.split(r"[ -]+", match.group().lower()):
            if word == "hundred":
                part = (part or 1) * 100
            elif word in {"thousand", "million"}:
                total, part = total + (part or 1) * (1000 if word == "thousand" else 10**6), 0
            else:
                part += _ENGLISH_SMALL.get(word, 0) + _ENGLISH_TENS.get(word, 0)
        found.append(Spelt(match.start(), match.end(), Fraction(total + part)))
    return found
