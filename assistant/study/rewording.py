"""Key points and lines of slides in a language model's words, where checking bears them out.

One request for each section and slide. What a model writes stands only where the verifier finds it in the
quotes of its line; else the line stays as it was extracted, and so does everything where the model fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.llm.gathering import gather
from assistant.llm.injected import is_addressed
from assistant.llm.prompt import as_data, fence_key
from assistant.llm.translation import FOREIGN, numbered
from assistant.llm.types import LanguageModel, Message
from assistant.stopping import Stop
from assistant.study.proving import Prover
from assistant.study.sayings import points_back
from assistant.study.types import Draft, KeyPoint, Layout, Lesson, Section, Slide
from index.library import Library
from prompts import render

#: Seconds that one section is waited for.
LONGEST_WAIT = 60.0
#: Words of a key point and of a line of a slide, at most.
POINT_WORDS, LINE_WORDS = 45, 18
#: Tokens of a line for each of its quote's, and around each.
_GROWTH, _AROUND = 1.3, 16
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class _Block:
    """One line as the template shows it."""

    number: int
    text: str


class Rewording:
    """Has the lines of drafts written over. Safe to use from several threads.

    Args:
        seconds: after which a section stays as it is.
    """

    def __init__(self, library: Library, model: LanguageModel, *, seconds: float = LONGEST_WAIT) -> None:
        self._library = library
        self._model = model
        self._seconds = seconds

    def reworded(self, draft: Draft, stop: Stop | None = None) -> Draft:
        """The draft with those of its lines written over that hold; locked ones stay.

        Once the model fails, it is not asked for the rest.

        Raises:
            AnswerStopped: ``stop`` was told so.
        """
        run = _Run(self._model, Prover(self._library), draft.wish.language, self._seconds, stop)
        return replace(
            draft,
            lessons=tuple(run.lesson(lesson) for lesson in draft.lessons),
            slides=tuple(run.slide(slide) for slide in draft.slides),
        )


class _Run:
    """One draft's requests."""

    def __init__(
        self, model: LanguageModel, prover: Prover, language: str, seconds: float, stop: Stop | None
    ) -> None:
        self._model = model
        self._prover = prover
        self._language = language
        self._seconds = seconds
        self._stop = stop
        self._failed = False

    def lesson(self, lesson: Lesson) -> Lesson:
        return replace(lesson, sections=tuple(map(self._section, lesson.sections)))

    def slide(self, slide: Slide) -> Slide:
        if slide.locked or slide.layout is not Layout.POINTS:
            return slide
        return replace(slide, points=self._points(slide.points, LINE_WORDS))

    def _section(self, section: Section) -> Section:
        return replace(section, points=self._points(section.points, POINT_WORDS))

    def _points(self, points: Sequence[KeyPoint], most: int) -> tuple[KeyPoint, ...]:
        asked = [point for point in points if not point.locked and not is_addressed(point.text)]
        if self._failed or not asked:
            return tuple(points)
        said = self._asked(asked, most)
        told = {
            point.id: said[number]
            for number, point in enumerate(asked, start=1)
            if number in said and self._holds(point, said[number], most)
        }
        return tuple(replace(point, text=told.get(point.id, point.text)) for point in points)

    def _asked(self, points: Sequence[KeyPoint], most: int) -> dict[int, str]:
        """Number of a line → what the model wrote for it; empty where it fails."""
        blocks = [_Block(number, as_data(point.text)) for number, point in enumerate(points, start=1)]
        key = fence_key("\0".join(block.text for block in blocks))
        request = render("teaching_lines", self._language, key=key, quotes=blocks, words=most)
        tokens = sum(round(_GROWTH * self._model.count(block.text)) + _AROUND for block in blocks)
        tokens = min(tokens, self._model.max_tokens)
        if self._model.count(request) + tokens > self._model.context_window:
            return {}
        got = gather(
            self._model,
            [Message("user", request)],
            max_tokens=tokens,
            seconds=self._seconds,
            longest=4 * sum(len(block.text) for block in blocks) + 200,
            stop=self._stop,
        )
        if got.failure is not None:
            self._failed = True
            return {}
        return {number: text for number, text in numbered(got.text, cut=got.cut).items() if key not in text}

    def _holds(self, point: KeyPoint, text: str, most: int) -> bool:
        """Whether a line may stand in the place of a point: short, whole, and borne out by its quotes."""
        if not _FEWEST <= len(text.split()) <= most or FOREIGN.search(text) or is_addressed(text):
            return False
        return not points_back(text) and self._prover.bears_out(text, point.citations)
