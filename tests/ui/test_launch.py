"""Opening and closing the page, and what goes wrong on the way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import AssistantError
from ui.errors import CannotServe
from ui.launch import launch
from ui.look import STATIC

ROOT = Path(__file__).parents[2]


def test_import_ui_loads_no_gradio() -> None:
    code = (
        "import sys, ui, ui.launch; sys.exit(any(m in sys.modules for m in ('gradio', 'torch', 'fastapi')))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_serves_until_closed_and_frees_the_port(assistant: Any) -> None:
    told: list[str] = []
    serving = launch(assistant, port=0, block=False, on_ready=told.append)
    assert told == [serving.address]
    assert serving.address.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(serving.address, timeout=20) as response:
        assert "Trợ lý Xây dựng Đảng" in response.read().decode()
    with urllib.request.urlopen(serving.address + "/favicon.ico", timeout=20) as response:
        assert response.read() == (STATIC / "favicon.png").read_bytes()
    serving.close()
    port = int(serving.address.rsplit(":", 1)[1])
    again = launch(assistant, port=port, block=False, on_ready=lambda address: None)
    again.close()


def test_a_taken_port_is_one_clear_line(assistant: Any) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotServe) as raised:
            launch(assistant, port=port, block=False)
    message = str(raised.value)
    assert f"Cổng {port}" in message
    assert "--port" in message
    assert "\n" not in message
    assert isinstance(raised.value, AssistantError)


@pytest.mark.parametrize("host", ["203.0.113.7", "không-có-máy-này.invalid"])
def test_a_host_that_is_not_ours_is_one_clear_line(assistant: Any, host: str) -> None:
    with pytest.raises(CannotServe, match=r"--host 127\.0\.0\.1") as raised:
        launch(assistant, host=host, port=0, block=False)
    assert "\n" not in str(raised.value)


def test_an_impossible_port_is_one_clear_line(assistant: Any) -> None:
    with pytest.raises(CannotServe) as raised:
        launch(assistant, port=70_000, block=False)
    assert "70000" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_another_host_name_cannot_read_the_page(assistant: Any) -> None:
    serving = launch(assistant, port=0, block=False, on_ready=lambda address: None)
    try:
        request = urllib.request.Request(serving.address, headers={"Host": "evil.example"})
        with pytest.raises(urllib.error.HTTPError) as raised:
            urllib.request.urlopen(request, timeout=20)
        assert raised.value.code == 421
    finally:
        serving.close()


def test_an_office_proxy_does_not_stand_in_the_way(assistant: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    launch(assistant, port=0, block=False, on_ready=lambda address: None).close()


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
def test_control_c_ends_it_without_a_traceback(tmp_path: Path) -> None:
    code = (
        "from ui.launch import launch\n"
        "class Empty:\n"
        "    library_is_empty, archive, offers, answers_at_once = True, None, None, 2\n"
        "launch(Empty(), port=0)\n"
        "print('closed')\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A test run in the background of a shell passes on that SIGINT is to be ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert running.stdout is not None
        assert "http://127.0.0.1:" in running.stdout.readline()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=90)
    finally:
        running.kill()
        running.wait()
    assert out.strip() == "closed"
    assert "Traceback" not in err
    assert running.returncode == 0
