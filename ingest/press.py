"""What a press article says of itself: when it was published, by whom, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from ingest.dates import DATE, first_date

_TOP_LINES: Final = 15
_TAIL_LINES: Final = 25

_TIME: Final = r"\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?\s*(?:AM|PM|phút)?"
_DAY: Final = r"(?:thứ\s+\w+|chủ\s+nhật)"
_LABEL: Final = (
    r"(?:ngày đăng|đăng ngày|đăng lúc|ngày cập nhật|cập nhật(?: lúc| ngày)?|xuất bản(?: lúc| ngày)?|ngày)"
)
#: A line that gives nothing but the time of publication.
_PUBLISHED: Final = re.compile(
    rf"(?:{_LABEL}\s*:?\s*)?(?:{_DAY}\s*,?\s*)?(?:{_TIME}\s*[,|–-]?\s*)?(?:{_DAY}\s*,?\s*)?(?:ngày\s+)?"
    rf"(?P<date>{DATE.pattern})\s*[,|–-]?\s*(?:{_TIME})?\s*(?:\(?GMT\s*\+?\d+\)?)?",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r"(?:link gốc|đường dẫn gốc|bản gốc|xem bài gốc|nguồn|source|link)\s*:?\s*(?P<url>https?://\S+)",
    re.IGNORECASE,
)
_SOURCE: Final = re.compile(r"\(?(?i:nguồn)\s*:\s*(?P<name>[^\n]{2,80}?)\)?\.?")
_AFTER: Final = re.compile(r"\(?Theo\s+(?P<name>[A-ZĐ][^.,;:\n]{1,50}|[a-z\d-]+(?:\.[a-z]+)+)\)?\.?")
#: "Nguyễn An - Trần Bình (TTXVN)": names, then the agency in brackets.
_BYLINE: Final = re.compile(r"[A-ZĐÀ-Ỹ][^.;:\n]{0,60}\((?P<name>[A-ZĐ][\w .-]{1,40})\)")
_AGENCY: Final = re.compile(r"\(?(?P<name>TTXVN|VOV|VTV|PV|BBT)(?:/[\w+ ]+)?\)?")
_SIGNS: Final = re.compile(
    r"(?i:\bảnh\s*:\s*\S|\bảnh minh họa\b|^\s*chú thích ảnh\s*$|^\s*quang cảnh (?:hội nghị|buổi)|"
    r"^\s*(?:tag|tags|từ khóa|tin liên quan|phản hồi|các tin khác|file đính kèm|tin khác)\s*:?\s*$)",
    re.MULTILINE,
)
#: A last line of nothing but names: "Thu Hà", "Lan Anh - Đức Minh".
_NAME: Final = r"[A-ZĐÀ-Ỹ][^\W\d_]{0,6}(?:[ \t]+[A-ZĐÀ-Ỹ][^\W\d_]{0,6}){1,3}"
_NAMES: Final = re.compile(rf"{_NAME}(?:\s*[-–,]\s*{_NAME}){{0,3}}")


@dataclass(frozen=True, slots=True)
class PressNotes:
    """Notes at the edges of an article; ``None`` where it has none.

    Attributes:
        published: a date given for the article itself, on a line of its own at the top or the end.
        agency: who published it: "TTXVN".
        link: address of the original.
        is_article: whether anything marks the text as an article of the press.
    """

    published: date | None = None
    agency: str | None = None
    link: str | None = None
    is_article: bool = False


def press_notes(text: str) -> PressNotes:
    """Read the notes off the first and last lines of ``text``; nothing is taken from its sentences."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    top, tail = lines[:_TOP_LINES], lines[-_TAIL_LINES:]
    published = next((d for line in top if (d := publication_date(line)) is not None), None)
    if published is None:
        published = next((d for line in tail if (d := publication_date(line)) is not None), None)
    agency = link = None
    for line in [*tail, *top]:
        if len(line) > 300:
            continue
        found_link = _LINK.match(line)
        link = link or (found_link["url"].rstrip(").,") if found_link else None)
        for pattern in (_AFTER, _SOURCE, _BYLINE, _AGENCY):
            match = pattern.fullmatch(line)
            if match and agency is None and not found_link and match["name"] not in ("PV", "BBT"):
                agency = match["name"].strip()
    signed = any(_NAMES.fullmatch(line) for line in lines[-3:]) and not _official_end(lines)
    marked = _SIGNS.search(text) is not None
    return PressNotes(published, agency, link, bool(published or agency or link or marked or signed))


def publication_date(line: str) -> date | None:
    """The date of a line that is nothing but a time of publication ("19:58 22/04/2024"), or ``None``."""
    match = _PUBLISHED.fullmatch(line.strip()) if len(line) < 90 else None
    return first_date(match["date"]) if match else None


def is_edge_note(line: str) -> bool:
    """Whether a line is one of the notes read here, no headline and no sentence."""
    line = line.strip()
    if publication_date(line) is not None or _LINK.match(line):
        return True
    return any(pattern.fullmatch(line) for pattern in (_AFTER, _SOURCE, _AGENCY))


def _official_end(lines: list[str]) -> bool:
    end = "\n".join(lines[-25:]).lower()
    return "nơi nhận" in end or "đã ký" in end
