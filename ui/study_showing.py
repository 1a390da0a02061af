"""A view of the part for teaching material as HTML: the drafts, an open one, an earlier version, the quiz."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.errors import AssistantError
from assistant.study.studio import Studio
from assistant.study.types import Draft, Part
from assistant.types import Citation
from ui import fluent, study_drafts, study_playing, study_reading, study_slides, study_versions
from ui.controls import notice
from ui.failures import told
from ui.study_parts import Shown
from ui.study_view import View
from ui.study_wording import study_wording
from ui.wording import Wording

#: Drafts listed.
LISTED = 60


class Showing:
    """Shows views in one language."""

    def __init__(self, studio: Studio, words: Wording) -> None:
        self._studio = studio
        self._words = words
        self._texts = study_wording(words.language)

    def body(self, view: View, user: str) -> str:
        """The open draft, the earlier version that is looked at, or the quiz; empty where none is open."""
        draft = view.draft
        shown = Shown(self._words, self._texts, view.editing, self._differs, typed=view.typed)
        if draft is None:
            return ""
        if view.play is not None:
            return study_playing.playing(view.play, shown, left_out=sum(bool(q.faults) for q in draft.quiz))
        if view.old is not None:
            old, saved = view.old, view.saved
            title = saved.title if saved else draft.title
            told_of = {change.id: self._texts.differing[change.sort] for change in old.changes}
            shown = replace(shown, editing="", read_only=True, told=told_of)
            head = study_versions.old_head(title, old.version, old.draft, old.changes, shown, part=view.part)
            return head + _part(old.draft, view.part, shown)
        versions = self._studio.drafts.versions(user, view.saved.id) if view.saved else ()
        head = study_drafts.head(draft, view.saved, versions, shown, part=view.part)
        return head + _part(draft, view.part, shown)

    def listing(self, user: str) -> str:
        """The drafts of a visitor."""
        can_save = self._studio.drafts.can_save
        try:
            kept = self._studio.drafts.listed(user, limit=LISTED) if can_save else ()
        except AssistantError as error:
            return notice(told(error, self._words.language), self._texts.dismiss, bad=True)
        return study_drafts.listing(kept, Shown(self._words, self._texts), can_save=can_save)

    def _differs(self, text: str, citations: Sequence[Citation]) -> str:
        found = self._studio.differences(text, citations)
        return fluent.in_words(found, self._words.language)


def _part(draft: Draft, part: Part | None, shown: Shown) -> str:
    """The part of a draft that is chosen."""
    match part:
        case None:
            return ""
        case Part.PLAN:
            made = study_reading.plan(draft.lessons, shown)
        case Part.HANDOUT:
            made = study_reading.handout(draft.handout, shown) if draft.handout else ""
        case Part.QUIZ:
            made = study_reading.quiz(draft.quiz, shown)
        case Part.FLASHCARDS:
            made = study_reading.flashcards(draft.flashcards, shown)
        case Part.SLIDES:
            made = study_slides.slides(draft.slides, shown)
    head = study_drafts.part_head(part, shown)
    return f'<div class="pba-part-body" data-trail="{part.value}">{head}{made}</div>'
