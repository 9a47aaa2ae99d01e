"""Home of what the assistant says during a check-in: each turn as a reply."""

from guidance.instruments import Instrument, Item
from guidance.outcome_replies import outcome_replies as outcome_replies
from guidance.ratings import Rating
from guidance.replies import MISSED, Button, Reply, payload
from guidance.wording import render

BEGIN = "/start_interest_check_in"
FIRST_WITH_PERSON = 2


def start_reply(instrument: Instrument, *, signed_in: bool = True) -> Reply:
    """Say what the check-in is, how long it takes, and who sees what."""
    return Reply(
        render(
            "check_in.start",
            title=instrument.title,
            total=len(instrument.items),
            minutes=instrument.minutes,
            intro=instrument.intro,
            signed_in=signed_in,
        )
    )


def item_reply(instrument: Instrument, item: Item, number: int, total: int) -> Reply:
    """Ask one item, with the scale, "weet ik niet" and "sla over" as buttons."""
    text = render("check_in.item", number=number, total=total, text=item.text, question=instrument.question)
    return Reply(text, buttons=(*_scale_buttons(instrument, item), *_way_out_buttons(item)))


def _scale_buttons(instrument: Instrument, item: Item, intent: str = "answer_rating") -> list[Button]:
    return [
        Button(
            render("check_in.scale_button", value=value, label=label),
            payload(intent, rating=str(value), item=item.id),
        )
        for value, label in instrument.scale
    ]


def _way_out_buttons(item: Item) -> list[Button]:
    return [
        Button(render("check_in.unsure_button"), payload("answer_unsure", item=item.id)),
        Button(render("check_in.skip_button"), payload("answer_unsure", rating="skip", item=item.id)),
    ]


def not_understood_reply(instrument: Instrument, misses: int = 1, *, can_ask_talk: bool = False) -> Reply:
    """Say that the answer is unclear, and what the scale is; from the second time on offer a person too."""
    (lowest, lowest_label), (highest, highest_label) = instrument.scale[0], instrument.scale[-1]
    text = render(
        f"check_in.not_understood.{unclear_variant(misses)}",
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


def paused_reply(instrument: Instrument, answered: int) -> Reply:
    """Say that the answers are kept, and how to go on."""
    left = len(instrument.items) - answered
    return Reply(render("check_in.paused", title=instrument.title, left=left), buttons=(_go_on_button(),))


def resumed_reply(instrument: Instrument, answered: int) -> Reply:
    """Say that the check-in goes on where it was."""
    return Reply(render("check_in.resumed", answered=answered, total=len(instrument.items)))


def offer_to_go_on_reply(instrument: Instrument, answered: int) -> Reply:
    """Offer to go on with an open check-in."""
    total = len(instrument.items)
    text = render("check_in.offer_to_go_on", title=instrument.title, answered=answered, total=total)
    yes, no = render("check_in.go_on_yes_button"), render("check_in.go_on_no_button")
    return Reply(text, buttons=(Button(yes, BEGIN), Button(no, "/stop_task")))


def offer_to_begin_reply() -> Reply:
    """Offer the interest check-in to who has not done one."""
    return Reply(render("check_in.offer_to_begin"), buttons=(Button(render("check_in.begin_button"), BEGIN),))


def already_done_reply() -> Reply:
    """Say that every item has an answer, and offer the outcome."""
    button = Button(render("check_in.result_button"), "/ask_check_in_result")
    return Reply(render("check_in.already_done"), buttons=(button,))


def corrected_reply(instrument: Instrument, item: Item, rating: Rating | None) -> Reply:
    """Say what an answer has become, or ask for the new one when it is not known yet."""
    if rating is None:
        return Reply(
            render("check_in.which_correction", text=item.text), buttons=_correction_buttons(instrument, item)
        )
    label = dict(instrument.scale).get(rating.value or 0, "")
    return Reply(
        render(
            "check_in.corrected",
            kind=rating.kind,
            value=rating.value,
            label=label,
            text=item.text.rstrip("."),
        )
    )


def _correction_buttons(instrument: Instrument, item: Item) -> tuple[Button, ...]:
    return tuple(_scale_buttons(instrument, item, intent="correct_answer"))


def _go_on_button() -> Button:
    return Button(render("check_in.go_on_button"), BEGIN)
