"""How a stem names the document that it asks about, and the place that a document leaves unsaid."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.phrases import UPPER
from assistant.study.gather import Line
from ingest.markers import MARKDOWN
from ingest.types import Document, Kind

_MOST_TITLE_WORDS = 20
_SERIES = re.compile(r"\s+[-–]\s+(?:Bài|Kỳ|Phần)\s+(?:cuối|\d+)\b.*$")
_MARK = re.compile(
    r"^(?:[#*\s]+)?(?:(?:Câu|Mục|Phần|Chương|Điều|Bài)\s+(?:\d+|[IVX]+)[.:]\s*|(?:\d{1,2}|[IVX]{1,5}|[a-zđ])[.)]\s*)?"
)
#: A bare unit, which the place of its document completes: "toàn tỉnh", "Tỉnh ủy", "Đảng bộ thành phố".
_BARE = {
    "tỉnh": re.compile(
        rf"(?<!\w)(?:(?:[Tt]oàn|[Cc]ả) tỉnh|Đảng bộ tỉnh|Công an tỉnh|[Tt]ỉnh (?:ủy|uỷ)|tỉnh)(?!\w)(?! (?:ủy|uỷ|đoàn|giao|[{UPPER}]))"
    ),
    "thành phố": re.compile(
        rf"(?<!\w)(?:(?:[Tt]oàn|[Cc]ả) thành phố|Đảng bộ thành phố|[Tt]hành (?:ủy|uỷ)|thành phố)(?!\w)(?! (?:ủy|uỷ|đoàn|[{UPPER}]))"
    ),
}
_BLOC = re.compile(
    rf"(?:Đảng (?:bộ|ủy) )?Khối (?:(?:[Cc]ác cơ quan và [Dd]oanh nghiệp|CCQ&DN|[Dd]oanh nghiệp)(?: \(CCQ&DN\))?)? ?tỉnh [{UPPER}]\w+ [{UPPER}]\w+"
)
_BARE_BLOC = re.compile(
    r"(?<!\w)(?:Đảng bộ |Đảng ủy |[Tt]oàn |cả |của )?Khối(?!\w)(?! (?:các|Các|CCQ|[Dd]oanh))"
)
_BLOC_UNPLACED = re.compile(
    r"Khối (?:[Cc]ác cơ quan và [Dd]oanh nghiệp|CCQ&DN)(?: \(CCQ&DN\))?(?: tỉnh)?(?! tỉnh| \(| [A-ZĐ])"
)


def source_of(document: Document) -> str:
    """A document in running text: "Kế hoạch số 12-KH/ĐU của Đảng ủy xã A", "bài “Kinh nghiệm …”"."""
    if document.number and document.kind not in (Kind.OTHER, Kind.ARTICLE):
        name = f"{document.kind.value.capitalize()} số {document.number}"
        return f"{name} của {document.issuer}" if document.issuer else name
    kind = "bài" if document.kind is Kind.ARTICLE else "tài liệu"
    return f"{kind} “{short_title(document)}”"


def english_source_of(document: Document) -> str:
    """The same for an English stem; names stay in their own language."""
    if document.number and document.kind not in (Kind.OTHER, Kind.ARTICLE):
        return source_of(document)
    return f"“{short_title(document)}”"


def short_title(document: Document) -> str:
    """The title without the number of a part, cut where it is very long."""
    title = _SERIES.sub("", " ".join(document.title.split())).rstrip(" .;:,")
    title = title.replace("“", "‘").replace("”", "’").replace('"', "'")
    parts = title.split()
    return title if len(parts) <= _MOST_TITLE_WORDS else " ".join(parts[:_MOST_TITLE_WORDS]) + "…"


def heading_of(line: Line) -> str:
    """The nearest heading of a line without its number: "Khi xét người vào Đảng"; "" for none of its own."""
    for heading in reversed(line.heading):
        bare = plain_heading(heading)
        if bare and bare != line.document.title and len(bare.split()) <= 14:
            return bare
        if heading.rstrip().endswith(":"):
            continue
        return ""
    return ""


def plain_heading(heading: str) -> str:
    """A heading without marks and number, in sentence case."""
    bare = _MARK.sub("", MARKDOWN.sub("", heading) if MARKDOWN.match(heading) else heading).strip(" *_:#.")
    bare = re.sub(r"\s*\((?:số liệu minh ho[ạa])\)", "", bare)
    return bare[:1] + bare[1:].lower() if bare.isupper() else bare


def placed(text: str, document: Document) -> str:
    """``text`` with the first bare unit completed by the place that its document is about."""
    place = document.province or ""
    rank = next((rank for rank in _BARE if place.startswith(f"{rank} ")), "")
    name = place.removeprefix(f"{rank} ")
    if bloc := _bloc_of(document.text):
        text = _BLOC_UNPLACED.sub(lambda found: bloc if "tỉnh" in bloc else found.group(), text, count=1)
        if "Khối" in text and bloc not in text:
            text = _BARE_BLOC.sub(lambda found: found.group().replace("Khối", bloc), text, count=1)
    if not rank or not name or name in text:
        return text
    return _BARE[rank].sub(lambda found: f"{found.group()} {name}", text, count=1)


@lru_cache(maxsize=256)
def _bloc_of(text: str) -> str:
    """The bloc a document is about by its full name, "Khối CCQ&DN tỉnh Hà Tĩnh"; "" for none."""
    found = _BLOC.search(text)
    return re.sub(r"^Đảng (?:bộ|ủy) ", "", found.group()) if found else ""
