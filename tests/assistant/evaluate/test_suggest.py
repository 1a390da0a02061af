"""Drafted test questions: each proved by its quote, none twice, twins that the library does not answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.errors import AnswerStopped, BadWish, UnknownQuestionSet, UnreadableDraft
from assistant.evaluate.facts import check_facts
from assistant.evaluate.stated import states, states_any
from assistant.evaluate.suggest.accepted import distinct, fact_of
from assistant.evaluate.suggest.cases import case_of, facts_file, from_text, kept, to_text
from assistant.evaluate.suggest.checking import problems
from assistant.evaluate.suggest.desk import QuestionDesk, Result, Step
from assistant.evaluate.suggest.making import suggest
from assistant.evaluate.suggest.sets import QuestionSets, counts, next_id
from assistant.evaluate.suggest.types import (
    Ground,
    Order,
    Problem,
    State,
    Suggested,
    Suggestion,
    SuggestionKind,
)
from assistant.evaluate.suggest.wording import suggest_wording
from assistant.stopping import Stop
from assistant.unmarked import is_unmarked
from index.library import Library
from index.types import Filters

ORDER = Order(count=40, unmarked=0.2, english=0.0)


@pytest.fixture(scope="module")
def made(library: Library) -> Suggested:
    return suggest(library, ORDER)


def test_the_facts_stand_in_the_quotes_and_not_in_the_question(library: Library, made: Suggested) -> None:
    answerable = [one for one in made.suggestions if one.answerable]
    assert len(answerable) >= 8
    for one in answerable:
        assert one.facts
        for span in one.spans:
            assert library.document(span.document_id).text[span.start : span.end] == span.quote
        quotes = " … ".join(span.quote for span in one.spans)
        assert all(states_any(quotes, fact) for fact in one.facts), one
        assert not any(states(one.question, form) for fact in one.facts for form in fact), one


def test_what_is_not_answerable_has_no_facts_and_a_name_that_no_passage_has_with_the_fact(
    library: Library, made: Suggested
) -> None:
    twins = [one for one in made.suggestions if not one.answerable]
    assert twins
    every = [p for entry in library.documents() for p in library.passages(entry.id)]
    for one in twins:
        assert (one.facts, one.spans, one.documents) == ((), (), ())
        assert one.about.lower() in one.question.lower() or is_unmarked(one.question)
        if one.ground is Ground.NOWHERE:
            assert not any(re.search(rf"(?<!\w){re.escape(one.about)}(?!\w)", p.text) for p in every), one


def test_a_figure_that_the_library_gives_for_a_place_is_not_asked_as_unanswerable(library: Library) -> None:
    found = suggest(library, Order(count=60, kinds=(SuggestionKind.UNANSWERABLE,), unmarked=0.0))
    asked = {one.question for one in found.suggestions}
    assert not any("2023" in question and "tỉnh Lào Cai" in question for question in asked), asked
    assert not any("2019" in question and "thành phố Lào Cai" in question for question in asked), asked


def test_no_two_ask_the_same_and_every_problem_is_known(library: Library, made: Suggested) -> None:
    assert len({one.question for one in made.suggestions}) == len(made.suggestions)
    for one in made.suggestions:
        assert problems(one, library, made.suggestions) == (), one


def test_the_same_order_makes_the_same_questions(library: Library, made: Suggested) -> None:
    assert suggest(library, ORDER) == made
    assert suggest(library, replace(ORDER, seed=7)) != made


def test_kinds_counts_and_shares_are_those_asked_for(library: Library) -> None:
    only = suggest(library, Order(count=4, kinds=(SuggestionKind.NUMBER,), unmarked=1.0, english=0.0))
    assert {one.kind for one in only.suggestions} == {SuggestionKind.NUMBER}
    assert len(only.suggestions) == 4
    assert all(one.lang == "vi-nodiacritics" and is_unmarked(one.question) for one in only.suggestions)


def test_only_documents_that_the_filters_let_in_are_asked_about(library: Library) -> None:
    found = suggest(library, Order(filters=Filters(provinces=("tỉnh Lào Cai",))))
    names = {name for one in found.suggestions for name in one.documents}
    assert len(names) == 1


def test_what_is_left_out_is_told_with_an_example(made: Suggested) -> None:
    assert all(one.count > 0 and one.example for one in made.left_out)


def test_progress_is_told_and_making_can_be_stopped(library: Library) -> None:
    seen: list[tuple[int, int]] = []
    suggest(library, Order(count=3), progress=lambda done, wanted: seen.append((done, wanted)))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    stop = Stop()
    stop.now()
    with pytest.raises(AnswerStopped):
        suggest(library, Order(), stop=stop)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (Order(count=0), "0 questions"),
        (Order(unmarked=2.0), "no share"),
        (Order(filters=Filters(document_ids=("none",))), "filters"),
    ],
)
def test_orders_that_cannot_be_met(library: Library, order: Order, said: str) -> None:
    with pytest.raises(BadWish, match=said):
        suggest(library, order)


def test_an_empty_library_is_told(tmp_path: Path) -> None:
    with Library.open(tmp_path) as empty, pytest.raises(BadWish, match="empty"):
        suggest(empty, Order())


def test_a_set_is_a_facts_file_that_passes_its_check(made: Suggested, tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text(facts_file(made.suggestions), encoding="utf-8")
    cases, wrong = check_facts(path)
    assert wrong == ()
    assert cases == tuple(map(case_of, made.suggestions))


def test_strings_that_the_evaluator_takes_for_the_same_are_kept_once() -> None:
    assert distinct(["57.763", "57763"]) == ("57.763",)
    assert distinct(["30/11/2019", "ngày 30 tháng 11 năm 2019"]) == ("30/11/2019",)
    assert distinct(["20 người", "hai mươi người", "20"]) == ("20 người", "20")


def test_a_bare_figure_of_few_digits_is_no_fact() -> None:
    assert fact_of("12") == ()
    assert fact_of("1.846") == ("1.846",)
    assert fact_of("12%") == ("12%",)


# ---- edits


def _one(made: Suggested, kind: SuggestionKind = SuggestionKind.NUMBER) -> Suggestion:
    return next(one for one in made.suggestions if one.kind is kind)


def test_an_edit_that_breaks_a_question_is_marked(library: Library, made: Suggested) -> None:
    one = _one(made)

    def found(edited: Suggestion, others: tuple[Suggestion, ...] = ()) -> set[Problem]:
        return {entry.problem for entry in problems(edited, library, others)}

    assert found(one) == set()
    assert found(replace(one, question=" ? ")) == {Problem.NO_QUESTION}
    assert found(replace(one, facts=())) == {Problem.NO_FACTS}
    assert found(replace(one, spans=())) == {Problem.NO_SPAN}
    assert found(replace(one, facts=(("987.654",),))) == {Problem.NOT_IN_SPAN}
    assert Problem.GIVEN_AWAY in found(replace(one, question=f"{one.question} {one.facts[0][0]}"))
    moved = replace(one.spans[0], start=one.spans[0].start + 1, end=one.spans[0].end + 1)
    assert Problem.QUOTE_GONE in found(replace(one, spans=(moved,)))
    gone = replace(one.spans[0], document_id="gone")
    assert Problem.QUOTE_GONE in found(replace(one, spans=(gone,)))
    twice = replace(one, id="h001")
    assert found(twice, (one,)) == {Problem.DUPLICATE}
    assert found(twice, (replace(one, state=State.REJECTED),)) == set()


def test_a_question_by_hand_that_the_library_answers_is_not_unanswerable(library: Library) -> None:
    question = "Năm 2023, Đảng bộ tỉnh Lào Cai kết nạp được bao nhiêu đảng viên mới?"
    none = Suggestion("h001", SuggestionKind.UNANSWERABLE, question, ground=Ground.BY_HAND)
    assert [found.problem for found in problems(none, library)] == [Problem.MAYBE_SAID]
    other = replace(none, question="Giá vé xe buýt nội thành là bao nhiêu?")
    assert problems(other, library) == ()


# ---- sets


@pytest.fixture(params=["catalogue", "memory"])
def sets(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[QuestionSets]:
    if request.param == "memory":
        yield QuestionSets.in_memory()
        return
    with Library.open(tmp_path) as opened:
        yield QuestionSets.of(opened)


def test_decisions_last_and_the_last_one_is_undone(sets: QuestionSets, made: Suggested) -> None:
    saved = sets.add("an", "  Bộ   thử ", made)
    assert (saved.title, saved.questions, saved.left_out) == ("Bộ thử", len(made.suggestions), made.left_out)
    first, second = sets.load("an", saved.id)[:2]
    sets.decide("an", saved.id, first, State.ACCEPTED)
    sets.decide("an", saved.id, replace(second, question="Khác?"), State.EDITED)
    assert [one.id for one in kept(sets.load("an", saved.id))] == [first.id, second.id]
    assert counts(sets.load("an", saved.id))[State.PROPOSED] == len(made.suggestions) - 2
    assert sets.undo("an", saved.id) == second.id
    assert sets.question("an", saved.id, second.id) == second
    assert sets.undo("an", saved.id) == first.id
    assert sets.undo("an", saved.id) is None
    assert sets.load("an", saved.id) == made.suggestions


def test_a_question_by_hand_joins_its_set_and_goes_with_undo(sets: QuestionSets, made: Suggested) -> None:
    saved = sets.add("an", "Bộ thử", made)
    own = replace(made.suggestions[0], id=next_id(made.suggestions), question="Tự viết?")
    sets.decide("an", saved.id, own, State.EDITED)
    assert sets.load("an", saved.id)[-1].question == "Tự viết?"
    assert sets.find("an", saved.id).questions == len(made.suggestions) + 1
    assert next_id(sets.load("an", saved.id)) == "h002"
    assert sets.undo("an", saved.id) == "h001"
    assert len(sets.load("an", saved.id)) == len(made.suggestions)


def test_a_set_that_was_deleted_is_gone(sets: QuestionSets, made: Suggested) -> None:
    saved = sets.add("an", "Bộ thử", made)
    assert [one.id for one in sets.listed("an")] == [saved.id]
    sets.delete("an", saved.id)
    assert sets.listed("an") == ()
    for act in (sets.load, sets.find, sets.undo, sets.delete):
        with pytest.raises(UnknownQuestionSet):
            act("an", saved.id)


def test_a_question_as_text_is_read_back(made: Suggested) -> None:
    for one in made.suggestions:
        assert from_text(to_text(one)) == one
    with pytest.raises(UnreadableDraft):
        from_text('{"id": "s001"}')


# ---- the desk


def test_a_trial_scores_the_assistant_and_names_what_failed(assistant: Assistant, made: Suggested) -> None:
    desk = QuestionDesk(assistant)
    right = next(one for one in made.suggestions if "1.846" in str(one.facts))
    wrong = replace(right, id="h001", question="Giá vé xe buýt là bao nhiêu?")
    *steps, found = desk.running((right, wrong), Stop())
    assert steps == [Step(0, 2), Step(1, 2), Step(2, 2)]
    assert isinstance(found, Result)
    assert (found.cases, found.right, found.score) == (2, 1, 0.5)
    assert [(one.id, one.question) for one in found.failed] == [("h001", wrong.question)]


def test_a_quote_is_found_by_its_words(assistant: Assistant) -> None:
    desk = QuestionDesk(assistant)
    found = desk.quotes("lớp bồi dưỡng nhận thức 417 quần chúng ưu tú", 5)
    assert "417" in found[0].quote
    assert desk.quotes("  ", 5) == ()
    own = Suggestion("h001", SuggestionKind.NUMBER, "?", spans=found[:1])
    [citation] = desk.citations(own)
    assert (citation.marker, citation.quote) == (1, found[0].quote)


def test_both_languages_have_words_for_everything() -> None:
    for language in ("vi", "en"):
        words = suggest_wording(language)
        for mapping, names in (
            (words.kinds, SuggestionKind),
            (words.states, State),
            (words.grounds, Ground),
            (words.problems, Problem),
        ):
            assert set(mapping) == set(names)
    assert set(suggest_wording("vi").said) == set(suggest_wording("en").said)
