"""A small library of real files, read, split and embedded once: what the engine's tests ask questions of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.answer import Assistant
from assistant.candidates import Candidate, candidates
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder, Hit
from ingest.split import split
from ingest.types import Document, Kind

PROVINCE = """\
---
title: Tỉnh Lào Cai phát triển đảng viên ở vùng cao
province: tỉnh Lào Cai
kind: bài báo
issuer: Báo Vùng cao
issued_on: 2023-11-20
---

Năm 2023, Đảng bộ tỉnh Lào Cai kết nạp được 1.846 đảng viên mới, vượt chỉ tiêu nghị quyết đề ra. \
Trong số này, 912 người là nữ và 1.105 người là dân tộc thiểu số.

Đồng chí Giàng Thị Mẩy, Trưởng ban Tổ chức Tỉnh ủy, chủ trì hội nghị tổng kết công tác phát triển đảng. \
Hội nghị họp ngày 14/11/2023 tại hội trường Tỉnh ủy.

Nguyên nhân nguồn kết nạp giảm là do nhiều thanh niên rời bản đi làm ăn xa ở các khu công nghiệp miền xuôi. \
Vì vậy, nhiều thôn bản nhiều năm liền không giới thiệu được quần chúng nào.

Các chi bộ vùng cao họp vào buổi tối, bằng cả tiếng Mông và tiếng Dao, để bà con đi nương về kịp tham gia.
"""

CITY = """\
---
title: Thành phố Lào Cai chăm lo nguồn phát triển đảng
province: thành phố Lào Cai
kind: báo cáo
issuer: Thành ủy Lào Cai
issued_on: 2019-12-05
---

Năm 2019, Đảng bộ thành phố Lào Cai kết nạp được 253 đảng viên mới, phần lớn là giáo viên và cán bộ phường.

Thành ủy Lào Cai mở 6 lớp bồi dưỡng nhận thức về Đảng cho 417 quần chúng ưu tú. \
Mỗi lớp kéo dài 5 ngày, học viên viết bài thu hoạch vào ngày cuối.

Đồng chí Vũ Đình Thảo, Bí thư Thành ủy, trao giấy chứng nhận cho học viên ngày 30/10/2019.
"""

REGULATION = """\
TỈNH ỦY HÀ GIANG
Số 12-QĐ/TU
Hà Giang, ngày 5 tháng 3 năm 2021

QUY ĐỊNH
về sinh hoạt chuyên đề của chi bộ thôn bản

Điều 1. Phạm vi điều chỉnh

Quy định số 12-QĐ/TU quy định về sinh hoạt chuyên đề của chi bộ ở thôn, bản, tổ dân phố trong toàn tỉnh.

Điều 2. Giải thích từ ngữ

1. Sinh hoạt chuyên đề là buổi họp chi bộ dành riêng để bàn sâu một nội dung đã chọn từ trước.

2. Báo cáo viên chuyên đề là đảng viên được chi ủy phân công chuẩn bị và trình bày nội dung.

Điều 3. Thời gian tổ chức

1. Mỗi quý, chi bộ tổ chức ít nhất một buổi sinh hoạt chuyên đề, không quá 120 phút.

2. Chi ủy gửi tài liệu cho đảng viên chậm nhất 3 ngày trước buổi họp.

Điều 4. Trách nhiệm của bí thư chi bộ

Bí thư chi bộ duyệt nội dung, điều hành thảo luận và ký biên bản của buổi sinh hoạt chuyên đề.

Điều 5. Kinh phí

Đảng ủy xã bảo đảm kinh phí in tài liệu, mua sổ ghi chép và nước uống cho các chi bộ ở thôn, bản, \
tổ dân phố; mỗi buổi \
nói chuyện báo cáo viên được bồi dưỡng 150.000 đồng, nếu phải đi quá mười cây số thì được thanh \
toán thêm tiền xăng; \
kế toán đảng ủy tổng hợp chứng từ và quyết toán với huyện ủy trước ngày 15 của tháng cuối quý.
"""

QUESTIONS = """\
<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Hỏi đáp về chuyển sinh hoạt đảng</title></head><body>
<nav><a href="/">Trang chủ</a> <a href="/lien-he">Liên hệ</a></nav>
<article>
<h1>Hỏi đáp về chuyển sinh hoạt đảng</h1>
<p>Ban Biên tập trả lời một số câu hỏi của bạn đọc về việc chuyển sinh hoạt đảng khi đổi nơi làm việc.</p>
<p>Hỏi: Đảng viên đi làm xa bao lâu thì phải chuyển sinh hoạt đảng tạm thời?</p>
<p>Trả lời: Đảng viên rời nơi cư trú từ 3 tháng đến dưới 12 tháng thì chuyển sinh hoạt đảng tạm thời đến \
nơi ở mới, trừ trường hợp đi theo đoàn công tác của cơ quan.</p>
<p>Hỏi: Vì sao hồ sơ chuyển sinh hoạt phải niêm phong?</p>
<p>Trả lời: Hồ sơ được niêm phong vì bên trong có lý lịch và bản kiểm điểm, nếu thất lạc sẽ lộ \
thông tin cá nhân.</p>
<p>Hỏi: Ai ký phiếu giới thiệu chuyển sinh hoạt?</p>
<p>Trả lời: Bí thư hoặc phó bí thư đảng ủy cơ sở ký phiếu giới thiệu chuyển sinh hoạt và đóng dấu \
của đảng ủy.</p>
</article>
<footer>Bản quyền thuộc về tòa soạn</footer>
</body></html>
"""

MEASURES = """\
# Đổi mới tuyên truyền ở Đảng bộ xã Sơn Vĩ

Đảng bộ xã Sơn Vĩ có 14 chi bộ trực thuộc, bản xa nhất cách trụ sở xã gần một ngày đường đi bộ.

## Khó khăn trong tuyên truyền

- Sóng phát thanh không phủ hết các bản ở sườn núi phía bắc.
- Nhiều người cao tuổi không đọc được chữ phổ thông.
- Cán bộ tuyên truyền phải kiêm nhiệm ba bốn việc cùng lúc.

## Giải pháp tuyên truyền lưu động

- Lập tổ loa kéo đi từng phiên chợ, nói bằng tiếng của đồng bào.
- Mời già làng và nghệ nhân khèn kể chuyện gương người tốt.
- In tờ gấp có tranh vẽ phát cho học sinh mang về đọc cùng cha mẹ.
- Chiếu phim tư liệu vào tối thứ Bảy ở nhà văn hóa thôn.

## Kết quả bước đầu

Năm 2022, Đảng bộ xã Sơn Vĩ kết nạp được 21 đảng viên, gồm cán bộ thôn, giáo viên cắm bản và thanh \
niên xuất ngũ \
trở về địa phương, trong đó có 13 đảng viên là người dân tộc Mông và 5 đảng viên là người dân tộc Lô Lô.
"""

FEES = """\
Công tác thu nộp đảng phí ở Đảng bộ Khối Doanh nghiệp tỉnh Yên Bái

Đảng bộ Khối Doanh nghiệp tỉnh Yên Bái có 46 tổ chức cơ sở đảng với 2.310 đảng viên đang làm việc \
tại các nhà máy, \
lâm trường và hợp tác xã.

Từ năm 2020, đảng phí được thu qua ứng dụng trên điện thoại, kế toán đảng ủy đối soát vào ngày 25 \
hằng tháng. \
Tỷ lệ nộp đúng hạn đạt 98,6%, cao hơn khi còn thu bằng tiền mặt.

Đồng chí Hà Quang Tiệp, Phó Bí thư Đảng ủy Khối, cho biết ứng dụng do đoàn viên thanh niên của khối tự viết.

Riêng về kết nạp, năm 2021 Đảng bộ Khối kết nạp 96 đảng viên, năm 2022 kết nạp 118 đảng viên.
"""

FILES = {
    "vung-cao.md": PROVINCE,
    "thanh-pho.md": CITY,
    "quy-dinh-12.txt": REGULATION,
    "hoi-dap.html": QUESTIONS,
    "tuyen-truyen.md": MEASURES,
    "dang-phi.txt": FEES,
}


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("documents")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library.open(tmp_path_factory.mktemp("library"), embedder=embedder) as opened:
        report = ingest(opened, [folder])
        assert (report.added, report.failures) == (len(FILES), ())
        yield opened


@pytest.fixture(scope="session")
def assistant(library: Library) -> Assistant:
    return Assistant(library)


@pytest.fixture(scope="session")
def hits_of() -> Callable[..., list[Hit]]:
    """Makes hits of texts, best first: each a document, split as ingestion splits it."""

    def make(*texts: str, **facts: str | Kind | None) -> list[Hit]:
        found: list[Hit] = []
        for number, text in enumerate(texts, start=1):
            document = Document(f"{number}.md", f"{number:064}", f"Tài liệu {number}", text, **facts)  # type: ignore[arg-type]
            for passage in split(document, count_tokens=lambda part: len(part.split()) + 2, max_tokens=256):
                found.append(Hit(passage, document, 1.0 - 0.1 * len(found)))
        return found

    return make


@pytest.fixture(scope="session")
def candidates_of(hits_of: Callable[..., list[Hit]]) -> Callable[..., list[Candidate]]:
    """Makes the candidate sentences of texts."""
    return lambda *texts, **facts: candidates(hits_of(*texts, **facts))
