"""A quiz of all kinds, put together by hand from the sample documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from assistant.study.types import (
    Audience,
    Difficulty,
    Draft,
    Flashcard,
    Option,
    Pair,
    QuizItem,
    QuizKind,
    Step,
    Wish,
)
from assistant.types import Citation
from ingest.load import load
from ingest.sample_corpus import documents

BAC_NINH = "thanh-pho-bac-ninh-2024.txt"
PLAN = "ke-hoach-lop-boi-duong-2024.txt"
GUIDE = "huong-dan-quy-trinh-ket-nap.docx"
DIEN_BIEN = "dien-bien-2006-2010.rtf"


@cache
def texts() -> Mapping[str, str]:
    """The text of each sample document by its id."""
    return {path.name: load(path).text for path in documents()}


def cite(document_id: str, quote: str) -> Citation:
    """The first place where a document has a quote; all citations here have one label for each document."""
    text = texts()[document_id]
    start = text.index(quote)
    marker = 1 + sum(map(ord, f"{document_id}{start}"))
    label = f"{document_id.rpartition('.')[0].replace('-', ' ').capitalize()}, đoạn 1"
    return Citation(marker, document_id, f"{document_id}#1", start, start + len(quote), quote, label=label)


def options(*texts_: str, right: tuple[int, ...]) -> tuple[Option, ...]:
    return tuple(Option(text, index in right) for index, text in enumerate(texts_))


def quiz_draft() -> Draft:
    return Draft(
        wish=Wish(topic="kết nạp đảng viên", audience=Audience.SYMPATHISER, seed=101),
        title="Công tác kết nạp đảng viên: câu hỏi / đáp án",
        quiz=(single(), several(), true(), false(), fill(), short(), match(), order(), dated()),
        flashcards=(card(),),
    )


def nasty_draft() -> Draft:
    """Everything that some format takes for its own sign, in every place where text stands."""
    nasty = "=1+1 ~50% {a} #b c:d \\e <b>f</b> & \"g\" 'h' -> * ::i:: [html] // 5 < 6 ]]> {{c1::j}} %50% \\n"
    items = tuple(
        replace(
            item,
            stem=f"{nasty} {item.stem}",
            options=tuple(replace(o, text=f"{o.text} {nasty}") for o in item.options),
            accepted=tuple(f"{text} {nasty}" for text in item.accepted),
            pairs=tuple(replace(p, left=f"{p.left} {nasty}", right=f"{p.right} {nasty}") for p in item.pairs),
            steps=tuple(replace(s, text=f"{s.text} {nasty}") for s in item.steps),
            explanation=f"{nasty}\n{item.explanation}",
            citations=tuple(replace(c, label=f"{c.label} {nasty}") for c in item.citations),
        )
        for item in quiz_draft().quiz
    )
    cards = tuple(
        replace(c, front=f"{nasty} {c.front}", back=f"{c.back} {nasty}") for c in quiz_draft().flashcards
    )
    return replace(quiz_draft(), title=f"{nasty} đề", quiz=items, flashcards=cards)


def single() -> QuizItem:
    quote = "Tính từ đầu nhiệm kỳ, thành phố đã kết nạp 652 đảng viên."
    return QuizItem(
        "q1",
        QuizKind.SINGLE,
        "Tính từ đầu nhiệm kỳ, thành phố Bắc Ninh đã kết nạp bao nhiêu đảng viên?",
        (cite(BAC_NINH, quote),),
        Difficulty.EASY,
        options("438", "652", "1.846", "903", right=(1,)),
        explanation="Thành phố đã kết nạp 652 đảng viên.",
    )


def several() -> QuizItem:
    quote = "Mường Chà, Tủa Chùa, Tuần Giáo và Điện Biên là bốn huyện làm tốt."
    return QuizItem(
        "q2",
        QuizKind.MULTIPLE,
        "Những huyện nào của tỉnh Điện Biên làm tốt việc xóa thôn, bản trắng đảng viên?",
        (cite(DIEN_BIEN, quote),),
        Difficulty.MEDIUM,
        options("Mường Chà", "Mường Nhé", "Tủa Chùa", "Tuần Giáo", right=(0, 2, 3)),
    )


def true() -> QuizItem:
    quote = "Lớp học năm ngày liền, từ ngày 10/6/2024 đến ngày 14/6/2024, trong giờ hành chính."
    return QuizItem(
        "q3",
        QuizKind.TRUE_FALSE,
        "Lớp học năm ngày liền, từ ngày 10/6/2024 đến ngày 14/6/2024.",
        (cite(PLAN, quote),),
        Difficulty.EASY,
        truth=True,
    )


def false() -> QuizItem:
    quote = "Dự toán 18 triệu đồng, chi cho tài liệu, giảng viên, nước uống và khen thưởng học viên giỏi."
    return QuizItem(
        "q4",
        QuizKind.TRUE_FALSE,
        "Dự toán 28 triệu đồng, chi cho tài liệu, giảng viên, nước uống và khen thưởng học viên giỏi.",
        (cite(PLAN, quote),),
        Difficulty.MEDIUM,
        truth=False,
    )


def fill() -> QuizItem:
    quote = "Tính từ năm 2006 đến tháng 10-2010, toàn tỉnh kết nạp 6.611 đảng viên, vượt kế hoạch 11,1%."
    return QuizItem(
        "q5",
        QuizKind.FILL,
        "Tính từ năm 2006 đến tháng 10-2010, toàn tỉnh kết nạp …… đảng viên, vượt kế hoạch 11,1%.",
        (cite(DIEN_BIEN, quote),),
        Difficulty.HARD,
        accepted=("6.611", "6611"),
    )


def short() -> QuizItem:
    quote = "Thời kỳ dự bị là mười hai tháng, tính từ ngày chi bộ làm lễ kết nạp."
    return QuizItem(
        "q6",
        QuizKind.SHORT,
        "Thời kỳ dự bị kéo dài bao lâu?",
        (cite(GUIDE, quote),),
        accepted=("mười hai tháng", "12 tháng"),
    )


def match() -> QuizItem:
    members = "Số đảng viên xấp xỉ 11.000 người, bằng 16,1% toàn Đảng bộ tỉnh."
    women = "Phụ nữ chiếm 438 người, tương đương 67%."
    year = "Riêng năm 2023 có 209 người được kết nạp."
    pairs = (
        Pair("Số đảng viên", "11.000", cite(BAC_NINH, members)),
        Pair("Phụ nữ", "438", cite(BAC_NINH, women)),
        Pair("năm 2023", "209", cite(BAC_NINH, year)),
    )
    return QuizItem(
        "q7",
        QuizKind.MATCH,
        "Ghép mỗi nội dung về Đảng bộ thành phố Bắc Ninh với con số của nó.",
        tuple(pair.citation for pair in pairs),
        pairs=pairs,
    )


def order() -> QuizItem:
    quotes = (
        "Mỗi quý một lần, chi ủy lập danh sách quần chúng ưu tú do đoàn thể giới thiệu.",
        "Chi bộ xem xét từng người một, sau khi nghe ý kiến của các tổ chức và người giới thiệu.",
        "Chi bộ tổ chức lễ kết nạp sau khi nhận quyết định của cấp có thẩm quyền.",
    )
    steps = (
        Step("chi ủy lập danh sách quần chúng ưu tú", cite(GUIDE, quotes[0])),
        Step("Chi bộ xem xét từng người một", cite(GUIDE, quotes[1])),
        Step("Chi bộ tổ chức lễ kết nạp", cite(GUIDE, quotes[2])),
    )
    return QuizItem(
        "q8",
        QuizKind.ORDER,
        "Sắp xếp các việc từ tạo nguồn đến kết nạp theo đúng thứ tự.",
        tuple(step.citation for step in steps),
        Difficulty.HARD,
        steps=steps,
    )


def dated() -> QuizItem:
    list_ = "lập danh sách học viên trước ngày 25/5/2024."
    course = "Lớp học năm ngày liền, từ ngày 10/6/2024 đến ngày 14/6/2024, trong giờ hành chính."
    plan = "Xã A, ngày 15 tháng 02 năm 2024\n\nKẾ HOẠCH\nmở lớp bồi dưỡng nhận thức về Đảng năm 2024"
    steps = (
        Step("Kế hoạch mở lớp", cite(PLAN, plan), "15/02/2024"),
        Step("lập danh sách học viên", cite(PLAN, list_), "25/5/2024"),
        Step("Lớp học năm ngày liền", cite(PLAN, course), "10/6/2024"),
    )
    return QuizItem(
        "q9",
        QuizKind.ORDER,
        "Sắp xếp các việc của lớp bồi dưỡng năm 2024 theo thời gian.",
        tuple(step.citation for step in steps),
        steps=steps,
    )


def card() -> Flashcard:
    quote = "Người vào Đảng có bằng tốt nghiệp trung học cơ sở trở lên."
    return Flashcard("f1", "Người vào Đảng có trình độ học vấn thế nào?", quote, (cite(GUIDE, quote),))
