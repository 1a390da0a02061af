"""A file becomes a document: read, told what its owner says, cleaned, described."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from ingest.errors import BadSidecar, EmptyDocument, FileError
from ingest.load import load
from ingest.split import split
from ingest.types import Access, Kind, Origin, Status

PLAN = """ĐẢNG ỦY XÃ B
*
Số 07-KH/ĐU
ĐẢNG CỘNG SẢN VIỆT NAM
Xã B, ngày 15 tháng 02 năm 2024

KẾ HOẠCH
mở lớp bồi dưỡng nhận thức về Đảng năm 2024

I. MỤC ĐÍCH
1. Giúp 40 quần chúng ưu tú hiểu về Đảng.
2. Chọn người dự lớp đúng đối tượng.

Nơi nhận:
- Các chi bộ.
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_text_file_becomes_a_described_document(tmp_path: Path) -> None:
    found = load(written(tmp_path, "kế hoạch.txt", PLAN))
    assert found.id == "kế hoạch.txt"
    assert found.names == ("kế hoạch.txt",)
    assert found.sha256 == hashlib.sha256(found.text.encode()).hexdigest()
    assert found.title == "Kế hoạch mở lớp bồi dưỡng nhận thức về Đảng năm 2024"
    assert (found.number, found.kind, found.issuer) == ("07-KH/ĐU", Kind.PLAN, "Đảng ủy xã B")
    assert found.issued_on == date(2024, 2, 15)
    assert found.provenance["number"] is Origin.TEXT
    assert "40 quần chúng ưu tú" in found.text


def test_the_name_is_in_one_unicode_form(tmp_path: Path) -> None:
    path = written(tmp_path, unicodedata.normalize("NFD", "kế hoạch.txt"), PLAN)
    assert load(path).id == unicodedata.normalize("NFC", "kế hoạch.txt")


def test_the_sidecar_overrides_the_text(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", PLAN)
    written(
        tmp_path,
        "a.txt.meta.toml",
        'status = "đã được thay thế"\naccess = "nội bộ"\nissuer = "Đảng ủy xã C"\n',
    )
    found = load(path)
    assert (found.status, found.access, found.issuer) == (Status.REPLACED, Access.INTERNAL, "Đảng ủy xã C")
    assert found.provenance["issuer"] is Origin.SIDECAR
    assert found.number == "07-KH/ĐU"


def test_front_matter_is_no_part_of_the_text_and_the_sidecar_wins(tmp_path: Path) -> None:
    path = written(
        tmp_path, "a.md", "---\ntitle: Sổ tay\nissued_on: 2024-05-06\n---\n\n# Tên khác\n\nChi bộ họp.\n"
    )
    written(tmp_path, "a.meta.toml", 'title = "Cạnh"\nnumber = "5-HD/ĐU"\n')
    found = load(path)
    assert (found.title, found.number, found.issued_on) == ("Cạnh", "5-HD/ĐU", date(2024, 5, 6))
    assert found.provenance["title"] is Origin.SIDECAR
    assert found.provenance["issued_on"] is Origin.FRONT_MATTER
    assert found.provenance["number"] is Origin.SIDECAR
    assert "issued_on" not in found.text
    assert "---" not in found.text
    assert "Chi bộ họp." in found.text


def test_the_same_text_has_the_same_hash_under_any_name(tmp_path: Path) -> None:
    first, second = load(written(tmp_path, "a.txt", PLAN)), load(written(tmp_path, "b.txt", PLAN))
    assert first.sha256 == second.sha256
    assert first.id != second.id


def test_a_loaded_document_splits_into_exact_passages(tmp_path: Path) -> None:
    found = load(written(tmp_path, "a.txt", PLAN))
    passages = split(found, count_tokens=lambda text: len(text.split()), max_tokens=40)
    for passage in passages:
        passage.check(found)
    clauses = [p for p in passages if p.locator.section == "I"]
    assert clauses
    assert clauses[0].heading == "I. MỤC ĐÍCH"


@pytest.mark.parametrize("text", ["", " \n\n\t\n", "---\ntitle: Trống\n---\n"])
def test_nothing_in_a_file_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(EmptyDocument) as caught:
        load(written(tmp_path, "a.md", text))
    assert "a.md" in str(caught.value)


def test_bad_metadata_stops_the_file_with_one_line(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", PLAN)
    written(tmp_path, "a.txt.meta.toml", 'isuer = "x"\n')
    with pytest.raises(BadSidecar, match="Did you mean issuer") as caught:
        load(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_a_file_error(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        load(tmp_path / "không có.txt")
