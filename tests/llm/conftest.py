"""A real language model behind llama.cpp's own server, in a process and an environment of its own."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: What ``make test-llm`` makes.
PYTHON = ROOT / ".venv-llm" / "bin" / "python"


@pytest.fixture(scope="session")
def model_address() -> Iterator[str]:
    """Where the model is served, in OpenAI's form."""
    if not PYTHON.exists():
        pytest.skip("needs the environment of a language model: run make test-llm")
    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    command = [PYTHON, ROOT / "tests" / "llm" / "serve_model.py", "--threads", str(min(threads, 4))]
    serving = subprocess.Popen(
        [*map(str, command), "--window", "2048"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert serving.stdout is not None
    address = next(
        (found.group() for line in serving.stdout if (found := re.search(r"http://\S+", line))), ""
    )
    assert address, "the model could not be served"
    yield f"{address}/v1"
    serving.kill()
    serving.wait()
