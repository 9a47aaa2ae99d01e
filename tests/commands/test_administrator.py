import re

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from commands import administrator
from guidance.models.accounts import Staff
from guidance.services.accounts import sign_in_staff
from tests.people import MONDAY

ADD = ["add", "--school", "vechtdal", "--role", "administrator", "--name", "Van Dam", "--mail", "d@v.example"]


@pytest.fixture(autouse=True)
def opened(session: Session, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch) -> None:
    """The database that the command opens is that of the test."""
    monkeypatch.setattr(administrator, "transaction", sessions.begin)


def signs_in(session: Session, said: str) -> str:
    """Sign in with what the command printed."""
    username, password, secret = re.findall(r": (\S+)$", said, re.MULTILINE)
    return sign_in_staff(session, username, password, pyotp.TOTP(secret).at(MONDAY), now=MONDAY)


def test_adds_an_account_that_opens(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    assert administrator.main([*ADD, "--username", "vandam"]) == 0

    assert signs_in(session, capsys.readouterr().out)


def test_resets_one(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    assert administrator.main(["reset", "--username", "devries"]) == 0

    assert signs_in(session, capsys.readouterr().out)


def test_removes_one(session: Session) -> None:
    assert administrator.main(["remove", "--username", "bakker"]) == 0

    assert not session.scalars(select(Staff).where(Staff.username == "bakker")).all()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["remove", "--username", "devries"], "Dit is de laatste decaan van de school."),
        ([*ADD, "--username", "devries"], "Deze gebruikersnaam bestaat al."),
    ],
    ids=["last dean", "name taken"],
)
def test_says_what_is_refused(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert administrator.main(arguments) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["remove", "--username", "niemand"],
        ["reset", "--username", "niemand"],
        [*ADD, "--username", "vandam", "--school", "nergens"],
        [*ADD, "--username", "vandam", "--mail", "geen adres"],
    ],
    ids=["remove nobody", "reset nobody", "no such school", "no mail address"],
)
def test_calls_the_unknown_misuse(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert administrator.main(arguments) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("arguments", [[], ["add"], [*ADD, "--username", "x", "--role", "boss"]])
def test_calls_missing_or_wrong_words_misuse(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        administrator.main(arguments)
