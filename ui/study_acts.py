"""What a visitor does with teaching material, act by act: what he looks at before and after."""

from __future__ import annotations

import logging
import secrets
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.errors import AssistantError, NoSuchItem, NothingElse, UnknownDraft, UnreadableDraft
from assistant.study.drafts import SavedDraft
from assistant.study.play import Play, started
from assistant.study.studio import Studio, parts_of
from assistant.study.tree import item
from assistant.study.types import Draft, Part
from assistant.types import Citation
from ui import fluent, study_drafts, study_playing, study_reading, study_slides
from ui.failures import told
from ui.study_forms import edited
from ui.study_parts import Shown, button, notice
from ui.study_wording import study_wording
from ui.wording import Wording

log = logging.getLogger(__name__)

#: Documents that are shown to choose from; drafts listed.
FOUND, LISTED = 12, 60


@dataclass(frozen=True, slots=True)
class View:
    """What a visitor looks at.

    Attributes:
        saved: the draft as it is kept; ``None`` where nothing can be kept.
        editing: identifier of the item whose form is open.
        play: the quiz under way.
        turn: counts what was done, for the script.
    """

    saved: SavedDraft | None = None
    draft: Draft | None = None
    part: Part | None = None
    editing: str = ""
    play: Play | None = None
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """After an act: the view, what to say, what the keyboard goes to (an id), a file that was asked for."""

    view: View
    said: str = ""
    focus: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """An act: of whom, on which view, with what key and values."""

    user: str
    view: View
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def draft(self) -> Draft:
        if self.view.draft is None:
            raise NoSuchItem("No draft is open.")
        return self.view.draft


class Acts:
    """Everything that the buttons and forms of the part do."""

    def __init__(self, studio: Studio, words: Wording) -> None:
        self._studio = studio
        self._words = words
        self._texts = study_wording(words.language)
        self._acts: dict[str, Callable[[_Asked], Done]] = {
            "open": self._open,
            "close": lambda asked: Done(View(), focus="pba-study-title"),
            "part": self._part,
            "edit": lambda asked: self._edit(asked, asked.key),
            "cancel": lambda asked: Done(replace(asked.view, editing=""), focus=_item_id(asked.key)),
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
            "answer": self._answer,
            "claim": lambda asked: self._played(asked, Play.claim, "pba-outcome"),
            "go": self._go,
            "replay": self._replay,
        }

    @property
    def can_save(self) -> bool:
        return self._studio.drafts.can_save

    def do(self, view: View, user: str, act: str, key: str, values: Mapping[str, Any]) -> Done:
        """Do an act; where it cannot be done the view stays and the reason is said."""
        view = replace(view, turn=view.turn + 1)
        made = self._acts.get(act)
        if made is None:
            return Done(view)
        texts = self._texts
        try:
            done = made(_Asked(user, view, key, values))
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
            return Done(view, self._say(f"{texts.failed} {told(error, self._words.language)}", bad=True))
        except Exception:
            log.exception("Unexpected error at the studio.")
            return Done(view, self._say(texts.failed_unexpected, bad=True))

    # ---- showing

    def shown(self, view: View) -> Shown:
        return Shown(self._words, self._texts, view.editing, self._differs)

    def _differs(self, text: str, citations: Sequence[Citation]) -> str:
        found = self._studio.differences(text, citations)
        return fluent.in_words(found, self._words.language)

    def body(self, view: View, user: str) -> str:
        """The open draft, or the quiz being played; empty where none is open."""
        shown, draft = self.shown(view), view.draft
        if draft is None:
            return ""
        if view.play is not None:
            return study_playing.playing(view.play, shown, left_out=sum(bool(q.faults) for q in draft.quiz))
        versions = self._studio.drafts.versions(user, view.saved.id) if view.saved else ()
        head = study_drafts.head(draft, view.saved, versions, shown, part=view.part)
        if view.part is None:
            return head
        made = {
            Part.PLAN: lambda: study_reading.plan(draft.lessons, shown),
            Part.HANDOUT: lambda: study_reading.handout(draft.handout, shown) if draft.handout else "",
            Part.QUIZ: lambda: study_reading.quiz(draft.quiz, shown),
            Part.FLASHCARDS: lambda: study_reading.flashcards(draft.flashcards, shown),
            Part.SLIDES: lambda: study_slides.slides(draft.slides, shown),
        }[view.part]()
        return (
            f'{head}<div class="pba-part-body" data-trail="{view.part.value}">'
            f"{study_drafts.part_head(view.part, shown)}{made}</div>"
        )

    def listing(self, user: str) -> str:
        """The drafts of a visitor."""
        shown = Shown(self._words, self._texts)
        try:
            kept = self._studio.drafts.listed(user, limit=LISTED) if self.can_save else ()
        except AssistantError as error:
            return self._say(told(error, self._words.language), bad=True)
        return study_drafts.listing(kept, shown, can_save=self.can_save)

    def made(self, user: str, draft: Draft) -> Done:
        """Keep a draft that was made, and open it."""
        texts = self._texts
        dropped = sum(entry.count for entry in draft.dropped)
        said = texts.made.format(items=len(draft.quiz), slides=len(draft.slides), dropped=dropped)
        short = draft.wish.quiz_items - len(draft.quiz) if Part.QUIZ in draft.wish.parts else 0
        if short > 0:
            said += " " + texts.fewer.format(made=len(draft.quiz), wanted=draft.wish.quiz_items)
        saved = self._studio.drafts.add(user, draft, note=texts.notes["made"]) if self.can_save else None
        view = View(saved, draft, _first(draft))
        return Done(view, self._say(said if saved else f"{said} {texts.cannot_save}"), "pba-draft-title")

    # ---- drafts

    def _open(self, asked: _Asked) -> Done:
        saved = self._studio.drafts.find(asked.user, asked.key)
        draft = self._studio.drafts.load(asked.user, asked.key)
        return Done(View(saved, draft, _first(draft)), focus="pba-draft-title")

    def _part(self, asked: _Asked) -> Done:
        if asked.key not in {part.value for part in parts_of(asked.draft)}:
            return Done(asked.view)
        return Done(replace(asked.view, part=Part(asked.key), editing=""))

    def _restore(self, asked: _Asked) -> Done:
        saved, number = asked.view.saved, int(asked.key) if asked.key.isdecimal() else 0
        if saved is None or not 0 < number <= saved.versions:
            raise UnknownDraft(f"No version {number}.")
        note = self._texts.notes["restored"].format(number=number)
        saved = self._studio.drafts.restore(asked.user, saved.id, number, note=note)
        draft = self._studio.drafts.load(asked.user, saved.id)
        part = asked.view.part if asked.view.part in parts_of(draft) else _first(draft)
        view = replace(asked.view, saved=saved, draft=draft, part=part, editing="")
        return Done(view, self._say(self._texts.restored.format(number=number)), "pba-draft-title")

    def _rename(self, asked: _Asked) -> Done:
        saved = self._studio.drafts.rename(asked.user, asked.key, str(asked.values.get("title", "")))
        view = replace(asked.view, saved=saved) if asked.view.saved else asked.view
        return Done(view, self._say(self._texts.renamed.format(title=saved.title)), "pba-draft-title")

    def _duplicate(self, asked: _Asked) -> Done:
        found = self._studio.drafts.find(asked.user, asked.key)
        title = self._texts.copy_of.format(title=found.title)
        note = self._texts.notes["duplicated"]
        copy = self._studio.drafts.duplicate(asked.user, found.id, title=title, note=note)
        said = self._say(self._texts.duplicated.format(title=copy.title))
        if asked.view.draft is None:
            return Done(asked.view, said)
        return replace(self._open(replace(asked, key=copy.id)), said=said)

    def _delete(self, asked: _Asked) -> Done:
        title = self._studio.drafts.find(asked.user, asked.key).title
        self._studio.drafts.delete(asked.user, asked.key)
        return Done(View(), self._say(self._texts.deleted.format(title=title)), "pba-study-title")

    def _export(self, asked: _Asked) -> Done:
        made = self._studio.export(asked.draft, asked.key)
        link = study_drafts.file_link(
            made.name, made.media_type, b64encode(made.data).decode(), secrets.token_hex(4)
        )
        return Done(asked.view, self._say(self._texts.exported.format(name=made.name)), file=link)

    # ---- items

    def _edit(self, asked: _Asked, key: str) -> Done:
        item(asked.draft, key)
        return Done(replace(asked.view, editing=key), focus=f"{_item_id(key)} form")

    def _save(self, asked: _Asked) -> Done:
        key, texts = asked.key, self._texts
        entry = item(asked.draft, key)
        values = edited(entry, asked.values)
        if all(getattr(entry, name) == value for name, value in values.items()):
            return Done(replace(asked.view, editing=""), focus=_item_id(key))
        draft = self._studio.editor.edit(asked.draft, key, **values)
        found = getattr(item(draft, key), "faults", ())
        done = self._changed(asked, draft, "edited")
        if found:
            why = "; ".join(texts.faults[fault] for fault in found)
            done = replace(
                done,
                said=self._say(f"{texts.unproved} {why}.", bad=True, after=self._undo(done.view)),
            )
        return replace(done, view=replace(done.view, editing=""), focus=_item_id(key))

    def _move(self, asked: _Asked, way: int) -> Done:
        at = _place(asked.draft, asked.key) + way
        return self._changed(asked, self._studio.editor.move(asked.draft, asked.key, max(0, at)), "moved")

    def _other(self, asked: _Asked) -> Done:
        done = self._changed(asked, self._studio.editor.replace(asked.draft, asked.key), "replaced")
        return replace(done, focus=_item_id(asked.key))

    def _lock(self, asked: _Asked, *, on: bool) -> Done:
        draft = self._studio.editor.lock(asked.draft, asked.key, on)
        done = self._changed(asked, draft, "locked" if on else "unlocked")
        return replace(done, focus=f'[data-act="{"unlock" if on else "lock"}"][data-key="{asked.key}"]')

    def _drop(self, asked: _Asked) -> Done:
        done = self._changed(asked, self._studio.editor.remove(asked.draft, asked.key), "dropped")
        return replace(done, focus="pba-study-said")

    def _again(self, asked: _Asked) -> Done:
        part = Part(asked.key)
        draft = self._studio.regenerate(asked.draft, part)
        return self._changed(asked, draft, "again", part=self._texts.parts[part])

    def _changed(self, asked: _Asked, draft: Draft, what: str, **told: str) -> Done:
        """Keep a changed draft as one more version."""
        note = self._texts.notes[what].format(**told)
        saved = asked.view.saved
        if saved is not None:
            saved = self._studio.drafts.save(asked.user, saved.id, draft, note=note)
        part = asked.view.part if asked.view.part in parts_of(draft) else _first(draft)
        view = replace(asked.view, saved=saved, draft=draft, part=part, editing="")
        before, after = len(study_drafts.unproved(asked.draft)), len(study_drafts.unproved(draft))
        said = f"{note}."
        if after > before:
            said += " " + self._texts.broke_others.format(count=after - before)
        return Done(view, self._say(said, bad=after > before, after=self._undo(view)))

    def _say(self, text: str, *, bad: bool = False, after: str = "") -> str:
        return notice(text, self._texts, bad=bad, after=after)

    def _undo(self, view: View) -> str:
        """The way back to the version before the newest."""
        if view.saved is None or view.saved.versions < 2:
            return ""
        return button("restore", str(view.saved.versions - 1), self._texts.undo)

    # ---- playing

    def _play(self, asked: _Asked) -> Done:
        play = started(asked.draft.quiz, asked.draft.wish.seed)
        if not play.items:
            return Done(asked.view, self._say(self._texts.nothing_to_play, bad=True))
        return Done(replace(asked.view, play=play, editing=""), focus="pba-play-title")

    def _answer(self, asked: _Asked) -> Done:
        given = asked.values.get("given", [])
        given = tuple(str(entry)[:300] for entry in (given if isinstance(given, list) else [given]))
        return self._played(asked, lambda play: play.answer(given), "pba-outcome")

    def _go(self, asked: _Asked) -> Done:
        at = int(asked.key) if asked.key.isdecimal() else 0
        play = asked.view.play
        over = play is not None and at >= len(play.items)
        return self._played(asked, lambda play: play.go(at), "pba-outcome" if over else "pba-play-title")

    def _replay(self, asked: _Asked) -> Done:
        wrong = asked.key == "wrong"
        return self._played(asked, lambda play: play.again(only_wrong=wrong), "pba-play-title")

    def _played(self, asked: _Asked, change: Callable[[Play], Play], focus: str) -> Done:
        if asked.view.play is None:
            return Done(asked.view)
        return Done(replace(asked.view, play=change(asked.view.play)), focus=focus)


def _item_id(key: str) -> str:
    return f"pba-entry-{key}"


def _first(draft: Draft) -> Part | None:
    made = parts_of(draft)
    return next((part for part in Part if part in made), None)


def _place(draft: Draft, key: str) -> int:
    """Where an item stands in its row. Raises ``NoSuchItem``."""
    from assistant.study.tree import changed

    found: list[int] = []

    def note(row: tuple[Any, ...], at: int) -> tuple[Any, ...]:
        found.append(at)
        return row

    changed(draft, key, note)
    return found[0]
