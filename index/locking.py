"""One writer at a time: among the threads of this process and among processes."""

from __future__ import annotations

import threading
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import LibraryError


class WriteLock:
    """A lock that the same thread may take again; the system lets go of it when a process dies.

    Args:
        path: the lock file; its folder must exist when the lock is taken.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._threads = threading.RLock()
        self._file = FileLock(path, thread_local=False)

    def acquire(self, timeout: float) -> bool:
        """Wait up to ``timeout`` seconds for each of other threads and other processes.

        Raises:
            LibraryError: the lock file cannot be made.
        """
        if not self._threads.acquire(timeout=timeout):
            return False
        try:
            self._file.acquire(timeout=timeout)
        except Timeout:
            self._threads.release()
            return False
        except OSError as error:
            self._threads.release()
            raise LibraryError(
                f"{self.path} cannot be locked ({error.strerror or error}). Check the folder's permissions."
            ) from error
        except BaseException:
            self._threads.release()
            raise
        return True

    def release(self) -> None:
        self._file.release()
        self._threads.release()
