"""Several choices that a document settles: people in a row, what lies above a figure, documents it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.study.gather import everything
from assistant.study.listing import Listing, listings
from assistant.study.making import material_for
from assistant.study.quiz import faults_of, make_quiz
from assistant.study.quiz.several import bound_of
from assistant.study.types import Fault, QuizItem, QuizKind, Wish
from index.ingestion import ingest as read_into
from index.library import Library
from index.types import Embedder

TEXTS = {
    "ha": (
        "Kinh nghiệm tạo nguồn ở xã Hạ",
        "Các chi bộ mở rộng diện rà soát đối với các đối tượng là giáo viên, công nhân, trí thức "
        "và quân nhân xuất ngũ.",
        "Đảng ủy xã yêu cầu các chi bộ có kế hoạch từ đầu năm, trong đó quan tâm đối tượng kết nạp "
        "là người theo tôn giáo, là chủ trang trại, là học sinh.",
        "Năm qua, Đảng bộ thôn An tăng 80,5%; Đảng bộ thôn Bình tăng 61,2%; Đảng bộ thôn Cao tăng 12,4%; "
        "Đảng bộ thôn Đông tăng 9,1%.",
        "Xã bám sát Chỉ thị số 28-CT/TW ngày 21/01/2019 của Ban Bí thư và Kế hoạch số 95-KH/TU "
        "ngày 10/3/2020 của Ban Thường vụ Tỉnh ủy.",
    ),
    "thuong": (
        "Cách làm ở xã Thượng",
        "Đảng bộ xã đặc biệt chú trọng nguồn phát triển trong các lực lượng như nông dân, thanh niên, "
        "cán bộ thôn và công an viên.",
        "Chi bộ cơ sở khó phát hiện nhân tố mới trong phong trào, hoạt động, sinh hoạt của thanh niên.",
        "Xã thực hiện Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương và Quy định "
        "số 24-QĐ/TW ngày 30/7/2021 của Ban Chấp hành Trung ương.",
    ),
}


@pytest.fixture(scope="module")
def communes(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("communes")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text("\n\n".join(text), encoding="utf-8")
    with Library.open(folder / "library", embedder=embedder) as opened:
        assert read_into(opened, [folder]).failures == ()
        yield opened


def multiples(library: Library, topic: str = "") -> tuple[QuizItem, ...]:
    """Every item of several choices that can be made and proved."""
    wish = Wish(topic, kinds=(QuizKind.MULTIPLE,), quiz_items=40)
    return make_quiz(library, material_for(library, wish), wish)[0]


@pytest.fixture(scope="module")
def items(communes: Library) -> tuple[QuizItem, ...]:
    return multiples(communes)


def lists(library: Library) -> dict[str, Listing]:
    lines = everything(library)
    by_document = [tuple(line for line in lines if line.document.id == f"{name}.txt") for name in TEXTS]
    return {one.asks: one for own in by_document for one in listings(own)}


def test_people_in_a_row_are_a_list(communes: Library) -> None:
    said = {asks: [text for text, _ in one.items] for asks, one in lists(communes).items()}
    assert ["giáo viên", "công nhân", "trí thức", "quân nhân xuất ngũ"] in said.values()
    assert ["người theo tôn giáo", "chủ trang trại", "học sinh"] in said.values()
    assert ["nông dân", "thanh niên", "cán bộ thôn", "công an viên"] in said.values()
    assert len(said) == 3, "a row of other things is no list of people"


def test_items_of_a_list_are_exact(communes: Library) -> None:
    for one in lists(communes).values():
        for text, (start, end) in one.items:
            assert one.line.document.text[start:end] == text


def test_things_above_a_figure(items: tuple[QuizItem, ...]) -> None:
    item = next(one for one in items if bound_of(one.stem))
    bound = float(re.search(r"trên (\d+)%", item.stem).group(1))  # type: ignore[union-attr]
    assert {option.text for option in item.options if option.right} == {
        name
        for name, figure in re.findall(r"(Đảng bộ thôn \w+) tăng ([\d,]+)%", " ".join(TEXTS["ha"]))
        if float(figure.replace(",", ".")) > bound
    }
    assert sum(option.right for option in item.options) == 2
    assert len(item.options) == 4


@pytest.mark.parametrize(("bound", "fault"), [("70%", Fault.KEY), ("10%", Fault.DISTRACTOR)])
def test_another_bound_breaks_the_proof(
    items: tuple[QuizItem, ...], communes: Library, bound: str, fault: Fault
) -> None:
    item = next(one for one in items if bound_of(one.stem))
    assert faults_of(item, communes) == ()
    assert fault in faults_of(replace(item, stem=item.stem.replace(bound_of(item.stem), bound)), communes)


def test_a_thing_marked_otherwise_breaks_the_proof(items: tuple[QuizItem, ...], communes: Library) -> None:
    item = next(one for one in items if bound_of(one.stem))
    for at in range(len(item.options)):
        options = list(item.options)
        options[at] = replace(options[at], right=not options[at].right)
        if sum(option.right for option in options) >= 2:
            assert faults_of(replace(item, options=tuple(options)), communes)


def named(items: tuple[QuizItem, ...]) -> list[QuizItem]:
    return [one for one in items if "được nhắc đến" in one.stem]


def test_documents_that_a_text_names(items: tuple[QuizItem, ...]) -> None:
    assert len(named(items)) == 2
    for item in named(items):
        text = " ".join(TEXTS[item.citations[0].document_id.removesuffix(".txt")])
        for option in item.options:
            assert (option.text.rsplit(" ", 1)[-1] in text) is option.right


def test_a_document_that_is_named_too_is_no_wrong_choice(
    items: tuple[QuizItem, ...], communes: Library
) -> None:
    item = next(one for one in named(items) if one.citations[0].document_id == "ha.txt")
    assert faults_of(item, communes) == ()
    wrong = next(option for option in item.options if not option.right)
    named_too = "Kế hoạch số 95-KH/TU ngày 10/3/2020"
    edited = tuple(replace(one, text=named_too) if one == wrong else one for one in item.options)
    assert Fault.DISTRACTOR in faults_of(replace(item, options=edited), communes)


def test_the_sample_has_all_sorts(sample: Library) -> None:
    made = multiples(sample)
    assert len(made) >= 10
    assert sum(bool(bound_of(one.stem)) for one in made) >= 1
    assert len(named(made)) >= 2
