"""What the documentation says is what the code does."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import re
import string
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from assistant.cli.app import app
from assistant.serialise import answer_to_json
from assistant.settings import setting_field, setting_names, variable_name
from assistant.text_en import WORDING as ENGLISH
from assistant.text_vi import WORDING as VIETNAMESE
from assistant.types import (
    Answer,
    AnswerStatus,
    Citation,
    Cost,
    Difference,
    DifferenceKind,
    Engine,
    Notice,
    NoticeKind,
    ReadingStep,
    Statement,
    Understood,
    Verdict,
)
from index.types import Hit, Signal
from ingest.errors import AssistantError
from ingest.types import Document, Passage

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PACKAGES = ("assistant", "index", "ingest", "prompts", "ui")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
READMES = ("README.md", "README.vi.md")
PAGES = [*READMES, "CHANGELOG.md", *sorted(f"docs/{path.name}" for path in DOCS.glob("*.md"))]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def rows(text: str) -> list[list[str]]:
    """Cells of all table rows of a page, without headings and rules."""
    found = []
    lines = text.splitlines()
    for position, line in enumerate(lines):
        rule = position + 1 < len(lines) and re.fullmatch(r"\|[-| ]+\|", lines[position + 1])
        if line.startswith("|") and not rule and not re.fullmatch(r"\|[-| ]+\|", line):
            found.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


# ---- settings


def default_shown(name: str) -> str:
    if name == "home":
        return "the platform's data folder"
    value = setting_field(name).get_default()
    if value is None:
        return "unset"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


@pytest.mark.parametrize("name", setting_names())
def test_every_setting_is_documented_as_it_is(name: str) -> None:
    row = (
        f"| `{name}` | `{variable_name(name)}` | {default_shown(name)} | {setting_field(name).description} |"
    )
    assert row in read("docs/settings.md").splitlines(), f"docs/settings.md needs the row\n{row}"


def test_no_other_setting_is_documented() -> None:
    documented = [code(row[0])[0] for row in rows(read("docs/settings.md"))]
    assert documented == setting_names()


@pytest.mark.parametrize("page", PAGES)
def test_settings_and_variables_named_on_a_page_exist(page: str) -> None:
    sections = {name.split(".")[0] for name in setting_names() if "." in name}
    text = read(page)
    named = set(re.findall(rf"`((?:{'|'.join(sections)})\.[a-z_]+)`", text))
    assert named <= set(setting_names())
    variables = set(re.findall(r"\bPBA_[A-Z_]*[A-Z]\b", text))
    assert variables <= {variable_name(name) for name in setting_names()}


def raised_texts() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Raise):
                    for part in ast.walk(node):
                        if isinstance(part, ast.Constant) and isinstance(part.value, str):
                            yield path.relative_to(ROOT).as_posix(), part.value


def test_settings_named_in_error_messages_exist() -> None:
    sections = {name.split(".")[0] for name in setting_names() if "." in name}
    pattern = re.compile(rf"\b(?:{'|'.join(sections)})\.[a-z_]+\b")
    named = {(path, name) for path, text in raised_texts() for name in pattern.findall(text)}
    assert named
    assert {entry for entry in named if entry[1] not in setting_names()} == set()


# ---- dependencies


def requirements() -> dict[str, Requirement]:
    """Every declared dependency, by canonical name."""
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    return {canonicalize_name(r.name): r for group in groups for r in map(Requirement, group)}


def test_every_dependency_has_its_reason_and_nothing_else_has() -> None:
    documented = [
        canonicalize_name(code(row[0])[0]) for row in rows(read("docs/dependencies.md")) if len(row) == 4
    ]
    assert len(documented) == len(set(documented))
    assert set(documented) == set(requirements())


def test_every_reason_is_filled_in() -> None:
    for row in rows(read("docs/dependencies.md")):
        assert all(row), row


@pytest.mark.parametrize("name", ["llama-index", "sentence-transformers", "faiss-cpu", "gradio", "pytest"])
def test_the_owners_packages_are_named(name: str) -> None:
    assert name in requirements()


def pins() -> dict[str, str]:
    lines = [line for line in read("constraints.txt").splitlines() if line and not line.startswith("#")]
    found = dict(line.split("==") for line in lines)
    assert len(found) == len(lines)
    return {canonicalize_name(name): version for name, version in found.items()}


@pytest.mark.parametrize("name", sorted(requirements()))
def test_a_dependency_is_pinned_to_a_version_that_fits(name: str) -> None:
    assert requirements()[name].specifier.contains(pins()[name])
    assert "+" not in pins()[name]


def imported_modules() -> Iterator[tuple[str, str]]:
    """File and top-level name of every import from outside the project and the standard library."""
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = []
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    names = [node.module]
                elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
                    names = [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
                for top in {name.split(".")[0] for name in names}:
                    if top not in sys.stdlib_module_names and top not in PACKAGES:
                        yield path.relative_to(ROOT).as_posix(), top


def test_what_is_imported_is_declared() -> None:
    # llama-index itself only gathers the packages that share its name space.
    distributions = packages_distributions() | {"llama_index": ["llama-index"]}
    declared = set(requirements())
    undeclared = {
        (path, top)
        for path, top in imported_modules()
        if not declared & {canonicalize_name(name) for name in distributions.get(top, ())}
    }
    assert undeclared == set()


def test_what_is_declared_to_run_is_imported() -> None:
    distributions = packages_distributions() | {"llama_index": ["llama-index"]}
    used = {canonicalize_name(name) for _, top in imported_modules() for name in distributions.get(top, ())}
    # The data files of the first two are read, their code is not imported; trafilatura imports the third,
    # Gradio the fourth. The last shares llama-index's name space.
    used |= {"vietnam-provinces", "fastapi-offline", "lxml-html-clean", "mcp", "llama-index-llms-openai-like"}
    declared = {canonicalize_name(Requirement(entry).name) for entry in PROJECT["dependencies"]}
    assert declared - used == set()


# ---- the answer as JSON

DOCUMENT = Document("a.txt", "0" * 64, "Tên", "Có 27 đảng viên.", names=("a.txt",))
PASSAGE = Passage("a.txt#1", "a.txt", 1, 0, 16, DOCUMENT.text)
NOTICE = Notice(NoticeKind.REPLACED, "b.txt", "Quy định số 2-QĐ/TW", 7, 30)
CITATION = Citation(
    1, "a.txt", "a.txt#1", 3, 5, "27", label="Tên, đoạn 1", sentence=(0, 9), notices=(NOTICE,)
)
HIT = Hit(PASSAGE, DOCUMENT, 0.5, {Signal.DENSE: 1}, {Signal.DENSE: 0.9})
ANSWER = Answer(
    "Bao nhiêu?",
    "Bao nhiêu?",
    AnswerStatus.GROUNDED,
    statements=(Statement("27 [1]", (CITATION,), emphasis=((0, 2),)),),
    withheld=(
        Statement(
            "28 [1]",
            (CITATION,),
            Verdict.CONTRADICTED,
            differences=(Difference(DifferenceKind.NUMBER, "28", "27"),),
            approximations=("gần 30",),
        ),
    ),
    engine=Engine.MODEL,
    cost=Cost("mô-hình", "1", 10, 2, first_word=0.5, seconds=0.9),
    understood=(Understood(ReadingStep.SPELLING, "nhieeu", "nhiêu"),),
    notes=("Hai tài liệu nêu khác nhau.",),
    nearest=(CITATION,),
    hits=(HIT,),
    timings={"total": 0.1},
)
TYPES = {
    "string": str,
    "integer": int,
    "number": float,
    "object": dict,
    "array": list,
    "null": type(None),
    "boolean": bool,
}


def schema(heading: str) -> dict[str, str]:
    """Key → type, from the table under a heading of docs/answer-json.md."""
    section = read("docs/answer-json.md").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return {key: row[1] for row in rows(section) for key in code(row[0])}


def check(value: Any, type_: str) -> None:
    if type_.split()[0] not in TYPES:
        if value is not None:
            check_object(value, type_.split()[0])
        return
    kinds = tuple(TYPES[word.split()[0]] for word in type_.split(" or "))
    assert isinstance(value, kinds), (value, type_)
    if type_.startswith("array of "):
        for entry in value:
            if type_.endswith("string"):
                assert isinstance(entry, str)
            else:
                check_object(entry, type_.removeprefix("array of "))


def check_object(value: dict[str, Any], heading: str) -> None:
    documented = schema(heading)
    assert list(value) == [key for key in value if key in documented]
    assert set(documented) == set(value)
    for key, type_ in documented.items():
        check(value[key], type_)


def test_an_answer_has_the_documented_form_all_the_way_down() -> None:
    value = answer_to_json(ANSWER)
    assert value["statements"]
    assert value["hits"]
    check_object(value, "Answer")


def test_the_documented_words_for_status_and_verdict_are_all_of_them() -> None:
    text = read("docs/answer-json.md")
    for enumeration in (AnswerStatus, Verdict, Signal, Engine, DifferenceKind):
        for member in enumeration:
            assert f"`{member.value}`" in text


# ---- the command line


def commands(group: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


COMMANDS = dict(commands(typer.main.get_command(app), "pba"))


def options(command: Any) -> set[str]:
    return {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    assert re.search(rf"^\| `{name}\b", read("docs/command-line.md"), re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_options_shown_on_a_page_exist(page: str) -> None:
    known_anywhere = set().union(*(options(command) for command in COMMANDS.values()), {"--help", "-h"})
    for line in re.findall(r"(?:^|`)(pba [^`\n]+)", read(page), re.MULTILINE):
        words = line.split("  #")[0].split()
        if words[1].startswith("-") or words[1] in (
            "COMMAND",
            "cache",
            "documents",
            "feedback",
            "facts",
            "study",
        ):
            continue
        name = f"pba {words[1]}"
        if name == "pba evaluate":
            named = " ".join(words[:3])
            name = named if named in COMMANDS else "pba evaluate run"
        assert name in COMMANDS, line
        for option in re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", line):
            assert option in options(COMMANDS[name]) | {"--help", "-h"}, line
    for option in re.findall(r"`(--[a-z-]+)", read(page)):
        assert option in known_anywhere | {"--config", "--verbose", "--version"}, option


def errors(base: type[AssistantError]) -> Iterator[type[AssistantError]]:
    yield base
    for child in base.__subclasses__():
        yield from errors(child)


def test_exit_statuses_are_documented() -> None:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("errors.py"):
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    section = read("docs/command-line.md").split("## Exit statuses")[1]
    documented = {int(row[0]) for row in rows(section)}
    assert {error.exit_status for error in errors(AssistantError)} <= documented
    assert {0, 1, 2, 3, 4, 130} == documented


# ---- wording


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(VIETNAMESE)])
def test_both_languages_say_the_same_things(field: str) -> None:
    first, second = getattr(VIETNAMESE, field), getattr(ENGLISH, field)
    if isinstance(first, str):
        assert first
        assert placeholders(first) == placeholders(second)
    else:
        assert list(first) == list(second)
        assert all(first.values())
        assert all(second.values())


def test_every_wording_is_used() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "assistant" / "cli").glob("*.py"))
    unused = [f.name for f in dataclasses.fields(VIETNAMESE) if not re.search(rf"\b{f.name}\b", sources)]
    assert unused == []


# ---- pages


@pytest.mark.parametrize("page", PAGES)
def test_links_within_the_project_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", read(page)):
        if not target.startswith(("http://", "https://")):
            assert (ROOT / page).parent.joinpath(target).exists(), target


@pytest.mark.parametrize("page", READMES)
def test_a_readme_is_led_by_the_two_commands(page: str) -> None:
    first = re.search(r"```[a-z]*\n(.*?)```", read(page), re.DOTALL)
    assert first is not None
    assert [line.split("#")[0].strip() for line in first[1].splitlines()] == ["make demo", "make test"]
    targets = re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE)
    assert {"install", "demo", "test", "lint", "bench", "clean"} <= set(targets)


def test_both_readmes_have_the_same_parts() -> None:
    shape = [re.findall(r"^(#+|```|\|)", read(page), re.MULTILINE) for page in READMES]
    assert shape[0] == shape[1]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_finished(page: str) -> None:
    assert not re.search(r"TODO|FIXME|TBD|XXX|lorem|coming soon|\bplaceholder\b", read(page), re.IGNORECASE)
    assert read(page).strip()


def test_the_changelog_knows_the_version() -> None:
    assert re.search(rf"^## \[{re.escape(PROJECT['version'])}\]", read("CHANGELOG.md"), re.MULTILINE)


def test_make_knows_what_it_can_do_without_asking() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("make demo", "make test", "make lint", "make bench"):
        assert target in shown
