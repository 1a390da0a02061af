"""The model that the settings name, and where its key comes from."""

from __future__ import annotations

import dataclasses
import inspect
from pathlib import Path

import pytest
from scripted_model import ScriptedModel

from assistant.errors import SettingsError
from assistant.llm.endpoint import Endpoint
from assistant.llm.opening import model_of
from assistant.llm.patience import Patience
from assistant.llm.types import Message
from assistant.setting_sections import LlmSettings
from assistant.settings import LoadedSettings, load_settings, setting_names, variable_name

KEY = "sk-bi-mat-0123"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in setting_names():
        monkeypatch.delenv(variable_name(name), raising=False)
    monkeypatch.setenv("PBA_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def settings(tmp_path: Path, text: str) -> LoadedSettings:
    file = tmp_path / "conf" / "pba.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return load_settings(file)


def refused(tmp_path: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        model_of(settings(tmp_path, text).settings)
    assert KEY not in str(caught.value)
    return str(caught.value)


def test_without_an_address_there_is_no_model(tmp_path: Path) -> None:
    assert model_of(settings(tmp_path, '[llm]\nmodel = "m"\napi_key_file = "none"\n').settings) is None


def test_the_settings_reach_the_endpoint(tmp_path: Path, scripted_model: ScriptedModel) -> None:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "key").write_text(f"\ufeff{KEY}\r\n", encoding="utf-8")
    text = (
        f'[llm]\nbase_url = "{scripted_model.base_url}"\nmodel = "mẫu"\napi_key_file = "key"\n'
        "context_window = 8192\nmax_tokens = 300\ntemperature = 0.5\n"
    )
    loaded = settings(tmp_path, text)
    model = model_of(loaded.settings)
    assert model is not None
    assert "".join(model.reply([Message("user", "Gì?")])) == "Được."
    assert (model.name, model.context_window, model.max_tokens) == ("mẫu", 8192, 300)
    asked = scripted_model.asked[0]
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert (asked.body["max_tokens"], asked.body["temperature"]) == (300, 0.5)
    assert KEY not in repr(list(loaded.effective())) + repr(loaded)
    model.close()


@pytest.mark.parametrize("content", ["", " \n", f"{KEY}\n{KEY}", "khóa", f"{KEY} x"])
def test_a_key_file_without_a_key_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content, encoding="utf-8")
    said = refused(tmp_path, '[llm]\nbase_url = "http://h/v1"\napi_key_file = "../key"\n')
    assert "llm.api_key_file" in said
    assert str(tmp_path) in said


def test_a_key_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    said = refused(tmp_path, '[llm]\nbase_url = "http://h/v1"\napi_key_file = "key"\n')
    assert str(tmp_path / "conf" / "key") in said


def test_a_key_given_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PBA_LLM__API_KEY", KEY)
    said = refused(tmp_path, '[llm]\napi_key_file = "key"\n')
    assert "llm.api_key and llm.api_key_file" in said


@pytest.mark.parametrize(
    "address", ["localhost:11434", "ftp://h/v1", "http://", f"http://me:{KEY}@h/v1", "http://h:x/v1"]
)
def test_an_address_that_is_none_is_refused(tmp_path: Path, address: str) -> None:
    assert "llm.base_url" in refused(tmp_path, f'[llm]\nbase_url = "{address}"\n')


def test_a_reply_that_fills_the_window_is_refused(tmp_path: Path) -> None:
    said = refused(tmp_path, "[llm]\ncontext_window = 1024\nmax_tokens = 1024\n")
    assert "llm.max_tokens" in said


def test_defaults_are_those_of_the_code_they_set() -> None:
    chosen, patience = LlmSettings(), Patience()
    for field in dataclasses.fields(Patience):
        if field.name != "turn":
            assert getattr(chosen, f"{field.name}_seconds") == getattr(patience, field.name)
    parameters = inspect.signature(Endpoint).parameters
    for name in ("max_tokens", "temperature", "concurrency", "retries"):
        assert getattr(chosen, name) == parameters[name].default
