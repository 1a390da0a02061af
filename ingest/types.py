"""The values that ingestion passes on: ``RawText`` → ``Document`` → ``Passage``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ingest.errors import OffsetMismatch


class Kind(StrEnum):
    """What a document is. Values are the official Vietnamese names, lower case."""

    DIRECTIVE = "chỉ thị"
    RESOLUTION = "nghị quyết"
    REGULATION = "quy định"
    RULES = "quy chế"
    DECISION = "quyết định"
    GUIDANCE = "hướng dẫn"
    PLAN = "kế hoạch"
    PROGRAMME = "chương trình"
    CONCLUSION = "kết luận"
    REPORT = "báo cáo"
    NOTICE = "thông báo"
    PROPOSAL = "tờ trình"
    OFFICIAL_LETTER = "công văn"
    CHARTER = "điều lệ"
    SCHEME = "đề án"
    LAW = "luật"
    DECREE = "nghị định"
    CIRCULAR = "thông tư"
    SPEECH = "bài phát biểu"
    ARTICLE = "bài báo"
    OTHER = "tài liệu"


class Status(StrEnum):
    """Whether a document is still in force, as far as the library knows."""

    IN_FORCE = "còn hiệu lực"
    REPLACED = "đã được thay thế"
    ENDED = "hết hiệu lực"
    UNKNOWN = "chưa rõ"


class Access(StrEnum):
    """Who may see a document."""

    PUBLIC = "công khai"
    INTERNAL = "nội bộ"


class Origin(StrEnum):
    """Where a metadata value was found; a later one overrides an earlier one."""

    FILE_NAME = "file name"
    FILE_PROPERTIES = "file properties"
    TEXT = "text"
    SIDECAR = "sidecar"
    FRONT_MATTER = "front matter"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged format: ``document.text[start:end]``.

    Attributes:
        number: 1-based page number as a reader of the file counts.
        confidence: mean word confidence of recognition, 0 to 1, or ``None`` where the
            page had a text layer and nothing was recognised.
    """

    number: int
    start: int
    end: int
    confidence: float | None = None

    @property
    def recognised(self) -> bool:
        """True when the text of the page was read from an image."""
        return self.confidence is not None


@dataclass(frozen=True, slots=True)
class RawText:
    """What a reader takes out of a file, before cleaning.

    Attributes:
        text: NFC, ``\\n`` line ends, no NUL and no control character but ``\\n`` and ``\\t``.
        pages: in order, covering ``text``; empty where the format has no pages.
        properties: what the format itself says (``title``, ``author``, ``date``, ``source``,
            ``site``), as found; never checked against the text.
        media_type: the IANA name of what was read.
    """

    text: str
    pages: tuple[Page, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "text/plain"


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in a document's structure a passage stands. ``None`` = not inside such a unit.

    Values are the unit's own designation: ``part="thứ nhất"``, ``chapter="II"``, ``section="1"``,
    ``article="4"``, ``clause="2"``, ``point="a"``, ``page=3`` (1-based, the page on which it starts).
    Roman headings ("I.") are ``chapter``-level ``section`` units of documents without Điều.
    """

    part: str | None = None
    chapter: str | None = None
    section: str | None = None
    article: str | None = None
    clause: str | None = None
    point: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text with what is known about it.

    Attributes:
        id: readable and stable while the file keeps its name: the file's name, made unique
            within a library.
        sha256: of ``text`` in UTF-8; two files with the same text are one document.
        number: as written, e.g. ``28-CT/TW``; ``None`` where it has none.
        issuer: e.g. ``Ban Bí thư``, ``Tỉnh ủy Bắc Ninh``, or the newspaper.
        province: the province or city it is about, with its rank: ``tỉnh Bắc Ninh``,
            ``thành phố Bắc Ninh``.
        issued_on: date of issue, or of publication for an article.
        status: in force, replaced, ended.
        source: link or free text that names where it came from.
        access: who may see it.
        text: NFC; every offset in the system refers to this string.
        pages: for paged formats, in order.
        provenance: metadata field name → where its value was found.
        names: every file name under which this text was ingested; the first made the id.
    """

    id: str
    sha256: str
    title: str
    text: str
    number: str | None = None
    kind: Kind = Kind.OTHER
    issuer: str | None = None
    province: str | None = None
    issued_on: date | None = None
    status: Status = Status.UNKNOWN
    source: str | None = None
    access: Access = Access.PUBLIC
    pages: tuple[Page, ...] = ()
    provenance: Mapping[str, Origin] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def page_at(self, offset: int) -> Page | None:
        """The page that holds the character at ``offset``, or ``None`` without pages."""
        for page in self.pages:
            if page.start <= offset < page.end:
                return page
        return None


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a document that is embedded, searched and cited as one.

    Attributes:
        id: ``f"{document_id}#{ordinal}"``.
        ordinal: 1-based position in the document ("đoạn 14").
        start, end: ``document.text[start:end] == text``.
        heading: the headings above it, outermost first, joined by " › "; searched with the
            passage, never part of its text.
    """

    id: str
    document_id: str
    ordinal: int
    start: int
    end: int
    text: str
    locator: Locator = Locator()
    heading: str = ""

    def check(self, document: Document) -> None:
        """Raise ``OffsetMismatch`` unless this passage is exactly its span of ``document``."""
        if document.text[self.start : self.end] != self.text or not self.text:
            raise OffsetMismatch(
                f"Passage {self.id} is not characters {self.start}:{self.end} of {document.id}."
            )
