"""Requests to an OpenAI-compatible endpoint, and what comes back, as chunks or as failures."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
from httpx_sse import EventSource

from assistant.llm import failures
from assistant.llm.chunks import Chunk, NotAChunk, read_chunk
from assistant.looping import MARK

if TYPE_CHECKING:
    from llama_index.llms.openai_like import OpenAILike
    from openai import AsyncOpenAI

_DONE = "[DONE]"


class Connection:
    """An endpoint's address and key, over the client that LlamaIndex's ``OpenAILike`` holds.

    Only what is given here is used. Variables of the environment that OpenAI's and HTTP clients heed
    elsewhere are not: a proxy, a key, an organisation or further headers that were set for other programs
    would send passages, or secrets, where nobody meant them to go. The one exception are
    ``SSL_CERT_FILE`` and ``SSL_CERT_DIR``, which tell which certificates this machine trusts. Redirects are
    not followed.

    Args:
        base_url: e.g. ``http://localhost:11434/v1``; ``/v1`` is added where the address has no path.
        connect: seconds until a connection stands.
    """

    def __init__(self, base_url: str, *, api_key: str | None = None, connect: float = 5.0) -> None:
        # The whole address of a request is what people find in examples.
        base = base_url.rstrip("/").removesuffix("/chat/completions")
        self.base_url = base if urlsplit(base).path.strip("/") else f"{base}/v1"
        self._key = api_key
        self._connect = connect
        self._plug: OpenAILike | None = None
        self._lock = threading.Lock()

    def plug(self) -> OpenAILike:
        """LlamaIndex's model at this endpoint; its import takes a second or two, the first time.

        Raises:
            RequestFailed: the certificates that the environment names cannot be read.
        """
        with self._lock:
            if self._plug is None:
                self._plug = self._made()
            return self._plug

    def _made(self) -> OpenAILike:
        from llama_index.llms.openai_like import OpenAILike
        from openai import AsyncOpenAI

        http = httpx.AsyncClient(
            timeout=httpx.Timeout(None, connect=self._connect),
            limits=httpx.Limits(max_connections=None),
            trust_env=False,
            verify=self._certificates(),
            follow_redirects=False,
        )
        client = AsyncOpenAI(
            api_key=self._key or "none",
            base_url=self.base_url,
            max_retries=0,
            http_client=http,
        )
        # The constructor takes these from the environment, whatever it is given.
        client.organization = client.project = None
        client._custom_headers = {}
        return OpenAILike(
            model="",
            api_base=self.base_url,
            api_key=self._key or "none",
            is_chat_model=True,
            max_retries=0,
            async_openai_client=client,
            # Not used, but made from the environment if it is not given.
            http_client=httpx.Client(trust_env=False),
        )

    async def chunks(self, body: Mapping[str, Any]) -> AsyncGenerator[Chunk]:
        """Ask, and give what comes in. One that is no stream gives a single chunk.

        The last chunk has a ``finish``, unless ``[DONE]`` came without one. Closing the iterator, or
        cancelling the task, ends the request.

        Raises:
            RequestFailed: no connection, a status that is no success, or a reply that breaks off.
        """
        with self._told():
            async with self._client().chat.completions.with_streaming_response.create(
                **body, extra_headers=self._headers()
            ) as made:
                response = made.http_response
                kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                with self._broken_off():
                    if kind in ("text/html", "application/xhtml+xml"):
                        raise failures.no_reply(self.base_url, "a web page")
                    if kind.endswith("json"):
                        await response.aread()
                        yield _whole(response.text, self.base_url)
                        return
                    async for chunk in self._streamed(response):
                        yield chunk

    async def models(self) -> list[dict[str, Any]]:
        """The entries of ``/models`` that have an id. Raises ``RequestFailed``."""
        with self._told():
            response = await self._client().get(
                "/models", cast_to=httpx.Response, options={"headers": self._headers()}
            )
        try:
            entries = response.json()["data"]
            return [entry for entry in entries if isinstance(entry, dict) and entry.get("id")]
        except (ValueError, KeyError, TypeError):
            raise failures.no_reply(self.base_url, "something else than a list of models") from None

    async def close(self) -> None:
        """Close the connections."""
        if self._plug is not None:
            plug, self._plug = self._plug, None
            await plug._get_aclient().close()

    def _client(self) -> AsyncOpenAI:
        client: AsyncOpenAI = self.plug()._get_aclient()
        return client

    def _certificates(self) -> ssl.SSLContext:
        try:
            return httpx.create_ssl_context(trust_env=True)
        except OSError as error:
            reason = f"SSL_CERT_FILE or SSL_CERT_DIR of the environment cannot be read: {error}"
            raise failures.unreachable(self.base_url, reason, again=False) from error

    def _headers(self) -> Any:
        """Without a key, nothing in its place: some gateways refuse one that they do not know."""
        from openai import omit

        return MARK if self._key else {**MARK, "Authorization": omit}

    async def _streamed(self, response: httpx.Response) -> AsyncIterator[Chunk]:
        # The events are UTF-8 whatever the header says, and some servers call them plain text.
        response.headers["content-type"] = "text/event-stream; charset=utf-8"
        finished = False
        async for event in EventSource(response).aiter_sse():
            data = event.data.strip()
            if data == _DONE:
                return
            # An event without data is a sign of life only.
            if not data:
                continue
            try:
                chunk = read_chunk(data)
            except NotAChunk as error:
                raise failures.broken_off(self.base_url, f"a chunk is damaged ({error})") from None
            finished = finished or bool(chunk.finish)
            yield chunk
        if not finished:
            raise failures.broken_off(self.base_url, "it ended before it was complete")

    @contextlib.contextmanager
    def _broken_off(self) -> Iterator[None]:
        """The connection ended within a response."""
        try:
            yield
        except httpx.HTTPError as error:
            reason = str(error) or type(error).__name__
            raise failures.broken_off(self.base_url, reason) from error

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """What the client raises, as ``RequestFailed``."""
        import openai

        try:
            yield
        except openai.APIStatusError as error:
            said, code = failures.words_of(error.body, error.response.text)
            if self._key:
                # Some gateways repeat a key that they refuse.
                said = said.replace(self._key, "…")
            after = failures.retry_after(error.response.headers)
            raise failures.of_status(self.base_url, error.status_code, said, code, after) from error
        except openai.APITimeoutError as error:
            raise failures.unreachable(self.base_url, "no connection in time", again=False) from error
        except openai.APIConnectionError as error:
            reason = str(error.__cause__ or error) or type(error.__cause__).__name__
            raise failures.unreachable(self.base_url, reason, again=True) from error


def _whole(text: str, base_url: str) -> Chunk:
    """A reply that came in one JSON."""
    try:
        chunk = read_chunk(text)
    except NotAChunk:
        raise failures.no_reply(base_url, "something else than JSON") from None
    if chunk.error is None and not chunk.finish:
        if not chunk.text:
            raise failures.no_reply(base_url, "JSON without a choice")
        # Some servers leave the reason out of a whole reply; that it is whole is what counts.
        return Chunk(chunk.text, chunk.thinks, "stop", chunk.usage)
    return chunk
