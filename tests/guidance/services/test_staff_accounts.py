import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from guidance.errors import LastDean, NotFound, UnusableField, UsernameTaken, WrongSignIn
from guidance.models.accounts import DEAN, FORMER, ROLES, STAFF, Staff, StaffSession
from guidance.services.accounts import get_school, sign_in_staff
from guidance.services.staff_accounts import SignIn, StaffFields, add_staff, remove_staff, reset_sign_in
from guidance.services.talks import get_dean_of
from tests.people import MONDAY, OTP_SECRET, PASSWORD, pupil, staff


def fields(**changed: str) -> StaffFields:
    return StaffFields(
        **{"role": DEAN, "name": "Meijer", "username": "meijer", "mail": "m@s.example"} | changed
    )


def add(session: Session, **changed: str) -> SignIn:
    return add_staff(session, get_school(session, "vechtdal"), fields(**changed))


def opens(session: Session, keys: SignIn) -> bool:
    code = pyotp.TOTP(keys.otp_secret).at(MONDAY)
    return bool(sign_in_staff(session, keys.username, keys.password, code, now=MONDAY))


def keys_of(username: str) -> SignIn:
    return SignIn(username, PASSWORD, OTP_SECRET)


class TestStaffFields:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("role", "boss"),
            ("role", FORMER),
            ("name", " "),
            ("name", "a" * 61),
            ("username", "\u200b"),
            ("mail", "m"),
        ],
    )
    def test_refuses_what_cannot_be_used(self, field: str, value: str) -> None:
        with pytest.raises(UnusableField) as refused:
            fields(**{field: value})

        assert refused.value.name == field


class TestAddStaff:
    @pytest.mark.parametrize("role", ROLES)
    def test_makes_an_account_of_any_role_that_opens(self, session: Session, role: str) -> None:
        keys = add(session, role=role, username=" Meijer ")

        assert opens(session, keys)
        assert (keys.username, staff(session, "Meijer").role) == ("meijer", role)

    def test_gives_nothing_that_is_not_of_the_role(self, session: Session) -> None:
        add(session, role=STAFF)

        made = staff(session, "Meijer")
        assert (made.confirmed_at, made.takes_talks) == (None, False)

    def test_refuses_a_user_name_of_another_school_too(self, session: Session) -> None:
        with pytest.raises(UsernameTaken):
            add(session, username="SMIT")


class TestResetSignIn:
    def test_opens_with_the_new_keys_only(self, session: Session) -> None:
        keys = reset_sign_in(session, "DeVries")

        with pytest.raises(WrongSignIn):
            opens(session, keys_of("devries"))
        assert opens(session, keys)

    def test_signs_out_everywhere(self, session: Session) -> None:
        opens(session, keys_of("devries"))
        opens(session, keys_of("jansen"))

        reset_sign_in(session, "devries")

        assert [one.staff.username for one in session.scalars(select(StaffSession))] == ["jansen"]

    def test_knows_nobody_of_another_name(self, session: Session) -> None:
        with pytest.raises(NotFound):
            reset_sign_in(session, "niemand")


class TestRemoveStaff:
    def test_refuses_the_last_dean_of_a_school(self, session: Session) -> None:
        with pytest.raises(LastDean):
            remove_staff(session, "devries")

        assert staff(session, "De Vries").role == DEAN

    def test_leaves_the_talks_to_the_other_dean(self, session: Session) -> None:
        add(session)

        remove_staff(session, "devries")

        assert get_dean_of(session, pupil(session, "Anna")).name == "Meijer"

    def test_leaves_a_name_that_opens_nothing(self, session: Session) -> None:
        opens(session, keys_of("postma"))

        remove_staff(session, "postma")

        gone = staff(session, "Postma")
        assert (gone.role, gone.mail) == (FORMER, "")
        assert session.scalars(select(StaffSession)).all() == []
        for username in ("postma", gone.username):
            with pytest.raises(WrongSignIn):
                opens(session, keys_of(username))
            with pytest.raises(NotFound):
                reset_sign_in(session, username)

    def test_frees_the_user_name(self, session: Session) -> None:
        remove_staff(session, "postma")

        assert opens(session, add(session, username="postma"))
        assert len(session.scalars(select(Staff).where(Staff.username == "postma")).all()) == 1
