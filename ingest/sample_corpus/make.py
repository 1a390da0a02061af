"""Build the sample documents whose formats are binary, from the plain sources beside this file.

Run ``python -m ingest.sample_corpus.make`` after changing a file of ``sources/`` and commit what it
writes; nothing imports this module at run time. It needs python-docx, fpdf2 and Pillow, and for the PDF
files a folder with ``DejaVuSerif.ttf`` and ``DejaVuSerif-Bold.ttf`` (free to embed and redistribute,
Bitstream Vera licence); ``--fonts`` names it where it is not Debian's.

The output is the same on every run with the same library versions: dates are fixed and the noise of the
"scan" is seeded.

Source markup, one block a line: ``# `` title, ``## `` and ``### `` headings, ``**…**`` a bold line,
``| a | b |`` rows of a table of which the first is the header, anything else a paragraph.
"""

from __future__ import annotations

import argparse
import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
MADE = datetime(2026, 11, 20, tzinfo=UTC)
FONTS = Path("/usr/share/fonts/truetype/dejavu")

#: TCVN 5712:1993, third table (VN3, the ".Vn" fonts): first byte of a run → the letters of the run.
TCVN3_RUNS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
TCVN3 = {letter: byte + i for byte, run in TCVN3_RUNS.items() for i, letter in enumerate(run)}


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a source: ``kind`` is title, heading 1, heading 2, bold, table or text."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(source: str) -> Iterator[Block]:
    """The blocks of a source, neighbouring table rows joined into one table."""
    rows: list[tuple[str, ...]] = []
    for line in [*source.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            yield Block("table", rows=tuple(rows))
            rows = []
        for prefix, kind in (("### ", "heading 2"), ("## ", "heading 1"), ("# ", "title")):
            if line.startswith(prefix):
                yield Block(kind, line.removeprefix(prefix))
                break
        else:
            if line.startswith("**"):
                yield Block("bold", line.strip("*"))
            elif line:
                yield Block("text", line)


def docx(source: str, *, title: str) -> bytes:
    """A Word document with heading styles and real tables whose first row is marked as header."""
    import docx as python_docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    document = python_docx.Document()
    properties = document.core_properties
    properties.title, properties.author = title, "Nhóm biên soạn tài liệu mẫu"
    properties.created = properties.modified = MADE.replace(tzinfo=None)
    for block in blocks(source):
        if block.kind == "table":
            table = document.add_table(0, len(block.rows[0]), style="Table Grid")
            for values in block.rows:
                for cell, value in zip(table.add_row().cells, values, strict=True):
                    cell.text = value
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        elif block.kind.startswith("heading"):
            document.add_heading(block.text, level=int(block.kind[-1]))
        else:
            paragraph = document.add_paragraph()
            paragraph.add_run(block.text).bold = block.kind != "text"
            if block.kind != "text":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    raw, fixed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    # The library stamps every member with the present time; the same bytes on every run need a fixed one.
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return fixed.getvalue()


def pdf(source: str, *, title: str, fonts: Path) -> bytes:
    """A PDF with a text layer, an embedded Unicode font, a running header and page numbers."""
    from fpdf import FPDF
    from fpdf.fonts import FontFace

    class Paper(FPDF):
        def header(self) -> None:
            self.set_y(10)
            self.set_font("body", size=8)
            self.cell(0, 6, "Tài liệu mẫu - Trợ lý Xây dựng Đảng", align="R")
            self.set_xy(self.l_margin, 25)

        def footer(self) -> None:
            self.set_y(-15)
            self.set_font("body", size=8)
            self.cell(0, 8, f"Trang {self.page_no()}/{{nb}}", align="C")

    paper = Paper(format="A4")
    paper.set_title(title)
    paper.set_author("Nhóm biên soạn tài liệu mẫu")
    paper.set_lang("vi")
    paper.set_creation_date(MADE)
    paper.add_font("body", fname=fonts / "DejaVuSerif.ttf")
    paper.add_font("body", style="B", fname=fonts / "DejaVuSerif-Bold.ttf")
    paper.set_margins(25, 20)
    paper.set_auto_page_break(True, margin=22)
    paper.add_page()
    for block in blocks(source):
        if block.kind == "table":
            paper.set_font("body", size=11)
            with paper.table(headings_style=FontFace(emphasis="BOLD"), line_height=7) as table:
                for values in block.rows:
                    table.row(values)
            paper.ln(4)
            continue
        bold = block.kind != "text"
        paper.set_font("body", style="B" if bold else "", size=14 if block.kind == "title" else 11.5)
        align = "C" if block.kind in ("title", "bold") else "L"
        paper.multi_cell(0, 6.6, block.text, align=align, new_x="LMARGIN", new_y="NEXT")
        paper.ln(8 if block.kind == "title" else 2.8)
    return bytes(paper.output())


def rtf_tcvn3(source: str) -> bytes:
    """An RTF file as Word 97 saved it under the font .VnTime: TCVN3 bytes, no word of Unicode.

    Raises:
        ValueError: a character TCVN3 does not have, such as an accented capital.
    """

    def encoded(text: str) -> str:
        out = []
        for char in text:
            if char in TCVN3:
                out.append(f"\\'{TCVN3[char]:02x}")
            elif char.isascii() and char.isprintable():
                out.append("\\" + char if char in "\\{}" else char)
            else:
                raise ValueError(f"TCVN3 has no {char!r} (in {text!r}); reword the source.")
        return "".join(out)

    lines = [
        r"{\rtf1\ansi\ansicpg1252\deff0\deflang1033",
        r"{\fonttbl{\f0\froman\fcharset0\fprq2 .VnTime;}}",
        r"\pard\plain\f0\fs26",
    ]
    for block in blocks(source):
        if block.kind == "table":
            lines += [" - ".join(map(encoded, row)) + r"\par" for row in block.rows]
        elif block.kind == "text":
            lines.append(encoded(block.text) + r"\par")
        else:
            lines.append(r"{\b " + encoded(block.text) + r"}\par")
    return "\r\n".join([*lines, "}"]).encode("ascii")


def scan(source: str, *, fonts: Path) -> bytes:
    """One page as an office scanner leaves it: a grey, slightly tilted and speckled image in a PDF."""
    from fpdf import FPDF
    from PIL import Image, ImageDraw, ImageFilter, ImageFont

    width, height, margin = 1240, 1754, 130  # A4 at 150 dots an inch
    page = Image.new("L", (width, height), 245)
    draw, top = ImageDraw.Draw(page), margin
    for block in blocks(source):
        bold = block.kind in ("title", "bold")
        font = ImageFont.truetype(fonts / f"DejaVuSerif{'-Bold' if bold else ''}.ttf", 27)
        line = ""
        words = block.text.split()
        for i, word in enumerate(words):
            longer = f"{line} {word}".strip()
            if draw.textlength(longer, font) > width - 2 * margin:
                draw.text((margin, top), line, 40, font)
                top, longer = top + 42, word
            line = longer
            if i == len(words) - 1:
                draw.text((margin, top), line, 40, font)
                top += 62
    page = page.rotate(0.5, Image.Resampling.BICUBIC, fillcolor=245).filter(ImageFilter.GaussianBlur(0.6))
    rng = random.Random(28)
    for _ in range(900):
        page.putpixel((rng.randrange(width), rng.randrange(height)), rng.randrange(60, 200))
    jpeg = io.BytesIO()
    page.save(jpeg, "JPEG", quality=55)
    paper = FPDF(format="A4")
    paper.set_creation_date(MADE)
    paper.add_page()
    paper.image(jpeg, 0, 0, 210, 297)
    return bytes(paper.output())


def build(into: Path, *, fonts: Path) -> tuple[Path, ...]:
    """Write every generated document below ``into`` (``documents/`` and ``scan/``); returns their paths."""

    def text(name: str) -> str:
        return (HERE / "sources" / f"{name}.txt").read_text(encoding="utf-8")

    guidance, plan, report = (
        "huong-dan-quy-trinh-ket-nap",
        "ke-hoach-lop-boi-duong-2025",
        "khoi-doanh-nghiep-ha-tinh-2022",
    )
    made = {
        f"documents/{guidance}.docx": docx(
            text(guidance), title="Hướng dẫn về quy trình xét kết nạp đảng viên tại chi bộ"
        ),
        f"documents/{plan}.docx": docx(
            text(plan), title="Kế hoạch mở lớp bồi dưỡng nhận thức về Đảng năm 2025"
        ),
        f"documents/{report}.pdf": pdf(
            text(report), title=text(report).splitlines()[0].removeprefix("# "), fonts=fonts
        ),
        "documents/dien-bien-2006-2010.rtf": rtf_tcvn3(text("dien-bien-2006-2010")),
        "scan/thong-bao-ket-qua-lop-2024.pdf": scan(text("thong-bao-ket-qua-lop-2024"), fonts=fonts),
    }
    for name, content in made.items():
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tuple(into / name for name in made)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--into", type=Path, default=HERE, help="folder to write to")
    parser.add_argument("--fonts", type=Path, default=FONTS, help="folder with the DejaVu Serif fonts")
    arguments = parser.parse_args()
    for path in build(arguments.into, fonts=arguments.fonts):
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
