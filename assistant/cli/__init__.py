"""The ``pba`` command: one module per group of commands, wired together in ``app``."""

from __future__ import annotations

from assistant.cli.run import main

__all__ = ["main"]
