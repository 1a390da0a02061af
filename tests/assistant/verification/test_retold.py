"""What is told in other words, as people retell it, is borne out; what is turned round is not."""

from __future__ import annotations

import hashlib

import pytest

from assistant.verification.types import Checked, Evidence
from assistant.verification.verifier import Verifier
from ingest.types import Document, Passage

TEXT = """\
Trong năm, Chi bộ thôn Đông tăng từ 34 lên 41 đảng viên. Chi bộ có dưới 9 đảng viên thì chỉ bầu bí thư. \
Có nơi chạy theo số lượng, kết nạp cả người chưa đủ tiêu chuẩn. \
Nguồn kết nạp còn thiếu do thanh niên đi làm xa. \
Các cơ quan, ban, ngành, đoàn thể phối hợp tuyên truyền; chất lượng lớp học cao hơn trước. \
Thanh niên không bố trí thời gian học lớp bồi dưỡng, tham gia phong trào của Đoàn. \
Đảng bộ cơ sở lập ở nơi có từ 30 đảng viên trở lên. Nơi không đủ thì lập chi bộ cơ sở.
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
        "Chi bộ thôn Đông tăng từ 34 đảng viên lên 41 đảng viên.",
        "Nếu chi bộ có dưới 9 đảng viên thì chỉ bầu bí thư.",
        "Một số nơi vì chạy theo số lượng mà kết nạp cả người chưa đủ tiêu chuẩn.",
        "Nguồn kết nạp thiếu là do thanh niên đi làm xa.",
        "Các đoàn thể cùng các cơ quan, ban, ngành phối hợp tuyên truyền.",
        "Chất lượng lớp học cao hơn.",
        "Thanh niên không tham gia phong trào của Đoàn.",
        "Nơi có dưới 30 đảng viên thì lập chi bộ cơ sở.",
    ],
)
def test_it_may_be_told_in_other_words(said: str) -> None:
    assert check(said).differences == ()


@pytest.mark.parametrize(
    "said",
    [
        "Chi bộ thôn Đông tăng từ 41 đảng viên lên 34 đảng viên.",
        "Nếu chi bộ có trên 9 đảng viên thì chỉ bầu bí thư.",
        "Nguồn kết nạp không thiếu do thanh niên đi làm xa.",
        "Chất lượng lớp học thấp hơn trước.",
        "Nơi có dưới 30 đảng viên thì lập đảng bộ cơ sở, từ 40 trở lên thì lập chi bộ.",
    ],
)
def test_what_it_turns_round_is_told(said: str) -> None:
    assert check(said).differences
