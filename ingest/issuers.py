"""Names of issuing bodies: recognising them in a letterhead and writing them in ordinary case.

Letterheads are typed in capitals, and text repaired from legacy fonts often has them in small letters;
a document's issuer is kept the way a sentence would name it: "Ban Tổ chức Tỉnh ủy Bắc Ninh".
"""

from __future__ import annotations

import re
from typing import Final

from ingest.places import Rank, gazetteer, one_tone_style

#: Words with which the name of an issuing body begins, lower case, tone marks in one style.
_HEADS: Final = (
    "ban chấp hành|ban bí thư|bộ chính trị|ban thường vụ|ban tổ chức|ban tuyên giáo|ban dân vận|"
    "ban nội chính|ban kinh tế|ban chỉ đạo|ban cán sự|ban quản lý|ban công tác|ban xây dựng|"
    "ban đối ngoại|ban chính sách|ban cơ yếu|ban tôn giáo|ban dân tộc|ban thi đua|ủy ban|tỉnh ủy|"
    "thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|đảng bộ|đảng đoàn|chi bộ|quân ủy|văn phòng|hội đồng|"
    "quốc hội|chính phủ|thủ tướng|chủ tịch nước|tòa án|viện|tổng cục|cục|chi cục|sở|phòng|tỉnh đoàn|"
    "thành đoàn|huyện đoàn|trung ương đoàn|đoàn|mặt trận|liên đoàn|tổng liên đoàn|hội|liên hiệp|trường|"
    "học viện|đại học|trung tâm|ngân hàng|kiểm toán|thanh tra|tổng công ty|tập đoàn|công ty|báo|tạp chí|"
    "đài|thông tấn xã|hđnd|ubnd|ubmttq|bộ(?! trưởng)|liên bộ"
)
_HEAD: Final = re.compile(rf"(?:{_HEADS})(?![^\W\d_])")

#: Bodies of a committee, named in full only together with it.
_SUB_BODY: Final = re.compile(r"(?:ban|văn phòng|ủy ban kiểm tra|đảng đoàn|trung tâm chính trị)\b")
_PARENT: Final = re.compile(r"(?:tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy)\b")

#: Bodies of the centre: their documents are about the country unless the title says otherwise.
_CENTRAL: Final = re.compile(
    r"^(?:ban bí thư|bộ chính trị|quốc hội|chính phủ|thủ tướng|chủ tịch nước|bộ (?!chỉ huy))"
    r"|trung ương|^ngân hàng nhà nước|^tòa án nhân dân tối cao|^viện kiểm sát nhân dân tối cao"
)

_PROPER: Final = (
    "Đảng Cộng sản Việt Nam|Việt Nam|Trung ương|Đảng|Nhà nước|Quốc hội|Chính phủ|Thủ tướng|Chủ tịch nước|"
    "Chủ tịch Hồ Chí Minh|Hồ Chí Minh|Mặt trận Tổ quốc|Tổ quốc|Ban Bí thư|Bộ Chính trị|Ban Chấp hành|"
    "Ban Thường vụ|Ban Tổ chức|Ban Tuyên giáo và Dân vận|Ban Tuyên giáo|Ban Dân vận|Ban Nội chính|"
    "Ban Kinh tế|Ban Chỉ đạo|Ban Chính sách, chiến lược|Ủy ban Kiểm tra|Ủy ban nhân dân|Ủy ban Mặt trận|"
    "Hội đồng nhân dân|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy|Đảng ủy Khối|Đảng ủy|Đảng bộ|Quân ủy|"
    "Bộ Tài chính|Bộ Nội vụ|Bộ Công an|Bộ Quốc phòng|Bộ Ngoại giao|Bộ Tư pháp|Bộ Y tế|Bộ Xây dựng|"
    "Bộ Công Thương|Bộ Giáo dục và Đào tạo|Bộ Khoa học và Công nghệ|Bộ Nông nghiệp và Môi trường|"
    "Bộ Nông nghiệp và Phát triển nông thôn|Bộ Văn hóa, Thể thao và Du lịch|Bộ Kế hoạch và Đầu tư|"
    "Bộ Giao thông vận tải|Bộ Tài nguyên và Môi trường|Bộ Dân tộc và Tôn giáo|"
    "Bộ Thông tin và Truyền thông|Bộ Lao động - Thương binh và Xã hội|Tổng cục Thuế|Tổng cục Hải quan|"
    "Sở Nội vụ|Sở Tài chính|Sở Giáo dục và Đào tạo|Điều lệ Đảng|Đại hội|TNCS|Bộ trưởng|Thống đốc"
)
_PROPER_FORMS: Final = sorted(_PROPER.split("|"), key=len, reverse=True)
#: "đảng viên", "đảng phí" are common words.
_WORD_ENDS: Final = r"(?![^\W\d_])(?!\s(?:viên|phí|tịch)(?![^\W\d_]))"
_SMALL_UNIT: Final = re.compile(
    r"\b(?:huyện(?: ủy)?|thị xã|xã|phường|quận(?: ủy)?|thị trấn|thị ủy)\s+(.+)$", re.IGNORECASE
)


def is_issuer(cell: str) -> bool:
    """Whether a cell of a letterhead begins like the name of an issuing body."""
    return _HEAD.match(one_tone_style(cell).lower().strip()) is not None


def is_central(issuer: str) -> bool:
    """Whether an issuer is a body of the whole country."""
    name = one_tone_style(issuer).lower().strip()
    return _CENTRAL.search(name) is not None and not _PARENT.search(name)


def official_name(lines: list[str]) -> str | None:
    """The issuer from the names in a letterhead, superior first: the last, with the committee it serves."""
    names = [_name_case(line.strip(" *-–_.:")) for line in lines if line.strip(" *-–_.:")]
    if not names:
        return None
    own = names[-1]
    if len(names) > 1 and _SUB_BODY.match(one_tone_style(own).lower()) and " ủy" not in own.lower():
        parent = names[-2]
        if _PARENT.match(one_tone_style(parent).lower()) and "trung ương" not in own.lower():
            return f"{own} {parent}"
    return own


def _name_case(line: str) -> str:
    # Fonts of capital letters leave "Bộ tài chính" behind: one capital, then none.
    return ordinary_case(line.lower() if line[1:].islower() else line)


def ordinary_case(text: str, *, starts_sentence: bool = True) -> str:
    """``text`` typed all in capitals or all in small letters, as a sentence would have it.

    Other text is returned unchanged but for its blanks. Names of places and of bodies get their capitals
    back; ordinary words stay small.
    """
    text = re.sub(r"\s+", " ", text).strip()
    letters = [c for c in text if c.isalpha()]
    if not letters or not (all(c.isupper() for c in letters) or all(c.islower() for c in letters)):
        return text
    out = text.lower()
    out = _SMALL_UNIT.sub(lambda m: m.group()[: m.start(1) - m.start()] + m.group(1).title(), out)
    plain = one_tone_style(out)
    for form in [*_PROPER_FORMS, *_place_names()]:
        target = one_tone_style(form)
        for match in re.finditer(rf"(?<![^\W\d_]){re.escape(target.lower())}{_WORD_ENDS}", plain.lower()):
            kept = "".join(
                c.upper() if t.isupper() else c
                for c, t in zip(out[match.start() : match.end()], target, strict=True)
            )
            out = out[: match.start()] + kept + out[match.end() :]
    return out[:1].upper() + out[1:] if starts_sentence else out


def _place_names() -> list[str]:
    # A word of one syllable, and "peace", are common words far more often than places.
    gaz = gazetteer()
    return [
        n
        for n in gaz.ranks
        if (" " in n and n != "Hòa Bình" and Rank.PROVINCE in gaz.ranks[n]) or n == "Hồ Chí Minh"
    ]
