from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.instruments import get_instrument
from guidance.models.audit import AuditEntry
from guidance.models.check_in import Answer, CheckInRun
from guidance.models.pupil import Pupil
from tests.people import MONDAY, pupil
from tests.readability import longest_sentence, reading_ease
from tests.web.browser import Browser, words_of

SignIn = Callable[[str], Browser]
ADDRESS = "/portaal/vragenlijsten"
SHORT = get_instrument("interest-short-1")


def check_ins_of(session: Session, count: int) -> None:
    """Close the check-in of so many pupils of Anna's school: social differs in step, the rest is a 3."""
    school = pupil(session, "Anna").school_id
    for number in range(count):
        one = Pupil(school_id=school, first_name="Noor", code_digest=str(number), created_at=MONDAY)
        run = CheckInRun(
            pupil=one, instrument="interest", version=SHORT.version, started_at=MONDAY, closed_at=MONDAY
        )
        run.answers = [
            Answer(
                item=item.id,
                kind="value",
                value=number % 5 + 1 if item.field == "social" else 3,
                message_id=f"{number} {item.id}",
                given_at=MONDAY,
            )
            for item in SHORT.items
        ]
        session.add(run)
    session.commit()


class TestShowQuestionnaires:
    def test_shows_each_field_with_its_number(self, signed_in: SignIn, session: Session) -> None:
        check_ins_of(session, 30)

        page = signed_in("devries").get(ADDRESS)

        rows = page.words_at(".//tbody/tr")
        assert "Mensen helpen 3 30 1,00" in rows
        assert "Ondernemen en leiden 3 30 niet te berekenen: iedereen komt gelijk uit" in rows
        assert len(rows) == 6

    def test_shows_a_count_and_no_number_below_thirty(self, signed_in: SignIn, session: Session) -> None:
        check_ins_of(session, 29)

        page = signed_in("devries").get(ADDRESS)

        assert "Mensen helpen 3 29 nog te weinig antwoorden (29 van 30)" in page.words_at(".//tbody/tr")
        assert "1,00" not in page.words

    def test_says_what_is_there_before_the_first_check_in(self, signed_in: SignIn) -> None:
        page = signed_in("devries").get(ADDRESS)

        assert "Er is nog geen check afgesloten." in page.words
        assert not page.all(".//table")

    def test_is_linked_from_the_portal(self, signed_in: SignIn) -> None:
        page = signed_in("devries").get("/portaal/")

        assert page.find(f".//nav/a[@href='{ADDRESS}']").text == "Vragenlijsten"

    @pytest.mark.parametrize("count", [0, 3, 30])
    def test_reads_easily(self, signed_in: SignIn, session: Session, count: int) -> None:
        check_ins_of(session, count)
        main = signed_in("devries").get(ADDRESS).find(".//main")

        texts = [words_of(element) for tag in ("p", "li") for element in main.iter(tag)]

        assert [text for text in texts if longest_sentence(text) > 15] == []
        assert reading_ease("\n".join(texts)) >= 65


class TestOthers:
    def test_of_another_school_see_nothing_of_this_one(self, signed_in: SignIn, session: Session) -> None:
        check_ins_of(session, 30)

        page = signed_in("smit").get(ADDRESS)

        assert "Er is nog geen check afgesloten." in page.words
        assert "30 1,00" not in page.words

    def test_of_another_role_find_no_page(self, signed_in: SignIn, session: Session) -> None:
        answer = signed_in("jansen").get(ADDRESS)

        assert answer.status == 404
        assert "refused" in session.scalars(select(AuditEntry.action)).all()

    def test_who_are_not_signed_in_are_sent_to_sign_in(self, browser: Browser) -> None:
        assert browser.get(ADDRESS).location == "/inloggen"
