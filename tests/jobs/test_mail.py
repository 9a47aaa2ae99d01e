import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from sqlalchemy.orm import Session, sessionmaker

from guidance import clock, database
from guidance.models.mail import OutboxMail
from guidance.settings import Settings, get_settings
from jobs import mail as job
from tests.people import MONDAY, staff


@dataclass
class MailServer:
    """A real mail server on loopback, which can be told to refuse, and keeps what it took."""

    answer: str = "250 OK"
    answer_to_recipient: str = "250 OK"
    taken: list[EmailMessage] = field(default_factory=list)
    before_answer: Callable[[], Any] = lambda: None

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.answer_to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.before_answer()
        if self.answer.startswith("250"):
            parsed = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(parsed, EmailMessage)
            self.taken.append(parsed)
        return self.answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def server() -> Iterator[tuple[MailServer, Settings]]:
    handler, port = MailServer(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, settings_for(port)
    controller.stop()


def settings_for(port: int) -> Settings:
    return get_settings().model_copy(
        update={
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
            "smtp_security": "none",
            "mail_from": "Klaskompas <klaskompas@school.example>",
            "public_url": "https://klaskompas.school.example",
        }
    )


@pytest.fixture
def outbox(
    session: Session, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., OutboxMail]:
    monkeypatch.setattr(database, "session_factory", lambda: sessions)
    monkeypatch.setattr(clock, "now", lambda: MONDAY)

    def write(key: str = "a", **changes: str) -> OutboxMail:
        dean = staff(session, "De Vries")
        values = {"recipient": dean.mail, "subject": "Één vraag", "body": "Kijk in het portaal.\n"} | changes
        mail = OutboxMail(school_id=dean.school_id, key=key, written_at=MONDAY, **values)
        session.add(mail)
        session.commit()
        return mail

    return write


def read_again(session: Session, *mails: OutboxMail) -> None:
    """Read what others stored, and leave no transaction open: SQLite lets one in at a time."""
    for mail in mails:
        session.refresh(mail)
    session.commit()


def run[T](work: Awaitable[T]) -> T:
    """Wait for work in a thread of its own: a browser of another test may have a loop in this one."""

    async def wait() -> T:
        return await work

    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, wait()).result()


def test_sends_what_waits_once(
    server: tuple[MailServer, Settings], outbox: Callable[..., OutboxMail], session: Session
) -> None:
    handler, settings = server
    mail = outbox()

    assert run(job.send_all(settings)) == 1
    assert run(job.send_all(settings)) == 0
    read_again(session, mail)
    assert mail.sent_at == MONDAY
    (letter,) = handler.taken
    assert letter["Subject"] == "Één vraag"
    assert letter["To"] == mail.recipient
    assert letter["From"] == "Klaskompas <klaskompas@school.example>"
    assert letter["Message-ID"].endswith("@klaskompas.school.example>")
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().strip() == "Kijk in het portaal."


def test_keeps_mail_while_the_server_is_down(
    outbox: Callable[..., OutboxMail], session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail, port = outbox(), free_port()
    run(job.send_all(settings_for(port)))
    read_again(session, mail)
    assert mail.sent_at is None
    assert mail.given_up_at is None

    handler = MailServer()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=1))
    run(job.send_all(settings_for(port)))
    controller.stop()

    assert len(handler.taken) == 1


@pytest.mark.parametrize(
    ("answers", "is_given_up"),
    [
        ({"answer": "451 try later"}, False),
        ({"answer": "554 no such letter here"}, True),
        ({"answer_to_recipient": "450 mailbox busy"}, False),
        ({"answer_to_recipient": "550 no such mailbox"}, True),
    ],
    ids=["letter later", "letter never", "mailbox later", "mailbox never"],
)
def test_gives_up_only_what_is_refused_for_good(
    server: tuple[MailServer, Settings],
    outbox: Callable[..., OutboxMail],
    session: Session,
    answers: dict[str, str],
    is_given_up: bool,
) -> None:
    handler, settings = server
    for name, value in answers.items():
        setattr(handler, name, value)
    mail = outbox()

    run(job.send_all(settings))

    read_again(session, mail)
    assert mail.sent_at is None
    assert bool(mail.given_up_at) is is_given_up


def test_an_address_that_is_none_holds_up_nobody(
    server: tuple[MailServer, Settings], outbox: Callable[..., OutboxMail], session: Session
) -> None:
    handler, settings = server
    broken, whole = outbox("a", recipient="a@b.example\nBcc: c@d.example"), outbox("b")

    run(job.send_all(settings))

    read_again(session, broken, whole)
    assert broken.given_up_at
    assert whole.sent_at
    assert len(handler.taken) == 1


def test_two_senders_at_once_send_each_mail_once(
    server: tuple[MailServer, Settings], outbox: Callable[..., OutboxMail]
) -> None:
    handler, settings = server
    for number in range(8):
        outbox(str(number), subject=f"Vraag {number}")

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda _: run(job.send_all(settings)), range(2)))

    assert sorted(letter["Subject"] for letter in handler.taken) == [f"Vraag {number}" for number in range(8)]


def test_a_sender_that_dies_leaves_the_mail_to_the_next(
    server: tuple[MailServer, Settings],
    outbox: Callable[..., OutboxMail],
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    handler, settings = server
    mail = outbox()
    with monkeypatch.context() as broken:
        broken.setattr(job, "hand_over", lambda *_: (_ for _ in ()).throw(SystemExit(9)))
        with pytest.raises(SystemExit):
            run(job.send_all(settings))

    assert run(job.send_all(settings)) == 0
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(minutes=6))
    assert run(job.send_all(settings)) == 1
    read_again(session, mail)
    assert mail.tries == 2
    assert len(handler.taken) == 1


def test_no_transaction_is_open_while_the_server_thinks(
    server: tuple[MailServer, Settings], outbox: Callable[..., OutboxMail], sessions: sessionmaker[Session]
) -> None:
    handler, settings = server
    outbox()
    wrote = threading.Event()

    def write_meanwhile() -> None:
        # SQLite lets one writer in at a time, so this would wait for a transaction that is open.
        with sessions.begin() as other:
            staff(other, "De Vries").name = "De Vries-Smit"
        wrote.set()

    handler.before_answer = write_meanwhile
    run(job.send_all(settings))

    assert wrote.is_set()


def test_stops_after_the_letter_in_hand(
    server: tuple[MailServer, Settings], outbox: Callable[..., OutboxMail], session: Session
) -> None:
    handler, settings = server
    mail = outbox()

    async def stop_while_sending() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        handler.before_answer = lambda: loop.call_soon_threadsafe(stop.set)
        await job.keep_sending(settings, stop)

    run(stop_while_sending())

    read_again(session, mail)
    assert mail.sent_at


def test_without_a_mail_server_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        job.main(["--once"])

    assert "GUIDANCE_SMTP_HOST" in capsys.readouterr().err


def test_a_log_names_no_one(outbox: Callable[..., OutboxMail], caplog: pytest.LogCaptureFixture) -> None:
    mail = outbox()
    run(job.send_all(settings_for(free_port())))

    assert f"mail {mail.id}" in caplog.text
    assert mail.recipient not in caplog.text
    assert "vraag" not in caplog.text.casefold()
