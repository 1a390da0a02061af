"""Metadata the owner gives: read exactly, refused clearly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.errors import BadSidecar
from ingest.sidecar import is_sidecar, merged, read_sidecar, sidecar_paths, split_front_matter
from ingest.types import Access, Kind, Origin, Status


def sidecar(folder: Path, content: str | bytes, name: str = "a.txt.meta.toml") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder / "a.txt"


FULL = """
title = "Kế hoạch mở lớp"
number = "07-KH/ĐU"
kind = "kế hoạch"
issuer = "Đảng ủy xã B"
province = "thành phố Nam Định"
issued_on = 2024-02-15
status = "đã được thay thế"
source = "https://example.org/a"
access = "nội bộ"
"""


def test_every_key_is_read(tmp_path: Path) -> None:
    found = read_sidecar(sidecar(tmp_path, FULL))
    assert found.values == {
        "title": "Kế hoạch mở lớp",
        "number": "07-KH/ĐU",
        "kind": Kind.PLAN,
        "issuer": "Đảng ủy xã B",
        "province": "thành phố Nam Định",
        "issued_on": date(2024, 2, 15),
        "status": Status.REPLACED,
        "source": "https://example.org/a",
        "access": Access.INTERNAL,
    }
    assert set(found.origins) == set(found.values)
    assert set(found.origins.values()) == {Origin.SIDECAR}


def test_both_names_of_a_sidecar_work_and_the_full_one_wins(tmp_path: Path) -> None:
    document = sidecar(tmp_path, 'title = "ngắn"', "a.meta.toml")
    assert read_sidecar(document).values == {"title": "ngắn"}
    sidecar(tmp_path, 'title = "đủ"')
    assert read_sidecar(document).values == {"title": "đủ"}
    assert [p.name for p in sidecar_paths(document)] == ["a.txt.meta.toml", "a.meta.toml"]
    assert is_sidecar(tmp_path / "a.meta.toml")
    assert not is_sidecar(document)


def test_no_sidecar_gives_nothing(tmp_path: Path) -> None:
    assert read_sidecar(tmp_path / "a.txt").values == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('titel = "x"', ["'titel'", "title"]),
        ('issued = "2024-01-01"', ["'issued'", "issued_on"]),
        ('zzzz = "x"', ["'zzzz'", "access"]),
        ('kind = "chỉ thi 5"', ["kind", "nghị quyết", "bài báo"]),
        ('access = "mật"', ["access", "công khai", "nội bộ"]),
        ('status = "cũ"', ["status", "hết hiệu lực"]),
        ('issued_on = "hôm qua"', ["issued_on", "2019-01-21"]),
        ('issued_on = "2024-02-31"', ["issued_on"]),
        ("issued_on = 20240131", ["issued_on"]),
        ('province = "Nam Định"', ["province", "tỉnh"]),
        ("title = true", ["title"]),
        ('title = ["a"]', ["title"]),
        ('title = "  "', ["title"]),
        ('[extra]\nx = "y"', ["'extra'"]),
        ('title = "x', ["TOML"]),
        (b"title = '\xff\xfe'", ["UTF-8"]),
    ],
)
def test_bad_sidecars_name_key_and_fix_in_one_line(
    tmp_path: Path, content: str | bytes, words: list[str]
) -> None:
    with pytest.raises(BadSidecar) as caught:
        read_sidecar(sidecar(tmp_path, content))
    message = str(caught.value)
    assert "a.txt.meta.toml" in message
    assert "\n" not in message
    for word in words:
        assert word in message


@pytest.mark.parametrize("kind", ["chỉ thị", "Chỉ Thị", "chi thi", "DIRECTIVE", "directive"])
def test_values_of_a_choice_are_matched_leniently(tmp_path: Path, kind: str) -> None:
    assert read_sidecar(sidecar(tmp_path, f'kind = "{kind}"')).values["kind"] is Kind.DIRECTIVE


@pytest.mark.parametrize(
    "written", ["2024-02-15", '"2024-02-15"', '"15/02/2024"', '"ngày 15 tháng 2 năm 2024"']
)
def test_dates_are_accepted_as_people_write_them(tmp_path: Path, written: str) -> None:
    assert read_sidecar(sidecar(tmp_path, f"issued_on = {written}")).values["issued_on"] == date(2024, 2, 15)


MD = Path("a.md")


def test_front_matter_is_read_and_its_end_found() -> None:
    text = "---\ntitle: Sổ tay\nkind: tài liệu\nissued_on: 2026-11-03\n---\n\n# Sổ tay\n"
    found, at = split_front_matter(text, MD)
    assert found.values == {"title": "Sổ tay", "kind": Kind.OTHER, "issued_on": date(2026, 11, 3)}
    assert set(found.origins.values()) == {Origin.FRONT_MATTER}
    assert text[at:] == "\n# Sổ tay\n"


@pytest.mark.parametrize(
    "text", ["# Sổ tay\n", "---\nMột đoạn văn.\n---\nHai.\n", "Văn\n---\ntitle: x\n---\n", ""]
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    found, at = split_front_matter(text, MD)
    assert (found.values, at) == ({}, 0)


@pytest.mark.parametrize(
    ("yaml", "word"),
    [
        ("author: An", "'author'"),
        ("title: [a", "line"),
        ("title: !!python/object/apply:os.system ['true']", "YAML"),
        ("kind: 5", "kind"),
        ("title:", "title"),
    ],
)
def test_bad_front_matter_is_an_error(yaml: str, word: str) -> None:
    with pytest.raises(BadSidecar) as caught:
        split_front_matter(f"---\n{yaml}\n---\nVăn bản.\n", MD)
    assert word in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_sidecar_wins_over_front_matter(tmp_path: Path) -> None:
    beside = read_sidecar(sidecar(tmp_path, 'title = "cạnh"\nnumber = false'))
    front, _ = split_front_matter("---\ntitle: trong\nnumber: 5-HD/ĐU\nissuer: Đảng ủy xã B\n---\n", MD)
    both = merged(beside, front)
    assert both.values == {"title": "cạnh", "number": None, "issuer": "Đảng ủy xã B"}
    assert both.origins == {
        "title": Origin.SIDECAR,
        "number": Origin.SIDECAR,
        "issuer": Origin.FRONT_MATTER,
    }
