"""What the server gives the source viewer, over HTTP."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.answer import Assistant
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder
from ingest.sample_corpus import folder
from ui.viewer_routes import routes
from ui.wording import wording

VI = wording("vi")
PDF = "khoi-doanh-nghiep-ha-tinh-2022.pdf"
ODD = "báo cáo #1 (bản 100%).txt"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[SimpleNamespace]:
    home = tmp_path_factory.mktemp("library")
    files = home / "files"
    files.mkdir()
    shutil.copy(folder() / PDF, files)
    (files / ODD).write_text("Chi bộ thôn Đông họp ngày mùng 5 hằng tháng.\n" * 3, encoding="utf-8")
    (home / "bí mật.txt").write_text("Không ai được đọc.", encoding="utf-8")
    with Library.open(home / "library", embedder=embedder) as library:
        assert ingest(library, [files]).added == 2
        client = TestClient(Starlette(routes=list(routes(Assistant(library), VI))))
        yield SimpleNamespace(client=client, files=files, library=library)


def test_a_document_is_given_with_its_place_marked(site: SimpleNamespace) -> None:
    answer = site.client.get(f"/pba/source/{quote(ODD, safe='')}", params={"start": 0, "end": 6})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "<mark>Chi bộ</mark>" in answer.text
    assert str(site.files) not in answer.text


def test_the_original_is_downloaded_byte_for_byte_under_its_name(site: SimpleNamespace) -> None:
    answer = site.client.get(f"/pba/original/{quote(ODD, safe='')}")
    assert answer.content == (site.files / ODD).read_bytes()
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{quote(ODD, safe='')}"
    assert answer.headers["content-type"] == "application/octet-stream"


def test_a_changed_original_is_given_only_to_who_knows(site: SimpleNamespace) -> None:
    path = site.files / ODD
    content, times = path.read_bytes(), path.stat()
    try:
        path.write_bytes(content + b"!")
        answer = site.client.get(f"/pba/original/{quote(ODD, safe='')}")
        assert answer.status_code == 409
        assert VI.viewer.changed in answer.text
        known = site.client.get(f"/pba/original/{quote(ODD, safe='')}", params={"changed": 1})
        assert known.content == content + b"!"
    finally:
        path.write_bytes(content)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.parametrize(
    "name", ["../bí mật.txt", "..%2Fbí mật.txt", "/etc/passwd", "%2Fetc%2Fpasswd", "bí mật.txt", ""]
)
def test_nothing_but_files_of_the_catalogue_is_given(site: SimpleNamespace, name: str) -> None:
    for kind in ("original", "source", "page"):
        answer = site.client.get(f"/pba/{kind}/{quote(name, safe='%')}", params={"start": 0, "end": 5})
        assert answer.status_code == 404
        assert "Không ai" not in answer.text


@pytest.mark.parametrize(("start", "end"), [("x", "5"), ("-1", "5"), ("5", "²"), ("0", "9" * 40), ("7", "7")])
def test_a_place_that_is_none_is_told_in_words(site: SimpleNamespace, start: str, end: str) -> None:
    answer = site.client.get(f"/pba/source/{PDF}", params={"start": start, "end": end})
    assert answer.status_code == 404
    assert VI.viewer.no_place in answer.text


def test_a_page_is_given_as_a_picture_with_the_boxes_of_a_quote(site: SimpleNamespace) -> None:
    picture = site.client.get(f"/pba/page/{PDF}/1.png")
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    start = site.library.document(PDF).text.index("373 đảng viên")
    (page,) = site.client.get(f"/pba/boxes/{PDF}", params={"start": start, "end": start + 13}).json()
    assert page["page"] == 1
    (box,) = page["boxes"]
    assert all(0 < share < 100 for share in box)


def test_a_page_that_is_not_there_is_told_without_the_path(site: SimpleNamespace) -> None:
    answer = site.client.get(f"/pba/page/{PDF}/99.png")
    assert answer.status_code == 422
    assert VI.viewer.no_picture in answer.text
    assert str(site.files) not in answer.text
    assert site.client.get(f"/pba/page/{quote(ODD, safe='')}/1.png").status_code == 404


def test_an_original_that_is_gone_is_told_in_words(site: SimpleNamespace) -> None:
    path: Path = site.files / ODD
    moved = path.rename(path.with_name("khác.txt"))
    try:
        answer = site.client.get(f"/pba/original/{quote(ODD, safe='')}")
        assert answer.status_code == 404
        assert VI.viewer.missing in answer.text
        shown = site.client.get(f"/pba/source/{quote(ODD, safe='')}", params={"start": 0, "end": 6})
        assert VI.viewer.missing in shown.text
    finally:
        moved.rename(path)
