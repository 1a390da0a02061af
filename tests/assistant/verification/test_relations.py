"""What a sentence makes of the things it names: which is more, first, the reason, for all, of which document."""

from __future__ import annotations

import hashlib

import pytest

from assistant.types import Verdict
from assistant.verification.types import Evidence
from assistant.verification.verifier import Verifier
from ingest.types import Document, Passage

FIGURES = """\
Xã Bình Sơn có 214 đảng viên, xã Phú Lộc có 167 đảng viên. Quý I kết nạp được 12 đảng viên, bằng 24% kế hoạch năm; \
quý II kết nạp được 19 đảng viên.
So với quý I, số buổi sinh hoạt chuyên đề của quý II giảm.
Chất lượng sinh hoạt của chi bộ cơ quan tốt hơn chi bộ khu dân cư.
"""
STEPS = """\
Trước khi trình Đảng ủy, chi bộ lấy phiếu nhận xét của khu dân cư. Sau khi thẩm tra lý lịch, văn phòng mới lập hồ sơ. \
Trên cơ sở nghị quyết của Đảng ủy, các chi bộ xây dựng chương trình hành động.
Do thiếu địa điểm nên lớp học phải lùi sang tháng 9. Nhiều đoàn viên làm ca đêm. Vì vậy số người dự sinh hoạt giảm. \
Nhờ có tổ dân vận, các vụ khiếu kiện kéo dài được giải quyết.
Đoàn thanh niên xét hoàn cảnh gia đình trước, sau đó mới xét thành tích học tập.
"""
EXTENT = """\
Một số chi bộ nông thôn chưa có nhà sinh hoạt. Hầu hết cán bộ thôn đã qua lớp tập huấn. Chi bộ ghép họp mỗi quý một lần. \
Bí thư chi bộ phải ghi sổ theo dõi; cấp ủy viên có thể ủy quyền cho phó bí thư. Trưởng thôn được mời dự họp.
Biên bản chấm điểm là một căn cứ để bình xét thi đua. Không vì thành tích mà hạ mức chấm điểm. \
Việc bình xét không chỉ dựa vào phiếu tự chấm. Đảng viên bỏ họp hai tháng thì chi bộ nhắc nhở.
"""
PAPERS = """\
Chỉ thị số 17-CT/TW ngày 12/3/2020 của Ban Bí thư về công tác lưu trữ hồ sơ đảng viên; \
Nghị quyết số 09-NQ/TU ngày 05/8/2021 của Tỉnh ủy về chuyển đổi số trong các cơ quan đảng; \
Hướng dẫn số 33-HD/TW của Ban Bí thư.
"""
VILLAGES = """\
Phương án sắp xếp các chi bộ thôn được Đảng ủy thông qua ngày 14/3/2023. Trước đó, các thôn họp dân lấy ý kiến; \
phần lớn người dự họp tán thành việc ghép thôn. Do dân cư thưa, ba thôn vùng cao được giữ nguyên.
Sau sắp xếp, xã còn 11 chi bộ, giảm 5 chi bộ so với trước. Tỷ lệ dự họp đạt 86%, cao nhất là chi bộ Nà Lũng với 97%, \
thấp nhất là chi bộ Tà Phìn với 71%. Có thôn chưa thu đủ đảng phí. Mỗi tuần tổ công tác đi cơ sở hai buổi.
Số đảng viên xin miễn sinh hoạt năm nay cao gấp đôi năm ngoái, chủ yếu là người đi làm xa. \
Phòng Nội vụ thẩm định xong thì Huyện ủy mới phê duyệt danh sách.
Việc chấm công không dựa vào báo cáo miệng mà dựa vào sổ điểm danh. Không được lấy quỹ đảng phí để chi tiếp khách.
Hướng dẫn số 08-HD/HU ngày 22/5/2023 của Ban Thường vụ Huyện ủy quy định cách ghi biên bản; \
trước đó Công văn số 115-CV/HU ngày 10/01/2023 chỉ nêu nguyên tắc chung.
"""


def evidence(text: str) -> dict[int, Evidence]:
    sha = hashlib.sha256(text.encode()).hexdigest()
    document = Document(id="a.txt", sha256=sha, title="Tài liệu", text=text, names=("a.txt",))
    return {1: Evidence(1, document, Passage("a.txt#1", "a.txt", 1, 0, len(text), text))}


def passes(said: str, text: str) -> bool:
    checked = Verifier(lambda _, texts: [None] * len(texts)).check(f"{said} [1]", evidence(text))
    assert all(difference.said in said for difference in checked.differences)
    return checked.verdict in (Verdict.VERBATIM, Verdict.SUPPORTED)


@pytest.mark.parametrize(
    ("true", "false", "text"),
    [
        (
            "Số đảng viên của xã Bình Sơn nhiều hơn số đảng viên của xã Phú Lộc.",
            "Số đảng viên của xã Bình Sơn ít hơn số đảng viên của xã Phú Lộc.",
            FIGURES,
        ),
        (
            "Quý I kết nạp được ít đảng viên hơn quý II.",
            "Quý I kết nạp được nhiều đảng viên hơn quý II.",
            FIGURES,
        ),
        (
            "Chi bộ khu dân cư có chất lượng sinh hoạt kém hơn chi bộ cơ quan.",
            "Chi bộ khu dân cư có chất lượng sinh hoạt tốt hơn chi bộ cơ quan.",
            FIGURES,
        ),
        (
            "Số buổi sinh hoạt chuyên đề của quý II giảm so với quý I.",
            "Số buổi sinh hoạt chuyên đề của quý II tăng so với quý I.",
            FIGURES,
        ),
        (
            "Quý I kết nạp được 12 đảng viên, đạt 24% kế hoạch năm.",
            "Quý I kết nạp được 12 đảng viên, vượt 24% kế hoạch năm.",
            FIGURES,
        ),
        (
            "Chi bộ lấy phiếu nhận xét của khu dân cư trước khi trình Đảng ủy.",
            "Chi bộ lấy phiếu nhận xét của khu dân cư sau khi trình Đảng ủy.",
            STEPS,
        ),
        (
            "Văn phòng thẩm tra lý lịch rồi mới lập hồ sơ.",
            "Văn phòng lập hồ sơ rồi mới thẩm tra lý lịch.",
            STEPS,
        ),
        (
            "Các chi bộ xây dựng chương trình hành động sau khi có nghị quyết của Đảng ủy.",
            "Trên cơ sở chương trình hành động của các chi bộ, Đảng ủy xây dựng nghị quyết.",
            STEPS,
        ),
        (
            "Lớp học phải lùi sang tháng 9 vì thiếu địa điểm.",
            "Vì lớp học phải lùi sang tháng 9 nên thiếu địa điểm.",
            STEPS,
        ),
        (
            "Số người dự sinh hoạt giảm do có nhiều đoàn viên làm ca đêm.",
            "Do số người dự sinh hoạt giảm nên nhiều đoàn viên làm ca đêm.",
            STEPS,
        ),
        (
            "Đoàn thanh niên xét hoàn cảnh gia đình trước rồi mới xét thành tích học tập.",
            "Đoàn thanh niên xét thành tích học tập trước rồi mới xét hoàn cảnh gia đình.",
            STEPS,
        ),
        (
            "Một số chi bộ nông thôn còn chưa có nhà sinh hoạt.",
            "Tất cả chi bộ nông thôn đều chưa có nhà sinh hoạt.",
            EXTENT,
        ),
        (
            "Phần lớn cán bộ thôn đã qua lớp tập huấn.",
            "Mọi cán bộ thôn đều đã qua lớp tập huấn.",
            EXTENT,
        ),
        (
            "Chi bộ ghép họp ba tháng một lần.",
            "Chi bộ ghép họp mỗi tháng một lần.",
            EXTENT,
        ),
        (
            "Bí thư chi bộ phải ghi sổ để theo dõi.",
            "Bí thư chi bộ có thể ghi sổ theo dõi.",
            EXTENT,
        ),
        (
            "Cấp ủy viên được ủy quyền cho phó bí thư.",
            "Cấp ủy viên phải ủy quyền cho phó bí thư.",
            EXTENT,
        ),
        (
            "Biên bản chấm điểm là căn cứ để bình xét thi đua.",
            "Biên bản chấm điểm là căn cứ duy nhất để bình xét thi đua.",
            EXTENT,
        ),
        (
            "Việc bình xét có dựa vào phiếu tự chấm.",
            "Việc bình xét chỉ dựa vào phiếu tự chấm.",
            EXTENT,
        ),
        (
            "Không được hạ mức chấm điểm vì thành tích.",
            "Để có thành tích, có thể hạ mức chấm điểm.",
            EXTENT,
        ),
        (
            "Chi bộ nhắc nhở đảng viên bỏ họp hai tháng.",
            "Đảng viên chỉ cần bỏ họp một tháng là chi bộ nhắc nhở.",
            EXTENT,
        ),
        (
            "Chỉ thị số 17-CT/TW của Ban Bí thư là về công tác lưu trữ hồ sơ đảng viên.",
            "Chỉ thị số 17-CT/TW của Ban Bí thư là về chuyển đổi số trong các cơ quan đảng.",
            PAPERS,
        ),
        (
            "Nghị quyết số 09-NQ/TU ngày 05/8/2021 là của Tỉnh ủy.",
            "Nghị quyết số 09-NQ/TU ngày 12/3/2020 là của Tỉnh ủy.",
            PAPERS,
        ),
        (
            "Hướng dẫn số 33-HD/TW do Ban Bí thư ban hành.",
            "Hướng dẫn số 33-HD/TW ngày 12/3/2020 của Ban Bí thư.",
            PAPERS,
        ),
        (
            "Nghị quyết số 09-NQ/TU của Tỉnh ủy về chuyển đổi số trong các cơ quan đảng.",
            "Nghị quyết số 09-NQ/TU của Ban Bí thư về chuyển đổi số trong các cơ quan đảng.",
            PAPERS,
        ),
        (
            "Văn bản số 17-CT/TW là một chỉ thị của Ban Bí thư.",
            "Văn bản số 17-CT/TW là một nghị quyết của Ban Bí thư.",
            PAPERS,
        ),
        (
            "Các thôn đã họp dân lấy ý kiến trước khi Đảng ủy thông qua phương án sắp xếp chi bộ.",
            "Đảng ủy thông qua phương án sắp xếp trước khi các thôn họp dân lấy ý kiến.",
            VILLAGES,
        ),
        (
            "Ba thôn vùng cao được giữ nguyên vì dân cư thưa.",
            "Vì ba thôn vùng cao được giữ nguyên nên dân cư thưa.",
            VILLAGES,
        ),
        (
            "Đa số người dự họp tán thành việc ghép thôn.",
            "Tất cả người dự họp tán thành việc ghép thôn.",
            VILLAGES,
        ),
        (
            "Một số thôn chưa thu đủ đảng phí.",
            "Mọi thôn đều chưa thu đủ đảng phí.",
            VILLAGES,
        ),
        (
            "Tổ công tác mỗi tuần đi cơ sở hai buổi.",
            "Mỗi tuần tổ công tác đi cơ sở một buổi.",
            VILLAGES,
        ),
        (
            "Số đảng viên xin miễn sinh hoạt năm nay cao hơn năm ngoái.",
            "Số đảng viên xin miễn sinh hoạt năm nay thấp hơn năm ngoái.",
            VILLAGES,
        ),
        (
            "Người xin miễn sinh hoạt phần lớn là người đi làm xa.",
            "Người xin miễn sinh hoạt đều là người đi làm xa.",
            VILLAGES,
        ),
        (
            "Sau khi Phòng Nội vụ thẩm định, Huyện ủy phê duyệt danh sách.",
            "Huyện ủy phê duyệt danh sách xong thì Phòng Nội vụ mới thẩm định.",
            VILLAGES,
        ),
        (
            "Việc chấm công dựa vào sổ điểm danh chứ không dựa vào báo cáo miệng.",
            "Việc chấm công dựa vào báo cáo miệng chứ không dựa vào sổ điểm danh.",
            VILLAGES,
        ),
        (
            "Chi bộ Nà Lũng có tỷ lệ dự họp cao hơn chi bộ Tà Phìn.",
            "Chi bộ Tà Phìn có tỷ lệ dự họp cao hơn chi bộ Nà Lũng.",
            VILLAGES,
        ),
        (
            "Chi bộ Nà Lũng có tỷ lệ dự họp cao nhất với 97%.",
            "Chi bộ Nà Lũng có tỷ lệ dự họp thấp nhất với 97%.",
            VILLAGES,
        ),
        (
            "Công văn số 115-CV/HU được ban hành trước Hướng dẫn số 08-HD/HU.",
            "Hướng dẫn số 08-HD/HU được ban hành trước Công văn số 115-CV/HU.",
            VILLAGES,
        ),
        (
            "Hướng dẫn số 08-HD/HU quy định cách ghi biên bản.",
            "Công văn số 115-CV/HU quy định cách ghi biên bản.",
            VILLAGES,
        ),
        (
            "Không được lấy quỹ đảng phí để tiếp khách.",
            "Quỹ đảng phí có thể dùng để chi tiếp khách.",
            VILLAGES,
        ),
    ],
)
def test_a_sentence_passes_and_its_reversal_does_not(true: str, false: str, text: str) -> None:
    assert passes(true, text)
    assert not passes(false, text)


@pytest.mark.parametrize(
    "said",
    [
        "Mức hỗ trợ giảm từ 300 nghìn đồng lên 450 nghìn đồng.",
        "Người đạt dưới 5 điểm trở lên được cấp giấy chứng nhận.",
        "Kế hoạch số 2016-2021 được ban hành.",
    ],
)
def test_what_contradicts_itself_does_not_pass(said: str) -> None:
    text = f"Tài liệu có ghi như sau. {said.replace('giảm', 'tăng').replace('dưới', 'từ')} Hết tài liệu."
    assert not passes(f"Theo tài liệu, {said[0].lower()}{said[1:]}", text)


def test_right_words_in_no_order_do_not_pass() -> None:
    assert not passes(
        "Chi bộ miệng thông qua quỹ thẩm định buổi danh sách ý kiến Nội vụ báo cáo thưa.", VILLAGES
    )
    assert passes("Đảng ủy thông qua phương án sắp xếp các chi bộ thôn ngày 14 tháng 3 năm 2023.", VILLAGES)


def test_a_reason_that_nothing_gives_does_not_pass() -> None:
    assert not passes("Phương án sắp xếp được Đảng ủy thông qua nhờ sổ điểm danh và báo cáo miệng.", VILLAGES)
