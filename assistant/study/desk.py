"""The trainer's desk over one library: topics, and drafts made and edited."""

from __future__ import annotations

from dataclasses import replace

from assistant.llm.types import LanguageModel
from assistant.stopping import Stop
from assistant.study.editing import Editor
from assistant.study.making import Progress, make_draft
from assistant.study.proving import proved
from assistant.study.rewording import Rewording
from assistant.study.topics import Topic, topics
from assistant.study.types import Draft, Part, Wish
from index.library import Library
from index.types import Filters


class Desk:
    """Makes and edits teaching material. Safe to use from several threads.

    Args:
        model: writes key points and lines of slides over; without one they are extracts.
    """

    def __init__(self, library: Library, model: LanguageModel | None = None) -> None:
        self._library = library
        self._model = model
        self.editor = Editor(library)

    def topics(self, filters: Filters = Filters(), *, most: int = 30) -> tuple[Topic, ...]:
        """What the documents that the filters let in speak of, most of all first."""
        return topics(self._library, filters, most=most)

    def make(
        self,
        wish: Wish,
        *,
        progress: Progress | None = None,
        stop: Stop | None = None,
        quoted: bool = False,
    ) -> Draft:
        """A draft for a wish; see ``assistant.study.making.make_draft`` for arguments and errors.

        Args:
            quoted: extracts alone, also where there is a language model.
        """
        draft = make_draft(self._library, wish, progress=progress, stop=stop)
        if self._model is not None and not quoted:
            draft = Rewording(self._library, self._model).reworded(draft, stop)
        return proved(self._library, draft)

    def regenerate(self, draft: Draft, part: Part, *, quoted: bool = False) -> Draft:
        """Make one part again; what is locked in it stays."""
        made = self.editor.regenerate(draft, part)
        if self._model is None or quoted or part not in (Part.PLAN, Part.SLIDES):
            return made
        alone = replace(
            made,
            lessons=made.lessons if part is Part.PLAN else (),
            slides=made.slides if part is Part.SLIDES else (),
        )
        reworded = Rewording(self._library, self._model).reworded(alone)
        kept = replace(
            made,
            lessons=reworded.lessons if part is Part.PLAN else made.lessons,
            slides=reworded.slides if part is Part.SLIDES else made.slides,
        )
        return proved(self._library, kept)
