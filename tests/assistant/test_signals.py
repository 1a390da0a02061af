"""What speaks for an answer is measured on real hits, and weighed by numbers that are data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Assistant
from assistant.reading import read
from assistant.retrieve import Retrieval, retrieve
from assistant.scoring import Scored
from assistant.signals import Calibration, Signals, calibration, measure
from index.library import Library
from index.types import Filters, Hit, Signal

NAMES = [field.name for field in fields(Signals)]
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])
ANSWERED = "Thành phố Lào Cai mở mấy lớp bồi dưỡng nhận thức về Đảng?"
UNANSWERED = "Cách nấu phở bò bằng nồi áp suất như thế nào?"


def found_for(assistant: Assistant, question: str) -> tuple[list[Scored], Sequence[Hit]]:
    reading = read(question)
    hits = retrieve(assistant.library, reading, Filters(), Retrieval())
    return [entry for entry in assistant.quotation.score(reading, hits) if not entry.candidate.is_label], hits


def signals_of(assistant: Assistant, question: str) -> Signals:
    kept, hits = found_for(assistant, question)
    return measure(read(question), kept, hits, assistant.vocabulary)


# ---- measured


def test_every_signal_but_the_unknown_is_larger_for_a_question_that_is_answered(assistant: Assistant) -> None:
    answered, not_answered = signals_of(assistant, ANSWERED), signals_of(assistant, UNANSWERED)
    for name in ("own", "reach", "answer", "meaning", "meaning_lead", "passage", "passage_lead", "lexical"):
        assert getattr(answered, name) > getattr(not_answered, name), name
    assert answered.unknown < not_answered.unknown


@pytest.mark.parametrize(
    "question", [ANSWERED, UNANSWERED, "How many classes did Lao Cai city open?", "Vì sao?"]
)
def test_shares_are_shares_and_leads_are_never_negative(assistant: Assistant, question: str) -> None:
    signals = signals_of(assistant, question)
    for share in (signals.own, signals.reach, signals.answer, signals.unknown):
        assert 0.0 <= share <= 1.0
    assert signals.own <= signals.reach
    for cosine in (signals.meaning, signals.passage):
        assert -1.0 <= cosine <= 1.0
    assert signals.meaning_lead >= 0.0
    assert signals.passage_lead >= 0.0
    assert signals.lexical >= 0.0


def test_signals_are_those_of_the_best_sentences_and_passages(assistant: Assistant) -> None:
    kept, hits = found_for(assistant, ANSWERED)
    signals = measure(read(ANSWERED), kept, hits, assistant.vocabulary)
    cosines = [hit.scores[Signal.DENSE] for hit in hits if Signal.DENSE in hit.scores]
    assert signals.passage == max(cosines)
    assert signals.passage_lead == pytest.approx(max(cosines) - sum(cosines) / len(cosines))
    assert signals.meaning == max(entry.dense for entry in kept if entry.dense is not None)
    assert signals.own == max(entry.own for entry in kept[:3])
    worse = measure(read(ANSWERED), kept[3:], hits, assistant.vocabulary)
    assert worse.own < signals.own
    assert worse.passage == signals.passage


def test_the_unknown_share_is_that_of_words_no_document_has(assistant: Assistant) -> None:
    kept, hits = found_for(assistant, ANSWERED)
    known = measure(read("bồi dưỡng nhận thức"), kept, hits, assistant.vocabulary)
    half = measure(read("bồi dưỡng nhận thức xyzt uvwx"), kept, hits, assistant.vocabulary)
    none = measure(read("xyzt uvwx"), kept, hits, assistant.vocabulary)
    assert 0.0 == known.unknown < half.unknown < none.unknown == 1.0


def test_without_vectors_nothing_is_near_and_nothing_leads(assistant: Assistant, library: Library) -> None:
    kept, _ = found_for(assistant, ANSWERED)
    hits = library.search(ANSWERED, weight_dense=0.0)
    assert hits
    bare = [replace(entry, dense=None) for entry in kept]
    signals = measure(read(ANSWERED), bare, hits, assistant.vocabulary)
    assert (signals.meaning_lead, signals.passage_lead) == (0.0, 0.0)
    measured = measure(read(ANSWERED), kept, hits, assistant.vocabulary)
    assert signals.meaning == signals.passage < measured.meaning
    assert signals.lexical > 0.0
    assert measure(read(ANSWERED), bare, [], assistant.vocabulary).lexical == 0.0


# ---- weighed


def test_the_calibration_is_of_both_languages_and_of_signals_there_are() -> None:
    data = json.loads(files("assistant").joinpath("calibration.json").read_text(encoding="utf-8"))
    assert set(data) == {"vi", "en"}
    for language, model in data.items():
        assert set(model) == {"weights", "intercept", "least"}
        assert set(model["weights"]) <= set(NAMES)
        assert 0.0 < model["least"] < 1.0
        assert calibration(language) == Calibration(model["weights"], model["intercept"], model["least"])


SIGNALS = st.builds(Signals, **{name: st.floats(-1, 2) for name in NAMES})


@LANGUAGES
@settings(deadline=None)
@given(SIGNALS, st.sampled_from(NAMES), st.floats(0, 1))
def test_confidence_is_a_probability_and_follows_the_sign_of_each_weight(
    language: str, signals: Signals, name: str, more: float
) -> None:
    model = calibration(language)
    raised = replace(signals, **{name: getattr(signals, name) + more})
    before, after = model.confidence(signals), model.confidence(raised)
    assert 0.0 <= before <= 1.0
    weight = model.weights.get(name, 0.0)
    if weight > 0:
        assert after >= before
    elif weight < 0:
        assert after <= before
    else:
        assert after == before


@LANGUAGES
def test_a_strong_signal_moves_the_confidence(language: str) -> None:
    model = calibration(language)
    usual = Signals(0.6, 0.7, 0.5, 0.87, 0.03, 0.86, 0.03, 2.0, 0.1)
    for name in ("reach", "meaning", "passage", "passage_lead"):
        better = replace(usual, **{name: getattr(usual, name) + 0.05})
        assert model.confidence(better) > model.confidence(usual)


@LANGUAGES
def test_the_terms_add_up_to_the_confidence(language: str) -> None:
    model = calibration(language)
    signals = Signals(0.6, 0.7, 0.5, 0.87, 0.03, 0.86, 0.03, 2.0, 0.1)
    terms = model.terms(signals)
    assert set(terms) == set(model.weights)
    assert terms["reach"] == pytest.approx(model.weights["reach"] * asdict(signals)["reach"])
    even = Calibration(model.weights, -sum(terms.values()), 0.5)
    assert even.confidence(signals) == pytest.approx(0.5)


@LANGUAGES
def test_a_question_that_is_answered_is_surer_than_the_threshold_and_another_is_not(
    assistant: Assistant, language: str
) -> None:
    answered, other = {
        "vi": (ANSWERED, UNANSWERED),
        "en": (
            "How many party members did Lao Cai province admit in 2023?",
            "How do I cook beef soup at home?",
        ),
    }[language]
    model = calibration(language)
    assert model.confidence(signals_of(assistant, answered)) > model.least
    assert model.confidence(signals_of(assistant, other)) < model.least
