"""Which of two things comes first, brings the other about, goes beyond it, or holds in its stead.

"A trước khi B" and "B sau khi A" say the same; so do "vì A nên B" and "B do A". Each way of saying it gives
one relation with its two sides, so that a sentence can be laid beside what it cites whichever way either puts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from assistant.unmarked import Pattern

Span = tuple[int, int]


class RelationKind(StrEnum):
    """What a relation says of its sides, the first named first."""

    ORDER = "earlier and later"
    CAUSE = "cause and effect"
    COMPARISON = "more and less"
    CONTRAST = "this and not that"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a text says of the things at ``first`` and ``second``, offsets into it.

    Attributes:
        word: where the words stand that say it.
    """

    kind: RelationKind
    first: Span
    second: Span
    word: Span

    @property
    def span(self) -> Span:
        """From the beginning of the one side to the end of the other."""
        return min(self.first[0], self.second[0], self.word[0]), max(
            self.first[1], self.second[1], self.word[1]
        )


_W: Final = r"(?<![\w-])"
_B: Final = r"(?![\w-])"
#: Where the thing before a word of relation begins at the latest, and where the one behind it ends.
_START: Final = re.compile(r"[;:]\s|,\s+(?=(?:còn|nhưng|song|trong khi|tuy|đồng thời)\s)|\n", re.IGNORECASE)
_END: Final = re.compile(r"[;\n]|[.!?](?=\s|$)|,\s|\s(?=(?:còn|nhưng|song|trong khi)\s)", re.IGNORECASE)
_STOP: Final = re.compile(r"[;\n]|[.!?](?=\s|$)")
_THAN_END: Final = re.compile(
    rf"{_END.pattern}|\s(?=(?:để|nhằm|thì|nên|khi|vì|nhờ|hay|hoặc|mà|do)\s)", re.IGNORECASE
)

_BEFORE: Final = Pattern(rf"{_W}(?<!so với )trước (?:khi|lúc){_B}")
_AFTER: Final = Pattern(rf"{_W}(?:kể từ |ngay |chỉ |từ )?sau (?:khi|lúc){_B}")
_ENDED: Final = Pattern(
    r"\s*(?:[-•+]\s|\d{1,2}[.)]\s|[a-zđ]\)\s)?\s*(?:kết thúc|hết|hoàn thành|xong|qua|sau)(?= [^\W\d])(?! (?:sức|đó|đây|cùng|này|khi|lúc))"
)
_THEN: Final = Pattern(
    rf",?\s*{_W}(?:trước tiên|trước hết|trước)?,?\s*(?:rồi mới|rồi sau đó mới|rồi sau đó|rồi|sau đó mới|sau đó|xong mới|xong rồi|xong thì|xong|tiếp theo là|tiếp đó)(?: (?:đến|tới))?{_B}"
)
_BASED: Final = Pattern(rf"{_W}(?:trên cơ sở|căn cứ vào|dựa (?:trên|vào)){_B}")
_THAT: Final = Pattern(r"\s+(?:đó|này|ấy)(?!\w)")

_BECAUSE: Final = Pattern(
    rf"{_W}(?:(?<!dù )vì(?! (?:vậy|thế|sao|mục))|bởi(?: vì| lẽ)?(?! (?:vậy|thế))|nhờ(?: có)?(?! (?:đó|vậy|thế))|(?:là )?do(?! (?:đó|vậy|thế)))(?= )"
)
#: "vì A mà B": B is what comes of it, but where it is denied.
_SO: Final = Pattern(r"[^,;.\n]{1,90}?\s(?P<so>mà)(?=\s)")
_NOT_FOR: Final = Pattern(r"(?<!\w)(?:không|chưa|chẳng|đừng|chớ)(?: (?:được|thể|nên|phải|chỉ|hề))?\s+$")
_HENCE: Final = Pattern(
    rf"(?:,\s*)?{_W}(?:cho nên|(?<!trở )(?<!không )nên(?! người)|vì vậy|vì thế|do đó|do vậy|bởi vậy|nhờ đó|nhờ vậy|từ đó|qua đó|dẫn đến|dẫn tới|khiến(?: cho)?|làm cho|gây ra|gây nên){_B}"
)
_TURN: Final = Pattern(rf"(?:,\s*)?{_W}(?:cho nên|nên|mà|thì){_B}")
_COMMA: Final = re.compile(r",\s")
_REASON: Final = Pattern(
    rf"{_W}nguyên nhân[^,.;:\n]{{0,40}}?\s(?:dẫn đến|dẫn tới|khiến(?: cho)?|làm cho|gây ra|của)\s(?P<effect>[^.;\n]{{3,160}}?)\s(?P<word>là (?:do|vì)|là|do|vì|nằm ở|ở)\s"
)
_AGENT: Final = Pattern(r"do (?:chưa|không|thiếu|có|còn|ít|nhiều|phần|đa số|một|những|việc|sự|tình|chậm|hạn)")
_ANAPHOR: Final = Pattern(
    r"\s*(?:[-•+]\s|\d{1,2}[.)]\s)?\s*(?:vì vậy|vì thế|do đó|do vậy|bởi vậy|nhờ đó|nhờ vậy|từ đó|cho nên|kết quả là|hệ quả là)(?!\w)"
)
_FORMERLY: Final = Pattern(r"\s*(?:[-•+]\s|\d{1,2}[.)]\s)?\s*trước (?:đó|đấy)(?!\w)")
_NEXT: Final = Pattern(r"\s*(?:[-•+]\s|\d{1,2}[.)]\s)?\s*(?:sau đó|tiếp đó|tiếp theo|rồi)(?!\w)")

_MORE: Final = "cao|nhiều|lớn|đông|mạnh|nhanh|sớm|tốt|dài|rộng|trẻ|giỏi|khá|sâu|chặt|quan trọng"
_LESS: Final = "thấp|ít|nhỏ|thưa|yếu|chậm|muộn|kém|ngắn|hẹp|già|nông|lỏng"
_NO_FIGURE: Final = r"(?! (?:cả |so với |là )?(?:\d|(?:hai|ba|bốn|năm(?! (?:trước|sau|ngoái|nay|học|đầu|cuối|\d))|sáu|bảy|tám|chín|mười|trăm|một|nửa|nữa|hết|thế)(?![\w-])))"
_THAN: Final = Pattern(
    rf"{_W}(?:(?P<more>{_MORE})|(?P<less>{_LESS}))(?: [^\W\d_]+){{0,3}}? hơn(?: hẳn| nhiều)?{_NO_FIGURE}(?P<than> so với| so| cả)?{_B}"
)
_TIMES: Final = Pattern(
    rf"{_W}(?:(?:{_MORE}) )?gấp (?:đôi|rưỡi|ba|bốn|năm|nhiều lần|[\d,]+ lần)(?: so với)?{_NO_FIGURE}(?= [^\W\d])"
)
_OVER: Final = Pattern(rf"{_W}hơn(?: là)?{_NO_FIGURE}{_B}")
_CHANGED: Final = r"(?:(?P<more>tăng|nâng lên|nâng|cao hơn|nhiều hơn|lớn hơn|vượt|khá hơn|tốt hơn)|(?P<less>giảm|thấp hơn|ít hơn|nhỏ hơn|kém hơn|sụt))"
_AGAINST: Final = Pattern(
    rf"{_W}(?:so với|so)\s(?P<than>[^,;.\n]{{2,60}}?),?\s(?:(?:có|đã|đều|vẫn|còn|lại|được)\s)*{_CHANGED}{_B}"
)
_AGAINST_FIRST: Final = Pattern(
    rf"{_W}so với\s(?P<than>[^,;.\n]{{2,60}}?),\s(?P<mine>[^,;.\n]{{3,90}}?)\s(?:(?:có|đã|đều|vẫn|còn|lại|được|cũng)\s)*{_CHANGED}{_B}"
)
_CHANGED_FROM: Final = Pattern(
    rf"{_W}{_CHANGED}(?: lên| đi| nhiều| mạnh| nhẹ| rõ rệt|\s[\d.,]+\s?%?(?: [^\W\d_]+)??)?,?\s(?:so với|so)\s"
)
#: Behind "hơn" where what it is more than is not named: it was less before.
_BARE: Final = Pattern(r"\s*(?:[,.;:)]|$|(?:để|nhằm|và|giúp|góp phần|nên|thì|khi|vì|nhờ)(?!\w))")
_BEYOND: Final = Pattern(rf"{_W}vượt(?= (?:kế hoạch|chỉ tiêu|mục tiêu|mức|định mức|yêu cầu){_B})")
_FROM_TO: Final = Pattern(
    rf"{_W}(?:(?P<more>tăng)|(?P<less>giảm)) từ (?P<than>[^,;\n]{{1,40}}?) (?:lên|xuống|đến|còn)(?: [^,;.\s]+){{1,4}}"
)
_BUT_NOT: Final = Pattern(rf",?\s*{_W}chứ không(?: phải)?(?: là)?{_B}")
_NOT_BUT: Final = Pattern(rf"{_W}không phải(?: là)?\s(?P<not>[^,.;\n]{{2,80}}?),?\s(?:mà|chỉ) (?:là\s)?")
_NOT_ITS: Final = Pattern(rf",\s*(?:không phải|không)(?= (?:là|của|ở|do|cho){_B})")
_OTHER_NOT: Final = Pattern(
    rf",?\s*{_W}(?:còn|song|nhưng)\s(?P<other>[^,.;\n]{{2,60}}?)\s(?:thì )?(?:(?P<no>không(?: phải)?(?: vậy| thế)?|chưa)|(?P<yes>có|phải|là vậy))\s*(?=[.;]|$)"
)
_SYLLABLE: Final = re.compile(r"\w+")
#: How many sentences before it "Vì vậy" may sum up.
_SUMMED: Final = 3


@lru_cache(maxsize=2048)
def relations(text: str, spans: tuple[Span, ...]) -> tuple[Relation, ...]:
    """The relations that a Vietnamese text states within its sentences and from one to the next.

    Args:
        spans: its sentences.
    """
    found: list[Relation] = []
    for at, (start, end) in enumerate(spans):
        before = spans[max(0, at - _SUMMED)][0] if at else start
        before = max(before, text.rfind("\n\n", 0, start) + 1)
        found += _orders(text, start, end, before)
        found += _causes(text, start, end, before)
        found += _comparisons(text, start, end)
        found += _contrasts(text, start, end)
    return tuple(
        relation
        for relation in found
        if text[slice(*relation.first)].strip() and text[slice(*relation.second)].strip()
    )


def _left(text: str, start: int, end: int) -> Span:
    """What stands before ``end``, no further back than its clause."""
    cuts = [match.end() for match in _START.finditer(text, start, end)]
    return cuts[-1] if cuts else start, end


def _right(text: str, start: int, end: int, stop: re.Pattern[str] = _END) -> Span:
    found = stop.search(text, start, end)
    return start, found.start() if found and found.start() > start else end


def _opens(text: str, start: int, at: int) -> bool:
    """Nothing but a sign, or a word that leads to it, stands between the beginning of a clause and ``at``."""
    between = text[_left(text, start, at)[0] : at]
    return len(between.split()) <= 1 or between.rstrip().endswith(",")


def _begins(text: str, start: int, at: int) -> bool:
    """Hardly a word stands before ``at`` in its clause."""
    return len(text[_left(text, start, at)[0] : at].split()) <= 1


def _sides(text: str, start: int, end: int, word: Span) -> tuple[Span, Span]:
    """What a conjunction stands before and what it is said of, wherever in the sentence it stands."""
    behind = _right(text, word[1], end)
    if _opens(text, start, word[0]) and behind[1] < end:
        return behind, _right(text, behind[1], end, _STOP)
    return behind, _left(text, start, word[0])


def _orders(text: str, start: int, end: int, before: int) -> Iterator[Relation]:
    for pattern, flipped in ((_BEFORE, True), (_AFTER, False)):
        for match in pattern.within(text).finditer(text, start, end):
            behind, other = _sides(text, start, end, match.span())
            first, second = (other, behind) if flipped else (behind, other)
            yield Relation(RelationKind.ORDER, first, second, match.span())
    ended = _ENDED.within(text).match(text, start, end)
    comma = text.find(", ", start, end)
    if ended and 0 < comma - ended.end() < 60:
        yield Relation(
            RelationKind.ORDER, (ended.end(), comma), (comma, end), (start + _indent(ended), ended.end())
        )
    for match in _THEN.within(text).finditer(text, start, end):
        if match.start() > start:
            first = _left(text, start, match.start())
            yield Relation(
                RelationKind.ORDER, first, _right(text, match.end(), end, _STOP), _bare(text, match.span())
            )
    opening = _FORMERLY.within(text).match(text, start, end)
    if opening and before < start:
        yield Relation(RelationKind.ORDER, (opening.end(), end), (before, start), opening.span())
    opening = _NEXT.within(text).match(text, start, end)
    if opening and before < start:
        yield Relation(RelationKind.ORDER, (before, start), (opening.end(), end), opening.span())
    for match in _BASED.within(text).finditer(text, start, end):
        that = _THAT.within(text).match(text, match.end(), end)
        if that:
            first = _left(text, start, match.start()) if match.start() - start > 3 else (before, start)
            yield Relation(
                RelationKind.ORDER, first, (that.end(), end), _bare(text, (match.start(), that.end()))
            )
        else:
            behind, other = _based_on(text, start, end, match.span())
            yield Relation(RelationKind.ORDER, behind, other, match.span())


def _based_on(text: str, start: int, end: int, word: Span) -> tuple[Span, Span]:
    """What something is founded upon, a list of things maybe, and what is."""
    if _opens(text, start, word[0]):
        comma = text.rfind(", ", word[1], min(end, word[1] + 90))
        if comma > 0:
            return (word[1], comma), (comma, end)
    return _right(text, word[1], end), _left(text, start, word[0])


def _indent(match: re.Match[str]) -> int:
    return len(match.group()) - len(match.group().lstrip())


def _bare(text: str, span: Span) -> Span:
    """The span without blanks and signs at its ends."""
    inside = text[slice(*span)]
    lead = len(inside) - len(inside.lstrip(" ,"))
    return span[0] + lead, span[0] + len(inside.rstrip(" ,"))


def _causes(text: str, start: int, end: int, before: int) -> Iterator[Relation]:
    taken: list[Span] = []
    for match in _REASON.within(text).finditer(text, start, end):
        taken.append(match.span())
        yield Relation(
            RelationKind.CAUSE,
            _right(text, match.end(), end, _STOP),
            match.span("effect"),
            match.span("word"),
        )
    opening = _ANAPHOR.within(text).match(text, start, end)
    if opening and before < start:
        taken.append(opening.span())
        yield Relation(RelationKind.CAUSE, (before, start), (opening.end(), end), _bare(text, opening.span()))
    for match in _BECAUSE.within(text).finditer(text, start, end):
        if any(begin <= match.start() < stop for begin, stop in taken):
            continue
        opens = _opens(text, start, match.start())
        if match.group().lower() == "do" and not opens and not _AGENT.within(text).match(text, match.start()):
            continue  # "do chi bộ bầu": by whom, not why
        so = _SO.within(text).match(text, match.end(), end)
        if so:
            taken.append((match.start(), so.end()))
            if not _NOT_FOR.search(text[start : match.start()]):
                effect = _right(text, so.end(), end, _STOP)
                yield Relation(RelationKind.CAUSE, (match.end(), so.start("so")), effect, match.span())
            continue
        turn = _TURN.within(text).search(text, match.end(), end)
        if not turn and _begins(text, start, match.start()):
            turn = _COMMA.search(text, match.end(), end)
        if opens and turn:
            yield Relation(
                RelationKind.CAUSE,
                (match.end(), turn.start()),
                _right(text, turn.end(), end, _STOP),
                match.span(),
            )
            taken.append((match.start(), turn.end()))
        else:
            effect = _left(text, start, match.start())
            yield Relation(RelationKind.CAUSE, _right(text, match.end(), end, _STOP), effect, match.span())
    for match in _HENCE.within(text).finditer(text, start, end):
        if match.start() > start and not any(begin <= match.start() < stop for begin, stop in taken):
            yield Relation(
                RelationKind.CAUSE,
                _left(text, start, match.start()),
                _right(text, match.end(), end, _STOP),
                _bare(text, match.span()),
            )


def _comparisons(text: str, start: int, end: int) -> Iterator[Relation]:
    taken: list[Span] = []
    for match in _AGAINST_FIRST.within(text).finditer(text, start, end):
        taken.append(match.span())
        word = match.span("more") if match["more"] else match.span("less")
        yield _compared(match.span("mine"), match.span("than"), word, more=match["more"] is not None)
    for pattern in (_AGAINST, _CHANGED_FROM):
        for match in pattern.within(text).finditer(text, start, end):
            if any(begin <= match.start() < stop for begin, stop in taken):
                continue
            taken.append(match.span())
            mine = _left(text, start, match.start())
            than = match.span("than") if pattern is _AGAINST else _right(text, match.end(), end, _THAN_END)
            if pattern is _AGAINST and _opens(text, start, match.start()):
                mine = _right(text, match.start(), end, _STOP) if not text[slice(*mine)].strip(" ,") else mine
            word = _bare(text, match.span("more") if match["more"] else match.span("less"))
            yield _compared(mine, than, word, more=match["more"] is not None)
    for match in _TIMES.within(text).finditer(text, start, end):
        taken.append(match.span())
        than = _right(text, match.end(), end, _THAN_END)
        yield _compared(_left(text, start, match.start()), than, match.span(), more=True)
    for match in _THAN.within(text).finditer(text, start, end):
        if any(begin <= match.start() < stop for begin, stop in taken):
            continue
        taken.append(match.span())
        than = _right(text, match.end(), end, _THAN_END)
        mine = _parallel(text, _left(text, start, match.start()), than)
        yield _compared(mine, than, match.span(), more=match["more"] is not None)
    for match in _OVER.within(text).finditer(text, start, end):
        if _BARE.within(text).match(text, match.end()):
            continue
        if not any(begin <= match.start() < stop for begin, stop in taken):
            than = _right(text, match.end(), end, _THAN_END)
            mine = _as_long(text, _left(text, start, match.start()), than)
            yield _compared(mine, than, match.span(), more=True)
    for match in _BEYOND.within(text).finditer(text, start, end):
        if not any(begin <= match.start() < stop for begin, stop in taken):
            yield _compared(
                _left(text, start, match.start()), _right(text, match.end(), end), match.span(), more=True
            )
    for match in _FROM_TO.within(text).finditer(text, start, end):
        more = match["more"] is not None
        mine = _left(text, start, match.start())[0], match.end()
        yield _compared(
            mine, match.span("than"), match.span("more") if more else match.span("less"), more=more
        )


def _as_long(text: str, span: Span, other: Span) -> Span:
    """As many words at the end of a span as the other has: what leads to "A hơn B" is no part of A."""
    found = list(_SYLLABLE.finditer(text, *span))
    count = len(_SYLLABLE.findall(text, *other))
    return (found[-count].start(), span[1]) if 0 < count < len(found) else span


def _parallel(text: str, span: Span, other: Span) -> Span:
    """The part of a span that begins as the other does, as long as that: of "chi bộ A có tỷ lệ … cao hơn chi bộ
    B" what is compared is "chi bộ A"."""
    mine = list(_SYLLABLE.finditer(text, *span))
    than = [match.group().lower() for match in _SYLLABLE.finditer(text, *other)]
    if len(than) < 3 or than[0] in _TURNS:
        return span
    for at in range(len(mine) - len(than) + 1):
        if [match.group().lower() for match in mine[at : at + 2]] == than[:2]:
            return mine[at].start(), mine[at + len(than) - 1].end()
    return span


#: What follows these is told by more than its name.
_TURNS: Final = frozenset({"năm", "quý", "tháng", "kỳ", "nhiệm"})


def _compared(mine: Span, than: Span, word: Span, *, more: bool) -> Relation:
    first, second = (mine, than) if more else (than, mine)
    return Relation(RelationKind.COMPARISON, first, second, word)


def _contrasts(text: str, start: int, end: int) -> Iterator[Relation]:
    for pattern in (_BUT_NOT, _NOT_ITS):
        for match in pattern.within(text).finditer(text, start, end):
            other = _right(text, match.end(), end)
            mine = _as_long(text, _left(text, start, match.start()), other)
            yield Relation(RelationKind.CONTRAST, mine, other, _bare(text, match.span()))
    for match in _NOT_BUT.within(text).finditer(text, start, end):
        yield Relation(RelationKind.CONTRAST, _right(text, match.end(), end), match.span("not"), match.span())
    for match in _OTHER_NOT.within(text).finditer(text, start, end):
        one, other = _left(text, start, match.start()), match.span("other")
        first, second = (one, other) if match["no"] else (other, one)
        yield Relation(RelationKind.CONTRAST, first, second, _bare(text, match.span()))
