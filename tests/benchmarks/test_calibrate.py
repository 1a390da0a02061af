"""The calibration is fitted by what tells answered questions from others."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from assistant.signals import Calibration, Signals

pytest.importorskip("sklearn", reason="scikit-learn is not installed; run: pip install scikit-learn")
CORPUS = Path("documents")


@pytest.fixture(scope="module")
def calibrate() -> ModuleType:
    path = Path(__file__).with_name("calibrate.py")
    spec = importlib.util.spec_from_file_location("pba_calibrate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def signals(reach: float, noise: float) -> Signals:
    return Signals(noise, reach, noise, 0.85, 0.03, 0.85, 0.03, noise, noise)


def samples(calibrate: ModuleType) -> list[object]:
    """Answered questions reach far, the others do not; everything else is chance."""
    chance = np.random.default_rng(7)
    made: list[object] = []
    for number in range(80):
        answered = number % 2 == 0
        reach = chance.uniform(0.6, 1.0) if answered else chance.uniform(0.0, 0.5)
        measured = signals(reach, chance.uniform())
        made.append(calibrate.Sample(f"set {number % 4}", CORPUS, "vi", answered, measured))
    return made


def test_a_fit_finds_the_signal_that_tells_them_apart(calibrate: ModuleType) -> None:
    found = samples(calibrate)
    weights, intercept = calibrate.fit(found, calibrate.NAMES)
    assert set(weights) == set(calibrate.NAMES)
    assert weights["reach"] > 0
    spread = calibrate.table(found, calibrate.NAMES).std(0)
    moved = {name: abs(weights[name]) * by for name, by in zip(calibrate.NAMES, spread, strict=True)}
    assert max(moved, key=moved.__getitem__) == "reach"
    sure = calibrate.confidence((weights, intercept), found, calibrate.NAMES)
    answered = np.array([sample.answered for sample in found])
    assert sure[answered].min() > sure[~answered].max()
    # What is stored is what the engine computes.
    model = Calibration(weights, intercept, 0.5)
    assert [model.confidence(sample.signals) for sample in found] == pytest.approx(list(sure))


def test_a_rule_that_decided_leaves_no_row(calibrate: ModuleType) -> None:
    decided = calibrate.Sample("set", CORPUS, "vi", True, None)
    assert calibrate.table([decided, *samples(calibrate)], ["reach"]).shape == (80, 1)


@pytest.mark.parametrize(("answered", "least"), [(1.0, 0.2), (0.75, 0.4), (0.5, 0.6), (0.01, 0.8)])
def test_the_threshold_keeps_the_share_that_is_to_be_answered(
    calibrate: ModuleType, answered: float, least: float
) -> None:
    values = np.array([0.205, 0.405, 0.605, 0.805])
    assert calibrate.threshold([values], answered) == pytest.approx(least)


def test_a_small_set_counts_as_much_as_a_large_one(calibrate: ModuleType) -> None:
    large, small = np.full(100, 0.9), np.array([0.3])
    assert calibrate.threshold([large, small], 0.5) == pytest.approx(0.9)
    assert calibrate.threshold([large, small], 0.6) == pytest.approx(0.3)
    assert calibrate.threshold([np.zeros(3)], 1.0) == 0.01
