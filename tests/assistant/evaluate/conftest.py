"""The twelve cases beside the tests, and what scores them without a model."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the cases are a module beside the tests

import twelve_cases

from assistant.evaluate.scores import CaseScore


@pytest.fixture(scope="session")
def scores() -> tuple[CaseScore, ...]:
    """The twelve cases, scored."""
    return twelve_cases.scored()
