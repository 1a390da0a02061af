"""From a wish to a draft: every part that is asked for, from the documents of a library alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.candidates import numbers_in
from assistant.errors import BadWish
from assistant.stopping import Stop
from assistant.study.english import in_vietnamese, is_english
from assistant.study.flashcards import flashcards_of
from assistant.study.framing import framing
from assistant.study.gather import Material, allowed, gather
from assistant.study.handout import handout_of
from assistant.study.marking import Identifiers, mapped, marked
from assistant.study.plan import lessons_of, title_of
from assistant.study.quiz import make_quiz
from assistant.study.settling import Settler
from assistant.study.slides import slides_of
from assistant.study.teaching import Pool, pool_of
from assistant.study.types import Draft, Part, Wish
from index.library import Library

MOST_MINUTES, MOST_LESSONS, MOST_ITEMS, MOST_SLIDES = 1200, 20, 200, 60


@dataclass(frozen=True, slots=True)
class Step:
    """How far the making of a draft is.

    Attributes:
        part: under way; ``None`` while the documents are read.
        done, total: steps of the whole.
        items, wanted: within a part that counts what it makes.
    """

    part: Part | None
    done: int
    total: int
    items: int = 0
    wanted: int = 0


Progress = Callable[[Step], None]


def make_draft(
    library: Library, wish: Wish, *, progress: Progress | None = None, stop: Stop | None = None
) -> Draft:
    """Everything a wish asks for. The same wish and library give the same draft.

    Args:
        progress: told of each step as it begins.
        stop: told when nobody waits for it any more.

    Raises:
        BadWish: what is asked for cannot be made, or no document that the filters let in speaks of the topic.
        AnswerStopped: ``stop`` was told so.
    """
    checked(wish)
    stop = stop or Stop()
    total = len(wish.parts) + 1
    tell = progress or (lambda _: None)
    tell(Step(None, 0, total))
    material = material_for(library, wish)
    pool = pool_of(material, wish.seed)
    if not pool.taught or not pool.on_topic:
        raise BadWish(
            f"No document that the filters let in speaks of {wish.topic!r}. "
            "Choose another topic (pba study topics), or fewer filters."
        )
    ids = Identifiers()
    draft = Draft(wish, title_of(pool, framing(wish.language)), library=fingerprint_of(library))
    for done, part in enumerate(wish.parts, start=1):
        stop.check()
        tell(Step(part, done, total))
        draft = with_part(library, draft, part, material, pool, ids, tell=tell, stop=stop)
    stop.check()
    settle = Settler(library)
    draft = marked(mapped(draft, settle.citation))
    tell(Step(None, total, total))
    return draft


def material_for(library: Library, wish: Wish) -> Material:
    """The lines for a wish.

    A topic that is a document ("Chỉ thị 28-CT/TW") is all that the library's documents on it say; a topic in
    English is looked for by the words of the documents.
    """
    about = _about_number(library, wish)
    if about:
        whole = replace(wish, topic="", filters=replace(wish.filters, document_ids=about))
        return replace(gather(library, whole), topic=wish.topic)
    said = in_vietnamese(wish.topic) if is_english(wish.topic) else ""
    return gather(library, replace(wish, topic=said or wish.topic))


def _about_number(library: Library, wish: Wish) -> tuple[str, ...]:
    """Ids of the documents that have the number which the topic is, or have it in their titles."""
    wanted = numbers_in(wish.topic)
    if not wanted:
        return ()
    allowed_ids = set(allowed(library, wish))
    return tuple(
        entry.id
        for entry in library.documents()
        if entry.id in allowed_ids and wanted & numbers_in(f"{entry.number or ''} | {entry.title}")
    )


def with_part(
    library: Library,
    draft: Draft,
    part: Part,
    material: Material,
    pool: Pool,
    ids: Identifiers,
    *,
    tell: Progress | None = None,
    stop: Stop | None = None,
) -> Draft:
    """The draft with one of its parts made; citations are not numbered yet."""
    wish = draft.wish
    if part is Part.PLAN:
        return replace(draft, lessons=lessons_of(pool, wish, ids))
    if part is Part.HANDOUT:
        return replace(draft, handout=handout_of(pool, material, wish, ids))
    if part is Part.FLASHCARDS:
        return replace(draft, flashcards=flashcards_of(library, pool, material, wish, ids))
    if part is Part.SLIDES:
        return replace(draft, slides=slides_of(pool, material, wish, ids))
    at = wish.parts.index(part) + 1 if part in wish.parts else 0

    def count(items: int, wanted: int) -> None:
        if stop is not None:
            stop.check()
        if tell is not None:
            tell(Step(part, at, len(wish.parts) + 1, items, wanted))

    quiz, dropped = make_quiz(library, material, wish, count)
    others = tuple(entry for entry in draft.dropped if entry.part is not Part.QUIZ)
    return replace(draft, quiz=quiz, dropped=(*others, *dropped))


def checked(wish: Wish) -> None:
    """Raise ``BadWish`` where a wish cannot be met by any library."""
    limits = (
        ("minutes", wish.minutes, 5, MOST_MINUTES),
        ("lessons", wish.lessons, 1, MOST_LESSONS),
        ("quiz items", wish.quiz_items, 0, MOST_ITEMS),
        ("slides", wish.slides, 0, MOST_SLIDES),
    )
    for name, value, least, most in limits:
        if not least <= value <= most:
            raise BadWish(f"{name}: {value} is not between {least} and {most}.")
    if wish.minutes < 5 * wish.lessons:
        raise BadWish(f"{wish.minutes} minutes are too few for {wish.lessons} lessons: at least 5 each.")
    if not wish.parts:
        raise BadWish("No part is asked for: choose plan, handout, quiz, flashcards or slides.")


def fingerprint_of(library: Library) -> str:
    """Which library a draft was made from, and in what state: its name and generation."""
    with library.catalogue.read() as connection:
        name = library.catalogue.note(connection, "library") or ""
        return f"{name}.{library.catalogue.generation(connection)}"
