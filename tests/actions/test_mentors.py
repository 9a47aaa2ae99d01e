"""A report about a mentor and the end of a contact: who is meant is asked first."""

from typing import Any

import pytest
import yaml
from rasa_sdk import Action

from actions.mentors import EndMentorContact, HearMentorReport
from guidance.settings import ROOT
from tests.actions.chat import Chat
from tests.readability import longest_sentence, reading_ease

RESPONSES: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text())["responses"]
NAMES = [
    name
    for name in RESPONSES
    if name.startswith(("utter_report_", "utter_end_", "utter_ask_report", "utter_ask_end"))
]


@pytest.mark.parametrize(
    ("action", "about", "response"),
    [
        (HearMentorReport(), None, "utter_ask_report_about"),
        (HearMentorReport(), "staff", "utter_report_about_staff"),
        (HearMentorReport(), "mentor", "utter_report_about_mentor"),
        (EndMentorContact(), None, "utter_ask_end_with"),
        (EndMentorContact(), "staff", "utter_end_with_staff"),
        (EndMentorContact(), "mentor", "utter_end_with_mentor"),
    ],
    ids=["report", "report staff", "report alumnus", "end", "end staff", "end alumnus"],
)
async def test_asks_who_is_meant_and_then_says_who_helps(
    action: Action, about: str | None, response: str
) -> None:
    chat = Chat()

    await chat.hear(action, named={"about": about} if about else {})

    assert chat.responses == [response]


@pytest.mark.parametrize("question", ["utter_ask_report_about", "utter_ask_end_with"])
def test_asks_with_two_buttons(question: str) -> None:
    (said,) = RESPONSES[question]

    assert "Bedoel je je mentor op school of een oud-leerling?" in said["text"]
    assert len(said["buttons"]) == 2


def test_a_report_about_staff_goes_to_the_safeguarding_contact_and_never_to_that_person() -> None:
    (said,) = RESPONSES["utter_report_about_staff"]

    assert "vertrouwenspersoon van je school, nooit naar je mentor zelf" in said["text"]
    assert "0800-0432" in said["text"]
    # The dean may be the very person, so no talk is offered here.
    assert "buttons" not in said


@pytest.mark.parametrize("name", NAMES)
def test_reads_easily(name: str) -> None:
    (said,) = RESPONSES[name]

    assert longest_sentence(said["text"]) <= 15
    assert reading_ease(said["text"]) >= 65


def test_calls_an_alumnus_no_mentor() -> None:
    assert len(NAMES) == 6
    assert "mentor" not in RESPONSES["utter_report_about_mentor"][0]["text"]
    assert "mentor" not in RESPONSES["utter_end_with_mentor"][0]["text"]
