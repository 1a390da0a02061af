"""Old Word documents (.doc), through LibreOffice where it is installed, else through catdoc."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.errors import Damaged, Encrypted, MissingProgram, TimedOut
from ingest.options import ReadOptions
from ingest.readers.docx import is_encrypted_package
from ingest.readers.encoding import repair
from ingest.readers.extract import Parsed
from ingest.readers.isolated import parse
from ingest.readers.tidy import plain_lines
from ingest.system import CATDOC_PACKAGES, SOFFICE_PACKAGES, apt, soffice

MEDIA_TYPE = "application/msword"
_SAVE_AGAIN = "Open it in Word or LibreOffice and save it as .docx."
#: Flag fEncrypted in the header of the WordDocument stream ([MS-DOC] 2.5.2).
_ENCRYPTED = 0x0100
_CATDOC_FORMAT = {
    ".catdocrc": "map_path = {folder}\n",
    "plain.specchars": '001C "\\t"\n001E "\\n"\n',
    "plain.replchars": '0001 ""\n',
}


def parse_doc(path: Path, options: ReadOptions) -> Parsed:
    """The text of a Word 97–2003 document; LibreOffice keeps tables and automatic numbers.

    Raises:
        Encrypted, Damaged, TimedOut: as their names say.
        MissingProgram: neither ``soffice`` nor ``catdoc`` is installed.
    """
    _check(path)
    office, catdoc = soffice(), shutil.which("catdoc")
    if office is not None:
        return _through_office(office, path, options)
    if catdoc is not None:
        return _through_catdoc(catdoc, path, options)
    raise MissingProgram(
        path,
        "needs LibreOffice or catdoc to be read, and neither is installed.",
        f"Run: {apt(SOFFICE_PACKAGES)} (better) or: {apt(CATDOC_PACKAGES)}",
    )


def _check(path: Path) -> None:
    import olefile  # type: ignore[import-untyped]

    if is_encrypted_package(path):
        raise Encrypted(path, "is protected by a password.", "Save it without one.")
    try:
        with olefile.OleFileIO(str(path)) as ole:
            if not ole.exists("WordDocument"):
                raise Damaged(path, "holds no Word document.", _SAVE_AGAIN)
            header = ole.openstream("WordDocument").read(12)
    except OSError as error:
        raise Damaged(path, "is cut off or broken.", _SAVE_AGAIN) from error
    if int.from_bytes(header[10:12], "little") & _ENCRYPTED:
        raise Encrypted(path, "is protected by a password.", "Save it without one.")


def _through_office(office: str, path: Path, options: ReadOptions) -> Parsed:
    with tempfile.TemporaryDirectory(prefix="ingest-") as name:
        folder = Path(name)
        # Under a name of our own: one that starts with "-" would be taken for an option.
        source = folder / "source.doc"
        shutil.copyfile(path, source)
        command = [
            office,
            # A profile of its own: a running LibreOffice would otherwise take the job and return at once.
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(source),
        ]
        _run(command, path, options.timeout_seconds)
        converted = folder / "out" / "source.docx"
        if not converted.is_file():
            raise Damaged(path, "could not be converted by LibreOffice.", _SAVE_AGAIN)
        parsed = parse("docx", converted, options, name=path)
    return Parsed(MEDIA_TYPE, text=parsed.text, properties=parsed.properties)


def _through_catdoc(catdoc: str, path: Path, options: ReadOptions) -> Parsed:
    with tempfile.TemporaryDirectory(prefix="ingest-") as folder:
        # catdoc's own output formats drop the soft hyphen, in whose place TCVN3 has the letter ư
        # (and with it a tenth of all words); a format of ours that replaces nothing keeps it.
        for name, content in _CATDOC_FORMAT.items():
            (Path(folder) / name).write_text(content.format(folder=folder), encoding="ascii")
        command = [catdoc, "-w", "-s", "cp1252", "-d", "utf-8", "-f", "plain", str(path.absolute())]
        output = _run(command, path, options.timeout_seconds, env={**os.environ, "HOME": folder})
    lines = (_cells(line) for line in output.decode("utf-8").split("\n"))
    return Parsed(MEDIA_TYPE, text=plain_lines(repair("\n".join(lines))))


def _cells(line: str) -> str:
    """A table row, whose cells catdoc ends with tabs, as "a | b"; other tabs only indent."""
    cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
    return " | ".join(cells) if len(cells) >= 3 else line


def _run(
    command: Sequence[str], path: Path, seconds: float, *, env: Mapping[str, str] | None = None
) -> bytes:
    """Standard output of ``command``; it and every process it started end within ``seconds``."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=env,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        name = Path(command[0]).name
        raise TimedOut(path, f"could not be read by {name} in {seconds:g} seconds.", _SAVE_AGAIN) from None
    finally:
        if process.poll() is None:
            _end_group(process)
    if process.returncode != 0:
        raise Damaged(path, f"could not be read by {Path(command[0]).name}.", _SAVE_AGAIN)
    return output


def _end_group(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
