"""Who wrote a press article or took its picture: a line of names at its end or below the picture."""

from __future__ import annotations

import re

from assistant.phrases import UPPER
from ingest.places import gazetteer

_SOMEONE = r"(?:ai|người nào|nhà báo nào|phóng viên nào|tác giả nào)"
_ASKED = re.compile(
    rf"(?<!\w)(?:{_SOMEONE} (?:là (?:tác giả|người (?:viết|chụp))|(?:đã )?(?:viết|chụp))"
    rf"|(?:do|của) {_SOMEONE}|tác giả (?:của )?(?:bài|ảnh|bức)|who (?:wrote|took|is the author))(?!\w)",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"(?<!\w)(?:bài viết|bài báo|bài|bức ảnh|ảnh|article|photo|picture)(?: (?:về|chụp))?(?!\w)", re.IGNORECASE
)
_NAME = rf"[{UPPER}][^\W\d_]*(?:\.[{UPPER}])?(?: [{UPPER}][^\W\d_]*){{0,3}}"
_LINE = re.compile(
    r"\W*(?P<label>(?i:(?:tin|bài|ảnh|thực hiện|tác giả|người viết|bài viết)"
    r"(?:,? (?:và|,)? ?(?:tin|bài|ảnh))*)\s*:\s*)?"
    rf"(?P<names>{_NAME}(?:\s*(?:[-–,&/]|và)\s*{_NAME})*)(?:\s*[-–(/]\s*(?:TTXVN|[{UPPER}]{{2,6}})\)?)?\W*"
)


def authorship_asked(question: str) -> bool:
    """Whether a question is for the writer of an article or the maker of a picture."""
    return _ASKED.search(question) is not None and _WORK.search(question) is not None


def asking_words(question: str) -> list[tuple[int, int]]:
    """Spans of a question for a writer that say that it is one, and nothing of what the article is about."""
    if not authorship_asked(question):
        return []
    return [match.span() for pattern in (_ASKED, _WORK) for match in pattern.finditer(question)]


def is_byline(text: str) -> bool:
    """Whether a line is names of people and nothing else, but for "Ảnh:" and an agency.

    A place alone, or one word without a label, is none.
    """
    found = _LINE.fullmatch(text.strip())
    if found is None or len(text) > 90:
        return False
    names = re.split(r"\s*(?:[-–,&/]|\bvà\b)\s*", found["names"])
    known = [name for name in names if name in gazetteer().ranks]
    whole = all(2 <= len(name.split()) <= 4 for name in names)
    return not known and (whole or found["label"] is not None)
