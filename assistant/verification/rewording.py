"""Where a sentence keeps the words of one it cites, the few it changes are looked at one by one.

Between words that stand as they stood, a "không" put in or left out, a figure or an opposite in place of another
changes what is said; a synonym does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.resources import files
from typing import Final

from assistant import lexicon
from assistant.phrases import fold, words
from assistant.types import Difference, DifferenceKind
from assistant.verification.directions import find_directions
from assistant.verification.polarity import idle_denials, is_like_denial
from assistant.verification.sources import Source

_PIECE: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*|\d+(?:[.,/-]\d+)*")
_SHORT: Final = 4  # words of a change that can still be looked at
_DENIALS: Final = frozenset(words("không chưa chẳng đừng")) | {"not", "never", "no"}
#: Opposites that are too common to be looked for elsewhere.
_OPPOSITES: Final = tuple(
    (" ".join(words(a)), " ".join(words(b)))
    for a, b in (
        ("trong", "ngoài"), ("trên", "dưới"), ("trước", "sau"), ("cao nhất", "thấp nhất"), ("cao", "thấp"), ("nhiều", "ít"), ("lớn", "nhỏ"),
        ("đầu", "cuối"), ("hết", "còn"), ("hết", "dồi dào"), ("dài thêm", "ngắn đi"), ("lên", "xuống"), ("thêm", "bớt"), ("tốt", "xấu"), ("đúng", "sai"),
        ("mạnh", "yếu"), ("nam", "nữ"), ("mới", "cũ"), ("được", "bị"), ("có", "thiếu"), ("tất cả", "một số"), ("mọi", "một số"), ("lớn nhất", "nhỏ nhất"),
        ("đông", "vắng"), ("nhanh", "chậm"), ("khó", "dễ"), ("gần", "xa"), ("sáng", "chiều"), ("sáng", "tối"), ("gần", "hơn"), ("gần", "trên"), ("rõ ràng", "mập mờ"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    word: str


def _pieces(text: str, start: int, end: int) -> list[_Piece]:
    """The words of a text; those of an idiom that denies nothing ("không ít") are one."""
    idle = [(start + a, start + b) for a, b in idle_denials(text[start:end])]
    found: list[_Piece] = []
    for match in _PIECE.finditer(text, start, end):
        span = next(((a, b) for a, b in idle if a <= match.start() < b), None)
        if span is None:
            found.append(_Piece(match.start(), match.end(), " ".join(words(match.group())) or match.group()))
        elif not found or found[-1].start != span[0]:
            found.append(_Piece(*span, " ".join(words(text[slice(*span)]))))
    return found


@lru_cache(maxsize=1)
def _siblings() -> tuple[frozenset[str], ...]:
    """Groups of things that are told apart: "chính thức" and "dự bị", "khiển trách" and "cảnh cáo"."""
    text = files("assistant").joinpath("siblings.tsv").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(frozenset(" ".join(words(phrase)) for phrase in row.split("|")) for row in rows)


def rewording_differences(text: str, bearing: Sequence[tuple[Source, int]]) -> list[Difference]:
    """What a few changed words make of the sentences that bear a statement out."""
    mine = _pieces(text, 0, len(text))
    own = [piece.word for piece in mine]
    found: list[Difference] = []
    for source, at in bearing:
        start, end = source.spans[at]
        theirs = _pieces(source.analysis.text, start, end)
        found += _changes(text, mine, own, source.analysis.text, theirs)
    return list(dict.fromkeys(found))


def _changes(
    text: str, mine: Sequence[_Piece], own: Sequence[str], cited: str, theirs: Sequence[_Piece]
) -> list[Difference]:
    other = [piece.word for piece in theirs]
    blocks = SequenceMatcher(None, other, own, autojunk=False).get_opcodes()
    found = []
    for index, (tag, a, b, c, d) in enumerate(blocks):
        if (
            tag == "equal"
            or b - a > _SHORT
            or d - c > _SHORT
            or not _held(blocks, index)
        ):
            continue
        raw = (
            cited[theirs[a].start : theirs[b - 1].end] if b > a else "",
            text[mine[c].start : mine[d - 1].end] if d > c else "",
        )
        kind = _kind(other[a:b], own[c:d], other, own, raw)
        if kind is None and _turned_passive(blocks, index, own):
            kind = DifferenceKind.DIRECTION
        if kind is not None:
            said = text[mine[max(0, c - 1)].start : mine[min(len(mine) - 1, max(c, d))].end]
            was = cited[theirs[max(0, a - 1)].start : theirs[min(len(theirs) - 1, max(a, b))].end]
            found.append(Difference(kind, said, was))
    return found


def _held(blocks: Sequence[tuple[str, int, int, int, int]], index: int) -> bool:
    """Two words or more stand on both sides of a change as they stood, or it is at an end and four do."""
    before = blocks[index - 1][2] - blocks[index - 1][1] if index else None
    after = blocks[index + 1][2] - blocks[index + 1][1] if index + 1 < len(blocks) else None
    if before is None or after is None:
        return (before or after or 0) >= 4
    _, a, b, c, d = blocks[index]
    # A single word put in or left out is clearer than words exchanged.
    return before >= (1 if (b - a) + (d - c) == 1 else 2) and after >= 2


def _turned_passive(blocks: Sequence[tuple[str, int, int, int, int]], index: int, own: Sequence[str]) -> bool:
    """ "A thay thế B" has become "A được thay thế bởi B"."""
    put_in = own[blocks[index][3] : blocks[index][4]]
    if blocks[index][1] != blocks[index][2] or not set(put_in) & _PASSIVE:
        return False
    return any(set(own[c:d]) & _AGENT for _, _, _, c, d in blocks[index + 1 : index + 3])


_PASSIVE: Final = frozenset(words("được bị"))
_AGENT: Final = frozenset(words("bởi bằng"))


def _kind(
    cited: Sequence[str], said: Sequence[str], whole: Sequence[str], own: Sequence[str], raw: tuple[str, str]
) -> DifferenceKind | None:
    """In what a change differs that turns the meaning; ``None`` where it may be no more than wording."""
    denies, denied = set(said) & _DENIALS, set(cited) & _DENIALS
    if bool(denies) != bool(denied):
        if is_like_denial(raw[0] if denies else raw[1]):
            return None
        return DifferenceKind.NEGATION
    figures = [[word for word in side if word[0].isdigit()] for side in (cited, said)]
    # A figure of another sentence may stand there rightly; one from elsewhere in this sentence does not.
    if len(cited) == len(said) == len(figures[0]) == len(figures[1]) == 1 and said[0] in whole:
        plain = [fold(figure[0]) for figure in figures]
        if plain[0] != plain[1] and all(re.fullmatch(r"\d+(?:,\d+)?", one) for one in plain):
            return DifferenceKind.NUMBER
    a, b = " ".join(cited), " ".join(said)
    if not a or not b or _stands(a, own):
        return None
    if a in lexicon.synonyms(b) or b in lexicon.synonyms(a):
        return None
    if (a, b) in _OPPOSITES or (b, a) in _OPPOSITES or _opposed(*raw):
        return DifferenceKind.DIRECTION
    if any(a in group and b in group for group in _siblings()):
        return DifferenceKind.NAME
    return None


def _stands(phrase: str, pieces: Sequence[str]) -> bool:
    return f" {phrase} " in f" {' '.join(pieces)} "


@lru_cache(maxsize=2048)
def _opposed(a: str, b: str) -> bool:
    """The two stand on different poles of one scale."""
    left = {(d.scale, d.pole) for d in find_directions(a, english=False)}
    right = {(d.scale, d.pole) for d in find_directions(b, english=False)}
    return any(scale == other and pole != side for scale, pole in left for other, side in right)
