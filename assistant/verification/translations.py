"""Whether a translation says what its original says, as far as figures, dates, names and denials tell.

Both ways: nothing of the kind may be there that the original has not, and nothing may be missing. Of the
words in between nothing is known, which is why a translation is never shown as a quote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.phrases import words
from assistant.types import Difference, DifferenceKind
from assistant.unmarked import is_unmarked
from assistant.verification.analysis import KINDS, Analysis, Item, Sort, analysed
from assistant.verification.denials import denials, is_like_denial
from assistant.verification.directions import Direction
from assistant.verification.figures import Bound, Figure
from assistant.verification.language import is_english
from assistant.verification.moments import Moment
from assistant.verification.names import Name
from assistant.verification.references import Reference
from ingest.numbers import fold

_CHECKED = (Sort.DOCUMENT, Sort.MOMENT, Sort.LABEL, Sort.FIGURE, Sort.PERSON, Sort.PLACE)
_NAMED = (Sort.PERSON, Sort.PLACE)
#: Up to here a number in words may be put otherwise: "cả hai" is "both", "lần thứ hai" is "again".
_SMALL = 10
_ROMAN = re.compile(r"(?<!\w)[IVX]{1,6}(?!\w)")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_ENGLISH_LIKE_DENIAL = re.compile(
    r"\b(?:except\w*|lack\w*|fail\w*|few|little|rather than|instead of|free of|avoid\w*|prohibit\w*"
    r"|forbid\w*|ban(?:s|ned)?"
    r"|refus\w*|insufficient\w*|un\w+|in(?:complete|adequate|eligible|effective|ability)\w*|hardly|barely|missing|absent"
    r"|other than|exempt\w*|yet to|only|less than|fewer than|under|below)\b",
    re.IGNORECASE,
)
#: Changes that the words for directions do not have: "up 8.5% from 2022".
_UP_DOWN = re.compile(
    r"\b(up|down)(?= (?:by |from |to |nearly |about |over |almost )?\d|,? compared)", re.IGNORECASE
)
_BALLOT = re.compile(r"bỏ phiếu", re.IGNORECASE)
_NOT_FULL = re.compile(r"(?<!\w)(?:chưa|không) đủ\s+$", re.IGNORECASE)
_HALF = re.compile(r"(?<!\w)(?:hal(?:f|ved?|ving)|nửa)(?!\w)", re.IGNORECASE)
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),
        start=1,
    )
}
#: Scales of which the poles cannot be mistaken; those of time and amount are said in too many ways.
_SCALES = frozenset({"change", "target", "compare", "leave", "bound", "join", "found"})
_OPPOSITE = {"up": "down", "more": "less", "may": "not", "least": "most", "in": "out", "make": "end"}
_OPPOSITE |= {other: one for one, other in _OPPOSITE.items()} | {"over": "under", "under": "over"}
_FOREIGN_SHARE = 0.25


def translation_differences(quote: str, translation: str, *, language: str) -> tuple[Difference, ...]:
    """What a translation and its quote do not both say; empty where they agree.

    Args:
        language: of the translation, "vi" or "en"; the quote is in the other.
    """
    english = language == "en"
    if not _is_in(translation, english=english):
        return (Difference(DifferenceKind.SUPPORT, translation[:80]),)
    theirs = analysed(quote, english=not english, folded=True)
    mine = analysed(translation, english=english, folded=True)
    found = [Difference(KINDS[item.sort], item.text) for item in _without_match(mine, theirs)]
    found += [Difference(KINDS[item.sort], "", item.text) for item in _without_match(theirs, mine)]
    return (*found, *_turned(mine, theirs), *_denied(mine, theirs))


def _is_in(text: str, *, english: bool) -> bool:
    """It is in that language, names aside."""
    if not english:
        return not is_english(text)
    own = [word for word in re.findall(r"[^\W\d_]+", text) if word.islower()]
    marked = sum(not is_unmarked(word) for word in own)
    return bool(own) and marked <= _FOREIGN_SHARE * len(own)


def _without_match(said: Analysis, other: Analysis) -> list[Item]:
    """The items of a text that the other text has not."""
    return [item for item in said.items if item.sort in _CHECKED and not _stands(item, said, other)]


def _stands(item: Item, said: Analysis, other: Analysis) -> bool:
    if item.sort in _NAMED:
        return _named(item, other.text)
    value = item.value
    same_sort = [entry.value for entry in other.items if entry.sort is item.sort]
    if isinstance(value, Figure):
        return _figure_stands(value, said, other)
    if isinstance(value, Moment):
        years = frozenset(entry.year for entry in same_sort if isinstance(entry, Moment) and entry.year)
        own = frozenset(e.value.year for e in said.items if isinstance(e.value, Moment) and e.value.year)
        return any(
            value.within(entry, years) and entry.within(value, own)
            for entry in same_sort
            if isinstance(entry, Moment)
        )
    if isinstance(value, Reference):
        if item.sort is Sort.LABEL:
            if value.name == "ordinal" and not said.english:
                return True  # "thứ hai" may be a Monday
            return int(value.number) in _numbers(other)
        return any(_same_document(value, entry) for entry in same_sort if isinstance(entry, Reference))
    return True


def _same_document(one: Reference, other: Reference) -> bool:
    if one.canonical and other.canonical:
        return one.canonical == other.canonical
    return one.number == other.number


def _figure_stands(figure: Figure, said: Analysis, other: Analysis) -> bool:
    spelt = not re.search(r"\d", said.text[figure.start : figure.end])
    if figure.weak:
        return True
    if any(
        isinstance(entry.value, Figure)
        and figure.equals(entry.value)
        and _bounded(figure, said).agrees(_bounded(entry.value, other))
        and _bounded(entry.value, other).agrees(_bounded(figure, said))
        for entry in other.items
    ):
        return True
    value = figure.values[0]
    if value == Fraction(1, 2) and _HALF.search(other.text):
        return True
    if figure.percent or value.denominator != 1:
        return False
    in_vietnamese = spelt and not said.english
    return int(value) in _numbers(other) - _figures(other) or (in_vietnamese and value <= _SMALL)


def _bounded(figure: Figure, analysis: Analysis) -> Figure:
    """A figure with its bound, that of "chưa đủ 30 năm" too."""
    if _NOT_FULL.search(analysis.text[: figure.start]):
        return replace(figure, bound=Bound.BELOW)
    return figure


def _numbers(analysis: Analysis) -> frozenset[int]:
    """Whole numbers in a text, those of articles, congresses and the like too."""
    labels = {
        int(entry.value.number)
        for entry in analysis.items
        if entry.sort is Sort.LABEL and isinstance(entry.value, Reference)
    }
    romans = {_roman(match.group()) for match in _ROMAN.finditer(analysis.text)}
    ordinals = {
        int(n) for n in re.findall(r"(?<!\w)(?:(?:Q)(?=\d)|(?=\d+(?:st|nd|rd|th)))(\d{1,3})", analysis.text)
    }
    ordinals |= {_ORDINALS[word] for word in words(analysis.text) if word in _ORDINALS}
    return frozenset(labels | romans | ordinals | _figures(analysis))


def _figures(analysis: Analysis) -> frozenset[int]:
    return frozenset(
        int(value)
        for entry in analysis.items
        if isinstance(entry.value, Figure) and not entry.value.percent
        for value in entry.value.values[:1]
        if value.denominator == 1
    )


def _roman(numeral: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(
        -value if any(later > value for later in values[at + 1 : at + 2]) else value
        for at, value in enumerate(values)
    )


def _named(item: Item, text: str) -> bool:
    """A person or place is named in the other text, whatever its marks: "Ha Noi", "Hanoi"."""
    assert isinstance(item.value, Name)
    joined = fold(" ".join(words(text))).replace(" ", "")
    names: Sequence[str] = (item.value.value, *item.value.also)
    return any(fold(name).replace(" ", "") in joined for name in names)


def _turned(mine: Analysis, theirs: Analysis) -> list[Difference]:
    """Words that go the other way than the original."""
    ours, other = _ways(mine), _ways(theirs)
    found = []
    for (scale, pole), text in ours.items():
        opposite = _OPPOSITE.get(pole)
        if opposite and (scale, opposite) in other and (scale, pole) not in other:
            found.append(Difference(DifferenceKind.DIRECTION, text, other[scale, opposite]))
    return found


def _ways(analysis: Analysis) -> dict[tuple[str, str], str]:
    ways = {
        (entry.value.scale, entry.value.pole): entry.text
        for entry in analysis.items
        if isinstance(entry.value, Direction) and entry.value.scale in _SCALES
    }
    if analysis.english:
        ways |= {("change", match[1].lower()): match[1] for match in _UP_DOWN.finditer(analysis.text)}
    return ways


def _denied(mine: Analysis, theirs: Analysis) -> list[Difference]:
    """One text denies more than the other, and the other does not say so without a word that denies."""
    ours, other = denials(mine), denials(theirs)
    more, fewer = (mine, theirs) if len(ours) > len(other) else (theirs, mine)
    lacking = abs(len(ours) - len(other))
    if not lacking or lacking <= _alike(fewer):
        return []
    said = denials(more)[-1]
    text = more.text[said.start : said.end]
    return [Difference(DifferenceKind.NEGATION, *((text, "") if more is mine else ("", text)))]


def _alike(analysis: Analysis) -> int:
    """In how many places, or clauses, a text may deny without a word that denies."""
    counted = [(denied.start, denied.end) for denied in denials(analysis)]
    if analysis.english:
        return sum(
            not any(start <= match.start() < end for start, end in counted)
            for match in _ENGLISH_LIKE_DENIAL.finditer(analysis.text)
        )
    text = analysis.text
    for start, end in counted:
        text = text[:start] + "#" * (end - start) + text[end:]
    return sum(is_like_denial(clause) for clause in re.split(r"[,.;:]", _BALLOT.sub("", text)))
