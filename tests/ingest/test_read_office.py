"""Word and RTF files."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from viparse.normalize.encodings import CHARMAPS

from ingest.errors import Damaged, Encrypted, FileError, MissingProgram, TimedOut
from ingest.options import ReadOptions
from ingest.readers import read

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def legacy(text: str, encoding: str) -> str:
    drawn: dict[str, str] = {}
    for surface, letter in CHARMAPS[encoding].pairs:
        drawn.setdefault(letter, surface)
    return "".join(drawn.get(letter, letter) for letter in text)


def set_font(run: Any, name: str) -> None:
    run.font.name = name
    run._r.rPr.rFonts.set(qn("w:hAnsi"), name)


def save(document: Any, tmp_path: Path, name: str = "a.docx") -> Path:
    path = tmp_path / name
    document.save(str(path))
    return path


def text_lines(path: Path) -> list[str]:
    return [line for line in read(path).text.split("\n") if line]


def test_headings_tables_and_letterhead(tmp_path: Path, sentences: Sequence[str]) -> None:
    document = WordDocument()
    head = document.add_table(rows=1, cols=2)
    head.cell(0, 0).text = "ĐẢNG BỘ TỈNH ĐÔNG HẢI\nĐẢNG ỦY XÃ\n*\nSố 12-NQ/ĐU"
    head.cell(0, 1).text = "ĐẢNG CỘNG SẢN VIỆT NAM\nTân Tiến, ngày 5 tháng 3 năm 2024"
    document.add_heading("I. Kết quả", level=1)
    document.add_paragraph(sentences[0])
    table = document.add_table(rows=3, cols=3)
    for row, cells in enumerate(
        (("TT", "Chi bộ", "Kết nạp"), ("1", "Thôn\nĐông", "4"), ("2", "Thôn Tây", "7"))
    ):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    document.core_properties.title = "Nghị quyết quý một"
    document.core_properties.author = "Văn phòng"
    path = save(document, tmp_path)
    assert text_lines(path) == [
        "ĐẢNG BỘ TỈNH ĐÔNG HẢI",
        "ĐẢNG ỦY XÃ",
        "*",
        "Số 12-NQ/ĐU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Tân Tiến, ngày 5 tháng 3 năm 2024",
        "I. Kết quả",
        sentences[0],
        "TT | Chi bộ | Kết nạp",
        "1 | Thôn Đông | 4",
        "2 | Thôn Tây | 7",
    ]
    properties = read(path).properties
    assert properties["title"] == "Nghị quyết quý một"
    assert properties["author"] == "Văn phòng"


NUMBERING = """<w:abstractNum {ns} w:abstractNumId="90">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%4"/></w:lvl>
<w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#61623;"/></w:lvl>
</w:abstractNum>"""


def test_automatic_numbers_are_written_out(tmp_path: Path) -> None:
    document = WordDocument()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING.format(ns=nsdecls("w"))))
    for number, override in (
        ("91", ""),
        ("92", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
    ):
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="90"/>{override}</w:num>'
            )
        )

    def item(text: str, level: int, number: str = "91") -> None:
        paragraph = document.add_paragraph(text)
        properties = OxmlElement("w:numPr")
        for tag, value in (("w:ilvl", str(level)), ("w:numId", number)):
            element = OxmlElement(tag)
            element.set(qn("w:val"), value)
            properties.append(element)
        paragraph._p.get_or_add_pPr().append(properties)

    for text, level in (
        *(("Phạm vi", 0), ("Khoản đầu", 1), ("Khoản hai", 1), ("Điểm đầu", 2), ("Điểm hai", 2)),
        *(("Đối tượng", 0), ("Lại khoản đầu", 1), ("Sâu", 3), ("Gạch", 4)),
    ):
        item(text, level)
    item("Văn bản khác", 0, "92")
    assert text_lines(save(document, tmp_path)) == [
        *("Điều 1. Phạm vi", "1. Khoản đầu", "2. Khoản hai", "a) Điểm đầu", "b) Điểm hai"),
        *("Điều 2. Đối tượng", "1. Lại khoản đầu", "2.I Sâu", "- Gạch", "Điều 1. Văn bản khác"),
    ]


def test_numbers_that_come_from_a_style(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("Một", style="List Number")
    document.add_paragraph("Hai", style="List Number")
    document.add_paragraph("Ba", style="List Bullet")
    assert text_lines(save(document, tmp_path)) == ["1. Một", "2. Hai", "- Ba"]


@pytest.mark.parametrize(("encoding", "font"), [("tcvn3", ".VnTime"), ("vni", "VNI-Times")])
def test_legacy_runs_are_converted_and_unicode_runs_are_not(
    tmp_path: Path, sentences: Sequence[str], encoding: str, font: str
) -> None:
    document = WordDocument()
    lower = [sentence.lower() for sentence in sentences]
    for sentence in lower[:3]:
        set_font(document.add_paragraph().add_run(legacy(sentence, encoding)), font)
    for sentence in sentences[3:]:
        set_font(document.add_paragraph().add_run(sentence), "Times New Roman")
    mixed = document.add_paragraph()
    set_font(mixed.add_run(legacy("cấp ủy ", encoding)), font)
    set_font(mixed.add_run("lắng nghe"), "Arial")
    wrongly_named = document.add_paragraph()
    set_font(wrongly_named.add_run(sentences[4]), font)  # typed as Unicode, the font name left over
    path = save(document, tmp_path)
    assert text_lines(path) == [*lower[:3], *sentences[3:], "cấp ủy lắng nghe", sentences[4]]


def test_a_font_named_only_in_the_parent_of_a_style(tmp_path: Path) -> None:
    document = WordDocument()
    parent = document.styles.add_style("Thân", WD_STYLE_TYPE.PARAGRAPH)
    parent.font.name = ".VnTime"
    child = document.styles.add_style("Thân 2", WD_STYLE_TYPE.PARAGRAPH)
    child.base_style = parent
    document.add_paragraph(legacy("theo đề nghị của ban tổ chức", "tcvn3"), style="Thân 2")
    assert text_lines(save(document, tmp_path)) == ["theo đề nghị của ban tổ chức"]


def test_capital_fonts_give_capitals_and_split_letters_stay_whole(tmp_path: Path) -> None:
    document = WordDocument()
    set_font(document.add_paragraph().add_run(legacy("bộ trưởng ", "tcvn3")), ".VnTimeH")
    split = document.add_paragraph()
    text = legacy("khởi đầu mới", "vni")
    for letter in text:  # a change of format between a letter and its mark
        set_font(split.add_run(letter), "VNI-Times")
    assert text_lines(save(document, tmp_path)) == ["BỘ TRƯỞNG", "khởi đầu mới"]


def test_text_boxes_nested_tables_and_tracked_changes(tmp_path: Path) -> None:
    document = WordDocument()
    paragraph = document.add_paragraph("Đoạn đầu.")
    paragraph._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps">'
            "<w:txbxContent><w:p><w:r><w:t>Chữ trong khung.</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
            "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>Chữ trong khung.</w:t>"
            "</w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    tracked = document.add_paragraph("Giữ ")
    tracked._p.append(
        parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t>thêm</w:t></w:r></w:ins>')
    )
    tracked._p.append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="2" w:author="a"><w:r><w:delText>bỏ</w:delText></w:r></w:del>')
    )
    outer = document.add_table(rows=2, cols=2)
    outer.cell(0, 0).text, outer.cell(0, 1).text = "Mục", "Nội dung"
    outer.cell(1, 0).text = "Bảng trong"
    inner = outer.cell(1, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "trái", "phải"
    found = text_lines(save(document, tmp_path))
    assert found[:3] == ["Đoạn đầu.", "Chữ trong khung.", "Giữ thêm"]
    assert any("trái | phải" in line for line in found)
    assert sum("khung" in line for line in found) == 1


def rewrite(path: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return target


def test_archives_that_are_bombs_cut_off_or_something_else(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("Xin chào.")
    good = save(document, tmp_path, "tốt.docx")

    def inflated(part: str, data: bytes) -> bytes:
        return data + b" " * 60_000_000 if part == "word/document.xml" else data

    bomb = rewrite(good, tmp_path / "bom.docx", inflated)
    assert bomb.stat().st_size < 200_000
    started = time.monotonic()
    with pytest.raises(Damaged, match="bomb"):
        read(bomb)
    assert time.monotonic() - started < 60
    cut = tmp_path / "cắt.docx"
    cut.write_bytes(good.read_bytes()[:-300])
    with pytest.raises(Damaged, match="cut off"):
        read(cut)
    broken = rewrite(
        good, tmp_path / "hỏng.docx", lambda part, data: data[:-40] if part == "word/document.xml" else data
    )
    with pytest.raises(Damaged):
        read(broken)
    with zipfile.ZipFile(tmp_path / "khác.docx", "w") as other:
        other.writestr("a.txt", "x")
    with pytest.raises(Damaged, match="no Word document"):
        read(tmp_path / "khác.docx")
    (tmp_path / "chữ.docx").write_text("chỉ là chữ", encoding="utf-8")
    with pytest.raises(Damaged, match="zip"):
        read(tmp_path / "chữ.docx")


def test_entities_are_not_expanded_nor_files_read(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("MỐC")
    good = save(document, tmp_path, "tốt.docx")
    secret = tmp_path / "mật.txt"
    secret.write_text("điều bí mật")
    declaration = (
        f'<!DOCTYPE w:document [<!ENTITY s SYSTEM "{secret.as_uri()}"><!ENTITY a "ha">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "&a;" * 10}">' for n in range(9))
        + "]>"
    )

    def hostile(part: str, data: bytes) -> bytes:
        if part != "word/document.xml":
            return data
        xml = data.decode()
        head, rest = xml.split("?>", 1)
        return (head + "?>" + declaration + rest.replace("MỐC", "MỐC&s;&a8;")).encode()

    path = rewrite(good, tmp_path / "a.docx", hostile)
    try:
        text = read(path, options=ReadOptions(timeout_seconds=30)).text
    except FileError:
        return
    assert "bí mật" not in text
    assert len(text) < 1000


def ole(streams: dict[str, bytes]) -> bytes:
    """A minimal OLE2 compound file ([MS-CFB], version 3) of streams of at least 4096 bytes."""
    sector, free, end = 512, 0xFFFFFFFF, 0xFFFFFFFE
    body, entries, fat = b"", [], []
    for name, data in streams.items():
        count = -(-len(data) // sector)
        start = len(fat)
        fat += [*range(start + 1, start + count), end]
        body += data.ljust(count * sector, b"\0")
        entries.append((name, 2, start, len(data)))

    def entry(name: str, kind: int, start: int, size: int, child: int, right: int) -> bytes:
        raw = (name + "\0").encode("utf-16-le")
        out = raw.ljust(64, b"\0") + len(raw).to_bytes(2, "little") + bytes([kind, 1])
        for link in (free, right, child):
            out += link.to_bytes(4, "little")
        return out + bytes(36) + start.to_bytes(4, "little") + size.to_bytes(8, "little")

    directory = entry("Root Entry", 5, end, 0, 1, free)
    for index, (name, kind, start, size) in enumerate(entries, start=1):
        directory += entry(name, kind, start, size, free, index + 1 if index < len(entries) else free)
    directory = directory.ljust(-(-len(directory) // sector) * sector, b"\0")
    first_directory = len(fat)
    count = len(directory) // sector
    fat += [*range(first_directory + 1, first_directory + count), end]
    fat_sector = len(fat)
    fat.append(0xFFFFFFFD)
    table = b"".join(value.to_bytes(4, "little") for value in fat).ljust(sector, b"\xff")
    header = OLE_MAGIC + bytes(16) + b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0" + bytes(10)
    header += (1).to_bytes(4, "little") + first_directory.to_bytes(4, "little") + bytes(4)
    header += (4096).to_bytes(4, "little") + end.to_bytes(4, "little") + bytes(4)
    header += end.to_bytes(4, "little") + bytes(4) + fat_sector.to_bytes(4, "little")
    return header.ljust(sector, b"\xff") + body + directory + table


def test_protected_office_files(tmp_path: Path) -> None:
    package = tmp_path / "a.docx"
    package.write_bytes(ole({"EncryptedPackage": bytes(5000), "EncryptionInfo": bytes(5000)}))
    with pytest.raises(Encrypted, match="password"):
        read(package)
    old = tmp_path / "b.doc"
    old.write_bytes(ole({"WordDocument": bytes(10) + b"\x00\x01" + bytes(5000)}))
    with pytest.raises(Encrypted, match="password"):
        read(old)
    renamed = tmp_path / "c.docx"
    renamed.write_bytes(ole({"WordDocument": bytes(5000)}))
    with pytest.raises(Damaged, match=r"\.doc"):
        read(renamed)
    foreign = tmp_path / "d.doc"
    foreign.write_bytes(ole({"Workbook": bytes(5000)}))
    with pytest.raises(Damaged, match="no Word"):
        read(foreign)
    cut = tmp_path / "e.doc"
    cut.write_bytes(OLE_MAGIC + bytes(100))
    with pytest.raises(Damaged, match="cut off"):
        read(cut)


def rtf(paragraphs: Sequence[str], encoding: str | None = None) -> bytes:
    out = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times New Roman;}}\f0 "
    for paragraph in paragraphs:
        if encoding is None:
            out += "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in paragraph)
        else:
            drawn = legacy(paragraph.lower(), encoding).encode("cp1252")
            out += "".join(chr(b) if b < 128 else f"\\'{b:02x}" for b in drawn)
        out += "\\par\n"
    table = r"\trowd\cellx900\cellx1800 Nam\cell So\cell\row\trowd\cellx900\cellx1800 2023\cell 12\cell\row "
    return (out + table + "}").encode("ascii")


@pytest.mark.parametrize("encoding", [None, "tcvn3", "vni"])
@pytest.mark.parametrize("suffix", [".rtf", ".doc"])
def test_rtf_under_either_name(
    tmp_path: Path, sentences: Sequence[str], encoding: str | None, suffix: str
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(rtf(sentences, encoding))
    wanted = [sentence if encoding is None else sentence.lower() for sentence in sentences]
    assert text_lines(path) == [*wanted, "Nam | So", "2023 | 12"]
    assert read(path).media_type == "application/rtf"


def test_rtf_cut_off(tmp_path: Path, sentences: Sequence[str]) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(rtf(sentences)[:-60])
    with pytest.raises(Damaged, match="cut off"):
        read(path)


def test_word_files_under_the_old_name(tmp_path: Path, sentences: Sequence[str]) -> None:
    document = WordDocument()
    document.add_paragraph(sentences[0])
    assert text_lines(save(document, tmp_path, "a.doc")) == [sentences[0]]
    page = tmp_path / "b.doc"
    page.write_text(f"<html><body><p>{sentences[1]}</p></body></html>", encoding="utf-8")
    assert text_lines(page) == [sentences[1]]


def word97(text: str) -> bytes:
    """A Word 97 file of one piece of compressed (8-bit) text, as catdoc reads it."""
    data = text.encode("cp1252")
    fib = bytearray(1024)
    fib[0:4] = b"\xec\xa5\xc1\x00"
    fib[10:12] = b"\x00\x00"
    fib[24:28] = (1024).to_bytes(4, "little")
    fib[28:32] = (1024 + len(data)).to_bytes(4, "little")
    return ole({"WordDocument": bytes(fib) + data + bytes(max(0, 4096 - len(data)))})


@pytest.mark.system("catdoc")
def test_doc_through_catdoc_keeps_every_letter(
    tmp_path: Path, sentences: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    only = tmp_path / "bin"
    only.mkdir()
    (only / "catdoc").symlink_to(str(shutil.which("catdoc")))
    monkeypatch.setenv("PATH", str(only))
    path = tmp_path / "a.doc"
    path.write_bytes(word97("\r".join(legacy(sentence.lower(), "tcvn3") for sentence in sentences) + "\r"))
    assert text_lines(path) == [sentence.lower() for sentence in sentences]
    assert read(path).media_type == "application/msword"


def test_doc_without_any_program_names_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "a.doc"
    path.write_bytes(word97("x"))
    with pytest.raises(MissingProgram, match=r"apt-get install libreoffice.*apt-get install catdoc"):
        read(path)


def office(folder: Path, body: str) -> None:
    """A stand-in for LibreOffice's command, which is not ours to install in a test."""
    script = folder / "soffice"
    script.write_text(f"#!{sys.executable}\nimport os, shutil, subprocess, sys, time\n{body}\n")
    script.chmod(script.stat().st_mode | stat.S_IEXEC)


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script")
def test_doc_through_office_in_a_profile_of_its_own(
    tmp_path: Path, sentences: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = WordDocument()
    document.add_paragraph(sentences[0], style="List Number")
    ready = save(document, tmp_path, "ready.docx")
    office(
        tmp_path,
        "assert any(a.startswith('-env:UserInstallation=file:///') for a in sys.argv), sys.argv\n"
        "out = sys.argv[sys.argv.index('--outdir') + 1]\nos.makedirs(out)\n"
        f"shutil.copy({str(ready)!r}, out + '/source.docx')",
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "-lạ tên.doc"
    path.write_bytes(word97("x"))
    assert text_lines(path) == [f"1. {sentences[0]}"]


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script")
def test_office_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(
        tmp_path,
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(child.pid))\ntime.sleep(600)",
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "a.doc"
    path.write_bytes(word97("x"))
    with pytest.raises(TimedOut, match="soffice"):
        read(path, options=ReadOptions(timeout_seconds=3))
    child = int((tmp_path / "pid").read_text())
    for _ in range(100):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{child}/stat").exists() and ") Z " in Path(f"/proc/{child}/stat").read_text():
            return  # ended; whoever adopted it has yet to notice
        time.sleep(0.05)
    pytest.fail("the converter's child outlived it")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_doc_through_real_office(tmp_path: Path, sentences: Sequence[str]) -> None:
    document = WordDocument()
    document.add_paragraph(sentences[0])
    set_font(document.add_paragraph().add_run(legacy(sentences[1].lower(), "tcvn3")), ".VnTime")
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("Năm", "Kết nạp"), ("2023", "12"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    document.add_paragraph("Hết.")  # Word asks for a paragraph after a table
    save(document, tmp_path, "nguồn.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "nguồn.docx")], check=True, capture_output=True, timeout=100)
    lines = text_lines(tmp_path / "nguồn.doc")
    assert lines == [sentences[0], sentences[1].lower(), "Năm | Kết nạp", "2023 | 12", "Hết."]


def test_merged_cells_and_notes(tmp_path: Path) -> None:
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = WordDocument()
    table = document.add_table(rows=3, cols=3)
    for row, cells in enumerate((("Đợt", "Chi bộ", "Số"), ("Một", "Đông", "4"), ("", "Tây", "7"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("Có chú thích.")
    old = legacy("theo báo cáo năm trước", "tcvn3")
    font = '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>'
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>gạch</w:t></w:r>'
        f'</w:p></w:footnote><w:footnote w:id="1"><w:p><w:r>{font}<w:t>{old}</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    part = Part(
        PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, notes.encode(), document.part.package
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    assert text_lines(save(document, tmp_path)) == [
        *("Đợt | Chi bộ | Số", "Một | Đông | 4", "Một | Tây | 7"),
        *("Có chú thích.", "theo báo cáo năm trước"),
    ]
