"""The sections of the settings, each with its keys, their defaults and limits."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, SecretStr, field_validator, model_validator


class Section(BaseModel):
    """Refuses what is no setting."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LibrarySettings(Section):
    """Where the documents are kept."""

    directory: Path | None = Field(
        None, description="Folder of the library; unset means `library` inside `home`."
    )
    database_url: SecretStr | None = Field(
        None,
        description="SQLAlchemy URL of a shared catalogue (PostgreSQL); unset means SQLite in the folder.",
    )

    @field_validator("directory")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return None if value is None else value.expanduser().absolute()


class EmbeddingSettings(Section):
    """What turns text into vectors."""

    model: str = Field(
        "bundled",
        min_length=1,
        description="`bundled`, a sentence-transformers model (hub name or folder), or the model's name at "
        "`embedding.base_url`.",
    )
    base_url: str | None = Field(
        None, description="OpenAI-compatible endpoint that computes the vectors, e.g. `http://host:8000/v1`."
    )
    api_key: SecretStr | None = Field(None, description="Key for that endpoint; never printed.")
    batch_size: PositiveInt | None = Field(
        None, le=4096, description="Passages embedded together; unset means what was measured best."
    )
    threads: PositiveInt | None = Field(
        None, le=1024, description="Processor threads for embedding; unset means all there are."
    )
    device: str | None = Field(
        None,
        min_length=1,
        description="Torch device, e.g. `cpu` or `cuda:0`; unset means a GPU if there is one.",
    )
    query_prefix: str | None = Field(
        None, description="Put before a question; unset means what the model was trained with."
    )
    passage_prefix: str | None = Field(
        None, description="Put before a passage; unset means what the model was trained with."
    )
    max_passage_tokens: int = Field(
        256, ge=32, le=8192, description="Longest passage, in tokens of the model, special ones included."
    )

    @field_validator("base_url")
    @classmethod
    def _http(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value


class IngestSettings(Section):
    """Limits for reading files."""

    max_bytes: PositiveInt = Field(64 * 1024 * 1024, description="Largest file that is read, in bytes.")
    max_characters: PositiveInt = Field(10_000_000, description="Longest text of one file, in characters.")
    max_pages: PositiveInt = Field(3_000, description="Most pages of one file.")
    timeout_seconds: float = Field(
        180.0, gt=0, description="Longest time for one file, or for one page of a scan, in seconds."
    )
    ocr: bool = Field(True, description="Recognise text on scanned pages and images (needs Tesseract).")
    ocr_language: str = Field(
        "vie", pattern=r"^\w+(\+\w+)*$", description="Tesseract's name of the language, e.g. `vie+eng`."
    )
    ocr_workers: PositiveInt | None = Field(
        None, le=256, description="Pages recognised at once; unset means one per processor, at most 8."
    )


class RetrievalSettings(Section):
    """How passages are found."""

    top_k: PositiveInt = Field(14, le=200, description="Passages a search returns.")
    pool: PositiveInt = Field(50, le=2_000, description="Candidates taken from each signal before fusion.")
    weight_dense: float = Field(
        0.6, ge=0.0, le=1.0, description="Weight of meaning in the fused score; words get the rest."
    )
    reranker: str | None = Field(
        None,
        min_length=1,
        description="Cross-encoder that reorders the first 20 passages, by hub name or folder; "
        "unset means none.",
    )


class AnswerSettings(Section):
    """How an answer is put together."""

    max_words: PositiveInt = Field(120, le=2_000, description="Longest answer, in words.")
    max_statements: PositiveInt = Field(6, le=50, description="Most sentences quoted in one answer.")


class ServerSettings(Section):
    """Where the chat page listens."""

    host: str = Field("127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(7860, ge=0, le=65_535, description="Port to listen on; 0 takes a free one.")
    edit_documents: bool | None = Field(
        None,
        description="Let the page add, edit and remove documents; unset means where it listens on this "
        "machine only.",
    )
    api_key: SecretStr | None = Field(
        None,
        min_length=8,
        description="Key that programs must send; unset means none on this machine, and no programs from "
        "others.",
    )


class LlmSettings(Section):
    """The language model that writes fluent answers, where there is one."""

    base_url: str | None = Field(
        None,
        description="OpenAI-compatible endpoint of a language model, e.g. `http://localhost:11434/v1`; unset "
        "means none: answers are exact quotations.",
    )
    model: str | None = Field(
        None, min_length=1, description="The model's name there; unset means the first that it lists."
    )
    api_key: SecretStr | None = Field(None, min_length=1, description="Key for that endpoint; never printed.")
    api_key_file: Path | None = Field(
        None, description="File that holds this key, instead of `llm.api_key`; read once, at the start."
    )
    context_window: int | None = Field(
        None,
        ge=1024,
        description="Tokens that the model can read and write at once; unset means what the endpoint tells, "
        "else 4096.",
    )
    max_tokens: int = Field(
        1024, ge=64, description="Longest reply that is asked for, in tokens, reasoning included."
    )
    temperature: float = Field(
        0.0, ge=0.0, le=2.0, description="How freely the model chooses its words; 0 repeats itself."
    )
    connect_seconds: float = Field(5.0, gt=0, description="Longest wait for a connection, in seconds.")
    first_word_seconds: float = Field(
        30.0,
        gt=0,
        description="Longest wait for the first word, in seconds, retries included; then exact quotations "
        "answer.",
    )
    between_words_seconds: float = Field(
        15.0, gt=0, description="Longest silence after the first word, in seconds."
    )
    total_seconds: float = Field(120.0, gt=0, description="Longest time for a whole reply, in seconds.")
    concurrency: PositiveInt = Field(4, le=1024, description="Requests to the endpoint at one time.")
    retries: int = Field(
        2,
        ge=0,
        le=10,
        description="How often a request is repeated when the endpoint is overloaded (429), broken (5xx) or "
        "refuses the connection.",
    )
    verification: Literal["strict", "mark", "off"] = Field(
        "strict",
        description="What becomes of sentences that the documents do not bear out: `strict` withholds them, "
        "`mark` shows them marked, `off` shows all without checking them.",
    )
    cache: bool = Field(True, description="Keep the model's answers for the same question.")
    rewrite: bool = Field(
        True, description="Let the model complete questions that follow up on earlier ones."
    )
    translate: bool = Field(
        True, description="Let the model translate quotes for a reader of another language, beside them."
    )

    @field_validator("base_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            parts = urlsplit(value)
            parts.port  # noqa: B018 - reading it checks it
        except ValueError:
            raise ValueError("must be an address like http://localhost:11434/v1") from None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must start with http:// or https:// and name a machine")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("must not carry a name, password or query; the key goes into llm.api_key")
        return value

    @field_validator("api_key")
    @classmethod
    def _key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not is_key(value.get_secret_value()):
            raise ValueError("must be one line of ASCII characters without spaces")
        return value

    @field_validator("api_key_file")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return None if value is None else value.expanduser().absolute()

    @model_validator(mode="after")
    def _fits(self) -> LlmSettings:
        if self.api_key is not None and self.api_key_file is not None:
            raise ValueError("llm.api_key and llm.api_key_file are both given; keep one of them")
        if self.context_window is not None and self.max_tokens >= self.context_window:
            raise ValueError(
                f"llm.max_tokens ({self.max_tokens}) must be smaller than llm.context_window "
                f"({self.context_window}), which holds the question and the passages too"
            )
        return self


def is_key(value: str) -> bool:
    """Whether a text can be sent as a bearer token."""
    return value.isascii() and value.isprintable() and bool(value) and " " not in value
