"""When nothing is said to be found, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.abstain import ENGLISH, LEAST_CONFIDENCE, VIETNAMESE, Calibration, Decision, Reason, decide
from assistant.candidates import Candidate
from assistant.concepts import Concept, ConceptKind
from assistant.reading import read
from assistant.scoring import Scored

Make = Callable[..., list[Candidate]]
CALIBRATIONS = pytest.mark.parametrize("calibration", [VIETNAMESE, ENGLISH])
REACH, COSINE = st.floats(0, 1), st.floats(-1, 1)


@pytest.fixture(scope="module")
def sentences(candidates_of: Make) -> list[Candidate]:
    return candidates_of("Huyện có 420 đảng viên ở mười tám chi bộ.")


def entry(
    candidate: Candidate | None,
    *,
    reach: float = 1.0,
    dense: float | None = 0.95,
    answer: float = 1.0,
    missing: Sequence[Concept] = (),
    place: bool | None = None,
) -> Scored:
    return Scored(candidate, 1.0, reach, reach, answer, dense, tuple(missing), place)  # type: ignore[arg-type]


@CALIBRATIONS
@settings(deadline=None)
@given(REACH, REACH, COSINE)
def test_more_of_the_question_is_never_less_sure(
    calibration: Calibration, one: float, other: float, dense: float
) -> None:
    low, high = sorted((one, other))
    sure = [calibration.confidence(entry(None, reach=reach, dense=dense)) for reach in (low, high)]
    assert 0.0 <= sure[0] <= sure[1] <= 1.0


@CALIBRATIONS
@settings(deadline=None)
@given(REACH, COSINE, COSINE)
def test_a_nearer_meaning_is_never_less_sure(
    calibration: Calibration, reach: float, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    sure = [calibration.confidence(entry(None, reach=reach, dense=dense)) for dense in (low, high)]
    assert sure[0] <= sure[1]


@CALIBRATIONS
def test_both_features_can_decide(calibration: Calibration) -> None:
    def sure(reach: float, dense: float | None) -> float:
        return calibration.confidence(entry(None, reach=reach, dense=dense))

    assert sure(1.0, 0.93) > LEAST_CONFIDENCE > sure(0.0, 0.78)
    assert sure(1.0, 0.85) > sure(0.0, 0.85)
    # A sentence that was not measured counts as one that is not near.
    assert sure(1.0, None) < sure(1.0, 0.9)


def test_no_sentence_is_nothing_near() -> None:
    assert decide(read("Huyện có bao nhiêu đảng viên?"), []) == Decision((), Reason.NOTHING_NEAR)


def test_captions_alone_are_nothing_near(candidates_of: Make) -> None:
    (caption,) = candidates_of("Ảnh chụp đảng viên của huyện")
    assert caption.is_label
    assert decide(read("Huyện có bao nhiêu đảng viên?"), [entry(caption)]).reason is Reason.NOTHING_NEAR


def test_a_good_sentence_is_admitted_with_its_confidence(sentences: list[Candidate]) -> None:
    good = entry(sentences[0])
    decision = decide(read("Huyện có bao nhiêu đảng viên?"), [good])
    assert decision.admissible == (good,)
    assert decision.reason is None
    assert decision.confidence == VIETNAMESE.confidence(good)


NUMBER = Concept(("77cttw",), ConceptKind.NUMBER)
YEAR = Concept(("2015",), ConceptKind.FIGURE)


@pytest.mark.parametrize(
    ("question", "lacking", "reason"),
    [
        ("Chỉ thị số 77-CT/TW nói gì?", {"missing": [NUMBER]}, Reason.NUMBER_ABSENT),
        ("Tỉnh Cà Mau có gì mới?", {"place": False}, Reason.PLACE_ABSENT),
        ("Năm 2015 huyện làm những gì?", {"missing": [YEAR]}, Reason.PERIOD_ABSENT),
        ("Huyện có bao nhiêu đảng viên?", {"answer": 0.0}, Reason.NO_SUCH_FACT),
        ("Ai đứng ra nhận việc này?", {"answer": 0.0}, Reason.NO_SUCH_FACT),
        ("Huyện có gì mới?", {"reach": 0.0, "dense": 0.7}, Reason.TOO_LITTLE),
    ],
)
def test_each_lack_has_its_reason_and_costs_only_the_sentences_that_lack(
    candidates_of: Make, question: str, lacking: dict[str, object], reason: Reason
) -> None:
    first, second = candidates_of(
        "Huyện có 420 đảng viên ở các chi bộ.", "Xã Ba có 33 chi bộ thuộc đảng ủy xã."
    )
    reading = read(question)
    bad = entry(first, **{"place": True, **lacking})  # type: ignore[arg-type]
    good = entry(second, place=True)
    alone = decide(reading, [bad])
    assert (alone.admissible, alone.reason) == ((), reason)
    both = decide(reading, [bad, good])
    assert both.reason is None
    assert good in both.admissible
    assert (bad in both.admissible) == (reason is Reason.TOO_LITTLE)


@pytest.mark.parametrize(
    "question", ["Huyện có bao nhiêu đảng viên?", "How many members does the district have?"]
)
@settings(deadline=None)
@given(REACH, COSINE, st.floats(0, 1))
def test_the_threshold_decides(
    sentences: list[Candidate], question: str, reach: float, dense: float, least: float
) -> None:
    decision = decide(read(question), [entry(sentences[0], reach=reach, dense=dense)], least)
    assert bool(decision.admissible) == (decision.confidence >= least)
    assert (decision.reason is None) == bool(decision.admissible)
