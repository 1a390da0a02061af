"""A quiz as a table of comma-separated values that opens in Excel.

UTF-8 with the mark that Excel knows it by, lines by RFC 4180. A cell that a spreadsheet would take for a
formula begins with an apostrophe (OWASP, "CSV injection"). A figure never fills a cell alone, for Excel would
make a number of "36.150" and a date of "3/2": choices begin with their letters, other keys stand in quotes.
"""

from __future__ import annotations

import csv
from io import StringIO

from assistant.study.export.proof import one_line, proof_line, proofs
from assistant.study.export.wording import Wording, wording
from assistant.study.types import Draft, QuizItem, QuizKind

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def to_csv(draft: Draft) -> bytes:
    """A line for each item; as many columns of options as the longest item needs."""
    words = wording(draft.wish.language)
    most = max((len(_options(item)) for item in draft.quiz), default=0)
    head, tail = words.columns[:5], words.columns[5:]
    rows = [[*head, *(f"{words.option} {letter(n)}" for n in range(most)), *tail]]
    rows += [_row(item, number, most, words) for number, item in enumerate(draft.quiz, 1)]
    return table(rows)


def table(rows: list[list[str]]) -> bytes:
    """Rows as a file, each cell made safe."""
    buffer = StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows([[_safe(cell) for cell in row] for row in rows])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def letter(index: int) -> str:
    """A, B, …, Z, AA, AB, …"""
    return (letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def _row(item: QuizItem, number: int, most: int, words: Wording) -> list[str]:
    options = _options(item)
    about = [str(number), item.id, words.kinds[item.kind], words.difficulties[item.difficulty]]
    quotes = "\n".join(proof_line(citation) for citation in proofs(item))
    cells = [*options, *[""] * (most - len(options))]
    return [*about, one_line(item.stem), *cells, _key(item, words), one_line(item.explanation), quotes]


def _options(item: QuizItem) -> list[str]:
    return [f"{letter(n)}. {one_line(option.text)}" for n, option in enumerate(item.options)]


def _key(item: QuizItem, words: Wording) -> str:
    match item.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            return ", ".join(letter(n) for n, option in enumerate(item.options) if option.right)
        case QuizKind.TRUE_FALSE:
            return words.true if item.truth else words.false
        case QuizKind.FILL | QuizKind.SHORT:
            return " | ".join(f"“{one_line(text)}”" for text in item.accepted)
        case QuizKind.MATCH:
            return "\n".join(f"{one_line(pair.left)} → {one_line(pair.right)}" for pair in item.pairs)
        case QuizKind.ORDER:
            return "\n".join(f"{place}. {one_line(step.text)}" for place, step in enumerate(item.steps, 1))


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
