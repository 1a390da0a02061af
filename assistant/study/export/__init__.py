"""Teaching material as files. Each format is one function of its own module, from a draft to bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.study.export.anki import to_anki
from assistant.study.export.gift import to_gift
from assistant.study.export.key_table import to_key_table
from assistant.study.export.moodle import to_moodle_xml
from assistant.study.export.qti import to_qti
from assistant.study.export.table import to_csv
from assistant.study.types import Draft, Part


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Attributes:
        name: by which it is asked for ("gift").
        suffix: of the file's name, with its dot.
        parts: it is made of; a draft with none of them has nothing to write.
    """

    name: str
    suffix: str
    media_type: str
    parts: tuple[Part, ...]
    write: Callable[[Draft], bytes]


_QUIZ = (Part.QUIZ,)
_ALL = (
    Format("gift", ".gift.txt", "text/plain; charset=utf-8", _QUIZ, to_gift),
    Format("moodle", ".moodle.xml", "application/xml", _QUIZ, to_moodle_xml),
    Format("qti", ".qti.zip", "application/zip", _QUIZ, to_qti),
    Format("csv", ".csv", "text/csv; charset=utf-8", _QUIZ, to_csv),
    Format("keys", ".dap-an.csv", "text/csv; charset=utf-8", _QUIZ, to_key_table),
    Format("anki", ".apkg", "application/apkg", (Part.FLASHCARDS, Part.QUIZ), to_anki),
)
FORMATS: Mapping[str, Format] = {format.name: format for format in _ALL}
