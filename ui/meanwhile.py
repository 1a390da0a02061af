"""What a visitor changes while an answer is made: each step of the answer would bring the old state back."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from ui.conversation import Conversation

Change = Callable[[Conversation], Conversation]
#: Visitors remembered; one who closed the page in the middle of an answer is never heard of again.
_VISITORS = 1_000


class Meanwhile:
    """Changes by visitor, from when an answer begins until it is whole or let go. Safe to use from several
    threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._changes: OrderedDict[str, list[Change]] = OrderedDict()

    def note(self, visitor: str | None, change: Change) -> None:
        """Make ``change`` with every further step of the answer that ``visitor`` waits for."""
        with self._lock:
            self._changes.setdefault(visitor or "", []).append(change)
            self._changes.move_to_end(visitor or "")
            while len(self._changes) > _VISITORS:
                self._changes.popitem(last=False)

    def applied(self, visitor: str | None, conversation: Conversation) -> Conversation:
        """A step of the answer with what was changed since it began."""
        with self._lock:
            changes = tuple(self._changes.get(visitor or "", ()))
        for change in changes:
            conversation = change(conversation)
        return conversation

    def over(self, visitor: str | None) -> None:
        """The answer is whole or was let go: its last step has all changes."""
        with self._lock:
            self._changes.pop(visitor or "", None)
