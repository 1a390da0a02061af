"""Places in questions, which are typed with less care than documents: in lower case, without marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from assistant.phrases import UPPER
from ingest.numbers import fold
from ingest.places import Rank, find_places, gazetteer, one_tone_style
from ingest.types import Document

_PROVINCE = r"tỉnh(?:\s+(?:ủy|đoàn|đội))?"
_CITY = r"thành\s+(?:phố|ủy|đoàn)|tp\.?"
_ENGLISH_CITY = r"city\s+of"
_ENGLISH_PROVINCE = r"province\s+of"


#: A unit below the province by its name in capitals: "huyện Quế Phong", "xã Chiềng Ly".
SMALLER_UNIT = re.compile(
    rf"(?i:\b(?:huyện|xã|thị xã|thị trấn|phường|quận|thôn|bản))(?i: ủy)? ([{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{0,3}})"
)
_LEVELS = {
    Rank.PROVINCE: re.compile(r"cấp tỉnh|(?:toàn|cả) tỉnh|tỉnh ủy|\bprovinc"),
    Rank.CITY: re.compile(r"cấp thành phố|(?:toàn|cả) thành phố|thành ủy|\b(?:city|municipal)"),
}
_EITHER_LEVEL = re.compile(
    r"(?:tỉnh|thành phố)[^,?]* hay (?:là |của )*(?:thành phố|tỉnh)|provincial or (?:the )?(?:city|municipal)|city or (?:the )?provinc"
)


@dataclass(frozen=True, slots=True)
class QuestionPlace:
    """A province or city named in a question.

    Attributes:
        start, end: the place with its rank word ("tỉnh Bắc Ninh").
        name: official name.
        rank: ``None`` where the question does not say which unit of that name is meant.
    """

    start: int
    end: int
    name: str
    rank: Rank | None

    @property
    def phrase(self) -> str:
        """The place as text, e.g. "tỉnh Bắc Ninh" or "Bắc Ninh"."""
        return f"{self.rank} {self.name}" if self.rank else self.name


@cache
def _lower_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {one_tone_style(name).lower(): name for name in gazetteer().ranks if " " in name}
    joined = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?P<rank>(?:{_PROVINCE}|{_CITY})\s+)?(?P<name>{joined})(?!\w)"), names


@cache
def _folded_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {fold(name).lower(): name for name in gazetteer().ranks if " " in name}
    names |= {"hue": "Huế", "hanoi": "Hà Nội", "danang": "Đà Nẵng", "haiphong": "Hải Phòng"}
    names = {spelling: name for spelling, name in names.items() if name in gazetteer().ranks}
    joined = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return (
        re.compile(
            rf"(?<!\w)(?P<rank>(?:{_ENGLISH_PROVINCE}|{_ENGLISH_CITY})\s+)?(?P<name>{joined})"
            r"(?P<after>\s+(?:province|city|municipal|provincial))?(?!\w)"
        ),
        names,
    )


def _known(name: str, rank: Rank | None) -> Rank | None:
    return rank if rank in gazetteer().ranks[name] else None


@lru_cache(maxsize=256)
def question_places(text: str, *, language: str = "vi", levels: str = "") -> tuple[QuestionPlace, ...]:
    """Provinces and cities named in a question, in order, whatever its capitals (and marks, in English).

    Args:
        levels: text whose words "cấp tỉnh", "toàn tỉnh", "thành ủy" say which unit is meant where the
            name itself does not; one that offers both ("tỉnh hay thành phố") leaves it open.
    """
    found: list[QuestionPlace] = []
    for mention in find_places(text):
        head = re.search(rf"(?:{_PROVINCE}|{_CITY})\s*$", text[: mention.start], re.IGNORECASE)
        start = head.start() if head and mention.rank else mention.start
        found.append(QuestionPlace(start, mention.end, mention.name, mention.rank))
    plain = one_tone_style(text).lower()
    if len(plain) == len(text):
        pattern, names = _lower_pattern()
        for match in pattern.finditer(plain):
            word = match.group("rank") or ""
            rank = Rank.PROVINCE if word.startswith("tỉnh") else Rank.CITY if word else None
            name = names[match.group("name")]
            if name == "Hồ Chí Minh" and rank is None:
                continue  # the President
            found.append(QuestionPlace(match.start(), match.end(), name, _known(name, rank)))
    if language == "en":
        folded = fold(text).lower()
        if len(folded) == len(text):
            pattern, names = _folded_pattern()
            for match in pattern.finditer(folded):
                around = f"{match.group('rank') or ''} {match.group('after') or ''}"
                rank = Rank.PROVINCE if "provinc" in around else Rank.CITY if around.strip() else None
                name = names[match.group("name")]
                if name == "Hồ Chí Minh" and rank is None:
                    continue
                found.append(QuestionPlace(match.start(), match.end(), name, _known(name, rank)))
    kept: list[QuestionPlace] = []
    for place in sorted(found, key=lambda place: (place.start, -place.end, place.rank is None)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
        elif kept[-1].rank is None and place.rank is not None and place.name == kept[-1].name:
            kept[-1] = place
    return tuple(_at_level(place, levels.lower()) for place in kept)


def _at_level(place: QuestionPlace, levels: str) -> QuestionPlace:
    if _EITHER_LEVEL.search(levels):
        return replace(place, rank=None)
    if place.rank is None:
        ranks = [rank for rank, pattern in _LEVELS.items() if pattern.search(levels)]
        if len(ranks) == 1:
            return replace(place, rank=_known(place.name, ranks[0]))
    return place


def about_place(document: Document, place: QuestionPlace) -> bool | None:
    """Whether a document is about ``place``: yes, no (about another), or ``None`` when unknown."""
    if document.province is None:
        return None
    rank, _, name = document.province.rpartition(place.name)
    if name or not rank:
        return False
    return place.rank is None or rank.strip() == place.rank.value
