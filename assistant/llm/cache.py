"""Answers that a language model wrote, kept for when the same is asked again.

One SQLite file in the cache folder: it survives a restart and a kill, serves several processes at once, and
can be deleted at any time. What cannot be read is a miss, never an error.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from assistant.deserialise import FindPassage, answer_from_text
from assistant.errors import UnreadableAnswer
from assistant.serialise import answer_to_json
from assistant.types import Answer

Result = TypeVar("Result")
log = logging.getLogger(__name__)

FILE_NAME = "answers.sqlite"
#: Changed with what an answer as JSON looks like, or with what makes two questions the same.
_FORM = 1
_DAY = 86_400.0
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS answers"
    " (key TEXT PRIMARY KEY, answer TEXT NOT NULL, made REAL NOT NULL, used REAL NOT NULL) WITHOUT ROWID"
)


class AnswerCache:
    """The answers kept in one folder. Safe to use from several threads and processes.

    Args:
        folder: made where it is missing.
        most: answers kept; those used longest ago go first.
        days: how long one is kept at most.
    """

    def __init__(self, folder: Path, *, most: int = 2_000, days: float = 90.0) -> None:
        self._file = folder / FILE_NAME
        self._most = most
        self._days = days
        self._lock = threading.Lock()

    def get(self, key: str, find: FindPassage) -> Answer | None:
        """The answer kept under ``key``, marked as such; ``None`` where there is none that can be read.

        Args:
            find: passage id → passage and document, for what retrieval had found.
        """
        oldest = time.time() - self._days * _DAY
        query = "UPDATE answers SET used = ? WHERE key = ? AND made > ? RETURNING answer"
        row = self._run(lambda file: file.execute(query, (time.time(), key, oldest)).fetchone())
        if row is None:
            return None
        try:
            answer = answer_from_text(row[0], find)
        except UnreadableAnswer as error:
            log.warning("An answer that was kept is dropped: %s", error)
            self._drop(key)
            return None
        if answer.cost is None:
            return answer
        return replace(answer, cost=replace(answer.cost, cached=True))

    def put(self, key: str, answer: Answer) -> None:
        """Keep ``answer`` under ``key``, in place of what was there."""
        text = json.dumps(answer_to_json(answer), ensure_ascii=False)
        now = time.time()

        def work(file: sqlite3.Connection) -> None:
            file.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", (key, text, now, now))
            file.execute(
                "DELETE FROM answers WHERE made <= ? OR key IN"
                " (SELECT key FROM answers ORDER BY used DESC LIMIT -1 OFFSET ?)",
                (now - self._days * _DAY, self._most),
            )

        self._run(work)

    def clear(self) -> int:
        """Forget everything; gives how many answers there were."""
        return self._run(lambda file: file.execute("DELETE FROM answers").rowcount) or 0

    def _drop(self, key: str) -> None:
        self._run(lambda file: file.execute("DELETE FROM answers WHERE key = ?", (key,)))

    def _run(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """Do ``work`` on the file in one transaction; ``None`` where it cannot be used, which is logged.

        A damaged file is put away, to be made anew by the next."""
        with self._lock:
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                with closing(sqlite3.connect(self._file, timeout=5.0)) as file:
                    file.execute("PRAGMA journal_mode = WAL")
                    file.execute("PRAGMA synchronous = NORMAL")
                    # What is forgotten is not left behind in the file.
                    file.execute("PRAGMA secure_delete = ON")
                    file.execute(_SCHEMA)
                    with file:
                        return work(file)
            except sqlite3.OperationalError as error:
                # Locked, or in a folder that nobody may write to.
                log.warning("%s cannot be used: %s.", self._file, error)
            except sqlite3.DatabaseError as error:
                log.warning("%s is damaged and is made anew: %s.", self._file, error)
                for end in ("", "-wal", "-shm"):
                    self._file.with_name(FILE_NAME + end).unlink(missing_ok=True)
            except OSError as error:
                log.warning("%s cannot be used: %s.", self._file, error)
        return None


def key_of(parts: Mapping[str, Any]) -> str:
    """A key that is equal where all of ``parts`` are; nothing can be read from it."""
    text = json.dumps({"form": _FORM, **parts}, ensure_ascii=False, sort_keys=True, default=repr)
    return sha256(text.encode()).hexdigest()
