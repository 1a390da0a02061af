"""A comparison is asked as one question about each side."""

from __future__ import annotations

import pytest

from assistant.compare import sides


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "So sánh tổng số đảng viên của tỉnh Lào Cai và Đảng bộ Khối các cơ quan tỉnh Sơn La.",
            (
                "tổng số đảng viên của tỉnh Lào Cai.",
                "tổng số đảng viên của Đảng bộ Khối các cơ quan tỉnh Sơn La.",
            ),
        ),
        (
            "So sánh số đảng viên kết nạp năm 2018 và năm 2022 của Lào Cai",
            ("số đảng viên kết nạp năm 2018 của Lào Cai", "số đảng viên kết nạp năm 2022 của Lào Cai"),
        ),
        ("Chỉ thị 28-CT/TW và Chỉ thị 05-CT/TW khác nhau gì?", ("Chỉ thị 28-CT/TW?", "Chỉ thị 05-CT/TW?")),
        (
            "Compare the number of members of Lào Cai and Sơn La",
            ("the number of members of Lào Cai", "the number of members of Sơn La"),
        ),
        (
            "Đảng viên dự bị và đảng viên chính thức khác nhau thế nào?",
            ("Đảng viên dự bị?", "đảng viên chính thức?"),
        ),
        ("Đảng viên khác quần chúng ở điểm nào?", ("Đảng viên?", "quần chúng?")),
        ("Phân biệt khiển trách với cảnh cáo", ("khiển trách", "cảnh cáo")),
        (
            "Sinh hoạt định kỳ khác sinh hoạt chuyên đề như thế nào?",
            ("Sinh hoạt định kỳ?", "sinh hoạt chuyên đề?"),
        ),
        ("Điểm khác nhau giữa hội thảo và tọa đàm là gì?", ("hội thảo?", "tọa đàm?")),
        ("so sánh Cà Mau, Kon Tum và Lai Châu", ("Cà Mau", "Kon Tum", "Lai Châu")),
        ("so sanh son la va lai chau", ("son la", "lai chau")),
        (
            "So sánh số đảng viên mới của Gia Lai, Kon Tum và Đắk Lắk năm 2020",
            (
                "số đảng viên mới của Gia Lai năm 2020",
                "số đảng viên mới của Kon Tum năm 2020",
                "số đảng viên mới của Đắk Lắk năm 2020",
            ),
        ),
        (
            "Số học viên dự kiến của xã A năm 2025 so với năm 2024 thay đổi thế nào?",
            (
                "Số học viên dự kiến của xã A năm 2025?",
                "Số học viên dự kiến của xã A năm 2024?",
            ),
        ),
        (
            "Số đảng viên mới năm 2023 tăng hay giảm so với năm 2022?",
            ("Số đảng viên mới năm 2023?", "Số đảng viên mới năm 2022?"),
        ),
        (
            "Sơn La hay Lai Châu kết nạp nhiều đảng viên hơn?",
            ("Sơn La kết nạp bao nhiêu đảng viên?", "Lai Châu kết nạp bao nhiêu đảng viên?"),
        ),
        (
            "Sơn La có nhiều chi bộ hơn Lai Châu không?",
            ("Sơn La có bao nhiêu chi bộ?", "Lai Châu có bao nhiêu chi bộ?"),
        ),
        (
            "Năm 2020, tỉnh Sơn La và tỉnh Lai Châu, nơi nào có nhiều đảng viên nữ hơn?",
            (
                "Năm 2020, tỉnh Sơn La có bao nhiêu đảng viên nữ?",
                "Năm 2020, tỉnh Lai Châu có bao nhiêu đảng viên nữ?",
            ),
        ),
        (
            "Chi bộ trường học với chi bộ bệnh viện bên nào nhiều đảng viên hơn?",
            ("Chi bộ trường học có bao nhiêu đảng viên?", "chi bộ bệnh viện có bao nhiêu đảng viên?"),
        ),
        (
            "Nhiệm kỳ 2010-2015 và nhiệm kỳ 2015-2020 Lai Châu kết nạp chênh nhau bao nhiêu đảng viên?",
            (
                "Nhiệm kỳ 2010-2015 Lai Châu kết nạp bao nhiêu đảng viên?",
                "nhiệm kỳ 2015-2020 Lai Châu kết nạp bao nhiêu đảng viên?",
            ),
        ),
        (
            "Điều 4 và Điều 5 Quy định 58-QĐ/TW khác nhau ở điểm nào?",
            ("Điều 4 Quy định 58-QĐ/TW?", "Điều 5 Quy định 58-QĐ/TW?"),
        ),
        (
            "So sánh kinh phí của Kế hoạch 95 và Kế hoạch 101",
            ("kinh phí của Kế hoạch 95", "kinh phí của Kế hoạch 101"),
        ),
        (
            "Kon Tum và Gia Lai kết nạp bao nhiêu đảng viên?",
            ("Kon Tum kết nạp bao nhiêu đảng viên?", "Gia Lai kết nạp bao nhiêu đảng viên?"),
        ),
        (
            "Which has more party cells, Sơn La or Lai Châu?",
            ("How many party cells does Sơn La have?", "How many party cells does Lai Châu have?"),
        ),
        (
            "What is the difference between a probationary member and an official member?",
            ("probationary member?", "official member?"),
        ),
        (
            "How do Directive 41-CT/TW and Directive 19-CT/TW differ?",
            ("Directive 41-CT/TW?", "Directive 19-CT/TW?"),
        ),
        (
            "Compare the number of cells in 2001 and 2010.",
            ("the number of cells in 2001.", "the number of cells in 2010."),
        ),
    ],
)
def test_each_side_becomes_a_question(question: str, expected: tuple[str, ...]) -> None:
    assert sides(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Đảng bộ tỉnh Lào Cai có bao nhiêu đảng viên?",
        "Tỉnh Lào Cai nằm giữa Hà Nội và Yên Bái có diện tích bao nhiêu?",
        "Cấp ủy và chi bộ có nhiệm vụ gì?",
        "Quyền và nhiệm vụ của đảng viên là gì?",
        "Kiểm tra và giám sát do ai thực hiện?",
        "Từ năm 2015 đến năm 2020 Lai Châu kết nạp bao nhiêu đảng viên?",
        "Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh Kon Tum có bao nhiêu đảng viên?",
        "Các trường hợp khác được quy định thế nào?",
    ],
)
def test_other_questions_have_no_sides(question: str) -> None:
    assert sides(question) == ()
