"""Home of what the assistant says during a check-in: each turn as a reply."""

import json
from collections.abc import Sequence

from guidance.instruments import FEWEST_ANSWERS, Instrument, Item, long_form_of
from guidance.own_words import digest_of_words
from guidance.ratings import LIKING, Rating
from guidance.replies import FOLLOWED, MISSED, Button, Reply, payload
from guidance.wording import render

FIRST_WITH_PERSON = 2
# What a tap on a button to begin asks for, beside beginning or going on.
LONG_FORM, ANEW, SURELY_ANEW = "long", "anew", "surely_anew"
CORRECTS = "correct_answer"
# What a tap on a button under an item, or under the question what its answer becomes, begins with.
ANSWERS = ("/answer_rating", "/answer_unsure", f"/{CORRECTS}")
YES_TO_WORDS = "/affirm"
NO_TO_OFFER = "/stop_task"


def begin_payload(name: str, **values: str) -> str:
    """Return what begins a check-in, or goes on with it."""
    return payload(f"start_{name}_check_in", **values)


def start_reply(instrument: Instrument, *, signed_in: bool = True) -> Reply:
    """Say what the check-in is, how long it takes, and who sees what."""
    return Reply(
        render(
            "check_in.start",
            title=instrument.title,
            total=len(instrument.items),
            is_adaptive=instrument.is_adaptive,
            minutes=instrument.minutes,
            intro=instrument.intro,
            signed_in=signed_in,
        ),
        mark=FOLLOWED,
    )


def item_reply(instrument: Instrument, item: Item, number: int, total: int) -> Reply:
    """Ask one item, with the scale, "weet ik niet" and "sla over" as buttons; own words have no scale."""
    text = render(
        "check_in.item",
        number=number,
        total=total,
        is_adaptive=instrument.is_adaptive,
        text=item.text,
        question="" if item.is_words else instrument.question,
        is_words=item.is_words,
    )
    scale = () if item.is_words else _scale_buttons(instrument, item)
    return Reply(text, buttons=(*scale, *_way_out_buttons(item), *_long_form_button(instrument, number)))


def _long_form_button(instrument: Instrument, number: int) -> tuple[Button, ...]:
    """Offer the long form, if there is one, with the first item; later it can be asked for in words."""
    longer = long_form_of(instrument.name)
    if number > 1 or longer is None or longer.version == instrument.version:
        return ()
    return (Button(render("check_in.long_button"), begin_payload(instrument.name, part=LONG_FORM)),)


def item_asked_by(payload: str) -> str | None:
    """Return the id of the item to which a button is an answer; another button has none."""
    intent, values, _ = payload.partition("{")
    if intent not in ANSWERS or not values:
        return None
    item: str | None = json.loads(payload[len(intent) :]).get("item")
    return item


def _scale_buttons(instrument: Instrument, item: Item, intent: str = "answer_rating") -> tuple[Button, ...]:
    return tuple(
        Button(_scale_title(instrument, value, label), payload(intent, rating=str(value), item=item.id))
        for value, label in instrument.scale
    )


def _scale_title(instrument: Instrument, value: int, label: str) -> str:
    return render("check_in.scale_button", value=value, label=label) if instrument.typed == LIKING else label


def _way_out_buttons(item: Item) -> list[Button]:
    return [
        Button(render("check_in.unsure_button"), payload("answer_unsure", item=item.id)),
        Button(render("check_in.skip_button"), _skip_payload(item)),
    ]


def _skip_payload(item: Item) -> str:
    return payload("answer_unsure", rating="skip", item=item.id)


def check_words_reply(words: str, item: Item) -> Reply:
    """Show the own words back, and ask whether they are right."""
    buttons = (
        Button(render("check_in.words_yes_button"), payload("affirm", item=digest_of_words(words))),
        Button(render("check_in.words_again_button"), payload("deny")),
        Button(render("check_in.skip_button"), _skip_payload(item)),
    )
    return Reply(render("check_in.check_words", words=words), buttons=buttons)


def not_understood_reply(instrument: Instrument, misses: int = 1, *, can_ask_talk: bool = False) -> Reply:
    """Say that the answer is unclear, and what the scale is; from the second time on offer a person too."""
    (lowest, lowest_label), (highest, highest_label) = instrument.scale[0], instrument.scale[-1]
    text = render(
        f"check_in.not_understood.{unclear_variant(misses)}",
        in_figures=instrument.typed == LIKING,
        lowest=lowest,
        lowest_label=lowest_label,
        highest=highest,
        highest_label=highest_label,
    )
    talk = Button(render("check_in.talk_button"), payload("request_talk"))
    return Reply(text, buttons=(talk,) if misses > 1 and can_ask_talk else (), mark=MISSED)


def unclear_variant(misses: int) -> str:
    """Return which words to use the nth time in a row: the last two take turns."""
    return "first" if misses < FIRST_WITH_PERSON else "second" if misses % 2 == 0 else "third"


def explained_reply(item: Item) -> Reply:
    """Explain an item with an example."""
    return Reply(render("check_in.explained", text=item.text, explain=item.explain))


def paused_reply(instrument: Instrument, answered: int, total: int) -> Reply:
    """Say that the answers are kept, how to go on, and how to begin anew."""
    left = total - answered
    text = render("check_in.paused", title=instrument.title, left=left, is_adaptive=instrument.is_adaptive)
    return Reply(text, buttons=(_go_on_button(instrument), *_anew_button(instrument, answered)))


def resumed_reply(instrument: Instrument, answered: int, total: int) -> Reply:
    """Say that the check-in goes on where it was."""
    values = {"answered": answered, "total": total, "is_adaptive": instrument.is_adaptive}
    return Reply(render("check_in.resumed", **values), mark=FOLLOWED)


def offer_to_go_on_reply(instrument: Instrument, answered: int, total: int) -> Reply:
    """Offer to go on with an open check-in, or to begin it anew; buttons in the order of check_in_offer."""
    text = render(
        "check_in.offer_to_go_on",
        title=instrument.title,
        answered=answered,
        total=total,
        is_adaptive=instrument.is_adaptive,
    )
    yes, no = render("check_in.go_on_yes_button"), render("check_in.go_on_no_button")
    buttons = (Button(yes, begin_payload(instrument.name)), Button(no, NO_TO_OFFER))
    return Reply(text, buttons=(*buttons, *_anew_button(instrument, answered)))


def surely_anew_reply(instrument: Instrument, answered: int, run_id: int) -> Reply:
    """Ask whether the pupil surely wants to begin anew, and say what happens with the answers."""
    surely = begin_payload(instrument.name, part=SURELY_ANEW, item=str(run_id))
    return Reply(
        render("check_in.surely_anew", title=instrument.title, answered=answered),
        buttons=(
            Button(render("check_in.anew_yes_button"), surely),
            Button(render("check_in.anew_no_button"), begin_payload(instrument.name)),
        ),
    )


def offer_to_begin_reply() -> Reply:
    """Offer the interest check-in to who has not done one."""
    begin = Button(render("check_in.begin_button"), begin_payload("interest"))
    return Reply(render("check_in.offer_to_begin"), buttons=(begin,))


def already_done_reply() -> Reply:
    """Say that every item has an answer, and offer the outcome."""
    button = Button(render("check_in.result_button"), "/ask_check_in_result")
    return Reply(render("check_in.already_done"), buttons=(button,))


def too_few_reply(instrument: Instrument, answered: int) -> Reply:
    """Say that there are too few answers for an outcome, and offer to begin again."""
    title = render("check_in.begin_named_button", title=instrument.title)
    values = {"answered": answered, "total": len(instrument.items), "fewest": FEWEST_ANSWERS}
    return Reply(
        render("check_in.too_few", **values), buttons=(Button(title, begin_payload(instrument.name)),)
    )


def first_finish_reply(instrument: Instrument) -> Reply:
    """Say that an earlier outcome comes after the check-in that is open now."""
    return Reply(
        render("check_in_progress.first_finish", title=instrument.title), buttons=(_go_on_button(instrument),)
    )


def nothing_to_compare_reply(titles: Sequence[tuple[str, str]]) -> Reply:
    """Say that no check-in was done twice yet, and offer those that there are: name and title."""
    buttons = (
        Button(render("check_in.begin_named_button", title=title), begin_payload(name))
        for name, title in titles
    )
    return Reply(render("check_in_progress.none_yet"), buttons=tuple(buttons))


def corrected_reply(instrument: Instrument, item: Item, rating: Rating) -> Reply:
    """Say what an answer has become."""
    return Reply(
        render(
            "check_in.corrected",
            kind=rating.kind,
            value=rating.value if instrument.typed == LIKING else None,
            label=dict(instrument.scale).get(rating.value or 0, ""),
            text=item.text,
        )
    )


def which_correction_reply(instrument: Instrument, item: Item, *, is_open: bool) -> Reply:
    """Ask what an answer becomes; words that are kept can only be passed over.

    With the check-in open the next message is the new answer, and leaving it as it is goes on.
    """
    if item.is_words:
        skip = Button(render("check_in.skip_button"), payload(CORRECTS, rating="skip", item=item.id))
        return Reply(render("check_in.correct_words", text=item.text), buttons=(skip,))
    example = instrument.scale[-1]
    text = render(
        "check_in.which_correction",
        text=item.text,
        is_open=is_open,
        example=example[0] if instrument.typed == LIKING else example[1],
    )
    leave = Button(render("check_in.leave_button"), begin_payload(instrument.name))
    return Reply(
        text, buttons=(*_scale_buttons(instrument, item, intent=CORRECTS), *([leave] if is_open else []))
    )


def _go_on_button(instrument: Instrument) -> Button:
    return Button(render("check_in.go_on_button"), begin_payload(instrument.name))


def _anew_button(instrument: Instrument, answered: int) -> tuple[Button, ...]:
    if not answered:
        return ()
    return (Button(render("check_in.anew_button"), begin_payload(instrument.name, part=ANEW)),)
