"""What a learner does while he plays a quiz: answers, goes to another question, begins again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.study.play import Play
from ui.study_view import Asked, Done

#: Characters of one answer.
LONGEST_ANSWER = 300


def _answer(asked: Asked) -> Done:
    values = asked.values.get("given", [])
    given = tuple(str(entry)[:LONGEST_ANSWER] for entry in (values if isinstance(values, list) else [values]))
    return _played(asked, lambda play: play.answer(given), "pba-outcome")


def _go(asked: Asked) -> Done:
    play = asked.view.play
    over = play is not None and asked.number >= len(play.items)
    focus = "pba-outcome" if over else "pba-play-title"
    return _played(asked, lambda play: play.go(asked.number), focus)


def _replay(asked: Asked) -> Done:
    wrong = asked.key == "wrong"
    return _played(asked, lambda play: play.again(only_wrong=wrong), "pba-play-title")


def _played(asked: Asked, change: Callable[[Play], Play], focus: str) -> Done:
    if asked.view.play is None:
        return Done(asked.view)
    return Done(replace(asked.view, play=change(asked.view.play)), focus=focus)


#: Name of an act → what it does.
ACTS: Mapping[str, Callable[[Asked], Done]] = {
    "answer": _answer,
    "claim": lambda asked: _played(asked, Play.claim, "pba-outcome"),
    "go": _go,
    "replay": _replay,
}
