"""What a visitor does with teaching material, act by act: what he looks at before and after."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from textwrap import shorten
from typing import Any

from assistant.errors import (
    AssistantError,
    DraftChanged,
    NoSuchItem,
    NothingElse,
    UnknownDraft,
    UnreadableDraft,
)
from assistant.study.changes import Sort, changes, entries, same, words_of
from assistant.study.drafts import Version
from assistant.study.play import started
from assistant.study.studio import Studio, parts_of
from assistant.study.tree import item
from assistant.study.types import Draft, Part
from ui import study_drafts, study_turns
from ui.controls import button, file_link, notice
from ui.failures import told
from ui.study_called import called, place
from ui.study_forms import edited
from ui.study_parts import part_name
from ui.study_view import Asked, Done, Old, View
from ui.study_wording import study_wording
from ui.wording import Wording

log = logging.getLogger(__name__)

#: Going back changes so few items that the keyboard goes to the first of them: one undone act.
FEW = 2
#: Characters of what an item was changed to elsewhere.
LONGEST_QUOTED = 160
#: Acts on one item, and others that change the draft.
_OF_AN_ITEM = frozenset(("save", "up", "down", "other", "lock", "unlock", "drop"))
_CHANGING = _OF_AN_ITEM | {"again", "restore"}


class Acts:
    """Everything that the buttons and forms of the part do."""

    def __init__(self, studio: Studio, words: Wording) -> None:
        self._studio = studio
        self._words = words
        self._texts = study_wording(words.language)
        self._acts: dict[str, Callable[[Asked], Done]] = {
            "open": self._open,
            "close": lambda asked: Done(View(), focus="pba-study-title"),
            "look": self._look,
            "look_back": lambda asked: Done(asked.view.plain(), focus="pba-draft-title"),
            "part": self._part,
            "show": self._show,
            "edit": lambda asked: self._edit(asked, asked.key),
            "cancel": lambda asked: Done(asked.view.plain(), focus=_item_id(asked.key)),
            "save": self._save,
            "up": lambda asked: self._move(asked, -1),
            "down": lambda asked: self._move(asked, 1),
            "other": self._other,
            "lock": lambda asked: self._lock(asked, on=True),
            "unlock": lambda asked: self._lock(asked, on=False),
            "drop": self._drop,
            "again": self._again,
            "restore": self._restore,
            "rename": self._rename,
            "duplicate": self._duplicate,
            "delete": self._delete,
            "export": self._export,
            "play": self._play,
            "stop_play": lambda asked: Done(replace(asked.view, play=None), focus="pba-draft-title"),
            **study_turns.ACTS,
        }

    def do(self, view: View, user: str, act: str, key: str, values: Mapping[str, Any]) -> Done:
        """Do an act; where it cannot be done the view stays and the reason is said."""
        view = replace(view, turn=view.turn + 1)
        made = self._acts.get(act)
        if made is None:
            return Done(view)
        asked, texts = Asked(user, view, key, values), self._texts
        try:
            try:
                self._still_newest(asked, act)
                done = made(asked)
            except DraftChanged:
                done = self._on_newest(asked, act)
            return replace(done, view=replace(done.view, turn=view.turn))
        except NothingElse:
            return Done(view, self._say(texts.nothing_else, bad=True))
        except NoSuchItem:
            return Done(view, self._say(texts.no_such_item, bad=True))
        except UnknownDraft:
            return Done(View(turn=view.turn), self._say(texts.draft_gone, bad=True))
        except UnreadableDraft:
            log.warning("A draft cannot be read.", exc_info=True)
            return Done(view, self._say(texts.draft_unreadable, bad=True))
        except AssistantError as error:
            said = self._say(f"{texts.failed} {told(error, self._words.language)}", bad=True)
            return Done(self._with_typed(asked, act), said)
        except Exception:
            log.exception("Unexpected error at the studio.")
            return Done(self._with_typed(asked, act), self._say(texts.failed_unexpected, bad=True))

    def _still_newest(self, asked: Asked, act: str) -> None:
        """Raises ``DraftChanged`` before any work is done on what is not the newest version any more."""
        saved = asked.view.saved
        if act not in _CHANGING or saved is None:
            return
        newest = self._studio.drafts.find(asked.user, saved.id).versions
        if newest != saved.versions:
            raise DraftChanged(f"Version {newest} was saved elsewhere.")

    def _on_newest(self, asked: Asked, act: str) -> Done:
        """Do an act on the version saved elsewhere meanwhile, if what it is about is still the same."""
        texts, before = self._texts, asked.draft
        view = replace(self._opened(asked.user, asked.view), turn=asked.view.turn)
        told_all = Done(view.plain(), self._say(texts.changed_elsewhere, bad=True), "pba-draft-title")
        if act not in _OF_AN_ITEM or view.draft is None:
            return told_all
        own = item(before, asked.key)
        try:
            other = item(view.draft, asked.key)
        except NoSuchItem:
            if act != "save":
                return told_all
            typed = words_of(replace(own, **edited(own, asked.values)))
            return replace(told_all, said=self._say(texts.gone_elsewhere.format(text=typed), bad=True))
        if same(own, other):
            done = self._acts[act](replace(asked, view=view))
            return replace(done, said=done.said + self._say(texts.also_elsewhere))
        if act != "save":
            return told_all
        view = replace(view, editing=asked.key, typed=edited(own, asked.values))
        there = shorten(words_of(other), LONGEST_QUOTED, placeholder="…")
        wording = self._say(texts.edited_elsewhere.format(text=there), bad=True)
        return Done(view, wording, f"{_item_id(asked.key)} form")

    def _with_typed(self, asked: Asked, act: str) -> View:
        """The view with what was typed into the open form, where that could not be saved."""
        if act != "save" or asked.view.draft is None:
            return asked.view
        entry = item(asked.view.draft, asked.key)
        return replace(asked.view, editing=asked.key, typed=edited(entry, asked.values))

    def _opened(self, user: str, view: View) -> View:
        """The newest version of the draft of a view, at the same part where it still has it."""
        if view.saved is None:
            return view
        saved = self._studio.drafts.find(user, view.saved.id)
        draft = self._studio.drafts.load(user, saved.id)
        return replace(view, saved=saved, draft=draft, part=_part_in(draft, view.part))

    def made(self, user: str, draft: Draft) -> Done:
        """Keep a draft that was made, and open it."""
        texts = self._texts
        dropped = sum(entry.count for entry in draft.dropped)
        made = parts_of(draft)
        what = ", ".join(part_name(draft, part, texts) for part in Part if part in made)
        said = texts.made.format(what=what)
        if dropped:
            said += " " + texts.made_dropped.format(count=dropped)
        short = draft.wish.quiz_items - len(draft.quiz) if Part.QUIZ in draft.wish.parts else 0
        if short > 0:
            said += " " + texts.fewer.format(made=len(draft.quiz), wanted=draft.wish.quiz_items)
        saved = (
            self._studio.drafts.add(user, draft, note=texts.notes["made"])
            if self._studio.drafts.can_save
            else None
        )
        view = View(saved, draft, _first(draft))
        return Done(view, self._say(said if saved else f"{said} {texts.cannot_save}"), "pba-draft-title")

    # ---- drafts

    def _open(self, asked: Asked) -> Done:
        saved = self._studio.drafts.find(asked.user, asked.key)
        draft = self._studio.drafts.load(asked.user, asked.key)
        named = next((part for part in Part if part.value == asked.values.get("part")), None)
        return Done(View(saved, draft, _part_in(draft, named)), focus="pba-draft-title")

    def _part(self, asked: Asked) -> Done:
        draft = asked.view.old.draft if asked.view.old else asked.draft
        if asked.key not in {part.value for part in parts_of(draft)}:
            return Done(asked.view)
        return Done(replace(asked.view, part=Part(asked.key), editing="", typed={}))

    def _show(self, asked: Asked) -> Done:
        """Go to an item, in whatever part it is."""
        for part in Part:
            if any(entry.id == asked.key for entry in entries(asked.draft, part)):
                return Done(replace(asked.view.plain(), part=part), focus=_item_id(asked.key))
        raise NoSuchItem(asked.key)

    def _look(self, asked: Asked) -> Done:
        """Show an earlier version, which changes nothing."""
        saved, version = asked.view.saved, self._version(asked)
        if saved is None or version is None:
            return Done(asked.view, self._say(self._texts.version_gone, bad=True))
        draft = self._studio.drafts.load(asked.user, saved.id, version.ordinal)
        old = Old(version, draft, changes(draft, asked.draft))
        view = replace(asked.view.plain(), old=old, part=_part_in(draft, asked.view.part))
        return Done(view, focus="pba-draft-title")

    def _restore(self, asked: Asked) -> Done:
        saved, version = asked.view.saved, self._version(asked)
        if saved is None or version is None:
            return Done(asked.view, self._say(self._texts.version_gone, bad=True))
        number = version.ordinal
        note = self._texts.notes["restored"].format(number=number)
        self._studio.drafts.restore(asked.user, saved.id, number, note=note, after=saved.versions)
        view = self._opened(asked.user, asked.view.plain())
        said = self._say(self._texts.restored.format(number=number), after=self._undo(view))
        if view.draft is None:
            return Done(view, said)
        different = changes(view.draft, asked.draft)
        here = [change for change in different if change.sort is not Sort.ADDED]
        if not here or len(different) > FEW:
            return Done(view, said, "pba-draft-title")
        return Done(replace(view, part=here[0].part), said, _item_id(here[0].id))

    def _version(self, asked: Asked) -> Version | None:
        """The version of that number, if it is kept."""
        if asked.view.saved is None:
            return None
        kept = self._studio.drafts.versions(asked.user, asked.view.saved.id)
        return next((version for version in kept if version.ordinal == asked.number), None)

    def _rename(self, asked: Asked) -> Done:
        saved = self._studio.drafts.rename(asked.user, asked.key, str(asked.values.get("title", "")))
        view = asked.view
        if view.saved is not None:
            view = replace(view, saved=replace(view.saved, title=saved.title))
        return Done(view, self._say(self._texts.renamed.format(title=saved.title)), "pba-draft-title")

    def _duplicate(self, asked: Asked) -> Done:
        found = self._studio.drafts.find(asked.user, asked.key)
        title = self._texts.copy_of.format(title=found.title)
        note = self._texts.notes["duplicated"]
        copy = self._studio.drafts.duplicate(asked.user, found.id, title=title, note=note)
        said = self._say(self._texts.duplicated.format(title=copy.title))
        if asked.view.draft is None:
            return Done(asked.view, said)
        return replace(self._open(replace(asked, key=copy.id)), said=said)

    def _delete(self, asked: Asked) -> Done:
        title = self._studio.drafts.find(asked.user, asked.key).title
        self._studio.drafts.delete(asked.user, asked.key)
        return Done(View(), self._say(self._texts.deleted.format(title=title)), "pba-study-title")

    def _export(self, asked: Asked) -> Done:
        made = self._studio.export(asked.draft, asked.key)
        link = file_link("study", made.name, made.media_type, made.data)
        return Done(asked.view, self._say(self._texts.exported.format(name=made.name)), file=link)

    # ---- items

    def _edit(self, asked: Asked, key: str) -> Done:
        item(asked.draft, key)
        return Done(replace(asked.view.plain(), editing=key), focus=f"{_item_id(key)} form")

    def _save(self, asked: Asked) -> Done:
        key, texts = asked.key, self._texts
        entry = item(asked.draft, key)
        values = edited(entry, asked.values)
        if all(getattr(entry, name) == value for name, value in values.items()):
            return Done(asked.view.plain(), focus=_item_id(key))
        draft = self._studio.editor.edit(asked.draft, key, **values)
        found = getattr(item(draft, key), "faults", ())
        done = self._changed(asked, draft, "edited")
        if found:
            why = "; ".join(texts.faults[fault] for fault in found)
            done = replace(
                done,
                said=self._say(f"{texts.saved_unproved} {why}.", bad=True, after=self._undo(done.view)),
            )
        return replace(done, focus=_item_id(key))

    def _move(self, asked: Asked, way: int) -> Done:
        at = place(asked.draft, asked.key) + way
        return self._changed(asked, self._studio.editor.move(asked.draft, asked.key, max(0, at)), "moved")

    def _other(self, asked: Asked) -> Done:
        done = self._changed(asked, self._studio.editor.replace(asked.draft, asked.key), "replaced")
        return replace(done, focus=_item_id(asked.key))

    def _lock(self, asked: Asked, *, on: bool) -> Done:
        draft = self._studio.editor.lock(asked.draft, asked.key, on)
        done = self._changed(asked, draft, "locked" if on else "unlocked")
        return replace(done, focus=f'[data-act="{"unlock" if on else "lock"}"][data-key="{asked.key}"]')

    def _drop(self, asked: Asked) -> Done:
        done = self._changed(asked, self._studio.editor.remove(asked.draft, asked.key), "dropped")
        return replace(done, focus="pba-study-said")

    def _again(self, asked: Asked) -> Done:
        part = Part(asked.key)
        draft = self._studio.regenerate(asked.draft, part)
        return self._changed(asked, draft, "again", part=self._texts.parts[part])

    def _changed(self, asked: Asked, draft: Draft, what: str, **told: str) -> Done:
        """Keep a changed draft as one more version."""
        if what != "again":
            told["name"] = called(asked.draft, asked.key, self._texts)
        note = self._texts.notes[what].format(**told)
        saved = asked.view.saved
        if saved is not None:
            saved = self._studio.drafts.save(asked.user, saved.id, draft, note=note, after=saved.versions)
        part = _part_in(draft, asked.view.part)
        view = replace(asked.view.plain(), saved=saved, draft=draft, part=part)
        before, after = len(study_drafts.unproved(asked.draft)), len(study_drafts.unproved(draft))
        text = note if note.endswith((".", "…", "?")) else f"{note}."
        if after > before:
            text += " " + self._texts.broke_others.format(count=after - before)
        return Done(view, self._say(text, bad=after > before, after=self._undo(view)))

    def _say(self, text: str, *, bad: bool = False, after: str = "") -> str:
        return notice(text, self._texts.dismiss, bad=bad, after=after)

    def _undo(self, view: View) -> str:
        """The way back to the version before the newest."""
        if view.saved is None or view.saved.versions < 2:
            return ""
        return button("restore", str(view.saved.versions - 1), self._texts.undo)

    # ---- playing

    def _play(self, asked: Asked) -> Done:
        play = started(asked.draft.quiz, asked.draft.wish.seed)
        if not play.items:
            return Done(asked.view, self._say(self._texts.nothing_to_play, bad=True))
        return Done(replace(asked.view.plain(), play=play), focus="pba-play-title")


def _item_id(key: str) -> str:
    return f"pba-entry-{key}"


def _first(draft: Draft) -> Part | None:
    made = parts_of(draft)
    return next((part for part in Part if part in made), None)


def _part_in(draft: Draft, part: Part | None) -> Part | None:
    """A part if the draft has it, else its first."""
    return part if part in parts_of(draft) else _first(draft)
