import pytest
from sqlalchemy.orm import Session

from guidance.errors import NotFound, SessionOver, WrongCode
from guidance.models.conversations import Conversation
from guidance.services.accounts import get_pupil_by_code, token_digest
from guidance.services.conversations import get_conversation_by_token
from guidance.services.personal_codes import issue_codes
from tests.guidance.services.test_roster import LIST, by_key, take_over
from tests.people import ANNAS_CODE, MONDAY, pupil, staff


def talk(session: Session, name: str) -> None:
    session.add(
        Conversation(
            id=f"talk-{name}",
            engine_id=f"engine-{name}",
            pupil=pupil(session, name),
            token_digest=token_digest(f"token-{name}"),
            started_at=MONDAY,
            last_message_at=MONDAY,
        )
    )
    session.flush()


def test_gives_who_has_no_code_one_that_opens_the_chat(session: Session) -> None:
    take_over(session, LIST)
    dean = staff(session, "De Vries")

    (card,) = issue_codes(session, dean, "h3a", only_without=True, now=MONDAY)

    assert card.first_name == "Cem"
    assert len(card.code.replace("-", "")) == 20
    assert get_pupil_by_code(session, dean.school, card.code.lower()) is by_key(session, "1")
    assert get_pupil_by_code(session, dean.school, ANNAS_CODE) is pupil(session, "Anna")
    assert issue_codes(session, dean, "h3a", only_without=True, now=MONDAY) == []


def test_ends_the_old_code_and_its_open_talks(session: Session) -> None:
    talk(session, "Anna")
    talk(session, "Bilal")
    dean = staff(session, "De Vries")

    (card,) = issue_codes(session, dean, "h3a", only_without=False, now=MONDAY)

    with pytest.raises(WrongCode):
        get_pupil_by_code(session, dean.school, ANNAS_CODE)
    with pytest.raises(SessionOver):
        get_conversation_by_token(session, "token-Anna", now=MONDAY)
    assert get_conversation_by_token(session, "token-Bilal", now=MONDAY)
    assert get_pupil_by_code(session, dean.school, card.code) is pupil(session, "Anna")


@pytest.mark.parametrize(("name", "class_name"), [("Smit", "h3a"), ("Postma", "h3a"), ("De Vries", "h9z")])
def test_is_for_deans_of_the_school_and_classes_with_pupils(
    session: Session, name: str, class_name: str
) -> None:
    with pytest.raises(NotFound):
        issue_codes(session, staff(session, name), class_name, only_without=False, now=MONDAY)


def test_passes_by_who_has_left(session: Session) -> None:
    pupil(session, "Anna").left_on = MONDAY.date()

    with pytest.raises(NotFound):
        issue_codes(session, staff(session, "De Vries"), "h3a", only_without=False, now=MONDAY)
