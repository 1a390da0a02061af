"""What a visitor does with question sets, act by act: what he looks at before and after."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.errors import AssistantError, UnknownQuestionSet, UnreadableDraft
from assistant.evaluate.suggest.cases import facts_file, kept
from assistant.evaluate.suggest.desk import QuestionDesk, Result
from assistant.evaluate.suggest.sets import QuestionSets, SavedSet, next_id
from assistant.evaluate.suggest.types import (
    Found,
    Ground,
    Problem,
    Quoted,
    State,
    Suggested,
    Suggestion,
    SuggestionKind,
)
from assistant.study.studio import file_name
from ui import sets_view
from ui.controls import file_link, notice
from ui.failures import told
from ui.form_fields import all_of
from ui.sets_view import Form, Shown
from ui.wording import Wording

log = logging.getLogger(__name__)

_FOUND = 6
#: Problems with which a question is no line of a facts file, and is not kept.
_REFUSED = frozenset({Problem.NO_QUESTION, Problem.NO_FACTS, Problem.NO_SPAN})


@dataclass(frozen=True, slots=True)
class View:
    """What a visitor looks at.

    Attributes:
        book: his sets where the library may only be read; ``None`` where it keeps them.
        questions: of the open set.
        state: that he looks at; ``None`` for all.
        at: id of the question under review.
        form: what is typed, where a question is edited (``at``) or written (``writing``).
        result: of the last trial of the open set.
        turn: counts what was done, for the script.
    """

    book: QuestionSets | None = None
    saved: SavedSet | None = None
    questions: tuple[Suggestion, ...] = ()
    state: State | None = None
    at: str = ""
    form: Form | None = None
    writing: bool = False
    result: Result | None = None
    turn: int = 0

    @property
    def seen(self) -> tuple[Suggestion, ...]:
        """The questions in the state that is looked at."""
        return tuple(one for one in self.questions if self.state is None or one.state is self.state)


@dataclass(frozen=True, slots=True)
class Done:
    """After an act: the view, what to say, what the keyboard goes to (an id), a file that was asked for."""

    view: View
    said: str = ""
    focus: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    user: str
    view: View
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def saved(self) -> SavedSet:
        if self.view.saved is None:
            raise UnknownQuestionSet("No set of questions is open.")
        return self.view.saved


class Acts:
    """Everything that the buttons and forms of the part do."""

    def __init__(self, desk: QuestionDesk, words: Wording) -> None:
        self._desk = desk
        self._words = words
        self._shown = Shown(words)
        self._texts = self._shown.texts
        self._acts: dict[str, Callable[[_Asked], Done]] = {
            "open": lambda asked: self.open(asked.view, asked.user, asked.key),
            "close": lambda asked: Done(View(asked.view.book), focus="pba-sets-title"),
            "delete": self._delete,
            "filter": self._filter,
            "go": lambda asked: self._go(asked.view, asked.key),
            "previous": lambda asked: self._step(asked, -1),
            "next": lambda asked: self._step(asked, 1),
            "accept": lambda asked: self._decide(asked, State.ACCEPTED),
            "reject": lambda asked: self._decide(asked, State.REJECTED),
            "undo": self._undo,
            "edit": self._edit,
            "add": lambda asked: Done(
                replace(asked.view, form=Form(), writing=True), focus="pba-sets-body form"
            ),
            "cancel": lambda asked: self._go(asked.view, asked.view.at),
            "find": self._find,
            "save": self._save,
            "export": self._export,
        }

    def sets(self, view: View) -> QuestionSets:
        """Where the sets of a visitor are kept."""
        return view.book or self._desk.sets

    def do(self, view: View, user: str, act: str, key: str, values: Mapping[str, Any]) -> Done:
        """Do an act; where it cannot be done the view stays and the reason is said."""
        view = replace(view, turn=view.turn + 1)
        made = self._acts.get(act)
        if made is None:
            return Done(view)
        try:
            done = made(_Asked(user, view, key, values))
            return replace(done, view=replace(done.view, turn=view.turn))
        except UnknownQuestionSet:
            return Done(View(view.book, turn=view.turn), self._say(self._texts.gone, bad=True))
        except AssistantError as error:
            if isinstance(error, UnreadableDraft):
                log.warning("A question set cannot be read.", exc_info=True)
            return Done(
                view, self._say(f"{self._texts.failed} {told(error, self._words.language)}", bad=True)
            )
        except Exception:
            log.exception("Unexpected error at the question sets.")
            return Done(view, self._say(self._texts.failed_unexpected, bad=True))

    # ---- showing

    def body(self, view: View) -> str:
        """The open set; empty where none is open."""
        if view.saved is None:
            return ""
        wrong = frozenset(one.id for one in view.questions if self._problems(one, view))
        head = sets_view.head(view.saved, view.questions, view.state, view.at, wrong, self._shown)
        trial = sets_view.result(view.result, self._shown) if view.result is not None else ""
        return head + self._question(view) + trial

    def _question(self, view: View) -> str:
        if view.form is not None:
            return sets_view.form(view.form, "" if view.writing else view.at, self._shown)
        one = next((one for one in view.questions if one.id == view.at), None)
        if one is None:
            return sets_view.nothing(view.state, self._shown)
        ids = [entry.id for entry in view.seen]
        place = (ids.index(one.id) + 1 if one.id in ids else 0, len(ids))
        return sets_view.card(one, place, self._desk.citations(one), self._problems(one, view), self._shown)

    def _problems(self, one: Suggestion, view: View) -> tuple[Found, ...]:
        return self._desk.problems(one, view.questions) if one.state is not State.REJECTED else ()

    def listing(self, view: View, user: str) -> str:
        """The sets of a visitor."""
        sets = self.sets(view)
        try:
            return sets_view.listing(sets.listed(user), self._shown, lasting=sets.lasting)
        except AssistantError as error:
            return self._say(told(error, self._words.language), bad=True)

    def said_of(self, made: Suggested, wanted: int) -> str:
        """What is said of a set that was made."""
        said = self._texts.made.format(count=len(made.suggestions))
        if len(made.suggestions) < wanted:
            said += " " + self._texts.fewer.format(made=len(made.suggestions), wanted=wanted)
        return self._say(said)

    def _say(self, text: str, *, bad: bool = False) -> str:
        return notice(text, self._texts.dismiss, bad=bad)

    # ---- sets

    def made(self, view: View, user: str, made: Suggested, title: str, wanted: int) -> Done:
        """Keep a set that was made, and open it."""
        if not self._desk.sets.lasting and view.book is None:
            view = replace(view, book=QuestionSets.in_memory())
        saved = self.sets(view).add(user, title, made)
        return replace(self.open(view, user, saved.id), said=self.said_of(made, wanted))

    def open(self, view: View, user: str, set_id: str) -> Done:
        """Open a set at its first question that waits for a decision."""
        sets = self.sets(view)
        saved, questions = sets.find(user, set_id), sets.load(user, set_id)
        first = next((one.id for one in questions if one.state is State.PROPOSED), "")
        at = first or (questions[0].id if questions else "")
        return Done(View(view.book, saved, questions, at=at, turn=view.turn), focus="pba-set-title")

    def _delete(self, asked: _Asked) -> Done:
        title = asked.saved.title
        self.sets(asked.view).delete(asked.user, asked.saved.id)
        said = self._say(self._texts.deleted.format(title=title))
        return Done(View(asked.view.book), said, "pba-sets-title")

    def _filter(self, asked: _Asked) -> Done:
        state = State(asked.key) if asked.key in {one.value for one in State} else None
        view = replace(asked.view, state=state, form=None, writing=False)
        ids = [one.id for one in view.seen]
        at = view.at if view.at in ids else (ids[0] if ids else "")
        return Done(replace(view, at=at))

    def _go(self, view: View, key: str) -> Done:
        known = key in {one.id for one in view.questions}
        shut = replace(view, form=None, writing=False)
        return Done(replace(shut, at=key) if known else shut, focus="pba-card-title")

    def _step(self, asked: _Asked, way: int) -> Done:
        ids = [one.id for one in asked.view.seen]
        if not ids:
            return Done(asked.view)
        at = ids.index(asked.view.at) + way if asked.view.at in ids else 0
        return self._go(asked.view, ids[max(0, min(at, len(ids) - 1))])

    # ---- questions

    def _decide(self, asked: _Asked, state: State) -> Done:
        view, sets = asked.view, self.sets(asked.view)
        one = sets.question(asked.user, asked.saved.id, asked.key)
        edited = state is State.ACCEPTED and one.state is State.EDITED
        sets.decide(asked.user, asked.saved.id, one, State.EDITED if edited else state)
        return self._decided(view, asked, one.id)

    def _decided(self, view: View, asked: _Asked, question_id: str) -> Done:
        """After a decision: the next question that waits for one."""
        before = [one.id for one in view.questions]
        questions = self.sets(view).load(asked.user, asked.saved.id)
        now = next(one for one in questions if one.id == question_id)
        at = before.index(question_id) if question_id in before else len(before)
        later = [*questions[at + 1 :], *questions[:at]]
        waiting = next((one.id for one in later if one.state is State.PROPOSED), "")
        view = replace(view, questions=questions, form=None, writing=False, at=waiting or question_id)
        if view.state is not None and not waiting:
            view = replace(view, at=view.seen[0].id if view.seen else "")
        state = self._shown.names.states[now.state]
        return Done(
            view, self._say(self._texts.decided.format(id=question_id, state=state)), "pba-card-title"
        )

    def _undo(self, asked: _Asked) -> Done:
        sets = self.sets(asked.view)
        undone = sets.undo(asked.user, asked.saved.id)
        if undone is None:
            return Done(asked.view, self._say(self._texts.nothing_to_undo))
        questions = sets.load(asked.user, asked.saved.id)
        there = any(one.id == undone for one in questions)
        at = undone if there else (questions[0].id if questions else "")
        view = replace(asked.view, questions=questions, form=None, writing=False, at=at)
        return Done(view, self._say(self._texts.undone.format(id=undone)), "pba-card-title")

    def _edit(self, asked: _Asked) -> Done:
        one = self.sets(asked.view).question(asked.user, asked.saved.id, asked.key)
        view = replace(asked.view, at=one.id, form=sets_view.form_of(one), writing=False)
        return Done(view, focus="pba-sets-body form")

    def _typed(self, asked: _Asked) -> Form:
        values = asked.values
        kinds = {kind.value: kind for kind in SuggestionKind}
        spans = tuple(
            span
            for name in ("kept", "picked")
            for value in all_of(values, name)
            if (span := self._span(value))
        )
        return Form(
            " ".join(str(values.get("question", "")).split()),
            kinds.get(str(values.get("kind", "")), SuggestionKind.NUMBER),
            str(values.get("facts", ""))[:8000],
            tuple(dict.fromkeys(spans)),
            searched=" ".join(str(values.get("find", "")).split())[:200],
        )

    def _span(self, value: str) -> Quoted | None:
        start, _, rest = value.partition("-")
        end, _, document_id = rest.partition("-")
        try:
            return self._desk.quoted(document_id, int(start), int(end))
        except (AssistantError, ValueError):
            return None

    def _find(self, asked: _Asked) -> Done:
        typed = self._typed(asked)
        found = self._desk.quotes(typed.searched or typed.question, _FOUND)
        new = tuple(span for span in found if span not in typed.spans)
        searched = typed.searched or typed.question
        view = replace(asked.view, form=replace(typed, found=new, searched=searched))
        return Done(view, focus='[name="picked"]' if new else '[name="find"]')

    def _save(self, asked: _Asked) -> Done:
        view, sets, typed = asked.view, self.sets(asked.view), self._typed(asked)
        none = typed.kind is SuggestionKind.UNANSWERABLE
        facts, spans = sets_view.facts_typed(typed.facts), typed.spans
        if asked.key:
            old = sets.question(asked.user, asked.saved.id, asked.key)
        else:
            old = Suggestion(next_id(view.questions), typed.kind, "", ground=Ground.BY_HAND)
        ground = (
            old.ground if old.answerable is not none and old.question == typed.question else Ground.BY_HAND
        )
        if not none and old.answerable and old.ground is Ground.QUOTED:
            ground = Ground.QUOTED
        made = replace(
            old,
            kind=typed.kind,
            question=typed.question,
            facts=() if none else facts,
            spans=() if none else spans,
            ground=ground,
        )
        refused = tuple(one for one in self._desk.problems(made, view.questions) if one.problem in _REFUSED)
        if refused:
            form = replace(typed, refused=refused)
            return Done(replace(view, form=form), focus="pba-sets-body form")
        sets.decide(asked.user, asked.saved.id, made, State.EDITED)
        done = self._decided(view, asked, made.id)
        if self._desk.problems(made, done.view.questions):
            # What is wrong with it is shown at once; the next question can wait.
            return replace(done, view=replace(done.view, at=made.id, state=None))
        return done

    # ---- files

    def _export(self, asked: _Asked) -> Done:
        texts, questions = self._texts, self.sets(asked.view).load(asked.user, asked.saved.id)
        chosen: Sequence[Suggestion] = questions if asked.key == "all" else kept(questions)
        if not chosen:
            return Done(asked.view, self._say(texts.nothing_accepted, bad=True))
        name = f"{file_name(asked.saved.title)}.jsonl"
        said = texts.exported.format(name=name, count=len(chosen))
        wrong = sum(bool(self._problems(one, asked.view)) for one in chosen)
        said += " " + texts.export_wrong.format(count=wrong) if wrong else ""
        link = file_link("sets", name, "application/jsonl", facts_file(chosen).encode())
        return Done(asked.view, self._say(said), file=link)

    def to_run(self, view: View) -> tuple[Suggestion, ...]:
        """The questions that a trial asks: the accepted ones, else all that were not rejected."""
        return kept(view.questions) or tuple(one for one in view.questions if one.state is not State.REJECTED)
