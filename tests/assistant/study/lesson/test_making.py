"""What holds for every draft, whatever the topic, the audience, the time and the seed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from assistant.errors import AnswerStopped, BadWish
from assistant.phrases import words
from assistant.stopping import Stop
from assistant.study.framing import framing, said_within
from assistant.study.handout import WORDS as PAGES
from assistant.study.handout import length_of
from assistant.study.making import Step, make_draft
from assistant.study.proving import proved
from assistant.study.sayings import points_back
from assistant.study.serialise import draft_to_text
from assistant.study.slides import LINES, WHOLE, WORDS
from assistant.study.teaching import SAME, alike
from assistant.study.tree import items
from assistant.study.types import Audience, Draft, KeyPoint, Layout, Part, Section, Wish
from index.library import Library
from index.types import Filters

from .conftest import PARTS, TOPIC

WISHES = [
    Wish(TOPIC, parts=PARTS),
    Wish(TOPIC, parts=PARTS, seed=7, minutes=45, audience=Audience.PROBATIONARY),
    Wish("công tác phát triển đảng viên", parts=PARTS, seed=12, lessons=2, minutes=180),
    Wish("sinh hoạt chi bộ", parts=PARTS, seed=3, minutes=50, audience=Audience.CELL_OFFICER),
    Wish("lớp bồi dưỡng nhận thức về Đảng", parts=PARTS, seed=5, lessons=3, minutes=100),
    Wish("thời kỳ dự bị", parts=PARTS, minutes=10),
    Wish("khó khăn trong phát triển đảng ở doanh nghiệp", parts=PARTS, language="en", seed=31),
    Wish("", parts=PARTS, filters=Filters(document_ids=("huong-dan-quy-trinh-ket-nap.docx",))),
    Wish("ket nap dang vien", parts=PARTS, minutes=61),
]


@pytest.fixture(params=WISHES, ids=lambda wish: f"{wish.topic or 'no topic'} {wish.seed}")
def made(request: pytest.FixtureRequest, drafted: Callable[[Wish], Draft]) -> Draft:
    return drafted(request.param)


def sections(draft: Draft) -> Iterator[Section]:
    for lesson in draft.lessons:
        yield from lesson.sections
    if draft.handout is not None:
        yield from draft.handout.sections


def points(draft: Draft) -> Iterator[KeyPoint]:
    for section in sections(draft):
        yield from section.points


def test_every_quote_is_at_its_place_and_bears_its_line_out(made: Draft, sample: Library) -> None:
    assert made.citations
    for citation in made.citations:
        assert sample.document(citation.document_id).text[citation.start : citation.end] == citation.quote
        assert citation.label
        passage = sample.passage(citation.passage_id)
        assert passage.start <= citation.start < passage.end
    assert [entry for entry in items(proved(sample, made)) if getattr(entry, "faults", ())] == []


def test_every_line_that_states_something_is_cited(made: Draft) -> None:
    assert all(point.citations for point in points(made))
    for slide in made.slides:
        if slide.layout is Layout.POINTS:
            assert slide.points
            assert all(point.citations for point in slide.points)
            assert slide.notes
    assert all(card.citations for card in made.flashcards)


def test_flashcards_ask_and_are_answered_by_their_quotes(made: Draft) -> None:
    assert len(made.flashcards) >= 5
    for card in made.flashcards:
        assert card.front.endswith("?") or (made.wish.language == "en" and "……" in card.front)
        assert not re.search(r"”, (?:Ở|Từ|Tính|Trong|Năm)\s", card.front)
        quoted = frozenset(words(" ".join(citation.quote for citation in card.citations)))
        assert alike(frozenset(words(card.back)), quoted) == 1, card.back


def test_a_broad_topic_fills_the_flashcards(lesson: Draft) -> None:
    assert len(lesson.flashcards) == 20


def test_minutes_add_up(made: Draft) -> None:
    assert sum(lesson.minutes for lesson in made.lessons) == made.wish.minutes
    for lesson in made.lessons:
        assert sum(section.minutes for section in lesson.sections) == lesson.minutes
        assert all(section.minutes > 0 for section in lesson.sections)
        assert lesson.objectives


def test_nothing_is_said_twice_in_a_part(made: Draft) -> None:
    plan = [point for lesson in made.lessons for section in lesson.sections for point in section.points]
    handout = [point for section in made.handout.sections for point in section.points] if made.handout else []
    for part in (plan, handout):
        terms = [frozenset(words(point.text)) for point in part]
        pairs = [(a, b) for at, a in enumerate(terms) for b in terms[:at]]
        assert not [1 for a, b in pairs if alike(a, b) >= max(SAME, 0.75)]
    fronts = [card.front for card in made.flashcards]
    assert len(fronts) == len(set(fronts))


def test_no_line_points_at_what_a_learner_is_not_told(made: Draft) -> None:
    for point in points(made):
        # What leads up to a statement, a place or a question, is told with it.
        assert (
            not points_back(point.text.split("? ")[-1].split(": ")[-1])
            or "?" in point.text
            or "." in point.text[:-1]
        )
        assert not re.match(r"\W*(?:này|đó|ấy|họ|trong đó)\b", point.text, re.IGNORECASE)
        assert re.search(r"[.!?…:”)]$", point.text)


def test_the_handout_fits_two_pages(made: Draft) -> None:
    assert made.handout is not None
    assert 0 < length_of(made.handout) <= PAGES + 30


def test_slides_are_few_short_lines(made: Draft) -> None:
    assert 4 <= len(made.slides) <= made.wish.slides
    layouts = [slide.layout for slide in made.slides]
    assert layouts[:2] == [Layout.TITLE, Layout.AGENDA]
    assert layouts[-1] is Layout.SOURCES
    for slide in made.slides:
        assert len(slide.points) <= LINES
        if slide.layout is Layout.POINTS:
            assert all(len(point.text.split()) <= WHOLE for point in slide.points)
            assert sum(len(point.text.split()) for point in slide.points) <= LINES * WORDS
            for point in slide.points:
                said = point.text.split(": ", 1)[-1].rstrip(".")
                assert " ".join(point.citations[-1].quote.split()).lower().find(said.lower().strip(".;")) >= 0
        if slide.layout is Layout.CHART:
            assert slide.series is not None
            assert len(slide.series.points) >= 3


def test_no_line_of_a_slide_ends_inside_of_an_enumeration(made: Draft, sample: Library) -> None:
    added = (
        r",\s*(?:trong đó|đồng thời|nhằm|góp phần|qua đó|từ đó|nhờ đó|để|bảo đảm|gắn với|tạo|do vậy|vì vậy"
        r"|do đó|nhưng|song)\b"
    )
    for slide in made.slides:
        for point in slide.points if slide.layout is Layout.POINTS else ():
            citation = point.citations[-1]
            text = sample.document(citation.document_id).text
            after = text[citation.end - text[citation.end - 1].count(",") : citation.end + 30]
            assert not after.startswith(",") or re.match(added, after), (point.text, after)


@pytest.mark.parametrize(
    ("topic", "drawn"),
    [
        ("kết nạp đảng viên", True),
        ("phát triển đảng viên trong doanh nghiệp", False),
        ("sinh hoạt chi bộ", False),
        ("tạo nguồn kết nạp", False),
    ],
)
def test_a_chart_is_drawn_of_what_belongs_to_the_topic(
    topic: str, drawn: bool, drafted: Callable[[Wish], Draft]
) -> None:
    made = drafted(Wish(topic, parts=(Part.HANDOUT, Part.SLIDES)))
    assert made.handout is not None
    charts = [*made.handout.series, *(slide.series for slide in made.slides if slide.series)]
    assert bool(charts) is drawn
    assert all("kết nạp" in series.title for series in charts)
    assert all(len(series.points) >= 3 for series in charts)


def test_figures_stand_in_their_quotes(made: Draft) -> None:
    assert made.handout is not None
    for row in made.handout.figures:
        quote = row.citations[0].quote
        assert re.findall(r"\d[\d.,]*", row.value)[0] in quote
        assert row.label
        assert row.unit
    for series in (*made.handout.series, *(s.series for s in made.slides if s.series)):
        for point in series.points:
            assert point.written in point.citation.quote
            assert point.value == float(point.written.rstrip(" %").replace(".", "").replace(",", "."))


def test_identifiers_and_markers_are_in_order(made: Draft) -> None:
    found = [entry.id for entry in items(made)]
    assert len(found) == len(set(found))
    assert [citation.marker for citation in made.citations] == list(range(1, len(made.citations) + 1))
    spans = {(c.document_id, c.start, c.end) for c in made.citations}
    assert len(spans) == len(made.citations)


def test_the_same_wish_makes_the_same_draft(sample: Library, lesson: Draft) -> None:
    assert draft_to_text(make_draft(sample, lesson.wish)) == draft_to_text(lesson)


def test_another_seed_makes_another_draft(lesson: Draft, drafted: Callable[[Wish], Draft]) -> None:
    others = [drafted(Wish(TOPIC, parts=PARTS, seed=seed)) for seed in (1, 2)]
    assert any([p.text for p in points(other)] != [p.text for p in points(lesson)] for other in others)


def test_a_lesson_teaches_in_order(lesson: Draft) -> None:
    [plan] = lesson.lessons
    titles = [section.title for section in plan.sections]
    assert titles[0] == "Mở đầu"
    assert titles[-1] == "Tổng kết bài học"
    assert any("Trình tự" in title for title in titles)
    rules = [p for s in plan.sections for p in s.points if not p.example and "Điều" in p.citations[-1].label]
    own = [p.citations[-1] for p in rules if p.citations[-1].document_id.startswith("huong-dan")]
    by_section = [[c for c in own if any(c in p.citations for p in s.points)] for s in plan.sections]
    for cited in by_section:
        assert [c.start for c in cited] == sorted(c.start for c in cited)


def test_objectives_suit_the_audience(lesson: Draft, drafted: Callable[[Wish], Draft]) -> None:
    assert any(said.startswith("Kể được") for said in lesson.lessons[0].objectives)
    officers = drafted(Wish(TOPIC, parts=(Part.PLAN,), audience=Audience.CELL_OFFICER))
    assert any(said.startswith("Phân tích được") for said in officers.lessons[0].objectives)


def test_each_place_is_asked_about_and_told_of(lesson: Draft) -> None:
    [section] = [s for s in lesson.lessons[0].sections if s.title.startswith("Thảo luận")]
    assert section.questions
    for question in section.questions:
        place = re.match(r"(.+?) (?:có cách|đạt|gặp|đã|nêu|coi|xác)", question)
        assert place is not None
        assert any(place[1].split()[-1] in p.text for p in section.points)
    assert all(point.example for point in section.points)


def test_a_document_that_was_replaced_is_not_taught_from(lesson: Draft) -> None:
    assert "ke-hoach-lop-boi-duong-2024.txt" not in {citation.document_id for citation in lesson.citations}


def test_progress_is_told_and_a_stop_is_obeyed(sample: Library) -> None:
    steps: list[Step] = []
    make_draft(sample, Wish(TOPIC, parts=(Part.PLAN, Part.QUIZ), quiz_items=3), progress=steps.append)
    assert [step.part for step in steps if not step.wanted] == [None, Part.PLAN, Part.QUIZ, None]
    assert [step.items for step in steps if step.wanted][-1] == 3
    assert steps[-1].done == steps[-1].total
    stop = Stop()

    def let_go(step: Step) -> None:
        if step.part is Part.PLAN:
            stop.now()

    with pytest.raises(AnswerStopped):
        make_draft(sample, Wish(TOPIC), progress=let_go, stop=stop)


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish(TOPIC, minutes=3), "minutes"),
        (Wish(TOPIC, lessons=0), "lessons"),
        (Wish(TOPIC, lessons=10, minutes=40), "too few"),
        (Wish(TOPIC, slides=1000), "slides"),
        (Wish(TOPIC, parts=()), "part"),
        (Wish(TOPIC, filters=Filters(document_ids=("absent.txt",))), "filters"),
        (Wish("bóng đá ngoại hạng Anh"), "speaks of"),
    ],
)
def test_what_cannot_be_made_is_refused(sample: Library, wish: Wish, said: str) -> None:
    with pytest.raises(BadWish, match=said):
        make_draft(sample, wish)


@pytest.mark.parametrize(
    ("topic", "deed", "work"),
    [
        ("Kết nạp đảng viên", "việc kết nạp đảng viên", "việc kết nạp đảng viên"),
        ("Quần chúng ưu tú", "quần chúng ưu tú", "công tác liên quan đến quần chúng ưu tú"),
        ("Chỉ thị 28-CT/TW", "Chỉ thị 28-CT/TW", "việc triển khai Chỉ thị 28-CT/TW"),
    ],
)
def test_a_topic_within_a_sentence(topic: str, deed: str, work: str) -> None:
    said = said_within(topic, framing("vi"))
    assert (said["deed"], said["work"]) == (deed, work)


def test_a_narrow_topic_is_not_taught_from_what_is_only_near(drafted: Callable[[Wish], Draft]) -> None:
    made = drafted(Wish("sinh hoạt chi bộ", parts=(Part.PLAN,)))
    told = " ".join(point.text for point in points(made))
    assert "Chi bộ họp bao lâu một lần?" in told
    assert "bằng tốt nghiệp trung học cơ sở" not in told
    assert "là minh hoạ" not in told
    assert not any("học vấn" in objective for lesson in made.lessons for objective in lesson.objectives)
