"""Any OpenAI-compatible embeddings endpoint (``POST {base_url}/embeddings``)."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx
import numpy as np

from index.embedding.engine import MAX_QUERY_CHARACTERS
from index.embedding.text import clean
from index.errors import EmbeddingFailed, ModelMissing
from index.types import Vectors

#: Texts in one request.
BATCH_SIZE = 32
#: Tokens a passage may have. Endpoints do not tell their model's window; 512 is the smallest common.
MAX_TOKENS = 512
#: How often a request is repeated after 429 or a 5xx.
RETRIES = 4
#: Longest wait between two tries, in seconds, also where ``Retry-After`` asks for more.
LONGEST_WAIT = 20.0


class EndpointEmbedder:
    """Embeds through HTTP. Safe to call from several threads.

    Args:
        model: the name the endpoint knows the model by.
        base_url: e.g. ``https://host/v1``; ``/v1`` is added where the address has no path.
        api_key: sent as bearer token; never part of a message.
        timeout: seconds for one request.
        first_wait: seconds before the first repetition; doubled each time.

    Raises:
        ModelMissing: ``base_url`` is not an http address, ``model`` is empty, or ``api_key`` cannot be one.
    """

    def __init__(
        self,
        model: str,
        base_url: str,
        *,
        api_key: str | None = None,
        batch_size: int | None = None,
        query_prefix: str = "",
        passage_prefix: str = "",
        max_tokens: int = MAX_TOKENS,
        timeout: float = 60.0,
        first_wait: float = 0.5,
    ) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ModelMissing(
                f"embedding.base_url is {base_url!r}, not an address. Set one like http://localhost:8000/v1."
            )
        if not model.strip():
            raise ModelMissing(
                "embedding.model is empty. Set it to the name the endpoint knows the model by."
            )
        self._model = model
        base = base_url.rstrip("/")
        self._url = (base if parts.path.strip("/") else f"{base}/v1") + "/embeddings"
        if api_key and not (api_key.isascii() and api_key.isprintable()):
            raise ModelMissing("embedding.api_key has characters no key has. Set it again.")
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._client = httpx.Client(
            timeout=httpx.Timeout(timeout, connect=min(timeout, 10.0)), headers=headers
        )
        self._batch_size = batch_size or BATCH_SIZE
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        self._max_tokens = max_tokens
        self._first_wait = first_wait
        self._dimension: int | None = None

    @property
    def name(self) -> str:
        """The model's name with its prefixes; where it is served does not change its vectors."""
        prefixes = self._query_prefix, self._passage_prefix
        return f"endpoint/{self._model}" + (f"+{prefixes!r}" if any(prefixes) else "")

    @property
    def dimension(self) -> int:
        """Length of a vector, asked of the endpoint once."""
        if self._dimension is None:
            self._embed(["dimension"])
        assert self._dimension is not None
        return self._dimension

    @property
    def max_tokens(self) -> int:
        """Tokens a passage may have, by the estimate of ``count_tokens``."""
        return self._max_tokens

    def count_tokens(self, text: str) -> int:
        """An estimate, on the high side: half the UTF-8 bytes, plus two.

        The endpoint's tokenizer is not known. Vietnamese takes about 0.2 tokens a byte in
        multilingual models and 0.35 in byte-pair vocabularies made for English.
        """
        return (len((self._passage_prefix + clean(text)).encode()) + 1) // 2 + 2

    def sentences(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of a few short texts, shape ``(len(texts), dimension)``."""
        return self.passages(texts)

    def query(self, text: str) -> Vectors:
        """Unit vector of a question, shape ``(dimension,)``."""
        vector: Vectors = self._embed([self._query_prefix + clean(text[:MAX_QUERY_CHARACTERS])])[0]
        return vector

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape ``(len(texts), dimension)``."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        ready = [self._passage_prefix + clean(text) for text in texts]
        return np.concatenate(
            [self._embed(ready[i : i + self._batch_size]) for i in range(0, len(ready), self._batch_size)]
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _embed(self, texts: list[str]) -> Vectors:
        # Some servers refuse an empty input; a space is the same to every tokenizer.
        request = {"model": self._model, "input": [text or " " for text in texts], "encoding_format": "float"}
        return self._vectors(self._post(request), len(texts))

    def _post(self, request: dict[str, Any]) -> httpx.Response:
        """The first answer that is not 429 or 5xx, if it is a success."""
        wait = self._first_wait
        for attempt in range(RETRIES + 1):
            try:
                response = self._client.post(self._url, json=request)
            except httpx.TimeoutException as error:
                raise EmbeddingFailed(
                    f"{self._url} did not answer in time. Check embedding.base_url, or set a smaller "
                    "embedding.batch_size."
                ) from error
            except httpx.HTTPError as error:
                raise EmbeddingFailed(
                    f"{self._url} cannot be reached ({error}). Check embedding.base_url and that it runs."
                ) from error
            busy = response.status_code == 429 or response.status_code >= 500
            if not busy or attempt == RETRIES:
                break
            time.sleep(min(LONGEST_WAIT, _retry_after(response) or wait * random.uniform(0.8, 1.2)))
            wait *= 2
        if not response.is_success:
            raise EmbeddingFailed(f"{self._url} answered {response.status_code}. {_advice(response)}")
        return response

    def _vectors(self, response: httpx.Response, count: int) -> Vectors:
        try:
            data = sorted(response.json()["data"], key=lambda item: int(item["index"]))
            rows = [np.asarray(item["embedding"], dtype=np.float32) for item in data]
        except (ValueError, KeyError, TypeError) as error:
            raise EmbeddingFailed(
                f"{self._url} answered with something that is no list of embeddings ({error!r}). "
                "Set embedding.base_url to an OpenAI-compatible endpoint."
            ) from error
        if len(rows) != count or [int(item["index"]) for item in data] != list(range(count)):
            raise EmbeddingFailed(f"{self._url} answered with {len(rows)} vectors for {count} texts.")
        expected = self._dimension or rows[0].size
        if any(row.ndim != 1 or row.size != expected or row.size == 0 for row in rows):
            sizes = sorted({row.size for row in rows})
            raise EmbeddingFailed(
                f"{self._url} answered with vectors of {sizes} numbers where {expected} were expected. "
                "Check embedding.model."
            )
        vectors = np.stack(rows)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(vectors).all() or not lengths.all():
            raise EmbeddingFailed(f"{self._url} answered with a vector that is zero or not finite.")
        self._dimension = expected
        return np.asarray(vectors / lengths, dtype=np.float32)


def _retry_after(response: httpx.Response) -> float | None:
    try:
        return max(0.0, float(response.headers["Retry-After"]))
    except (KeyError, ValueError):
        return None


def _advice(response: httpx.Response) -> str:
    if response.status_code in (401, 403):
        return "Set embedding.api_key to a key it accepts."
    if response.status_code == 404:
        return "Check embedding.base_url (usually ends in /v1) and embedding.model."
    if response.status_code in (400, 413, 422):
        said = " ".join(response.text.split())[:200]
        return f"It said: {said!r}. Check embedding.model, or set a smaller embedding.batch_size."
    return "It is overloaded or broken; try again later."
