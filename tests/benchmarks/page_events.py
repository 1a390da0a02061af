"""Asks as the chat page does: the same events, over the same connections, without a browser."""

from __future__ import annotations

import json
import uuid
from typing import Any

import httpx
from gradio_client.utils import apply_diff


class PageVisitor:
    """One visitor with a session of their own.

    Args:
        client: of the server, with its address.
        config: what ``/config`` says the page is made of.
    """

    def __init__(self, client: httpx.AsyncClient, config: dict[str, Any]) -> None:
        self._client = client
        self._session = uuid.uuid4().hex[:12]
        components = {entry["id"]: entry for entry in config["components"]}
        self._box = next(
            key for key, entry in components.items() if entry["props"].get("elem_id") == "pba-box"
        )
        self._event = next(
            entry for entry in config["dependencies"] if [self._box, "submit"] in entry["targets"]
        )
        self._inputs = {key: components[key]["props"].get("value") for key in self._event["inputs"]}
        self._talk = next(
            place
            for place, key in enumerate(self._event["outputs"])
            if components[key]["props"].get("elem_id") == "pba-chat"
        )

    async def ask(self, question: str) -> str:
        """Send a question; the whole conversation as the page then shows it, as JSON.

        Raises:
            ValueError: the server's events end in an error, or without an answer.
        """
        body = {
            "data": list({**self._inputs, self._box: question}.values()),
            "fn_index": self._event["id"],
            "trigger_id": self._box,
            "session_hash": self._session,
        }
        joined = await self._client.post("/gradio_api/queue/join", json=body)
        joined.raise_for_status()
        shown: list[Any] = []
        address, parameters = "/gradio_api/queue/data", {"session_hash": self._session}
        async with self._client.stream("GET", address, params=parameters) as events:
            async for line in events.aiter_lines():
                if not line.startswith("data: "):
                    continue
                event = json.loads(line[6:])
                if event["msg"] == "process_generating":
                    data = event["output"]["data"]
                    shown = _changed(shown, data) if shown else data
                elif event["msg"] == "process_completed":
                    if not event["success"]:
                        raise ValueError(f"The page was told of an error: {event['output']}")
                elif event["msg"] == "close_stream":
                    break
        if not shown:
            raise ValueError("The events ended without an answer.")
        return json.dumps(shown[self._talk], ensure_ascii=False)


def _changed(shown: list[Any], changes: list[Any]) -> list[Any]:
    return [apply_diff(old, change) for old, change in zip(shown, changes, strict=True)]
