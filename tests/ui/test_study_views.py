"""What the part for teaching material shows, and what its forms say, as values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from assistant.narrowing import Choices
from assistant.study.changes import Sort, changes
from assistant.study.drafts import SavedDraft, Version
from assistant.study.export import FORMATS
from assistant.study.making import Step
from assistant.study.play import started
from assistant.study.tree import items
from assistant.study.types import (
    Audience,
    Difficulty,
    Draft,
    Dropped,
    Fault,
    Flashcard,
    KeyPoint,
    Part,
    QuizItem,
    QuizKind,
    Series,
    Slide,
    Wish,
)
from assistant.types import Citation
from tests.assistant.study.drafts import full_draft
from ui import (
    study_drafts,
    study_form,
    study_forms,
    study_parts,
    study_playing,
    study_reading,
    study_slides,
    study_versions,
)
from ui.study_chart import chart
from ui.study_parts import Shown
from ui.study_wording import study_wording
from ui.wording import wording

VI = Shown(wording("vi"), study_wording("vi"))
EN = Shown(wording("en"), study_wording("en"))
HOSTILE = "<img src=x onerror=alert(1)> ${1+1} {{value}} \"' </textarea><script>1</script>"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
SAVED = SavedDraft("ab12", HOSTILE, NOW, NOW, 2)
VERSIONS = (Version(1, HOSTILE, NOW), Version(2, "Đã sửa một mục", NOW))


@pytest.fixture(scope="module")
def draft() -> Draft:
    return full_draft()


def hostile(value: Any) -> Any:
    """The value with every text in it replaced by one that would act on the page if it could."""
    if isinstance(value, Citation):
        return replace(value, quote=HOSTILE, label=HOSTILE, document_id=HOSTILE)
    if isinstance(value, tuple):
        return tuple(map(hostile, value))
    if type(value) is str:
        return HOSTILE
    if is_dataclass(value) and not isinstance(value, type | Wish):
        return replace(value, **{field.name: hostile(getattr(value, field.name)) for field in fields(value)})
    return value


def editable(draft: Draft) -> list[Any]:
    """Every item that has a form."""
    return [entry for entry in items(draft) if not isinstance(entry, Series)]


def old_version(draft: Draft, shown: Shown) -> str:
    """The draft as an earlier version, its newest without cards and with another first question."""
    first, *rest = draft.quiz
    newest = replace(draft, flashcards=(), quiz=(replace(first, stem=f"{first.stem} {HOSTILE}"), *rest))
    found = changes(draft, newest)
    assert {change.sort for change in found} == {Sort.CHANGED, Sort.GONE}
    told = {change.id: shown.texts.differing[change.sort] for change in found}
    old = replace(shown, read_only=True, told=told)
    head = study_versions.old_head(HOSTILE, VERSIONS[0], draft, found, old, part=Part.QUIZ)
    return head + study_reading.quiz(draft.quiz, old) + study_reading.flashcards(draft.flashcards, old)


def views(draft: Draft, shown: Shown) -> Iterator[str]:
    """Everything that is ever shown of a draft."""
    yield study_drafts.head(draft, SAVED, VERSIONS, shown, part=Part.QUIZ)
    yield study_drafts.listing([SAVED], shown)
    yield old_version(draft, shown)
    yield study_reading.plan(draft.lessons, shown)
    yield study_reading.handout(draft.handout, shown) if draft.handout else ""
    yield study_reading.quiz(draft.quiz, shown)
    yield study_reading.flashcards(draft.flashcards, shown)
    yield study_slides.slides(draft.slides, shown)
    play = started([replace(item, faults=()) for item in draft.quiz], 1)
    for at in range(len(play.items)):
        yield study_playing.playing(play.go(at), shown)
        yield study_playing.playing(play.go(at).answer((HOSTILE,)), shown)
    yield study_playing.playing(play.go(len(play.items)), shown, left_out=2)
    for entry in editable(draft):
        yield study_forms.form_of(entry, shown)


# ---- words


@pytest.mark.parametrize("language", ["vi", "en"])
def test_everything_that_can_be_told_has_words(language: str) -> None:
    texts = study_wording(language)
    assert set(texts.faults) == set(Fault)
    assert set(texts.parts) == set(Part)
    assert set(texts.kinds) == set(texts.how) == set(QuizKind)
    assert set(texts.difficulties) == set(Difficulty)
    assert set(texts.audiences) == set(Audience)
    assert set(texts.formats) == set(FORMATS)
    assert set(texts.differing) == set(texts.differing_count) == set(Sort)
    assert set(texts.numbers) <= set(texts.bad_fields)
    for field in fields(texts):
        value = getattr(texts, field.name)
        assert value, field.name


# ---- nothing that is written acts on the page


class Page(HTMLParser):
    """Collects tags and checks that they are closed in the order they were opened."""

    VOID = frozenset({"input", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def parsed(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    assert page.open == []
    return page


def test_what_a_draft_says_does_nothing_on_the_page(draft: Draft) -> None:
    bad = replace(hostile(draft), dropped=(Dropped(Part.QUIZ, Fault.KEY, 3, HOSTILE),))
    seen = 0
    for html in views(bad, VI):
        assert "${" not in html
        assert "{{" not in html
        page = parsed(html)
        assert not {"img", "script"} & {tag for tag, _ in page.tags}
        assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
        seen += "&#60;img" in html
    assert seen > 20


@pytest.mark.parametrize("shown", [VI, EN], ids=["vi", "en"])
def test_every_view_is_well_formed_and_its_controls_have_names(draft: Draft, shown: Shown) -> None:
    for html in views(draft, shown):
        page = parsed(html)
        identifiers = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
        assert len(identifiers) == len(set(identifiers))
        for tag, attributes in page.tags:
            if tag == "progress":
                assert attributes.get("aria-label")
            if tag == "svg":
                assert attributes.get("role") == "img"


# ---- reading


def test_every_line_leads_to_its_source(draft: Draft) -> None:
    html = study_reading.plan(draft.lessons, VI)
    points = [point for lesson in draft.lessons for section in lesson.sections for point in section.points]
    for point in points:
        assert html.count(f">[{point.citations[0].marker}]</a>") >= 1
    assert html.count('class="pba-cite" href="#/nguon/') >= len(points)


def test_a_quiz_shows_its_key_and_the_quotes_that_prove_it(draft: Draft) -> None:
    for item in draft.quiz:
        html = study_reading.quiz((item,), VI)
        for citation in study_reading.cited(item):
            assert study_parts.inert(" ".join(citation.quote.split())) in html
        for option in item.options:
            assert study_parts.inert(option.text) in html
        if item.options:
            assert html.count('class="pba-right"') == sum(option.right for option in item.options)


def test_a_chart_says_every_figure_as_its_source_writes_it(draft: Draft) -> None:
    assert draft.handout is not None
    series = draft.handout.series[0]
    html = chart(series, VI)
    widths = [float(found) for found in re.findall(r'<rect [^>]*width="([\d.]+)"', html)]
    values = [point.value for point in series.points]
    assert len(widths) == len(values)
    most = max(range(len(values)), key=values.__getitem__)
    for width, value in zip(widths, values, strict=True):
        assert width == pytest.approx(widths[most] * value / values[most], abs=0.1)
    for point in series.points:
        assert html.count(study_parts.inert(point.written)) >= 3
        assert f"[{point.citation.marker}]" in html


def test_an_item_that_is_not_proved_says_why_in_words(draft: Draft) -> None:
    for fault in Fault:
        broken = replace(draft.quiz[0], faults=(fault,))
        html = study_reading.quiz((broken,), VI)
        assert f"<strong>{study_parts.inert(VI.texts.unproved)}</strong>" in html
        assert study_parts.inert(VI.texts.faults[fault]) in html
    card = replace(draft.flashcards[0], faults=(Fault.TEXT,))
    told = replace(VI, differs=lambda text, citations: f"khác ở {len(text)}")
    assert f"(khác ở {len(card.back)})" in study_reading.flashcards((card,), told)


def test_what_was_left_out_is_counted_with_its_reason(draft: Draft) -> None:
    dropped = (Dropped(Part.QUIZ, Fault.KEY, 3, "Câu A"), Dropped(Part.QUIZ, Fault.REPEATED, 4, "Câu B"))
    html = study_drafts.head(replace(draft, dropped=dropped), None, (), VI, part=None)
    assert VI.texts.dropped.format(count=7) in html
    for entry in dropped:
        assert study_parts.inert(VI.texts.faults[entry.fault]) in html
        assert entry.example in html


def test_only_formats_that_have_something_to_write_are_offered(draft: Draft) -> None:
    without = replace(draft, quiz=(), slides=(), flashcards=(), handout=None)
    html = study_drafts.head(without, None, (), VI, part=None)
    offered = set(re.findall(r'data-act="export" data-key="([^"]+)"', html))
    assert "plan-docx" in offered
    assert not {"gift", "slides-pptx", "anki"} & offered
    everything = study_drafts.head(draft, None, (), VI, part=None)
    assert set(re.findall(r'data-act="export" data-key="([^"]+)"', everything)) == set(FORMATS)


def test_an_earlier_version_has_nothing_to_change_it_with(draft: Draft) -> None:
    html = old_version(draft, VI)
    assert set(re.findall(r'data-act="(\w+)"', html)) == {"look_back", "restore", "part"}
    assert html.count(VI.texts.differing[Sort.GONE]) >= len(draft.flashcards)
    told = VI.texts.differing_count[Sort.CHANGED].format(count=1)
    assert study_parts.inert(told) in html


def test_a_form_shows_what_could_not_be_saved(draft: Draft) -> None:
    point = draft.lessons[0].sections[1].points[0]
    html = study_forms.form_of(point, replace(VI, editing=point.id, typed={"text": "Lời đã gõ."}))
    assert "Lời đã gõ." in html
    assert study_parts.inert(point.text) not in html
    assert 'data-dirty="1"' in html


def test_the_bar_of_a_quiz_tells_which_question_it_is(draft: Draft) -> None:
    play = started([replace(item, faults=()) for item in draft.quiz], 1)
    for at in range(len(play.items)):
        html = study_playing.playing(play.go(at), VI)
        assert f'value="{at + 1}" max="{len(play.items)}"' in html
    assert VI.texts.play_far_none in html
    assert VI.texts.play_far.format(right=0, answered=1) in study_playing.playing(play.answer(("x",)), VI)


def test_the_newest_version_cannot_be_gone_back_to(draft: Draft) -> None:
    html = study_drafts.head(draft, SAVED, VERSIONS, VI, part=None)
    assert re.findall(r'data-act="restore" data-key="(\d+)"', html) == ["1"]


# ---- the form

CHOICES = Choices((), ("tỉnh Hà Tĩnh",), ("chỉ thị",), ("Ban Bí thư",), date(2019, 1, 1), date(2025, 1, 1))
FILLED: dict[str, Any] = {
    "topic": "  kết nạp\nđảng viên ",
    "audience": "cell_officer",
    "lessons": "2",
    "minutes": "90",
    "quiz_items": "12",
    "slides": "8",
    "seed": "7",
    "language": "en",
    "parts": ["plan", "quiz"],
    "quiz_kinds": "fill",
    "provinces": "tỉnh Hà Tĩnh",
    "kinds": ["chỉ thị"],
    "issued_from": "2019-02-03",
    "issued_to": "",
}


def test_the_form_says_what_is_wished() -> None:
    wish = study_form.wish_of(FILLED)
    assert (wish.topic, wish.audience, wish.lessons, wish.seed) == (
        "kết nạp đảng viên",
        Audience.CELL_OFFICER,
        2,
        7,
    )
    assert wish.parts == (Part.PLAN, Part.QUIZ)
    assert wish.kinds == (QuizKind.FILL,)
    assert wish.language == "en"
    assert wish.filters.provinces == ("tỉnh Hà Tĩnh",)
    assert [kind.value for kind in wish.filters.kinds] == ["chỉ thị"]
    assert wish.filters.issued_from == date(2019, 2, 3)
    assert study_form.wish_of({**FILLED, "quiz_kinds": [kind.value for kind in QuizKind]}).kinds == ()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"minutes": "4"}, "minutes"),
        ({"minutes": "1e3"}, "minutes"),
        ({"lessons": "٣"}, "lessons"),
        ({"lessons": "99999999999"}, "lessons"),
        ({"lessons": "20", "minutes": "90"}, "minutes_of_lessons"),
        ({"quiz_items": "-1"}, "quiz_items"),
        ({"slides": ""}, "slides"),
        ({"seed": "x"}, "seed"),
        ({"parts": []}, "parts"),
        ({"parts": HOSTILE}, "parts"),
        ({"audience": HOSTILE}, "audience"),
        ({"issued_to": "2018-01-01"}, "period"),
        ({"issued_from": HOSTILE}, "period"),
        ({"kinds": HOSTILE}, "period"),
    ],
)
def test_what_cannot_be_made_is_told_by_its_field(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(study_form.BadField) as raised:
        study_form.wish_of({**FILLED, **changed})
    assert raised.value.field == field
    for texts in (VI.texts, EN.texts):
        least, most = study_form.limits(field)
        assert "{" not in texts.bad_fields[field].format(least=least, most=most)


def test_the_form_holds_what_is_wished_and_nothing_acts() -> None:
    wish = replace(study_form.wish_of(FILLED), topic=HOSTILE)
    html = study_form.form(replace(CHOICES, places=(HOSTILE,)), VI, wish)
    html += study_form.topics([HOSTILE], VI)
    page = parsed(html)
    assert not {"img", "script"} & {tag for tag, _ in page.tags}
    ticked = [a["value"] for tag, a in page.tags if tag == "input" and "checked" in a]
    assert ticked == ["cell_officer", "plan", "quiz", "fill", "en"]
    named = {a["name"]: a.get("value") for tag, a in page.tags if a.get("type") == "number"}
    assert named == {"lessons": "2", "minutes": "90", "quiz_items": "12", "slides": "8", "seed": "7"}


def test_progress_never_goes_back_and_says_the_stage() -> None:
    parts = tuple(Part)
    total = len(parts) + 1
    steps = [Step(None, 0, total)]
    for at, part in enumerate(parts, start=1):
        steps.append(Step(part, at, total))
        if part is Part.QUIZ:
            steps += [Step(part, at, total, made, 30) for made in range(1, 31)]
    steps.append(Step(None, total, total))
    values = []
    for step in steps:
        html = study_form.progress(step, "kết nạp", parts, VI)
        found = re.search(r'value="(\d+)" max="100"', html)
        if found:
            values.append(int(found[1]))
        if step.part is not None:
            assert VI.texts.parts[step.part] in html
    assert values == sorted(values)
    assert values[-1] <= 100
    assert VI.texts.making_count.format(items=12, wanted=30) in study_form.progress(
        Step(Part.QUIZ, 3, total, 12, 30), "", parts, VI
    )
    # How long it takes until the first question is not known, and not made up.
    assert "value=" not in study_form.progress(Step(Part.QUIZ, 3, total), "", parts, VI)
    assert VI.texts.waiting in study_form.progress(None, "", parts, VI)


# ---- editing


def typed(entry: Any) -> dict[str, Any]:
    """The values of the form of an item, as a browser would send them untouched."""
    page = parsed(study_forms.form_of(entry, VI))
    values: dict[str, Any] = {}
    for tag, attributes in page.tags:
        name = attributes.get("name")
        if tag != "input" or name is None:
            continue
        if attributes.get("type") in ("radio", "checkbox"):
            if "checked" in attributes:
                values.setdefault(name, []).append(attributes["value"])
        else:
            values[name] = attributes["value"]
    values = {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in values.items()
    }
    for name, text in re.findall(
        r'<textarea name="(\w+)"[^>]*>(.*?)</textarea>', study_forms.form_of(entry, VI), re.DOTALL
    ):
        values[name] = unescape(text)
    return values


def test_a_form_that_is_sent_untouched_changes_nothing(draft: Draft) -> None:
    tried = 0
    for entry in editable(draft):
        for name, value in study_forms.edited(entry, typed(entry)).items():
            if isinstance(value, str):
                assert value.split() == getattr(entry, name).split(), (entry.id, name)
            else:
                assert value == getattr(entry, name), (entry.id, name)
            tried += 1
    assert tried > 60


def test_options_are_added_dropped_and_ticked(draft: Draft) -> None:
    item = next(item for item in draft.quiz if item.kind is QuizKind.SINGLE)
    count = len(item.options)
    values = {**typed(item), "option0": "", f"option{count}": "  mới\n ", "right": str(count)}
    options = study_forms.edited(item, values)["options"]
    assert isinstance(options, tuple)
    assert [option.text for option in options] == [*(o.text for o in item.options[1:]), "mới"]
    assert [option.right for option in options] == [False] * (count - 1) + [True]


def test_pairs_and_steps_that_are_emptied_go(draft: Draft) -> None:
    match = next(item for item in draft.quiz if item.kind is QuizKind.MATCH)
    order = next(item for item in draft.quiz if item.kind is QuizKind.ORDER)
    pairs = study_forms.edited(match, {**typed(match), "row0.0": "", "row0.1": " "})["pairs"]
    steps = study_forms.edited(order, {**typed(order), "row1.0": ""})["steps"]
    assert pairs == match.pairs[1:]
    assert steps == (order.steps[0], *order.steps[2:])


def test_an_edit_is_cut_and_set_on_its_lines() -> None:
    point = KeyPoint("k1", "a", ())
    assert study_forms.edited(point, {"text": "  hai\n\ndòng "}) == {"text": "hai dòng"}
    long = study_forms.edited(point, {"text": "x" * 9000})["text"]
    assert len(str(long)) == study_forms.LONGEST_TEXT
    card = Flashcard("t1", "a", "b", ())
    assert study_forms.edited(card, {"front": "c"}) == {"front": "c", "back": "b"}


# ---- playing


def play_of(draft: Draft, kind: QuizKind) -> Any:
    item = next(item for item in draft.quiz if item.kind is kind)
    return started([replace(item, faults=())], 3)


def test_a_question_does_not_show_its_key_before_it_is_answered(draft: Draft) -> None:
    for item in draft.quiz:
        play = started([replace(item, faults=())], 3)
        asked = study_playing.playing(play, VI)
        assert "pba-right" not in asked
        assert VI.texts.proof not in asked
        assert "pba-cite" not in asked
        if item.kind in (QuizKind.FILL, QuizKind.SHORT):
            assert study_parts.inert(item.accepted[0]) not in asked.replace(study_parts.inert(item.stem), "")
        told = study_playing.playing(play.answer(("x",)), VI)
        assert VI.texts.answered_wrong in told
        assert VI.texts.open_source in told
        for citation in study_reading.cited(item):
            assert study_parts.inert(" ".join(citation.quote.split())) in told


@pytest.mark.parametrize("kind", [QuizKind.MATCH, QuizKind.ORDER])
def test_halves_and_steps_are_shown_shuffled(draft: Draft, kind: QuizKind) -> None:
    play = play_of(draft, kind)
    html = study_playing.playing(play, VI)
    attribute = "value" if kind is QuizKind.MATCH else "data-at"
    order = [int(found) for found in re.findall(rf'(?:option|li) {attribute}="(\d+)"', html)]
    count = len(play.items[0].pairs or play.items[0].steps)
    assert order[:count] != sorted(order[:count])
    assert sorted(order[:count]) == list(range(count))


def test_the_score_offers_the_wrong_ones_again(draft: Draft) -> None:
    play = started([replace(item, faults=()) for item in draft.quiz], 1)
    html = study_playing.playing(play.go(len(play.items)), VI)
    assert study_parts.inert(VI.texts.score.format(right=0, items=len(play.items), share=0)) in html
    assert 'data-act="replay" data-key="wrong"' in html
    claim = play_of(draft, QuizKind.TRUE_FALSE)
    done = claim.answer((str(claim.items[0].truth).lower(),)).go(1)
    html = study_playing.playing(done, VI)
    assert VI.texts.score_all in html
    assert 'data-key="wrong"' not in html


def test_slides_of_every_layout_have_a_picture(draft: Draft) -> None:
    slides: tuple[Slide, ...] = draft.slides
    html = study_slides.slides(slides, VI)
    assert html.count('class="pba-slide ') == len(slides)
    assert html.count("<svg") == sum(slide.series is not None for slide in slides)


def test_a_question_can_be_moved_within_its_row_only(draft: Draft) -> None:
    quiz: tuple[QuizItem, ...] = draft.quiz
    html = study_reading.quiz(quiz, VI)
    assert re.search(rf'data-act="up" data-key="{quiz[0].id}"[^>]* disabled', html)
    assert re.search(rf'data-act="down" data-key="{quiz[-1].id}"[^>]* disabled', html)
    assert not re.search(rf'data-act="down" data-key="{quiz[0].id}"[^>]* disabled', html)
