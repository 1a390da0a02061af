"""Periods named in questions ("tính đến 30/11/2019", "nhiệm kỳ 2015-2020"), and arithmetic on them.

"Năm sau" means nothing by itself; beside an earlier question about 2021 it is 2022.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.unmarked import Pattern
from ingest.numbers import find_numbers

_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_DATE = (
    r"(?:ngày \d{1,2} tháng \d{1,2}(?: năm YEAR)?|(?:ngày )?(?<![\d.,])\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?YEAR"
    r"|(?:tháng )?(?<![\d.,])\d{1,2}\s?[/-]\s?YEAR|quý (?:iv|i{1,3}|[1-4])(?!\w)(?:(?:/| năm | )YEAR)?"
    r"|(?:\d{1,2}|ba|sáu|chín) tháng (?:đầu|cuối) năm(?: YEAR)?|tháng \d{1,2}(?!\d)(?:(?:\s?/\s?|,? năm )YEAR)?"
    r"|(?:đầu |cuối |giữa )?năm YEAR|YEAR)"
).replace("YEAR", _YEAR)
_RANGE = (
    rf"(?:(?:giai đoạn|nhiệm kỳ|thời kỳ|năm|từ năm) )?{_YEAR}\s?[-–]\s?(?:năm )?{_YEAR}"
    rf"|(?:tính )?từ (?:đầu |cuối |sau |khoảng )?{_DATE}(?: (?:đến|tới) |\s?[-–]\s?)(?:(?:hết |cuối |đầu )?{_DATE}|nay)"
    r"|(?:tính |kể )?từ đầu (?:nhiệm kỳ|năm)(?: {YEAR})?(?:[^,?]{{0,12}}? đến nay)?(?!\w)".replace(
        "{{0,12}}", "{0,12}"
    ).replace("{YEAR}", _YEAR)
)
_VIETNAMESE = Pattern(
    rf"(?<!\w)(?:(?:(?:tính |kể )?(?:đến|tới) |trong |vào )?(?:hết |cuối |giai đoạn |nhiệm kỳ |thời điểm )?(?:{_RANGE}|{_DATE})"
    r"|(?:trong |ở )?khóa [ivx]+|hiện nay|hiện tại|hiện giờ|năm nay|năm ngoái|năm kia|đến nay)(?!\w)"
)
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_ENGLISH = re.compile(
    rf"(?<!\w)(?:(?:in|by|since|during|as of|at|until|till|from|for|between|throughout) )?(?:the )?"
    rf"(?:(?:end|beginning|start|first (?:half|quarter|\w+ months)) of )?(?:{_MONTH} (?:\d{{1,2}},? )?)?(?:year )?{_YEAR}"
    rf"(?:\s?(?:to|and|until|[-–])\s?(?:{_MONTH} )?{_YEAR})?(?: (?:term|period)(?!\w))?"
    r"|(?<!\w)(?:currently|at present|nowadays|right now|today|this year|last year)(?!\w)",
    re.IGNORECASE,
)
_NUMERALS = {
    **{word: n for n, word in enumerate("một hai ba bốn năm sáu bảy tám chín mười".split(), start=1)},
    **{word: n for n, word in enumerate("mot hai ba bon nam sau bay tam chin muoi".split(), start=1)},
    **{word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), start=1)},
}
_COUNT = r"(?P<count>\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_LATER = r"(?P<later>sau|tới|tiếp theo|kế tiếp|tiếp sau|tiếp|liền sau|kế)"
_RELATIVE = Pattern(
    rf"(?<!\w)(?:trong |vào |của )?(?:{_COUNT} )?(?P<unit>năm|nhiệm kỳ|giai đoạn|quý|tháng|khóa) (?:{_LATER}|(?P<earlier>liền trước|trước|liền kề trước))"
    r"(?: đó| đấy| ấy| nữa)?(?!\w)(?! khi)(?! năm)"
    r"|(?<!\w)(?P<after>sau|trước) (?:đó|đấy) (?P<count2>\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) năm(?!\w)"
    r"|(?<!\w)(?P<same>cùng kỳ(?: (?:năm )?(?:trước|ngoái))?)(?!\w)"
)
_ENGLISH_RELATIVE = re.compile(
    r"(?<!\w)(?:in |for |during )?(?:the )?(?:(?P<count>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten) )?"
    r"(?:(?P<way>next|following|subsequent|previous|preceding|prior) (?P<unit>year|term|period|quarter|month)"
    r"|years? (?P<way2>after|before|later|earlier)(?: that)?(?=\s*(?:[?.!]|$)))",
    re.IGNORECASE,
)
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


@dataclass(frozen=True, slots=True)
class Period:
    """A period at ``question[start:end]``, with the years it names."""

    start: int
    end: int
    text: str

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(int(year) for year in re.findall(_YEAR, self.text))


@dataclass(frozen=True, slots=True)
class Relative:
    """A period said by its distance from another, at ``question[start:end]``: ``steps`` units later."""

    start: int
    end: int
    unit: str
    steps: int
    same_part: bool = False


def periods(text: str, *, english: bool = False) -> tuple[Period, ...]:
    """The periods ``text`` names, in order; years inside document numbers are none."""
    for number in find_numbers(text):
        text = f"{text[: number.start]}{'#' * (number.end - number.start)}{text[number.end :]}"
    found = [Period(m.start(), m.end(), m.group()) for m in _VIETNAMESE.finditer(text)]
    if english:
        found += [Period(m.start(), m.end(), m.group()) for m in _ENGLISH.finditer(text)]
    kept: list[Period] = []
    for period in sorted(found, key=lambda period: (period.start, -period.end)):
        if not kept or period.start >= kept[-1].end:
            kept.append(period)
    return tuple(kept)


def relative(text: str, *, english: bool = False) -> Relative | None:
    """The first relative period ("năm sau", "two years before that") in ``text``."""
    if english:
        found = _ENGLISH_RELATIVE.search(text)
        if found is None:
            return None
        way = (found["way"] or found["way2"]).lower()
        steps = _number(found["count"]) * (
            1 if way in {"next", "following", "subsequent", "after", "later"} else -1
        )
        return Relative(found.start(), found.end(), (found["unit"] or "year").lower(), steps)
    match = _RELATIVE.search(text)
    if match is None:
        return None
    if match["same"]:
        return Relative(match.start(), match.end(), "year", -1, same_part=True)
    if match["after"]:
        steps = _number(match["count2"]) * (1 if match["after"].lower() == "sau" else -1)
        return Relative(match.start(), match.end(), "year", steps)
    steps = _number(match["count"]) * (1 if match["later"] else -1)
    return Relative(match.start(), match.end(), _UNITS[_initial(match["unit"])], steps)


_UNITS = {"na": "year", "nh": "term", "gi": "period", "qu": "quarter", "th": "month", "kh": "congress"}


def _initial(unit: str) -> str:
    return unit.lower()[:2].replace("ă", "a")


def _number(word: str | None) -> int:
    if not word:
        return 1
    return int(word) if word.isdigit() else _NUMERALS.get(word.lower(), 1)


def shifted(period: str, to: Relative) -> str | None:
    """``period`` moved by ``to``: "năm 2021" and "năm sau" → "năm 2022"; ``None`` where it names no year."""
    years = [int(year) for year in re.findall(_YEAR, period)]
    if to.unit == "congress":
        return _next_roman(period, to.steps)
    if not years:
        return None
    first, last = years[0], years[-1]
    if to.same_part or (to.unit == "year" and _whole_year(period)):
        return _with_years(period, [year + to.steps for year in years])
    if to.unit == "year":
        year = (last if to.steps > 0 else first) + to.steps
        return (
            f"in {year}"
            if re.match(r"[a-z ]*\b(?:in|by|since|end of|from|as of)\b", period, re.I)
            else f"năm {year}"
        )
    if to.unit in {"term", "period"} and last > first:
        # A term ends in the year in which the next begins; a period of planning, in the year before.
        term = re.search(r"nhiệm|nhiem|term", period, re.IGNORECASE) or to.unit == "term"
        length = last - first + (0 if term else 1)
        return _with_years(period, [year + to.steps * length for year in years])
    if to.unit in {"quarter", "month"}:
        return _next_part(period, to)
    return None


def _whole_year(period: str) -> bool:
    return (
        re.fullmatch(rf"(?:(?:trong|vào|in|during|for) )?(?:(?:the )?year |năm |nam )?{_YEAR}", period, re.I)
        is not None
    )


def _with_years(period: str, years: list[int]) -> str:
    later = iter(years)
    return re.sub(_YEAR, lambda _: str(next(later)), period)


def _next_roman(period: str, steps: int) -> str | None:
    numeral = re.search(r"\b[IVX]+\b", period)
    if numeral is None or numeral.group() not in _ROMAN:
        return None
    number = _ROMAN.index(numeral.group()) + steps
    if not 0 < number < len(_ROMAN):
        return None
    return f"{period[: numeral.start()]}{_ROMAN[number]}{period[numeral.end() :]}"


def _next_part(period: str, to: Relative) -> str | None:
    """The next quarter or month, over the end of the year where need be."""
    parts = 4 if to.unit == "quarter" else 12
    found = re.search(
        r"(?<=quý )(?:IV|I{1,3}|\d)|(?<=tháng )\d{1,2}|(?<!\d)\d{1,2}(?=[/-](?:19|20))", period, re.I
    )
    if found is None:
        return None
    roman = not found.group().isdigit()
    number = _ROMAN.index(found.group().upper()) if roman else int(found.group())
    years, rest = divmod(number - 1 + to.steps, parts)
    written = _ROMAN[rest + 1] if roman else str(rest + 1)
    moved = f"{period[: found.start()]}{written}{period[found.end() :]}"
    return _with_years(moved, [int(year) + years for year in re.findall(_YEAR, moved)])
