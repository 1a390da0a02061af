"""Documents handed in, edited, removed and put back: real files, a real library, a real kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.collection import Order, Wish, listed
from assistant.editing import BadValue
from assistant.errors import AssistantError
from assistant.file_names import clean_name, free_name
from assistant.holdings import Holdings
from assistant.intake_types import Received, State
from assistant.removed import KEPT, NotRemoved
from index.checkup import check
from index.errors import LibraryBusy
from index.ingestion import ingest
from index.library import Library
from ingest.options import ReadOptions
from ingest.types import Kind, Status

sys.path.insert(0, str(Path(__file__).parents[1] / "index"))
from handmade import HashingEmbedder

ROOT = Path(__file__).parents[2]
GUIDANCE = """TỈNH ỦY HÀ GIANG
Số 12-HD/TU
Hà Giang, ngày 5 tháng 3 năm 2021

HƯỚNG DẪN
về mở lớp bồi dưỡng nhận thức về Đảng

Mỗi lớp học 5 ngày, có 120 học viên, thực hiện Chỉ thị số 28-CT/TW ngày 21/01/2019 của Ban Bí thư.

Học viên viết bài thu hoạch; bài đạt từ 5 điểm trở lên được cấp giấy chứng nhận.
"""
REPORT = """Xã Hòa Lạc kết nạp đảng viên trẻ

Trong năm 2023, Đảng bộ xã Hòa Lạc kết nạp 27 đảng viên, trong đó có 16 đoàn viên thanh niên.
"""


class Desk:
    """A library with its holdings, and a folder with the files of somebody who hands them in."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.theirs = home / "theirs"
        self.theirs.mkdir(exist_ok=True)
        self.embedder = HashingEmbedder()
        self.library = Library.open(home / "library", embedder=self.embedder)
        self.holdings = Holdings(self.library, home / "documents")
        self.holdings.start()

    def hand_in(self, name: str, content: str | bytes, **options: Any) -> Received:
        """Hand in a file and wait for what becomes of it."""
        file = self.theirs / "upload"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        accepted = self.holdings.intake.accept(file, name, **options)
        assert self.holdings.intake.wait(60)
        return next(entry for entry in self.holdings.intake.received() if entry.id == accepted.id)

    def found(self, question: str) -> list[str]:
        return [hit.document.id for hit in self.library.search(question, k=3)]

    def again(self) -> Desk:
        """The same after a restart."""
        self.close()
        return Desk(self.home)

    def close(self) -> None:
        self.holdings.close()
        self.library.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


def test_a_file_handed_in_is_kept_and_found(desk: Desk) -> None:
    result = desk.hand_in("huong dan.txt", GUIDANCE)
    assert (result.state, result.document_id) == (State.ADDED, "huong dan.txt")
    (desk.theirs / "upload").unlink()
    assert (desk.home / "documents" / "huong dan.txt").read_text(encoding="utf-8") == GUIDANCE
    assert desk.found("bài thu hoạch đạt 5 điểm") == ["huong dan.txt"]
    assert desk.library.document("huong dan.txt").number == "12-HD/TU"


def test_the_same_content_is_kept_once(desk: Desk) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    result = desk.hand_in("b.txt", GUIDANCE)
    assert (result.state, result.document_id) == (State.UNCHANGED, "a.txt")
    assert [path.name for path in (desk.home / "documents").glob("*.txt")] == ["a.txt"]


def test_the_same_text_in_another_format_is_one_document(desk: Desk) -> None:
    desk.hand_in("a.txt", REPORT)
    result = desk.hand_in("a.md", REPORT.replace("\n", "\r\n"))
    assert (result.state, result.document_id) == (State.DUPLICATE, "a.txt")
    assert len(desk.library.documents()) == 1


def test_two_files_of_one_name_are_two_documents(desk: Desk) -> None:
    desk.hand_in("bao cao.txt", GUIDANCE)
    result = desk.hand_in("bao cao.txt", REPORT)
    assert (result.state, result.document_id) == (State.ADDED, "bao cao (2).txt")
    assert desk.library.document("bao cao.txt").number == "12-HD/TU"


def test_a_newer_file_takes_the_place_of_the_older_one_which_can_come_back(desk: Desk) -> None:
    desk.hand_in("huong dan.txt", GUIDANCE)
    result = desk.hand_in("huong dan.txt", GUIDANCE.replace("5 ngày", "7 ngày"), newer=True)
    assert result.state is State.CHANGED
    assert [entry.id for entry in desk.holdings.documents()] == [result.document_id]
    (older,) = desk.holdings.removed()
    back = desk.holdings.restore(older.id)
    assert "5 ngày" in desk.library.document(back).text
    assert "7 ngày" in desk.library.document(str(result.document_id)).text


def test_a_newer_file_that_is_broken_leaves_the_older_one(desk: Desk) -> None:
    desk.hand_in("ke hoach.pdf.txt", GUIDANCE)
    result = desk.hand_in("ke hoach.pdf.txt", b"\x00\x01\x02" * 500, newer=True)
    assert result.state is State.FAILED
    assert desk.found("bài thu hoạch")[0] == "ke hoach.pdf.txt"
    assert desk.holdings.removed() == []


@pytest.mark.parametrize(
    ("name", "content", "label"),
    [
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<", "damaged"),
        ("empty.txt", b"", "empty"),
        ("fake.docx", b"PK\x03\x04 no archive", "damaged"),
        ("program.exe", b"MZ", "unsupported type"),
        ("x.txt.meta.toml", b"title = 'x'", "unsupported type"),
    ],
)
def test_a_bad_file_is_told_why_and_costs_no_other(desk: Desk, name: str, content: bytes, label: str) -> None:
    result = desk.hand_in(name, content)
    good = desk.hand_in("good.txt", REPORT)
    assert (result.state, result.label) == (State.FAILED, label)
    assert result.reason
    assert result.fix
    assert good.state is State.ADDED


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", embedder=HashingEmbedder()) as library:
        holdings = Holdings(library, tmp_path / "documents", options=ReadOptions(max_bytes=100))
        big = tmp_path / "big.txt"
        big.write_text(GUIDANCE, encoding="utf-8")
        result = holdings.intake.accept(big, "big.txt")
        holdings.close()
    assert (result.state, result.label) == (State.FAILED, "over the size limit")
    assert not list((tmp_path / "documents").glob("*.txt"))


def test_a_failed_file_can_be_tried_again_or_discarded(desk: Desk) -> None:
    failed = desk.hand_in("a.txt", b"\x00\x01\x02" * 500)
    kept = desk.home / "documents" / "a.txt"
    kept.write_text(REPORT, encoding="utf-8")  # mended by hand
    desk.holdings.intake.retry(failed.id)
    assert desk.holdings.intake.wait(60)
    assert desk.holdings.intake.received()[0].state is State.ADDED
    broken = desk.hand_in("b.txt", b"\x00\x01\x02" * 600)
    desk.holdings.intake.discard(broken.id)
    assert not (desk.home / "documents" / "b.txt").exists()
    desk.holdings.intake.clear()
    assert desk.holdings.intake.received() == ()
    assert kept.exists()


def test_discarding_a_refused_file_touches_no_other_of_its_name(desk: Desk) -> None:
    other = desk.home / "documents" / "tool.exe"
    other.write_bytes(b"theirs")
    refused = desk.hand_in("tool.exe", b"MZ")
    desk.holdings.intake.discard(refused.id)
    assert other.read_bytes() == b"theirs"


def test_the_list_survives_a_restart(desk: Desk) -> None:
    desk.hand_in("good.txt", REPORT)
    desk.hand_in("bad.pdf", b"%PDF-1.7\n1 0 obj\n<<")
    before = desk.holdings.intake.received()
    after = desk.again()
    try:
        assert after.holdings.intake.received() == before
    finally:
        after.close()


def test_a_damaged_list_is_set_aside(desk: Desk) -> None:
    desk.hand_in("good.txt", REPORT)
    desk.close()
    (desk.home / "documents" / ".intake.json").write_text("[{", encoding="utf-8")
    after = Desk(desk.home)
    assert after.holdings.intake.received() == ()
    assert after.hand_in("other.txt", GUIDANCE).state is State.ADDED
    assert len(list((desk.home / "documents").glob(".intake.json.*.damaged"))) == 1
    after.close()


def test_one_process_at_a_time_takes_in_documents(desk: Desk) -> None:
    with pytest.raises(LibraryBusy, match="Another process"):
        Holdings(desk.library, desk.home / "documents")


def start_worker(home: Path) -> subprocess.Popen[str]:
    worker = Path(__file__).with_name("intake_worker.py")
    process = subprocess.Popen(
        [sys.executable, str(worker), str(home)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests" / "index")])},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.15, 0.4, 0.9])
def test_what_was_accepted_is_taken_up_after_a_kill(tmp_path: Path, seconds: float) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    for number in range(25):
        lines = [f"Chi bộ {number} họp lần {turn}, có {number * 7 + turn} đảng viên." for turn in range(9)]
        (theirs / f"{number:02}.txt").write_text("\n\n".join([f"Biên bản {number}", *lines]), "utf-8")
    process = start_worker(tmp_path)
    accepted: list[str] = []
    assert process.stdout is not None
    while len(accepted) < 25 * min(1.0, 0.3 + seconds):
        accepted.append(process.stdout.readline().strip())
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    accepted += process.communicate()[0].split()
    after = Desk(tmp_path)
    try:
        assert after.holdings.intake.wait(60)
        assert set(accepted) <= {entry.id for entry in after.library.documents()}
        states = {entry.state for entry in after.holdings.intake.received()}
        assert states <= {State.ADDED, State.UNCHANGED}
        assert not list((tmp_path / "documents" / ".incoming").iterdir())
    finally:
        after.close()
    assert check(tmp_path / "library", embedder=HashingEmbedder()) == []


# ---- editing


def test_an_edit_is_found_at_once_and_outlasts_reading_the_file_again(desk: Desk) -> None:
    desk.hand_in("huong dan.txt", GUIDANCE)
    desk.holdings.edit(
        "huong dan.txt",
        {
            "title": 'Hướng dẫn "mới" \\ về lớp học',
            "kind": "quy định",
            "issued_on": "06/03/2021",
            "status": "hết hiệu lực",
            "issuer": "",
        },
    )
    for turn in range(2):
        document = desk.library.document("huong dan.txt")
        assert document.title == 'Hướng dẫn "mới" \\ về lớp học'
        assert (document.kind, document.status) == (Kind.REGULATION, Status.ENDED)
        assert (document.issued_on, document.issuer) == (date(2021, 3, 6), None)
        assert document.number == "12-HD/TU"
        if turn == 0:
            path = desk.home / "documents" / "huong dan.txt"
            report = ingest(desk.library, [path])
            assert (report.unchanged, report.failures) == (1, ())  # the edit is known already
            path.write_text(GUIDANCE.replace("5 ngày", "6 ngày"), encoding="utf-8")
            assert ingest(desk.library, [path]).replaced == 1


def test_an_edit_embeds_nothing_again(desk: Desk) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    made = len(desk.embedder.embedded)
    desk.holdings.edit("a.txt", {"title": "Tên mới"})
    assert len(desk.embedder.embedded) == made
    assert desk.found("bài thu hoạch đạt 5 điểm")[0] == "a.txt"


def test_an_edit_keeps_what_the_metadata_file_said(desk: Desk) -> None:
    folder = desk.home / "elsewhere"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT, encoding="utf-8")
    (folder / "a.meta.toml").write_text('source = "Báo tỉnh"\nkind = "bài báo"\n', encoding="utf-8")
    ingest(desk.library, [folder])
    desk.holdings.edit("a.txt", {"kind": "báo cáo"})
    ingest(desk.library, [folder])
    document = desk.library.document("a.txt")
    assert (document.source, document.kind) == ("Báo tỉnh", Kind.REPORT)


def test_edits_are_taken_back(desk: Desk) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    before = desk.library.document("a.txt")
    desk.holdings.edit("a.txt", {"title": "Khác", "number": "", "province": "tỉnh Cao Bằng"})
    assert desk.library.document("a.txt").number is None
    assert desk.holdings.forget_edits("a.txt") == 1
    assert desk.holdings.intake.wait(60)
    assert desk.library.document("a.txt") == before


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"issued_on": "31/02/2020"}, "issued_on"),
        ({"province": "Bắc Ninh"}, "province"),
        ({"kind": "thơ"}, "kind"),
        ({"source": "x"}, "source"),
    ],
)
def test_a_value_that_cannot_be_used_changes_nothing(desk: Desk, values: dict[str, str], field: str) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    before = desk.library.document("a.txt")
    with pytest.raises(BadValue) as told:
        desk.holdings.edit("a.txt", {"number": "1-KH/TU", **values})
    assert told.value.field == field
    assert desk.library.document("a.txt") == before
    assert not list((desk.home / "documents").glob("*.meta.toml"))


def test_an_edit_wins_over_the_head_of_the_file_which_stays_as_it_is(desk: Desk) -> None:
    written = f"---\ntitle: Tên trong tệp\nissuer: Đảng ủy xã B\n---\n\n{REPORT}"
    desk.hand_in("a.md", written)
    before = desk.library.document("a.md")
    desk.holdings.edit("a.md", {"title": "Khác", "issuer": ""})
    path = desk.home / "documents" / "a.md"
    assert path.read_text(encoding="utf-8") == written
    changed = desk.library.document("a.md")
    assert (changed.title, changed.issuer) == ("Khác", None)
    path.write_text(f"{written}\nThêm một câu.\n", encoding="utf-8")
    assert ingest(desk.library, [path]).replaced == 1
    assert (desk.library.document("a.md").title, desk.library.document("a.md").issuer) == ("Khác", None)
    path.write_text(written, encoding="utf-8")
    assert desk.holdings.forget_edits("a.md") == 1
    assert desk.holdings.intake.wait(60)
    assert desk.library.document("a.md") == before


def test_an_edit_that_a_kill_kept_from_the_library_is_read_at_the_next_start(desk: Desk) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    (desk.home / "documents" / "a.txt.meta.toml").write_text('title = "Tên mới"\n', encoding="utf-8")
    after = desk.again()
    try:
        assert after.holdings.intake.wait(60)
        assert after.library.document("a.txt").title == "Tên mới"
    finally:
        after.close()


# ---- removing


def test_a_removed_document_is_out_of_the_search_at_once_and_back_again(desk: Desk) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    desk.hand_in("b.txt", REPORT)
    desk.holdings.edit("a.txt", {"title": "Tên của tôi"})
    document, passages = desk.library.document("a.txt"), desk.library.passages("a.txt")
    made = len(desk.embedder.embedded)
    removed = desk.holdings.remove("a.txt")
    assert set(desk.found("bài thu hoạch đạt 5 điểm")) == {"b.txt"}
    assert not list((desk.home / "documents").glob("a.txt*"))
    assert desk.holdings.restore(removed.id) == "a.txt"
    assert desk.library.document("a.txt") == document
    assert desk.library.passages("a.txt") == passages
    assert desk.found("bài thu hoạch đạt 5 điểm")[0] == "a.txt"
    assert len(desk.embedder.embedded) == made
    assert ingest(desk.library, [desk.home / "documents"]).unchanged == 2
    assert desk.holdings.removed() == []


def test_a_file_elsewhere_is_left_alone(desk: Desk) -> None:
    path = desk.home / "elsewhere.txt"
    path.write_text(GUIDANCE, encoding="utf-8")
    ingest(desk.library, [path])
    removed = desk.holdings.remove("elsewhere.txt")
    assert path.read_text(encoding="utf-8") == GUIDANCE
    desk.holdings.restore(removed.id)
    assert desk.library.documents()[0].paths == (path,)


def test_coming_back_overwrites_nobody(desk: Desk) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    removed = desk.holdings.remove("a.txt")
    assert desk.hand_in("a.txt", REPORT).document_id == "a.txt"
    back = desk.holdings.restore(removed.id)
    assert back == "a (2).txt"
    assert desk.library.document("a.txt").text.startswith("Xã Hòa Lạc")
    assert "bài thu hoạch" in desk.library.document(back).text
    assert (desk.home / "documents" / "a (2).txt").read_text(encoding="utf-8") == GUIDANCE
    assert ingest(desk.library, [desk.home / "documents"]).unchanged == 2


def test_a_removed_file_handed_in_again_is_a_document_again(desk: Desk) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    removed = desk.holdings.remove("a.txt")
    assert desk.hand_in("a.txt", GUIDANCE).state is State.ADDED
    assert desk.holdings.restore(removed.id) == "a.txt"
    assert len(desk.library.documents()) == 1


def test_removed_documents_survive_a_restart(desk: Desk) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    removed = desk.holdings.remove("a.txt")
    after = desk.again()
    try:
        assert after.holdings.removed() == [removed]
        assert after.holdings.restore(removed.id) == "a.txt"
        assert after.found("bài thu hoạch")[0] == "a.txt"
    finally:
        after.close()


def test_a_removal_that_was_killed_before_the_library_changed_never_was(desk: Desk) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    removed = desk.holdings.remove("a.txt")
    record = (desk.home / "documents" / ".removed" / f"{removed.id}.json").read_text(encoding="utf-8")
    desk.holdings.restore(removed.id)
    (desk.home / "documents" / ".removed" / f"{removed.id}.json").write_text(record, encoding="utf-8")
    after = desk.again()
    try:
        assert after.holdings.removed() == []
        assert after.found("bài thu hoạch")[0] == "a.txt"
        assert (desk.home / "documents" / "a.txt").exists()
    finally:
        after.close()


def test_a_removal_that_was_killed_before_its_file_moved_is_finished(desk: Desk) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    removed = desk.holdings.remove("a.txt")
    inside = desk.home / "documents" / ".removed" / removed.id / "a.txt"
    inside.rename(desk.home / "documents" / "a.txt")
    after = desk.again()
    try:
        assert inside.exists()
        assert not (desk.home / "documents" / "a.txt").exists()
        assert after.library.documents() == []
    finally:
        after.close()


def test_after_thirty_days_nothing_is_left(desk: Desk) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    removed = desk.holdings.remove("a.txt")
    file = desk.home / "documents" / ".removed" / f"{removed.id}.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    record["removed_at"] = (datetime.now(UTC) - KEPT - timedelta(hours=1)).isoformat()
    file.write_text(json.dumps(record), encoding="utf-8")
    after = desk.again()
    try:
        assert after.holdings.removed() == []
        assert list(file.parent.iterdir()) == []
        assert after.library.stats().vectors == 0
        with pytest.raises(NotRemoved):
            after.holdings.restore(removed.id)
    finally:
        after.close()


@pytest.mark.parametrize("name", ["../x", "", "0" * 16, "a/b"])
def test_a_made_up_id_restores_nothing(desk: Desk, name: str) -> None:
    with pytest.raises(NotRemoved):
        desk.holdings.restore(name)


def test_documents_can_be_looked_at_only(desk: Desk) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    looking = Holdings(desk.library, None)
    looking.start()
    assert not looking.editable
    assert [entry.id for entry in looking.documents()] == ["a.txt"]
    assert looking.inside("a.txt").passages
    for change in (
        lambda: looking.remove("a.txt"),
        lambda: looking.edit("a.txt", {"title": "x"}),
        lambda: looking.forget_edits("a.txt"),
        lambda: looking.intake,
    ):
        with pytest.raises(AssistantError, match="only be looked at"):
            change()


# ---- looking


def test_the_inside_of_a_document(desk: Desk) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    desk.hand_in(
        "b.txt",
        "BAN BÍ THƯ\nSố 28-CT/TW\nHà Nội, ngày 21 tháng 01 năm 2019\n\nCHỈ THỊ\nvề kết nạp\n\nNội dung.",
    )
    seen = desk.holdings.inside("a.txt")
    assert [passage.text for passage in seen.passages] == [p.text for p in desk.library.passages("a.txt")]
    assert [(n.number, n.times, n.document_id) for n in seen.numbers] == [("28-CT/TW", 1, "b.txt")]
    assert dict(seen.dates) == {date(2021, 3, 5): 1, date(2019, 1, 21): 1}
    assert seen.figures >= 2


def test_relations_are_told_from_both_sides(desk: Desk) -> None:
    head = "TỈNH ỦY HÀ GIANG\nSố {}-QĐ/TU\nHà Giang, ngày 1 tháng 2 năm {}\n\nQUY ĐỊNH\nvề học tập\n\n"
    old = head.format(3, 2018) + "Nội dung cũ."
    new = head.format(9, 2022) + (
        "Quy định này thay thế Quy định số 3-QĐ/TU ngày 01/02/2018 của Tỉnh ủy Hà Giang."
    )
    desk.hand_in("cu.txt", old)
    desk.hand_in("moi.txt", new)
    (from_new,) = desk.holdings.inside("moi.txt").related
    (from_old,) = desk.holdings.inside("cu.txt").related
    assert (from_new.kind, from_new.by_other, from_new.document_id) == ("replaces", False, "cu.txt")
    assert (from_old.kind, from_old.by_other, from_old.document_id) == ("replaces", True, "moi.txt")


def test_the_list_is_searched_filtered_and_sorted(desk: Desk) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    desk.hand_in("b.txt", REPORT)
    every = desk.holdings.documents()

    def ids(**wish: Any) -> list[str]:
        return [entry.id for entry in listed(every, Wish(**wish))]

    assert ids(text="hoa lac") == ["b.txt"]
    assert ids(text="12-hd boi duong") == ["a.txt"]
    assert ids(kind="hướng dẫn") == ["a.txt"]
    assert ids(place="tỉnh Hà Giang", year=2021) == ["a.txt"]
    assert ids(year=2020) == []
    assert ids(order=Order.NEWEST) == ["a.txt", "b.txt"]  # one has no date, and comes last
    assert ids(order=Order.OLDEST) == ["a.txt", "b.txt"]
    assert ids(order=Order.TITLE) == ["a.txt", "b.txt"]


def test_pictures_count_every_document_once(desk: Desk) -> None:
    desk.hand_in("a.txt", GUIDANCE)
    desk.hand_in("b.txt", REPORT)
    shown = desk.holdings.pictures()
    assert shown.years == ((2021, 1), (None, 1))
    assert dict(shown.kinds) == {"hướng dẫn": 1, "tài liệu": 1}
    assert dict(shown.places)["tỉnh Hà Giang"] == 1
    assert sum(count for _, count in shown.places) == shown.documents == 2
    assert shown.cited == ()


# ---- names


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\a\\Báo cáo.docx", "Báo cáo.docx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("  .hidden.txt", "hidden.txt"),
        ("a\x00b:c?.txt", "a_b_c_.txt"),
        ("con.txt", "_con.txt"),
        ("~$word.docx", "word.docx"),
        ("a\u202etxt.exe", "atxt.exe"),
        ("ba\u0301o.txt", "báo.txt"),
        ("", "tai-lieu"),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("đ" * 400 + ".docx")
    assert name.endswith(".docx")
    assert len(name.encode()) <= 180
    assert clean_name(name) == name


def test_a_taken_name_gets_a_count() -> None:
    taken = {"a.txt", "a (2).txt"}
    assert free_name("a.txt", taken.__contains__) == "a (3).txt"
    assert free_name("b.txt", taken.__contains__) == "b.txt"
