"""A language model's address that leads back to the assistant: told by the header of RFC 8586.

Without it, each question would ask the assistant itself, which asks itself, until nothing more can wait.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_HEADER: Final = "CDN-Loop"
_OURSELVES: Final = "party-building-assistant"

#: Sent with every request to a language model.
MARK: Final = {_HEADER: _OURSELVES}


def comes_from_ourselves(headers: Mapping[str, str]) -> bool:
    """A request with these headers (names in lower case) was made by an assistant, directly or not."""
    passed = headers.get(_HEADER.lower(), "").split(",")
    return any(entry.partition(";")[0].strip().lower() == _OURSELVES for entry in passed)
