"""Automatic numbering of a .docx, written out as text.

Word stores "Điều 3." or "a)" of an automatic list as a rule, not as characters; without it a
clause loses its designation. ``write_out`` puts each label in front of its paragraph.
Rules: ECMA-376 part 1, section 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from ingest.readers.docx_prepare import text_element

_LEVELS = 9
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_ROMAN_SMALL = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class _Level:
    number_format: str
    pattern: str
    start: int
    run_properties: Any


@dataclass(slots=True)
class _List:
    """One list definition and how far it has counted; shared by every list that uses it."""

    levels: Mapping[int, _Level]
    counts: list[int | None]


def write_out(document: Any) -> None:
    """Insert the label of every automatically numbered paragraph of a python-docx document as text."""
    part = next(
        (
            rel.target_part
            for rel in document.part.rels.values()
            if rel.reltype == RELATIONSHIP_TYPE.NUMBERING
        ),
        None,
    )
    if part is None:
        return
    root = part.element if hasattr(part, "element") else parse_xml(part.blob)
    numbering = _Numbering(root, document)
    for paragraph in list(document.element.body.iter(qn("w:p"))):
        label = numbering.label(paragraph)
        if label is not None and any(text.text for text in paragraph.iter(qn("w:t"))):
            _insert(paragraph, *label)


class _Numbering:
    def __init__(self, root: Any, document: Any) -> None:
        self._styles = {
            style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))
        }
        self._definitions = {
            _attribute(item, "w:abstractNumId"): item for item in root.iterchildren(qn("w:abstractNum"))
        }
        self._numbers = {_attribute(item, "w:numId"): item for item in root.iterchildren(qn("w:num"))}
        self._lists: dict[str, _List] = {}
        self._started: set[str] = set()

    def label(self, paragraph: Any) -> tuple[str, Any] | None:
        """The paragraph's label and the run properties it is set in; counts it."""
        place = self._place(paragraph)
        if place is None:
            return None
        number, depth = place
        counting = self._list(number)
        level = counting.levels.get(depth) if counting is not None else None
        if counting is None or level is None:
            return None
        self._override_start(number, counting)
        before = counting.counts[depth]
        counting.counts[depth] = level.start if before is None else before + 1
        for deeper in range(depth + 1, _LEVELS):
            counting.counts[deeper] = None
        return _render(level, counting), level.run_properties

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and the level the paragraph is numbered in, by itself or through its style."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        own = properties.find(qn("w:numPr"))
        style_name = _value(properties.find(qn("w:pStyle")))
        number = _value(own.find(qn("w:numId"))) if own is not None else None
        depth = _value(own.find(qn("w:ilvl"))) if own is not None else None
        seen: set[str] = set()
        while number is None and style_name is not None and style_name in self._styles.keys() - seen:
            seen.add(style_name)
            style = self._styles[style_name]
            inherited = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if inherited is not None:
                number = _value(inherited.find(qn("w:numId")))
                depth = depth or _value(inherited.find(qn("w:ilvl")))
                depth = depth or self._level_of_style(number, style_name)
            style_name = _value(style.find(qn("w:basedOn")))
        if number is None or number == "0" or number not in self._numbers:
            return None
        return number, min(int(depth or 0), _LEVELS - 1)

    def _level_of_style(self, number: str | None, style_name: str) -> str | None:
        definition = self._definition(number)
        for level in definition.iterchildren(qn("w:lvl")) if definition is not None else ():
            if _value(level.find(qn("w:pStyle"))) == style_name:
                return str(level.get(qn("w:ilvl")))
        return None

    def _definition(self, number: str | None, depth: int = 0) -> Any:
        item = self._numbers.get(number or "")
        if item is None:
            return None
        definition = self._definitions.get(_value(item.find(qn("w:abstractNumId"))) or "")
        link = _value(definition.find(qn("w:numStyleLink"))) if definition is not None else None
        if link in self._styles and depth < 4:
            linked = self._styles[link].find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
            return self._definition(_value(linked), depth + 1)
        return definition

    def _list(self, number: str) -> _List | None:
        definition = self._definition(number)
        if definition is None:
            return None
        key = str(_attribute(definition, "w:abstractNumId"))
        if key not in self._lists:
            levels = {int(item.get(qn("w:ilvl"))): _level(item) for item in definition.iter(qn("w:lvl"))}
            self._lists[key] = _List(levels, [None] * _LEVELS)
        return self._lists[key]

    def _override_start(self, number: str, counting: _List) -> None:
        """A list that says where it starts begins anew the first time it is used."""
        if number in self._started:
            return
        self._started.add(number)
        for override in self._numbers[number].iterchildren(qn("w:lvlOverride")):
            start = _value(override.find(qn("w:startOverride")))
            if start is not None:
                depth = min(int(override.get(qn("w:ilvl"))), _LEVELS - 1)
                counting.counts[depth] = int(start) - 1


def _level(item: Any) -> _Level:
    start = _value(item.find(qn("w:start")))
    return _Level(
        number_format=_value(item.find(qn("w:numFmt"))) or "decimal",
        pattern=_value(item.find(qn("w:lvlText"))) or "",
        start=int(start) if start is not None else 1,
        run_properties=item.find(qn("w:rPr")),
    )


def _render(level: _Level, counting: _List) -> str:
    if level.number_format == "bullet":
        return "-"

    def count(match: re.Match[str]) -> str:
        depth = int(match.group(1)) - 1
        other = counting.levels.get(depth)
        value = counting.counts[depth]
        if other is None or other.number_format == "none":
            return ""
        return _FORMATS.get(other.number_format, str)(other.start if value is None else value)

    return re.sub(r"%([1-9])", count, level.pattern)


def _insert(paragraph: Any, label: str, run_properties: Any) -> None:
    if not label.strip():
        return
    run = OxmlElement("w:r")
    first = next(paragraph.iter(qn("w:r")), None)
    fonts = run_properties.find(qn("w:rFonts")) if run_properties is not None else None
    source = run_properties if fonts is not None and label != "-" else None
    if source is None and first is not None:
        source = first.find(qn("w:rPr"))
    if source is not None:
        copied = deepcopy(source)
        copied.tag = qn("w:rPr")
        run.append(copied)
    run.append(text_element(label + " "))
    properties = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, run)


def _letters(number: int) -> str:
    """a … z, aa, bb … as Word counts."""
    repeat, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (repeat + 1)


def _roman(number: int) -> str:
    digits = []
    for value, sign in (*_ROMAN, *_ROMAN_SMALL):
        times, number = divmod(number, value)
        digits.append(sign * times)
    return "".join(digits)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
}


def _value(item: Any) -> str | None:
    return None if item is None else item.get(qn("w:val"))


def _attribute(item: Any, name: str) -> str | None:
    value: str | None = item.get(qn(name))
    return value
