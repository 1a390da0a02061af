"""A draft with all its parts, put together by hand from the sample documents."""

from __future__ import annotations

from functools import cache

from assistant.citations import label
from assistant.study.types import (
    Audience,
    Draft,
    Fault,
    FigureRow,
    Flashcard,
    Handout,
    KeyPoint,
    Layout,
    Lesson,
    Option,
    Pair,
    QuizItem,
    QuizKind,
    Section,
    Series,
    SeriesPoint,
    Slide,
    Step,
    Wish,
)
from assistant.types import Citation
from ingest.load import load
from ingest.sample_corpus import documents
from ingest.split import split
from ingest.types import Document, Passage

PROVINCE = "tinh-bac-ninh-lang-nghe-2019.html"
CITY = "thanh-pho-bac-ninh-2024.txt"
DIEN_BIEN = "dien-bien-2006-2010.rtf"
HA_TINH = "khoi-doanh-nghiep-ha-tinh-2022.pdf"
GUIDE = "huong-dan-quy-trinh-ket-nap.docx"
ANSWERS = "hoi-dap-lop-nhan-thuc-ve-dang.md"
SUMMARY = "tom-luoc-chi-thi-28.md"
CLASS = "ke-hoach-lop-boi-duong-2024.txt"


@cache
def _documents() -> dict[str, tuple[Document, tuple[Passage, ...]]]:
    found = {}
    for path in documents():
        document = load(path)
        passages = split(document, count_tokens=lambda part: len(part.split()) + 2, max_tokens=256)
        found[path.name] = (document, tuple(passages))
    return found


def text_of(document_id: str) -> str:
    return _documents()[document_id][0].text


_markers: dict[tuple[str, int, int], int] = {}


def cite(name: str, quote: str) -> Citation:
    """The first place where a document has a quote; white space in the document may be a line's end."""
    document, passages = _documents()[name]
    start = document.text.index(quote)
    end = start + len(quote)
    passage = next(found for found in passages if found.start <= start < found.end)
    marker = _markers.setdefault((name, start, end), len(_markers) + 1)
    return Citation(marker, name, passage.id, start, end, quote, label=label(document, passage, start))


def quoted(id_: str, name: str, quote: str, *, example: bool = False) -> KeyPoint:
    return KeyPoint(id_, quote, (cite(name, quote),), example=example)


TOTAL = "Đến ngày 30/11/2019, toàn Đảng bộ tỉnh có 57.763 đảng viên."
REMOVED = "trong năm 2019, toàn tỉnh khai trừ 20 người, xóa tên 97 người."
ADMITTED = "Tính từ năm 2006 đến tháng 10-2010, toàn tỉnh kết nạp 6.611 đảng viên, vượt kế hoạch 11,1%."
CITY_ADMITTED = "Tính từ đầu nhiệm kỳ, thành phố đã kết nạp 652 đảng viên."
CITY_WOMEN = "Phụ nữ chiếm 438 người, tương đương 67%."
CITY_YEAR = "Riêng năm 2023 có 209 người được kết nạp."
SOURCES = (
    "Nhờ các phong trào thi đua, cấp ủy và đoàn thể tìm ra 8.443 quần chúng ưu tú để giới thiệu với Đảng."
)
CLASSES = (
    "Trung tâm bồi dưỡng chính trị cấp huyện mở 75 lớp bồi dưỡng nhận thức, thu hút 4.539 người theo học."
)
TERM = "Thời kỳ dự bị là mười hai tháng, tính từ ngày chi bộ làm lễ kết nạp."
AGE = "Vào lúc chi bộ xét, người vào Đảng phải từ đủ 18 tuổi đến đủ 60 tuổi, tính theo tháng."
TWO_THIRDS = (
    "Nghị quyết đề nghị kết nạp được thông qua khi có ít nhất hai phần ba tổng số đảng viên "
    "chính thức tán thành."
)
LIST = "Mỗi quý một lần, chi ủy lập danh sách quần chúng ưu tú do đoàn thể giới thiệu."
ONE_BY_ONE = "Chi bộ xem xét từng người một, sau khi nghe ý kiến của các tổ chức và người giới thiệu."
CEREMONY = "Chi bộ tổ chức lễ kết nạp sau khi nhận quyết định của cấp có thẩm quyền."
REGISTERED = (
    "Mỗi dịp đầu năm, các chi bộ, đảng bộ trực thuộc tự rà soát nguồn rồi đăng ký số người dự kiến kết nạp."
)
TITLE = "Công tác phát triển đảng viên: điều kiện, quy trình kết nạp và kinh nghiệm của một số địa phương"
LONG_TITLE = (
    "Các bước xét kết nạp đảng viên ở chi bộ, từ tạo nguồn, xem xét, biểu quyết "
    "cho đến khi tổ chức lễ kết nạp"
)
#: More than sixty words.
LONG = (
    "Công dân Việt Nam từ mười tám tuổi trở lên, thừa nhận và tự nguyện thực hiện Cương lĩnh, Điều lệ, "
    "tiêu chuẩn và nhiệm vụ của người đảng viên, hoạt động trong một tổ chức cơ sở đảng, qua thực tiễn "
    "tỏ ra ưu tú và được nhân dân tín nhiệm thì có thể được xét (khoản 2 Điều 1)."
)
ROWS = (
    ("Huyện Mường Nhé", 221.6, "221,6%"),
    ("Công an tỉnh", 57.5, "57,5%"),
    ("Dân Chính Đảng", 17.3, "17,30%"),
    ("Huyện Tuần Giáo", 11.84, "11,84%"),
    ("Thành phố Điện Biên Phủ", 11.65, "11,65%"),
    ("Huyện Điện Biên", 6.14, "6,14%"),
)


def increases() -> Series:
    """Six places with long names: bars lie."""
    points = tuple(
        SeriesPoint(name, value, written, _cell(DIEN_BIEN, name, written)) for name, value, written in ROWS
    )
    return Series("s1", "Mức tăng đảng viên của các đảng bộ tỉnh Điện Biên, 2006 đến 10/2010", "%", points)


def targets() -> Series:
    """Four short names: bars stand."""
    rows = (("Thôn Đông", 34), ("Thôn Đoài", 28), ("Trường học", 41), ("Hợp tác xã", 12))
    points = tuple(
        SeriesPoint(name, value, str(value), _cell(GUIDE, name, str(value))) for name, value in rows
    )
    return Series("s2", "Đảng viên của các chi bộ xã A năm 2023", "đảng viên", points)


def _cell(name: str, row: str, written: str) -> Citation:
    text = text_of(name)
    start = text.index(f"{row} |") if f"{row} |" in text else text.index(row, text.index("tăng"))
    end = text.index(written, start) + len(written)
    return cite(name, text[start:end])


def full_draft() -> Draft:
    """All parts: seven kinds of questions, two series, long titles, a point of more than sixty words."""
    return Draft(
        wish=Wish(topic="kết nạp đảng viên", audience=Audience.SYMPATHISER, lessons=2, minutes=90),
        title=TITLE,
        lessons=(first_lesson(), second_lesson()),
        handout=handout(),
        quiz=quiz(),
        flashcards=(
            Flashcard("f1", "Thời kỳ dự bị kéo dài bao lâu?", "Mười hai tháng.", (cite(GUIDE, TERM),)),
            Flashcard("f2", "Người vào Đảng phải ở độ tuổi nào?", AGE, (cite(GUIDE, AGE),)),
        ),
        slides=slides(),
        library="0" * 64,
    )


def first_lesson() -> Lesson:
    return Lesson(
        "l1",
        "Điều kiện và quy trình kết nạp đảng viên",
        45,
        (
            "Nêu được điều kiện về tuổi đời và trình độ học vấn của người vào Đảng.",
            "Trình bày được các bước từ tạo nguồn đến lễ kết nạp ở chi bộ.",
            "Hiểu quyền và nghĩa vụ của đảng viên trong thời kỳ dự bị.",
        ),
        (
            Section(
                "s11",
                "Ai có thể được xét kết nạp",
                15,
                "Thuyết trình",
                (
                    quoted("k1", ANSWERS, LONG),
                    quoted("k2", GUIDE, AGE),
                    quoted("k3", GUIDE, "Người vào Đảng có bằng tốt nghiệp trung học cơ sở trở lên."),
                ),
                ("Vì sao phải xét từng người một?", "Điều kiện nào khó đáp ứng nhất ở nơi anh, chị sống?"),
            ),
            Section(
                "s12",
                "Các bước xét kết nạp ở chi bộ, từ tạo nguồn đến lễ kết nạp",
                20,
                "Thuyết trình, thảo luận nhóm",
                (
                    quoted("k4", GUIDE, LIST),
                    quoted("k5", GUIDE, ONE_BY_ONE),
                    quoted("k6", GUIDE, TWO_THIRDS),
                    quoted("k7", GUIDE, CEREMONY),
                    quoted(
                        "k8",
                        CITY,
                        REGISTERED,
                        example=True,
                    ),
                ),
                ("Chi bộ cần nghe ý kiến của những ai trước khi biểu quyết?",),
            ),
            Section(
                "s13",
                "Thời kỳ dự bị",
                10,
                "Hỏi đáp",
                (
                    quoted("k9", GUIDE, TERM),
                    quoted(
                        "k10",
                        GUIDE,
                        "Khi đã được công nhận chính thức, tuổi đảng tính từ ngày kết nạp.",
                    ),
                ),
            ),
        ),
    )


def second_lesson() -> Lesson:
    return Lesson(
        "l2",
        "Kinh nghiệm phát triển đảng viên ở Bắc Ninh, Điện Biên và Hà Tĩnh",
        45,
        ("So sánh được cách làm của ba địa phương.", "Rút ra việc có thể áp dụng ở chi bộ mình."),
        (
            Section(
                "s21",
                "Tạo nguồn ở vùng cao",
                20,
                "Thuyết trình",
                (
                    quoted("k11", DIEN_BIEN, SOURCES, example=True),
                    quoted("k12", DIEN_BIEN, CLASSES, example=True),
                    quoted("k13", DIEN_BIEN, ADMITTED, example=True),
                ),
                ("Vì sao đưa lớp học về cụm bản lại có ích?",),
            ),
            Section(
                "s22",
                "Chất lượng đi trước số lượng",
                25,
                "Thảo luận nhóm",
                (
                    KeyPoint(
                        "k14",
                        "Bắc Ninh có 57.763 đảng viên; năm 2019 tỉnh khai trừ 20 người, xóa tên 97 người.",
                        (cite(PROVINCE, TOTAL), cite(PROVINCE, REMOVED)),
                    ),
                    quoted("k15", SUMMARY, "Xét từng người một, không vì chỉ tiêu mà hạ chuẩn."),
                    quoted("k16", CITY, CITY_ADMITTED, example=True),
                    KeyPoint(
                        "k17",
                        "Thành phố Bắc Ninh có 700 đảng viên mới.",
                        (cite(CITY, CITY_ADMITTED),),
                        example=True,
                        faults=(Fault.TEXT,),
                    ),
                ),
                ("Cần phân biệt tỉnh Bắc Ninh với thành phố Bắc Ninh ở những số liệu nào?",),
            ),
        ),
    )


def handout() -> Handout:
    def row(id_: str, what: str, value: str, unit: str, date: str, name: str, quote: str) -> FigureRow:
        return FigureRow(id_, what, value, unit, date, (cite(name, quote),))

    return Handout(
        "Phát triển đảng viên: điều cần nhớ",
        (
            Section(
                "h1",
                "Điều kiện",
                0,
                "",
                (quoted("k21", GUIDE, AGE), quoted("k22", GUIDE, TWO_THIRDS)),
            ),
            Section("h2", "Thời kỳ dự bị", 0, "", (quoted("k23", GUIDE, TERM),)),
        ),
        (
            row(
                "g1",
                "Đảng viên của Đảng bộ tỉnh Bắc Ninh",
                "57.763",
                "đảng viên",
                "30/11/2019",
                PROVINCE,
                TOTAL,
            ),
            row(
                "g2",
                "Đảng viên kết nạp ở tỉnh Điện Biên",
                "6.611",
                "đảng viên",
                "2006 - 10/2010",
                DIEN_BIEN,
                ADMITTED,
            ),
            row(
                "g3",
                "Quần chúng ưu tú được giới thiệu",
                "8.443",
                "quần chúng",
                "2006 - 2010",
                DIEN_BIEN,
                SOURCES,
            ),
            row("g4", "Lớp bồi dưỡng nhận thức", "75", "lớp", "2006 - 2010", DIEN_BIEN, CLASSES),
            row(
                "g5",
                "Đảng viên kết nạp ở thành phố Bắc Ninh",
                "652",
                "đảng viên",
                "4/2024",
                CITY,
                CITY_ADMITTED,
            ),
            row("g6", "Nữ trong số đó", "438", "người", "", CITY, CITY_WOMEN),
        ),
        (increases(), targets()),
    )


def _options(*texts: str, right: tuple[int, ...]) -> tuple[Option, ...]:
    return tuple(Option(text, place in right) for place, text in enumerate(texts))


def quiz() -> tuple[QuizItem, ...]:
    proud = "Mường Chà, Tủa Chùa, Tuần Giáo và Điện Biên là bốn huyện làm tốt."
    pairs = (
        Pair("Kết nạp từ đầu nhiệm kỳ", "652", cite(CITY, CITY_ADMITTED)),
        Pair("Đảng viên nữ trong số được kết nạp", "438", cite(CITY, CITY_WOMEN)),
        Pair("Kết nạp trong năm 2023", "209", cite(CITY, CITY_YEAR)),
    )
    listed = "lập danh sách học viên trước ngày 25/5/2024."
    course = "Lớp học năm ngày liền, từ ngày 10/6/2024 đến ngày 14/6/2024, trong giờ hành chính."
    issued = "Xã A, ngày 15 tháng 02 năm 2024"
    steps = (
        Step("Ban hành kế hoạch mở lớp", cite(CLASS, issued), "15/02/2024"),
        Step("Lập danh sách học viên", cite(CLASS, listed), "25/5/2024"),
        Step("Khai giảng lớp học", cite(CLASS, course), "10/6/2024"),
    )
    return (
        QuizItem(
            "q1",
            QuizKind.SINGLE,
            "Đến ngày 30/11/2019, Đảng bộ tỉnh Bắc Ninh có bao nhiêu đảng viên?",
            (cite(PROVINCE, TOTAL),),
            options=_options("11.000", "57.763", "23.134", "8.418", right=(1,)),
            explanation="Con số là của toàn Đảng bộ tỉnh, không phải của thành phố Bắc Ninh.",
        ),
        QuizItem(
            "q2",
            QuizKind.MULTIPLE,
            "Những huyện nào của tỉnh Điện Biên làm tốt việc xóa thôn, bản trắng đảng viên?",
            (cite(DIEN_BIEN, proud),),
            options=_options("Mường Chà", "Mường Nhé", "Tủa Chùa", "Tuần Giáo", right=(0, 2, 3)),
        ),
        QuizItem("q3", QuizKind.TRUE_FALSE, TERM, (cite(GUIDE, TERM),), truth=True),
        QuizItem(
            "q4",
            QuizKind.FILL,
            ADMITTED.replace("6.611", "……"),
            (cite(DIEN_BIEN, ADMITTED),),
            accepted=("6.611", "6611"),
        ),
        QuizItem(
            "q5",
            QuizKind.MATCH,
            "Ghép mỗi nội dung về Đảng bộ thành phố Bắc Ninh với con số của nó.",
            tuple(pair.citation for pair in pairs),
            pairs=pairs,
        ),
        QuizItem(
            "q6",
            QuizKind.ORDER,
            "Sắp xếp các việc của lớp bồi dưỡng năm 2024 ở xã A theo thời gian.",
            tuple(step.citation for step in steps),
            steps=steps,
        ),
        QuizItem(
            "q7",
            QuizKind.SHORT,
            "Nghị quyết đề nghị kết nạp được thông qua khi có bao nhiêu phần đảng viên chính thức tán thành?",
            (cite(GUIDE, TWO_THIRDS),),
            accepted=("ít nhất hai phần ba", "2/3"),
        ),
        QuizItem(
            "q8",
            QuizKind.TRUE_FALSE,
            "Trong năm 2019, toàn tỉnh Bắc Ninh khai trừ 97 người, xóa tên 20 người.",
            (cite(PROVINCE, REMOVED),),
            truth=False,
        ),
    )


def slides() -> tuple[Slide, ...]:
    def line(id_: str, text: str) -> KeyPoint:
        return KeyPoint(id_, text, ())

    return (
        Slide(
            "p1",
            Layout.TITLE,
            TITLE,
            (line("k31", "Lớp bồi dưỡng nhận thức về Đảng"),),
            notes="Chào lớp, nêu mục tiêu của buổi học.",
        ),
        Slide(
            "p2",
            Layout.AGENDA,
            "Nội dung",
            (
                line("k32", "Ai có thể được xét kết nạp"),
                line("k33", "Các bước xét kết nạp"),
                line("k34", "Kinh nghiệm"),
            ),
        ),
        Slide(
            "p3",
            Layout.POINTS,
            "Ai có thể được xét kết nạp",
            (quoted("k35", ANSWERS, LONG),),
            notes="Đọc chậm.",
        ),
        Slide(
            "p4",
            Layout.POINTS,
            LONG_TITLE,
            (
                quoted("k36", GUIDE, LIST),
                quoted("k37", GUIDE, ONE_BY_ONE),
                quoted("k38", GUIDE, TWO_THIRDS),
                quoted("k39", GUIDE, CEREMONY),
                quoted("k40", GUIDE, TERM),
                quoted("k41", GUIDE, AGE),
                quoted("k42", ANSWERS, LONG),
            ),
            notes="Vẽ sơ đồ các bước lên bảng.",
        ),
        Slide(
            "p5",
            Layout.CHART,
            "Mức tăng rất khác nhau giữa các đảng bộ",
            series=increases(),
            notes="So sánh hai cột đầu.",
        ),
        Slide("p6", Layout.CHART, "Đảng viên của các chi bộ xã A", series=targets()),
        Slide("p7", Layout.SOURCES, "Nguồn"),
    )
