"""Opens the language model that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import SettingsError
from assistant.setting_sections import LlmSettings, is_key

if TYPE_CHECKING:
    from assistant.llm.endpoint import Endpoint
    from assistant.settings import Settings


def model_of(settings: Settings) -> Endpoint | None:
    """The model of ``llm.base_url``, ``None`` where that is not set. Nothing is asked of it yet.

    Raises:
        SettingsError: ``llm.api_key_file`` cannot be read, or holds no key.
    """
    chosen = settings.llm
    if chosen.base_url is None:
        return None
    from assistant.llm.endpoint import Endpoint
    from assistant.llm.patience import Patience

    return Endpoint(
        chosen.base_url,
        chosen.model,
        api_key=key_of(chosen),
        context_window=chosen.context_window,
        max_tokens=chosen.max_tokens,
        temperature=chosen.temperature,
        patience=Patience(
            connect=chosen.connect_seconds,
            first_word=chosen.first_word_seconds,
            between_words=chosen.between_words_seconds,
            total=chosen.total_seconds,
        ),
        concurrency=chosen.concurrency,
        retries=chosen.retries,
    )


def key_of(chosen: LlmSettings) -> str | None:
    """The key, given or read from its file; ``None`` where neither is set. Raises ``SettingsError``."""
    if chosen.api_key is not None:
        return chosen.api_key.get_secret_value()
    if chosen.api_key_file is None:
        return None
    file, rule = chosen.api_key_file, "It must hold the key and nothing else."
    try:
        key = file.read_text(encoding="utf-8-sig").strip()
    except OSError as error:
        raise SettingsError(f"llm.api_key_file {file}: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise SettingsError(f"llm.api_key_file {file}: not text. {rule}") from None
    if not is_key(key):
        what = "empty" if not key else "more than one line, or characters that no key has"
        raise SettingsError(f"llm.api_key_file {file}: {what}. {rule}")
    return key
