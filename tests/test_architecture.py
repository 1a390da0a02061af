"""The layers stay layers: who imports whom, where the heavy libraries live, what a start loads."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("ingest", "index", "prompts", "assistant", "ui")

#: Package → packages of the project that it may import.
ALLOWED = {
    "ingest": set[str](),
    "prompts": set[str](),
    "index": {"ingest"},
    "assistant": {"index", "ingest", "prompts"},
    "ui": {"assistant"},
}

#: Library → the only places (module or package) that may import it.
HOMES = {
    "faiss": ("index.vectors",),
    "tantivy": ("index.lexical", "index.lexical_queries"),
    "torch": ("index.embedding",),
    "sentence_transformers": ("index.embedding",),
    "transformers": ("index.embedding",),
    "gradio": ("ui",),
    "fastapi": ("assistant.http",),
    "sqlalchemy": ("index",),
    "alembic": ("index.migrations",),
    "trafilatura": ("ingest.readers",),
    "viparse": ("ingest",),
    "typer": ("assistant.cli",),
    "rich": ("assistant.cli",),
}

MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str, package: str) -> Iterator[str]:
    """Full names of all modules a source imports, wherever the import stands, by name or by string."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                base = package.rsplit(".", node.level - 1)[0] if node.level > 1 else package
                yield f"{base}.{node.module}" if node.module else base
            elif node.module:
                yield node.module
        elif (
            isinstance(node, ast.Call)
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
            and ast.unparse(node.func) in ("import_module", "importlib.import_module", "__import__")
        ):
            yield node.args[0].value


def imports_of(path: Path) -> set[str]:
    name = module_name(path)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    return set(imports(path.read_text(encoding="utf-8"), package))


def within(module: str, homes: tuple[str, ...]) -> bool:
    return any(module == home or module.startswith(home + ".") for home in homes)


def test_the_reader_of_imports_sees_them_all() -> None:
    source = (
        "import a.b\nfrom c import d\nfrom . import e\nfrom ..f import g\n"
        "def h():\n    import i\n    importlib.import_module('j')\n"
    )
    assert set(imports(source, "p.q")) == {"a.b", "c", "p.q", "p.f", "i", "j"}


def test_every_package_has_modules() -> None:
    assert {module_name(path).split(".")[0] for path in MODULES} == set(PACKAGES)


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_imports_go_one_way(path: Path) -> None:
    own = module_name(path).split(".")[0]
    others = {name.split(".")[0] for name in imports_of(path)} & set(PACKAGES) - {own}
    assert others <= ALLOWED[own], f"{module_name(path)} imports {sorted(others - ALLOWED[own])}"


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_in_its_place_only(library: str) -> None:
    users = {
        module_name(path)
        for path in MODULES
        if any(name.split(".")[0] == library for name in imports_of(path))
    }
    assert users, f"{library} is imported nowhere"
    assert all(within(user, HOMES[library]) for user in users), sorted(users)


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_fits_in_the_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


HEAVY = {"torch", "gradio", "fastapi", "llama_index", "sentence_transformers", "transformers"}


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import ingest", HEAVY),
        ("import index", HEAVY),
        ("import assistant", HEAVY),
        ("import assistant.answer, index.library", HEAVY | {"faiss", "tantivy"}),
        (
            "from assistant.cli import main; main(['--help'])",
            HEAVY | {"faiss", "tantivy", "sqlalchemy", "numpy", "pydantic", "rich"},
        ),
        ("from assistant.cli import main; main(['ask', '--help'])", HEAVY | {"sqlalchemy", "numpy"}),
    ],
)
def test_a_start_loads_nothing_heavy(code: str, absent: set[str]) -> None:
    report = "import sys; print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    command = [sys.executable, "-c", f"{code}\n{report}"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    loaded = set(ran.stderr.split())
    assert "sys" in loaded
    assert not loaded & absent
