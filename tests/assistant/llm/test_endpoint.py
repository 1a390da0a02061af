"""A language model behind an endpoint, against a real HTTP server that does everything servers do."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from scripted_model import Cut, Delta, Finish, Hang, Pause, Raw, Refuse, ScriptedModel

from assistant.llm.circuit import Circuit, CircuitState
from assistant.llm.endpoint import SMALLEST_WINDOW, Endpoint
from assistant.llm.errors import Failing, ModelFailed
from assistant.llm.patience import Patience
from assistant.llm.types import LanguageModel, Message, Reply

QUESTION = [Message("system", "Chỉ dùng tài liệu."), Message("user", "Có bao nhiêu đảng viên?")]
KEY = "khoa-bi-mat-123"


@pytest.fixture
def open_endpoint(scripted_model: ScriptedModel) -> Iterator[Callable[..., Endpoint]]:
    made: list[Endpoint] = []

    def start(**options: Any) -> Endpoint:
        options = {"model": "mẫu", "api_key": KEY, "first_wait": 0.01, **options}
        made.append(Endpoint(options.pop("base_url", scripted_model.base_url), **options))
        # The first import takes seconds, which the tests that wait for a part of one must not see.
        made[-1].connection.plug()
        return made[-1]

    yield start
    for endpoint in made:
        endpoint.close()


@pytest.fixture
def endpoint(open_endpoint: Callable[..., Endpoint]) -> Endpoint:
    return open_endpoint()


def failure_of(reply: Reply) -> ModelFailed:
    with pytest.raises(ModelFailed) as caught:
        list(reply)
    assert KEY not in str(caught.value)
    return caught.value


# ---- a reply


def test_a_reply_streams_in_with_its_usage(scripted_model: ScriptedModel, endpoint: Endpoint) -> None:
    model: LanguageModel = endpoint
    scripted_model.script(["Có ", "57.763 ", "đảng viên [1]."])
    reply = model.reply(QUESTION, max_tokens=50)
    assert list(reply) == ["Có ", "57.763 ", "đảng viên [1]."]
    assert (reply.usage.tokens_in, reply.usage.tokens_out, reply.usage.counted) == (100, 20, True)
    assert not reply.cut
    asked = scripted_model.asked[0]
    assert asked.messages == [{"role": m.role, "content": m.content} for m in QUESTION]
    assert asked.body["max_tokens"] == 50
    assert asked.body["temperature"] == 0
    assert asked.body["model"] == "mẫu"
    assert asked.headers["authorization"] == f"Bearer {KEY}"


def test_the_first_piece_is_there_before_the_last_is_written(
    scripted_model: ScriptedModel, endpoint: Endpoint
) -> None:
    scripted_model.script(["một ", Hang()])
    reply = endpoint.reply(QUESTION)
    assert next(iter(reply)) == "một "
    assert not reply.finished


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_characters_are_whole_however_the_network_parts_them(
    scripted_model: ScriptedModel, endpoint: Endpoint, size: int
) -> None:
    scripted_model.chunked_by = size
    text = "Đồng chí Giàng Thị Mẩy, 57.763 đảng viên ở Điện Biên 🎉 «ậ»."
    scripted_model.script([*text])
    pieces = list(endpoint.reply(QUESTION))
    assert "".join(pieces) == text
    assert all(pieces)


def test_halves_of_a_character_in_two_chunks_are_joined(
    scripted_model: ScriptedModel, endpoint: Endpoint
) -> None:
    halves = [
        Raw(b'data: {"choices": [{"delta": {"content": "a\\ud83c"}}]}\n\n'),
        Raw(b'data: {"choices": [{"delta": {"content": "\\udf89b"}}]}\n\n'),
    ]
    scripted_model.script([*halves, Finish()])
    assert list(endpoint.reply(QUESTION)) == ["a", "🎉b"]


def test_a_reply_that_was_too_long_says_so(scripted_model: ScriptedModel, endpoint: Endpoint) -> None:
    scripted_model.script(["Có 57", Finish("length")])
    reply = endpoint.reply(QUESTION)
    assert "".join(reply) == "Có 57"
    assert reply.cut


def test_where_the_endpoint_does_not_count_usage_is_estimated(
    scripted_model: ScriptedModel, endpoint: Endpoint
) -> None:
    scripted_model.usage = None
    scripted_model.script("Có năm mươi bảy nghìn đảng viên.")
    reply = endpoint.reply(QUESTION)
    text = "".join(reply)
    assert not reply.usage.counted
    assert reply.usage.tokens_out == endpoint.count(text) > 0
    assert reply.usage.tokens_in > sum(endpoint.count(message.content) for message in QUESTION)


def test_no_key_sends_no_authorisation(
    scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint]
) -> None:
    list(open_endpoint(api_key=None).reply(QUESTION))
    assert "authorization" not in scripted_model.asked[0].headers


def test_what_the_environment_sets_for_other_programs_is_not_used(
    scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("OPENAI_API_KEY", "another-key")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_ORG_ID", "another-organisation")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "another-project")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Other: secret")
    assert "".join(open_endpoint(api_key=None).reply(QUESTION)) == "Được."
    headers = scripted_model.asked[0].headers
    assert not {"authorization", "openai-organization", "openai-project", "x-other"} & set(headers)


def test_certificates_that_are_not_there_are_named(
    scripted_model: ScriptedModel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    endpoint = Endpoint(scripted_model.base_url)
    assert endpoint.name == ""
    assert "SSL_CERT_FILE" in str(failure_of(endpoint.reply(QUESTION)))


# ---- endpoints of every kind


def test_reasoning_is_no_part_of_the_text(scripted_model: ScriptedModel, endpoint: Endpoint) -> None:
    scripted_model.script(
        [Delta({"reasoning_content": "Tài liệu nói", "content": None}), Delta({"content": None}), "Có 57."],
        ["<thi", "nk>Tài liệu ", "nói 58.</th", "ink>\n\n", "Có 57."],
        [Delta({"content": [{"type": "thinking", "thinking": "58"}, {"type": "text", "text": "Có 57."}]})],
        ["Số a < b", " và <b>57</b>."],
    )
    assert ["".join(endpoint.reply(QUESTION)) for _ in range(4)] == [
        "Có 57.",
        "Có 57.",
        "Có 57.",
        "Số a < b và <b>57</b>.",
    ]


def test_reasoning_that_no_tag_opened_breaks_the_reply_off_and_is_known_the_next_time(
    scripted_model: ScriptedModel, endpoint: Endpoint
) -> None:
    scripted_model.script(["Tài liệu nói 58. ", "</think>", "Có 57."])
    assert failure_of(endpoint.reply(QUESTION)).failing is Failing.BROKEN_OFF
    assert "".join(endpoint.reply(QUESTION)) == "Có 57."


def test_an_endpoint_that_cannot_stream_is_read_all_the_same(
    scripted_model: ScriptedModel, endpoint: Endpoint
) -> None:
    scripted_model.streams = False
    scripted_model.script("<think>hừm</think>Có 57.", ["Có", Finish("length")])
    reply = endpoint.reply(QUESTION)
    assert list(reply) == ["Có 57."]
    assert reply.usage.counted
    second = endpoint.reply(QUESTION)
    assert list(second) == ["Có"]
    assert second.cut


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("stream_options", "Unrecognized request argument supplied: stream_options"),
        ("max_tokens", "Unsupported parameter: use 'max_completion_tokens' instead."),
        ("temperature", "temperature is not supported with this model"),
        ("system", "System role not supported"),
        ("stream", "Streaming is not implemented"),
    ],
)
def test_what_an_endpoint_refuses_is_left_out_from_then_on(
    scripted_model: ScriptedModel, endpoint: Endpoint, name: str, words: str
) -> None:
    scripted_model.script("Có 57.")
    if name == "stream":
        # It says "stream": false to the same server afterwards, which must not refuse the name.
        scripted_model.script(Refuse(400, {"error": {"message": words}}), "Có 57.")
    else:
        scripted_model.unknown = {name: words}
    assert "".join(endpoint.reply(QUESTION)) == "Có 57."
    assert "".join(endpoint.reply(QUESTION)) == "Có 57."
    assert len(scripted_model.asked) == 3
    last = scripted_model.asked[-1]
    if name == "system":
        assert [m["role"] for m in last.messages] == ["user"]
        assert all(message.content in last.messages[0]["content"] for message in QUESTION)
    elif name == "stream":
        assert last.body["stream"] is False
    else:
        assert name not in last.body


def test_comments_empty_events_and_unknown_fields_are_no_damage(
    scripted_model: ScriptedModel, endpoint: Endpoint
) -> None:
    noise = Raw(b": ping\n\nevent: x\ndata:\n\nid: 7\nretry: 10\n\n\r\n\r\n")
    scripted_model.script([noise, "Có ", noise, "57."])
    assert "".join(endpoint.reply(QUESTION)) == "Có 57."


def test_a_line_separator_within_the_text_is_text(scripted_model: ScriptedModel, endpoint: Endpoint) -> None:
    scripted_model.script(["Có\u2028 57\x85."])
    assert "".join(endpoint.reply(QUESTION)) == "Có\u2028 57\x85."


def test_an_end_without_a_reason_is_an_end(scripted_model: ScriptedModel, endpoint: Endpoint) -> None:
    scripted_model.script(["Có <", Raw(b"data: [DONE]\n\n"), Cut(politely=True)])
    reply = endpoint.reply(QUESTION)
    assert "".join(reply) == "Có <"
    assert not reply.cut


def test_a_whole_reply_is_not_waited_on(
    scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint]
) -> None:
    ended = Raw(b'data: {"choices": [{"delta": {}, "finish_reason": "stop"}]}\n\n')
    endpoint = open_endpoint(patience=Patience(first_word=30, between_words=30))
    scripted_model.script(["Có 57.", ended, Hang()], ["Có 57.", ended, Cut()])
    started = time.monotonic()
    assert "".join(endpoint.reply(QUESTION)) == "Có 57."
    assert time.monotonic() - started < 15
    assert "".join(endpoint.reply(QUESTION)) == "Có 57."


# ---- what fails


@pytest.mark.parametrize(
    ("status", "failing", "requests"),
    [
        (400, Failing.REFUSED, 1),
        (401, Failing.UNAUTHORISED, 1),
        (402, Failing.QUOTA, 1),
        (403, Failing.UNAUTHORISED, 1),
        (404, Failing.REFUSED, 1),
        (307, Failing.REFUSED, 1),
        (422, Failing.REFUSED, 1),
        (429, Failing.QUOTA, 3),
        (500, Failing.FAILED, 3),
        (503, Failing.FAILED, 3),
    ],
)
def test_a_status_that_is_no_success(
    scripted_model: ScriptedModel, endpoint: Endpoint, status: int, failing: Failing, requests: int
) -> None:
    said = {"error": {"message": "không được đâu"}}
    scripted_model.script(Refuse(status, said, {"Location": "http://127.0.0.1:9/"}))
    failure = failure_of(endpoint.reply(QUESTION))
    assert failure.failing is failing
    assert str(status) in str(failure)
    assert "không được đâu" in str(failure)
    assert len(scripted_model.asked) == requests


@pytest.mark.parametrize("status", [429, 500, 502])
def test_what_passes_is_tried_again(scripted_model: ScriptedModel, endpoint: Endpoint, status: int) -> None:
    scripted_model.script(Refuse(status), Refuse(status), "Có 57.")
    assert "".join(endpoint.reply(QUESTION)) == "Có 57."


def test_a_key_that_is_repeated_to_us_is_not_passed_on(
    scripted_model: ScriptedModel, endpoint: Endpoint
) -> None:
    scripted_model.script(Refuse(401, {"error": {"message": f"Incorrect API key provided: {KEY}"}}))
    assert "Incorrect API key" in str(failure_of(endpoint.reply(QUESTION)))


@pytest.mark.parametrize("words", ["temperature must be at most 1", "error while reading the stream"])
def test_words_of_another_failure_change_nothing(
    scripted_model: ScriptedModel, endpoint: Endpoint, words: str
) -> None:
    scripted_model.script(Refuse(400, {"error": {"message": words}}), "Có 57.")
    assert failure_of(endpoint.reply(QUESTION)).failing is Failing.REFUSED
    assert "".join(endpoint.reply(QUESTION)) == "Có 57."
    assert {"temperature", "stream_options"} <= set(scripted_model.asked[-1].body)
    assert scripted_model.asked[-1].body["stream"] is True


def test_a_quota_that_is_used_up_is_not_asked_again(
    scripted_model: ScriptedModel, endpoint: Endpoint
) -> None:
    scripted_model.script(Refuse(429, {"error": {"message": "pay", "code": "insufficient_quota"}}))
    assert failure_of(endpoint.reply(QUESTION)).failing is Failing.QUOTA
    assert len(scripted_model.asked) == 1


@pytest.mark.parametrize("dated", [False, True])
def test_the_time_that_the_endpoint_asks_to_wait_is_waited(
    scripted_model: ScriptedModel, endpoint: Endpoint, dated: bool
) -> None:
    # A date has whole seconds: three from now are more than two.
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)
    scripted_model.script(Refuse(429, headers={"Retry-After": date if dated else "1"}), "Có 57.")
    started = time.monotonic()
    assert "".join(endpoint.reply(QUESTION)) == "Có 57."
    assert time.monotonic() - started >= 0.9


@pytest.mark.parametrize("asked_for", ["3600", "25"])
def test_nobody_waits_longer_than_for_a_first_word(
    scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint], asked_for: str
) -> None:
    endpoint = open_endpoint(patience=Patience(first_word=24))
    scripted_model.script(Refuse(429, headers={"Retry-After": asked_for}))
    started = time.monotonic()
    failure = failure_of(endpoint.reply(QUESTION))
    assert failure.failing is Failing.QUOTA
    assert asked_for in str(failure)
    assert time.monotonic() - started < 15
    assert len(scripted_model.asked) == 1


def test_a_reply_that_began_is_never_begun_again(scripted_model: ScriptedModel, endpoint: Endpoint) -> None:
    scripted_model.script(["Có ", Cut()], "Không có.")
    pieces = iter(endpoint.reply(QUESTION))
    assert next(pieces) == "Có "
    with pytest.raises(ModelFailed) as caught:
        next(pieces)
    assert caught.value.failing is Failing.BROKEN_OFF
    assert len(scripted_model.asked) == 1


@pytest.mark.parametrize(
    "end",
    [
        Cut(),
        Cut(politely=True),
        Raw(b'data: {"choices": [{"delta": {"content": "5\n\n'),
        Raw(b"data: null\n\n"),
        Raw(b'data: {"error": {"message": "out of memory", "code": 500}}\n\n'),
        Raw(b'data: {"error": "out of memory"}\n\n'),
    ],
)
def test_a_reply_that_breaks_off_says_so(
    scripted_model: ScriptedModel, endpoint: Endpoint, end: Cut | Raw
) -> None:
    scripted_model.script(["Có ", end])
    assert failure_of(endpoint.reply(QUESTION)).failing is Failing.BROKEN_OFF


def test_an_error_in_place_of_the_first_word_is_tried_again(
    scripted_model: ScriptedModel, endpoint: Endpoint
) -> None:
    error = Raw(b'data: {"error": {"message": "upstream is busy", "code": 429}}\n\n')
    scripted_model.script([error, Cut(politely=True)], "Có 57.")
    assert "".join(endpoint.reply(QUESTION)) == "Có 57."


@pytest.mark.parametrize("status", [200, 404, 502])
def test_a_web_page_is_no_reply_and_not_quoted(
    scripted_model: ScriptedModel, endpoint: Endpoint, status: int
) -> None:
    scripted_model.script(Refuse(status, "<!doctype html><h1>Welcome to nginx</h1>"))
    failure = failure_of(endpoint.reply(QUESTION))
    assert failure.failing is (Failing.REFUSED if status == 404 else Failing.FAILED)
    assert "nginx" not in str(failure)
    if status != 502:
        assert "llm.base_url" in str(failure)


@pytest.mark.parametrize("body", [{"hello": 1}, [], {"choices": []}])
def test_json_that_is_no_reply(scripted_model: ScriptedModel, endpoint: Endpoint, body: Any) -> None:
    scripted_model.script(Refuse(200, body or "[]", {"Content-Type": "application/json"}))
    assert failure_of(endpoint.reply(QUESTION)).failing is Failing.FAILED


def test_nobody_there(scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint]) -> None:
    endpoint = open_endpoint(model=None)
    scripted_model.close()
    failure = failure_of(endpoint.reply(QUESTION))
    assert failure.failing is Failing.UNREACHABLE
    assert "llm.base_url" in str(failure)
    assert endpoint.name == ""
    assert endpoint.context_window == SMALLEST_WINDOW


def test_a_server_that_starts_meanwhile_is_found(open_endpoint: Callable[..., Endpoint]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    endpoint = open_endpoint(base_url=f"http://127.0.0.1:{port}/v1", retries=4, first_wait=0.3)
    started = threading.Event()

    def serve() -> None:
        started.wait(10)
        with socket.create_server(("127.0.0.1", port)) as server:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                body = b'{"choices": [{"message": {"content": "C\xc3\xb3."}, "finish_reason": "stop"}]}'
                head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                connection.sendall(head % len(body) + body)

    thread = threading.Thread(target=serve)
    thread.start()
    timer = threading.Timer(0.2, started.set)
    timer.start()
    assert "".join(endpoint.reply(QUESTION)) == "Có."
    thread.join(10)


def test_no_connection_in_time(open_endpoint: Callable[..., Endpoint]) -> None:
    # Nobody takes what stands in the queue, and the queue is full: the system lets further ones wait.
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(server.getsockname())
        endpoint = open_endpoint(
            base_url=f"http://127.0.0.1:{server.getsockname()[1]}", patience=Patience(connect=0.3)
        )
        failure = failure_of(endpoint.reply(QUESTION))
        for each in waiting:
            each.close()
    assert failure.failing is Failing.UNREACHABLE


# ---- patience


@pytest.mark.parametrize(
    ("steps", "patience", "named"),
    [
        ([Hang()], Patience(first_word=0.4), "llm.first_word_seconds"),
        ([Raw(b": ping\n\n"), Hang()], Patience(first_word=0.4), "llm.first_word_seconds"),
        (["Có ", Hang()], Patience(between_words=0.4), "llm.between_words_seconds"),
        ([*("Có ", Pause(0.1)) * 50], Patience(total=1.0), "llm.total_seconds"),
    ],
)
def test_one_that_is_too_slow_is_given_up(
    scripted_model: ScriptedModel,
    open_endpoint: Callable[..., Endpoint],
    steps: list[Any],
    patience: Patience,
    named: str,
) -> None:
    endpoint = open_endpoint(patience=patience)
    scripted_model.script(steps)
    failure = failure_of(endpoint.reply(QUESTION))
    assert failure.failing is Failing.TOO_SLOW
    assert named in str(failure)
    assert scripted_model.abandoned.wait(5), "the request went on at the endpoint"
    assert len(scripted_model.asked) == 1


def test_reasoning_is_a_sign_of_life(
    scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint]
) -> None:
    thought = Delta({"reasoning_content": "hừm"})
    endpoint = open_endpoint(patience=Patience(first_word=2.0, between_words=2.0))
    scripted_model.script([*(thought, Pause(0.4)) * 8, "Có 57."])
    reply = endpoint.reply(QUESTION)
    assert "".join(reply) == "Có 57."
    assert reply.first_word is not None
    assert reply.first_word > 2.0


# ---- stopping


@pytest.mark.parametrize("steps", [[Hang()], ["Có ", Hang()], [Raw(b": x\n\n"), Hang()]])
def test_close_ends_the_request_from_another_thread(
    scripted_model: ScriptedModel, endpoint: Endpoint, steps: list[Any]
) -> None:
    scripted_model.script(steps)
    reply = endpoint.reply(QUESTION)
    pieces: list[str] = []
    reading = threading.Thread(target=lambda: pieces.extend(reply))
    reading.start()
    until = time.monotonic() + 10
    while not scripted_model.asked and time.monotonic() < until:
        time.sleep(0.01)
    assert not scripted_model.abandoned.is_set()
    reply.close()
    reply.close()
    assert scripted_model.abandoned.wait(5), "the endpoint did not see that the request ended"
    reading.join(5)
    assert not reading.is_alive()
    assert reply.closed


def test_a_reply_that_is_read_no_further_is_ended(scripted_model: ScriptedModel, endpoint: Endpoint) -> None:
    scripted_model.script(["Có ", Hang()])
    for _piece in endpoint.reply(QUESTION):
        break
    assert scripted_model.abandoned.wait(5)


def test_close_ends_the_wait_between_two_tries(
    scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint]
) -> None:
    scripted_model.script(Refuse(503, headers={"Retry-After": "15"}))
    reply = open_endpoint().reply(QUESTION)
    reading = threading.Thread(target=lambda: list(reply))
    reading.start()
    until = time.monotonic() + 10
    while not scripted_model.asked and time.monotonic() < until:
        time.sleep(0.01)
    reply.close()
    reading.join(5)
    assert not reading.is_alive()
    assert len(scripted_model.asked) == 1


def test_one_closed_before_it_begins_asks_nothing(scripted_model: ScriptedModel, endpoint: Endpoint) -> None:
    reply = endpoint.reply(QUESTION)
    reply.close()
    assert list(reply) == []
    assert scripted_model.asked == []


# ---- many at once


def test_no_more_requests_than_allowed_are_under_way(
    scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint]
) -> None:
    endpoint = open_endpoint(concurrency=2, patience=Patience(turn=10))
    scripted_model.script(["Có ", Pause(0.1), "57."])
    texts: list[str] = []
    threads = [
        threading.Thread(target=lambda: texts.append("".join(endpoint.reply(QUESTION)))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert texts == ["Có 57."] * 6
    assert scripted_model.at_once == 2


def test_one_too_many_is_told_that_it_is_busy_and_a_stopped_one_makes_room(
    scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint]
) -> None:
    endpoint = open_endpoint(concurrency=1, patience=Patience(turn=0.1))
    scripted_model.script(["Có ", Hang()], "Có 57.")
    first = endpoint.reply(QUESTION)
    assert next(iter(pieces := iter(first))) == "Có "
    assert failure_of(endpoint.reply(QUESTION)).failing is Failing.BUSY
    first.close()
    assert scripted_model.abandoned.wait(5)
    assert list(pieces) == []
    assert "".join(endpoint.reply(QUESTION)) == "Có 57."


# ---- one that is away


def test_an_endpoint_that_is_away_is_left_alone_for_a_while(
    scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint]
) -> None:
    now = [0.0]
    circuit = Circuit(failures=2, pause=30, clock=lambda: now[0])
    endpoint = open_endpoint(circuit=circuit, patience=Patience(first_word=0.3))
    scripted_model.script([Hang()])
    for _ in range(2):
        assert failure_of(endpoint.reply(QUESTION)).failing is Failing.TOO_SLOW
    assert circuit.state is CircuitState.OPEN
    for _ in range(3):
        assert failure_of(endpoint.reply(QUESTION)).failing is Failing.TOO_SLOW
    assert len(scripted_model.asked) == 2
    now[0] = 31
    assert circuit.state is CircuitState.TRYING
    scripted_model.script("Có 57.")
    assert "".join(endpoint.reply(QUESTION)) == "Có 57."
    assert circuit.state is CircuitState.CLOSED


def test_an_endpoint_that_refuses_is_not_away(
    scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint]
) -> None:
    circuit = Circuit(failures=1)
    endpoint = open_endpoint(circuit=circuit, retries=0)
    scripted_model.script(Refuse(500), Refuse(401), ["Có ", Cut()], "Có 57.")
    for _ in range(3):
        failure_of(endpoint.reply(QUESTION))
    assert circuit.state is CircuitState.CLOSED


# ---- which model


def test_the_first_listed_model_is_taken_where_none_is_set(
    scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint]
) -> None:
    scripted_model.models = [{"id": "đầu", "max_model_len": 32768}, "sau"]
    endpoint = open_endpoint(model=None)
    assert endpoint.name == "đầu"
    assert endpoint.context_window == 32768
    assert endpoint.models() == ["đầu", "sau"]
    list(endpoint.reply(QUESTION))
    assert scripted_model.asked[0].body["model"] == "đầu"
    assert scripted_model.listed == 2


def test_what_is_set_is_not_asked_for(
    scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint]
) -> None:
    endpoint = open_endpoint(model="sau", context_window=8000)
    assert (endpoint.name, endpoint.context_window) == ("sau", 8000)
    list(endpoint.reply(QUESTION))
    assert scripted_model.listed == 0


def test_an_endpoint_without_models_says_what_to_set(
    scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint]
) -> None:
    scripted_model.models = []
    failure = failure_of(open_endpoint(model=None).reply(QUESTION))
    assert failure.failing is Failing.REFUSED
    assert "llm.model" in str(failure)


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
def test_an_address_may_be_given_in_part_or_whole(
    scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint], path: str
) -> None:
    list(open_endpoint(base_url=scripted_model.base_url.removesuffix("/v1") + path).reply(QUESTION))
    assert scripted_model.asked[0].path == "/v1/chat/completions"


def test_a_model_that_is_looked_for_is_looked_for_again(
    scripted_model: ScriptedModel, open_endpoint: Callable[..., Endpoint]
) -> None:
    endpoint = open_endpoint(model=None)
    scripted_model.failures_of_list = 2
    assert "".join(endpoint.reply(QUESTION)) == "Được."
    assert scripted_model.listed == 3
