"""What drafted questions are called and what is said of them, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.evaluate.suggest.types import Found, Ground, Problem, Reason, State, Suggestion, SuggestionKind


@dataclass(frozen=True, slots=True)
class SuggestWording:
    """``{name}`` marks what is filled in with ``str.format``; ``said`` is what ``pba facts`` says."""

    title: str
    kinds: Mapping[SuggestionKind, str]
    states: Mapping[State, str]
    grounds: Mapping[Ground, str]
    reasons: Mapping[Reason, str]
    problems: Mapping[Problem, str]
    said: Mapping[str, str]

    def ground(self, suggestion: Suggestion) -> str:
        """Why a question is held answerable, or not."""
        return self.grounds[suggestion.ground].format(name=suggestion.about)

    def problem(self, found: Found) -> str:
        """A problem in words."""
        return self.problems[found.problem].format(detail=found.detail)


def suggest_wording(language: str) -> SuggestWording:
    """The wording of "vi" or "en"."""
    # Imported here because both modules take the type from this one.
    if language == "en":
        from assistant.evaluate.suggest.text_en import WORDING
    else:
        from assistant.evaluate.suggest.text_vi import WORDING
    return WORDING
