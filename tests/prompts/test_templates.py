"""Templates exist in both languages and refuse to be half filled."""

from __future__ import annotations

import pytest

from prompts import LANGUAGES, TemplateError, load, names, render, version


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", names())
def test_every_template_loads_in_every_language(name: str, language: str) -> None:
    assert load(name, language).needs == load(name, "vi").needs


def test_a_missing_variable_is_refused() -> None:
    with pytest.raises(TemplateError, match="place"):
        render("place_absent", "vi")


def test_an_unknown_variable_is_refused() -> None:
    with pytest.raises(TemplateError, match="nothing"):
        render("not_found", "vi", nothing=1)


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(TemplateError, match="no template"):
        render("no_such", "vi")


def test_values_are_put_in_as_they_are() -> None:
    assert "<b>{{ x }}</b>" in render("place_absent", "vi", place="<b>{{ x }}</b>")


def test_every_text_has_a_version_of_its_own() -> None:
    versions = {version(name, language) for name in names() for language in LANGUAGES}
    assert len(versions) == len(names()) * len(LANGUAGES)
    assert all(len(text) == 12 for text in versions)


def test_an_unknown_template_has_no_version() -> None:
    with pytest.raises(TemplateError, match="no template"):
        version("no_such", "vi")
