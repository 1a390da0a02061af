"""Plain text, Markdown and HTML files."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from viparse.normalize.encodings import CHARMAPS

from ingest.errors import Damaged, EmptyDocument, FileError, NotText, PathError, TooLarge, UnsupportedType
from ingest.options import ReadOptions
from ingest.readers import SUFFIXES, read
from ingest.readers.encoding import decode, repair
from ingest.readers.tidy import tidy

_TONES = "\u0300\u0301\u0309\u0303\u0323"


def to_windows_1258(text: str) -> bytes:
    """As a Windows-1258 keyboard writes: a letter, then its tone."""
    out = bytearray()
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
        out += base.encode("cp1258")
        out += "".join(mark for mark in parts if mark in _TONES).encode("cp1258")
    return bytes(out)


def to_legacy(text: str, encoding: str) -> str:
    """The characters under which a legacy font draws ``text`` (small letters only in TCVN3)."""
    drawn: dict[str, str] = {}
    for surface, letter in CHARMAPS[encoding].pairs:
        drawn.setdefault(letter, surface)
    return "".join(drawn.get(letter, drawn.get(letter.lower(), letter)) for letter in text)


@pytest.fixture
def text(sentences: Sequence[str]) -> str:
    return "\n".join(sentences)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom", "cp1258", "tcvn3", "vni"]
)
def test_text_in_every_encoding_vietnamese_is_written_in(tmp_path: Path, text: str, encoding: str) -> None:
    data = {
        "utf-16-le-bom": lambda: b"\xff\xfe" + text.encode("utf-16-le"),
        "utf-16-be-bom": lambda: b"\xfe\xff" + text.encode("utf-16-be"),
        "cp1258": lambda: to_windows_1258(text),
        "tcvn3": lambda: to_legacy(text, "tcvn3").encode("cp1252"),
        "vni": lambda: to_legacy(text, "vni").encode("cp1252"),
    }.get(encoding, lambda: text.encode(encoding))()
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert read(path).text.lower() == text.lower()


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_legacy_letters_saved_as_unicode_are_repaired(text: str, encoding: str) -> None:
    assert repair(to_legacy(text, encoding)).lower() == text.lower()


def test_unicode_text_is_never_converted(text: str) -> None:
    foreign = "Señor Muñoz de la Peña visitó Córdoba; der Größe nach, où l'été déjà passé.\n" * 20
    assert repair(text) == text
    assert repair(foreign) == foreign


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF\0\0\0binary", "NUL"),
        ("L'été où le garçon a mangé des crêpes à côté.".encode("latin-1") * 9, "UTF-8"),
        (b"\xff\xfea\0b", "UTF-16"),
        (b"\xef\xbb\xbfab\xff\xfe", "UTF-8"),
        (bytes(range(1, 9)) * 50, "binary"),
        (b"\x81\x8d\x8f\x90\x9d" * 40, "Windows-1258"),
    ],
)
def test_what_is_no_text_says_how_to_save_it(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(NotText, match=said) as caught:
        read(path)
    assert "UTF-8" in caught.value.fix
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=400))
def test_decoding_loses_nothing_or_refuses(data: bytes) -> None:
    try:
        text = decode(Path("a.txt"), data, repairing=False)
    except NotText:
        return
    for name in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1258", "cp1252"):
        try:
            same = unicodedata.normalize("NFC", data.decode(name)) == unicodedata.normalize("NFC", text)
        except UnicodeDecodeError:
            continue
        if same:
            return
    # Only a conversion of a legacy font may differ from every plain decoding.
    assert text == unicodedata.normalize("NFC", text)


@given(st.text())
@settings(max_examples=300)
def test_tidy_text_is_nfc_without_control_characters(text: str) -> None:
    result = tidy(text)
    assert unicodedata.is_normalized("NFC", result)
    assert all(letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs") for letter in result)
    assert tidy(result) == result


def test_decomposed_text_is_composed_and_line_ends_are_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(unicodedata.normalize("NFD", "Đảng bộ\r\nxã\rTân Tiến\x0b\x07\ufeff").encode())
    assert read(path).text == "Đảng bộ\nxã\nTân Tiến\n"


def test_front_matter_of_markdown_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: Kế hoạch\ntags:\n  - một\n---\n\n# Đầu đề\n", encoding="utf-8")
    raw = read(path)
    assert raw.text.startswith("---\ntitle: Kế hoạch\ntags:\n  - một\n---\n")
    assert raw.media_type == "text/markdown"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", "\u200b\u00a0\n".encode()])
def test_a_file_without_text_is_empty(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(EmptyDocument):
        read(path)


def test_limits_are_refused_with_both_figures(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Đảng viên " * 1000, encoding="utf-8")
    with pytest.raises(TooLarge, match=r"0\.0 MiB"):
        read(path, options=ReadOptions(max_bytes=1000))
    with pytest.raises(TooLarge, match=r"10000 characters.* 500 "):
        read(path, options=ReadOptions(max_characters=500))


def test_wrong_paths_and_types(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(PathError):
        read(tmp_path / "absent.txt")
    with pytest.raises(PathError):
        read(tmp_path / "folder.txt")
    with pytest.raises(UnsupportedType, match=r"\.docx"):
        read(tmp_path / "a.xlsx")
    assert {".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".doc", ".rtf", ".png", ".tif"} <= SUFFIXES


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_nonsense_under_any_name_is_one_of_our_errors(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix.upper()}"
    path.write_bytes(b"\x00\x01\x02nonsense \xfe\xff" * 30)
    with pytest.raises(FileError) as caught:
        read(path)
    assert caught.value.path == path
    assert "\n" not in str(caught.value)


ARTICLE = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
<title>Chi bộ Bình Minh - Báo Làng</title>
<meta property="og:title" content="Chi bộ Bình Minh đổi mới sinh hoạt">
<meta name="author" content="Tạ Thị Ngân">
<meta property="article:published_time" content="2024-03-05T08:30:00+07:00">
<meta property="og:site_name" content="Báo Làng"><link rel="canonical" href="https://lang.example/bai-1.html">
<script>document.write("mã độc")</script><style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/x">Chính sách mới</a></li></ul></nav>
<article><h1>Chi bộ Bình Minh đổi mới sinh hoạt</h1><p>{0}</p><h2>Tạo nguồn từ cơ sở</h2><p>{1}</p>
<figure><img src="a.jpg"><figcaption>Lễ kết nạp tại nhà văn hóa. Ảnh: Tạ Ngân</figcaption></figure>
<ul><li>Rà soát nguồn;</li><li>Giao việc cụ thể.</li></ul><p>Ghi chú ngắn.</p><p>Ghi chú ngắn.</p>
<table><tr><th>Năm</th><th>Kết nạp</th></tr><tr><td>2022</td><td>9</td></tr><tr><td>2023</td><td>12</td></tr>
</table>
<p>{2}</p><p class="byline">Tạ Thị Ngân</p></article>
<div class="related"><h3>Tin liên quan</h3><ul>
<li><a href="y">Trao huy hiệu năm mươi năm tuổi Đảng</a></li></ul></div>
<form><textarea></textarea><button>Gửi bình luận</button></form>
<footer>Lượt truy cập: 12.345</footer></body></html>"""


def test_an_article_comes_out_whole_and_alone(tmp_path: Path, sentences: Sequence[str]) -> None:
    path = tmp_path / "a.html"
    path.write_text(ARTICLE.format(*sentences), encoding="utf-8")
    raw = read(path)
    lines = [line for line in raw.text.split("\n") if line]
    assert lines == [
        "Chi bộ Bình Minh đổi mới sinh hoạt",
        sentences[0],
        "Tạo nguồn từ cơ sở",
        sentences[1],
        "Lễ kết nạp tại nhà văn hóa. Ảnh: Tạ Ngân",
        "- Rà soát nguồn;",
        "- Giao việc cụ thể.",
        "Ghi chú ngắn.",
        "Ghi chú ngắn.",
        "Năm | Kết nạp",
        "2022 | 9",
        "2023 | 12",
        sentences[2],
        "Tạ Thị Ngân",
    ]
    assert raw.properties["title"] == "Chi bộ Bình Minh đổi mới sinh hoạt"
    assert raw.properties["author"] == "Tạ Thị Ngân"
    assert raw.properties["date"] == "2024-03-05"
    assert raw.properties["source"] == "https://lang.example/bai-1.html"
    assert raw.properties["site"] == "Báo Làng"


def test_an_official_document_in_bare_html_loses_no_line(tmp_path: Path) -> None:
    articles = [
        line
        for number in range(1, 9)
        for line in (f"Điều {number}. Nội dung thứ {number}", "a) Rà soát;", "b) Chia sẻ, báo cáo.")
    ]
    paragraphs = "".join(f"<p>{line}</p>" for line in articles)
    path = tmp_path / "a.htm"
    path.write_text(
        "<html><head><meta charset=utf-8><title>HD</title></head><body><table><tr>"
        "<td><b>TỈNH ỦY ĐÔNG HẢI</b><br>*<br>Số 05-HD/TU</td><td><b>ĐẢNG CỘNG SẢN VIỆT NAM</b><br>"
        f"Đông Hải, ngày 02 tháng 3 năm 2024</td></tr></table><p>HƯỚNG DẪN</p>{paragraphs}"
        "<ol type=a><li>Một</li><li>Hai</li></ol><p>Nơi nhận:</p>"
        "<p>- Lưu.</p></body></html>",
        encoding="utf-8",
    )
    lines = [line for line in read(path).text.split("\n") if line]
    assert lines == [
        *("TỈNH ỦY ĐÔNG HẢI", "*", "Số 05-HD/TU", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        "Đông Hải, ngày 02 tháng 3 năm 2024",
        "HƯỚNG DẪN",
        *articles,
        *("a) Một", "b) Hai", "Nơi nhận:", "- Lưu."),
    ]
    assert "date" not in read(path).properties  # nothing declares one


@pytest.mark.parametrize("declared", ["windows-1258", "x-user-defined", "utf-8"])
def test_a_page_that_declares_the_wrong_encoding(
    tmp_path: Path, sentences: Sequence[str], declared: str
) -> None:
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    page = f'<html><head><meta charset="{declared}"></head><body>{body}</body></html>'
    path = tmp_path / "a.html"
    path.write_bytes(to_windows_1258(page))
    assert read(path).text.split("\n") == list(sentences)


def test_a_page_in_a_legacy_font(tmp_path: Path, sentences: Sequence[str]) -> None:
    body = "".join(f"<p class=MsoNormal>{to_legacy(sentence, 'tcvn3')}</p>" for sentence in sentences)
    path = tmp_path / "a.html"
    path.write_bytes(f"<html><head><title>x</title></head><body>{body}</body></html>".encode("cp1252"))
    assert read(path).text.lower().split("\n") == [sentence.lower() for sentence in sentences]


def test_hostile_html_is_only_text(tmp_path: Path, sentences: Sequence[str]) -> None:
    path = tmp_path / "a.html"
    deep = "<div>" * 200
    path.write_text(
        f"<html><body>{deep}<p>{sentences[0]}</p><p>{sentences[1]}</p><img src=x onerror=alert(1)>"
        "<p style='display:none'>ẩn</p>"
        "<p>&lt;script&gt;alert(2)&lt;/script&gt; là chữ trong bài viết này.</p>",
        encoding="utf-8",
    )
    text = read(path).text
    assert sentences[0] in text
    assert "onerror" not in text
    assert "ẩn" not in text
    assert "<script>alert(2)</script> là chữ" in text


def test_html_nested_beyond_the_parser_is_refused_not_cut(tmp_path: Path, sentences: Sequence[str]) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body>" + "<div>" * 5000 + f"<p>{sentences[0]}</p>", encoding="utf-8")
    with pytest.raises(Damaged, match="nested"):
        read(path)
