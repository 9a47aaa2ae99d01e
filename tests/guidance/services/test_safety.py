import pytest
from sqlalchemy.orm import Session

from guidance.errors import NotAllowed, NotFound
from guidance.models.accounts import SAFEGUARDING_CONTACT
from guidance.safety import Danger
from guidance.services.safety import (
    acknowledge_notice,
    close_notice,
    find_contact,
    list_notices,
    notify_contact,
)
from tests.people import MONDAY, pupil, staff

DANGER = Danger("B", "abuse")


class TestFindContact:
    def test_is_a_confirmed_contact_of_the_pupils_own_school(self, session: Session) -> None:
        found = find_contact(session, pupil(session, "Anna"))

        assert found
        assert (found.name, found.school_id) == ("Jansen", pupil(session, "Anna").school_id)

    def test_is_nobody_while_none_has_confirmed(self, session: Session) -> None:
        for name in ("Jansen", "Bakker"):
            staff(session, name).confirmed_at = None

        assert find_contact(session, pupil(session, "Anna")) is None


class TestListNotices:
    def test_shows_a_contact_what_happened_without_the_words(self, session: Session) -> None:
        notice = notify_contact(session, pupil(session, "Anna"), DANGER, now=MONDAY)

        assert list_notices(session, staff(session, "Jansen")) == [notice]
        assert (notice.kind, notice.words) == ("abuse", None)

    def test_refuses_a_dean(self, session: Session) -> None:
        with pytest.raises(NotAllowed):
            list_notices(session, staff(session, "De Vries"))

    def test_shows_nothing_of_another_school(self, session: Session) -> None:
        notice = notify_contact(session, pupil(session, "Anna"), DANGER, now=MONDAY)
        outsider = staff(session, "Smit")
        outsider.role = SAFEGUARDING_CONTACT

        assert list_notices(session, outsider) == []
        with pytest.raises(NotFound):
            acknowledge_notice(session, outsider, notice.id, now=MONDAY)


class TestCloseNotice:
    def test_takes_it_off_the_list_and_keeps_who_saw_it_first(self, session: Session) -> None:
        jansen, bakker = staff(session, "Jansen"), staff(session, "Bakker")
        notice = notify_contact(session, pupil(session, "Anna"), DANGER, now=MONDAY)
        acknowledge_notice(session, jansen, notice.id, now=MONDAY)

        close_notice(session, bakker, notice.id, now=MONDAY)

        assert (list_notices(session, bakker), notice.acknowledged_by) == ([], jansen.id)
