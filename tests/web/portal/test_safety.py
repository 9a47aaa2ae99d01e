from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from guidance.content import read_content
from guidance.models.accounts import SAFEGUARDING_CONTACT
from guidance.models.safety import SafetyNotice
from tests.people import MONDAY, pupil, staff
from tests.web.browser import Browser
from web.pages import words

SignIn = Callable[[str], Browser]
INBOX = "/portaal/meldingen"


@pytest.fixture
def notice(session: Session) -> SafetyNotice:
    """Anna wrote something; her words were not shared."""
    notice = SafetyNotice(
        pupil_id=pupil(session, "Anna").id, kind="self_harm", created_at=MONDAY - timedelta(hours=1)
    )
    session.add(notice)
    session.commit()
    return notice


class TestInbox:
    def test_tells_the_contact_who_when_and_what_kind(self, signed_in: SignIn, notice: SafetyNotice) -> None:
        page = signed_in("jansen").get(INBOX)

        assert "Anna, h3a" in page.words_at(".//h2")
        assert "maandag 23 november om 9.00 uur" in page.words
        assert "zichzelf pijn doen" in page.words
        assert "Achternaam" not in page.words

    def test_holds_no_words_unless_the_pupil_agreed(self, signed_in: SignIn, notice: SafetyNotice) -> None:
        assert "niet gedeeld door de leerling" in signed_in("jansen").get(INBOX).words

    def test_says_when_it_is_empty(self, signed_in: SignIn) -> None:
        assert "Er zijn nu geen meldingen." in signed_in("bakker").get(INBOX).words

    def test_notes_that_it_was_seen(self, signed_in: SignIn, session: Session, notice: SafetyNotice) -> None:
        jansen = signed_in("jansen")

        answer = jansen.send(jansen.get(INBOX), f"{INBOX}/{notice.id}/gezien")
        session.refresh(notice)

        assert answer.location == INBOX
        assert notice.acknowledged_by == staff(session, "Jansen").id
        session.commit()
        assert not jansen.get(INBOX).all(f".//form[@action='{INBOX}/{notice.id}/gezien']")


class TestOthers:
    @pytest.mark.parametrize("name", ["devries", "smit"])
    def test_find_no_inbox(self, signed_in: SignIn, notice: SafetyNotice, name: str) -> None:
        answer = signed_in(name).get(INBOX)

        assert answer.status == 404
        assert "Anna" not in answer.text

    def test_of_another_school_find_no_notice(
        self, signed_in: SignIn, session: Session, notice: SafetyNotice
    ) -> None:
        staff(session, "Smit").role = SAFEGUARDING_CONTACT
        session.commit()
        smit = signed_in("smit")
        inbox = smit.get(INBOX)
        token = inbox.find(".//input[@name='csrf']").get("value", "")

        assert smit.post(f"{INBOX}/{notice.id}/gezien", csrf=token).status == 404
        assert "Anna" not in inbox.text
        session.refresh(notice)
        assert notice.acknowledged_at is None


@pytest.mark.parametrize("kind", sorted({*read_content("safety")["firm"], *read_content("safety")["told"]}))
def test_every_kind_of_danger_has_its_words(kind: str) -> None:
    assert words("notice", kind) != words("notice", "unheard of")
