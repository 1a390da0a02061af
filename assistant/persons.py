"""Names of people in a sentence, told from places and phrases that are written alike."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.phrases import UPPER
from ingest.places import gazetteer

_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đinh|Diệp|Trương|Lâm|Mai|Tô|Hà|Tạ|Cao"
    "|Lương|Vương|Trịnh|Thái|Quách|Chu|Châu|Tăng|Kiều|La|Lò|Giàng|Vàng|Sùng|Hầu|Thào|Mùa|Nông|Triệu|Bế|Đoàn|Thân|Nghiêm"
    "|Phùng|Tống|Văn|Lục|Điểu|Lưu|Khuất|Bạch|Ông|Cù|Đàm|Doãn|Hứa|Mạc|Quàng|Tòng|Cầm|Lường|Rơ|Ksor|Siu|Kpă|Y|Ngân|Ma|Lù|Thạch|Sơn|Kim|Từ|Uông|Viên"
)
_PERSON = re.compile(rf"(?<![\w])(?:{_SURNAMES})(?: [{UPPER}][^\W\d_]+){{1,3}}(?![\w])")
#: A person by title and name; without a title a surname tells a person.
_TITLED = re.compile(
    rf"(?<!\w)(?i:ông|bà|anh|chị|đồng chí|đ/c|mr\.?|ms\.?|mrs\.?|comrade) ([{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{1,4}})"
)
_OF_A_UNIT = (
    r"(?i:chi bộ|đảng bộ|đảng ủy|đảng uỷ|thôn|bản|ấp|xã|phường|thị trấn|huyện|quận|tỉnh|thành phố|tdp|tổ dân phố|khu phố"
    r"|trường|đường|phố|cầu|sông|núi|công ty|bệnh viện|thpt|thcs|tiểu học|mang tên|giải thưởng)"
)
_NO_NAMES = frozenset({"Văn Phòng", "Kim Ngạch", "Văn Hóa", "Thái Lan", "Mai Châu"})


def placed(name: str) -> list[str]:
    """Pairs of a name's words that are a place, or begin a common phrase in title case."""
    words_of = name.split()
    pairs = [f"{first} {second}" for first, second in pairwise(words_of)]
    return [pair for pair in pairs if pair in gazetteer().ranks or pair in _NO_NAMES]


def persons(sentence: str) -> list[str]:
    """Names of people: a Vietnamese surname with one to three given names, no known place."""
    found = []
    for match in _PERSON.finditer(sentence):
        name = match.group()
        if name != "Hồ Chí Minh" and not any(known in name for known in placed(name)):
            found.append(name)
    return found


def people_named(text: str, language: str) -> list[str]:
    """People by title, and in Vietnamese by surname, unless the name is that of a body or a place."""
    named = [match[1] for match in _TITLED.finditer(text)]
    if language == "vi":
        named += [name for name in persons(text) if not re.search(rf"{_OF_A_UNIT} {re.escape(name)}", text)]
    return list(dict.fromkeys(named))


def surnamed(text: str) -> list[str]:
    """Names with a surname, even where a place is called alike; for texts that can only mean people."""
    return [match.group() for match in _PERSON.finditer(text)]
