"""Words that say which way: up or down, more or less, before or after, allowed or forbidden."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.unmarked import Pattern

#: Scale → pole → how it is said, Vietnamese and English. A word stands on one pole of one scale.
_SCALES: Final = {
    "change": {
        "up": "dài thêm|dài ra|tăng|nâng|tăng lên|gia tăng|nhiều thêm|mở rộng|bổ sung thêm|increas(?:e|ed|es|ing)|rose|rise|rises|rising|grew|grow|grown|raised?|raising|expand(?:ed|ing)?|went up|widen(?:ed|ing)?",
        "down": "giảm|hạ|sụt|bớt|rút ngắn|thu hẹp|ngắn đi|cắt giảm|decreas(?:e|ed|es|ing)|fell|fall|fallen|falling|drop(?:ped)?|reduc(?:e|ed|es|ing)|lower(?:ed|ing)|declin(?:e|ed|ing)|shrank|shrunk|shrink|narrow(?:ed|ing)?|shorten(?:ed)?|shorter|cut",
    },
    "target": {
        "over": "vượt|vượt quá|vượt mức|exceed(?:ed|s|ing)?|surpass(?:ed|es|ing)?|above target|beyond",
        "met": "đạt|hoàn thành|met|reach(?:ed|es)?|achiev(?:e|ed)|fulfil(?:led)?",
        "under": "không đạt|chưa đạt|chỉ bằng|thấp hơn|không hoàn thành|chưa hoàn thành|thấp so với|hụt|fell short|falls? short|short of|missed|below",
    },
    "compare": {
        "more": "cao hơn|nhiều hơn|đông hơn|lớn hơn|higher|larger|greater|more than|trên mức",
        "less": "thấp hơn|ít hơn|nhỏ hơn|kém hơn|lower|smaller|fewer than|less than|dưới mức",
    },
    "time": {
        "before": "trước|trước khi|before|prior to|ahead of|preceded|earlier",
        "after": "sau|sau khi|after|following|later|since",
    },
    "leave": {
        "may": "được phép|cho phép|được quyền|có quyền|allow(?:ed|s)?|permit(?:ted|s)?|may|are entitled|has the right|have the right",
        "not": "cấm|không được|nghiêm cấm|không có quyền|không cho phép|prohibit(?:ed|s)?|forbid(?:den)?|must not|may not|not allowed|not permitted|banned",
    },
    "bound": {
        "least": "tối thiểu|ít nhất|không dưới|trở lên|chí ít|at least|minimum|no fewer than|no less than|or more|or above|or older",
        "most": "tối đa|nhiều nhất|không quá|trở xuống|at most|maximum|no more than|up to|or fewer|or less|or below|or younger",
    },
    "pace": {
        "fast": "nhanh|nhanh hơn|sớm|kịp thời|faster|quick(?:ly|er)?|fast|sooner|early|promptly",
        "slow": "chậm|chậm hơn|muộn|chậm trễ|slow(?:ly|er)?|late|delayed",
    },
    "ease": {
        "hard": "khó|khó khăn|difficult|hard|harder",
        "easy": "dễ|dễ dàng|thuận lợi|easy|easier|easily",
    },
    "amount": {
        "many": "nhiều|đông|rất lớn|rất đông|phần lớn|phần đông|đa số|phần nhiều|không ít|most|many|majority",
        "few": r"(?:không|chưa|chẳng)(?: (?!nhiều)[^\W\d_]+){0,2} nhiều(?! hơn)|khiêm tốn|ít|thưa|số ít|thiểu số(?! )|phần nhỏ|hiếm|chỉ một số ít|few|minority|rare(?:ly)?|little",
    },
    "join": {
        "in": "kết nạp|gia nhập|admit(?:ted|s)?|admission|recruit(?:ed)?",
        "out": "khai trừ|xóa tên|xoá tên|đưa ra khỏi|expel(?:led)?|expulsion|struck off|removed?",
    },
    "found": {
        "make": "thành lập|lập|mở|establish(?:ed)?|set up|open(?:ed)?|founded",
        "end": "giải thể|giải tán|đóng cửa|xóa bỏ|dissol(?:ve|ved|ution)|clos(?:e|ed)|abolish(?:ed)?",
    },
    "hours": {"in": "trong giờ|during office hours|in office hours", "out": "ngoài giờ|outside office hours"},
    "reach": {
        "up": r"lên(?= (?:tới |đến |mức |thành )?\d)|up to(?= \d)",
        "down": r"xuống(?= (?:còn |mức |tới |đến )?\d)|chỉ còn(?= \d)|down to(?= \d)",
    },
    "stock": {
        "spent": "hết nguồn|cạn nguồn|cạn|cạn kiệt|khan hiếm|thiếu nguồn|run out|ran out|exhausted|scarce",
        "plenty": "dồi dào|phong phú|sẵn nguồn|đủ nguồn|abundant|plentiful|plenty",
    },
    "first": {
        "start": "bắt đầu|đầu|khai mạc|begin(?:s|ning)?|start(?:s|ed|ing)?|early",
        "end": "kết thúc|cuối|bế mạc|end(?:s|ed|ing)?|late|close",
    },
    "tight": {
        "tight": "chặt|chặt chẽ|chặt hơn|siết|tight(?:er|en)?|strict(?:er|ly)?",
        "loose": "lỏng|lỏng hơn|lỏng lẻo|nới lỏng|loose(?:r|n)?|lax|relax(?:ed)?",
    },
    "value": {
        "prize": "đề cao|coi trọng|chú trọng|ưu tiên|priorit(?:y|ise|ize)|prize|emphasis(?:e|es)?",
        "slight": "xem nhẹ|coi nhẹ|xem thường|bỏ qua|neglect(?:ed)?|overlook(?:ed)?",
    },
    "strong": {
        "strong": "mạnh|vững mạnh|sâu sắc|rõ ràng|rõ|strong(?:er)?|clear(?:er|ly)?",
        "weak": "yếu|yếu kém|mờ nhạt|không rõ|weak(?:er)?|unclear",
    },
    "membership": {
        "full": "chính thức|full member(?:s|ship)?|official member(?:s|ship)?|full party members?|official party members?|official(?:ly)?",
        "probation": "dự bị|probation(?:ary)?|candidate member(?:s)?|candidate",
    },
    "sex": {"women": "nữ|phụ nữ|women|female", "men": "nam giới|đàn ông|(?:đảng viên|học viên|là) nam(?! tháng)|\\bmen\\b|\\bmale\\b"},
    "inside": {
        "state": "trong nhà nước|khu vực nhà nước|doanh nghiệp nhà nước|state-owned",
        "private": "ngoài nhà nước|ngoài khu vực nhà nước|khu vực tư nhân|tư nhân|private|non-state",
    },
    "spread": {"gather": "tập trung|concentrated|gathered", "scatter": "phân tán|rải rác|scattered|dispersed|spread out"},
    "side": {"for": "tán thành|đồng ý|ủng hộ|approv(?:e|ed|es|al)|agree(?:d)?|in favou?r|support(?:ed)?", "against": "phản đối|không tán thành|không đồng ý|bác bỏ|oppos(?:e|ed|es|ition)|reject(?:ed)?|against|disagree(?:d)?"},
    "need": {"must": "bắt buộc|bắt buộc phải|required|compulsory|mandatory|obligatory", "free": "tự nguyện|không bắt buộc|tùy ý|voluntar(?:y|ily)|optional"},
    "public": {"open": "công khai|public(?:ly)?|open(?:ly)?", "secret": "bí mật|kín|secret(?:ly)?"},
    "half": {"morning": "buổi sáng|sáng|morning", "evening": "buổi chiều|chiều|afternoon", "night": "buổi tối|tối(?! (?:thiểu|đa))|evening"},
}  # fmt: skip
#: A scale whose words are too common to be missed in what is cited: there only the opposite tells.
STRONG: Final = frozenset({"change", "target", "leave", "bound", "join"})
_NO_BEFORE = re.compile(
    r"(?:không|chưa|chẳng|not|never|khong|chua)\s+(?:phải |được |hề |biết |hiểu |nắm |thấy |be |been |yet )*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Direction:
    """A word at ``text[start:end]`` that stands on one ``pole`` of a ``scale``."""

    start: int
    end: int
    scale: str
    pole: str
    negated: bool = False


def _ways(said: str) -> list[str]:
    """The alternatives of a pattern, those within groups kept together."""
    ways, depth, begin = [], 0, 0
    for at, char in enumerate(said):
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            ways.append(said[begin:at])
            begin = at + 1
    return [*ways, said[begin:]]


def _is_english(way: str) -> bool:
    return way.isascii() and not way.startswith("sau")


@lru_cache(maxsize=2)
def _patterns(english: bool) -> tuple[tuple[str, str, Pattern], ...]:
    rows = []
    for scale, poles in _SCALES.items():
        for pole, said in poles.items():
            ways = [way for way in _ways(said) if _is_english(way) == english]
            if ways:
                joined = "|".join(sorted(ways, key=len, reverse=True))
                rows.append((scale, pole, Pattern(rf"(?<![\w-])(?:{joined})(?![\w-])")))
    return tuple(rows)


#: Phrases in which a word of a scale says nothing of it.
_IDLE: Final = Pattern(
    r"trước (?:tiên|hết|mắt|chi bộ|quần chúng|đây)|sau (?:đây|cùng|đó)|đầu (?:mối|tiên|tư)|đứng đầu|ban đầu|tập trung dân chủ"
    r"|trung thực|tự nguyện|không ngừng|đầu tàu|năm học|xếp loại|theo sau|dưới đây|trên địa bàn|trên cơ sở|đạt chuẩn|phát triển|quý|hoạt động"
    r"|dân tộc thiểu số|ủy ban|nữ công|cao đẳng|nhiều nhất|ít nhất|ít ra"
)


def find_directions(text: str, *, english: bool) -> list[Direction]:
    """The words of direction in ``text``, in order, the longest way of saying it first."""
    idle = [match.span() for match in _IDLE.finditer(text)] if not english else []
    found: list[Direction] = []
    for scale, pole, pattern in _patterns(english):
        for match in pattern.finditer(text):
            if any(start <= match.start() < end for start, end in idle) and scale not in {"bound"}:
                continue
            negated = _NO_BEFORE.search(text[max(0, match.start() - 24) : match.start()]) is not None
            found.append(Direction(match.start(), match.end(), scale, pole, negated))
    kept: list[Direction] = []
    for direction in sorted(found, key=lambda d: (d.start, -(d.end - d.start))):
        if not any(
            other.start <= direction.start < other.end and other.scale == direction.scale for other in kept
        ):
            kept.append(direction)
    return kept
