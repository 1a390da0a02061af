"""Words, figures and dates of Vietnamese text, read in the plainest way that serves a check."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*%?|\w+")
_NUMBER = re.compile(
    r"(?<![\w.,])(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?P<part>[.,]\d+)?(?P<percent>\s?(?:%|phần trăm))?"
    r"(?:\s+(?P<scale>nghìn|ngàn|triệu|tỷ|tỉ|vạn)\b)?",
    re.IGNORECASE,
)
#: Before a number that counts nothing but names: "Điều 2", "số 24-QĐ/TW".
_NAMING = re.compile(
    r"\b(?:điều|khoản|mục|chương|thứ|(?<!vũ )trang|phụ lục"
    r"|(?:quyết|định|thị|luận|dẫn|hoạch|báo|tư|văn|lệnh|lệ) số)\s+$",
    re.IGNORECASE,
)
#: What such numbers name, and the codes of documents: "Điều 2", "24-QĐ/TW".
_NAMED = re.compile(r"\b(điều|khoản|chương)\s+(\d+|[IVX]+)\b", re.IGNORECASE)
_CODE = re.compile(r"(?<![\w/])(\d+)\s?[-–/]\s?([A-ZĐ]{2,}(?:[-/][A-ZĐ]+)*)")
#: What follows "năm" where it is five and no year.
_COUNTED = re.compile(
    r"\s+(?:ngày|tháng|tuần|giờ|phút|buổi|bài|lớp|người|đảng|chi|điều|nhiệm|nội|bước|xã|huyện|tỉnh)\b"
)
#: The number of a line in a list: "2. ", "3) ".
_LISTED = re.compile(r"\s*\d{1,2}[.)]\s+")
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_DATES = (
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[/.\-](?P<m>\d{1,2})[/.\-](?P<y>\d{4})(?!\d)"),
    re.compile(r"\b(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})(?:\s*(?:,|năm|[/\-])\s*(?P<y>\d{4}))?\b", re.I),
    re.compile(r"\btháng\s+(?P<m>\d{1,2})\s*(?:năm|[/.\-])\s*(?P<y>\d{4})\b", re.I),
    re.compile(r"(?<![\d/.\-])(?P<m>\d{1,2})\s?[/\-]\s?(?P<y>(?:18|19|20)\d\d)(?!\d)"),
    re.compile(r"(?<![\d/.,\-])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/])"),
    re.compile(r"(?<![\d/.,])(?P<y>(?:18|19|20)\d\d)(?![\d.,]\d|\d|%)"),
)
_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5,
    "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
STOP = frozenset(
    """và của là các có được cho trong với những này đó khi thì mà ở tại về từ đến đã đang sẽ ra vào theo
    do bởi nào gì bao nhiêu ai đâu sao thế mấy hay hoặc sau đây trên dưới không phải đúng sai một người ngày
    tháng năm số là bao lâu như để cũng rằng hãy chọn nêu
    the of in a an and to is was were which what how many""".split()
)


@dataclass(frozen=True)
class Date:
    year: int | None = None
    month: int | None = None
    day: int | None = None

    def within(self, other: Date) -> bool:
        """All that this one says, the other says too."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine is None or mine == theirs for mine, theirs in pairs)

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.year or 0, self.month or 0, self.day or 0)


@dataclass(frozen=True)
class Figure:
    value: Fraction
    percent: bool
    start: int
    end: int


@lru_cache(maxsize=200_000)
def plain(text: str) -> str:
    """Composed, in small letters, its white space as single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


@lru_cache(maxsize=200_000)
def tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(plain(text)))


@lru_cache(maxsize=200_000)
def content(text: str) -> frozenset[str]:
    """Words that say what a text is about: no figures, no words of grammar."""
    return frozenset(t for t in tokens(text) if t not in STOP and not t[0].isdigit())


@lru_cache(maxsize=200_000)
def dates(text: str) -> tuple[tuple[Date, int, int], ...]:
    """Dates with their places, each character read once, the fullest form first."""
    taken: list[tuple[Date, int, int]] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for _, start, end in taken):
                continue
            parts = {name: int(value) for name, value in match.groupdict().items() if value}
            if not 1 <= parts.get("m", 1) <= 12 or not 1 <= parts.get("d", 1) <= 31:
                continue
            taken.append((Date(parts.get("y"), parts.get("m"), parts.get("d")), *match.span()))
    return tuple(sorted(taken, key=lambda found: found[1]))


@lru_cache(maxsize=200_000)
def figures(text: str) -> tuple[Figure, ...]:
    """Figures that are no part of a date, in their order, written in digits or in words."""
    dated = [(start, end) for _, start, end in dates(text)]
    if listed := _LISTED.match(text):
        dated.append(listed.span())
    found = []
    for match in _NUMBER.finditer(text):
        if any(match.start() < end and start < match.end() for start, end in dated):
            continue
        if _NAMING.search(text[: match.start()]) or _CODE.match(text, match.start()):
            continue
        whole, part = match["whole"].replace(".", ""), match["part"] or ""
        value = Fraction(whole + (f".{part[1:]}" if part else ""))
        value *= _SCALES.get((match["scale"] or "").casefold(), 1)
        found.append(Figure(value, bool(match["percent"]), *match.span()))
    return tuple(sorted(_shares(text, found + _spelled(text, found)), key=lambda figure: figure.start))


@lru_cache(maxsize=200_000)
def names(text: str) -> frozenset[str]:
    """Articles and documents that a text names by their numbers."""
    articles = {f"{match[1]} {match[2]}".casefold() for match in _NAMED.finditer(text)}
    return frozenset(articles | {f"{int(match[1])}-{match[2]}" for match in _CODE.finditer(text)})


def _shares(text: str, found: list[Figure]) -> list[Figure]:
    """The figures, "hai phần ba" as one of them, "một nửa" as a half."""
    kept = {figure.start: figure for figure in found}
    for match in re.finditer(r"(\w+) phần (\w+)", text, re.IGNORECASE):
        over, under = (_small(match[1]), _small(match[2]))
        if over and under:
            kept = {s: f for s, f in kept.items() if not match.start() <= s < match.end()}
            kept[match.start()] = Figure(Fraction(over, under), False, *match.span())
    for match in re.finditer(r"(?:(?:một|1) )?nửa\b", text, re.IGNORECASE):
        kept = {s: f for s, f in kept.items() if not match.start() <= s < match.end()}
        kept[match.start()] = Figure(Fraction(1, 2), False, *match.span())
    return list(kept.values())


def _small(word: str) -> int | None:
    return int(word) if word.isdigit() else _DIGITS.get(word.casefold())


def _spelled(text: str, written: list[Figure]) -> list[Figure]:
    """Numbers in words up to 999; one word alone counts too, save "năm" and "không"."""
    found: list[Figure] = []
    run: list[tuple[str, int, int]] = []
    words = [
        (m[0].casefold(), m.start(), m.end()) for m in re.finditer(r"\w+", unicodedata.normalize("NFC", text))
    ]
    spans = [(figure.start, figure.end) for figure in written]
    for word in [*words, ("", -1, -1)]:
        if any(start <= word[1] < end for start, end in spans):
            continue
        if word[0] in _DIGITS or (word[0] in ("mười", "mươi", "trăm", "linh", "lẻ", "chục") and word[0]):
            run.append(word)
            continue
        if len(run) > 1 and run[-1][0] == "năm":
            # "hai năm", "mười năm": years.
            run.pop()
        names = [name for name, _, _ in run]
        counts = names != ["không"] and (names != ["năm"] or _COUNTED.match(text, run[0][2]))
        if names and counts and (value := _value(names)) is not None:
            found.append(Figure(Fraction(value), False, run[0][1], run[-1][2]))
        run = []
    return found


def _value(names: list[str]) -> int | None:
    total, last = 0, None
    for name in names:
        if name == "trăm":
            total, last = total + (last if last is not None else 1) * 100, None
        elif name in ("mươi", "mười", "chục"):
            total, last = total + (last if last is not None and name != "mười" else 1) * 10, None
        elif name in _DIGITS:
            if last is not None:
                return None
            last = _DIGITS[name]
    return total + (last or 0)


def run_of(needle: tuple[str, ...], hay: tuple[str, ...]) -> bool:
    """The one stands in the other without a break."""
    size = len(needle)
    return bool(size) and any(hay[i : i + size] == needle for i in range(len(hay) - size + 1))


def says(text: str, key: str) -> bool:
    """The text has the key: its figures as figures, its dates as dates, and all its other words."""
    if run_of(tokens(key), tokens(text)):
        return True
    wanted = [date for date, _, _ in dates(key)]
    held = [date for date, _, _ in dates(text)]
    numbers = [(figure.value, figure.percent) for figure in figures(key)]
    if not wanted and not numbers:
        return False
    stated = [(figure.value, figure.percent) for figure in figures(text)]
    rest = _unfigured(key)
    if len(numbers) == 1 and not wanted:
        return any(
            (figure.value, figure.percent) == numbers[0] and _beside(text, figure, rest, len(key))
            for figure in figures(text)
        )
    return (
        all(any(date.within(other) for other in held) for date in wanted)
        and all(number in stated for number in numbers)
        and all(token in tokens(text) for token in rest)
    )


def _beside(text: str, figure: Figure, rest: tuple[str, ...], length: int) -> bool:
    """The other words of an answer stand next to its figure."""
    near = tokens(text[max(0, figure.start - length - 8) : figure.end + length + 8])
    return all(token in near for token in rest)


def _unfigured(text: str) -> tuple[str, ...]:
    """The words of a text outside its figures and dates."""
    spans = [(start, end) for _, start, end in dates(text)]
    spans += [(figure.start, figure.end) for figure in figures(text)]
    cut = "".join(" " if any(a <= i < b for a, b in spans) else c for i, c in enumerate(text))
    return tuple(token for token in tokens(cut) if token not in ("ngày", "tháng", "năm"))


def same(one: str, other: str) -> bool:
    """Two answers that are one: equal words, or equal figures and dates with equal words."""
    return tokens(one) == tokens(other) or (says(one, other) and says(other, one))
