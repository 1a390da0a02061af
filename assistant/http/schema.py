"""What a request may hold and a reply holds, as pydantic checks and the API's page shows them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import BadOption

#: The one model there is.
MODEL = "pba"


class Unsupported(BadOption):
    """A request asks for what this assistant cannot do.

    Attributes:
        parameter: which part of the request.
    """

    def __init__(self, parameter: str, message: str) -> None:
        self.parameter = parameter
        super().__init__(message)


class Part(BaseModel):
    """A part of a message; only text can be read."""

    model_config = ConfigDict(extra="ignore")

    type: str
    text: str | None = None


class ChatMessage(BaseModel):
    """A message of the conversation. Only those of the user are read."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None


class FiltersOf(BaseModel):
    """Which documents may be used; what is empty does not restrict."""

    model_config = ConfigDict(extra="forbid")

    provinces: list[str] = Field([], description='Of these places: "tỉnh Bắc Ninh", "Điện Biên".')
    kinds: list[str] = Field([], description='Of these kinds: "chỉ thị", "nghi quyet".')
    numbers: list[str] = Field([], description='With these numbers: "28-CT/TW", "Chỉ thị 28".')
    issuers: list[str] = Field([], description='Issued by these bodies, by their whole name: "Ban Bí thư".')
    issued_from: str | None = Field(None, description="Issued on this day or later: 2022-01-31, 2022.")
    issued_to: str | None = Field(None, description="Issued on this day or earlier.")
    document_ids: list[str] = Field([], description="These documents, by id.")


class StreamOptions(BaseModel):
    """How to stream."""

    model_config = ConfigDict(extra="ignore")

    include_usage: bool = Field(False, description="Send one more chunk with the tokens used.")


class ChatRequest(BaseModel):
    """A request in the form of OpenAI's chat completions. Settings of sampling are accepted and have no
    effect: an answer is quoted, or written as the owner's settings say."""

    model_config = ConfigDict(extra="allow")

    model: str = Field(description=f"`{MODEL}`.", examples=[MODEL])
    messages: list[ChatMessage] = Field(
        min_length=1,
        max_length=2_000,
        description="The last message of the user is the question, earlier ones are its history.",
        examples=[[{"role": "user", "content": "Kinh phí mở lớp lấy từ đâu?"}]],
    )
    stream: bool | None = Field(None, description="Send the answer as server-sent events.")
    stream_options: StreamOptions | None = None
    filters: FiltersOf = Field(FiltersOf(), description="Which documents may be used.")

    def turns(self) -> tuple[str, tuple[str, ...]]:
        """The question, and what the user asked before, oldest first.

        Raises:
            Unsupported: there is no message of the user, or one that is not text, or the request wants
                something that only a language model can do.
        """
        self._refuse_unsupported()
        texts = [_text(message) for message in self.messages if message.role == "user"]
        if not texts:
            raise Unsupported("messages", "There is no message with role user: the last one is the question.")
        return texts[-1], tuple(texts[:-1])

    def _refuse_unsupported(self) -> None:
        extra: dict[str, Any] = self.model_extra or {}
        for name in extra:
            if name in FiltersOf.model_fields:
                raise Unsupported(name, f'{name} belongs into "filters": {{"filters": {{"{name}": …}}}}.')
            if name in ("filter", "Filters"):
                raise Unsupported(name, f'{name} is called "filters".')
        if extra.get("n") not in (None, 1):
            raise Unsupported("n", "n can only be 1: there is one answer to a question.")
        form = extra.get("response_format")
        if form is not None and (not isinstance(form, dict) or form.get("type") != "text"):
            raise Unsupported("response_format", "response_format can only be text.")
        if extra.get("logprobs"):
            raise Unsupported("logprobs", "logprobs can only be false: an answer is no guess of a model.")
        if extra.get("tool_choice") not in (None, "none", "auto"):
            raise Unsupported("tool_choice", "tool_choice can only be none or auto: no tool is ever called.")
        if extra.get("modalities") not in (None, ["text"]):
            raise Unsupported("modalities", 'modalities can only be ["text"].')


def _text(message: ChatMessage) -> str:
    if message.content is None or isinstance(message.content, str):
        return message.content or ""
    other = next((part.type for part in message.content if part.type != "text"), None)
    if other:
        raise Unsupported("messages", f"A message has a part of type {other}; only text can be read.")
    return "\n".join(part.text or "" for part in message.content)


class UrlCitation(BaseModel):
    """Where in the message a marker stands, and where its source is."""

    start_index: int
    end_index: int
    title: str
    url: str


class Annotation(BaseModel):
    """One marker [n]. `citation` is a Citation of docs/answer-json.md, with the document's title."""

    type: Literal["url_citation"]
    url_citation: UrlCitation
    citation: dict[str, Any]


class ReplyMessage(BaseModel):
    """The answer as a message."""

    role: Literal["assistant"]
    content: str
    refusal: None
    annotations: list[Annotation]


class Choice(BaseModel):
    """The one answer."""

    index: int
    message: ReplyMessage
    logprobs: None
    finish_reason: Literal["stop"]


class Usage(BaseModel):
    """Tokens of the user's messages and of the answer, as the library's embedding model counts them."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Completion(BaseModel):
    """A reply. `answer` is the Answer of docs/answer-json.md, without `hits`."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    answer: dict[str, Any]


class Model(BaseModel):
    """A model that can be asked."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class Models(BaseModel):
    """The models there are."""

    object: Literal["list"]
    data: list[Model]


class Problem(BaseModel):
    """What is wrong, in OpenAI's form."""

    message: str
    type: str
    param: str | None
    code: str | None


class Failure(BaseModel):
    """A reply that is an error."""

    error: Problem


class Alive(BaseModel):
    """The process runs."""

    status: Literal["ok"]


class Readiness(BaseModel):
    """Whether questions can be answered, and if not, why."""

    status: Literal["ready", "unavailable"]
    documents: int | None = None
    passages: int | None = None
    model: str | None = None
    reason: str | None = None
