"""How the server holds when many people ask at once, on the sample documents, over HTTP on 127.0.0.1.

    python tests/benchmarks/bench_load.py [--people 20] [--each 3] [--home DIR]

Starts ``pba serve`` as its own process, lets every person ask at the same moment and again as soon as
the answer is there, and prints seconds from sending to the whole answer: through the chat page's own
events, through ``/v1/chat/completions``, streamed and not. Every answer is compared with the one that the
same conversation gets alone; a missing or different one is counted. Seconds depend on what else the machine
does; the processor seconds of the server for each answer do not. With Chromium, also: from the moment
``pba serve`` says ready until a page can be typed into, and from sending until the first statement shows.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from assistant.evaluate.facts import read_facts
from ingest.sample_corpus import FACTS, documents
from tests.benchmarks.page_events import PageVisitor

#: Asks one question of a conversation and gives what came back, without what differs from time to time.
Ask = Callable[[str], Awaitable[str]]
COMMAND = [sys.executable, "-c", "import sys; from assistant.cli import main; sys.exit(main())"]
TIMEOUT = 120


@dataclass(frozen=True, slots=True)
class Served:
    """A server: its address, when it said that it was ready, its process."""

    address: str
    ready: float
    process: int

    def processor_seconds(self) -> float:
        """Used so far by all its threads; 0 where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.process}/stat").read_text("ascii").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def serving(home: Path) -> Iterator[Served]:
    """``pba serve`` on the sample documents."""
    environment = {**os.environ, "PBA_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    loaded = [*COMMAND, "ingest", *map(str, documents())]
    subprocess.run(loaded, cwd=ROOT, env=environment, check=True, capture_output=True)
    running = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert running.stdout is not None
        for line in running.stdout:
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            if found:
                yield Served(found.group(), time.perf_counter(), running.pid)
                return
        raise SystemExit("pba serve ended without an address.")
    finally:
        running.terminate()
        running.wait(30)


def conversations(people: int, each: int) -> list[list[str]]:
    """What each person asks: other questions than everybody else's at the same moment."""
    questions = [case.question for case in read_facts(FACTS) if not case.history]
    step = max(1, len(questions) // people)
    return [
        [questions[(person * step + n) % len(questions)] for n in range(each)] for person in range(people)
    ]


def completions(client: httpx.AsyncClient, *, stream: bool) -> Ask:
    """A person who asks through OpenAI's chat completions, with all earlier questions as history."""
    asked: list[dict[str, str]] = []

    async def ask(question: str) -> str:
        asked.append({"role": "user", "content": question})
        body = {"model": "pba", "messages": asked, "stream": stream}
        reply = await client.post("/v1/chat/completions", json=body)
        reply.raise_for_status()
        if not stream:
            return str(reply.json()["choices"][0]["message"]["content"])
        events = [line[6:] for line in reply.text.splitlines() if line.startswith("data: ")]
        if events.pop() != "[DONE]":
            raise ValueError("A stream ended early.")
        return "".join(json.loads(event)["choices"][0]["delta"].get("content", "") for event in events)

    return ask


async def talk(ask: Ask, questions: Sequence[str], start: asyncio.Event) -> tuple[list[str], list[float]]:
    """One person's conversation: the answers ("" for one that failed) and the seconds of each."""
    await start.wait()
    answers, seconds = [], []
    for question in questions:
        begun = time.perf_counter()
        try:
            answers.append(await ask(question))
        except (httpx.HTTPError, ValueError) as error:
            print(f"  lost: {question}: {error!r}", file=sys.stderr)
            answers.append("")
        seconds.append(time.perf_counter() - begun)
    return answers, seconds


async def settled(ask: Ask) -> None:
    """Wait for what a page still asks for after its last answer."""
    visitor = getattr(ask, "__self__", None)
    if isinstance(visitor, PageVisitor):
        await visitor.close()


async def measured(name: str, server: Served, new: Callable[[], Ask], talks: list[list[str]]) -> None:
    """Everybody alone, then everybody at once; prints one line."""
    go = asyncio.Event()
    go.set()
    alone = []
    for questions in talks:
        ask = new()
        alone.append(await talk(ask, questions, go))
        await settled(ask)
    start = asyncio.Event()
    asking = [new() for _ in talks]
    tasks = [
        asyncio.create_task(talk(ask, questions, start)) for ask, questions in zip(asking, talks, strict=True)
    ]
    await asyncio.sleep(0.2)
    used = server.processor_seconds()
    start.set()
    together = await asyncio.gather(*tasks)
    used = server.processor_seconds() - used
    for ask in asking:
        await settled(ask)
    pairs = [
        (one, other)
        for (expected, _), (got, _) in zip(alone, together, strict=True)
        for one, other in zip(expected, got, strict=True)
    ]
    lost = sum(not got for _, got in pairs)
    crossed = sum(bool(got) and got != expected for expected, got in pairs)
    seconds = sorted(value for _, values in together for value in values)
    singly = statistics.median(value for _, values in alone for value in values)
    p95 = seconds[max(0, -(-95 * len(seconds) // 100) - 1)]
    print(
        f"{name:<22} answers {len(pairs):>4}  alone p50 {singly:.2f} s  at once p50 "
        f"{statistics.median(seconds):.2f} s  p95 {p95:.2f} s  max {seconds[-1]:.2f} s  "
        f"processor {1000 * used / len(pairs):.0f} ms each  lost {lost}  crossed {crossed}",
        flush=True,
    )


async def load(server: Served, people: int, each: int) -> None:
    """All ways of asking, one after the other."""
    talks = conversations(people, each)
    limits = httpx.Limits(max_connections=None)
    options: dict[str, Any] = {"timeout": TIMEOUT, "limits": limits, "trust_env": False}
    async with httpx.AsyncClient(base_url=server.address, **options) as client:
        config = (await client.get("/config")).json()
        await measured("chat page", server, lambda: PageVisitor(client, config).ask, talks)
        await measured("/v1 whole", server, lambda: completions(client, stream=False), talks)
        await measured("/v1 streamed", server, lambda: completions(client, stream=True), talks)


def in_a_browser(server: Served, browser: Any) -> None:
    """When a page is interactive after the server said ready, and when a first statement shows."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(server.address)
    box = page.locator("#pba-box textarea")
    box.fill("Kinh phí mở lớp lấy từ đâu?")
    interactive = time.perf_counter() - server.ready
    print(f"from ready to a page that can be typed into: {interactive:.2f} s", flush=True)
    shown = []
    questions = [case.question for case in read_facts(FACTS) if case.answerable and not case.history][:12]
    for turn, question in enumerate(questions, 1):
        box.fill(question)
        begun = time.perf_counter()
        box.press("Enter")
        page.locator(f".pba-turn-{turn} .pba-statement").first.wait_for(timeout=TIMEOUT * 1000)
        shown.append(time.perf_counter() - begun)
        page.locator(f".pba-turn-{turn} .pba-copy").wait_for()
        page.wait_for_timeout(300)
    print(
        f"from sending to the first statement on the page: first {shown[0]:.2f} s  median "
        f"{statistics.median(shown):.2f} s  max {max(shown):.2f} s  ({len(shown)} questions)",
        flush=True,
    )
    page.close()


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """A browser that is already running when the server starts, or ``None``."""
    from shutil import which

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    executable = next(filter(None, map(which, names)), None)
    if executable is None:
        print("no Chromium: what a page takes is not measured")
        yield None
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--each", type=int, default=3, help="questions of each person")
    parser.add_argument("--home", type=Path, help="keep the library here, to start faster again")
    chosen = parser.parse_args()
    with contextlib.ExitStack() as stack:
        home = chosen.home or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        busy = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
        print(f"{chosen.people} people, {chosen.each} questions each, {cores} processors{busy}", flush=True)
        with chromium() as browser, serving(home) as server:
            if browser is not None:
                in_a_browser(server, browser)
        with serving(home) as server:
            asyncio.run(load(server, chosen.people, chosen.each))


if __name__ == "__main__":
    main()
