"""Does what must happen by itself, once a night: `python -m jobs.night`."""

import logging
import sys

from guidance import clock
from guidance.database import transaction
from guidance.services.mail import empty_old_mail
from guidance.services.mentor_night import run_mentor_night
from guidance.services.mentor_retention import forget_mentors
from guidance.services.roster import forget_previews
from guidance.services.saved_programmes import forget_removed

logger = logging.getLogger(__name__)


def main() -> int:
    """Do what is due and log how often; run twice, the second time finds nothing."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    now = clock.now()
    with transaction() as session:
        done = run_mentor_night(session, now=now)
    with transaction() as session:
        done += forget_mentors(session, now=now)
    with transaction() as session:
        emptied = empty_old_mail(session, now=now)
    with transaction() as session:
        forgotten = forget_removed(session, now=now)
    with transaction() as session:
        previews = forget_previews(session, now=now)
    logger.info(
        "oud-leerlingen: %s",
        ", ".join(f"{name} {count}" for name, count in sorted(done.items())) or "nothing",
    )
    logger.info("mails emptied: %s; saved programmes forgotten: %s", emptied, forgotten)
    logger.info("lists of pupils forgotten: %s", previews)
    return 0


if __name__ == "__main__":
    sys.exit(main())
