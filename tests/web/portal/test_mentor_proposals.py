"""What oud-leerlingen ask or offer, for the dean: what came of it, an hour to undo it, never of oneself."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.mentor_proposals import UNDO_WITHIN, Kind
from guidance.models.mentors import Mentor, MentorProposal
from guidance.services.mentor_proposals import propose
from guidance.services.mentor_vetting import leave
from tests.guidance.services.mentor_cast import add_mentor, open_contact
from tests.people import MONDAY, staff
from tests.readability import longest_sentence, reading_ease
from tests.web.browser import Browser

PLACE = "/portaal/oud-leerlingen"
WORDS = "Ik zoek een stage in mei."
SignIn = Callable[[str], Browser]


@pytest.fixture
def proposal(session: Session) -> int:
    """Cor asks for a placement."""
    open_contact(session)
    made = propose(session, add_mentor(session, "Cor"), Kind.PLACEMENT, WORDS, form_id="1", now=MONDAY)
    session.commit()
    return made.id


def came_of_it(session: Session) -> list[bool | None]:
    found = list(session.scalars(select(MentorProposal.came)))
    session.rollback()
    return found


class TestList:
    def test_says_who_what_when_and_the_words(self, signed_in: SignIn, proposal: int) -> None:
        page = signed_in("devries").get(PLACE)

        assert f"23 november 2026 Cor: stage op school {WORDS}" in page.words
        assert "Het is gelukt: stage op school, Cor Dit keer niet" in page.words

    def test_is_not_there_while_nobody_proposed_anything(self, signed_in: SignIn) -> None:
        assert "Gevraagd en aangeboden" not in signed_in("devries").get(PLACE).words

    def test_who_left_has_no_name_or_words(self, signed_in: SignIn, session: Session, proposal: int) -> None:
        leave(session, session.scalars(select(Mentor)).one(), now=MONDAY)
        session.commit()

        page = signed_in("devries").get(PLACE)

        assert "Een oud-leerling die stopte" in page.words
        assert WORDS not in page.words

    def test_reads_easily(self, signed_in: SignIn, proposal: int) -> None:
        texts = signed_in("devries").get(PLACE).words_at(".//section[@aria-labelledby='aanbod']//p")

        assert len(texts) > 2
        assert [text for text in texts if longest_sentence(text) > 15] == []
        assert reading_ease("\n".join(texts)) >= 65


class TestDecide:
    @pytest.mark.parametrize(
        ("end", "came", "words"),
        [("gelukt", True, "het is gelukt"), ("niet", False, "dit keer niet")],
        ids=["came", "not now"],
    )
    def test_says_what_came_of_it_and_undoes_it(
        self, signed_in: SignIn, session: Session, proposal: int, end: str, came: bool, words: str
    ) -> None:
        dean = signed_in("devries")
        answer = dean.send(dean.get(PLACE), f"{PLACE}/aanbod/{proposal}/{end}")
        assert answer.location == f"{PLACE}#aanbod-{proposal}"
        page = dean.get(PLACE)
        assert f"Cor: stage op school {words}" in page.words
        assert came_of_it(session) == [came]

        dean.send(page, f"{PLACE}/aanbod/{proposal}/terug")

        assert came_of_it(session) == [None]
        assert "Het is gelukt" in dean.get(PLACE).words

    def test_stands_after_an_hour(self, signed_in: SignIn, session: Session, proposal: int) -> None:
        dean = signed_in("devries")
        dean.send(dean.get(PLACE), f"{PLACE}/aanbod/{proposal}/gelukt")
        before = dean.get(PLACE)
        session.scalars(select(MentorProposal)).one().decided_at = MONDAY - UNDO_WITHIN
        session.commit()

        page = dean.send(before, f"{PLACE}/aanbod/{proposal}/terug")

        assert page.status == 409
        assert "langer dan een uur" in page.words
        assert "Er ligt nu niets nieuws. Eerder afgehandeld (1)" in page.words
        assert f"{PLACE}/aanbod/{proposal}/terug" not in page.text
        assert came_of_it(session) == [True]


class TestOutsiders:
    def test_a_dean_of_another_school_sees_and_changes_nothing(
        self, signed_in: SignIn, session: Session, proposal: int
    ) -> None:
        smit = signed_in("smit")
        page = smit.get(PLACE)
        csrf = page.find(".//input[@name='csrf']").get("value", "")

        assert WORDS not in page.words
        for end in ("gelukt", "niet", "terug"):
            assert smit.post(f"{PLACE}/aanbod/{proposal}/{end}", csrf=csrf).status == 404
        assert came_of_it(session) == [None]

    def test_a_dean_does_not_decide_about_themselves(
        self, signed_in: SignIn, session: Session, proposal: int
    ) -> None:
        session.scalars(select(Mentor)).one().staff_id = staff(session, "De Vries").id
        session.commit()
        dean = signed_in("devries")
        page = dean.get(PLACE)
        csrf = page.find(".//input[@name='csrf']").get("value", "")

        assert "Een andere decaan beslist." in page.words
        assert dean.post(f"{PLACE}/aanbod/{proposal}/gelukt", csrf=csrf).status == 403
        assert came_of_it(session) == [None]

    def test_a_visitor_signs_in_first(self, browser: Browser, proposal: int) -> None:
        csrf = browser.get("/inloggen").find(".//input[@name='csrf']").get("value", "")

        assert browser.post(f"{PLACE}/aanbod/{proposal}/gelukt", csrf=csrf).status == 303
