from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from guidance.models.mail import OutboxMail
from guidance.services.mail import (
    LONGEST_WAIT,
    SENDING_TAKES_AT_MOST,
    TRIED_FOR,
    count_not_sent,
    note_not_sent,
    note_sent,
    take_mail,
)
from tests.people import MONDAY, staff

A_MINUTE = timedelta(minutes=1)


def write(session: Session, key: str = "a") -> OutboxMail:
    dean = staff(session, "De Vries")
    mail = OutboxMail(
        school_id=dean.school_id,
        key=key,
        recipient=dean.mail,
        subject="Een vraag",
        body="Kijk in het portaal.",
        written_at=MONDAY,
    )
    session.add(mail)
    session.commit()
    return mail


class TestTakeMail:
    def test_gives_each_mail_to_one_sender(self, session: Session) -> None:
        first, second = write(session, "a"), write(session, "b")

        taken = [take_mail(session, now=MONDAY) for _ in range(3)]

        assert taken == [first, second, None]

    def test_two_senders_at_once_take_different_mails(
        self, session: Session, sessions: sessionmaker[Session]
    ) -> None:
        write(session, "a")
        first = take_mail(session, now=MONDAY)
        session.commit()

        with sessions() as other:
            assert first
            assert take_mail(other, now=MONDAY) is None

    def test_takes_it_again_when_the_sender_died(self, session: Session) -> None:
        mail = write(session)
        take_mail(session, now=MONDAY)

        assert take_mail(session, now=MONDAY + SENDING_TAKES_AT_MOST - A_MINUTE) is None
        assert take_mail(session, now=MONDAY + SENDING_TAKES_AT_MOST) is mail

    def test_never_takes_what_was_sent(self, session: Session) -> None:
        mail = write(session)
        take_mail(session, now=MONDAY)
        note_sent(session, mail.id, now=MONDAY)

        assert take_mail(session, now=MONDAY + timedelta(days=30)) is None


class TestNoteNotSent:
    def test_waits_longer_each_time(self, session: Session) -> None:
        mail, now, waits = write(session), MONDAY, []
        for _ in range(12):
            take_mail(session, now=now)
            note_not_sent(session, mail.id, for_good=False, now=now)
            assert mail.next_try_at
            waits.append(mail.next_try_at - now)
            now = mail.next_try_at

        assert waits[:3] == [A_MINUTE, 2 * A_MINUTE, 4 * A_MINUTE]
        assert waits == sorted(waits)
        assert waits[-1] == LONGEST_WAIT

    def test_gives_up_after_three_days(self, session: Session) -> None:
        mail = write(session)
        take_mail(session, now=MONDAY)

        note_not_sent(session, mail.id, for_good=False, now=MONDAY + TRIED_FOR)

        assert mail.given_up_at == MONDAY + TRIED_FOR
        assert take_mail(session, now=MONDAY + 2 * TRIED_FOR) is None
        assert count_not_sent(session) == (0, 1)

    def test_gives_up_at_once_what_is_refused_for_good(self, session: Session) -> None:
        mail = write(session)
        take_mail(session, now=MONDAY)

        note_not_sent(session, mail.id, for_good=True, now=MONDAY)

        assert mail.given_up_at == MONDAY

    def test_leaves_what_was_sent_after_all(self, session: Session) -> None:
        mail = write(session)
        take_mail(session, now=MONDAY)
        note_sent(session, mail.id, now=MONDAY)

        note_not_sent(session, mail.id, for_good=True, now=MONDAY)

        assert mail.given_up_at is None


class TestNoteSent:
    def test_keeps_the_first_moment_and_minds_no_erased_mail(self, session: Session) -> None:
        mail = write(session)
        note_sent(session, mail.id, now=MONDAY)
        note_sent(session, mail.id, now=MONDAY + A_MINUTE)
        note_sent(session, mail.id + 1, now=MONDAY)

        assert session.scalars(select(OutboxMail.sent_at)).all() == [MONDAY]
