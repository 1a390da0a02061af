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
from assistant.verification.denials import idle_denials, is_like_denial
from assistant.verification.directions import find_directions
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
    cited = [(source, _pieces(source.analysis.text, *source.spans[at])) for source, at in bearing]
    elsewhere = " | ".join(" ".join(piece.word for piece in theirs) for _, theirs in cited)
    found: list[Difference] = []
    for source, theirs in cited:
        found += _changes(_Side(text, mine), _Side(source.analysis.text, theirs), f" {elsewhere} ")
    return list(dict.fromkeys(found))


class _Side:
    """A text with its words."""

    def __init__(self, text: str, pieces: Sequence[_Piece]) -> None:
        self.text, self.pieces = text, pieces
        self.words = [piece.word for piece in pieces]

    def raw(self, start: int, end: int) -> str:
        """The words from ``start`` to ``end`` as they are written."""
        return self.text[self.pieces[start].start : self.pieces[end - 1].end] if end > start else ""

    def around(self, start: int, end: int) -> str:
        """The same with a word on either side."""
        return self.raw(max(0, start - 1), min(len(self.pieces), end + 1))

    def wider(self, start: int, end: int) -> str:
        """The same, normalised."""
        return " ".join(self.words[max(0, start - 1) : end + 1])


def _changes(mine: _Side, theirs: _Side, elsewhere: str) -> list[Difference]:
    blocks = SequenceMatcher(None, theirs.words, mine.words, autojunk=False).get_opcodes()
    found = []
    for index, (tag, a, b, c, d) in enumerate(blocks):
        if tag == "equal" or b - a > _SHORT or d - c > _SHORT or not _held(blocks, index):
            continue
        if f" {mine.wider(c, d)} " in elsewhere:
            continue  # another of the sentences has the very words
        kind = _kind(mine, theirs, (a, b), (c, d))
        if kind is None and _turned_passive(blocks, index, mine.words):
            kind = DifferenceKind.DIRECTION
        if kind is not None:
            found.append(Difference(kind, mine.around(c, d), theirs.around(a, b)))
    return found


def _held(blocks: Sequence[tuple[str, int, int, int, int]], index: int) -> bool:
    """Two words or more stand on both sides of a change as they stood, or it is at an end and four do."""
    before = blocks[index - 1][2] - blocks[index - 1][1] if index else None
    after = blocks[index + 1][2] - blocks[index + 1][1] if index + 1 < len(blocks) else None
    if before is None or after is None:
        return (before or after or 0) >= 4
    _, a, b, c, d = blocks[index]
    # A single word put in or left out is clearer than words exchanged.
    if (b - a) == (d - c) == 1:
        return before >= 1 and after >= 1 and before + after >= 4
    return before >= (1 if (b - a) + (d - c) == 1 else 2) and after >= 2


def _turned_passive(blocks: Sequence[tuple[str, int, int, int, int]], index: int, own: Sequence[str]) -> bool:
    """ "A thay thế B" has become "A được thay thế bởi B"."""
    put_in = own[blocks[index][3] : blocks[index][4]]
    if blocks[index][1] != blocks[index][2] or not set(put_in) & _PASSIVE:
        return False
    return any(set(own[c:d]) & _AGENT for _, _, _, c, d in blocks[index + 1 : index + 3])


_PASSIVE: Final = frozenset(words("được bị"))
_AGENT: Final = frozenset(words("bởi bằng"))


def _kind(mine: _Side, theirs: _Side, was: tuple[int, int], now: tuple[int, int]) -> DifferenceKind | None:
    """In what a change differs that turns the meaning; ``None`` where it may be no more than wording."""
    cited, said = theirs.words[slice(*was)], mine.words[slice(*now)]
    raw = theirs.raw(*was), mine.raw(*now)
    denies, denied = set(said) & _DENIALS, set(cited) & _DENIALS
    if bool(denies) != bool(denied):
        if is_like_denial(raw[0] if denies else raw[1]) or _denied_already(
            mine if denied else theirs, now if denied else was
        ):
            return None
        # "không đồng đều" put in denies words that were not there; "không" put in denies those that were.
        own = [word for word in (said if denies else cited) if word not in _DENIALS and word not in _LITTLE]
        return None if own and not (cited if denies else said) else DifferenceKind.NEGATION
    figures = [[word for word in side if word[0].isdigit()] for side in (cited, said)]
    # A figure of another sentence may stand there rightly; one from elsewhere in this sentence does not.
    if len(cited) == len(said) == len(figures[0]) == len(figures[1]) == 1 and said[0] in theirs.words:
        plain = [fold(figure[0]) for figure in figures]
        if plain[0] != plain[1] and all(re.fullmatch(r"\d+(?:,\d+)?", one) for one in plain):
            return DifferenceKind.NUMBER
    a, b = " ".join(cited), " ".join(said)
    if not a or not b or _stands(" ".join(theirs.words[was[0] : was[1] + 1]), mine.words):
        return None
    if a in lexicon.synonyms(b) or b in lexicon.synonyms(a):
        return None
    if (a, b) in _OPPOSITES or (b, a) in _OPPOSITES or _opposed(*raw):
        return DifferenceKind.DIRECTION
    if any(a in group and b in group for group in _siblings()):
        return DifferenceKind.NAME
    return None


def _denied_already(side: _Side, span: tuple[int, int]) -> bool:
    """A denial some words before holds for these too: "không được biểu quyết, ứng cử, bầu cử"."""
    begin = max(0, span[0] - _DENIED_AHEAD)
    ahead = [at for at in range(begin, span[0]) if side.words[at] in _DENIALS]
    if not ahead:
        return False
    between = side.raw(ahead[-1], min(len(side.pieces), span[0] + 1))
    return "," in between and _TURN.search(between) is None


_DENIED_AHEAD: Final = 7
_TURN: Final = re.compile(
    r"(?<!\w)(?:hoặc|nhưng|còn|thì|mà|vì|để|nơi|đã|song|khi)(?!\w)|[;.]\s", re.IGNORECASE
)
_LITTLE: Final = frozenset(words("được phải có thể cần còn bị là hề đã từng đang sẽ nên cho"))


def _stands(phrase: str, pieces: Sequence[str]) -> bool:
    return f" {phrase} " in f" {' '.join(pieces)} "


@lru_cache(maxsize=2048)
def _opposed(a: str, b: str) -> bool:
    """The two stand on different poles of one scale."""
    left = {(d.scale, d.pole) for d in find_directions(a, english=False)}
    right = {(d.scale, d.pole) for d in find_directions(b, english=False)}
    return any(scale == other and pole != side for scale, pole in left for other, side in right)
