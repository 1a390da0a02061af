"""A sentence taken apart into what is said of whom: a party, the words after it, the party they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from assistant.verification.actors import Party, parties
from assistant.verification.names import NameKind, find_names
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
#: Behind a party that something was held for.
_RECEIVES: Final = re.compile(
    r"\s*(?:(?:đã|đang|sẽ|cũng|đều|phải|cần|có thể)\s+){0,2}(?:theo học|học|dự|tham dự|tham gia|nhận)(?!\w)",
    re.IGNORECASE,
)
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
    rf"|(?<!một )số|số lượng|tỷ lệ|(?:địa bàn|lĩnh vực|nhiệm vụ),)\s+{SOME}$",
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
_NEW: Final = re.compile(
    r"(?:,|(?<!\w)còn)\s*(?:(?:và|đồng thời|còn)\s+)?(?:các |những |mỗi |từng |một số )?$"
)
#: Between parties of one list: names that go with the one before, and what parts it from the next.
_LISTED: Final = re.compile(
    r"(?:\s+[^\W\d_]+){0,3}\s*(?:,|và|cùng)\s*(?:các |những )?|(?:\s+[A-ZĐ][^\W\d_]*){0,2}(?: các)? "
)
#: Behind a party of which nothing is said, and before one that ends a list of places.
_ENDS: Final = re.compile(r"\s*(?:[,;.:)]|$|(?:rồi|và|để|nhằm|hoặc|hay)(?!\w))", re.IGNORECASE)
_PLACES: Final = re.compile(
    r"(?<!\w)(?:địa bàn|lĩnh vực|nhiệm vụ|khu vực),\s+(?:các |những )?$", re.IGNORECASE
)
#: Before a party to which something is done in a name of that deed: what follows is said of the deed.
_OBJECT: Final = re.compile(
    r"(?<!\w)(?:phát triển|kết nạp|xét kết nạp|nguồn|chất lượng|công tác|bồi dưỡng|giáo dục|rèn luyện|quản lý"
    r"|sàng lọc|rà soát|tuyên truyền|vận động|thành lập|xây dựng)\s+(?:đội ngũ |các |những |nhiều )?$",
    re.IGNORECASE,
)
#: The same where the deed is called one: whatever stands behind the party is said of the deed too.
_OF_A_DEED: Final = re.compile(
    r"(?<!\w)(?:việc|công tác|khâu|sự)\s+(?:(?:theo dõi|giúp đỡ|bồi dưỡng|giáo dục|rèn luyện|phát hiện|phát triển"
    r"|kết nạp|quản lý|tuyên truyền|vận động|đánh giá|kiểm tra|giám sát)[\s,]+(?:và )?){1,4}(?:các |những )?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Words said of a party.

    Attributes:
        doers: who may do it: the party named last before, whoever was given something to do and the first
            one of that part too where a comma or "và" stands between; none where nobody is named.
        tokens: the words, up to the next party, comma or "và", or the end of that part.
        target: the party they lead to.
        passive: it is done to the doers.
        agents: a party further on that is named as who does it ("do …", "của …").
        inherited: the doers are those of an earlier part of the sentence, which may not hold here.
        receives: what is said is that something is given to the doers, or that they take part in it.
    """

    doers: tuple[Party, ...]
    tokens: tuple[Token, ...]
    target: Party | None
    passive: bool
    agents: tuple[Party, ...]
    inherited: bool
    receives: bool = False


def frames(text: str, tokens: Sequence[Token], start: int, end: int) -> list[Frame]:
    """The frames of the sentence ``text[start:end]``, of whose text ``tokens`` are the words."""
    found: list[Frame] = []
    named = [party for party in parties(text) if start <= party.start and party.end <= end]
    placed = [(name.start, name.end) for name in find_places(text)]
    placed += [(n.start, n.end) for n in find_names(text, english=False) if n.kind is NameKind.PERSON]
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
        tasked: tuple[Party, ...] = ()
        doers: tuple[Party, ...] = (first,) if first is not None else ()
        inherited = True
        passive = receives = False
        words: list[Token] = []
        for low, party, high, following in _stretches(text, inside, begin, stop):
            if party is not None:
                passive = _PASSIVE.match(text, party.end, high) is not None
                receives = _RECEIVES.match(text, party.end, high) is not None
                done_to = _OF_A_DEED.search(text, begin, party.start) or (
                    _OBJECT.search(text, begin, party.start) and not _ACTS.match(text, party.end)
                )
                if _OF.search(text, begin, party.start) or done_to:
                    doers = (*doers[:1], party) if doers else ()
                elif _ASIDE.search(text, begin, party.start):
                    doers, inherited = (party, *doers[:1]), False
                    tasked = (party,) if lead is None else tasked
                else:
                    caused = _CAUSED.search(text, begin, party.start)
                    alone = caused or _ACTS.match(text, party.end)
                    others = (*tasked, *((lead,) if lead is not None else ()))
                    doers = (party,) if alone else (party, *(one for one in others if one is not party))
                    lead, inherited = lead or party, False
                    tasked = (party,) if caused else tasked
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
                agents = _agents(text, [p for p in named if p.start >= high], begin, stop)
                found.append(Frame(doers, tuple(words), following, passive, agents, inherited, receives))
        first = first or lead
    return found


def _agents(text: str, behind: Sequence[Party], begin: int, stop: int) -> tuple[Party, ...]:
    """The first of some parties, before ``stop``, that is named as who does it, with those that are named in
    one list with it."""
    found: list[Party] = []
    for party in behind:
        if found:
            if not _LISTED.fullmatch(text, found[-1].end, party.start):
                break
            found.append(party)
        elif party.start >= stop:
            break
        elif _BY.search(text, begin, party.start):
            found.append(party)
    return tuple(found)


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
    cuts |= {
        party.start
        for party in named
        if _NEW.search(text, start, party.start)
        and not _ENDS.match(text, party.end)
        and not _PLACES.search(text, start, party.start)
    }
    return sorted(cut for cut in cuts if start < cut < end)
