"""Provinces and cities named in a text, and the one a document is about.

A province and its capital often share a name ("tỉnh Bắc Ninh", "thành phố Bắc Ninh"), so a place is a
name with a rank. Today's provinces come from the package ``vietnam-provinces`` (only its JSON file is
read: importing the package costs 70 ms), earlier ones from ``ingest.divisions``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from ingest.divisions import FORMER_CITIES, FORMER_PROVINCES, SPELLINGS
from ingest.errors import InvariantBroken

#: Only so much of a long text is weighed: what a document is about shows early.
_WEIGHED_CHARS: Final = 200_000
_TITLE_WEIGHT, _ISSUER_WEIGHT, _RANKED_WEIGHT, _BARE_WEIGHT = 12, 12, 2, 1
#: The leader must outweigh every other place by this much, or the document is about none in particular.
_LEAD: Final = 1.5
_LEAST_WEIGHT: Final = 6

_TONE_PAIRS: Final = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_TONE: Final = re.compile("|".join(_TONE_PAIRS), re.IGNORECASE)


class Rank(StrEnum):
    """What kind of unit a place is."""

    PROVINCE = "tỉnh"
    CITY = "thành phố"


@dataclass(frozen=True, slots=True)
class Place:
    """A province or city; ``str`` gives the form a document's ``province`` has."""

    name: str
    rank: Rank

    def __str__(self) -> str:
        return f"{self.rank} {self.name}"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named at ``text[start:end]`` (its name alone); ``rank`` is ``None`` where none is written."""

    start: int
    end: int
    name: str
    rank: Rank | None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every name of a province or city, past and present.

    Attributes:
        ranks: official name → the ranks it has or had.
        parents: city inside a province → names of that province.
        by_spelling: lower-case spelling with tone marks in one style → official name.
        pattern: finds a name, with groups ``rank`` (or empty) and ``name``.
    """

    ranks: dict[str, frozenset[Rank]]
    parents: dict[str, frozenset[str]]
    by_spelling: dict[str, str]
    pattern: re.Pattern[str]


def one_tone_style(text: str) -> str:
    """``text`` with tone marks in one style (hoà → hòa); same length, so offsets stay valid."""

    def swap(match: re.Match[str]) -> str:
        pair = match.group()
        new = _TONE_PAIRS[pair.lower()]
        return "".join(n.upper() if o.isupper() else n for o, n in zip(pair, new, strict=True))

    return _TONE.sub(swap, text)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer, built on first use (about 15 ms) and kept for the life of the process."""
    ranks: dict[str, set[Rank]] = {}
    for name, rank in _current_provinces():
        ranks.setdefault(name, set()).add(rank)
    for name in FORMER_PROVINCES:
        ranks.setdefault(name, set()).add(Rank.PROVINCE)
    parents: dict[str, set[str]] = {}
    for province, cities in FORMER_CITIES.items():
        for city in cities:
            ranks.setdefault(city, set()).add(Rank.CITY)
            parents.setdefault(city, set()).update({province, FORMER_PROVINCES.get(province, province)})
    spellings = {name: name for name in ranks} | SPELLINGS
    forms = {_key(written): name for written, name in spellings.items()}
    names = "|".join(_name_pattern(one_tone_style(w)) for w in sorted(spellings, key=len, reverse=True))
    pattern = re.compile(
        rf"""(?<![^\W\d_])
        (?P<rank>(?i:{_RANK_WORDS})\s*)?
        (?P<name>{names}|TP\.?\s?HCM)(?![^\W\d_])""",
        re.VERBOSE,
    )
    return Gazetteer(
        {name: frozenset(r) for name, r in ranks.items()},
        {name: frozenset(p) for name, p in parents.items()},
        forms,
        pattern,
    )


#: Words before a name that say which unit it is; other units are matched so as to be left out.
_PROVINCE_WORDS: Final = r"tỉnh(?:\s+(?:ủy|đoàn|đội))?"
_CITY_WORDS: Final = r"thành\s+(?:phố|ủy|đoàn)|tp\.?"
_OTHER_WORDS: Final = (
    r"huyện(?:\s+(?:ủy|đoàn))?|quận(?:\s+ủy)?|thị\s+(?:xã|trấn|ủy)|phường|xã|thôn|bản|phố|đường|sông|"
    r"cầu|chợ|núi|hồ|đảo|vịnh|ga|cảng|sân\s+bay"
)
_RANK_WORDS: Final = rf"{_PROVINCE_WORDS}|{_CITY_WORDS}|{_OTHER_WORDS}"


def find_places(text: str) -> list[PlaceMention]:
    """Provinces and cities named in ``text``, in order; names of people and of smaller units left out."""
    gaz = gazetteer()
    plain = one_tone_style(text)
    found: list[PlaceMention] = []
    for match in gaz.pattern.finditer(plain):
        written, rank_word = match.group("name"), (match.group("rank") or "").strip().lower()
        if written.endswith("HCM"):
            found.append(PlaceMention(match.start("name"), match.end(), "Hồ Chí Minh", Rank.CITY))
            continue
        name = gaz.by_spelling[_key(written)]
        rank: Rank | None = None
        if rank_word:
            if re.fullmatch(_PROVINCE_WORDS, rank_word):
                rank = Rank.PROVINCE
            elif re.fullmatch(_CITY_WORDS, rank_word):
                rank = Rank.CITY
            if rank is None or rank not in gaz.ranks[name]:
                continue
        elif not _stands_alone(plain, match.start(), match.end(), written, name):
            continue
        found.append(PlaceMention(match.start("name"), match.end("name"), name, rank))
    return found


def about(title: str, issuer: str, text: str, *, national: bool = False) -> Place | None:
    """The province or city a document is about, or ``None`` where that is not clear.

    Weighs the title and the issuing body over the text. ``national`` says that a central body issued
    the document: then only its title can make it about one place.
    """
    gaz = gazetteer()
    weights: Counter[tuple[str, Rank | None]] = Counter()
    strong: set[str] = set()
    for part, weight in ((title, _TITLE_WEIGHT), ("" if national else issuer, _ISSUER_WEIGHT)):
        for mention in find_places(part):
            weights[mention.name, mention.rank] += weight
            strong.add(mention.name)
    body = text[:_WEIGHED_CHARS]
    for mention in find_places(body):
        if re.match(r",\s*ngày\b", body[mention.end :]):  # where it was signed, not what it is about
            continue
        weights[mention.name, mention.rank] += _BARE_WEIGHT if mention.rank is None else _RANKED_WEIGHT
    scores: Counter[Place] = Counter()
    for (name, rank), weight in weights.items():
        scores[Place(name, rank or _likely_rank(name, weights, body))] += weight
    if national:
        scores = Counter({place: weight for place, weight in scores.items() if place.name in strong})
    if not scores:
        return None
    best, weight = max(scores.items(), key=lambda item: (item[1], str(item[0])))
    rivals = [
        w
        for place, w in scores.items()
        if place != best
        # A province's own cities are part of what is said about it.
        and not (best.rank is Rank.PROVINCE and best.name in gaz.parents.get(place.name, ()))
    ]
    clear = weight >= _LEAST_WEIGHT and weight >= _LEAD * max(rivals, default=0)
    return best if clear else None


def successor(place: str) -> str | None:
    """The unit that holds a former place's land since July 2025: ``"tỉnh Bắc Giang"`` → ``"tỉnh Bắc Ninh"``.

    ``None`` for a place that still exists under that name and rank, and for what is no known place.
    """
    rank_word, _, name = place.partition(" ")
    if place.startswith(Rank.CITY + " "):
        rank_word, name = Rank.CITY.value, place.removeprefix(Rank.CITY + " ")
    current = dict(_current_provinces())
    name = gazetteer().by_spelling.get(_key(name), name)
    if current.get(name) == rank_word:
        return None
    if rank_word == Rank.CITY:
        province = next((p for p, cities in FORMER_CITIES.items() if name in cities), None)
    else:
        province = name if name in FORMER_PROVINCES or name in current else None
    if province is None:
        return None
    province = FORMER_PROVINCES.get(province, province)
    return f"{current[province]} {province}"


def _likely_rank(name: str, weights: Counter[tuple[str, Rank | None]], body: str) -> Rank:
    ranks = gazetteer().ranks[name]
    if len(ranks) == 1:
        return next(iter(ranks))
    province, city = weights[name, Rank.PROVINCE], weights[name, Rank.CITY]
    if province == city:  # nothing said beside the name itself: what does the text speak of in general?
        low = body.lower()
        province = len(re.findall(r"\btỉnh\b", low))
        city = len(re.findall(r"\bthành (?:phố|ủy|uỷ)\b", low))
    return Rank.CITY if city > province else Rank.PROVINCE


def _stands_alone(text: str, start: int, end: int, written: str, name: str) -> bool:
    """Whether a name without a rank word is the place, not part of a longer name or a common word."""
    if " " not in name or name == "Hồ Chí Minh":  # Vinh, Huế and the President are people more often
        return False
    if written.isupper():
        return name != "Hòa Bình"  # in capitals it cannot be told from "peace"
    before = re.search(r"([^\W\d_]+)[ \t]+$", text[max(0, start - 20) : start])
    if before and before.group(1)[0].isupper():
        return False
    return re.match(r"[ \t]+[A-ZĐÀ-Ỹ][^\W\d_]*", text[end : end + 20]) is None


def _name_pattern(name: str) -> str:
    forms = []
    for form in (name, name.upper()):
        words = re.sub(r"\s-\s", "\0", form).split()
        forms.append(r"\s+".join(re.escape(w) for w in words).replace("\0", r"\s?[-–]\s?"))
    return "|".join(forms)


def _key(written: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\s?[-–]\s?", " - ", one_tone_style(written))).lower()


@lru_cache(maxsize=1)
def _current_provinces() -> tuple[tuple[str, Rank], ...]:
    spec = find_spec("vietnam_provinces")
    if spec is None or not spec.submodule_search_locations:
        raise InvariantBroken(
            "The package vietnam-provinces is missing. Install it: pip install vietnam-provinces"
        )
    path = Path(spec.submodule_search_locations[0]) / "data" / "nested-divisions.json"
    provinces = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        (p["name"].removeprefix("Thành phố "), Rank.PROVINCE if p["division_type"] == "tỉnh" else Rank.CITY)
        for p in provinces
    )
