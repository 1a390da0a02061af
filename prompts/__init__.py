"""The texts that frame an answer or instruct a language model, as templates (``*.vi.md``, ``*.en.md``), and
their loader.

A template is Jinja. Its first line names the variables it needs (``{# needs: place #}``);
``render`` refuses to run without one of them, or with one it does not know, so that no answer is
ever framed by a half-filled text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from jinja2.meta import find_undeclared_variables

_NEEDS = re.compile(r"\A\{# needs:(?P<names>[^#]*)#\}\n")
LANGUAGES = ("vi", "en")


class TemplateError(ValueError):
    """A template does not exist, declares its variables wrongly, or was given the wrong ones."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A parsed template, the variables it needs, and the version of its text."""

    template: Template
    needs: frozenset[str]
    version: str


@cache
def load(name: str, language: str) -> Loaded:
    """Parse ``name.language.md``; raise ``TemplateError`` if what it declares is not what it uses."""
    path = files("prompts").joinpath(f"{name}.{language}.md")
    if not path.is_file():
        raise TemplateError(f"There is no template {name}.{language}.md.")
    source = path.read_text(encoding="utf-8")
    environment = Environment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False)
    declared = _NEEDS.match(source)
    if declared is None:
        raise TemplateError(f"{name}.{language}.md must begin with a line {{# needs: … #}}.")
    needs = frozenset(filter(None, re.split(r"[\s,]+", declared["names"].strip())))
    body = source[declared.end() :]
    used = find_undeclared_variables(environment.parse(body))
    if used != needs:
        raise TemplateError(f"{name}.{language}.md needs {sorted(needs)} but uses {sorted(used)}.")
    return Loaded(environment.from_string(body), needs, sha256(source.encode()).hexdigest()[:12])


def render(name: str, language: str, **values: object) -> str:
    """Fill a template.

    Raises:
        TemplateError: unknown template, or ``values`` are not exactly the variables it needs.
    """
    loaded = load(name, language)
    if loaded.needs != values.keys():
        raise TemplateError(f"{name}.{language}.md needs {sorted(loaded.needs)}, was given {sorted(values)}.")
    return loaded.template.render(**values).strip()


def version(name: str, language: str) -> str:
    """12 hexadecimal digits that change with any change to the template's text, so that none is forgotten.

    Raises:
        TemplateError: unknown template.
    """
    return load(name, language).version


def names() -> tuple[str, ...]:
    """Names of all templates, without language."""
    found = {path.name.split(".")[0] for path in files("prompts").iterdir() if path.name.endswith(".md")}
    return tuple(sorted(found))
