"""Metadata given by the owner: ``name.meta.toml`` beside a file, or YAML front matter in a ``.md``.

Where both give a key, the sidecar wins: an edit on the page is kept there, and the owner's
file stays as it is.
Keys: title, number, kind, issuer, province, issued_on, status, source, access. Anything else is an
error that names the nearest valid key, so that a misspelt key is never silently without effect.
``number = false`` says that there is none, whatever was read in the text; so for issuer, province,
issued_on and source.
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from ingest.errors import BadSidecar
from ingest.metadata import Overrides
from ingest.numbers import fold
from ingest.types import Access, Kind, Origin, Status

SUFFIX: Final = ".meta.toml"
_MAX_BYTES: Final = 64 * 1024
_FRONT_MATTER: Final = re.compile(
    r"\A\ufeff?---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)


def sidecar_paths(path: Path) -> tuple[Path, Path]:
    """Where the sidecar of ``path`` may lie: ``a.txt.meta.toml``, then ``a.meta.toml``."""
    return path.with_name(path.name + SUFFIX), path.with_name(path.stem + SUFFIX)


def is_sidecar(path: Path) -> bool:
    """Whether a file is a sidecar and no document."""
    return path.name.endswith(SUFFIX)


def read_sidecar(path: Path) -> Overrides:
    """What the sidecar of the document ``path`` gives; empty if there is none.

    Raises:
        BadSidecar: not TOML, unknown key, or a value that cannot be used.
    """
    for sidecar in sidecar_paths(path):
        if sidecar.is_file():
            return _checked(sidecar, _load_toml(sidecar), Origin.SIDECAR)
    return Overrides()


def checked(path: Path, values: Mapping[str, object]) -> Overrides:
    """What an owner gave for ``path`` by key, read as a sidecar's values are; ``False`` says "none".

    Raises:
        BadSidecar: unknown key, or a value that cannot be used.
    """
    return _checked(path, values, Origin.SIDECAR)


def sidecar_text(values: Mapping[str, object]) -> str:
    """The sidecar that ``read_sidecar`` reads ``values`` from; ``None`` says that there is none."""
    return "".join(f"{key} = {_toml(value)}\n" for key, value in values.items())


def _toml(value: object) -> str:
    if value is None:
        return "false"
    if isinstance(value, date):
        return value.isoformat()
    # JSON's strings are TOML's, but for DEL, which no value may hold.
    return json.dumps(str(value), ensure_ascii=False)


def split_front_matter(text: str, path: Path) -> tuple[Overrides, int]:
    """The front matter at the head of a Markdown text, and the offset at which the text proper begins.

    A text without front matter gives no overrides and 0. A leading rule (``---``) is no front matter
    unless "key:" lines follow it.

    Raises:
        BadSidecar: not YAML, unknown key, or a value that cannot be used.
    """
    match = _FRONT_MATTER.match(text)
    if match is None or (
        match["yaml"].strip() and not re.match(r"\s*(?:#.*\n\s*)*[\w-]+[ \t]*:", match["yaml"])
    ):
        return Overrides(), 0
    import yaml

    try:
        values = yaml.safe_load(match["yaml"])
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 2}" if mark is not None else ""
        raise BadSidecar(
            path, f"The front matter is not valid YAML{where}.", "Write one 'key: value' a line."
        ) from error
    if values is None:
        values = {}
    if not isinstance(values, dict):
        raise BadSidecar(path, "The front matter is not a table of keys.", "Write one 'key: value' a line.")
    return _checked(path, values, Origin.FRONT_MATTER), match.end()


def merged(sidecar: Overrides, front_matter: Overrides) -> Overrides:
    """Both together; the sidecar wins, so that a file can be corrected without being changed."""
    return Overrides({**front_matter.values, **sidecar.values}, {**front_matter.origins, **sidecar.origins})


def _load_toml(sidecar: Path) -> Mapping[str, Any]:
    try:
        if sidecar.stat().st_size > _MAX_BYTES:
            raise BadSidecar(sidecar, f"Larger than {_MAX_BYTES} bytes.", "It holds a few lines of metadata.")
        return tomllib.loads(sidecar.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadSidecar(sidecar, "Not UTF-8.", "Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadSidecar(sidecar, f"Not valid TOML: {error}.", 'Write one key = "value" a line.') from error
    except OSError as error:
        raise BadSidecar(sidecar, f"Cannot be read: {error.strerror}.", "Check its permissions.") from error


def _checked(path: Path, values: Mapping[Any, Any], origin: Origin) -> Overrides:
    checked: dict[str, Any] = {}
    for key, value in values.items():
        parse = _FIELDS.get(key) if isinstance(key, str) else None
        if parse is None:
            near = _nearest(fold(str(key)))
            fix = f"Did you mean {near[0]}?" if near else f"Valid keys: {', '.join(_FIELDS)}."
            raise BadSidecar(path, f"Unknown key {str(key)!r}.", fix)
        try:
            checked[key] = parse(value)
        except ValueError as error:
            raise BadSidecar(path, f"{key} = {value!r} cannot be used.", str(error)) from error
    return Overrides(checked, dict.fromkeys(checked, origin))


def _nearest(key: str) -> list[str]:
    begun = [name for name in _FIELDS if len(key) > 2 and name.startswith(key)]
    return begun[:1] or difflib.get_close_matches(key, _FIELDS, n=1, cutoff=0.5)


def _text(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise ValueError("Give a text in quotes.")
    line = re.sub(r"\s+", " ", unicodedata.normalize("NFC", value)).strip()
    if not line or any(unicodedata.category(c) == "Cc" for c in line):
        raise ValueError("Give a text of one line that is not empty, or leave the key out.")
    return line


def _province(value: object) -> str:
    name = _text(value)
    low = name.lower()
    for rank in ("tỉnh", "thành phố"):
        if low.startswith(rank + " "):
            return f"{rank} {name[len(rank) + 1 :]}"
    raise ValueError('Give the rank too: "tỉnh Bắc Ninh" or "thành phố Bắc Ninh".')


def _date(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        from ingest.dates import DATE, iso_date

        parsed = iso_date(value)
        if parsed is not None and (
            re.fullmatch(r"\s*\d{4}-\d\d-\d\d\s*", value) or DATE.fullmatch(value.strip())
        ):
            return parsed
    raise ValueError("Give a date as 2019-01-21 or 21/01/2019.")


def _one_of(values: type[Kind] | type[Status] | type[Access]) -> Callable[[object], Kind | Status | Access]:
    def parse(value: object) -> Kind | Status | Access:
        wanted = fold(value.strip()) if isinstance(value, str) else None
        for member in values:
            if wanted in (fold(member.value), member.name.lower()):
                return member
        raise ValueError(f"Accepted: {', '.join(member.value for member in values)}.")

    return parse


def _or_none(parse: Callable[[object], Any]) -> Callable[[object], Any]:
    return lambda value: None if value is False else parse(value)


_FIELDS: Final[Mapping[str, Callable[[object], Any]]] = {
    "title": _text,
    "number": _or_none(_text),
    "kind": _one_of(Kind),
    "issuer": _or_none(_text),
    "province": _or_none(_province),
    "issued_on": _or_none(_date),
    "status": _one_of(Status),
    "source": _or_none(_text),
    "access": _one_of(Access),
}
