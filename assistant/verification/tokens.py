"""The content words of a text, each with the ways in which a cited passage may put it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Final

from assistant import lexicon
from assistant.phrases import fold, words
from ingest.numbers import fold as strip_marks

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*(?:['’]s)?|[,;:.!?|\n()–—-]")
#: What a sign adds to the distance between the words around it.
_DISTANCE: Final = {
    ",": 3.0,
    ";": 7.0,
    ":": 2.0,
    ".": 12.0,
    "!": 12.0,
    "?": 12.0,
    "|": 1.0,
    "\n": 14.0,
    "(": 2.0,
    ")": 2.0,
}
_LITTLE = 0.5

#: Syllables, normalised, that say little by themselves.
FUNCTION_WORDS: Final = frozenset(
    words(
        """là có được đã đang sẽ và của các những ở trong cho với bị bởi từ về việc để này đó thì mà theo do thuộc cũng
        rằng như khi tại vào ra nên lại còn hay hoặc một mỗi gồm bao cụ thể đồng thời ngoài bên cạnh vì qua nhằm trên dưới
        đến tới lên xuống hơn gần khoảng số lượng tổng mà thôi rất nhất cả toàn trước sau nữa riêng cùng nhau ấy nay
        người việc sự cách bằng thế nào đều mọi từng ngày tháng năm không chưa chẳng phải ông bà đồng chí hiện
        tính vậy vẫn chỉ nghìn ngàn triệu tỷ trăm phần nửa điều khoản xấp xỉ tương đương nhiều ít quá lần thứ ai"""
    )
)
_COMMON: Final = frozenset(
    words(
        "đảng viên chi bộ tổ chức cấp ủy công tác tỉnh huyện xã thành phố trung ương văn bản quy định nội dung"
    )
)
#: Words with which a writer leads to what is said; documents need not have them.
_FRAMING: Final = frozenset(
    words(
        """nguyên nhân khác nổi bật thừa ghi nhận thấy nêu rõ khẳng định đáng chú ý nhìn tài liệu báo cáo thông tin kết quả yêu cầu
        mô nhấn mạnh đề cập liên quan mục tiêu lý dẫn diễn tiến hành thực hiện thu hút gian đặc biệt điểm"""
    )
)
#: Words beside a figure that tell one end of a change from the other.
_STEEP: Final = {
    " ".join(words(word)): tuple(" ".join(words(one)) for one in also.split())
    for word, also in {
        "từ": "từ", "lên": "lên đến", "đến": "đến lên xuống còn", "xuống": "xuống còn đến", "còn": "còn xuống", "trước": "trước từ",
        "sau": "sau", "với": "từ", "đạt": "lên đến", "hiện": "lên đến còn xuống", "nay": "lên đến còn xuống",
    }.items()
}  # fmt: skip
_STEEP_ENGLISH: Final = {
    "from": ("từ",),
    "to": ("lên", "đến", "xuống"),
    "before": ("trước",),
    "after": ("sau",),
    "by": ("trước",),
}
_ENGLISH_FUNCTION: Final = frozenset(
    """the a an of and in on at to for with by from as is are was were be been has have had it its this that these those
    their there which who whom whose will would can may must should not no than or but also into under over about more most
    less least all any each every such per only out up down so while when where whether between during through
    after before until since within without other both either one two his her he she they them we our you your
    january february march april june july august september october november december
    do does did being same own total number year years month months day days mr ms number people person""".split()
)
_NEGATIONS: Final = frozenset(words("không chưa chẳng đừng"))


@dataclass(frozen=True, slots=True)
class Token:
    """A content word at ``text[start:end]``.

    Attributes:
        x: place along the text: words count one, signs between them more.
        phrases: normalised phrases any of which is the word, its own first.
        weight: how much it says, before how rare it is in what is cited.
        steep: it only matters right beside a figure.
    """

    start: int
    end: int
    x: float
    phrases: tuple[str, ...]
    weight: float
    steep: bool = False


@dataclass(frozen=True, slots=True)
class Ruler:
    """The place of each character of a text along it, as ``Token.x`` counts."""

    starts: tuple[int, ...]
    xs: tuple[float, ...]

    def at(self, offset: int) -> float:
        from bisect import bisect_right

        found = bisect_right(self.starts, offset) - 1
        return self.xs[found] if found >= 0 else 0.0


@lru_cache(maxsize=65536)
def _normal(word: str) -> str:
    found = words(word)
    return found[0] if found else ""


def tokens(text: str, *, english: bool, folded: bool) -> tuple[tuple[Token, ...], Ruler]:
    """The content words of ``text`` in order, and its ruler.

    Args:
        folded: phrases are given without marks.
    """
    starts: list[int] = []
    xs: list[float] = []
    plain: list[tuple[int, int, float, str]] = []
    x = 0.0
    for match in _WORD.finditer(text):
        sign = match.group()
        if not sign[0].isalpha():
            x += _DISTANCE.get(sign, 1.0)
            continue
        word = _normal(sign)
        little = word in FUNCTION_WORDS or (english and sign.lower() in _ENGLISH_FUNCTION)
        x += _LITTLE if little else 1.0
        starts.append(match.start())
        xs.append(x)
        plain.append((match.start(), match.end(), x, word))
    ruler = Ruler(tuple(starts), tuple(xs))
    found = _english(text, plain) if english else _vietnamese(text, plain)
    found = [said for token in found if (said := _telling(token)) is not None]
    if folded:
        found = [
            Token(t.start, t.end, t.x, tuple(dict.fromkeys(fold(p) for p in t.phrases)), t.weight, t.steep)
            for t in found
        ]
    return tuple(found), ruler


def _telling(token: Token) -> Token | None:
    """The token with what is no function word of its phrases: passages are searched for nothing else."""
    if token.steep or all(" " not in phrase for phrase in token.phrases):
        return token
    phrases = (
        " ".join(part for part in phrase.split(" ") if part not in FUNCTION_WORDS) for phrase in token.phrases
    )
    kept = tuple(dict.fromkeys(phrase for phrase in phrases if phrase))
    return replace(token, phrases=kept) if kept else None


def _vietnamese(text: str, plain: list[tuple[int, int, float, str]]) -> list[Token]:
    found = []
    for at, (start, end, x, word) in enumerate(plain):
        if word in _STEEP:
            found.append(Token(start, end, x, _STEEP[word], 0.6, True))
        if word in FUNCTION_WORDS:
            continue
        phrases = [word]
        for first in (at - 1, at):
            if first >= 0 and first + 1 < len(plain):
                phrases += lexicon.synonyms(f"{plain[first][3]} {plain[first + 1][3]}")
        phrases += lexicon.synonyms(word)
        if text[start:end].isupper() and end - start > 1:
            phrases += lexicon.long_forms(text[start:end])
        capital = text[start].isupper() and bool(text[:start].strip())
        weight = 0.4 if word in _FRAMING else 0.5 if word in _COMMON else 1.5 if capital else 1.0
        found.append(Token(start, end, x, tuple(dict.fromkeys(phrases)), weight))
    return found


@lru_cache(maxsize=1)
def _plain_english() -> dict[str, tuple[str, ...]]:
    """The table of English words of reports and rules: word → normalised Vietnamese phrases."""
    text = files(__package__).joinpath("plain_english.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {
        word.strip(): tuple(" ".join(words(meaning)) for meaning in meanings.split("|"))
        for english, meanings in rows
        for word in english.split(",")
    }


def _english(text: str, plain: list[tuple[int, int, float, str]]) -> list[Token]:
    found = []
    ends = {start: (end, x) for start, end, x, _ in plain}
    taken: list[tuple[int, int]] = []
    for start, end, meanings in lexicon.english_terms(text):
        x = ends.get(start, (end, 0.0))[1]
        phrases = tuple(" ".join(words(meaning)) for meaning in meanings)
        common = all(part in _COMMON for phrase in phrases for part in phrase.split())
        found.append(Token(start, end, x, phrases, 0.8 if common else 1.5))
        taken.append((start, end))
    for start, end, x, word in plain:
        if any(begin <= start < stop for begin, stop in taken):
            continue
        low = text[start:end].lower()
        if low in _STEEP_ENGLISH:
            found.append(
                Token(start, end, x, tuple(" ".join(words(w)) for w in _STEEP_ENGLISH[low]), 0.6, True)
            )
        if low in _ENGLISH_FUNCTION:
            continue
        known = _plain_english().get(low, ())
        capital = text[start].isupper() and bool(text[:start].strip())
        weight = 1.5 if capital else 1.0 if known else 0.35
        found.append(Token(start, end, x, known or (word, strip_marks(word)), weight))
    return sorted(found, key=lambda token: token.start)
