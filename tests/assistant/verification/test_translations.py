"""A translation agrees with its quote in figures, dates, names and denials, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.types import DifferenceKind
from assistant.verification.translations import translation_differences

LINES = (Path(__file__).parent / "translations.tsv").read_text(encoding="utf-8").splitlines()
PAIRS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]
#: What a careless translation may put for something else, as whole words.
TURNED = (
    ("did not", "did"),
    ("do not", "do"),
    ("are not", "are"),
    ("have no", "have"),
    ("does not", "does"),
    ("rose", "fell"),
    ("fell", "rose"),
    ("at least", "at most"),
    ("over", "under"),
    ("More than", "Less than"),
    ("except", "including"),
    ("not counting", "counting"),
    ("is", "is not"),
    ("held", "did not hold"),
    ("has", "has not"),
    ("had", "did not have"),
)


def altered() -> Iterator[tuple[str, str]]:
    """Each digit of each translation exchanged for the next, and each word above for its opposite."""
    for quote, translation in PAIRS:
        for digit in re.finditer(r"\d", translation):
            at = digit.start()
            other = str((int(digit.group()) + 1) % 10)
            yield quote, translation[:at] + other + translation[at + 1 :]
        for said, turned in TURNED:
            wrong = re.sub(rf"\b{said}\b", turned, translation, count=1)
            if wrong != translation:
                yield quote, wrong


ALTERED = list(altered())


@pytest.mark.parametrize(("quote", "translation"), PAIRS)
def test_a_faithful_translation_agrees(quote: str, translation: str) -> None:
    assert translation_differences(quote, translation, language="en") == ()


@pytest.mark.parametrize(("quote", "translation"), ALTERED)
def test_a_translation_that_changes_a_digit_or_a_direction_does_not(quote: str, translation: str) -> None:
    assert translation_differences(quote, translation, language="en")


@pytest.mark.parametrize(("quote", "translation"), PAIRS)
def test_it_makes_no_difference_which_of_the_two_is_the_quote(quote: str, translation: str) -> None:
    assert translation_differences(translation, quote, language="vi") == ()


def test_what_differs_is_told() -> None:
    quote, said = "Huyện có 46 chi bộ.", "The district has 47 cells."
    found = translation_differences(quote, said, language="en")
    assert [(one.kind, one.said, one.cited) for one in found] == [
        (DifferenceKind.NUMBER, "47", ""),
        (DifferenceKind.NUMBER, "", "46"),
    ]


def test_a_text_in_the_language_of_the_quote_is_no_translation() -> None:
    quote = "Huyện có 46 chi bộ."
    assert translation_differences(quote, quote, language="en")
