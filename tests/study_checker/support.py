"""Whether a text bears out a claim, by its words in their order and its figures in theirs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction

from .documents import Documents
from .words import content, dates, figures, names, plain, says, tokens

#: Part of a claim's words that a sentence elsewhere has when it tells of the same thing.
SAME_THING = 0.8
#: Characters in which a document tells what and whom it is about.
_BEGINNING = 600
_SHORT = re.compile(r"\b[A-ZĐ]{2,}\b")
_FRAME = re.compile(
    r"^(?:Theo|According to)\b(?:[^“”,]|“[^”]*”)*,\s*(?:(?:mục|phần) “[^”]*”,\s*)*", re.IGNORECASE
)
#: Words of a claim that say nothing themselves, and verbs that only join: "mang số", "bàn về".
_GRAMMAR = frozenset(
    """và của là các có được cho trong với những này đó khi thì mà ở tại về từ đến ra vào theo do bởi
    mang bàn ban hành ngày tháng năm số bằng chiếm khoảng""".split()
)
NEGATIONS = frozenset({"không", "chưa", "chẳng", "not", "never"})


_OFTEN = re.compile(r"\b(?:mỗi|hằng|hàng|từng)\s+(ngày|tuần|tháng|quý|năm)\b", re.IGNORECASE)
_ISSUED = re.compile(
    r"\s(?:được |được ký )?ban hành (?:vào )?ngày [\d/. -]+\d(?: tháng \d+ năm \d{4})?", re.IGNORECASE
)
#: Characters behind the number of a document within which its day stands.
_BEHIND = 24


@dataclass(frozen=True)
class Likeness:
    """How a claim stands to a text.

    Attributes:
        words: part of the claim's words that the text has in the same order, 0 to 1.
        figures: the text has the claim's figures and dates, in their order, and the numbers of its documents.
        negated: the one denies and the other does not.
        missing: words that say something and that the text has not, or not so often.
        replaced: those of them that stand where the text has another word.
    """

    words: float
    figures: bool
    negated: bool
    missing: frozenset[str]
    replaced: frozenset[str]

    @property
    def bears_out(self) -> bool:
        return self.figures and not self.negated and not self.missing


def likeness(claim: str, text: str, besides: str = "") -> Likeness:
    """``besides``: words that a claim may take from elsewhere, such as the name of its source."""
    claim = framed(claim)[1]
    mine, theirs = tokens(claim), tokens(text)
    common = _common(mine, theirs)
    negated = bool(NEGATIONS & set(mine)) != bool(NEGATIONS & set(theirs))
    left = Counter(_telling(mine)) - Counter(theirs)
    missing = frozenset(word for word in left if word not in tokens(besides))
    missing |= _often(claim) - _often(text)
    replaced: set[str] = set()
    short = {plain(word) for word in _SHORT.findall(text)}
    for kind, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        # An abbreviation may be given in full.
        if kind == "replace" and not set(theirs[c:d]) <= short:
            replaced |= set(mine[a:b])
    stated = _ordered(claim, text, besides) and names(claim) <= names(text) | names(besides)
    part = common / len(mine) if mine else 0.0
    return Likeness(part, stated, negated, missing, missing & frozenset(replaced))


def _telling(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word not in _GRAMMAR and not word[0].isdigit()]


def framed(text: str) -> tuple[str, str]:
    """What a text says of its source, "Theo bài “…”, ", and what it says itself."""
    match = _FRAME.match(text)
    return (match[0], text[match.end() :]) if match else ("", text)


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for left in one:
        before = 0
        for index, right in enumerate(other, 1):
            before, row[index] = row[index], before + 1 if left == right else max(row[index], row[index - 1])
    return row[-1]


def _ordered(claim: str, text: str, besides: str) -> bool:
    """Figures and dates of a claim are a subsequence of the text's; a date may come from ``besides``."""
    wanted, held = _marks(_without_issue(claim, text)), _marks(text)
    extra = [mark for mark in _marks(besides) if mark not in held]
    place = 0
    for mark in wanted:
        found = next((i for i in range(place, len(held)) if _fits(mark, held[i])), None)
        if found is not None:
            place = found + 1
        elif not any(_fits(mark, other) for other in extra):
            return False
    return True


def _often(text: str) -> frozenset[str]:
    """How often something is done: "mỗi quý" is not "mỗi tháng", though both words stand in any text."""
    return frozenset(match[1].lower() for match in _OFTEN.finditer(text))


def _without_issue(claim: str, text: str) -> str:
    """The claim less when its document was issued, where the text has that day right behind its number.

    "… về việc mở lớp được ban hành ngày 27/4/2018" tells at the end what the text tells first.
    """
    issued = _ISSUED.search(claim)
    if issued is None:
        return claim
    days = {date for date, *_ in dates(issued[0])}
    for number in names(claim):
        for found in re.finditer(re.escape(number), text, re.IGNORECASE):
            behind = text[found.end() : found.end() + _BEHIND]
            if days <= {date for date, *_ in dates(behind)}:
                return claim[: issued.start()] + claim[issued.end() :]
    return claim


def _marks(text: str) -> list[tuple[object, bool]]:
    marks: list[tuple[int, tuple[object, bool]]] = []
    marks += [(start, (date, False)) for date, start, _ in dates(text)]
    marks += [(figure.start, (figure.value, figure.percent)) for figure in figures(text)]
    return [mark for _, mark in sorted(marks, key=lambda found: found[0])]


def _fits(mark: tuple[object, bool], other: tuple[object, bool]) -> bool:
    if isinstance(mark[0], Fraction) or isinstance(other[0], Fraction):
        return mark == other
    return mark[0].within(other[0])  # type: ignore[attr-defined, no-any-return]


def also_true(documents: Documents, stem: str, answer: str, quotes: list[str], key: str = "") -> str:
    """A sentence elsewhere that gives ``answer`` as an answer to ``stem``; empty if there is none.

    It must state the answer as a figure, date or name, be about the same thing, name no other time than the
    stem and the quotes do, and count the same thing where the answer is a figure. The same thing: it has the
    words that stem and quotes share; what the stem took from elsewhere, such as a place, it or the beginning
    of its document has.
    """
    quoted = frozenset[str]().union(*map(content, quotes))
    shared = " ".join(sorted(content(stem) & quoted)) or stem
    taken = " ".join(sorted(content(stem) - quoted))
    asked = {date.year for date, _, _ in dates(f"{stem} {' '.join(quotes)}") if date.year}
    for sentence in documents.sentences:
        if any(sentence.text.strip() in quote or quote in sentence.text for quote in quotes):
            continue
        if not says(sentence.text, answer) or documents.coverage(shared, sentence.text) < SAME_THING:
            continue
        around = f"{documents.texts[sentence.document][:_BEGINNING]} {sentence.text}"
        if taken and documents.coverage(taken, around) < SAME_THING:
            continue
        told = {date.year for date, _, _ in dates(sentence.text) if date.year}
        if asked and told and not asked & told:
            continue
        if key and figures(answer) and counted(sentence.text, answer) != counted(" ".join(quotes), key):
            continue
        return f"{sentence.document}: {sentence.text.strip()[:160]}"
    return ""


def counted(text: str, figure: str) -> str:
    """The word that follows a figure."""
    values = [found.value for found in figures(figure)]
    for found in figures(text):
        if values and found.value == values[0]:
            return next(iter(tokens(text[found.end : found.end + 40])), "")
    return ""
