"""Drafted questions in English."""

from __future__ import annotations

from assistant.evaluate.suggest.types import Ground, Problem, Reason, State, SuggestionKind
from assistant.evaluate.suggest.wording import SuggestWording

WORDING = SuggestWording(
    title="Question set of {day}",
    kinds={
        SuggestionKind.NUMBER: "figures, document numbers",
        SuggestionKind.DATE: "dates",
        SuggestionKind.NAME: "people, bodies",
        SuggestionKind.LIST: "lists",
        SuggestionKind.UNANSWERABLE: "not answerable",
    },
    states={
        State.PROPOSED: "to review",
        State.ACCEPTED: "accepted",
        State.EDITED: "edited, accepted",
        State.REJECTED: "rejected",
    },
    grounds={
        Ground.QUOTED: "The quote states the answer word for word; no document says otherwise.",
        Ground.NOWHERE: "“{name}” stands nowhere in the library.",
        Ground.NOT_SAID: "The library names “{name}”, but no passage states what is asked.",
        Ground.BY_HAND: "Written by a person.",
    },
    reasons={
        Reason.UNCLEAR: "the question is long, stiff, or does not stand alone",
        Reason.WEAK: "the answer is so short that it may be met by chance",
        Reason.UNPROVED: "the quote does not prove the answer",
        Reason.GIVEN_AWAY: "the question gives its answer away",
        Reason.DISPUTED: "two documents differ",
        Reason.REPEATED: "another question asks the same",
        Reason.MAYBE_SAID: "the library may answer it after all",
    },
    problems={
        Problem.NO_QUESTION: "There is no question.",
        Problem.NO_FACTS: "There is no answer.",
        Problem.NO_SPAN: "No quote is chosen.",
        Problem.QUOTE_GONE: "The quote is no longer at its place in {detail}.",
        Problem.NOT_IN_SPAN: "The quote does not state “{detail}”.",
        Problem.GIVEN_AWAY: "The question gives away its answer “{detail}”.",
        Problem.DUPLICATE: "It asks what {detail} asks.",
        Problem.MAYBE_SAID: "A passage of the library may answer this.",
    },
    said={
        "suggesting": "Drafting questions",
        "made": "{count} questions ({kinds}).",
        "fewer": "Only {made} of {wanted} questions could be drafted.",
        "left_out": "{count} left out: {why}. For example: {example}",
        "saved": "Question set {id}: {title}. Review it on the page (pba serve, part “Question sets”).",
        "read_only": "The library is read-only: the set is not kept. Use -o FILE to write it to a file.",
        "written": "{count} questions written to {file}.",
        "none": "There is no question set.",
        "deleted": "Deleted question set {id}: {title}",
    },
)
