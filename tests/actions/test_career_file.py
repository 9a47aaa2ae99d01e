"""The outline of a presentation in the chat."""

import pytest
from sqlalchemy.orm import Session

from actions.career_file import PreparePresentation
from guidance.career_competencies import CareerCompetency
from guidance.services.career_file import add_entry
from tests.actions.words_form import Talk
from tests.people import MONDAY, pupil

pytestmark = pytest.mark.usefixtures("people")


async def test_gives_an_outline_from_the_file_and_leads_to_it(session: Session) -> None:
    words = "Ik help graag kleuters."
    add_entry(session, pupil(session, "Anna"), CareerCompetency.MOTIVES, words, form_id="f1", now=MONDAY)
    session.commit()
    talk = Talk()

    await talk.run(PreparePresentation())

    assert "1. Wat ik leuk vind\nIk help graag kleuters." in talk.text
    assert [card["url"] for message in talk.said for card in message["cards"]] == [
        "/leerling/loopbaandossier/presentatie",
        "/leerling/loopbaandossier",
        "/leerling/loopbaandossier.pdf",
    ]


async def test_says_to_an_anonymous_visitor_why_not_and_how_it_can() -> None:
    talk = Talk("visitor")

    await talk.run(PreparePresentation())

    assert "Log in op de startpagina met je code." in talk.text
