"""XML files and packages whose bytes depend on their content only."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree  # type: ignore[import-untyped]


def child(parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    """A new last child; a trailing underscore of an attribute's name (``class_``) is left out."""
    names = {name.rstrip("_"): value for name, value in attributes.items()}
    element = etree.SubElement(parent, tag, names)
    element.text = text
    return element


def written(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of files by name, in their order, all of the first moment that zip knows."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
