"""An OpenAI-compatible endpoint that says what a script tells it to, over real HTTP.

``ScriptedModel.script`` takes one reply for each coming request; the last one stays. A reply is

- text, streamed word by word;
- a list of steps: strings (a piece of the text each) and ``Pause``, ``Hang``, ``Cut``, ``Raw``, ``Delta``,
  ``Finish``; the end of the stream is added where no step ends it;
- ``Refuse``: a status with a body instead of a reply;
- a function of the request's messages (``[{"role": …, "content": …}, …]``) that gives one of these.
"""

from __future__ import annotations

import json
import re
import select
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Messages = list[dict[str, str]]


@dataclass(frozen=True)
class Pause:
    """Nothing is sent for so long; before the first other step, no headers either."""

    seconds: float


@dataclass(frozen=True)
class Hang:
    """Nothing is sent any more, and the connection stays open until the client ends it."""


@dataclass(frozen=True)
class Cut:
    """The connection breaks; ``politely`` as if the body ended there."""

    politely: bool = False


@dataclass(frozen=True)
class Raw:
    """These bytes, as they are, as part of the body."""

    data: bytes


@dataclass(frozen=True)
class Delta:
    """A chunk with this ``delta``, for what is no plain text."""

    delta: Mapping[str, Any]


@dataclass(frozen=True)
class Finish:
    """The last chunk, with this reason; ``[DONE]`` follows."""

    reason: str = "stop"


@dataclass(frozen=True)
class Refuse:
    """A status instead of a reply. ``body``: text as it is, else JSON."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


Step = str | Pause | Hang | Cut | Raw | Delta | Finish
Steps = str | Refuse | Sequence[Step]
Reply = Steps | Callable[[Messages], Steps]


@dataclass(frozen=True)
class Asked:
    """A request that came."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def messages(self) -> Messages:
        return list(self.body.get("messages", ()))


class _Gone(Exception):
    """The client has ended the connection, or the script has."""


class ScriptedModel:
    """The endpoint. Set its attributes before a request comes.

    Attributes:
        models: entries of ``/models``; ids, or whole entries.
        usage: tokens it reports, where asked to; ``None`` reports none.
        streams: whether it can stream; one that cannot answers with one JSON all the same.
        chunked_by: bytes of each HTTP chunk, whatever they hold; ``None`` sends each event in one.
        unknown: parameters that it refuses with 400, naming them, with the words of the refusal.
        asked: the requests to ``/chat/completions``, in the order they came.
        listed: how often ``/models`` was asked for; the first ``failures_of_list`` times it fails.
        abandoned: set once a client went away before its reply ended.
        at_once: the most requests that were under way at one time.
    """

    def __init__(self) -> None:
        self.models: list[str | dict[str, Any]] = ["mẫu"]
        self.usage: tuple[int, int] | None = (100, 20)
        self.streams = True
        self.chunked_by: int | None = None
        self.unknown: dict[str, str] = {}
        self.asked: list[Asked] = []
        self.listed = 0
        self.failures_of_list = 0
        self.abandoned = threading.Event()
        self.at_once = 0
        self._replies: list[Reply] = ["Được."]
        self._under_way = 0
        self._lock = threading.Lock()
        outer = self

        class Handler(_Handler):
            endpoint = outer

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, request: Any, client_address: Any) -> None:
                """Keep the test's output clean: clients that go away are what is tested."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.base_url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        # Asked how often to look whether it should end: tests should not wait half a second for that.
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def script(self, *replies: Reply) -> None:
        """What the coming requests get; the last reply is given to all further ones."""
        assert replies
        with self._lock:
            self._replies = list(replies)

    def close(self) -> None:
        """No connection is taken any more; those that hang end."""
        self._server.shutdown()
        self._server.server_close()

    def _next(self, asked: Asked) -> Steps:
        with self._lock:
            self.asked.append(asked)
            reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        return reply(asked.messages) if callable(reply) else reply

    def _enter(self, by: int) -> None:
        with self._lock:
            self._under_way += by
            self.at_once = max(self.at_once, self._under_way)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    endpoint: ScriptedModel

    def setup(self) -> None:
        super().setup()
        # Each chunk in a packet of its own, as soon as it is written.
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""

    def do_GET(self) -> None:
        if not self.path.endswith("/models"):
            return self._send(404, {"error": {"message": "not found"}})
        self.endpoint.listed += 1
        if self.endpoint.listed <= self.endpoint.failures_of_list:
            return self._send(503, None)
        entries = [
            {"id": entry, "object": "model"} if isinstance(entry, str) else entry
            for entry in self.endpoint.models
        ]
        return self._send(200, {"object": "list", "data": entries})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        endpoint = self.endpoint
        for name, words in endpoint.unknown.items():
            if name in body or any(message["role"] == name for message in body["messages"]):
                endpoint.asked.append(Asked(self.path, headers, body))
                return self._send(400, {"error": {"message": words}})
        steps = endpoint._next(Asked(self.path, headers, body))
        if isinstance(steps, Refuse):
            return self._send(steps.status, steps.body, steps.headers)
        endpoint._enter(1)
        try:
            if body.get("stream") and endpoint.streams:
                self._stream(steps, body)
            else:
                self._whole(steps, body)
        except _Gone:
            self.close_connection = True
        except (ConnectionError, OSError):
            endpoint.abandoned.set()
            self.close_connection = True
        finally:
            endpoint._enter(-1)
        return None

    # ---- ways to answer

    def _send(self, status: int, body: Any, headers: Mapping[str, str] = {}) -> None:
        text = body if isinstance(body, str) else json.dumps(body or {"error": {"message": "scripted"}})
        data = text.encode()
        with suppress(ConnectionError):
            self.send_response(status)
            kind = "text/html" if isinstance(body, str) else "application/json"
            for name, value in {"Content-Type": kind, **headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

    def _whole(self, steps: str | Sequence[Step], body: Mapping[str, Any]) -> None:
        reason = "stop"
        text = ""
        for step in [steps] if isinstance(steps, str) else steps:
            match step:
                case str():
                    text += step
                case Finish():
                    reason = step.reason
                case Pause():
                    self._wait(step.seconds)
                case Hang():
                    self._wait(None)
                case _:
                    raise AssertionError(f"{step} is for a stream")
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": reason}
        self._send(200, self._frame(body, "chat.completion", [choice], usage=True))

    def _stream(self, steps: str | Sequence[Step], body: Mapping[str, Any]) -> None:
        pieces: list[Step] = list(re.findall(r"\S*\s*", steps)[:-1] if isinstance(steps, str) else steps)
        if not any(isinstance(step, Finish | Cut | Hang) for step in pieces):
            pieces.append(Finish())
        begun = False
        for step in pieces:
            if isinstance(step, Pause | Hang):
                self._wait(step.seconds if isinstance(step, Pause) else None)
                continue
            if not begun:
                begun = True
                self._begin()
                self._event(self._chunk(body, {"role": "assistant", "content": ""}))
            match step:
                case str():
                    self._event(self._chunk(body, {"content": step}))
                case Delta():
                    self._event(self._chunk(body, dict(step.delta)))
                case Raw():
                    self._write(step.data)
                case Cut():
                    if step.politely:
                        self.wfile.write(b"0\r\n\r\n")
                    else:
                        self.connection.shutdown(socket.SHUT_RDWR)
                    raise _Gone
                case Finish():
                    self._event(self._chunk(body, {}, step.reason))
                    if body.get("stream_options", {}).get("include_usage") and self.endpoint.usage:
                        self._event(self._frame(body, "chat.completion.chunk", [], usage=True))
                    self._write(b"data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    # ---- parts of an answer

    def _begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _chunk(self, body: Mapping[str, Any], delta: dict[str, Any], reason: str | None = None) -> Any:
        return self._frame(
            body, "chat.completion.chunk", [{"index": 0, "delta": delta, "finish_reason": reason}]
        )

    def _frame(
        self, body: Mapping[str, Any], kind: str, choices: list[Any], *, usage: bool = False
    ) -> dict[str, Any]:
        frame = {"id": "1", "object": kind, "created": 0, "model": body.get("model"), "choices": choices}
        if usage and self.endpoint.usage:
            tokens_in, tokens_out = self.endpoint.usage
            frame["usage"] = {
                "prompt_tokens": tokens_in,
                "completion_tokens": tokens_out,
                "total_tokens": tokens_in + tokens_out,
            }
        return frame

    def _event(self, value: Any) -> None:
        self._write(b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n")

    def _write(self, data: bytes) -> None:
        size = self.endpoint.chunked_by or len(data)
        for start in range(0, len(data), size):
            if self._gone(0):
                self.endpoint.abandoned.set()
                raise _Gone
            part = data[start : start + size]
            self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")

    def _wait(self, seconds: float | None) -> None:
        """Send nothing for so long, for ever where ``None``, or until the client goes away."""
        until = None if seconds is None else time.monotonic() + seconds
        while until is None or time.monotonic() < until:
            if self._gone(0.02):
                self.endpoint.abandoned.set()
                raise _Gone

    def _gone(self, seconds: float) -> bool:
        """Whether the client ended the connection, looked at for so long."""
        try:
            readable, _, _ = select.select([self.connection], [], [], seconds)
            return bool(readable) and self.connection.recv(1, socket.MSG_PEEK) == b""
        except (ConnectionError, OSError, ValueError):
            return True
