"""A report about a mentor and the end of a contact: who is meant is asked first."""

from datetime import timedelta
from typing import Any

import pytest
import yaml
from rasa_sdk import Action
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.knowledge import AnswerQuestion
from actions.mentors import BecomeMentor, EndMentorContact, FindMentor, HearMentorReport, StayNearInDoubt
from guidance.clock import school_day
from guidance.models.mentors import Mentor
from guidance.services.mentor_questions import close_question, draft_question, submit_question
from guidance.settings import ROOT
from tests.actions.chat import Chat
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.people import MONDAY, pupil
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
    people: Session, action: Action, about: str | None, response: str
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


@pytest.fixture
def asking(people: Session) -> Session:
    """Anna is over 16, her school has contact on, and Cor is active."""
    open_contact(people)
    pupil(people, "Anna").under_16_until = school_day(MONDAY - timedelta(days=1))
    add_mentor(people, "Cor")
    people.commit()
    return people


async def test_leads_to_the_page_with_how_many_are_free(asking: Session) -> None:
    chat = Chat()

    await chat.hear(FindMentor())

    assert "Er is nu één iemand vrij." in chat.texts[0]
    assert chat.messages[0]["custom"]["cards"][0]["url"].startswith("/leerling/oud-leerling?aan=")


@pytest.mark.parametrize(
    ("who", "words"), [("anna", "nog niet aangezet"), ("visitor", "Je praat nu anoniem.")]
)
async def test_says_why_nobody_can_be_asked(people: Session, who: str, words: str) -> None:
    chat = Chat(who)

    await chat.hear(FindMentor())

    assert words in chat.texts[0]


async def test_who_wants_to_become_one_is_led_to_the_form(asking: Session) -> None:
    chat = Chat()

    await chat.hear(BecomeMentor())

    assert chat.messages[0]["custom"]["cards"][0]["url"] == "/oud-leerling/aanmelden?school=vechtdal"


async def test_a_school_that_asks_for_nobody_says_so(people: Session) -> None:
    chat = Chat()

    await chat.hear(BecomeMentor())

    assert "vraagt nu geen oud-leerlingen" in chat.texts[0]


@pytest.mark.parametrize("action", [HearMentorReport(), EndMentorContact()], ids=["report", "end"])
async def test_an_open_question_is_where_it_is_reported_or_ended(asking: Session, action: Action) -> None:
    anna = pupil(asking, "Anna")
    draft_question(asking, anna, "Hoe is de pabo?", form_id="q", now=MONDAY)
    submit_question(asking, anna, now=MONDAY)
    asking.commit()
    chat = Chat()

    await chat.hear(action)

    assert "melden" in chat.texts[0]
    assert chat.messages[0]["custom"]["cards"][0]["url"] == "/leerling/oud-leerling"


async def test_who_has_no_idea_is_offered_an_oud_leerling_first(asking: Session) -> None:
    chat = Chat()

    await chat.hear(StayNearInDoubt())

    assert chat.payloads[:2] == ["/find_mentor", "/request_talk"]


async def test_without_anyone_free_the_dean_comes_first(people: Session) -> None:
    chat = Chat()

    await chat.hear(StayNearInDoubt())

    assert chat.payloads == ["/request_talk", "/start_interest_check_in"]


async def test_a_closed_question_is_where_it_is_reported(asking: Session) -> None:
    anna = pupil(asking, "Anna")
    draft_question(asking, anna, "Hoe is de pabo?", form_id="q", now=MONDAY)
    thread = submit_question(asking, anna, now=MONDAY)
    close_question(asking, anna, thread.id, now=MONDAY)
    asking.commit()
    chat = Chat()

    await chat.hear(HearMentorReport())

    assert chat.messages[0]["custom"]["cards"][0]["url"] == "/leerling/oud-leerling"


async def test_a_story_stands_beside_the_answer_on_daily_life(asking: Session) -> None:
    mentor = asking.scalars(select(Mentor)).one()
    mentor.story, mentor.story_approved_at = "Ik gaf bijles. Dat was zo leuk.", MONDAY
    asking.commit()
    chat = Chat()

    await chat.hear(AnswerQuestion(), intent={"name": "ask_daily_life"})

    assert "zat bij jou op school en deed Pabo: \u201cIk gaf bijles. Dat was zo leuk.\u201d" in chat.texts[0]


async def test_a_story_that_no_dean_approved_stays_away(asking: Session) -> None:
    asking.scalars(select(Mentor)).one().story = "Ik gaf bijles."
    asking.commit()
    chat = Chat()

    await chat.hear(AnswerQuestion(), intent={"name": "ask_teamwork"})

    assert "bijles" not in chat.texts[0]
