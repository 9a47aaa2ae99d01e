"""Sends the mail that waits: `python -m jobs.mail`, until it is stopped; with `--once` what waits now."""

import argparse
import asyncio
import hashlib
import logging
import signal
import sys
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

import aiosmtplib

from guidance import clock
from guidance.database import transaction
from guidance.models.mail import OutboxMail
from guidance.services.mail import note_not_sent, note_sent, take_mail
from guidance.settings import Settings, get_settings

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_LOOKS = 5.0
SECONDS_TO_SEND = 60.0
REFUSED_FOR_GOOD = 500


def message_of(mail: OutboxMail, settings: Settings) -> EmailMessage:
    """Return the mail as plain text; it keeps its number, so that one sent twice shows once."""
    message = EmailMessage()
    message["Subject"] = " ".join(mail.subject.split())
    message["From"] = settings.mail_from
    message["To"] = mail.recipient
    message["Date"] = format_datetime(mail.written_at)
    host = urlsplit(settings.public_url).hostname or "localhost"
    message["Message-ID"] = f"<{hashlib.sha256(mail.key.encode()).hexdigest()[:32]}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message


async def hand_over(message: EmailMessage, settings: Settings) -> None:
    """Give a message to the mail server; raises what went wrong."""
    async with asyncio.timeout(SECONDS_TO_SEND):
        await aiosmtplib.send(
            message,
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            username=settings.smtp_username or None,
            password=settings.smtp_password or None,
            use_tls=settings.smtp_security == "tls",
            start_tls=settings.smtp_security == "starttls",
        )


async def send_next(settings: Settings) -> bool:
    """Send the mail that waits longest; tell whether there was one. No transaction is open meanwhile."""
    with transaction() as session:
        mail = take_mail(session, now=clock.now())
    if mail is None:
        return False
    try:
        await hand_over(message_of(mail, settings), settings)
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        logger.warning("mail %s was not sent: %s", mail.id, type(error).__name__)
        with transaction() as session:
            note_not_sent(session, mail.id, for_good=_is_refused_for_good(error), now=clock.now())
    else:
        with transaction() as session:
            note_sent(session, mail.id, now=clock.now())
    return True


def _is_refused_for_good(error: Exception) -> bool:
    """Tell whether trying again has no use: the address or the letter is refused, not the moment."""
    match error:
        case aiosmtplib.SMTPRecipientsRefused(recipients=refused):
            return all(one.code >= REFUSED_FOR_GOOD for one in refused)
        case aiosmtplib.SMTPDataError(code=code):
            return code >= REFUSED_FOR_GOOD
        case _:
            # What cannot be made into a letter, such as an address with a line break, never will be.
            return isinstance(error, ValueError)


async def send_all(settings: Settings) -> int:
    """Send everything that waits now, and return how many were tried."""
    tried = 0
    while await send_next(settings):
        tried += 1
    return tried


async def keep_sending(settings: Settings, stop: asyncio.Event) -> None:
    """Send what waits, look again every few seconds, and end after the letter in hand."""
    while not stop.is_set():
        if not await send_next(settings):
            try:
                await asyncio.wait_for(stop.wait(), SECONDS_BETWEEN_LOOKS)
            except TimeoutError:
                continue


async def _until_stopped(settings: Settings) -> None:
    stop = asyncio.Event()
    for told in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(told, stop.set)
    await keep_sending(settings, stop)


def main(arguments: list[str] | None = None) -> int:
    """Send until stopped; without a mail server that is misuse (2)."""
    parser = argparse.ArgumentParser(prog="python -m jobs.mail")
    parser.add_argument("--once", action="store_true", help="send what waits now, and end")
    options, settings = parser.parse_args(arguments), get_settings()
    if not settings.smtp_host:
        parser.error("GUIDANCE_SMTP_HOST is not set: mail stays in the outbox")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    asyncio.run(send_all(settings) if options.once else _until_stopped(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
