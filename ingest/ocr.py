"""Recognition of scanned pages with Tesseract, several pages at a time.

The ``tesseract`` and ``pdftoppm`` commands are run directly: only so can each have one thread
(``OMP_THREAD_LIMIT`` in this process would slow down every other library), a time limit that kills
it, and its result line by line, which headings and clauses need.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from ingest.errors import Damaged, FileError, MissingProgram, TimedOut, TooLarge
from ingest.options import ReadOptions
from ingest.readers.deskew import level
from ingest.readers.pdf_layout import Layout, Line, layouts_to_texts
from ingest.readers.tidy import PageText
from ingest.system import POPPLER_PACKAGES, TESSERACT_PACKAGES, apt, tessdata

OnPage = Callable[[int, int], None]

DPI = 300
#: No side of a rendered page grows beyond this; a poster is read at less than 300 dpi.
_LONGEST_SIDE = 10_000
#: A picture smaller than this is a photograph or a screenshot and is enlarged: Tesseract reads
#: letters of 20 to 40 pixels best.
_SMALL_SIDE = 1700
_LARGE_SIDE = 2600
#: Marks without a letter or digit that Tesseract is this unsure of are specks and rules.
_SPECK_CONFIDENCE = 40.0


@dataclass(frozen=True, slots=True)
class Recognised:
    """One page as Tesseract read it; ``confidence`` is the mean of its words', 0 to 1.

    ``turned`` is by how many degrees, counter-clockwise, the page was turned before; places in
    ``layout`` are those of the turned page.
    """

    layout: Layout
    confidence: float | None
    turned: float = 0.0


def check_programs(path: Path, options: ReadOptions, *, pdf: bool) -> None:
    """Raise ``MissingProgram`` naming every package that ``path`` needs and that is absent."""
    missing = [] if shutil.which("tesseract") and tessdata(options.ocr_language) else [TESSERACT_PACKAGES]
    if shutil.which("tesseract") and missing and options.ocr_language != "vie":
        missing = [f"tesseract-ocr-{name}" for name in options.ocr_language.split("+")]
    if pdf and shutil.which("pdftoppm") is None:
        missing.append(POPPLER_PACKAGES)
    if missing:
        reason = "is a scan, and a program to recognise its text is not installed."
        raise MissingProgram(path, reason, f"Run: {apt(' '.join(missing))}")


def recognise_pdf(
    path: Path, pages: Sequence[tuple[int, float]], options: ReadOptions, on_page: OnPage | None = None
) -> list[PageText]:
    """The text of some pages of a PDF.

    Args:
        pages: 1-based page numbers with the longest side of each page in points.
        on_page: called with the number of pages done and their total, in this thread.
    """
    check_programs(path, options, pdf=True)
    jobs = [lambda number=number, side=side: _pdf_page(path, number, side, options) for number, side in pages]
    return _texts(_all(jobs, options.ocr_workers, on_page))


def recognise_image(path: Path, options: ReadOptions, on_page: OnPage | None = None) -> list[PageText]:
    """The text of a picture, or of every page of a multi-page TIFF."""
    check_programs(path, options, pdf=False)
    count = _frames(path, options)
    jobs = [lambda index=index: _image_page(path, index, options) for index in range(count)]
    return _texts(_all(jobs, options.ocr_workers, on_page))


def recognise_page(
    path: Path, number: int, longest_side: float, options: ReadOptions, *, pdf: bool
) -> Recognised:
    """One page, 1-based, of a PDF or of a picture, with the places of its lines."""
    check_programs(path, options, pdf=pdf)
    if pdf:
        return _pdf_page(path, number, longest_side, options)
    return _image_page(path, number - 1, options)


def _all(jobs: Sequence[Callable[[], Recognised]], workers: int, on_page: OnPage | None) -> list[Recognised]:
    if on_page is not None:
        on_page(0, len(jobs))
    with ThreadPoolExecutor(max_workers=max(1, workers), thread_name_prefix="ocr") as pool:
        futures: list[Future[Recognised]] = [pool.submit(job) for job in jobs]
        try:
            for done, future in enumerate(as_completed(futures), start=1):
                future.result()
                if on_page is not None:
                    on_page(done, len(jobs))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return [future.result() for future in futures]


def _texts(pages: Sequence[Recognised]) -> list[PageText]:
    texts = layouts_to_texts([page.layout for page in pages])
    return [
        PageText(text, page.confidence, continues)
        for page, (text, continues) in zip(pages, texts, strict=True)
    ]


def _pdf_page(path: Path, number: int, longest_side: float, options: ReadOptions) -> Recognised:
    dpi = max(36, min(DPI, int(_LONGEST_SIDE * 72 / max(longest_side, 1.0))))
    command = ["pdftoppm", "-png", "-gray", "-r", str(dpi), "-f", str(number), "-l", str(number)]
    picture = _run([*command, str(path.absolute())], b"", path, options)
    if not picture.startswith(b"\x89PNG"):
        raise Damaged(path, f"has a page that cannot be drawn (page {number}).", "Scan it again.")
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        return _read(image.convert("L"), path, dpi, options)


def _frames(path: Path, options: ReadOptions) -> int:
    with _opened(path) as image:
        count = int(getattr(image, "n_frames", 1))
    if count > options.max_pages:
        reason = f"has {count} pages, more than the {options.max_pages} allowed."
        raise TooLarge(path, reason, "Split it, or raise ingest.max_pages.")
    return count


def _image_page(path: Path, index: int, options: ReadOptions) -> Recognised:
    from PIL import Image, ImageOps

    with _opened(path) as image:
        try:
            image.seek(index)
            # A phone stores how it was held instead of turning the picture.
            upright = ImageOps.exif_transpose(image)
            if upright.mode in ("RGBA", "LA", "P", "PA"):
                layer = upright.convert("RGBA")
                upright = Image.new("RGBA", layer.size, "white")
                upright.alpha_composite(layer)
            grey = upright.convert("L")
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            reason = f"is a picture that is cut off or broken (page {index + 1})."
            raise Damaged(path, reason, "Scan or save it again.") from error
    longest = max(grey.size)
    factor = _LARGE_SIDE / longest if longest < _SMALL_SIDE else min(1.0, _LONGEST_SIDE / longest)
    if factor != 1.0:
        size = (max(1, round(grey.width * factor)), max(1, round(grey.height * factor)))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    # Taken for an A4 page, whatever its resolution says: only proportions matter from here on.
    return _read(grey, path, max(70, round(max(grey.size) / 11.7)), options)


def _opened(path: Path) -> Any:
    from PIL import Image, UnidentifiedImageError

    try:
        return Image.open(path)
    except Image.DecompressionBombError as error:
        raise TooLarge(path, "is a picture of more pixels than can be read.", "Scale it down.") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Damaged(path, "is no picture that can be read.", "Scan or save it again.") from error


def _read(image: Any, path: Path, dpi: int, options: ReadOptions) -> Recognised:
    buffer = io.BytesIO()
    turned, angle = level(image)
    turned.save(buffer, "PNG", compress_level=1)
    command = ["tesseract", "stdin", "stdout", "-l", options.ocr_language, "--dpi", str(dpi)]
    # Mode 1 also finds out how the page is turned, with the data of "osd".
    command += ["--psm", "1" if tessdata("osd") else "3", "tsv"]
    table = _run(command, buffer.getvalue(), path, options).decode("utf-8", "replace")
    return replace(parse_tsv(table, dpi), turned=angle)


def parse_tsv(table: str, dpi: int) -> Recognised:
    """Tesseract's TSV of one page as lines with positions in points."""
    rows = list(csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE))
    scale = 72 / dpi
    page = next((row for row in rows if row["level"] == "1"), None)
    size = (float(page["width"]) * scale, float(page["height"]) * scale) if page else (595.0, 842.0)
    groups: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    confidences: list[float] = []
    for row in rows:
        text, confidence = (row.get("text") or "").strip(), float(row["conf"])
        speck = confidence < _SPECK_CONFIDENCE and not any(letter.isalnum() for letter in text)
        if row["level"] != "5" or not text or confidence < 0 or speck:
            continue
        confidences.append(confidence)
        groups.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
    lines = list(_lines(groups.values(), scale))
    mean = sum(confidences) / len(confidences) / 100 if confidences else None
    return Recognised(Layout(tuple(lines), *size), mean)


def _lines(groups: Any, scale: float) -> Iterator[Line]:
    boxes = [[_box(word, scale) for word in words] for words in groups]
    texts = [" ".join(word["text"].strip() for word in words) for words in groups]
    heights = [median(bottom - top for _, top, _, bottom in words) for words in boxes]
    usual = median(heights) if heights else 0.0
    for text, words, height in zip(texts, boxes, heights, strict=True):
        # The ink of a line without g, y or Ế is lower than that of one with them: only a clear
        # difference is another font size.
        ink = usual if 0.65 * usual < height < 1.5 * usual else height
        yield Line(
            text=text,
            left=words[0][0],
            top=min(word[1] for word in words),
            right=max(word[2] for word in words),
            bottom=max(word[3] for word in words),
            size=ink * 1.25,
            first_word=words[0][2] - words[0][0],
        )


def _box(word: dict[str, str], scale: float) -> tuple[float, float, float, float]:
    left, top = float(word["left"]) * scale, float(word["top"]) * scale
    return left, top, left + float(word["width"]) * scale, top + float(word["height"]) * scale


def _run(command: Sequence[str], data: bytes, path: Path, options: ReadOptions) -> bytes:
    program = command[0]
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=options.timeout_seconds,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        reason = f"has a page on which {program} took longer than {options.timeout_seconds:g} seconds."
        raise TimedOut(path, reason, "Scan it at 300 dpi.") from None
    except FileNotFoundError:
        packages = POPPLER_PACKAGES if program == "pdftoppm" else TESSERACT_PACKAGES
        raise MissingProgram(path, f"needs {program}, which is gone.", f"Run: {apt(packages)}") from None
    if done.returncode != 0:
        raise _failure(path, program, done.stderr)
    return done.stdout


def _failure(path: Path, program: str, stderr: bytes) -> FileError:
    said = " ".join(stderr.decode("utf-8", "replace").split())[-160:]
    return Damaged(path, f"has a page that {program} cannot read ({said}).", "Scan it again.")
