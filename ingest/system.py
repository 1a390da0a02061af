"""The programs of the operating system that reading some formats needs."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

#: Debian's names, which the error messages and the doctor give.
TESSERACT_PACKAGES = "tesseract-ocr tesseract-ocr-vie"
POPPLER_PACKAGES = "poppler-utils"
CATDOC_PACKAGES = "catdoc"
SOFFICE_PACKAGES = "libreoffice-writer-nogui"


@dataclass(frozen=True, slots=True)
class Program:
    """A program, or a part of one, and whether it is here.

    Attributes:
        name: the command, or ``tesseract-data-vie`` for Tesseract's language data.
        purpose: what cannot be read without it.
        path: where it is, or ``None``.
        install: the command that installs it on Debian and Ubuntu.
    """

    name: str
    purpose: str
    path: str | None
    install: str

    @property
    def present(self) -> bool:
        return self.path is not None


def apt(packages: str) -> str:
    """The command that installs ``packages`` on Debian and Ubuntu."""
    return f"apt-get install {packages}"


def programs(language: str = "vie") -> tuple[Program, ...]:
    """Every program reading can use, present or not, in the order the doctor shows them."""
    return (
        Program(
            "tesseract",
            "text of scanned PDFs and of page images (.png .jpg .tif)",
            shutil.which("tesseract"),
            apt(TESSERACT_PACKAGES),
        ),
        Program(
            f"tesseract-data-{language}",
            "recognition of Vietnamese letters",
            tessdata(language),
            apt(f"tesseract-ocr-{language.split('+')[0]}"),
        ),
        Program(
            "pdftoppm",
            "pictures of scanned PDF pages, which Tesseract then reads",
            shutil.which("pdftoppm"),
            apt(POPPLER_PACKAGES),
        ),
        Program(
            "soffice",
            ".doc files (best quality; catdoc is used where it is absent)",
            soffice(),
            apt(SOFFICE_PACKAGES),
        ),
        Program("catdoc", ".doc files where soffice is absent", shutil.which("catdoc"), apt(CATDOC_PACKAGES)),
    )


def soffice() -> str | None:
    """LibreOffice's command, under either of its names."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def tessdata(language: str) -> str | None:
    """The folder with Tesseract's data for every language in ``language`` ("vie+eng"), or ``None``."""
    tesseract = shutil.which("tesseract")
    if tesseract is None:
        return None
    folder, installed = _languages(tesseract, os.environ.get("TESSDATA_PREFIX"))
    return folder if set(language.split("+")) <= installed else None


@lru_cache(maxsize=4)
def _languages(tesseract: str, prefix: str | None) -> tuple[str, frozenset[str]]:
    """Tesseract's data folder and languages; ``prefix`` only keys the cache on the environment."""
    listing = subprocess.run(
        [tesseract, "--list-langs"], capture_output=True, text=True, timeout=30, check=False
    )
    lines = (listing.stdout or listing.stderr).splitlines()
    # First line: List of available languages in "/usr/share/…/tessdata/" (3):
    quoted = lines[0].split('"') if lines else []
    folder = quoted[1] if len(quoted) >= 3 else str(Path(prefix or tesseract))
    return folder, frozenset(line.strip() for line in lines[1:] if line.strip())
