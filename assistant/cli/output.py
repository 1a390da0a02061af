"""Files that a command writes where it was told to."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import BadOption


def check_writable(option: str, file: Path | None) -> None:
    """Say before long work that its file cannot be written. Raises ``BadOption``, which names the option."""
    if file is not None and (file.is_dir() or not file.absolute().parent.is_dir()):
        raise BadOption(f"{option} {file}: no file can be written there. Name one in a folder that exists.")


def write_output(file: Path, data: bytes) -> None:
    """Write the file of ``--output``, the whole of it or nothing. Raises ``BadOption``."""
    from index.durable import replacement

    try:
        with replacement(file) as opened:
            opened.write(data)
    except OSError as error:
        raise BadOption(f"--output {file}: cannot be written ({error.strerror or error}).") from error
