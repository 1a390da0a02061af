"""What a question is understood to ask."""

from __future__ import annotations

import pytest

from assistant.concepts import ConceptKind
from assistant.evidence import gives
from assistant.phrases import Phrases, words
from assistant.places import question_places
from assistant.quantities import figures
from assistant.reading import language_of, read
from assistant.wanted import Wanted


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Đảng bộ tỉnh có bao nhiêu đảng viên?", "vi"),
        ("dang bo tinh co bao nhieu dang vien", "vi"),
        ("How many members does the province have?", "en"),
        ("What did Lào Cai propose for members working far from home?", "en"),
        ("CCQ&DN là gì?", "vi"),
        ("to la do can bo", "vi"),
        # Twice "the", as "thẻ" and "thế" are typed without marks.
        ("doan vien lam roi the thi bao ai, the nao la dung", "vi"),
    ],
)
def test_language_is_that_of_the_frame(question: str, language: str) -> None:
    assert language_of(question) == language


def test_units_are_what_is_counted() -> None:
    reading = read("Tỉnh mở mấy lớp cảm tình đảng cho bao nhiêu quần chúng?")
    assert "quần chúng" in reading.units
    assert reading.wanted == (Wanted.COUNT,)


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Huyện có bao nhiêu TCCSĐ nằm trong trường học?", "tổ chức cơ sở đảng"),
        ("So sánh quy mô đảng viên của hai huyện", "đảng viên"),
    ],
)
def test_what_is_counted_is_known_in_full(question: str, unit: str) -> None:
    reading = read(question)
    assert any(found.startswith(unit) for found in reading.units)
    assert Wanted.COUNT in reading.wanted


@pytest.mark.parametrize("question", ["Năm 2025, xã mở mấy lớp?", "Xã mở mấy lớp năm 2025.", "năm 2025"])
def test_a_year_is_read_whatever_follows_it(question: str) -> None:
    assert read(question).years == ("2025",)


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("Người xin vào Đảng phải làm đơn thế nào?", "Người xin vào Đảng phải làm đơn thế nào?"),
        ("Xin cho biết huyện có bao nhiêu đảng viên?", "huyện có bao nhiêu đảng viên?"),
        ("Xin hãy nêu các bước kết nạp.", "nêu các bước kết nạp."),
    ],
)
def test_only_politeness_is_left_out(question: str, read_as: str) -> None:
    assert read(question).text == read_as


def test_a_figure_with_decimals_is_no_year() -> None:
    assert read("Vì sao chỉ đạt 2025,5 triệu và 1.950.000 người?").years == ()


def test_people_are_counted_by_what_they_are_too() -> None:
    assert {"chính thức", "dự bị"} <= set(read("Chi bộ có mấy người chính thức, mấy người dự bị?").units)


def test_what_the_asker_sets_aside_is_no_part_of_the_question() -> None:
    concepts = read("Ngoài việc xây nhà văn hóa, xã còn kiến nghị những gì?").concepts
    named = {phrase for concept in concepts for phrase in concept.alternatives}
    assert " ".join(words("kiến nghị")) in named
    assert " ".join(words("văn hóa")) not in named


@pytest.mark.parametrize(
    ("question", "current"),
    [
        ("Hiện nay huyện có bao nhiêu chi bộ?", True),
        ("Mức chi mới nhất là bao nhiêu?", True),
        ("How many cells are there now?", True),
        ("Năm 2019 huyện có bao nhiêu chi bộ?", False),
        ("What is known of it?", False),
    ],
)
def test_whether_the_present_is_asked_for(question: str, current: bool) -> None:
    assert read(question).current is current


def test_an_abbreviation_is_matched_by_its_long_form() -> None:
    concepts = read("TCCSĐ ở doanh nghiệp").concepts
    assert any(Phrases.of("các tổ chức cơ sở đảng").has(a) for c in concepts for a in c.alternatives)


def test_a_synonym_is_matched() -> None:
    concepts = read("Tỉnh ủy đề xuất gì với cấp trên?").concepts
    assert any(Phrases.of("đã đề nghị Trung ương").has(a) for c in concepts for a in c.alternatives)


def test_document_numbers_are_one_concept_in_any_spelling() -> None:
    for question in ("Chỉ thị số 28-CT/TW nói gì?", "chỉ thị 28 - CT/TW nói gì"):
        concepts = read(question).concepts
        numbers = [concept for concept in concepts if concept.kind is ConceptKind.NUMBER]
        assert [concept.alternatives for concept in numbers] == [("28cttw",)]


def test_an_english_question_is_searched_by_vietnamese_terms() -> None:
    reading = read("How many probationary members are in party cells of Son La?")
    assert "đảng viên dự bị" in reading.lexical_text
    assert "chi bộ" in reading.lexical_text
    assert [place.phrase for place in reading.places] == ["Sơn La"]


@pytest.mark.parametrize(
    ("text", "language", "phrases"),
    [
        ("thành phố Bắc Ninh và tỉnh Hà Tĩnh", "vi", ["thành phố Bắc Ninh", "tỉnh Hà Tĩnh"]),
        ("tỉnh ủy bắc ninh khai trừ", "vi", ["tỉnh Bắc Ninh"]),
        ("Dien Bien province and Ho Chi Minh City", "en", ["tỉnh Điện Biên", "thành phố Hồ Chí Minh"]),
        ("tư tưởng Hồ Chí Minh", "vi", []),
    ],
)
def test_places_in_questions(text: str, language: str, phrases: list[str]) -> None:
    assert [place.phrase for place in question_places(text, language=language)] == phrases


def test_dates_and_document_numbers_are_no_quantities() -> None:
    found = figures("Ngày 12/3/2020, theo Nghị quyết số 07-NQ/TU, huyện có 1.250 đảng viên, đạt 39,5%.")
    assert [match.group() for match in found] == ["1.250", "39,5"]


@pytest.mark.parametrize(
    ("kinds", "better", "worse", "units"),
    [
        ([Wanted.COUNT], "Huyện có 125 đảng viên.", "Năm 2019 huyện tổ chức hội nghị.", ["đảng viên"]),
        ([Wanted.COUNT], "Xã có 12 chi bộ.", "Xã có 12 thôn và nhiều chi bộ.", ["chi bộ"]),
        ([Wanted.WHO], "Đồng chí Lê Văn Tám chủ trì.", "Hội nghị bàn về nguồn kết nạp.", []),
        ([Wanted.WHEN], "Hội nghị họp ngày 3/2/2021.", "Hội nghị họp tại huyện.", []),
        ([Wanted.WHY], "Nguyên nhân là thiếu nguồn.", "Huyện có 12 xã.", []),
        ([Wanted.DOCUMENT], "Theo Quy định số 24-QĐ/TW thì khác.", "Theo quy định thì khác.", []),
        ([Wanted.PERCENT], "Đạt 39,5% kế hoạch.", "Đạt 39 người.", []),
        ([Wanted.ABOUT], "Chỉ thị 28-CT/TW về kết nạp.", "Thực hiện Chỉ thị 28-CT/TW; kiểm tra.", []),
    ],
)
def test_evidence_prefers_the_sentence_that_gives_what_is_wanted(
    kinds: list[Wanted], better: str, worse: str, units: list[str]
) -> None:
    assert gives(kinds, better, units) > gives(kinds, worse, units)


@pytest.mark.parametrize("term", ["đảng viên dự bị", "Điều lệ Đảng", "chỉ tiêu kết nạp", "theo dõi"])
def test_a_function_word_within_a_compound_stays(term: str) -> None:
    phrase = Phrases.of(term)
    covered = {
        syllable
        for concept in read(f"{term} là gì?").concepts
        if phrase.has(concept.alternatives[0])
        for syllable in concept.alternatives[0].split()
    }
    assert covered == set(phrase.exact.split())


@pytest.mark.parametrize(
    ("question", "people"),
    [
        ("Vì sao ông Giàng A Páo bị khiển trách?", ("giàng a paó",)),
        ("Nguyễn Văn Tèo giữ chức vụ gì?", ("nguyễn văn teò",)),
        ("Trường Nguyễn Trãi có mấy đảng viên?", ()),
        ("Chi bộ Lương Sơn có mấy đảng viên?", ()),
        ("Ai là bí thư?", ()),
    ],
)
def test_people_are_told_from_what_is_named_after_them(question: str, people: tuple[str, ...]) -> None:
    assert read(question).people == tuple(" ".join(words(name)) for name in people)


@pytest.mark.parametrize(
    ("question", "bodies"),
    [
        ("Chi bộ thôn Đồi Thông phải bàn giao trước ngày nào?", ("Đồi Thông",)),
        ("Đảng ủy xã Ba Vì họp khi nào?", ("Ba Vì",)),
        ("Chi bộ Trường Tiểu học có mấy đảng viên?", ()),
        ("Chi bộ có mấy đảng viên?", ()),
    ],
)
def test_bodies_are_known_by_their_names(question: str, bodies: tuple[str, ...]) -> None:
    assert read(question).bodies == bodies


@pytest.mark.parametrize(
    ("question", "congresses"),
    [
        ("Đại hội XIV đề ra chỉ tiêu nào?", ("xiv",)),
        ("Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII nói gì?", ("xiii",)),
        ("ban chap hanh khoa xii ban hanh gi", ()),
        ("Ban Chấp hành khóa V và khoá VI", ("v", "vi")),
        ("Khóa học mở vì ai?", ()),
    ],
)
def test_congresses_are_known_by_their_ordinals(question: str, congresses: tuple[str, ...]) -> None:
    assert read(question).congresses == congresses
