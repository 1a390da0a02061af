"""Makes ``altered_sentences.tsv``: true sentences, each with one thing in it made wrong.

    python tests/assistant/verification/make_altered.py

The true ones are those written by hand (``true_sentences.tsv``) and sentences of the sample corpus itself. What is
altered is found by plain patterns and word lists of this file's own, so that nothing the verifier knows decides what
it is tested with. The same seed makes the same file.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))
sys.path.insert(0, str(Path(__file__).parent))

import itertools

from corpus import HERE, KEYS, corpus_sentences, is_held, passages, read_true

SEED = 20261125
#: So many of each kind, at most.
MOST = 240

_DATE = re.compile(
    r"\d{1,2}[/-]\d{1,2}[/-](?:19|20)\d\d|\d{1,2} tháng \d{1,2}(?: năm (?:19|20)\d\d)?|tháng \d{1,2}[/-](?:19|20)\d\d"
    r"|tháng \d{1,2} năm (?:19|20)\d\d|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) (?:19|20)\d\d"
    r"|(?:January|February|May|June|August|September|October|November) \d{1,2}, (?:19|20)\d\d|(?<![\d/.,-])(?:19|20)\d\d(?![\d/.,]\d|-\d)"
)
_NUMBER = re.compile(
    r"(?<![\w/.,])\d{1,4}(?:/(?:19|20)\d\d)?-[A-ZĐ]{2,3}/[A-ZĐ]{2,3}|(?:Chỉ thị|Quy định|Nghị quyết|Directive) \d{2,3}(?![\w/-])"
)
_FIGURE = re.compile(
    r"(?<![\w/.,-])\d{1,3}(?:[.,]\d{3})+(?![\d/])|(?<![\w/.,-])\d+(?:[.,]\d+)?(?=%| |,|;|\.|\)|-question|km|$)(?![/.,]\d)"
)
_MONTHS = "January February March April May June July August September October November December".split()
_PEOPLE = (
    "Trần Hồng Quảng",
    "Nguyễn Hoàng Long",
    "Đào Hồng Lan",
    "Nguyễn Ái Quốc",
    "Tran Hong Quang",
    "Nguyen Hoang Long",
    "Dao Hong Lan",
    "Nguyen Ai Quoc",
)
_OTHER_PEOPLE = (
    "Lê Văn Thành",
    "Phạm Thị Hương",
    "Trần Hồng Quân",
    "Nguyễn Hoàng Lâm",
    "Đào Hồng Liên",
    "Vũ Đình Thảo",
    "Nguyễn Văn Long",
    "Đặng Hồng Quảng",
)
_OTHER_PEOPLE_PLAIN = (
    "Le Van Thanh",
    "Pham Thi Huong",
    "Tran Hong Quan",
    "Nguyen Hoang Lam",
    "Dao Hong Lien",
    "Vu Dinh Thao",
)
_PLACES = (
    "Bắc Ninh", "Hà Tĩnh", "Điện Biên Phủ", "Điện Biên", "Mường Nhé", "Tuần Giáo", "Mường Chà", "Tủa Chùa", "Thôn Đông", "Thôn Đoài",
    "Bac Ninh", "Ha Tinh", "Dien Bien", "Muong Nhe",
)  # fmt: skip
_OTHER_PLACES = {
    "Bắc Ninh": ("Sơn La", "Hà Tĩnh", "Bắc Giang"), "Hà Tĩnh": ("Nghệ An", "Bắc Ninh", "Hà Nam"), "Điện Biên Phủ": ("Sơn La", "Lai Châu"),
    "Điện Biên": ("Lai Châu", "Bắc Ninh", "Sơn La"), "Mường Nhé": ("Mường Lay", "Tuần Giáo", "Nậm Pồ"), "Tuần Giáo": ("Mường Ảng", "Mường Nhé"),
    "Mường Chà": ("Mường Ảng", "Nậm Pồ"), "Tủa Chùa": ("Điện Biên Đông", "Mường Ảng"), "Thôn Đông": ("Thôn Đoài", "Thôn Nam"),
    "Thôn Đoài": ("Thôn Đông", "Thôn Bắc"), "Bac Ninh": ("Son La", "Ha Tinh"), "Ha Tinh": ("Nghe An", "Bac Ninh"), "Dien Bien": ("Lai Chau", "Son La"),
    "Muong Nhe": ("Muong Lay", "Tuan Giao"),
}  # fmt: skip
_BODIES = {
    "Ban Bí thư": ("Bộ Chính trị", "Ban Chấp hành Trung ương"), "Bộ Chính trị": ("Ban Bí thư", "Chính phủ"),
    "Ban Chấp hành Trung ương": ("Bộ Chính trị", "Ban Bí thư"), "Ban Thường vụ": ("Ban Chấp hành", "Ban Tổ chức"),
    "Ban Tổ chức": ("Ban Tuyên giáo", "Ủy ban Kiểm tra"), "Secretariat": ("Politburo", "Government"), "Politburo": ("Secretariat", "National Assembly"),
    "Phó Bí thư Thường trực": ("Bí thư", "Chủ tịch"), "Standing Deputy Secretary": ("Chairman", "Director"), "Ban Xây dựng Đảng": ("Ban Tổ chức", "Ban Dân vận"),
}  # fmt: skip
_UNITS = {
    "đảng viên": ("chi bộ", "đoàn viên", "doanh nghiệp"), "chi bộ": ("đảng viên", "đảng bộ"), "đảng bộ": ("chi bộ", "đảng viên"),
    "tổ chức cơ sở đảng": ("đảng viên", "doanh nghiệp"), "học viên": ("đảng viên", "giảng viên"), "quần chúng": ("đảng viên", "chi bộ"),
    "lớp": ("buổi", "chi bộ"), "ngày": ("tháng", "tuần"), "tháng": ("năm", "ngày"), "triệu đồng": ("tỷ đồng", "nghìn đồng"), "tuổi": ("tháng", "năm"),
    "câu": ("điểm", "bài"), "điều": ("chương", "khoản"), "chương": ("điều", "phần"), "người": ("chi bộ", "doanh nghiệp", "lớp"), "tổ chức đảng": ("doanh nghiệp", "đảng viên"),
    "party members": ("cells", "party organizations"), "cells": ("party members", "villages"), "chapters": ("articles", "questions"), "articles": ("chapters", "cells"),
    "people": ("cells", "enterprises"), "million dong": ("billion dong", "thousand dong"), "days": ("months", "weeks"), "months": ("years", "days"), "learners": ("cells", "days"),
    "members": ("cells", "classes"), "grassroots party organizations": ("party members", "enterprises"), "đơn vị": ("đảng viên",), "nơi": ("đảng viên", "lớp"),
    "điểm": ("câu", "bài"), "huyện": ("xã", "đảng viên"), "quyền": ("nhiệm vụ",), "nhiệm vụ": ("quyền",),
}  # fmt: skip
_DIRECTIONS = (
    ("tăng", "giảm"), ("giảm", "tăng"), ("vượt", "chưa đạt"), ("vượt", "thấp hơn"), ("tối thiểu", "tối đa"), ("ít nhất", "nhiều nhất"), ("không quá", "tối thiểu"),
    ("trở lên", "trở xuống"), ("trước ngày", "sau ngày"), ("dưới 30", "trên 30"), ("trên 60", "dưới 60"), ("cao hơn", "thấp hơn"), ("cao nhất", "thấp nhất"), ("hơn 600", "gần 600"),
    ("không nơi nào được", "mọi nơi đều được"), ("chậm", "nhanh"), ("phần lớn", "số ít"), ("Phần đông", "Số ít"), ("(?<!được )(?<!bị )thay thế(?! bởi)(?! bằng)", "được thay thế bởi"),
    ("nâng cao", "hạ thấp"), ("chặt hơn", "lỏng hơn"), ("trước khi", "sau khi"), ("từ 3 tháng trở lên", "dưới 3 tháng"), ("khai trừ", "kết nạp"), ("exceeding", "falling short of"),
    ("rose", "fell"), ("at least", "at most"), ("more than", "fewer than"), ("Nearly", "Over"), ("highest", "lowest"), ("or more", "or fewer"), ("expelled", "admitted"),
    ("increase", "decrease"), ("gần 1,37", "hơn 1,37"), ("hết nguồn", "dồi dào nguồn"), ("khó đánh giá", "dễ đánh giá"), ("đề cao", "xem nhẹ"), ("chính thức", "dự bị"),
    ("trong giờ hành chính", "ngoài giờ hành chính"), ("buổi tối", "buổi sáng"), ("nhiều hơn", "ít hơn"), ("ngắn đi", "dài thêm"), ("Trước khi", "Sau khi"), ("was replaced by", "replaces"),
    ("replaces", "was replaced by"), ("shortened", "extended"), ("official members", "probationary members"), ("(?<!phụ )nữ", "nam giới"), ("women", "men"), ("đạt từ", "dưới"),
    ("mỗi năm kết nạp từ", "mỗi năm kết nạp dưới"), ("mở rộng", "thu hẹp"), ("xem nhẹ", "coi trọng"), ("lên 23.134", "xuống 23.134"), ("có thể", "không thể"), ("được lập", "bị giải thể"),
)  # fmt: skip
_NEGATED = re.compile(
    r"(?<!\w)(?:không phải|không được|không có|chưa được|chưa có|không|chưa)\s(?!ít\b|chỉ\b|ngừng\b|những\b|quá\b|thể thiếu)"
)
_VERBS = re.compile(
    r"(?<!\w)(?:kết nạp|ban hành|thay thế|quản lý|giới thiệu|xem xét|thông qua|tổ chức|chủ trì|yêu cầu|kiến nghị|đề nghị|phối hợp|phân công|áp dụng|phấn đấu|giao chỉ tiêu|đăng ký"
    r"|tính từ|kéo dài|khai trừ|xóa tên|báo cáo|gửi báo cáo|lập danh sách|mở \d|rộng|đọc lời thề|học năm bài|viết bài|dùng nó|giữ được)(?!\w)"
)
_ENGLISH_NOT = re.compile(r"\b(is|are|was|were|has|have|may|must|had)(?= (?!not\b|no\b|yet\b))\b")
_QUOTABLE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){4,8}")
_WORDS = "nhanh chóng,thực chất,toàn diện,sâu rộng,khẩn trương,quyết liệt,thường xuyên,bền vững".split(",")

Sentence = tuple[str, tuple[str, ...]]


def _replaced(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _digit(rng: random.Random, written: str, *, first: bool = True) -> str:
    places = [at for at, char in enumerate(written) if char.isdigit()]
    at = rng.choice(places)
    choices = [
        d
        for d in "0123456789"
        if d != written[at] and not (d == "0" and (at == 0 or written[:at].strip("0") == ""))
    ]
    return written[:at] + rng.choice(choices) + written[at + 1 :]


def _free(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Matches outside of dates, document numbers and markers, and such as name a thing ("Điều 8")."""
    taken = [m.span() for p in (_DATE, _NUMBER) for m in p.finditer(text)]
    taken += [m.span() for m in re.finditer(r"\[\d+\]|(?:20\d\d\s?-\s?20\d\d)|\d+/\d+/\d+", text)]
    naming = re.compile(
        r"(?:Điều|khoản|bài|Bài|Câu|Trung ương|Chỉ thị|Quy định|Nghị quyết|số|Article|Directive|tháng|ngày|September|August|May|\d{4} -|From|from) $"
    )
    return [
        m
        for m in pattern.finditer(text)
        if not any(s < m.end() and m.start() < e for s, e in taken) and not naming.search(text[: m.start()])
    ]


def digit(rng: random.Random, text: str) -> Iterator[str]:
    for match in _free(_FIGURE, text):
        if re.fullmatch(r"\W*", text[: match.start()]):
            continue  # the number of an item
        yield _replaced(text, match, _digit(rng, match.group()))


def date(rng: random.Random, text: str) -> Iterator[str]:
    for match in _DATE.finditer(text):
        if any(n.start() <= match.start() < n.end() for n in _NUMBER.finditer(text)):
            continue
        parts = list(re.finditer(r"\d+|[A-Z][a-z]+", match.group()))
        part = rng.choice(parts)
        if part.group() in _MONTHS:
            new = rng.choice([m for m in _MONTHS if m != part.group()])
        elif len(part.group()) == 4:
            new = str(int(part.group()) + rng.choice([-3, -2, -1, 1, 2, 3]))
        else:
            most = (
                12
                if (len(parts) > 1 and part is parts[1]) or "tháng" in match.group()[: part.start()]
                else 28
            )
            new = str(rng.choice([n for n in range(1, most + 1) if n != int(part.group())]))
            new = new.zfill(len(part.group()))
        yield _replaced(text, match, match.group()[: part.start()] + new + match.group()[part.end() :])


def document_number(rng: random.Random, text: str) -> Iterator[str]:
    for match in _NUMBER.finditer(text):
        written = match.group()
        serial = re.search(r"\d+", written)
        assert serial is not None
        way = rng.random()
        code = re.search(r"-(CT|QĐ|NQ|HD|KL|KH)/", written)
        if way < 0.6 or code is None:
            changed = _digit(rng, serial.group())
            if int(changed) == int(serial.group()):
                continue
            yield _replaced(text, match, written[: serial.start()] + changed + written[serial.end() :])
        elif way < 0.8:
            other = rng.choice([c for c in ("CT", "QĐ", "NQ", "HD", "KL", "KH") if c != code[1]])
            yield _replaced(text, match, written.replace(f"-{code[1]}/", f"-{other}/"))
        else:
            tail = written.rsplit("/", 1)[1]
            yield _replaced(text, match, written.rsplit("/", 1)[0] + "/" + ("TU" if tail == "TW" else "TW"))


def person(rng: random.Random, text: str) -> Iterator[str]:
    for name in _PEOPLE:
        for match in re.finditer(name, text):
            others = _OTHER_PEOPLE_PLAIN if name.isascii() else _OTHER_PEOPLE
            for other in rng.sample([other for other in others if other != name], 4):
                yield _replaced(text, match, other)


def body(rng: random.Random, text: str) -> Iterator[str]:
    for name, others in _BODIES.items():
        for match in re.finditer(rf"(?<!\w){name}(?!\w)", text):
            for other in others:
                yield _replaced(text, match, other)


def place(rng: random.Random, text: str) -> Iterator[str]:
    for name in _PLACES:
        for match in re.finditer(rf"{name}(?! Phủ)(?!\w)", text):
            for other in _OTHER_PLACES[name][:2]:
                yield _replaced(text, match, other)
    for old, new in (
        ("thành phố Bắc Ninh", "tỉnh Bắc Ninh"),
        ("tỉnh Bắc Ninh", "thành phố Bắc Ninh"),
        ("Thành phố Bắc Ninh", "Tỉnh Bắc Ninh"),
    ):
        for match in re.finditer(old, text):
            yield _replaced(text, match, new)


def _exchanged(text: str, first: re.Match[str], second: re.Match[str]) -> str:
    """``text`` with the one in the other's place."""
    between = text[first.end() : second.start()]
    return f"{text[: first.start()]}{second.group()}{between}{first.group()}{text[second.end() :]}"


def swapped_places(rng: random.Random, text: str) -> Iterator[str]:
    found = list(re.finditer("|".join(sorted(_PLACES, key=len, reverse=True)), text))
    for first, second in itertools.pairwise(found):
        between = text[first.end() : second.start()]
        if first.group() != second.group() and re.search(r"\d|dùng|đặt|nêu", between):
            yield _exchanged(text, first, second)


def unit(rng: random.Random, text: str) -> Iterator[str]:
    number = r"(?:\d+(?:[.,]\d+)?|hai|ba|bốn|năm|chín|mười hai|mười tám|twelve|two|three|four|nine|five)"
    for name, others in _UNITS.items():
        for match in re.finditer(
            rf"(?<![\w/.-])(?P<n>{number}) (?P<u>{name})(?![\w])(?! (?:cơ sở|năm|\d))", text
        ):
            if name in {"ngày", "tháng", "điều", "điểm"} and re.match(r" \d", text[match.end() :]):
                continue
            yield text[: match.start("u")] + rng.choice(others) + text[match.end("u") :]


def negation(rng: random.Random, text: str) -> Iterator[str]:
    for match in _NEGATED.finditer(text):
        word = match.group().strip()
        new = {
            "không được": "được",
            "không có": "có",
            "chưa được": "đã được",
            "chưa có": "đã có",
            "chưa": "đã",
            "không phải": "phải",
        }.get(word, "")
        changed = text[: match.start()] + (new + " " if new else "") + text[match.end() :]
        yield changed[:1].upper() + changed[1:]
    for match in _VERBS.finditer(text):
        if (
            re.search(
                r"(?:không|chưa|được|phải|bị|việc|khi|để|các|chỉ tiêu|công tác|nguồn|mức|kế hoạch|từ|ban|của|về|lệ) $|^$",
                text[: match.start()],
            )
            is None
        ):
            yield text[: match.start()] + rng.choice(["không ", "chưa "]) + text[match.start() :]
    for match in _ENGLISH_NOT.finditer(text) if not re.search(r" (?:not|no)\b", text) else ():
        yield text[: match.end()] + " not" + text[match.end() :]
    for old, new in (
        (" not ", " "),
        ("have no right", "have the right"),
        ("There was no", "There was a"),
        ("No place may", "Any place may"),
    ):
        if old in text:
            yield text.replace(old, new, 1)


def direction(rng: random.Random, text: str) -> Iterator[str]:
    for old, new in _DIRECTIONS:
        for match in re.finditer(rf"(?<!\w){old}(?!\w)", text):
            if old in {"tăng", "giảm"} and re.match(r" cường| sút", text[match.end() :]):
                continue
            yield _replaced(text, match, new)


def swapped_figures(rng: random.Random, text: str) -> Iterator[str]:
    found = _free(_FIGURE, text)
    for first, second in itertools.pairwise(found):
        percent = [text[m.end() : m.end() + 1] == "%" for m in (first, second)]
        if first.group() != second.group() and percent[0] == percent[1]:
            yield _exchanged(text, first, second)


def swapped_dates(rng: random.Random, text: str) -> Iterator[str]:
    found = list(re.finditer(r"\d{1,2}/\d{1,2}/\d{4}|\d{1,2} [A-Z][a-z]+ \d{4}", text))
    for first, second in itertools.pairwise(found):
        if first.group() != second.group():
            yield _exchanged(text, first, second)


def swapped_numbers(rng: random.Random, text: str) -> Iterator[str]:
    found = list(re.finditer(r"(?<![\w/.,])\d{1,4}-[A-ZĐ]{2,3}/[A-ZĐ]{2,3}", text))
    for first, second in itertools.pairwise(found):
        if first.group() != second.group():
            yield _exchanged(text, first, second)


def quotation(rng: random.Random, text: str) -> Iterator[str]:
    for match in list(_QUOTABLE.finditer(text))[:1]:
        words = match.group().split()
        at = rng.randrange(1, len(words) - 1)
        if rng.random() < 0.5:
            words[at] = rng.choice(_WORDS)
        else:
            words.insert(at, rng.choice(_WORDS))
        yield _replaced(text, match, f"“{' '.join(words)}”")


def addition(rng: random.Random, text: str) -> Iterator[str]:
    tails = (
        ", qua đó góp phần nâng cao đời sống vật chất và tinh thần của đồng bào miền biển",
        ", được Thủ tướng tặng bằng khen vì thành tích xuất sắc",
        ", trong khi xuất khẩu nông sản của địa phương tiếp tục khởi sắc",
        ", nhờ ứng dụng trí tuệ nhân tạo vào quản lý hồ sơ",
    )
    if not re.search(r"\b(?:the|of|and)\b", text):
        yield re.sub(r"\.?( ?\[)", rf"{rng.choice(tails)}.\1", text, count=1)


ALTERATIONS: dict[str, Callable[[random.Random, str], Iterator[str]]] = {
    "digit": digit,
    "date": date,
    "document number": document_number,
    "person": person,
    "body": body,
    "place": place,
    "swapped places": swapped_places,
    "unit": unit,
    "negation": negation,
    "direction": direction,
    "swapped figures": swapped_figures,
    "swapped dates": swapped_dates,
    "swapped numbers": swapped_numbers,
    "quotation": quotation,
    "addition": addition,
}


def wrong_marker(rng: random.Random, sentence: Sentence) -> Iterator[Sentence]:
    """The sentence with the marker of a passage of another document, or of none."""
    text, ids = sentence
    if len(ids) > 1:
        return
    if rng.random() < 0.15:
        yield text.replace("[1]", "[4]"), ids
        return
    own = passages()[ids[0]].document_id
    # Two documents of the corpus speak of one directive, and two of one charter: what the one says the other may too.
    kin = {KEYS["c28"], KEYS["st"], KEYS["hd"], KEYS["qt"], KEYS["k24"], KEYS["k25"], KEYS["bang"]}
    others = [
        p.id
        for p in passages().values()
        if p.document_id != own and not (own in kin and p.document_id in kin) and len(p.text) > 200
    ]
    yield text, (rng.choice(others),)


def altered() -> list[tuple[str, bool, tuple[str, ...], str]]:
    """Kind, half, passages and text of every altered sentence."""
    by_hand, own = read_true(), corpus_sentences()
    found: list[tuple[str, bool, tuple[str, ...], str]] = []
    for kind, alter in ALTERATIONS.items():
        rng = random.Random(f"{SEED} {kind}")
        made = [
            (kind, is_held(text), ids, new)
            for text, ids in (*by_hand, *own)
            for new in alter(rng, text)
            if new != text
        ]
        rng.shuffle(made)
        found += sorted(made[:MOST], key=lambda row: row[3])
    rng = random.Random(f"{SEED} marker")
    made = [
        ("wrong marker", is_held(text), ids, new)
        for text, own_ids in (*by_hand, *own)
        for new, ids in wrong_marker(rng, (text, own_ids))
    ]
    rng.shuffle(made)
    return found + sorted(made[:MOST], key=lambda row: row[3])


def lines() -> str:
    """The file of altered sentences."""
    found = [
        "# Made by make_altered.py from the sample corpus and true_sentences.tsv: each sentence says one thing that is wrong.",
        "# What was altered, the half it is of, the passages that markers 1, 2 … stand for, the sentence.",
    ]
    found += [
        "\t".join((kind, "held" if half else "dev", " ".join(ids), text))
        for kind, half, ids, text in altered()
    ]
    return "\n".join(found)


def main() -> None:
    (HERE / "altered_sentences.tsv").write_text(f"{lines()}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
