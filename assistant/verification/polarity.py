"""What a sentence denies, and which way it says things go, against what its citations say of the same words."""

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
from assistant.verification.figures import Bound, Figure
from assistant.verification.matching import Match, Weights, landmarks, likeness
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
    r"không (?:ít|chỉ|những|ngừng|quá|dưới|kém|lâu|gian|khí|ngại|thể thiếu|thể không)|chưa (?:đầy|đến|tới)(?= \d)|(?:hay|có|được) không(?= |\?|$)|có hay không|ngoài ra|dấu trừ|phòng không"
)
_ENGLISH_IDLE: Final = re.compile(
    r"\b(?:not only|no (?:more|fewer|less|later) than|not (?:more|fewer|less) than|no\.\s?\d|no \d|no doubt|not a few|no longer(?= only))",
    re.IGNORECASE,
)
#: Ways of denying without a word that denies; where one stands the reader is told.
_LIKE_DENIAL: Final = Pattern(
    r"(?<!\w)(?:thiếu|cấm|hết|cạn|tránh|(?<!khai )trừ|đỡ|khỏi|ngoài|từ chối|bỏ|khó|trắng|ít|chỉ|xóa|xoá|mất|dừng|hạn chế|không|chưa|chẳng|miễn|thay|ngại|vắng|thoát|tự nguyện|yếu|kém|hơn là|thấp|chậm|riêng|khác)(?!\w)"
)
_ENGLISH_LIKE_DENIAL: Final = re.compile(
    r"\b(?:not|no|never|without|except\w*|lack\w*|fail\w*|few|little|only|rather than|instead|free of|avoid\w*|prohibit\w*|forbid\w*|ban\w*|refus\w*|exhaust\w*|ran out|run out|insufficient\w*|un\w+|in(?:complete|eligible|adequate)\w*|hardly|barely|missing|absent|miss\w*|drop\w*|cannot|none|nor|neither|yet|difficult\w*|hard|other than|less|exempt\w*|voluntar\w*|weak\w*|poor\w*|\w+less|different\w*|struck|remov\w*)\b|n't\b",
    re.IGNORECASE,
)
_MODAL: Final = frozenset(words("phải được có thể cần còn đủ nên bị là hề đã từng muốn dám sẽ đang hẳn"))
_REACH = 5.0
_BEARING = 0.3
_SAME_PLACE, _MARGIN = 0.3, 0.12


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
        heads = tuple(
            token
            for token in analysis.tokens
            if token.start >= end
            and token.x - x <= _REACH
            and not token.steep
            and token.phrases[0] not in _MODAL
        )[:3]
        found.append(Denied(start, end, heads))
    return found


def denial_differences(
    analysis: Analysis, bearing: Sequence[tuple[Source, int]], rarity: Weights
) -> list[Difference]:
    """What a sentence denies that its citations affirm, and the other way round.

    Args:
        bearing: the sentences of the sources that bear it out, by index.
    """
    mine = denials(analysis)
    places = [_Place(source, source.spans[at]) for source, at in bearing]
    found = [_affirmed(analysis, denied, places, rarity) for denied in mine]
    if not mine and not _like_denial(analysis):
        found += [_denied_there(analysis, place, places, rarity) for place in places]
    elif mine:
        found += [_denied_more(analysis, mine, place, places, rarity) for place in places]
    return [difference for difference in found if difference is not None][:2]


class _Place:
    """One sentence of a source that bears a statement out."""

    def __init__(self, source: Source, span: tuple[int, int]) -> None:
        self.source, self.span = source, span
        self.analysis = source.analysis
        self.tokens = [t for t in source.analysis.tokens if span[0] <= t.start < span[1] and not t.steep]
        self.denials = [d for d in denials(source.analysis) if span[0] <= d.start < span[1]]
        self.denied = {id(head) for denied in self.denials for head in denied.heads}
        self.text = source.analysis.text[span[0] : span[1]]

    @property
    def is_like_denial(self) -> bool:
        pattern = _ENGLISH_LIKE_DENIAL if self.analysis.english else _LIKE_DENIAL
        return pattern.search(self.text) is not None

    def words(self, denied: Denied) -> str:
        end = denied.heads[min(2, len(denied.heads)) - 1].end if denied.heads else denied.end
        return self.analysis.text[denied.start : end]


def _like_denial(analysis: Analysis) -> bool:
    pattern = _ENGLISH_LIKE_DENIAL if analysis.english else _LIKE_DENIAL
    return pattern.search(analysis.text) is not None


def _is(token: Token, other: Token) -> bool:
    """Both can be the same word."""
    return any(
        phrase == own or phrase in own.split(" ") for phrase in other.phrases[:1] for own in token.phrases
    )


def _affirmed(
    analysis: Analysis, denied: Denied, places: Sequence[_Place], rarity: Weights
) -> Difference | None:
    """The difference where what the sentence denies is not denied where its words stand."""
    said = (
        analysis.text[denied.start : denied.heads[-1].end]
        if denied.heads
        else analysis.text[denied.start : denied.end]
    )
    if not denied.heads:
        return None
    head = denied.heads[0]
    affirmed: _Place | None = None
    for place in places:
        same = [token for token in place.tokens if _is(head, token)]
        if any(id(token) in place.denied for token in same):
            return None
        if same and affirmed is None:
            affirmed = place
    if affirmed is not None:
        if affirmed.is_like_denial and not affirmed.denials and _near_like(affirmed, head):
            return None
        if affirmed.denials and not _unlike(analysis, denied, affirmed, rarity):
            return None
        return Difference(DifferenceKind.NEGATION, said, _about(affirmed, head))
    if any(place.denials or place.is_like_denial for place in places):
        return None
    return Difference(DifferenceKind.NEGATION, said)


def _near_like(place: _Place, head: Token) -> bool:
    """Near a word like ``head`` something stands that denies without saying no."""
    pattern = _ENGLISH_LIKE_DENIAL if place.analysis.english else _LIKE_DENIAL
    at = [token.start for token in place.tokens if _is(head, token)]
    return any(
        abs(place.span[0] + match.start() - start) < 40
        for match in pattern.finditer(place.text)
        for start in at
    )


def _unlike(analysis: Analysis, denied: Denied, place: _Place, rarity: Weights) -> bool:
    """The place denies other things than the sentence does."""
    heads = {token.phrases[0] for other in place.denials for token in other.heads}
    return not any(
        phrase in heads for head in denied.heads for own in head.phrases for phrase in own.split(" ")
    )


def _about(place: _Place, head: Token) -> str:
    token = next(token for token in place.tokens if _is(head, token))
    at = place.tokens.index(token)
    start, end = place.tokens[max(0, at - 2)].start, place.tokens[min(len(place.tokens) - 1, at + 2)].end
    return place.analysis.text[start:end]


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
    analysis: Analysis, place: _Place, places: Sequence[_Place], rarity: Weights, mine: Sequence[Denied] = ()
) -> Difference | None:
    """The difference where a place denies what the sentence affirms in the same words."""
    own = {id(head) for denied in mine for head in denied.heads}
    for denied in place.denials:
        if not denied.heads:
            continue
        head = denied.heads[0]
        following = denied.heads[1] if len(denied.heads) > 1 else None
        together = following is not None and following.start - head.end <= 1
        for token in analysis.tokens:
            if token.steep or id(token) in own or not _is(token, head):
                continue
            if together and not any(
                not other.steep and abs(other.x - token.x) <= 2.5 and _is(other, following)  # type: ignore[arg-type]
                for other in analysis.tokens
            ):
                continue
            around = landmarks(analysis, _pseudo(analysis, token))
            like = likeness(around, _surroundings(place, head), rarity)
            if like < _SAME_PLACE:
                continue
            rival = max(
                (
                    likeness(around, _surroundings(other, word), rarity)
                    for other in places
                    for word in other.tokens
                    if _is(token, word) and id(word) not in other.denied
                ),
                default=0.0,
            )
            if rival < like + _MARGIN and not (rival > like - _MARGIN and rival >= _SAME_PLACE):
                said = analysis.text[max(0, token.start - 12) : token.end + 12].strip()
                return Difference(DifferenceKind.NEGATION, said, place.words(denied))
    return _exception_left_out(analysis, place) if not mine and not _like_denial(analysis) else None


def _denied_more(
    analysis: Analysis, mine: Sequence[Denied], place: _Place, places: Sequence[_Place], rarity: Weights
) -> Difference | None:
    if len(place.denials) <= sum(1 for _ in mine):
        return None
    return _denied_there(analysis, place, places, rarity, mine)


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


def direction_differences(
    analysis: Analysis, bearing: Sequence[tuple[Source, int]], rarity: Weights
) -> list[Difference]:
    """Words of direction that what is cited has the other way round where it says the same."""
    found = []
    for item in analysis.items:
        direction = item.value
        if not isinstance(direction, Direction):
            continue
        around = landmarks(analysis, item)
        same = other = -1.0
        opposite: Item | None = None
        for source, at in bearing:
            start, end = source.spans[at]
            for index, there in enumerate(source.analysis.items):
                their = there.value
                if (
                    not isinstance(their, Direction)
                    or their.scale != direction.scale
                    or not start <= there.start < end
                ):
                    continue
                like = likeness(around, source.contexts[index], rarity)
                if their.pole == direction.pole:
                    same = max(same, like)
                elif like > other:
                    other, opposite = like, there
        if opposite is None:
            continue
        if (same < 0 and other >= _BEARING) or (same >= 0 and other - same > _OPPOSED):
            found.append(Difference(DifferenceKind.DIRECTION, item.text, opposite.text))
    return found


_OPPOSED = 0.15


def bound_differences(matches: Sequence[Match], sources: Sequence[Source]) -> list[Difference]:
    """Figures that bound from below what is cited as a bound from above, or the other way round."""
    found = []
    for match in matches:
        figure = match.item.value
        if not isinstance(figure, Figure) or match.best is None or match.best.approximate:
            continue
        if figure.bound in (Bound.EXACT, Bound.NEAR) and not figure.fewer:
            continue
        equal = [
            item
            for source in sources
            for item in source.analysis.items
            if isinstance(item.value, Figure) and figure.equals(item.value)
        ]
        if equal and not any(figure.agrees(item.value) for item in equal if isinstance(item.value, Figure)):
            found.append(Difference(DifferenceKind.DIRECTION, _bounded(figure), match.best.item.text))
    return found


def _bounded(figure: Figure) -> str:
    return f"{figure.bound} {float(figure.values[0]):g}"
