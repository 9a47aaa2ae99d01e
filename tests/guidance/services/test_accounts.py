from datetime import timedelta

import pyotp
import pytest
from sqlalchemy.orm import Session

from guidance.errors import NotFound, UnknownSchool, WrongCode, WrongSignIn
from guidance.models.accounts import Staff
from guidance.services.accounts import (
    get_pupil_by_code,
    get_school,
    get_staff_by_token,
    is_chat_open,
    sign_in_staff,
    sign_out_staff,
)
from tests.people import ANNAS_CODE, MONDAY, OTP_SECRET, PASSWORD, staff

CODE = pyotp.TOTP(OTP_SECRET).at(MONDAY)


class TestPupil:
    def test_comes_in_with_her_own_code_however_she_types_it(self, session: Session) -> None:
        school = get_school(session, " Vechtdal ")

        assert get_pupil_by_code(session, school, ANNAS_CODE.lower().replace("-", " ")).first_name == "Anna"

    def test_is_refused_at_another_school(self, session: Session) -> None:
        with pytest.raises(WrongCode):
            get_pupil_by_code(session, get_school(session, "elders"), ANNAS_CODE)

    def test_is_refused_after_leaving(self, session: Session) -> None:
        school = get_school(session, "vechtdal")
        get_pupil_by_code(session, school, ANNAS_CODE).left_on = MONDAY.date()

        with pytest.raises(WrongCode):
            get_pupil_by_code(session, school, ANNAS_CODE)

    def test_finds_no_unknown_school(self, session: Session) -> None:
        with pytest.raises(UnknownSchool):
            get_school(session, "nergens")


class TestSchool:
    def test_opens_the_chat_with_two_confirmed_contacts_only(self, session: Session) -> None:
        assert is_chat_open(session, get_school(session, "vechtdal"))
        assert not is_chat_open(session, get_school(session, "elders"))

    def test_closes_the_chat_with_a_reason(self, session: Session) -> None:
        school = get_school(session, "vechtdal")
        school.chat_closed_because = "onderhoud"

        assert not is_chat_open(session, school)


class TestStaff:
    def test_comes_in_with_password_and_code(self, session: Session) -> None:
        token = sign_in_staff(session, "DeVries", PASSWORD, CODE, now=MONDAY)

        assert get_staff_by_token(session, token, now=MONDAY).name == "De Vries"

    @pytest.mark.parametrize(
        ("username", "password", "code"),
        [
            ("devries", "fout", CODE),
            ("devries", PASSWORD, "000000"),
            ("niemand", PASSWORD, CODE),
            ("", "", ""),
        ],
        ids=["wrong password", "wrong code", "unknown name", "nothing"],
    )
    def test_is_refused_with_anything_wrong(
        self, session: Session, username: str, password: str, code: str
    ) -> None:
        with pytest.raises(WrongSignIn):
            sign_in_staff(session, username, password, code, now=MONDAY)

    def test_cannot_use_a_code_twice(self, session: Session) -> None:
        sign_in_staff(session, "devries", PASSWORD, CODE, now=MONDAY)

        with pytest.raises(WrongSignIn):
            sign_in_staff(session, "devries", PASSWORD, CODE, now=MONDAY)

    def test_may_use_the_code_that_just_passed(self, session: Session) -> None:
        assert sign_in_staff(session, "devries", PASSWORD, CODE, now=MONDAY + timedelta(seconds=30))

    def test_is_signed_out_after_half_an_hour_without_a_page(self, session: Session) -> None:
        token = sign_in_staff(session, "devries", PASSWORD, CODE, now=MONDAY)

        with pytest.raises(NotFound):
            get_staff_by_token(session, token, now=MONDAY + timedelta(minutes=31))

    def test_is_out_after_signing_out(self, session: Session) -> None:
        token = sign_in_staff(session, "devries", PASSWORD, CODE, now=MONDAY)

        sign_out_staff(session, token)

        with pytest.raises(NotFound):
            get_staff_by_token(session, token, now=MONDAY)

    def test_has_no_rights_but_those_of_the_role(self, session: Session) -> None:
        assert isinstance(staff(session, "Smit"), Staff)
        assert staff(session, "Smit").role == "dean"
