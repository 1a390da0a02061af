"""Settings: where values come from, what is refused and how, and that secrets stay secret."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from assistant.errors import SettingsError
from assistant.extract import Limits
from assistant.naming import nearest, suggestion
from assistant.retrieve import Retrieval
from assistant.settings import Settings, Source, load_settings, setting_names, variable_name
from index.searching import DEFAULT_POOL, DEFAULT_WEIGHT_DENSE
from ingest.options import ReadOptions


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory and home, and an environment without settings."""
    for name in setting_names():
        monkeypatch.delenv(variable_name(name), raising=False)
    home = tmp_path / "home"
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.setenv("PBA_HOME", str(home))
    monkeypatch.chdir(work)
    return work


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def value_of(name: str, config: Path | None = None) -> tuple[object, Source, str]:
    [found] = [entry for entry in load_settings(config).effective() if entry.name == name]
    return found.value, found.source, found.where


def test_without_file_or_variable_every_value_is_a_default(tmp_path: Path) -> None:
    loaded = load_settings()
    assert loaded.file is None
    assert {entry.name for entry in loaded.effective() if entry.source is not Source.DEFAULT} == {"home"}
    assert loaded.settings.library_directory == tmp_path / "home" / "library"


def test_the_environment_wins_over_the_file_key_by_key(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(elsewhere / "pba.toml", "[retrieval]\ntop_k = 3\npool = 70\n")
    monkeypatch.setenv("PBA_RETRIEVAL__TOP_K", "4")
    assert value_of("retrieval.top_k") == (4, Source.ENVIRONMENT, "PBA_RETRIEVAL__TOP_K")
    assert value_of("retrieval.pool") == (70, Source.FILE, str(file))
    assert value_of("retrieval.weight_dense") == (0.6, Source.DEFAULT, "")


def test_one_file_is_read_the_named_one_then_here_then_home(elsewhere: Path, tmp_path: Path) -> None:
    write(tmp_path / "home" / "pba.toml", "[server]\nport = 1001\n[answer]\nmax_words = 50\n")
    assert value_of("server.port")[0] == 1001
    write(elsewhere / "pba.toml", "[server]\nport = 1002\n")
    assert value_of("server.port")[0] == 1002
    assert value_of("answer.max_words")[1] is Source.DEFAULT
    named = write(tmp_path / "other.toml", "[server]\nport = 1003\n")
    assert value_of("server.port", named)[0] == 1003


def test_paths_in_a_file_are_relative_to_the_file(tmp_path: Path) -> None:
    file = write(tmp_path / "etc" / "pba.toml", '[library]\ndirectory = "kho"\n')
    assert load_settings(file).settings.library_directory == tmp_path / "etc" / "kho"


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PBA_SERVER__PORT", "")
    assert value_of("server.port") == (7860, Source.DEFAULT, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[retrieval]\ntopk = 3", "Unknown setting retrieval.topk"),
        ("[retrieval]\ntopk = 3", "Did you mean retrieval.top_k?"),
        ("[retreival]\ntop_k = 3", "Unknown setting retreival"),
        ("top_k = 3", "Did you mean retrieval.top_k?"),
        ("retrieval = 3", "retrieval is a section; write [retrieval] above its keys"),
        ("[retrieval]\ntop_k = 0", "retrieval.top_k"),
        ("[retrieval]\nweight_dense = 1.5", "less than or equal to 1 (it is 1.5)"),
        ('language = "fr"', "'vi' or 'en'"),
        ("[retrieval\n", "not valid TOML"),
        ('[embedding]\nbase_url = "ftp://x"', "must start with http:// or https://"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_what_would_fit(
    elsewhere: Path, text: str, said: str
) -> None:
    file = write(elsewhere / "pba.toml", text)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert said in str(refused.value)
    assert str(file) in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("PBA_RETRIEVAL__TOPK", "3", "Did you mean PBA_RETRIEVAL__TOP_K?"),
        ("PBA_RETREIVAL__TOP_K", "3", "Did you mean PBA_RETRIEVAL__TOP_K?"),
        ("PBA_QQQQ", "3", "Known are: PBA_HOME"),
        ("PBA_RETRIEVAL", "{}", "Unknown variable PBA_RETRIEVAL"),
        ("PBA_SERVER__PORT", "high", "Bad value for variable PBA_SERVER__PORT"),
        ("PBA_SERVER__PORT", "70000", "65535"),
    ],
)
def test_a_bad_variable_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert said in str(refused.value)
    assert variable in str(refused.value)


@pytest.mark.parametrize(
    "make", [lambda path: None, lambda path: path.mkdir(), lambda path: path.write_bytes(b"\xff")]
)
def test_a_named_file_that_cannot_be_read_is_refused(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "x.toml"
    make(path)
    with pytest.raises(SettingsError, match=r"x\.toml"):
        load_settings(path)


def test_secrets_are_never_shown(monkeypatch: pytest.MonkeyPatch, elsewhere: Path) -> None:
    monkeypatch.setenv("PBA_EMBEDDING__API_KEY", "sk-bi-mat")
    write(elsewhere / "pba.toml", '[library]\ndatabase_url = "postgresql://a:bi-mat@h/d"\n')
    loaded = load_settings()
    assert loaded.settings.embedding.api_key == SecretStr("sk-bi-mat")
    everything = json.dumps([str(entry) for entry in loaded.effective()]) + repr(loaded) + str(loaded)
    assert "bi-mat" not in everything
    assert value_of("embedding.api_key")[0] == "********"
    monkeypatch.setenv("PBA_SERVER__PORT", "x")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert "bi-mat" not in str(refused.value)


def test_a_secret_of_the_wrong_type_is_not_repeated(elsewhere: Path) -> None:
    write(elsewhere / "pba.toml", '[embedding]\napi_key = ["bi-mat"]\n')
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert "bi-mat" not in str(refused.value)


def test_settings_cannot_be_changed_afterwards() -> None:
    settings = load_settings().settings
    with pytest.raises(ValidationError):
        settings.retrieval.top_k = 9  # type: ignore[misc]
    with pytest.raises(ValidationError):
        settings.language = "en"  # type: ignore[misc]


def test_defaults_are_those_of_the_code_they_set() -> None:
    settings = Settings()
    options = ReadOptions()
    for name in ("max_bytes", "max_characters", "max_pages", "timeout_seconds", "ocr", "ocr_language"):
        assert getattr(settings.ingest, name) == getattr(options, name), name
    assert Retrieval(**settings.retrieval.model_dump()) == Retrieval()
    assert settings.retrieval.pool == DEFAULT_POOL
    assert settings.retrieval.weight_dense == DEFAULT_WEIGHT_DENSE
    limits = Limits(words=settings.answer.max_words, statements=settings.answer.max_statements)
    assert limits == Limits()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("retreival.top_k", "retrieval.top_k"), ("topk", "retrieval.top_k"), ("xyz", None)],
)
def test_the_nearest_name(typed: str, meant: str | None) -> None:
    assert nearest(typed, setting_names()) == meant


def test_what_is_like_nothing_is_told_what_there_is() -> None:
    assert suggestion("xyz", ["a.b", "a.c", "d"]) == " Known are: a.*, d."
