"""Does what must happen by itself, once a night: `python -m jobs.night`."""

import logging
import sys

from guidance import clock
from guidance.database import transaction
from guidance.services.mentor_night import run_mentor_night

logger = logging.getLogger(__name__)


def main() -> int:
    """Do what is due and log how often; run twice, the second time finds nothing."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    with transaction() as session:
        done = run_mentor_night(session, now=clock.now())
    logger.info(
        "oud-leerlingen: %s",
        ", ".join(f"{name} {count}" for name, count in sorted(done.items())) or "nothing",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
