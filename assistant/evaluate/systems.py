"""Other systems to score on equal terms: a Python callable, an OpenAI-compatible server, a LlamaIndex engine.

What a system does not tell (what it found, how certain it is, what it cites) is not held against it: those
measures do not apply. Whether it abstained is taken from what it tells, else from its words.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Mapping, Sequence, Set
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from assistant.errors import BadOption
from assistant.evaluate.response import Claim, Place, Response, System
from ingest.sentences import sentences

_MARKER = re.compile(r"\s*\[(\d+)\]")
_MARKERS = re.compile(r"\s*\[(\d+(?:\s*[,;]\s*\d+)*)\]")
#: Says that there is no answer, at the beginning of one.
_ABSTAINS = re.compile(
    r"^\W*(?:rất tiếc,? |xin lỗi,? |sorry,? |unfortunately,? |i'?m sorry,? (?:but )?)?"
    r"(?:(?:tôi )?(?:không (?:tìm thấy|tìm được|có thông tin|có dữ liệu|có câu trả lời|đủ thông tin|biết"
    r"|thể trả lời)|chưa (?:tìm thấy|có thông tin))"
    r"|(?:các )?(?:tài liệu|ngữ cảnh|văn bản|đoạn trích|thông tin)(?: được cung cấp| đã cho| trên| này)?"
    r" (?:không|chưa) (?:có|nêu|đề cập|nói|chứa|cung cấp|cho biết|trả lời)"
    r"|(?:i )?(?:do not|don't|cannot|can't|could not|couldn't) (?:know|find|answer|determine)"
    r"|(?:there is )?(?:no|not enough) (?:information|answer|mention|relevant)"
    r"|the (?:provided |given )?(?:context|documents?|information|text|passages?)"
    r"(?: information| provided| given)?"
    r" (?:do(?:es)? not|don't|doesn't|provide no)|not found|unknown\W*$|n/a\W*$|empty response\W*$)",
    re.IGNORECASE,
)
_TIMEOUT = 120.0


def abstains(text: str) -> bool:
    """Whether an answer in words is none: it is empty, or begins by saying that the documents have none."""
    return not text.strip() or _ABSTAINS.match(text) is not None


def response_of_text(
    text: str, contexts: Sequence[Place] | None = None, *, abstained: bool | None = None, **more: Any
) -> Response:
    """An answer in plain words as a response.

    Each sentence is a claim; its markers "[2]", "[1][3]" cite those of ``contexts``, 1-based. A marker that
    stands alone behind a full stop belongs to the sentence before it.

    Args:
        contexts: what was found, best first; ``None`` where that is not told.
        abstained: ``None`` to take it from the words.
        more: further fields of ``Response``.
    """
    silent = abstains(text) if abstained is None else abstained
    if silent:
        return Response((), abstained=True, hits=_tuple(contexts), **more)
    # "… 27. [1]" → "… 27 [1].": the marker is of the sentence that it follows.
    text = re.sub(r"([.!?…]+)((?:\s*\[\d+(?:\s*[,;]\s*\d+)*\])+)", r"\2\1", text)
    claims = []
    marked = False
    for start, end in sentences(text):
        written = text[start:end]
        numbers = [int(n) for found in _MARKERS.findall(written) for n in re.findall(r"\d+", found)]
        known = [n for n in dict.fromkeys(numbers) if contexts and 0 < n <= len(contexts)]
        marked = marked or bool(known)
        said = _MARKERS.sub("", written) if known else written
        if said.strip():
            claims.append(Claim(said.strip(), tuple(contexts[n - 1] for n in known) if contexts else ()))
    return Response(tuple(claims), hits=_tuple(contexts), cites=marked, **more)


class CallableSystem:
    """A Python callable ``(question, history) → answer``.

    The answer is a ``Response``, a text, or a mapping with ``text`` and, as far as they are known,
    ``contexts`` (best first, each with ``document`` and ``text``, perhaps ``start`` and ``end``),
    ``abstained``, ``confidence``, ``tokens_in``, ``tokens_out``. Markers "[1]" in the text cite the contexts.
    """

    def __init__(self, call: Callable[[str, Sequence[str]], Any], name: str = "") -> None:
        self._call = call
        self.name = name or getattr(call, "__name__", type(call).__name__)

    def ask(self, question: str, history: Sequence[str]) -> Response:
        """Call it. Raises what it raises, and ``TypeError`` for an answer of another form."""
        found = self._call(question, history)
        if isinstance(found, Response):
            return found
        if isinstance(found, str):
            return response_of_text(found)
        if not isinstance(found, Mapping) or not isinstance(found.get("text"), str):
            raise TypeError(
                f"{self.name} gave {type(found).__name__}; expected a text or a mapping with one."
            )
        told = found.get("contexts")
        contexts = None if told is None else [Place(**context) for context in told]
        known = ("confidence", "tokens_in", "tokens_out")
        return response_of_text(
            found["text"],
            contexts,
            abstained=found.get("abstained"),
            **{name: found[name] for name in known if name in found},
        )


class OpenAISystem:
    """A server with OpenAI's ``/chat/completions``. Earlier questions are asked before, as turns of one talk.

    Where the reply carries this project's annotations and status, citations and abstention are taken from
    them; of another server's, the words are all there is.

    Args:
        base_url: as far as ``/v1``.
        api_key: sent as a bearer token.
        timeout: seconds for one reply.
        client: to send with, for tests.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        api_key: str | None = None,
        timeout: float = _TIMEOUT,
        client: httpx.Client | None = None,
    ) -> None:
        self._url = base_url.rstrip("/") + "/chat/completions"
        self._model = model
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._client = client or httpx.Client(timeout=timeout)
        self._client.headers.update(headers)
        self.name = f"{model} @ {httpx.URL(base_url).host}"

    def ask(self, question: str, history: Sequence[str]) -> Response:
        """Ask. Raises ``httpx.HTTPError`` where the server fails, ``KeyError`` where it talks otherwise."""
        messages: list[dict[str, str]] = []
        reply: dict[str, Any] = {}
        for turn in [*history, question]:
            messages.append({"role": "user", "content": turn})
            body = {"model": self._model, "messages": messages, "temperature": 0}
            sent = self._client.post(self._url, json=body)
            sent.raise_for_status()
            reply = sent.json()
            messages.append({"role": "assistant", "content": _content(reply)})
        usage = reply.get("usage") or {}
        counts = {"tokens_in": usage.get("prompt_tokens"), "tokens_out": usage.get("completion_tokens")}
        if isinstance(reply.get("answer"), dict) and "statements" in reply["answer"]:
            return _from_answer(reply["answer"], counts)
        return response_of_text(_content(reply), **counts)


class LlamaIndexSystem:
    """A LlamaIndex query engine: whatever's ``query`` gives an object with ``response`` and ``source_nodes``.

    Markers "[1]" in the answer, as ``CitationQueryEngine`` writes them, cite its nodes. An engine takes no
    history: earlier questions stand before the question, a line each.

    Args:
        document_key: where the metadata of a node names its document.
    """

    def __init__(self, engine: Any, name: str = "LlamaIndex", *, document_key: str = "file_name") -> None:
        self._engine = engine
        self._key = document_key
        self.name = name

    def ask(self, question: str, history: Sequence[str]) -> Response:
        """Query it."""
        found = self._engine.query("\n".join([*history, question]))
        contexts = []
        for scored in found.source_nodes:
            node = scored.node
            name = str(node.metadata.get(self._key, node.ref_doc_id or node.node_id))
            contexts.append(Place(name, node.text, node.start_char_idx, node.end_char_idx))
        return response_of_text(str(found.response or ""), contexts)


def system_named(
    text: str, *, model: str = "", api_key: str | None = None, timeout: float | None = None
) -> System:
    """The system that a command names: an address of a server, or ``module:attribute``.

    The attribute is a callable, or has ``ask`` and ``name`` as ``System`` has.

    Raises:
        BadOption: it is neither, or cannot be imported.
    """
    if text.startswith(("http://", "https://")):
        if not model:
            raise BadOption(f"--system {text}: a server needs --model, the name of the model to ask for.")
        return OpenAISystem(text, model, api_key=api_key, timeout=timeout or _TIMEOUT)
    module, colon, attribute = text.partition(":")
    if not colon or not attribute:
        raise BadOption(f"--system {text}: expected an address (http://…/v1) or module:attribute.")
    if (here := str(Path.cwd())) not in sys.path:
        sys.path.insert(0, here)
    try:
        found = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise BadOption(f"--system {text}: cannot be imported ({error}).") from None
    if hasattr(found, "ask") and hasattr(found, "name"):
        known: System = found
        return known
    if not callable(found):
        raise BadOption(f"--system {text}: {attribute} is neither callable nor has ask and name.")
    return CallableSystem(found, text)


def _content(reply: Mapping[str, Any]) -> str:
    return str(reply["choices"][0]["message"].get("content") or "")


def _from_answer(answer: Mapping[str, Any], counts: Mapping[str, Any]) -> Response:
    """The response in an answer of this project's own server (docs/answer-json.md)."""
    claims = []
    for statement in answer["statements"]:
        cited = statement["citations"]
        own = {int(citation["marker"]) for citation in cited}
        text = _MARKER.sub(partial(_less_own, own), statement["text"])
        places = (Place(c["document_id"], c["quote"], c["start"], c["end"]) for c in cited)
        claims.append(Claim(text.strip(), tuple(places)))
    return Response(
        tuple(claims),
        abstained=answer["status"] == "not_found",
        cites=True,
        understood=answer.get("standalone", ""),
        **counts,
    )


def _less_own(own: Set[int], marker: re.Match[str]) -> str:
    return "" if int(marker[1]) in own else marker[0]


def _tuple(places: Sequence[Place] | None) -> tuple[Place, ...] | None:
    return None if places is None else tuple(places)
