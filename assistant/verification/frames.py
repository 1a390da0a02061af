"""A sentence taken apart into what is said of whom: a party, the words after it, the party they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from assistant.verification.actors import Party, parties
from assistant.verification.tokens import Token
from ingest.places import find_places

#: Between two parts of a sentence each of which may have a subject of its own.
_HARD: Final = re.compile(
    r"[;:.!?\n|]|(?<!\w)(?:nhưng|song|trong khi(?: đó)?|trong đó|nơi|mà|nên|thì|(?<=, )còn)(?!\w)",
    re.IGNORECASE,
)
#: After one of these what follows may be done by the first party as well as by the last one named.
_SOFT: Final = re.compile(r"[,)]|(?<!\w)(?:và|rồi|để|nhằm|sau đó|đồng thời|vừa|khi)(?!\w)", re.IGNORECASE)
_PASSIVE: Final = re.compile(r"\s*(?:[^\W\d_]+\s+){0,3}?(?:được|bị|do)(?!\w)", re.IGNORECASE)
_BY: Final = re.compile(
    r"(?<!\w)(?:do|bởi|của|từ|theo|về phía)\s+(?:chính |các |những |từng |mỗi )?$", re.IGNORECASE
)
#: Words that may stand between a preposition and the party it goes with.
SOME: Final = "(?:mặt |tất cả |các |những |toàn thể |mọi |mỗi |từng |một |số |đội ngũ |lực lượng |bộ phận )*"
#: Before a party that something is done with or for, and that may act then.
_ASIDE: Final = re.compile(
    rf"(?<!\w)(?:cùng|giúp|đối với|với|cho|vì|nhờ|nhờ có|là|làm|thành)\s+{SOME}$", re.IGNORECASE
)
#: Before a party that something belongs to, or that is where it happens.
_OF: Final = re.compile(
    rf"(?<!\w)(?:theo|tại|ở|trong|trước|như|từ|thuộc|trên|giữa|qua|so với|về|của|bằng|có"
    rf"|(?<!một )số|số lượng|tỷ lệ)\s+{SOME}$",
    re.IGNORECASE,
)
#: Before a party that is to do what follows.
_CAUSED: Final = re.compile(
    r"(?<!\w)(?:phân công|giao|giao cho|cử|yêu cầu|đề nghị|kiến nghị|hướng dẫn|chỉ đạo|mời|vận động|giúp|để"
    r"|khi|do|bởi)\s+(?:các |những |mỗi |từng |một |một số )?$",
    re.IGNORECASE,
)
#: Behind a party that does what follows.
_ACTS: Final = re.compile(
    r"\s*(?:[^\W\d_]+\s+){0,2}?"
    r"(?:phải|cần|được|bị|đã|sẽ|đang|chưa|không|có thể|cũng|đều|chịu trách nhiệm)(?!\w)",
    re.IGNORECASE,
)
#: Before the party that does what was named before: "kế hoạch do Tỉnh ủy ban hành".
_AGENT: Final = re.compile(r"(?<!\w)(?:do|bởi)\s+(?:chính |các |những |từng |mỗi |một )?$", re.IGNORECASE)
_NEW: Final = re.compile(r"(?:,|(?<!\w)còn)\s*(?:các |những |mỗi |từng |một số )?$")


@dataclass(frozen=True, slots=True)
class Frame:
    """Words said of a party.

    Attributes:
        doers: who may do it: the party named last before, the first one of that part of the sentence too
            where a comma or "và" stands between; none where nobody is named.
        tokens: the words, up to the next party, comma or "và", or the end of that part.
        target: the party they lead to.
        passive: it is done to the doers.
        agents: a party further on that is named as who does it ("do …", "của …").
        inherited: the doers are those of an earlier part of the sentence, which may not hold here.
    """

    doers: tuple[Party, ...]
    tokens: tuple[Token, ...]
    target: Party | None
    passive: bool
    agents: tuple[Party, ...]
    inherited: bool


def frames(text: str, tokens: Sequence[Token], start: int, end: int) -> list[Frame]:
    """The frames of the sentence ``text[start:end]``, of whose text ``tokens`` are the words."""
    found: list[Frame] = []
    named = [party for party in parties(text) if start <= party.start and party.end <= end]
    placed = [(name.start, name.end) for name in find_places(text)]
    within = [
        token
        for token in tokens
        if start <= token.start < end and not token.steep and not any(a <= token.start < b for a, b in placed)
    ]
    cuts = _cuts(text, named, start, end)
    first: Party | None = None
    for begin, stop in zip([start, *cuts], [*cuts, end], strict=True):
        inside = [party for party in named if begin <= party.start < stop]
        lead: Party | None = None
        doers: tuple[Party, ...] = (first,) if first is not None else ()
        inherited = True
        passive = False
        words: list[Token] = []
        for low, party, high, following in _stretches(text, inside, begin, stop):
            if party is not None:
                passive = _PASSIVE.match(text, party.end, high) is not None
                if _OF.search(text, begin, party.start):
                    doers = (*doers[:1], party) if doers else ()
                elif _ASIDE.search(text, begin, party.start):
                    doers, inherited = (party, *doers[:1]), False
                else:
                    alone = _CAUSED.search(text, begin, party.start) or _ACTS.match(text, party.end)
                    doers = (party,) if alone or lead is None else (party, lead)
                    lead, inherited = lead or party, False
            elif lead is not None and lead not in doers:
                doers = (*doers, lead)
            else:
                # A comma or "và" within what one party does.
                low = found.pop().tokens[0].start if words else low
            words = [token for token in within if low <= token.start < high]
            if words:
                if following is not None and _AGENT.search(text, low, following.start):
                    found.append(Frame((following,), tuple(words), None, False, (), False))
                    continue
                agents = [p for p in inside if p.start >= high and _BY.search(text, begin, p.start)]
                found.append(Frame(doers, tuple(words), following, passive, tuple(agents[:1]), inherited))
        first = first or lead
    return found


def _stretches(
    text: str, inside: Sequence[Party], begin: int, stop: int
) -> Iterator[tuple[int, Party | None, int, Party | None]]:
    """Where words stand between parties and soft breaks: start, the party before, end, the party behind."""
    edges: list[tuple[int, int, Party | None]] = [(begin, begin, None)]
    edges += [(party.start, party.end, party) for party in inside]
    taken = [(party.start, party.end) for party in inside]
    edges += [
        (match.start(), match.end(), None)
        for match in _SOFT.finditer(text, begin, stop)
        if not any(a <= match.start() < b for a, b in taken)
    ]
    edges.sort(key=lambda edge: edge[:2])
    edges.append((stop, stop, None))
    for (_, low, party), (high, _, following) in pairwise(edges):
        yield low, party, high, following


def _cuts(text: str, named: Sequence[Party], start: int, end: int) -> list[int]:
    """Where a part of a sentence ends that may have a subject of its own."""
    cuts = {match.end() for match in _HARD.finditer(text, start, end)}
    # ", các đảng bộ xây dựng …": a comma right before a party that is no part of a list.
    cuts |= {party.start for party in named if _NEW.search(text, start, party.start)}
    return sorted(cut for cut in cuts if start < cut < end)
