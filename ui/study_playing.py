"""The quiz played on the page: one question at a time, then what is right and why, at the end the score.

Each question is a form; ``ui/static/study.js`` sends what was given, and moves steps up and down.
"""

from __future__ import annotations

from assistant.study.play import Given, Play, Turn, shown_order
from assistant.study.types import QuizItem, QuizKind
from ui.controls import button, chosen, marks
from ui.escape import inert, inert_line
from ui.study_parts import Shown, opened, proof
from ui.study_reading import cited, key


def playing(play: Play, shown: Shown, *, left_out: int = 0) -> str:
    """The question that is shown, or the score.

    Args:
        left_out: questions that are not played because they are not proved.
    """
    texts = shown.texts
    told = (
        f'<p class="pba-fault">{inert_line(texts.play_left_out.format(count=left_out))}</p>'
        if left_out
        else ""
    )
    inside = _score(play, shown) if play.over else _question(play, shown)
    return (
        f'<section class="pba-play" data-trail="play" aria-label="{inert_line(texts.play)}">'
        f"<p>{button('stop_play', '', texts.play_leave)}</p>{told}{inside}</section>"
    )


def _question(play: Play, shown: Shown) -> str:
    texts = shown.texts
    item, turn = play.items[play.at], play.turns[play.at]
    number, count = play.at + 1, len(play.items)
    name = texts.play_question.format(number=number, count=count)
    score = play.score
    far = texts.play_far.format(right=score.right, answered=score.answered)
    far = inert_line(far if score.answered else texts.play_far_none)
    head = (
        f'<div class="pba-play-head"><h3 id="pba-play-title" tabindex="-1">{inert_line(name)}</h3>'
        f'<progress aria-label="{inert_line(name)}" value="{number}" max="{count}"></progress>'
        f'<span class="pba-aside">{far}</span></div>'
    )
    stem = (
        f'<p class="pba-tags"><span class="pba-tag">{inert_line(texts.kinds[item.kind])}</span></p>'
        f'<p class="pba-stem" id="pba-play-stem">{inert(item.stem)}</p>'
        f'<p class="pba-hint" id="pba-play-how">{inert_line(texts.how[item.kind])}</p>'
    )
    body = _form(item, play, shown) if turn is None else _outcome(item, turn, play, shown)
    return f"{head}{stem}{body}{_steps(play, shown)}"


def _form(item: QuizItem, play: Play, shown: Shown) -> str:
    texts = shown.texts
    return (
        '<form class="pba-answer-form" data-form="answer" data-key="" aria-labelledby="pba-play-stem"'
        f' aria-describedby="pba-play-how">{_controls(item, play, shown)}'
        f'<p class="pba-edit-go"><button type="submit" class="pba-act'
        f' pba-main">{inert_line(texts.answer)}</button></p>'
        f'<p class="pba-missing" role="alert" data-text="{inert_line(texts.missing)}"></p></form>'
    )


def _controls(item: QuizItem, play: Play, shown: Shown) -> str:
    texts = shown.texts
    match item.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            sort = "radio" if item.kind is QuizKind.SINGLE else "checkbox"
            boxes = [
                chosen(sort, "given", str(at), option.text, on=False)
                for at, option in enumerate(item.options)
            ]
            return _fieldset(texts.options, "".join(boxes))
        case QuizKind.TRUE_FALSE:
            boxes = [
                chosen("radio", "given", value, name, on=False)
                for value, name in (("true", texts.true), ("false", texts.false))
            ]
            return _fieldset(texts.options, "".join(boxes))
        case QuizKind.FILL | QuizKind.SHORT:
            return (
                f'<label class="pba-field"><span>{inert_line(texts.your_answer)}</span>'
                '<input type="text" name="given" maxlength="300" autocomplete="off" autocapitalize="off"/>'
                "</label>"
            )
        case QuizKind.MATCH:
            order = shown_order(item, play.seed)
            choices = f'<option value="">{inert_line(texts.choose)}</option>' + "".join(
                f'<option value="{at}">{inert_line(item.pairs[at].right)}</option>' for at in order
            )
            rows = "".join(
                f'<label class="pba-match"><span>{inert(pair.left)}</span><select'
                f' name="given">{choices}</select></label>'
                for pair in item.pairs
            )
            return _fieldset(texts.pairs_of, rows)
        case QuizKind.ORDER:
            rows = "".join(
                _movable(item, at, place, shown) for place, at in enumerate(shown_order(item, play.seed))
            )
            moved = inert_line(texts.moved)
            return (
                f'<ol class="pba-movable" aria-label="{inert_line(texts.steps_of)}"'
                f' data-moved="{moved}">{rows}</ol>'
                '<p class="pba-hidden" role="status" id="pba-moved"></p>'
            )


def _movable(item: QuizItem, at: int, place: int, shown: Shown) -> str:
    texts, text = shown.texts, item.steps[at].text
    last = len(item.steps) - 1
    buttons = "".join(
        f'<button type="button" class="pba-act" data-move="{way}"'
        f' aria-label="{inert_line(f"{name}: {text}", 200)}"'
        f"{' disabled' if place == edge else ''}>{sign}</button>"
        for way, sign, name, edge in (("-1", "↑", texts.up, 0), ("1", "↓", texts.down, last))
    )
    return (
        f'<li data-at="{at}"><span class="pba-moving">{inert(text)}</span>'
        f'<span class="pba-tools-row">{buttons}</span></li>'
    )


def _fieldset(legend: str, inside: str) -> str:
    return (
        f'<fieldset class="pba-group-of pba-given"><legend>{inert_line(legend)}</legend>{inside}</fieldset>'
    )


def _outcome(item: QuizItem, turn: Turn, play: Play, shown: Shown) -> str:
    texts = shown.texts
    said = texts.claimed if turn.claimed else texts.answered_right if turn.right else texts.answered_wrong
    style = "pba-outcome-right" if turn.right else "pba-outcome-wrong"
    given = given_in_words(item, turn.given, shown)
    claim = button("claim", "", texts.claim) if not turn.right and item.kind is QuizKind.SHORT else ""
    why = f'<p class="pba-why">{inert(item.explanation)}</p>' if item.explanation else ""
    return (
        f'<div class="pba-outcome {style}" id="pba-outcome" tabindex="-1" role="status">'
        f"<h4>{inert_line(said)}</h4>"
        f"<p>{inert_line(texts.you_gave)} <strong>{inert(given) or inert_line(texts.nothing)}</strong></p>"
        f"{key(item, shown)}{why}</div>{claim}"
        f'<div class="pba-proving"><h4>{inert_line(texts.proof)}</h4>{proof(cited(item), shown)}'
        f"<p>{opened(item.citations[0], texts) if item.citations else ''}</p></div>"
    )


def given_in_words(item: QuizItem, given: Given, shown: Shown) -> str:
    """What was given, as it was read."""
    texts = shown.texts
    places = [int(entry) for entry in given if entry.isascii() and entry.isdecimal()]
    match item.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            return "; ".join(item.options[at].text for at in places if at < len(item.options))
        case QuizKind.TRUE_FALSE:
            return {"true": texts.true, "false": texts.false}.get("".join(given), "")
        case QuizKind.FILL | QuizKind.SHORT:
            return "".join(given)
        case QuizKind.MATCH:
            rights = [
                item.pairs[int(a)].right if a.isdecimal() and int(a) < len(item.pairs) else "…" for a in given
            ]
            return "; ".join(
                f"{pair.left} – {right}" for pair, right in zip(item.pairs, rights, strict=False)
            )
        case QuizKind.ORDER:
            return " → ".join(item.steps[at].text for at in places if at < len(item.steps))


def _steps(play: Play, shown: Shown) -> str:
    """The way to the questions before and after, and to each."""
    texts = shown.texts
    last = play.at == len(play.items) - 1
    answered = play.turns[play.at] is not None
    after = texts.play_score if last else texts.play_next if answered else texts.play_skip
    style = "pba-main" if answered else ""
    buttons = button("go", str(play.at - 1), texts.play_before, disabled=play.at == 0)
    buttons += button("go", str(play.at + 1), after, style=style)
    dots = ""
    for at, turn in enumerate(play.turns):
        state = texts.play_open if turn is None else texts.play_right if turn.right else texts.play_wrong
        sign = "" if turn is None else " ✓" if turn.right else " ✗"
        kind = "open" if turn is None else "right" if turn.right else "wrong"
        current = ' aria-current="true"' if at == play.at else ""
        name = inert_line(f"{texts.named['question'].format(number=at + 1)}: {state}")
        dots += (
            f'<li><button type="button" class="pba-dot pba-dot-{kind}" data-act="go" data-key="{at}"'
            f' aria-label="{name}"{current}>{at + 1}{sign}</button></li>'
        )
    return (
        f'<div class="pba-play-go">{buttons}</div><nav aria-label="{inert_line(texts.play_all)}">'
        f'<ol class="pba-dots">{dots}</ol></nav>'
    )


def _score(play: Play, shown: Shown) -> str:
    texts = shown.texts
    score = play.score
    share = round(100 * score.right / score.items) if score.items else 0
    told = texts.score.format(right=score.right, items=score.items, share=share)
    open_ = score.items - score.answered
    unanswered = f"<p>{inert_line(texts.score_open.format(count=open_))}</p>" if open_ else ""
    rows = ""
    for at, (item, turn) in enumerate(zip(play.items, play.turns, strict=True)):
        if turn is not None and turn.right:
            continue
        given = given_in_words(item, turn.given, shown) if turn else ""
        see = button("go", str(at), texts.play_see, name=texts.play_see_of.format(number=at + 1))
        rows += (
            f"<li><p><strong>{inert_line(texts.named['question'].format(number=at + 1))}.</strong>"
            f" {inert(item.stem)}"
            f"{marks(item.citations)}</p>"
            f'<p class="pba-aside">{inert_line(texts.you_gave)}'
            f" {inert(given) or inert_line(texts.nothing)}</p>"
            f"{key(item, shown)}{see}</li>"
        )
    wrong = (
        f'<h4>{inert_line(texts.score_wrong)}</h4><ol class="pba-wrong">{rows}</ol>'
        if rows
        else f"<p>{inert_line(texts.score_all)}</p>"
    )
    again = button("replay", "wrong", texts.play_wrong_again, style="pba-main") if rows else ""
    again += button("replay", "all", texts.play_again)
    return (
        f'<div class="pba-score" id="pba-outcome" tabindex="-1" role="status">'
        f"<h3>{inert_line(texts.score_title)}</h3>"
        f'<p class="pba-score-said">{inert_line(told)}</p><progress aria-label="{inert_line(told)}"'
        f' value="{score.right}"'
        f' max="{max(score.items, 1)}"></progress>{unanswered}</div><div class="pba-play-go">{again}'
        f"</div>{wrong}"
    )
