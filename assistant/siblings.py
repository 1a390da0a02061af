"""Phrases that can take each other's place in a question: "dự bị" that of "chính thức".

The groups are a data file beside this module. A phrase outside them takes the place of one that
begins with the same noun ("lớp kiểm tra" that of "lớp bồi dưỡng").
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from assistant.unmarked import Pattern, is_unmarked
from ingest.numbers import fold

#: Where a noun phrase ends at the latest: verbs and small words that follow one.
_PHRASE_END = Pattern(
    r"(?<!\w)(?:có|đã|được|bị|là|do|phải|cần|gồm|thì|và|với|hay|hoặc|của|ở|tại|trong|từ|đến|tính|theo|trên|cho|vào|về|khi|để|năm|tháng"
    r"|bao|mấy|ai|gì|nào|không|chưa|đạt|kết nạp|khai trừ|chiếm|tăng|giảm|nói|quy định|ban hành|đề nghị|mở|tổ chức|thực hiện|diễn ra"
    r"|tham gia|đang|sẽ|nhiều|ít|như|thế|ra|vì|sao|đặt|giao|tỉnh|thành phố|huyện|xã|phường|is|are|was|were|do|does|did|have|has|in|of|at|for|and|with|to)(?!\w)|[,.;:?!()\"]"
)
_PLAIN_HEAD = re.compile(r"\w+")


@cache
def _groups(folded: bool) -> tuple[tuple[str, ...], ...]:
    text = files("assistant").joinpath("siblings.tsv").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(
        tuple(fold(phrase.strip()) if folded else phrase.strip() for phrase in row.split("|")) for row in rows
    )


def sibling_span(base: str, phrase: str) -> tuple[int, int] | None:
    """Where in ``base`` the thing stands whose place ``phrase`` takes; ``None`` where it has none."""
    return _in_group(base, phrase) or _same_noun(base, phrase)


def is_sibling(phrase: str) -> bool:
    """``phrase`` is one of a known group."""
    folded = is_unmarked(phrase)
    key = fold(phrase) if folded else phrase.lower()
    return any(key in group for group in _groups(folded))


def _in_group(base: str, phrase: str) -> tuple[int, int] | None:
    folded = is_unmarked(base) or is_unmarked(phrase)
    lower = fold(base) if folded else base.lower()
    if len(lower) != len(base):
        return None
    key = fold(phrase) if folded else phrase.lower()
    best: tuple[int, int] | None = None
    for group in _groups(folded):
        if key not in group:
            continue
        for other in group:
            found = re.search(rf"(?<!\w){re.escape(other)}(?!\w)", lower)
            if other == key or found is None:
                continue
            if best is None or found.end() - found.start() > best[1] - best[0]:
                best = found.span()
        if best:
            return best
    return None


def _same_noun(base: str, phrase: str) -> tuple[int, int] | None:
    """The phrase of ``base`` that begins with the first word, or first two, of ``phrase``."""
    syllables = phrase.split()
    for length in (2, 1):
        head = " ".join(syllables[:length])
        if len(syllables) <= length or len(head) < 2 or not _PLAIN_HEAD.match(head):
            continue
        plain = is_unmarked(phrase) and len(fold(base)) == len(base)
        where, what = (fold(base), fold(head)) if plain else (base, head)
        found = re.search(rf"(?<!\w){re.escape(what)}(?!\w)", where, re.IGNORECASE)
        if found is None or _PHRASE_END.fullmatch(head):
            continue
        end = _PHRASE_END.within(base).search(base, found.end())
        stop = end.start() if end else len(base)
        if base[found.start() : stop].strip().lower() == phrase.lower():
            continue
        return found.start(), found.start() + len(base[found.start() : stop].rstrip())
    return None


@cache
def _phrase_pattern(folded: bool) -> tuple[re.Pattern[str], dict[str, frozenset[int]]]:
    groups: dict[str, set[int]] = {}
    for number, group in enumerate(_groups(folded)):
        for phrase in group:
            groups.setdefault(phrase, set()).add(number)
    longest = sorted(groups, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")
    return pattern, {phrase: frozenset(numbers) for phrase, numbers in groups.items()}


def alternatives_in(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the first phrases of ``text``, two or more, that belong to one group."""
    folded = is_unmarked(text)
    lower = fold(text) if folded else text.lower()
    if len(lower) != len(text):
        return ()
    pattern, groups = _phrase_pattern(folded)
    found = [(match.span(), groups[match.group()], match.group()) for match in pattern.finditer(lower)]
    for index, (span, numbers, phrase) in enumerate(found):
        for number in numbers:
            same = [entry for entry in found[index:] if number in entry[1]]
            if len({entry[2] for entry in same}) >= 2:
                return (span, *(entry[0] for entry in same if entry[0] != span and entry[2] != phrase))
    return ()
