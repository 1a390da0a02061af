"""What a sentence denies, against what its citations say of the same words, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.phrases import words
from assistant.types import Difference, DifferenceKind
from assistant.unmarked import Pattern
from assistant.verification.analysis import Analysis, Item, Sort
from assistant.verification.directions import Direction
from assistant.verification.landmarks import Weights, landmarks, likeness
from assistant.verification.sources import Source
from assistant.verification.tokens import Token

_DENIAL: Final = Pattern(
    r"(?<!\w)(?:không phải là|không phải|không thể|không được|không có|không còn|không cần|không|chưa được|chưa có|chưa từng|chưa|chẳng|đừng|thiếu|(?<!khai )trừ|ngoại trừ|không kể|trừ ra|cấm)(?!\w)"
)
_ENGLISH_DENIAL: Final = re.compile(
    r"\b(?:not|no|never|without|cannot|neither|nor|none|except(?: for)?|excluding|lack(?:s|ed|ing)?|un(?:able|willing))\b|n't\b|\bcan't\b",
    re.IGNORECASE,
)
#: A denial in these says none ("không ít" is many), or is a bound of a figure.
_IDLE: Final = Pattern(
    r"không (?:ít|chỉ|những|ngừng|quá|dưới|kém|lâu|gian|khí|ngại|thể thiếu|thể không)|(?:chưa|không) (?:đầy|đến|tới|đạt)(?= (?:mức )?\d)|(?:hay|có|được) không(?= |\?|$)|có hay không|ngoài ra|chẳng (?:hạn|những|mấy)|dấu trừ|phòng không"
)
_ENGLISH_IDLE: Final = re.compile(
    r"\b(?:not only|no (?:more|fewer|less|later) than|not (?:more|fewer|less) than|no\.\s?\d|no \d|no doubt|not a few|no longer(?= only))",
    re.IGNORECASE,
)
#: Ways of denying without a word that denies.
_LIKE_DENIAL: Final = Pattern(
    r"(?<!\w)(?:không chỉ|thiếu|cấm|hết(?! (?:tháng|ngày|năm|quý|thời|\d|sức))|cạn|tránh|(?<!khai )trừ|từ chối|bỏ|trắng|mất|miễn|đỡ|khỏi|ngại|vắng|hơn là|xem nhẹ|ít(?! nhất)|khó|hạn chế|kém|đứng ngoài|xóa|xoá)(?!\w)"
)
_ENGLISH_LIKE_DENIAL: Final = re.compile(
    r"\b(?:except\w*|lack\w*|fail\w*|few|little|rather than|instead|free of|avoid\w*|prohibit\w*|forbid\w*|bann?(?:ed|s)?|refus\w*|exhaust\w*|ran out|run out|insufficient\w*|un(?:able|willing|employed)|hardly|barely|missing|absent|drop\w*|other than|exempt\w*|struck|strik\w*|remov\w*|neglect\w*|less than|difficult\w*|hard|skip\w*)\b",
    re.IGNORECASE,
)
_MODAL: Final = frozenset(
    words("phải được có thể cần còn đủ nên bị là hề đã từng muốn dám sẽ đang hẳn làm thật thực sự")
)
#: Verbs of which, once something "không được" be done, what stands behind them is denied.
_LIGHT: Final = frozenset(words("tính kể gồm thuộc dùng"))
_ARTICLES: Final = frozenset(words("một những các bất cả mọi ai"))
#: "không vì chỉ tiêu mà hạ chuẩn", "không để sót": what is denied stands behind.
_FOR: Final = frozenset(words("vì để do lấy"))
_REACH, _FURTHER = 5.0, 8.0
#: Behind a comma what follows has a subject or an aspect of its own.
_NEW_CLAUSE: Final = re.compile(
    r",\s+(?:[^\s,.;]+\s+){0,4}?(?:đã|đang|sẽ|được|bị|phải|cần|có|là|đều|vẫn|cũng|còn|thì|nên|do|vì)(?!\w)",
    re.IGNORECASE,
)
_BEARING, _FAR_BEARING = 0.2, 0.12
_SAME_PLACE, _ENGLISH_SAME_PLACE, _MARGIN = 0.3, 0.2, 0.12
#: What a place holds of the words around a denial when it is surely the place it is about.
_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Denied:
    """A word that a text denies, or excepts.

    Attributes:
        word: "không", "trừ" with what follows it.
        heads: the content words behind it, the nearest first.
    """

    start: int
    end: int
    heads: tuple[Token, ...]


@lru_cache(maxsize=2048)
def _denied(analysis_text: str, english: bool) -> tuple[tuple[int, int], ...]:
    pattern, idle = (_ENGLISH_DENIAL, _ENGLISH_IDLE) if english else (_DENIAL, _IDLE)
    spans = [match.span() for match in idle.finditer(analysis_text)]
    return tuple(
        match.span()
        for match in pattern.finditer(analysis_text)
        if not any(start <= match.start() < end for start, end in spans)
    )


def denials(analysis: Analysis) -> list[Denied]:
    """What a text denies, in order."""
    found = []
    for start, end in _denied(analysis.text, analysis.english):
        x = analysis.ruler.at(end - 1)
        if _says_little(analysis, end):
            found.append(Denied(start, end, ()))
            continue
        heads = tuple(
            token
            for token in analysis.tokens
            if token.start >= end
            and token.x - x <= _REACH
            and not token.steep
            and token.phrases[0] not in _MODAL
        )[:4]
        found.append(Denied(start, end, heads))
    return found


def _says_little(analysis: Analysis, end: int) -> bool:
    """What stands right behind a denial is no word that could be found again: "không đồng đều", "không phải của"."""
    if analysis.english:
        return False
    following = _NEXT.match(analysis.text, end)
    if following is None:
        return False
    if any(token.start == following.start(1) and not token.steep for token in analysis.tokens):
        return False
    transparent = _MODAL | _ARTICLES | _FOR
    if analysis.text[:end].endswith("được"):
        transparent |= _LIGHT
    return not set(words(following[1])) & transparent


_NEXT: Final = re.compile(r"\s+([^\W\d_]+)")


def idle_denials(text: str) -> list[tuple[int, int]]:
    """Where in a Vietnamese text a denial says none: "không ít", "chẳng hạn"."""
    return [match.span() for match in _IDLE.finditer(text)]


def is_like_denial(text: str) -> bool:
    """A word of ``text`` denies without saying no."""
    return _LIKE_DENIAL.search(text) is not None


def _like_denials(analysis: Analysis, start: int, end: int) -> int:
    pattern = _ENGLISH_LIKE_DENIAL if analysis.english else _LIKE_DENIAL
    denied = [(d.start, d.end) for d in denials(analysis)]
    return sum(
        not any(begin <= start + match.start() < stop for begin, stop in denied)
        for match in pattern.finditer(analysis.text[start:end])
    )


class _Place:
    """One sentence of a source that bears a statement out."""

    def __init__(self, source: Source, at: int) -> None:
        self.source, self.at = source, at
        self.span = source.spans[at]
        self.analysis = source.analysis
        start, end = self.span
        self.tokens = [t for t in source.analysis.tokens if start <= t.start < end and not t.steep]
        self.denials = [d for d in denials(source.analysis) if start <= d.start < end]
        self.denied = {id(head) for denied in self.denials for head in denied.heads}
        self.text = source.analysis.text[start:end]
        self.likes = _like_denials(source.analysis, start, end)

    def denies_on(self, token: Token) -> bool:
        """A denial before a list holds for a word of it further on: "không bố trí thời gian học, tham gia …"."""
        return any(
            denied.heads
            and 0 < token.x - denied.heads[0].x <= _FURTHER
            and "," in self.analysis.text[denied.end : token.start]
            and not _TURN.search(self.analysis.text, denied.end, token.start)
            and not _NEW_CLAUSE.search(self.analysis.text, denied.end, token.start)
            for denied in self.denials
        )

    def neighbours(self) -> list[_Place]:
        """The sentences before and after it."""
        return [
            _Place(self.source, at) for at in (self.at - 1, self.at + 1) if 0 <= at < len(self.source.spans)
        ]

    def words(self, denied: Denied) -> str:
        end = denied.heads[min(2, len(denied.heads)) - 1].end if denied.heads else denied.end
        return self.analysis.text[denied.start : end]

    def about(self, token: Token) -> str:
        at = self.tokens.index(token)
        start, end = self.tokens[max(0, at - 2)].start, self.tokens[min(len(self.tokens) - 1, at + 2)].end
        return self.analysis.text[start:end]


def denial_differences(
    analysis: Analysis, bearing: Sequence[tuple[Source, int]], rarity: Weights
) -> list[Difference]:
    """What a sentence denies that its citations affirm, and the other way round.

    Args:
        bearing: the sentences of the sources that bear it out, by index.
    """
    mine = denials(analysis)
    likes = _like_denials(analysis, 0, len(analysis.text))
    places = [_Place(source, at) for source, at in bearing]
    found = [_affirmed(analysis, denied, places, rarity, likes) for denied in mine]
    found += [
        _denied_there(analysis, mine, place, places, rarity)
        for place in places
        if len(place.denials) > len(mine) and likes <= place.likes
    ]
    if not mine and not likes:
        found += [_exception_left_out(analysis, place) for place in places]
    return [difference for difference in found if difference is not None][:2]


def _is(token: Token, other: Token) -> bool:
    """Both can be the same word."""
    own = other.phrases[0]
    return any(own == phrase or own in phrase.split(" ") for phrase in token.phrases)


def _affirmed(
    analysis: Analysis, denied: Denied, places: Sequence[_Place], rarity: Weights, likes: int
) -> Difference | None:
    """The difference where what the sentence denies is not denied where its words stand."""
    if not denied.heads or not places:
        return None
    said = analysis.text[denied.start : denied.heads[min(1, len(denied.heads) - 1)].end]
    head = denied.heads[0]
    around = landmarks(analysis, _pseudo(analysis, head))
    best: tuple[float, _Place, Token] | None = None
    for place in places:
        for token in place.tokens:
            if not _is(head, token):
                continue
            like = likeness(around, _surroundings(place, token), rarity)
            # The same word denied there is what is looked for, and counts for more.
            if id(token) in place.denied:
                like += _DENIED_MORE
            if best is None or like > best[0]:
                best = (like, place, token)
    if _EXCEPT.match(analysis.text[denied.start :]) and any(
        _SET_APART.search(place.text) for place in places
    ):
        return None
    if best is not None:
        _, place, token = best
        if _in_heading(place.source, denied):
            return None
        if id(token) in place.denied or place.likes > likes or place.denies_on(token):
            return None
        if place.denials and _shares(denied, place):
            return None
        return Difference(DifferenceKind.NEGATION, said, place.about(token))
    if any(_in_heading(place.source, denied) for place in places):
        return None
    held = [(likeness(around, place.source.words[place.at], rarity), place) for place in places]
    most = max(like for like, _ in held)
    near = [place for like, place in held if like >= _AS_NEAR * most]
    if any(place.denials or place.likes > likes for place in near):
        return None
    if analysis.english and most < _SURE and any(b.denials for place in near for b in place.neighbours()):
        return None  # the glossary does not know every word; what it denies is said next to what it knows
    return Difference(DifferenceKind.NEGATION, said)


def _reach(analysis: Analysis, denied: Denied) -> list[Token]:
    """The words that a denial of a sentence may hold for: all up to the next stop or turn."""
    means = _MEANS.within(analysis.text).match(analysis.text, denied.end)
    turn = _TURN.search(analysis.text, means.end() if means else denied.end)
    end = turn.start() if turn else len(analysis.text)
    return [token for token in analysis.tokens if denied.end <= token.start < end]


def _before(analysis: Analysis, denied: Denied) -> list[Token]:
    """What a sentence says to be wanting before it says so: "nguồn kết nạp thiếu là do …"."""
    if not _WANTING.match(analysis.text[denied.start :]):
        return []
    x = analysis.ruler.at(denied.start)
    return [token for token in analysis.tokens if token.end <= denied.start and x - token.x <= _REACH]


_WANTING: Final = Pattern(
    r"(?:thiếu|không còn|không có|chưa có)(?= (?:là|do|vì|nên|bởi|khiến|dẫn)(?!\w)|\s*[,.;]|\s*$)"
)


def _like_denied(analysis: Analysis) -> list[Token]:
    """The words right behind one that denies without saying no: "fails to pay", "bỏ sinh hoạt"."""
    pattern = _ENGLISH_LIKE_DENIAL if analysis.english else _LIKE_DENIAL
    reach = _ENGLISH_BEHIND if analysis.english else _RIGHT_BEHIND
    ends = [(match.end(), analysis.ruler.at(match.end() - 1)) for match in pattern.finditer(analysis.text)]
    return [
        token
        for token in analysis.tokens
        if any(token.start >= end and token.x - x <= reach for end, x in ends)
    ]


#: Distance on the ruler within which a word stands right behind another; English has more little words between.
_RIGHT_BEHIND, _ENGLISH_BEHIND = 2.0, 4.0
_TURN: Final = re.compile(
    r"[.;]\s|(?<!\w)(?:nhưng|mà|song|còn|trong khi|but|while|whereas)(?!\w)", re.IGNORECASE
)
#: "không vì A mà B": B is denied.
_MEANS: Final = Pattern(r"\s+(?:chỉ )?(?:vì|để|lấy|do)\s(?:[^\s,.;]+\s){1,9}?mà(?=\s)")
_DENIED_MORE, _AS_NEAR = 0.5, 0.7


def _in_heading(source: Source, denied: Denied) -> bool:
    """A heading over the passage denies the same."""
    heads = [token for other in denials(source.around) for token in other.heads]
    return any(_is(head, token) for head in denied.heads[:2] for token in heads)


def _shares(denied: Denied, place: _Place) -> bool:
    """The place denies one of the words that the sentence denies."""
    heads = [token for other in place.denials for token in other.heads]
    return any(_is(head, token) for head in denied.heads for token in heads)


def _pseudo(analysis: Analysis, token: Token) -> Item:
    return Item(Sort.NAME, token.start, token.end, token.x, token.x, Direction(0, 0, "", ""), "")


def _surroundings(place: _Place, token: Token) -> dict[str, float]:
    found: dict[str, float] = {}
    for other in place.tokens:
        if other is not token:
            strength = 0.9 ** abs(other.x - token.x)
            for part in other.phrases[0].split(" "):
                found[part] = max(found.get(part, 0.0), strength)
    return found


def _denied_there(
    analysis: Analysis, mine: Sequence[Denied], place: _Place, places: Sequence[_Place], rarity: Weights
) -> Difference | None:
    """The difference where a place denies what the sentence affirms in the same words."""
    own = {id(token) for denied in mine for token in _reach(analysis, denied)}
    own |= {id(token) for token in _like_denied(analysis)}
    own |= {id(token) for denied in mine for token in _before(analysis, denied)}
    for denied in place.denials:
        for at, head in enumerate(denied.heads[:3]):
            following = denied.heads[at + 1] if at + 1 < len(denied.heads) and not analysis.english else None
            together = following if following is not None and following.start - head.end <= 1 else None
            if at and together is None and not analysis.english:
                continue  # a word some way behind is denied for sure only with the one beside it
            if at and head.weight < 1.0 and analysis.english:
                continue  # "Party" of "does not pay Party dues" is in every sentence
            for token in analysis.tokens:
                if token.steep or id(token) in own or not _is(token, head):
                    continue
                if together is not None and not any(
                    not other.steep and abs(other.x - token.x) <= 2.5 and _is(other, together)
                    for other in analysis.tokens
                ):
                    continue
                around = landmarks(analysis, _pseudo(analysis, token))
                like = likeness(around, _surroundings(place, head), rarity)
                rival = max(
                    (
                        likeness(around, _surroundings(other, word), rarity)
                        for other in places
                        for word in other.tokens
                        if _is(token, word) and id(word) not in other.denied
                    ),
                    default=0.0,
                )
                if (
                    like >= (_ENGLISH_SAME_PLACE if analysis.english else _SAME_PLACE)
                    and rival < like - _MARGIN
                ):
                    said = analysis.text[max(0, token.start - 12) : token.end + 12].strip()
                    return Difference(DifferenceKind.NEGATION, said, place.words(denied))
    return None


_SET_APART: Final = Pattern(r"(?<!\w)(?:riêng|ngoài|khác|đặc biệt|trường hợp cụ thể)(?!\w)")
_EXCEPT: Final = Pattern(r"(?<!\w)(?:(?<!khai )trừ|ngoại trừ|except)(?!\w)")


def _exception_left_out(analysis: Analysis, place: _Place) -> Difference | None:
    """A rule stated without the exception that its sentence makes of it."""
    match = _EXCEPT.search(place.text)
    if match is None:
        return None
    at = place.span[0] + match.start()
    rule = [token for token in place.tokens if token.start < at]
    held = sum(any(_is(own, token) for own in analysis.tokens) for token in rule)
    if len(rule) >= 3 and held >= 0.6 * len(rule):
        return Difference(DifferenceKind.NEGATION, analysis.text, place.analysis.text[at : place.span[1]])
    return None
