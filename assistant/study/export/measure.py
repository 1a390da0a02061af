"""How wide and how many lines a text is, by the widths of Adobe's core fonts (AFM).

A Vietnamese letter is as wide as its Latin letter without marks, in Times New Roman as in Arial, whose widths
are those of Times and Helvetica; ơ and ư are a little wider.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

from reportlab.pdfbase.pdfmetrics import stringWidth

#: Width of a text at a size, all in points.
Measure = Callable[[str, float], float]

_UNMARKED = str.maketrans("đĐơƠưƯ☐→", "dDoOuUOO")
_HORN = 0.04


@cache
def _letter(letter: str, font: str) -> float:
    bare = unicodedata.normalize("NFD", letter.translate(_UNMARKED))[0].translate(_UNMARKED)
    horned = "\u031b" in unicodedata.normalize("NFD", letter)
    return float(stringWidth(bare, font, 1)) + (_HORN if horned else 0.0)


def times(text: str, size: float) -> float:
    return size * sum(_letter(letter, "Times-Roman") for letter in text)


def times_bold(text: str, size: float) -> float:
    return size * sum(_letter(letter, "Times-Bold") for letter in text)


def arial(text: str, size: float) -> float:
    return size * sum(_letter(letter, "Helvetica") for letter in text)


def arial_bold(text: str, size: float) -> float:
    return size * sum(_letter(letter, "Helvetica-Bold") for letter in text)


def lines(text: str, size: float, width: float, measure: Measure) -> list[str]:
    """The text as it is broken between words into lines at most ``width`` wide; at least one line.

    A word wider than a line is broken inside.
    """
    space = measure(" ", size)
    broken, line, used = [], "", 0.0
    for word in text.split():
        long = measure(word, size)
        if line and used + space + long <= width:
            line, used = f"{line} {word}", used + space + long
            continue
        if line:
            broken.append(line)
        while long > width and len(word) > 1:
            fits = next((at for at in range(len(word) - 1, 0, -1) if measure(word[:at], size) <= width), 1)
            broken.append(word[:fits])
            word = word[fits:]
            long = measure(word, size)
        line, used = word, long
    return [*broken, line]
