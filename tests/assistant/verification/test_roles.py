"""Who does what to whom, and which figure goes with which."""

from __future__ import annotations

import hashlib

import pytest

from assistant.types import DifferenceKind
from assistant.verification.actors import parties
from assistant.verification.types import Checked, Evidence
from assistant.verification.verifier import Verifier
from ingest.types import Document, Passage

TEXT = """\
Đảng ủy xã chủ trì mở lớp và duyệt danh sách học viên; các chi đoàn rà soát nguồn, lập danh sách gửi chi bộ. \
Chi bộ phân công một đảng viên chính thức kèm cặp mỗi quần chúng trong thời gian thử thách. \
Giảng viên chấm bài thu hoạch và báo cáo với Đảng ủy xã trước ngày 30/6. \
Quy chế của lớp do Ban Tổ chức soạn thảo, được Ban Thường vụ thông qua.

Trong năm, Đảng ủy xã mở 4 lớp nhận thức về Đảng cho 212 quần chúng, 2 lớp nghiệp vụ cho 37 bí thư chi bộ. \
Phần lớn học viên là công nhân, số còn lại là giáo viên.
"""


def check(text: str) -> Checked:
    """Checked by words alone: nothing is known of meanings."""
    sha = hashlib.sha256(TEXT.encode()).hexdigest()
    document = Document(id="ke-hoach.txt", sha256=sha, title="Kế hoạch mở lớp", text=TEXT, names=("k",))
    evidence = {1: Evidence(1, document, Passage("k#1", document.id, 1, 0, len(TEXT), TEXT))}
    return Verifier(lambda _, texts: [None] * len(texts)).check(f"{text} [1]", evidence)


@pytest.mark.parametrize(
    "said",
    [
        "Các chi đoàn rà soát nguồn và lập danh sách gửi chi bộ.",
        "Danh sách học viên do Đảng ủy xã duyệt, còn nguồn được các chi đoàn rà soát.",
        "Mỗi quần chúng được chi bộ phân công một đảng viên chính thức kèm cặp.",
        "Đảng viên chính thức kèm cặp quần chúng trong thời gian thử thách.",
        "Ban Tổ chức soạn thảo quy chế của lớp và Ban Thường vụ thông qua.",
        "Giảng viên báo cáo với Đảng ủy xã trước ngày 30/6 và chấm bài thu hoạch.",
        "Đảng ủy xã mở 2 lớp nghiệp vụ cho 37 bí thư chi bộ.",
        "Có 212 quần chúng dự 4 lớp nhận thức về Đảng do Đảng ủy xã mở.",
        "Học viên phần lớn là công nhân.",
    ],
)
def test_what_is_done_by_whom_may_be_told_in_other_ways(said: str) -> None:
    assert check(said).differences == ()


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("Chi bộ rà soát nguồn, lập danh sách gửi các chi đoàn.", "Chi bộ"),
        ("Các chi đoàn chủ trì mở lớp và duyệt danh sách học viên.", "chi đoàn"),
        ("Đảng ủy xã báo cáo với giảng viên trước ngày 30/6.", "Đảng ủy"),
        ("Quy chế của lớp do Đảng ủy xã soạn thảo.", "Đảng ủy"),
        (
            "Chi bộ phân công một đảng viên chính thức kèm cặp mỗi giảng viên.",
            "giảng viên",
        ),
    ],
)
def test_somebody_else_in_the_place_of_who_does_it_is_found(said: str, who: str) -> None:
    found = [difference for difference in check(said).differences if difference.kind is DifferenceKind.NAME]
    assert who in [difference.said for difference in found]


def test_one_party_is_the_other_only_where_that_is_said() -> None:
    found = check("Phần lớn giảng viên là công nhân.").differences
    assert DifferenceKind.NAME in {difference.kind for difference in found}


@pytest.mark.parametrize(
    "said",
    [
        "Đảng ủy xã mở 2 lớp nghiệp vụ cho 212 quần chúng.",
        "Đảng ủy xã mở 4 lớp nhận thức về Đảng cho 37 bí thư chi bộ.",
    ],
)
def test_figures_of_two_facts_do_not_make_one(said: str) -> None:
    assert {difference.kind for difference in check(said).differences} & {
        DifferenceKind.NUMBER,
        DifferenceKind.NAME,
    }


def test_parties_are_named_whole() -> None:
    text = "Bí thư chi bộ, Ban Thường vụ Tỉnh ủy và các đoàn thể họp với người được giới thiệu; chi bộ nghe."
    found = [[text[actor.start : actor.end] for actor in party.actors] for party in parties(text)]
    assert found == [
        ["Bí thư chi bộ", "Ban Thường vụ Tỉnh ủy", "đoàn thể"],
        ["người được giới thiệu"],
        ["chi bộ"],
    ]
