"""The checker finds what is planted, in every format that it reads, and nothing in files that are right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from study_checker.checking import READERS, check_reading
from study_checker.documents import Documents
from study_checker.kinds import check
from study_checker.model import Finding, Item, Proof
from study_checker.words import Date, dates, figures, same, says

from assistant.study.export import FORMATS
from assistant.study.types import Draft, QuizItem

from .quiz_draft import BAC_NINH, DIEN_BIEN, cite, quiz_draft, texts

READ = {"gift": ".gift.txt", "moodle": ".xml", "qti": ".zip"}


@pytest.fixture(scope="module")
def library() -> Documents:
    return Documents(dict(texts()))


def findings(draft: Draft, name: str, library: Documents) -> list[Finding]:
    reading = READERS[READ[name]](FORMATS[name].write(draft))
    assert len(reading.items) == len(draft.quiz)
    return check_reading(reading, library, name)


def planted(number: int, change: Callable[[QuizItem], QuizItem]) -> Draft:
    """The draft with one item changed."""
    draft = quiz_draft()
    quiz = list(draft.quiz)
    quiz[number - 1] = change(quiz[number - 1])
    return replace(draft, quiz=tuple(quiz))


def with_option(item: QuizItem, place: int, **changes: object) -> QuizItem:
    options = list(item.options)
    options[place] = replace(options[place], **changes)  # type: ignore[arg-type]
    return replace(item, options=tuple(options))


def with_quote(item: QuizItem, document: str, quote: str) -> QuizItem:
    return replace(item, citations=(cite(document, quote),))


def shifted(item: QuizItem) -> QuizItem:
    """Its quote begins and ends one character later than its document has it."""
    first = item.citations[0]
    return replace(item, citations=(replace(first, start=first.start + 1, end=first.end + 1),))


def moved(item: QuizItem) -> QuizItem:
    return with_quote(item, BAC_NINH, "Phụ nữ chiếm 438 người, tương đương 67%.")


def exchanged(item: QuizItem) -> QuizItem:
    one, other, *rest = item.pairs
    return replace(item, pairs=(replace(one, right=other.right), replace(other, right=one.right), *rest))


def reversed_start(item: QuizItem) -> QuizItem:
    one, other, *rest = item.steps
    return replace(item, steps=(other, one, *rest))


PLANTED: dict[str, tuple[int, Callable[[QuizItem], QuizItem], str]] = {
    "a digit of the key changed": (1, lambda item: with_option(item, 1, text="653"), "key"),
    "a digit of a fill-in changed": (5, lambda item: replace(item, accepted=("6.612",)), "key"),
    "another figure of the same quote": (5, lambda item: replace(item, accepted=("2006",)), "key"),
    "an answer accepted that is another": (5, lambda item: replace(item, accepted=("6.611", "6612")), "key"),
    "a short answer changed": (6, lambda item: replace(item, accepted=("mười một tháng",)), "key"),
    "the quote moved by a sentence": (1, moved, "key"),
    "the quote not at its place": (1, shifted, "span"),
    "a distractor that is quoted": (2, lambda item: with_option(item, 1, text="Điện Biên"), "distractor"),
    "a distractor that is the key again": (1, lambda item: with_option(item, 0, text="0652"), "distractor"),
    "a wrong option marked right": (2, lambda item: with_option(item, 1, right=True), "key"),
    "a right option marked wrong": (2, lambda item: with_option(item, 0, right=False), "distractor"),
    "two right options of a single choice": (1, lambda item: with_option(item, 0, right=True), "form"),
    "a true claim marked false": (3, lambda item: replace(item, truth=False), "key"),
    "a false claim marked true": (4, lambda item: replace(item, truth=True), "key"),
    "a date of a true claim changed": (
        3,
        lambda item: replace(item, stem=item.stem.replace("14/6/2024", "15/6/2024")),
        "key",
    ),
    "a true claim denied": (
        3,
        lambda item: replace(item, stem=item.stem.replace("Lớp học", "Lớp học không")),
        "key",
    ),
    "a pair exchanged": (7, exchanged, "pair"),
    "the order exchanged": (8, reversed_start, "order"),
    "the order of dates exchanged": (9, reversed_start, "order"),
}


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("Quy định của Ban Chấp hành Trung ương khóa XII ban hành ngày 25/7/2016 mang số 29-QĐ/TW.", set()),
        ("Quy định của Ban Chấp hành Trung ương khóa XII ban hành ngày 25/7/2016 mang số 39-QĐ/TW.", {"key"}),
        ("Quy định của Ban Chấp hành Trung ương khóa XI ban hành ngày 25/7/2016 mang số 29-QĐ/TW.", {"key"}),
        ("Theo Điều 3 của quy định số 29-QĐ/TW ngày 25/7/2016 của Ban Chấp hành Trung ương.", {"key"}),
    ],
)
def test_claims_in_other_words(said: str, kinds: set[str], library: Documents) -> None:
    quote = "1. Quy định số 29-QĐ/TW ngày 25/7/2016 của Ban Chấp hành Trung ương khóa XII."
    item = Item("Câu 1", "true_false", said, truth=True, proofs=(Proof(quote, "Sổ tay"),))
    assert {kind for kind, _ in check(item, library)} == kinds


def test_orders_by_size_are_by_the_column_that_the_stem_names() -> None:
    table = "Chi bộ | Đảng viên | Chỉ tiêu\nĐông | 34 | 2\nTrường | 41 | 1\nXã | 12 | 3\n"
    library = Documents({"a": table})
    proofs = tuple(Proof(row, "nguồn") for row in table.splitlines()[1:])
    for column, steps, kinds in (
        ("đảng viên", ("Trường", "Đông", "Xã"), set()),
        ("đảng viên", ("Đông", "Trường", "Xã"), {"order"}),
        ("chỉ tiêu", ("Xã", "Đông", "Trường"), set()),
        ("chỉ tiêu", ("Trường", "Đông", "Xã"), {"order"}),
    ):
        stem = f"Sắp xếp theo số liệu “{column}”, từ cao nhất đến thấp nhất."
        item = Item("Câu 1", "order", stem, steps=steps, proofs=proofs)
        assert {kind for kind, _ in check(item, library)} == kinds


@pytest.mark.parametrize("name", READ)
def test_right_files_give_no_findings(name: str, library: Documents) -> None:
    assert findings(quiz_draft(), name, library) == []


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("error", PLANTED)
def test_a_planted_error_is_found(error: str, name: str, library: Documents) -> None:
    number, change, kind = PLANTED[error]
    found = findings(planted(number, change), name, library)
    assert (f"Câu {number}", kind) in {(one.item, one.kind) for one in found}
    assert {one.item for one in found} == {f"Câu {number}"}


def test_a_distractor_that_another_sentence_makes_true(library: Documents) -> None:
    told = "Thành ủy Bắc Ninh họp\n\nTheo báo cáo, tính từ đầu nhiệm kỳ, thành phố kết nạp 903 đảng viên."
    more = Documents({**library.texts, "other.txt": told})
    found = findings(quiz_draft(), "gift", more)
    assert [(one.item, one.kind) for one in found] == [("Câu 1", "distractor")]


def test_a_distractor_that_is_true_of_another_place_is_no_fault(library: Documents) -> None:
    told = "Thành ủy Cao Lãnh họp\n\nTheo báo cáo, tính từ đầu nhiệm kỳ, thành phố kết nạp 903 đảng viên."
    more = Documents({**library.texts, "other.txt": told})
    assert findings(quiz_draft(), "gift", more) == []


@pytest.mark.parametrize("name", READ)
def test_the_same_item_twice(name: str, library: Documents) -> None:
    draft = quiz_draft()
    again = replace(draft, quiz=(*draft.quiz, replace(draft.quiz[0], id="q10")))
    assert ("Câu 10", "repeated") in {(one.item, one.kind) for one in findings(again, name, library)}


def test_a_key_that_another_stem_gives_away(library: Documents) -> None:
    told = replace(
        quiz_draft().quiz[2],
        id="q10",
        stem="Tính từ đầu nhiệm kỳ, thành phố Bắc Ninh đã kết nạp 652 đảng viên.",
        citations=quiz_draft().quiz[0].citations,
    )
    draft = replace(quiz_draft(), quiz=(*quiz_draft().quiz, told))
    assert ("Câu 1", "given") in {(one.item, one.kind) for one in findings(draft, "gift", library)}


@pytest.mark.parametrize("name", ["gift", "moodle"])
def test_numbers_that_skip_one(name: str, library: Documents) -> None:
    file = FORMATS[name].write(quiz_draft()).replace("Câu 5".encode(), "Câu 6".encode())
    found = check_reading(READERS[READ[name]](file), library, name)
    assert [(one.item, one.kind) for one in found] == [("Câu 6", "numbering")]


def test_a_document_that_is_not_there(library: Documents) -> None:
    fewer = Documents({name: text for name, text in library.texts.items() if name != DIEN_BIEN})
    found = findings(quiz_draft(), "qti", fewer)
    assert {(one.item, one.kind) for one in found} == {("Câu 2", "span"), ("Câu 5", "span")}


def test_pairs_of_one_quote_are_told_apart(library: Documents) -> None:
    quote = "Đảng bộ thành phố có 68 tổ chức cơ sở đảng, gồm 28 đảng bộ và 40 chi bộ."
    right = (("28", "đảng bộ"), ("40", "chi bộ"))
    wrong = (("40", "đảng bộ"), ("28", "chi bộ"))
    item = Item("Câu 1", "match", "Ghép", pairs=right, proofs=(Proof(quote, "nguồn"),))
    assert not list(check(item, library))
    assert {kind for kind, _ in check(replace(item, pairs=wrong), library)} == {"pair"}


ROWS = "Kết quả\n\nĐảng bộ huyện An tăng 80,5%; Công an tỉnh tăng 57,5%; Huyện Bình tăng 12,4%."


@pytest.mark.parametrize(
    ("stem", "kinds"),
    [
        ("Những đơn vị nào sau đây có mức tăng trên 50%?", set()),
        ("Những đơn vị nào sau đây có mức tăng trên 60%?", {"key"}),
        ("Những đơn vị nào sau đây có mức tăng trên 10%?", {"distractor"}),
    ],
)
def test_what_lies_above_a_figure(stem: str, kinds: set[str]) -> None:
    documents = Documents({"a.txt": ROWS})
    quotes = ("Đảng bộ huyện An tăng 80,5%", "Công an tỉnh tăng 57,5%")
    proofs = tuple(Proof(quote, "Kết quả") for quote in quotes)
    options = (("Đảng bộ huyện An", True), ("Công an tỉnh", True), ("Huyện Bình", False))
    item = Item("Câu 1", "multiple", stem, options=options, proofs=proofs)
    assert {kind for kind, _ in check(item, documents)} == kinds


def test_documents_that_a_text_names() -> None:
    text = "Tin\n\nXã bám sát Chỉ thị số 28-CT/TW của Ban Bí thư.\nXã có Kế hoạch số 95-KH/TU."
    documents = Documents({"a.txt": text})
    proofs = (Proof("Xã bám sát Chỉ thị số 28-CT/TW của Ban Bí thư.", "Tin"),)
    options = (("Chỉ thị số 28-CT/TW", True), ("Quy định số 24-QĐ/TW", False))
    stem = "Những văn bản nào sau đây được nhắc đến?"
    item = Item("Câu 1", "multiple", stem, options=options, proofs=proofs)
    assert not list(check(item, documents))
    also = (*options, ("Kế hoạch số 95-KH/TU", False))
    assert {kind for kind, _ in check(replace(item, options=also), documents)} == {"distractor"}


def test_the_command_tells_findings_by_its_exit_code(
    tmp_path: Path, library: Documents, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from study_checker.__main__ import main

    for name, text in library.texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    right, wrong = tmp_path / "right.gift", tmp_path / "wrong.gift"
    right.write_bytes(FORMATS["gift"].write(quiz_draft()))
    wrong.write_bytes(FORMATS["gift"].write(planted(1, moved)))
    for file, code in ((right, 0), (wrong, 1)):
        monkeypatch.setattr("sys.argv", ["study_checker", str(file), "--documents", str(tmp_path)])
        assert main() == code
    assert "wrong.gift: Câu 1: key: not in what is quoted: 652" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("57.763 đảng viên", [57763]),
        ("vượt 11,1%", [Fraction(111, 10)]),
        ("18 triệu đồng", [18_000_000]),
        ("1,5 tỷ", [1_500_000_000]),
        ("mười hai tháng", [12]),
        ("hai mươi lăm người", [25]),
        ("một trăm linh ba", [103]),
        ("67 phần trăm", [67]),
        ("hai phần ba", [Fraction(2, 3)]),
        ("hai năm", [2]),
        ("năm ngày", [5]),
        ("Điều 2 nêu bốn nhiệm vụ", [4]),
        ("2. Mỗi lớp 50 học viên", [50]),
        ("dân tộc thiểu số 41,58%", [Fraction(4158, 100)]),
        ("Quy định số 29 và số 24-QĐ/TW", []),
        ("lực lượng vũ trang 69,3%", [Fraction(693, 10)]),
        ("ngày 10/6/2024", []),
        ("năm 2024", []),
    ],
)
def test_figures(text: str, values: list[Fraction]) -> None:
    assert [figure.value for figure in figures(text)] == values


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("ngày 15 tháng 02 năm 2024", Date(2024, 2, 15)),
        ("10/6/2024", Date(2024, 6, 10)),
        ("Đầu tháng 10-2023", Date(2023, 10)),
        ("năm 2019", Date(2019)),
        ("trước ngày 25/5", Date(None, 5, 25)),
    ],
)
def test_dates(text: str, date: Date) -> None:
    assert [found for found, _, _ in dates(text)] == [date]


def test_answers_are_compared_as_what_they_mean() -> None:
    assert same("6.611", "6611")
    assert same("10/6/2024", "ngày 10 tháng 6 năm 2024")
    assert not same("6.611", "6,611")
    assert says("kết nạp 6.611 đảng viên", "6611 đảng viên")
    assert not says("kết nạp 16.611 đảng viên", "6.611")
    assert not says("đạt 65,1%", "65,1")
