"""What the engine keeps of unsure messages, as it is read back."""

from rasa_sdk import Tracker

from actions.unsure import earlier_turns, verdict_of
from guidance.replies import ASKED, MISSED
from guidance.understanding import Turn, Verdict
from tests.actions.chat import ranking


def tracker(*events: dict[str, object], **message: object) -> Tracker:
    return Tracker("anna", {}, message, list(events), False, None, {}, None)


def said(text: str, **parse: str) -> dict[str, object]:
    return {"event": "user", "text": text, "parse_data": parse}


def answered(**custom: object) -> dict[str, object]:
    return {"event": "bot", "data": {"custom": custom}}


def test_reads_how_each_earlier_message_was_answered() -> None:
    talk = tracker(
        said("hoi"),
        {"event": "bot", "data": {}},
        said("x"),
        answered(text="?", choice=True),
        answered(text="1 van 24"),
        said("iets anders", payload="/nlu_fallback"),
        answered(missed=True),
        said("y"),
    )

    assert earlier_turns(talk) == [Turn("hoi"), Turn("x", ASKED), Turn("/nlu_fallback", MISSED)]


def test_forgets_what_came_before_this_session() -> None:
    talk = tracker(said("x"), answered(missed=True), {"event": "session_started"}, said("y"), said("z"))

    assert earlier_turns(talk) == [Turn("y")]


def test_has_no_earlier_turns_at_the_first_message() -> None:
    assert earlier_turns(tracker(said("x"))) == earlier_turns(tracker()) == []


def test_reads_what_may_be_meant() -> None:
    assert verdict_of(tracker(text="x", intent_ranking=ranking("ask_salary"))).intent == "ask_salary"


def test_choices_turned_down_are_missed_whatever_they_may_mean() -> None:
    talk = tracker(text="iets anders", payload="/nlu_fallback", intent_ranking=ranking("ask_salary"))

    assert verdict_of(talk) == Verdict(MISSED)
