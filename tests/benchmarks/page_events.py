"""Asks as the chat page does: the same events, over the same connections, without a browser."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections import defaultdict
from typing import Any

import httpx
from gradio_client.utils import apply_diff

Event = dict[str, Any]


class PageVisitor:
    """One visitor with a session of their own. After each answer the page's further events follow, as in a
    browser: the list of conversations, and what can be asked next.

    Args:
        client: of the server, with its address.
        config: what ``/config`` says the page is made of.
    """

    def __init__(self, client: httpx.AsyncClient, config: dict[str, Any]) -> None:
        self._client = client
        self._session = uuid.uuid4().hex[:12]
        self._components = {entry["id"]: entry for entry in config["components"]}
        self._dependencies: list[Event] = config["dependencies"]
        self._box = next(
            key for key, entry in self._components.items() if entry["props"].get("elem_id") == "pba-box"
        )
        self._event = next(entry for entry in self._dependencies if [self._box, "submit"] in entry["targets"])
        self._talk = next(
            place
            for place, key in enumerate(self._event["outputs"])
            if self._components[key]["props"].get("elem_id") == "pba-chat"
        )
        self._messages: defaultdict[str, asyncio.Queue[Event]] = defaultdict(asyncio.Queue)
        self._pending: set[str] = set()
        self._reader: asyncio.Task[None] | None = None
        self._further: set[asyncio.Task[None]] = set()

    async def ask(self, question: str) -> str:
        """Send a question; the whole conversation as the page then shows it, as JSON.

        Raises:
            ValueError: the server's events end in an error, or without an answer.
        """
        shown = await self._run(self._event, {self._box: question})
        if not shown:
            raise ValueError("The events ended without an answer.")
        self._follow(self._event)
        return json.dumps(shown[self._talk], ensure_ascii=False)

    async def close(self) -> None:
        """Wait for what still follows."""
        while self._further:
            await asyncio.gather(*self._further)

    def _follow(self, event: Event) -> None:
        for after in self._dependencies:
            if after.get("trigger_after") == event["id"] and after.get("backend_fn"):
                task = asyncio.create_task(self._run_after(after))
                self._further.add(task)
                task.add_done_callback(self._further.discard)

    async def _run_after(self, event: Event) -> None:
        await self._run(event, {})
        self._follow(event)

    async def _run(self, event: Event, values: dict[int, Any]) -> list[Any]:
        """Run one event; what its outputs show in the end."""
        inputs = {key: self._value(key) for key in event["inputs"]}
        body = {
            "data": list({**inputs, **values}.values()),
            "fn_index": event["id"],
            "trigger_id": self._box,
            "session_hash": self._session,
        }
        joined = await self._client.post("/gradio_api/queue/join", json=body)
        joined.raise_for_status()
        name = joined.json()["event_id"]
        self._pending.add(name)
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._read())
        shown: list[Any] = []
        try:
            while True:
                message = await self._messages[name].get()
                if message["msg"] == "process_generating":
                    data = message["output"]["data"]
                    shown = _changed(shown, data) if shown else data
                elif message["msg"] == "process_completed":
                    if not message["success"]:
                        raise ValueError(f"The page was told of an error: {message['output']}")
                    return shown or message["output"]["data"]
        finally:
            self._pending.discard(name)
            del self._messages[name]

    def _value(self, key: int) -> Any:
        """What a fresh page sends of a component."""
        component = self._components[key]
        value = component["props"].get("value")
        return "" if value is None and component["type"] == "textbox" else value

    async def _read(self) -> None:
        """One stream for all events, as the page has it: to leave it ends them."""
        address, parameters = "/gradio_api/queue/data", {"session_hash": self._session}
        while self._pending:
            async with self._client.stream("GET", address, params=parameters) as events:
                async for line in events.aiter_lines():
                    if not line.startswith("data: "):
                        continue
                    message = json.loads(line[6:])
                    if message["msg"] == "close_stream":
                        break
                    if message.get("event_id"):
                        self._messages[message["event_id"]].put_nowait(message)


def _changed(shown: list[Any], changes: list[Any]) -> list[Any]:
    return [apply_diff(old, change) for old, change in zip(shown, changes, strict=True)]
