"""Reading files: ``read`` takes the text out of every supported format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.errors import Damaged, EmptyDocument, FileError, PathError, TooLarge
from ingest.options import MIB, ReadOptions
from ingest.readers.extract import Parsed, ParsedPage
from ingest.readers.isolated import parse
from ingest.readers.plain import read_plain
from ingest.readers.tidy import PageText, assemble, plain_lines, tidy
from ingest.types import RawText

__all__ = ["SUFFIXES", "read"]

OnPage = Callable[[int, int], None]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_RTF = b"{\\rtf"
_IMAGES = {
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".tif": ("image/tiff", (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
    ".tiff": ("image/tiff", (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
}


def read(path: Path, *, options: ReadOptions | None = None, on_page: OnPage | None = None) -> RawText:
    """Take the text out of one file.

    Args:
        path: a file whose name ends in one of ``SUFFIXES``, in any case.
        on_page: called with pages done and pages to do while a scan is recognised.

    Returns:
        Text in NFC with ``\\n`` line ends and no control characters; for paged formats the pages,
        which cover it.

    Raises:
        FileError: the one subclass that says what is wrong with the file.
    """
    options = options or ReadOptions()
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        from ingest.errors import UnsupportedType

        known = " ".join(sorted(SUFFIXES))
        raise UnsupportedType(path, f"files of type {path.suffix or '(none)'} cannot be read.", known)
    try:
        _check_size(path, options)
        raw = reader(path, options, on_page)
    except FileError:
        raise
    except FileNotFoundError:
        raise PathError(path, "does not exist.", "Check the spelling of the path.") from None
    except OSError as error:
        raise PathError(
            path, f"cannot be opened ({error.strerror or error}).", "Check its permissions."
        ) from error
    if not raw.text.strip():
        raise EmptyDocument(path, "holds no text.", _empty_fix(path, options))
    if len(raw.text) > options.max_characters:
        reason = f"holds {len(raw.text)} characters, more than the {options.max_characters} allowed."
        raise TooLarge(path, reason, "Split it, or raise ingest.max_characters.")
    return raw


def _check_size(path: Path, options: ReadOptions) -> None:
    if not path.is_file():
        if path.exists():
            raise PathError(path, "is no file.", "Name the files in it.")
        raise FileNotFoundError(path)
    size = path.stat().st_size
    if size == 0:
        raise EmptyDocument(path, "is empty (0 bytes).", "Copy it again, or delete it.")
    if size > options.max_bytes:
        reason = f"has {size / MIB:.1f} MiB, more than the {options.max_bytes / MIB:.1f} MiB allowed."
        raise TooLarge(path, reason, "Split it, or raise ingest.max_bytes.")


def _empty_fix(path: Path, options: ReadOptions) -> str:
    if not options.ocr and path.suffix.lower() in {".pdf", *_IMAGES}:
        return "It is a scan: set ingest.ocr to true."
    return "Check that it is the right file."


def _start(path: Path, length: int = 1024) -> bytes:
    with path.open("rb") as file:
        return file.read(length)


def _plain(path: Path, options: ReadOptions, on_page: OnPage | None) -> RawText:
    del on_page
    return read_plain(path, options)


def _html(path: Path, options: ReadOptions, on_page: OnPage | None) -> RawText:
    del on_page
    return _flowing(parse("html", path, options))


def _docx(path: Path, options: ReadOptions, on_page: OnPage | None) -> RawText:
    del on_page
    return _flowing(parse("docx", path, options))


def _word(path: Path, options: ReadOptions, on_page: OnPage | None) -> RawText:
    """.doc and .rtf: word processors write any of their formats under either name."""
    from ingest.readers.doc import parse_doc

    start = _start(path).removeprefix(b"\xef\xbb\xbf")
    if start.startswith(_OLE):
        return _flowing(parse_doc(path, options))
    if start.startswith(_RTF):
        return _flowing(parse("rtf", path, options))
    if start.startswith(_ZIP):
        return _docx(path, options, on_page)
    if start.lstrip().lower().startswith((b"<html", b"<!doctype html", b"<?xml")):
        return _html(path, options, on_page)
    reason = f"is no {path.suffix.lower()} file: its content is of another kind."
    raise Damaged(path, reason, "Open it in Word or LibreOffice and save it as .docx.")


def _pdf(path: Path, options: ReadOptions, on_page: OnPage | None) -> RawText:
    # The mark may stand a little way in, after what a mail program or a scanner wrote before it.
    if b"%PDF-" not in _start(path):
        raise Damaged(path, "is no PDF: it does not start like one.", "Export it again.")
    if b"startxref" not in _end(path):
        raise Damaged(path, "is a PDF that is cut off: its end is missing.", "Copy or download it again.")
    parsed = parse("pdf", path, options)
    pages = [PageText(page.text, None, page.continues) for page in parsed.pages]
    scans = [index for index, page in enumerate(parsed.pages) if page.scanned]
    if scans and options.ocr:
        from ingest.ocr import recognise_pdf

        wanted = [(index + 1, parsed.pages[index].longest_side) for index in scans]
        for index, page in zip(scans, recognise_pdf(path, wanted, options, on_page), strict=True):
            follows = page.continues and index > 0 and parsed.pages[index - 1].scanned
            pages[index] = PageText(page.text, page.confidence, follows)
    pages = [_after_scan(page, index, parsed.pages) for index, page in enumerate(pages)]
    return assemble(pages, media_type=parsed.media_type, properties=parsed.properties)


def _after_scan(page: PageText, index: int, parsed: tuple[ParsedPage, ...]) -> PageText:
    """A page of text behind a scanned one was compared with that one's empty text layer."""
    if page.continues and page.confidence is None and index and parsed[index - 1].scanned:
        return PageText(page.text, page.confidence)
    return page


def _end(path: Path, length: int = 65_536) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - length))
        return file.read()


def _image(path: Path, options: ReadOptions, on_page: OnPage | None) -> RawText:
    media_type, marks = _IMAGES[path.suffix.lower()]
    if not _start(path).startswith(marks):
        raise Damaged(path, f"is no {path.suffix.lower()} picture.", "Save it again in that format.")
    if not options.ocr:
        return RawText("", media_type=media_type)
    from ingest.ocr import recognise_image

    return assemble(recognise_image(path, options, on_page), media_type=media_type)


def _flowing(parsed: Parsed) -> RawText:
    properties = {name: plain_lines(value) for name, value in parsed.properties.items()}
    return RawText(tidy(parsed.text), (), properties, parsed.media_type)


_READERS: dict[str, Callable[[Path, ReadOptions, OnPage | None], RawText]] = {
    ".txt": _plain,
    ".md": _plain,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".docx": _docx,
    ".doc": _word,
    ".rtf": _word,
    **dict.fromkeys(_IMAGES, _image),
}

#: File name endings that ``read`` takes, lower case with the dot.
SUFFIXES: frozenset[str] = frozenset(_READERS)
