import pytest
from sqlalchemy.orm import Session

from guidance.actors import Actor
from guidance.models.accounts import DEAN
from guidance.models.school import ConsentBasis
from guidance.services.audit import record_opening
from guidance.services.summary import draft_summary, find_own_summary
from guidance.services.talks import request_talk
from tests.people import MONDAY, pupil, staff
from tests.web.browser import Browser, Page

SUMMARY = "/leerling/samenvatting"


@pytest.fixture
def draft(session: Session) -> None:
    """Anna asked for a talk, and her summary was drafted."""
    draft_summary(session, request_talk(session, pupil(session, "Anna"), now=MONDAY), now=MONDAY)
    session.commit()


def share(anna: Browser) -> Page:
    return anna.send(anna.get(SUMMARY), f"{SUMMARY}/delen")


class TestSummary:
    def test_shows_every_line_that_the_dean_will_see(self, anna: Browser, draft: None) -> None:
        page = anna.get(SUMMARY)

        assert len(page.all(".//ol/li")) == 8
        assert "Dit leest De Vries, je decaan, als je het deelt." in page.words

    def test_strikes_a_line_and_puts_it_back(self, anna: Browser, draft: None) -> None:
        line = anna.get(SUMMARY).words_at(".//ol/li/p[2]")[1]

        anna.send(anna.get(SUMMARY), f"{SUMMARY}/2/weglaten")
        struck = anna.get(SUMMARY)
        anna.send(struck, f"{SUMMARY}/2/terugzetten")

        assert struck.words_at(".//del") == [line]
        assert "Je laat 1 regel weg." in struck.words
        assert not anna.get(SUMMARY).all(".//del")

    def test_is_shared_by_the_pupil_and_then_stays_as_it_is(self, anna: Browser, draft: None) -> None:
        before = anna.get(SUMMARY)

        answer = share(anna)

        assert answer.location == SUMMARY
        assert "Nog niet geopend." in anna.get(SUMMARY).words
        assert not anna.get(SUMMARY).all(".//ol//form")
        assert anna.send(before, f"{SUMMARY}/1/weglaten").status == 409

    def test_shows_who_opened_it_and_when(self, anna: Browser, session: Session, draft: None) -> None:
        share(anna)
        summary = find_own_summary(session, pupil(session, "Anna"))
        assert summary
        dean = Actor(DEAN, staff(session, "De Vries").id)
        record_opening(session, pupil(session, "Anna"), dean, now=MONDAY, what=f"summary:{summary.id}")
        session.commit()

        assert "Geopend door De Vries op maandag 23 november om 10.00 uur" in anna.get(SUMMARY).words

    def test_is_not_shared_under_16_without_a_basis(
        self, anna: Browser, session: Session, draft: None
    ) -> None:
        for basis in session.query(ConsentBasis):
            session.delete(basis)
        session.commit()

        assert share(anna).status == 403
        assert "Nog niet geopend" not in anna.get(SUMMARY).words

    def test_explains_itself_before_there_is_one(self, anna: Browser) -> None:
        assert "Er is nog geen samenvatting." in anna.get(SUMMARY).words

    def test_has_no_line_that_is_not_there(self, anna: Browser, draft: None) -> None:
        token = anna.get(SUMMARY).find(".//input[@name='csrf']").get("value", "")

        assert anna.post(f"{SUMMARY}/99/weglaten", csrf=token).status == 404

    @pytest.mark.parametrize("end", ["/1/weglaten", "/1/terugzetten", "/delen"])
    def test_refuses_a_form_of_another_site(self, anna: Browser, draft: None, end: str) -> None:
        assert anna.post(f"{SUMMARY}{end}").status == 403

    def test_sends_a_visitor_to_the_chat(self, browser: Browser) -> None:
        assert browser.get(SUMMARY).location == "/"
