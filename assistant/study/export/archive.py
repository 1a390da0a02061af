"""Office files without the time at which they were written, so that the same draft gives the same bytes."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: The earliest that a zip archive can name; it stands for none.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
_TIMES = re.compile(rb"<(dcterms:created|dcterms:modified|cp:lastPrinted)\b[^>]*>[^<]*</\1>")


def without_times(file: bytes) -> bytes:
    """The archive with every time taken out, also those of the workbooks inside it.

    Args:
        file: a .docx, .pptx or .xlsx.
    """
    written = BytesIO()
    with ZipFile(BytesIO(file)) as source, ZipFile(written, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith(".xlsx"):
                content = without_times(content)
            elif entry.filename == _PROPERTIES:
                content = _TIMES.sub(b"", content)
            kept = ZipInfo(entry.filename, _NO_TIME)
            kept.compress_type = ZIP_DEFLATED
            target.writestr(kept, content)
    return written.getvalue()
